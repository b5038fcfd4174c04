"""Mistakes between the entries of report.yml and figures.yml, which no entry knows of by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .validation import Fault

if TYPE_CHECKING:
    from .profile import Move, OutlineEntry, Place, TableRuling

_Path = tuple[int | str, ...]


def outline_faults(outline: tuple[OutlineEntry, ...], moves: Sequence[Move]) -> Iterator[Fault]:
    """Two headings at one line, two pages with one address, two sections with one id, headings in another order."""
    lines: dict[int, int] = {}
    pages: dict[str, int] = {}
    siblings: dict[_Path, dict[str, int]] = {}
    before: Place | None = None
    for path, entry in _walk(outline, ("outline",)):
        at = entry.at.written
        if entry.at.first in lines:
            message = f"line {entry.at.first} has an entry already, in line {lines[entry.at.first]}"
            yield (*path, "at"), message, "name another line, or take one out"
        elif before and entry.at.first < before.first and not _moved((entry.at, before), moves):
            message = f"line {entry.at.first} comes before line {before.first}, the heading of line {before.written}"
            yield (*path, "at"), message, "write the headings in the order of the source"
        beside = siblings.setdefault(path[:-1], {})
        if entry.slug in beside:
            message = f"slug {entry.slug!r} stands twice at this level, first in line {beside[entry.slug]}"
            yield (*path, "slug"), message, "give each its own"
        elif (entry.page or len(path) == 2) and entry.slug in pages:
            message = f"two pages have the slug {entry.slug!r}, the first in line {pages[entry.slug]}"
            yield (*path, "slug"), message, "give each its own"
        lines.setdefault(entry.at.first, at)
        beside.setdefault(entry.slug, at)
        if entry.page or len(path) == 2:
            pages.setdefault(entry.slug, at)
        before = entry.at


def _moved(places: Sequence[Place], moves: Sequence[Move]) -> bool:
    """Whether a ruling moves one of the places: reading order is another than that of the lines."""
    return any(move.move.first <= place.first <= move.move.last for place in places for move in moves)


def _walk(entries: tuple[OutlineEntry, ...], path: _Path) -> Iterator[tuple[_Path, OutlineEntry]]:
    for index, entry in enumerate(entries):
        here = (*path, index)
        yield here, entry
        yield from _walk(entry.sections, (*here, "sections"))


def repeated_places(section: str, places: Sequence[Place]) -> Iterator[Fault]:
    """Two entries for one place: one of them would be passed over without a word."""
    first: dict[Place, int] = {}
    for index, place in enumerate(places):
        if place in first:
            yield (section, index, "at"), f"{place} has an entry already, in line {first[place]}", "keep one of the two"
        first.setdefault(place, place.written)


def row_faults(ruling: TableRuling, path: _Path) -> Iterator[Fault]:
    """A forgotten cell shifts what follows it under a wrong head; an unquoted comma cuts a number in two."""
    if ruling.kind not in ("", "data", "headless", "index"):
        return
    widths = Counter(map(len, ruling.rows))
    width = len(ruling.header) or max(widths, key=lambda one: (widths[one], one), default=0)
    for index, row in enumerate(ruling.rows):
        if len(row) != width:
            name = next((str(cell) for cell in row if isinstance(cell, str)), "")
            message = f"the row {name!r} has {len(row)} cells, the table {width}"
            remedy = "write all cells of the row, an empty one as `null`, one with a comma in quotation marks"
            yield (*path, "rows", index), message, remedy
