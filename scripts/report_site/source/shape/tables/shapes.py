"""From a recognised grid to its block: one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ....model import Block, DataTable, KeyFigures, KeyValueTable, Row, TagList, Text
from ..elements import Element
from ..key_figures import Prose, key_figures_block, pair_strip
from .cells import CellKind, Grid, cell_of, grid_of, head_of, kind_of, rows_of
from .heads import count_heads, count_row_heads, declared_heads, filled_down, group_rows, spread
from .index import shape_index
from .kinds import TableKind
from .recognise import Printed, recognise


@dataclass(frozen=True, slots=True)
class Shaped:
    """The block that a table element gives, and what of it report.yml or a shape took for noise."""

    block: Block | None
    noise: tuple[int, ...] = ()
    """Lines that no text of the block stems from."""
    dropped: Mapping[int, str] = field(default_factory=dict)
    """Marks of the design in lines that the block publishes otherwise."""
    moved: Mapping[int, str] = field(default_factory=dict)
    """Rows as printed whose cells went to the column of their type."""


def shape_table(element: Element, prose: Prose, kind: TableKind | None = None) -> Shaped:
    """The block for `element`; `kind` overrules the recognition."""
    grid = grid_of(element)
    if kind is TableKind.NOISE or not grid:
        return Shaped(None, element.lines)
    grid, dropped = _without_marks(grid) if kind is TableKind.KEY_FIGURES else (grid, {})
    printed = Printed(grid, declared_heads(element), prose)
    found = kind or recognise(printed)
    block, moved = shape_index(grid, printed.heads) if found is TableKind.INDEX else (_SHAPES[found](printed), {})
    # What the editor rules stands in report.yml; what the cells alone tell is recorded.
    moved = {} if kind else moved
    return Shaped(_whole(block, element, grid), _silent(element, grid), dropped, moved)


def printed_head(element: Element) -> tuple[Text, ...]:
    """The first row of heads, where the table has one."""
    grid = grid_of(element)
    return tuple(map(head_of, grid[0])) if grid and count_heads(grid, declared_heads(element)) else ()


def _whole(block: Block, element: Element, grid: Grid) -> Block:
    """The block with all lines that it publishes, and the title that stood above it."""
    caption = element.caption and Text(element.caption.text, lines=element.caption.lines)
    lines = {n for row in grid for cell in row if cell.text for n in cell.lines} | set(caption.lines if caption else ())
    block = replace(block, lines=tuple(sorted(lines)))
    if caption and isinstance(block, DataTable | KeyValueTable | TagList):
        return replace(block, caption=caption)
    if caption and isinstance(block, KeyFigures) and block.caption is None:
        return replace(block, caption=caption)
    return block


def _silent(element: Element, grid: Grid) -> tuple[int, ...]:
    told = {n for row in grid for cell in row if cell.text for n in cell.lines}
    told |= set(element.caption.lines) if element.caption else set()
    return tuple(n for n in element.lines if n not in told and n not in element.extra)


def _without_marks(grid: Grid) -> tuple[Grid, dict[int, str]]:
    """In a strip that the editor names, a lone letter is a mark of the design, such as ® read as R."""
    dropped = {cell.lines[0]: cell.text for row in grid for cell in row if _is_letter(cell.text)}
    plain = [[replace(cell, text="") if _is_letter(cell.text) else cell for cell in row] for row in grid]
    used = [i for i in range(len(plain[0])) if any(row[i].text for row in plain)]
    return [[row[i] for i in used] for row in plain if any(cell.text for cell in row)], dropped


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()


# --- shapes --------------------------------------------------------------------------------------------------------


def _data(printed: Printed) -> Block:
    heads = max(1, printed.heads)
    top = spread(printed.grid[:heads])
    table = _body(printed.grid[heads:])
    return replace(
        table,
        header=tuple(map(head_of, top[0])),
        subheads=tuple(tuple(map(head_of, row)) for row in top[1:]),
    )


def _headless(printed: Printed) -> Block:
    table = _body(printed.grid)
    leading = next((i for i in range(len(printed.grid[0])) if _mostly_values(printed.grid, i)), 1)
    return replace(table, row_headers=max(1, min(leading, len(printed.grid[0]) - 1)))


def _mostly_values(grid: Grid, i: int) -> bool:
    return sum(kind_of(row[i].text) is CellKind.VALUE for row in grid) * 2 > len(grid)


def _body(grid: Grid) -> DataTable:
    """Rows below the heads: groups told apart, merged first cells filled."""
    if not grid:
        return DataTable(lines=(), header=(), rows=(), row_headers=0)
    groups = group_rows(grid)
    body = filled_down(grid, groups)
    rows = tuple(
        replace(row, cells=(row.cells[0], *[()] * (len(row.cells) - 1)), group=True) if i in groups else row
        for i, row in enumerate(rows_of(body))
    )
    return DataTable(lines=(), header=(), rows=rows, row_headers=count_row_heads(body, groups))


def _key_value(printed: Printed) -> Block:
    return KeyValueTable(lines=(), rows=rows_of(printed.grid))


def _ragged(printed: Printed) -> Block:
    rows = tuple(Row((cell_of(row[0]), tuple(t for piece in row[1:] for t in cell_of(piece)))) for row in printed.grid)
    return KeyValueTable(lines=(), rows=rows)


def _tag_list(printed: Printed) -> Block:
    return TagList(lines=(), items=tuple(t for row in printed.grid for piece in row for t in cell_of(piece)))


def _key_figures(printed: Printed) -> Block:
    pairs, caption = pair_strip(printed.grid, printed.prose)
    return key_figures_block(pairs, caption)


_SHAPES: Mapping[TableKind, Callable[[Printed], Block]] = MappingProxyType(
    {
        TableKind.DATA: _data,
        TableKind.HEADLESS: _headless,
        TableKind.KEY_VALUE: _key_value,
        TableKind.RAGGED: _ragged,
        TableKind.TAG_LIST: _tag_list,
        TableKind.KEY_FIGURES: _key_figures,
    }
)
