"""What kind of table a grid is: an ordered list of tests, the first that fits wins; in doubt a table stays a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ....language.patterns import YEAR
from ..key_figures import Prose
from .cells import CODE_LIST, CellKind, Grid, column, filled, is_short, kind_of, mean_width
from .heads import count_heads, tells_head
from .kinds import TableKind
from .strips import is_strip


@dataclass(frozen=True, slots=True)
class Printed:
    """A grid with what is known around it."""

    grid: Grid
    declared: int
    """How many rows the source calls heads."""
    prose: Prose

    @property
    def heads(self) -> int:
        return count_heads(self.grid, self.declared)


def recognise(printed: Printed) -> TableKind:
    return next(kind for kind, fits in _TESTS if fits(printed))


def _has_codes(printed: Printed) -> bool:
    """A column whose cells are codes of a standard: at least two, and half of those filled in it."""
    grid = printed.grid
    body = grid[printed.heads :]
    columns = [filled(column(body, i)) for i in range(len(grid[0]))]
    coded = [sum(bool(CODE_LIST.match(cell.text)) for cell in cells) for cells in columns]
    return any(n >= 2 and n * 2 >= len(cells) for n, cells in zip(coded, columns, strict=True))


def _is_strip(printed: Printed) -> bool:
    return is_strip(printed.grid, printed.prose)


def _is_pairs(printed: Printed) -> bool:
    """Two columns, a name and a text, from the first row on."""
    grid = printed.grid
    if len(grid[0]) != 2 or not all(row[0].text for row in grid):
        return False
    told = mean_width(grid, 1) >= 1.5 * mean_width(grid, 0)
    return told and not _heads_told(grid) and all(is_short(row[0].text, 2) for row in grid)


def _heads_told(grid: Grid) -> bool:
    """The cells say that the first row is a head, not the rule below it alone, and it counts nothing."""
    counted = any(_counts(grid[0][i].text) for i in range(len(grid[0])))
    return tells_head(grid) and not counted


def _counts(text: str) -> bool:
    """Holds a number that counts something: a year as a column's head doesn't."""
    return bool(re.search(r"\d", YEAR.sub("", text)))


def _names_values(printed: Printed) -> bool:
    """Two columns, a name and a value, from the first row on."""
    grid = printed.grid
    if len(grid[0]) != 2 or printed.heads:
        return False
    return all(kind_of(a.text) is CellKind.NAME and kind_of(b.text) is CellKind.VALUE for a, b in grid)


def _is_ragged(printed: Printed) -> bool:
    """Names in the first column, then as many items as there are: the first row ends in empty cells."""
    grid = printed.grid
    if len(grid) < 2 or len(grid[0]) < 3 or not all(row[0].text and is_short(row[0].text, 2) for row in grid):
        return False
    counts = [len(filled(row)) for row in grid]
    holes = any(cell.text for row, n in zip(grid, counts, strict=True) for cell in row[n:])
    if holes or not 1 < counts[0] < max(counts):
        return False
    items = (CellKind.NAME, CellKind.TEXT, CellKind.EMPTY)
    return all(kind_of(cell.text) in items for row in grid for cell in row)


_TESTS: tuple[tuple[TableKind, Callable[[Printed], bool]], ...] = (
    # A table of codes is told by its codes; strips before pairs, since a strip may have two columns too.
    (TableKind.INDEX, _has_codes),
    (TableKind.KEY_FIGURES, _is_strip),
    (TableKind.KEY_VALUE, _is_pairs),
    (TableKind.RAGGED, _is_ragged),
    (TableKind.DATA, lambda printed: printed.heads > 0),
    (TableKind.KEY_VALUE, _names_values),
    (TableKind.HEADLESS, lambda printed: True),
)
