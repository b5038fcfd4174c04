"""Rows, columns and cells of a table from its lines of text.

A region becomes a table only when its cells hold every word in the box; in doubt it stays lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .extraction import Box
from .lines import Line, union

NUMERIC_CELL = re.compile(
    r"^[<>≤≥~≈±+\-–—(（$¥€£]*\s*\d[\d,.\s]*(?:[-–—~～]\s*\d[\d,.]*)?\s*[%％)）]*\S{0,4}$|^[-–—/]$|^n/?a$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...]
    row: int
    column: int
    columns: int = 1
    rows: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    box: Box
    cells: tuple[Cell, ...]
    width: int
    """Columns."""
    height: int
    """Rows."""
    source: str
    """What told that it is one."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for cell in self.cells for line in cell.lines)

    @property
    def plain(self) -> bool:
        """No cell spans others."""
        return all(cell.columns == cell.rows == 1 for cell in self.cells)


# --- cells ---------------------------------------------------------------------------------------------------------

Span = tuple[float, float]


def levels_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by baseline, top to bottom, each from left to right."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.middle[1]):
        if levels and abs(line.box.middle[1] - levels[-1][0].box.middle[1]) < 0.45 * max(line.size, 4):
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda line: line.box.left) for level in levels]


def columns_of(lines: Sequence[Line]) -> list[Span]:
    """Column extents: what the narrow pieces cover, pieces over several columns aside."""
    if not lines:
        return []
    levels = levels_of(lines)
    most = max(len(level) for level in levels)
    spans: list[Span] = []
    rows = [level for level in levels if len(level) == most]
    for level in rows or levels:
        for line in level:
            spans = _merged(spans, (line.box.left, line.box.right))
    for line in sorted(lines, key=lambda line: line.box.width):
        over = touched(line, spans)
        if len(over) <= 1:
            spans = _merged(spans, (line.box.left, line.box.right))
    return spans


def _merged(spans: list[Span], span: Span) -> list[Span]:
    left, right = span
    apart: list[Span] = []
    for a, b in spans:
        if b < left - 1 or a > right + 1:
            apart.append((a, b))
        else:
            left, right = min(a, left), max(b, right)
    return sorted([*apart, (left, right)])


def touched(line: Line, spans: Sequence[Span]) -> list[int]:
    return [i for i, (left, right) in enumerate(spans) if line.box.left < right - 1 and line.box.right > left + 1]


def _between_uprights(lines: Sequence[Line], uprights: Sequence[float]) -> list[Span]:
    box = union(line.box for line in lines)
    edges = [box.left - 2, *uprights, box.right + 2]
    return list(pairwise(edges))


def built(groups: Sequence[Sequence[Line]], uprights: Sequence[float], source: str, ruled: int) -> Table | None:
    lines = [line for group in groups for line in group]
    if not lines:
        return None
    columns = _between_uprights(lines, uprights) if len(uprights) >= 1 else columns_of(lines)
    if len(columns) < 2 or len(columns) > 30:
        return None
    rows = [row for group in groups for row in _rows(group, columns, alone=len(groups) >= 3 and ruled >= 3)]
    filled = sum(len({touched(line, columns)[0] for line in row if touched(line, columns)}) >= 2 for row in rows)
    if len(rows) < 2 or filled < 2 or filled < 0.5 * len(rows):
        return None
    cells = [cell for i, row in enumerate(rows) for cell in _cells(row, i, columns)]
    if sum(len(cell.lines) for cell in cells) != len(lines):
        return None
    return Table(union(line.box for line in lines), tuple(_headed(cells, len(rows))), len(columns), len(rows), source)


def _rows(group: Sequence[Line], columns: Sequence[Span], alone: bool) -> list[list[Line]]:
    """Rows between two rules: each level with two or more cells opens one, others go on in the row above."""
    rows: list[list[Line]] = []
    levels = levels_of(group)
    full = [level for level in levels if len({c for line in level for c in touched(line, columns)}) >= 2]
    if alone and len(full) <= 1:
        return [list(group)]
    if not full:
        return [list(group)] if alone else levels
    if _wraps(levels, alone):
        return [list(group)]
    for level in levels:
        if not rows or level in full or _stands_alone(level, rows[-1]):
            rows.append(list(level))
        else:
            rows[-1] += level
    return rows


def _wraps(levels: Sequence[Sequence[Line]], alone: bool) -> bool:
    """Cells of several lines side by side: set tight, none below the first line holds numbers alone."""
    below = [line for level in levels[1:] for line in level]
    if not below or len(levels) > 12 or any(NUMERIC_CELL.match(line.text) for line in below):
        return False
    if any(line.text[:1].islower() for line in below):
        return True
    steps = [b[0].box.middle[1] - a[0].box.middle[1] for a, b in pairwise(levels)]
    return alone and median(steps) < 1.4 * below[0].size


def _stands_alone(level: Sequence[Line], row: Sequence[Line]) -> bool:
    """A single cell that is no wrapped line of the cell above: set otherwise, or further down."""
    line = level[0]
    above = [piece for piece in row if piece.box.left < line.box.right and piece.box.right > line.box.left]
    last = max(above or row, key=lambda piece: piece.box.bottom)
    return line.bold != last.bold or line.box.top - last.box.bottom > 0.35 * line.size


def _cells(row: Sequence[Line], index: int, columns: Sequence[Span]) -> Iterator[Cell]:
    placed: dict[tuple[int, int], list[Line]] = {}
    for line in row:
        over = touched(line, columns) or [_nearest(line, columns)]
        placed.setdefault((over[0], len(over)), []).append(line)
    taken: dict[int, tuple[int, list[Line]]] = {}
    for (column, span), lines in sorted(placed.items()):
        home = next((c for c, (s, _) in taken.items() if c <= column < c + s), None)
        if home is None:
            taken[column] = (span, list(lines))
        else:
            s, held = taken[home]
            taken[home] = (max(s, column + span - home), held + lines)
    for column, (span, lines) in sorted(taken.items()):
        ordered = sorted(lines, key=lambda line: (round(line.box.middle[1]), line.box.left))
        yield Cell(tuple(ordered), index, column, span)


def _nearest(line: Line, columns: Sequence[Span]) -> int:
    x = line.box.middle[0]
    return min(range(len(columns)), key=lambda i: min(abs(columns[i][0] - x), abs(columns[i][1] - x)))


def _headed(cells: Sequence[Cell], rows: int) -> Iterator[Cell]:
    """The first row, and those below it that are set like it, are heads."""
    first = [cell for cell in cells if cell.row == 0]
    styles = {(line.bold, line.style.colour) for cell in first for line in cell.lines}
    head = 1
    while head < min(3, rows - 1) and any(cell.columns > 1 for cell in cells if cell.row == head - 1):
        head += 1
    for cell in cells:
        yield Cell(cell.lines, cell.row, cell.column, cell.columns, cell.rows, cell.row < head and bool(styles))
