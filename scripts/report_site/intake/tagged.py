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
