"""Tables with a full grid: cells between drawn lines, merged where no line parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .extraction import Box
from .lines import Line, union
from .objects import walls_of
from .page import Shape
from .tables import Cell, Table

SLACK = 2.5
"""Points by which lines of one grid miss each other."""
MOST_EDGES = 120


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line along the page: `at` its level, from `start` to `end`."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - SLACK <= place <= self.end + SLACK


def _floors(shapes: Sequence[Shape]) -> list[Edge]:
    found = [Edge(s.box.middle[1], s.box.left, s.box.right) for s in shapes if s.rule == "h"]
    for shape in _boxes(shapes):
        found += [Edge(y, shape.box.left, shape.box.right) for y in (shape.box.top, shape.box.bottom)]
    return found


def _boxes(shapes: Sequence[Shape]) -> list[Shape]:
    return [s for s in shapes if s.straight and not s.rule and s.stroked and min(s.box.width, s.box.height) > 6]


def grid_tables(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Table]:
    """Each group of lines and floors that meet, where its cells hold every line of text in it."""
    tables: list[Table] = []
    for upright, level in _frames([Edge(wall.x, wall.top, wall.bottom) for wall in walls_of(shapes)], _floors(shapes)):
        table = _table(lines, upright, level)
        if table is not None:
            tables.append(table)
    return tables


def _frames(uprights: Sequence[Edge], levels: Sequence[Edge]) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Edges that cross or touch each other, group by group."""
    free_uprights, free_levels = list(uprights), list(levels)
    while free_uprights:
        upright, level = [free_uprights.pop()], list[Edge]()
        grown = True
        while grown:
            more = [h for h in free_levels if any(h.covers(v.at) and v.covers(h.at) for v in upright)]
            free_levels = [h for h in free_levels if h not in more]
            level += more
            others = [v for v in free_uprights if any(h.covers(v.at) and v.covers(h.at) for h in level)]
            free_uprights = [v for v in free_uprights if v not in others]
            upright += others
            grown = bool(more or others)
        yield upright, level


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > 2 * SLACK:
            places.append(value)
    return places


def _table(lines: Sequence[Line], uprights: Sequence[Edge], levels: Sequence[Edge]) -> Table | None:
    xs, ys = _places([v.at for v in uprights]), _places([h.at for h in levels])
    if not 3 <= len(xs) <= MOST_EDGES or not 3 <= len(ys) <= MOST_EDGES:
        return None
    frame = Box(xs[0], ys[0], xs[-1], ys[-1])
    inside = [line for line in lines if frame.holds(line.box)]
    if len(inside) < 3:
        return None
    cells = list(_cells(xs, ys, uprights, levels))
    held: dict[int, list[Line]] = {}
    for line in inside:
        homes = [i for i, (box, *_) in enumerate(cells) if box.grown(SLACK).covers(line.box, 2.0)]
        if len(homes) != 1:
            return None
        held.setdefault(homes[0], []).append(line)
    if len(held) < 3 or max((len(found) for found in held.values()), default=0) > 40:
        return None
    filled = tuple(
        Cell(tuple(held.get(i, ())), row, column, columns, rows, head=row == 0)
        for i, (_, row, column, rows, columns) in enumerate(cells)
    )
    box = union([frame, *(line.box for line in inside)])
    return Table(box, filled, len(xs) - 1, len(ys) - 1, "grid")


def _cells(
    xs: Sequence[float], ys: Sequence[float], uprights: Sequence[Edge], levels: Sequence[Edge]
) -> Iterator[tuple[Box, int, int, int, int]]:
    """Box, row, column, rows, columns: grown to the right and down until a line stops it."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            columns = rows = 1
            middle = (ys[row] + ys[row + 1]) / 2
            while column + columns < len(xs) - 1 and not _parted(uprights, xs[column + columns], middle):
                columns += 1
            across = [(a + b) / 2 for a, b in pairwise(xs[column : column + columns + 1])]
            while row + rows < len(ys) - 1 and not any(_parted(levels, ys[row + rows], x) for x in across):
                rows += 1
            taken |= {(row + i, column + k) for i in range(rows) for k in range(columns)}
            yield Box(xs[column], ys[row], xs[column + columns], ys[row + rows]), row, column, rows, columns


def _parted(edges: Sequence[Edge], at: float, place: float) -> bool:
    return any(abs(edge.at - at) <= 2 * SLACK and edge.start <= place <= edge.end for edge in edges)
