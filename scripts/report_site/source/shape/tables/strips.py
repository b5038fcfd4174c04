"""Whether a table is a strip of key figures. The numbers of a strip are larger than all else in print, which no text
shows: so it needs other evidence, and a table without it stays a table.

Needed: few rows, values and short labels and nothing else; no years, codes or ticks; no head, no names of rows. Then
one of: values of different units (a column of data holds one), a number set before its label in every row, or prose
that says the same of the values.
"""

from __future__ import annotations

from collections.abc import Sequence

from ....language.values import is_marked, is_value, unit_of
from ..elements import Piece
from ..key_figures import LEAST_SHARE, Prose
from .cells import CellKind, Grid, filled, kind_of

MOST_ROWS = 5
LONGEST_LABEL = 40
_STRANGE = frozenset({CellKind.PERIOD, CellKind.CODE, CellKind.SIGN, CellKind.TEXT, CellKind.VALUE})
"""What a label is not."""


def is_strip(grid: Grid, prose: Prose) -> bool:
    grid = [row for row in grid if not _is_copied(row)]
    cells = [cell for row in grid for cell in row if cell.text]
    values = [cell for cell in cells if is_value(cell.text)]
    labels = [cell for cell in cells if not is_value(cell.text)]
    if len(grid) > MOST_ROWS or len(values) < 2 or not labels or len(values) * 4 < len(cells):
        return False
    if any(kind_of(cell.text) in _STRANGE or not 1 < len(cell.text) <= LONGEST_LABEL for cell in labels):
        return False
    if _pairs(grid):
        return _speaks(grid, values) or _told(values, labels, prose) * 2 >= len(values)
    return _told(values, labels, prose) >= max(3, len(values) // 2)


def _is_copied(row: Sequence[Piece]) -> bool:
    """One label for the whole strip, a merged cell that is copied into every column."""
    told = filled(row)
    return len(told) > 1 and len({cell.text for cell in told}) == 1 and not is_value(told[0].text)


def _pairs(grid: Grid) -> bool:
    """Every value has its label: in its row, or in its column above or below one row of values."""
    beside = all(sum(is_value(cell.text) for cell in row) == 1 and len(filled(row)) > 1 for row in grid)
    return beside or _row_of_values(grid) is not None or _in_turn(grid)


def _row_of_values(grid: Grid) -> Sequence[Piece] | None:
    found = [row for row in grid if all(is_value(cell.text) for cell in filled(row))]
    others = [cell for row in grid if row not in found for cell in row]
    return found[0] if len(found) == 1 and not any(is_value(cell.text) for cell in others) else None


def _in_turn(grid: Grid) -> bool:
    """Value, label, value, label along each row."""
    rows = [[is_value(cell.text) for cell in filled(row)] for row in grid]
    return all(len(row) >= 4 and len(row) % 2 == 0 and row == [True, False] * (len(row) // 2) for row in rows)


def _speaks(grid: Grid, values: Sequence[Piece]) -> bool:
    """Each value says what it counts, and they count different things, or stand before their labels."""
    marked = sum(is_marked(cell.text) for cell in values)
    first = len(grid) > 1 and all(is_value(filled(row)[0].text) and len(filled(row)) > 1 for row in grid)
    if first and _row_of_values(grid) is None:
        return marked * 2 > len(values)
    return marked == len(values) and len({unit_of(cell.text) for cell in values}) > 1


def _told(values: Sequence[Piece], labels: Sequence[Piece], prose: Prose) -> int:
    """How many values a sentence states together with a label of the strip."""
    texts = [label.text for label in labels]
    return sum(max(prose.affinities(value.text, texts), default=0.0) >= LEAST_SHARE for value in values)
