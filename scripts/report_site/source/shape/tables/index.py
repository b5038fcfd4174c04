"""Tables that lead from the codes of a standard to places in the report.

Their cells stay under the heads that they were printed under, whatever the order of the columns. Only where the
extractor shifted rows or heads (the types of two columns disagree, while every row has the same types in one order; or
the head for pages stands over codes) do the cells go to the column of their type, and what moved is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....language.patterns import NONE_CELLS, PAGE_HEAD
from ....model import Cell, DataTable, Row, Text
from ..elements import Piece
from .cells import CODE_LIST, PAGE, Grid, cell_of, column, filled, head_of
from .heads import count_row_heads, filled_down, group_rows, spread


def shape_index(grid: Grid, heads: int) -> tuple[DataTable, dict[int, str]]:
    """The table, and the rows as printed whose cells moved."""
    body = grid[heads:]
    if _is_shifted(body) or (heads == 1 and _heads_shifted(grid[0], body)):
        return _by_type(grid[0] if heads else [], body)
    groups = group_rows(body)
    body = filled_down(body, groups)
    rows = tuple(
        Row((cell_of(row[0]), *[()] * (len(row) - 1)), group=True) if i in groups else Row(tuple(map(_coded, row)))
        for i, row in enumerate(body)
    )
    top = [tuple(map(head_of, row)) for row in spread(grid[:heads])] if heads else []
    return (
        DataTable(
            lines=(),
            header=top[0] if top else (),
            subheads=tuple(top[1:]),
            rows=rows,
            row_headers=max(1, count_row_heads(body, groups)),
        ),
        {},
    )


def _coded(piece: Piece) -> Cell:
    """Each code of a list is an item of its own; all else stands as printed."""
    return _codes_of(piece) if CODE_LIST.match(piece.text) else cell_of(piece)


def _codes_of(piece: Piece | None) -> Cell:
    if piece is None:
        return ()
    return tuple(Text(code.strip(), lines=piece.lines) for code in re.split(r"[、,，;；]", piece.text) if code.strip())


# --- shifted rows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _TypedRow:
    titles: list[Piece]
    codes: Piece | None
    page: Piece | None
    shifted: bool
    """The row starts with an emptied merged cell."""
    lines: tuple[int, ...] = ()


def _is_shifted(body: Grid) -> bool:
    """Codes stand in several columns, one of which holds something else in other rows; all rows have one order."""
    if not body or not all(_in_order(row) for row in body):
        return False
    coded = [{i for i, cell in enumerate(row) if CODE_LIST.match(cell.text)} for row in body]
    places = set().union(*coded)
    if not _ends_empty(body, coded):
        return False
    mixed = [i for i in places if any(row[i].text and i not in here for row, here in zip(body, coded, strict=True))]
    return len(places) > 1 and bool(mixed) and all(len(here) <= 1 for here in coded)


def _heads_shifted(header: Sequence[Piece], body: Grid) -> bool:
    """The head for pages stands over codes, and pages stand in the column after it: one head was over two columns."""
    at = next((i for i, cell in enumerate(header) if PAGE_HEAD.match(cell.text)), None)
    if at is None or at + 1 >= len(header) or not all(_in_order(row) for row in body):
        return False
    here, after = ({_type_of(cell) for cell in filled(column(body, i))} for i in (at, at + 1))
    return "c" in here and here <= {"c", "n"} and after == {"p"}


def _ends_empty(body: Grid, coded: Sequence[set[int]]) -> bool:
    """A row whose codes stand further left ends in as many empty cells more: it is whole, some columns off."""
    ends = [len(row) - 1 - max(i for i, cell in enumerate(row) if cell.text) for row in body]
    return len({max(here) + end for here, end in zip(coded, ends, strict=True) if here}) <= 1


def _in_order(row: Sequence[Piece]) -> bool:
    """Titles, codes (or a stroke for none), a page, and nothing else."""
    shape = "".join(_type_of(cell) for cell in filled(row))
    return bool(re.fullmatch(r"t{1,3}[cn]?p?", shape))


def _type_of(cell: Piece) -> str:
    if PAGE.match(cell.text):
        return "p"
    return "c" if CODE_LIST.match(cell.text) else "n" if cell.text in NONE_CELLS else "t"


def _by_type(header: Sequence[Piece], body: Grid) -> tuple[DataTable, dict[int, str]]:
    typed = [_typed_row(row) for row in body]
    titles = max(len(row.titles) for row in typed)
    rows: list[Row] = []
    above: list[Piece] = []
    for row in typed:
        above = _title_cells(row, titles, above)
        page = cell_of(row.page) if row.page else ()
        rest: list[Cell] = [()] * max(0, len(header) - 3)
        rows.append(Row((*map(cell_of, above), _codes_of(row.codes), page, *rest)))
    table = DataTable(lines=(), header=_heads(header, titles), rows=tuple(rows), row_headers=titles)
    return table, {
        row[0].lines[0]: " | ".join(cell.text for cell in row).strip() for row in body if _moves(row, titles)
    }


def _moves(row: Sequence[Piece], titles: int) -> bool:
    return any(CODE_LIST.match(cell.text) and i != titles for i, cell in enumerate(row))


def _typed_row(row: Sequence[Piece]) -> _TypedRow:
    cells = filled(row)
    pages = [cell for cell in cells if _type_of(cell) == "p"]
    codes = [cell for cell in cells if _type_of(cell) in "cn"]
    titles = [cell for cell in cells if _type_of(cell) == "t"]
    return _TypedRow(titles, _one_cell(codes), _one_cell(pages), not row[0].text, row[0].lines)


def _one_cell(cells: Sequence[Piece]) -> Piece | None:
    return cells[0] if cells else None


def _title_cells(row: _TypedRow, width: int, above: Sequence[Piece]) -> list[Piece]:
    if row.shifted and above and len(row.titles) < width:
        missing = width - len(row.titles)
        return [*(replace(cell, lines=row.lines) for cell in above[:missing]), *row.titles]
    return [*row.titles, *(Piece("", row.lines) for _ in range(width - len(row.titles)))]


def _heads(header: Sequence[Piece], titles: int) -> tuple[Text, ...]:
    """The title's head stands over all title columns; the others move with their cells."""
    names = [head_of(cell) for cell in header]
    return (*(names[:1] * titles), *names[1:]) if names else ()
