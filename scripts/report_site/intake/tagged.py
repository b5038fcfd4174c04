"""The PDF's own tables, by its structure tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .lines import Line, union
from .page import TaggedTable
from .tables import Cell, Table


def tagged_tables(lines: Sequence[Line], tagged: Sequence[TaggedTable]) -> list[Table]:
    """The PDF's own tables; lines are cut where a cell ends."""
    tables: list[Table] = []
    for rows in tagged:
        marks = {mark for row in rows for cell in row for mark in cell.marks}
        inside = [line for line in lines if marks & _marks(line)]
        if len(rows) < 2 or max(map(len, rows)) < 2 or not inside:
            continue
        cells = tuple(_tagged(rows, inside))
        width = max(cell.column + cell.columns for cell in cells)
        held = sum(len(line.runs) for cell in cells for line in cell.lines)
        if held == sum(len(line.runs) for line in inside):
            tables.append(Table(union(line.box for line in inside), cells, width, len(rows), "tags"))
    return tables


def _marks(line: Line) -> set[int]:
    return {run.tag.mark for run in line.runs if run.tag}


def _tagged(rows: TaggedTable, lines: Sequence[Line]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            taken |= {(r + i, column + k) for i in range(cell.rows) for k in range(cell.columns)}
            parts = [tuple(run for run in line.runs if run.tag and run.tag.mark in cell.marks) for line in lines]
            held = tuple(Line(runs) for runs in parts if runs)
            yield Cell(held, r, column, cell.columns, min(cell.rows, len(rows) - r), cell.head)
            column += cell.columns


def with_untagged_rows(tagged: Sequence[Table], grids: Sequence[Table]) -> list[Table]:
    """The tagged tables; where lines are drawn around one and rows without tags (a head set again), the whole grid."""
    held = {id(grid): {id(run) for line in grid.lines for run in line.runs} for grid in grids}
    result: list[Table] = []
    for table in tagged:
        own = {id(run) for line in table.lines for run in line.runs}
        around = next((grid for grid in grids if own < held[id(grid)] and grid.width == table.width), None)
        if around is None:
            result.append(table)
        elif around not in result:
            result.append(around)
    return result
