"""What repeats at the edges of pages, and the printed numbers: found here, kept in the text on lines of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ...language.characters import bare
from ...language.patterns import PAGE_NUMBER
from .blocks import ends_sentence
from .lines import Line
from .page import PageContent

LEAST_REPEATS = 3
MARGIN = 0.09
"""Share of the page's height at top and bottom."""
WIDE_MARGIN = 0.16
"""The same for a page's first or last line."""
SIDE = 0.14
NUMBER = "#"
"""Key of numbers alone in their lines."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Edges:
    """Furniture of one page, taken out of its columns."""

    top: tuple[Line, ...] = ()
    bottom: tuple[Line, ...] = ()
    side: tuple[Line, ...] = ()
    """Turned tabs in the margin: one line together."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.top, *self.side, *self.bottom)


def find_edges(pages: Sequence[PageContent], lines: Sequence[Sequence[Line]]) -> list[Edges]:
    places: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for page, found in zip(pages, lines, strict=True):
        for line in found:
            if (zone := _zone(page, line, found)) and not ends_sentence(line.text):
                places[zone, _key(line)].append((line.box.bottom, page.number))
    edges: list[Edges] = []
    for page, found in zip(pages, lines, strict=True):
        zones: dict[str, list[Line]] = defaultdict(list)
        for line in found:
            zone = _zone(page, line, found)
            if zone and _is_furniture(line, _key(line), places[zone, _key(line)]):
                zones[zone].append(line)
        edges.append(Edges(tuple(zones["top"]), tuple(zones["bottom"]), tuple(_tabs(zones["side"]))))
    return edges


def _on_one_level(places: Sequence[tuple[float, int]]) -> set[int]:
    """Pages on which a line stands where it stands most: a footnote said again wanders, a head doesn't."""
    best = max(places, key=lambda place: sum(abs(place[0] - y) < 3 for y, _ in places))[0]
    return {page for y, page in places if abs(y - best) < 3}


def _tabs(lines: Sequence[Line]) -> list[Line]:
    """Turned lines in the order in which a reader meets them, so that the tabs read alike on each page."""
    down = bool(lines) and lines[0].angle == 90
    tabs: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.top):
        if tabs and line.box.top < tabs[-1][0].box.bottom - 2:
            tabs[-1].append(line)
        else:
            tabs.append([line])
    ordered = tabs if down else tabs[::-1]
    return [line for tab in ordered for line in sorted(tab, key=lambda x: -x.box.left if down else x.box.left)]


def _key(line: Line) -> str:
    """Digits at the ends aside: page numbers count on."""
    text = bare(line.text)
    return _DIGITS.sub("", text) or NUMBER


def _is_furniture(line: Line, key: str, places: Sequence[tuple[float, int]]) -> bool:
    """It repeats at its place; a number only where other pages have theirs, since a table may end in the margin."""
    if key != NUMBER:
        return len(_on_one_level(places)) >= LEAST_REPEATS if places else False
    level = {page for y, page in places if abs(y - line.box.bottom) < 3}
    return bool(PAGE_NUMBER.match(line.text)) and len(level) >= LEAST_REPEATS


def _zone(page: PageContent, line: Line, lines: Sequence[Line]) -> str:
    x, y = line.box.middle
    if line.angle in (90, 270) and (x < SIDE * page.width or x > (1 - SIDE) * page.width):
        return "side"
    if line.angle:
        return ""
    levels = [other.box.middle[1] for other in lines if other.angle == 0]
    if y < MARGIN * page.height or (y < WIDE_MARGIN * page.height and y < min(levels) + 2):
        return "top"
    low = y > (1 - MARGIN) * page.height or (y > (1 - WIDE_MARGIN) * page.height and y > max(levels) - 2)
    return "bottom" if low else ""


def printed_numbers(pages: Sequence[PageContent], edges: Sequence[Edges], labels: Sequence[str]) -> list[int | None]:
    """Printed page of each page: what most numbers at the edges agree on, else the file's own page labels."""
    offsets: Counter[int] = Counter()
    for page, edge in zip(pages, edges, strict=True):
        for line in (*edge.top, *edge.bottom):
            for number in _numbers(line):
                offsets[number - page.number] += 1
    best = offsets.most_common(1)
    if best and best[0][1] >= max(2, len(pages) // 5):
        return [page.number + best[0][0] if page.number + best[0][0] >= 1 else None for page in pages]
    told = [int(label) if label.isdigit() else None for label in labels]
    return told if any(told) else [None for _ in pages]


def _numbers(line: Line) -> list[int]:
    """A number alone, or at an end of a running head."""
    if match := PAGE_NUMBER.match(line.text):
        return [int(match[1])]
    ends = re.match(r"^(\d{1,4})\s+\D|^\D.*\D\s+(\d{1,4})$", line.text)
    return [int(next(filter(None, ends.groups())))] if ends else []
