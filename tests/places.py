"""Folders by name: a test that moves to another folder still finds what it reads."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
CASES = TESTS / "cases"
SAMPLES = TESTS / "samples"
ADDRESS = "https://publisher.github.io/report/"
"""Where the tests' site of `report/` says that it stands: none that only stands in for one."""
