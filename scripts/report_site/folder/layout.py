"""Where things stand in a report folder, and all that lies there for a conversion to read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PROFILE_NAME = "report.yml"
FIGURES_NAME = "figures.yml"
PAGES_NAME = "pages"
PICTURES_NAME = "pictures"
_SOURCES = ("source.md", "source.txt")


def source_in(root: Path) -> Path:
    """The extraction that the folder's report is made from; where there is none, how its file would be called."""
    return next((root / name for name in _SOURCES if (root / name).exists()), root / _SOURCES[0])


def own_folders(root: Path) -> tuple[Path, ...]:
    """What people put into the folder beside files: no output goes there."""
    return (root / PAGES_NAME, root / PICTURES_NAME)


def contents(root: Path, source: Path | None = None) -> Iterator[str | bytes]:
    """All that stands beside `report.yml` and in the folders that people fill: where it really is, and what it holds.

    Of other folders the name alone counts: nothing in them is read. `source`: an extraction that stands elsewhere.
    `OSError` where a file can't be read.
    """
    if source:
        yield str(source)
        yield source.read_bytes()
    below = (path for folder in own_folders(root) for path in folder.rglob("*"))
    for path in sorted([*root.iterdir(), *below]):
        yield f"{path.relative_to(root)} -> {os.path.relpath(path.resolve(), root.resolve())}"
        yield path.read_bytes() if path.is_file() else b""
