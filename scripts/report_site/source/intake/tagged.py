"""The PDF's own tables, by its structure tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
        cells = _settled(tuple(_tagged(rows, inside)))
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


# --- empty cells ---------------------------------------------------------------------------------------------------

_Extents = dict[int, tuple[float, float]]
"""Left and right edge of each column."""


def _settled(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells in the columns below which they stand: PDFium doesn't tell of empty ones, so that a row slips left."""
    width = max(cell.column + cell.columns for cell in cells)
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    ends = {row: max(cell.column + cell.columns for cell in found) for row, found in rows.items()}
    extents: _Extents = {}
    for cell in cells:
        if ends[cell.row] == width and cell.columns == 1 and cell.lines:
            box = union(line.box for line in cell.lines)
            left, right = extents.get(cell.column, (box.left, box.right))
            extents[cell.column] = (min(left, box.left), max(right, box.right))
    if len(extents) < width:
        return cells
    return tuple(
        cell for row, found in rows.items() for cell in (found if ends[row] == width else _placed(found, extents))
    )


def _placed(row: Sequence[Cell], extents: _Extents) -> Sequence[Cell]:
    """The order stays; each cell goes where it is nearest to the edges or the middle of its columns."""
    if not all(cell.lines for cell in row) or any(cell.rows > 1 for cell in row):
        return row
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for cell in row:
        after: dict[int, tuple[float, list[int]]] = {}
        for end, (cost, starts) in best.items():
            for start in range(end, len(extents) - cell.columns + 1):
                total = cost + _distance(cell, start, extents)
                home = start + cell.columns
                if home not in after or total < after[home][0]:
                    after[home] = (total, [*starts, start])
        best = after
    if not best:
        return row
    _, starts = min(best.values())
    return [replace(cell, column=start) for cell, start in zip(row, starts, strict=True)]


def _distance(cell: Cell, start: int, extents: _Extents) -> float:
    box = union(line.box for line in cell.lines)
    left, right = extents[start][0], extents[start + cell.columns - 1][1]
    return min(abs(box.left - left), abs(box.right - right), abs(box.middle[0] - (left + right) / 2))


# --- rows without tags ---------------------------------------------------------------------------------------------


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
