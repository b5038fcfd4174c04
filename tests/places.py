"""Folders by name: a test that moves to another folder still finds what it reads."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
CASES = TESTS / "cases"
SAMPLES = TESTS / "samples"
ADDRESS = "https://publisher.github.io/report/"
"""Where the tests' site of `report/` says that it stands: none that only stands in for one."""


@contextmanager
def once(path: Path) -> Iterator[Path]:
    """A place that the processes of a run share: who comes first makes what belongs there, meanwhile the others wait."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path
