"""Heads of a table: which rows stand over the columns, which columns head their rows, which rows head a group.

What the source declares is believed (a rule below the first row says that it is a head) until the cells speak against
it: a value, a sign or a sentence heads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ....language.characters import SENTENCE_END
from ....language.patterns import BOUNDED, TOTAL
from ....language.values import is_class, unit_of
from ..elements import Element, Piece, width_of
from .cells import MEASURED, NAMES, CellKind, Grid, column, filled, kind_of, kinds_of, mean_width

MOST_HEAD_ROWS = 3
_YEAR_OF = re.compile(r"(?:19|20)\d\d\s+[^\W\d]+")


def declared_heads(element: Element) -> int:
    """How many rows with a text the source calls heads; an empty head says nothing."""
    return sum(any(cell.text for cell in row) for row in element.rows[: element.heads])


def count_heads(grid: Grid, declared: int) -> int:
    """How many of the first rows are heads; `declared`: as many as the source says."""
    if len(grid) < 2 or not _may_head(grid) or not (declared or tells_head(grid)):
        return 0
    count = min(max(1, declared), len(grid) - 1)
    while count < min(len(grid) - 1, MOST_HEAD_ROWS) and _goes_on(grid, count):
        count += 1
    return count


def _may_head(grid: Grid) -> bool:
    head, body = grid[0], grid[1:]
    kinds = kinds_of(head)
    if not any(kind in NAMES for kind in kinds):
        return False
    if any(_tells(cell, body, i) for i, cell in enumerate(head)):
        return False
    signs = [cell.text for cell, kind in zip(head, kinds, strict=True) if kind is CellKind.SIGN]
    if signs and not set(signs) <= {"%", "#", "‰", "*"}:
        return False
    return all(_is_dated(cell, column(body, i)) for i, cell in enumerate(head)) or _classes(head, body)


def _is_dated(cell: Piece, below: Sequence[Piece]) -> bool:
    """No value, or a year with a word that counts nothing below it (`2032 heads`)."""
    if kind_of(cell.text) is not CellKind.VALUE:
        return True
    return bool(_YEAR_OF.fullmatch(cell.text)) and all(unit_of(one.text) != unit_of(cell.text) for one in below)


def _tells(cell: Piece, body: Grid, i: int) -> bool:
    """A sentence, or a text as long as those below it in a table of two columns."""
    if kind_of(cell.text) is not CellKind.TEXT:
        long_here = len(body[0]) == 2 and i == 1 and width_of(cell.text) > 48
        return long_here and width_of(cell.text) > 0.6 * mean_width(body, i)
    return cell.text[-1] in SENTENCE_END or len(body[0]) == 2 or width_of(cell.text) > 0.6 * mean_width(body, i) > 0


def _classes(head: Sequence[Piece], body: Grid) -> bool:
    """Numbers in a head name classes (`under 30 years`, `over 50`): in a unit that no cell below them has."""
    over = [i for i, cell in enumerate(head) if kind_of(cell.text) is CellKind.VALUE]
    if len(over) < 2 or kind_of(head[0].text) is CellKind.VALUE:
        return False
    units = {unit_of(head[i].text) for i in over}
    below = {unit_of(row[i].text) for row in body for i in over if kind_of(row[i].text) is CellKind.VALUE}
    return "" not in units and "%" not in units and units.isdisjoint(below) and bool(below)


def tells_head(grid: Grid) -> bool:
    """The first row names what the rows below hold: values, codes or longer texts under names or years."""
    head = grid[0]
    body = [row for row in grid[1:] if len(filled(row)) > 1] or grid[1:]
    if not body or any(kind not in (*NAMES, CellKind.EMPTY) for kind in kinds_of(head)):
        return False
    if not all(cell.text for cell in head[1:]):
        return False
    columns = range(len(head))
    longer = sum(mean_width(body, i) >= 2 * width_of(head[i].text) > 0 for i in columns)
    typed = sum(_is_typed(column(body, i)) and not _is_typed([head[i]]) for i in columns)
    return longer * 2 >= len(head) or typed > 0


def _is_typed(cells: Sequence[Piece]) -> bool:
    told = filled(cells)
    kinds = [kind_of(cell.text) for cell in told]
    if kinds and all(kind is CellKind.SIGN for kind in kinds):  # in a matrix of ticks most cells are empty
        return True
    typed = sum(kind in (CellKind.VALUE, CellKind.SIGN, CellKind.CODE) for kind in kinds)
    return bool(told) and typed * 2 >= len(cells)


def _goes_on(grid: Grid, i: int) -> bool:
    """Row `i` is one more head: it divides the merged heads above it, or names units, and measured columns follow."""
    above, row, body = grid[i - 1], grid[i], grid[i + 1 :]
    kinds = kinds_of(row)
    if any(kind not in (*NAMES, CellKind.EMPTY) and cell.text != "%" for kind, cell in zip(kinds, row, strict=True)):
        return False
    if not filled(row[1:]) or not _divides(above, row):
        return False
    under = [column(body, k) for k in range(1, len(row)) if row[k].text]
    return sum(_is_measured(cells) for cells in under) * 2 >= len(under)


def _divides(above: Sequence[Piece], row: Sequence[Piece]) -> bool:
    titled = len(filled(above)) == 1
    if row[0].text and above[0].text and row[0].text != above[0].text and not titled:
        return False
    merged = any(not cell.text for cell in above[1:]) or any(a.text and a.text == b.text for a, b in pairwise(above))
    return merged or not row[0].text or row[0].text == above[0].text


def _is_measured(cells: Sequence[Piece]) -> bool:
    kinds = [kind_of(cell.text) for cell in cells]
    measures = any(kind in (CellKind.VALUE, CellKind.SIGN) for kind in kinds)
    return measures and all(kind in (*MEASURED, CellKind.PERIOD) for kind in kinds)


def spread(heads: Grid) -> Grid:
    """Upper heads over all columns that they were merged over: an empty cell right of one belongs to it."""
    return [*(_spread_row(row, heads[i + 1 :]) for i, row in enumerate(heads[:-1])), *heads[-1:]]


def _spread_row(row: Sequence[Piece], below: Grid) -> list[Piece]:
    whole = len(filled(row)) == 1 and bool(row[0].text)
    result: list[Piece] = []
    for i, cell in enumerate(row):
        left = result[-1] if result else None
        divided = any(under[i].text for under in below)
        reached = left is not None and left.text and divided and (i > 1 or whole)
        result.append(replace(cell, text=left.text) if left and reached and not cell.text else cell)
    return result


# --- heads of rows -------------------------------------------------------------------------------------------------


def is_group(row: Sequence[Piece]) -> bool:
    """A row that only names what the rows below belong to: one name, or the name copied over all columns."""
    told = filled(row)
    if kind_of(told[0].text) not in NAMES or not row[0].text:
        return False
    copied = len(row) > 2 and len(told) == len(row) and len({cell.text for cell in told}) == 1
    return len(row) > 1 and (len(told) == 1 or copied)


def group_rows(body: Grid) -> frozenset[int]:
    """Places of the rows that head a group; the last row heads nothing, and a table of such rows has no groups."""
    found = {i for i, row in enumerate(body[:-1]) if is_group(row)}
    plain = [row for i, row in enumerate(body) if i not in found and len(filled(row)) > 1]
    told = plain and len(found) <= len(plain) and not _stand_amid(sorted(found), len(body))
    return frozenset(found) if told else frozenset()


def _stand_amid(groups: Sequence[int], rows: int) -> bool:
    """The names stand halfway down their rows, as merged cells print them: as many rows above the first as below the
    last, twice as many between two. They would head rows of the next.
    """
    between = [b - a - 1 for a, b in pairwise(groups)]
    above, below = (groups[0], rows - groups[-1] - 1) if groups else (0, 0)
    astray = int(min(above, below) > 1)
    even = abs(above - below) <= astray and all(abs(n - above - below) <= astray for n in between)
    return above > 0 and len(groups) > 1 and even


def filled_down(body: Grid, groups: frozenset[int] = frozenset()) -> Grid:
    """The rest of a merged first column takes the name that stands above it; where that is unclear it stays empty.
    So does the rest of a merged second column, within one cell of the first.
    """
    result = _first_filled(body, groups)
    return _second_filled(body, result, groups) if result is not body else result


def _second_filled(body: Grid, result: Grid, groups: frozenset[int]) -> Grid:
    """`body` as printed, `result` with its first column filled: the rest of a second cell has neither printed."""
    above: Piece | None = None
    filled_rows: Grid = []
    for i, (row, known) in enumerate(zip(body, result, strict=True)):
        if i in groups or row[0].text:
            above = None
        if row[1].text:
            above = row[1]
        elif above is not None and known[0].text:
            known = [known[0], replace(known[1], text=above.text), *known[2:]]
        filled_rows.append(known)
    return filled_rows


def _first_filled(body: Grid, groups: frozenset[int]) -> Grid:
    if not _is_merged(body, groups):
        return body
    named = [row[0] for i, row in enumerate(body) if i not in groups and row[0].text]
    above = named[0] if not body[0][0].text and len(named) == 1 else None
    if not body[0][0].text and above is None:
        return body
    result: Grid = []
    for i, row in enumerate(body):
        if i in groups:
            above = None
        elif row[0].text:
            above = row[0]
        elif above is not None and not (i == len(body) - 1 and TOTAL.match(row[1].text)):
            row = [replace(row[0], text=above.text), *row[1:]]
        result.append(row)
    return result


def _is_merged(body: Grid, groups: frozenset[int]) -> bool:
    """Empty first cells stand before names: only then were they one cell with the one above."""
    empty = [row for i, row in enumerate(body) if i not in groups and not row[0].text]
    named = (CellKind.NAME, CellKind.TEXT, CellKind.CODE)
    return bool(empty) and len(body[0]) > 1 and all(kind_of(_first_name(row)) in named for row in empty)


def _first_name(row: Sequence[Piece]) -> str:
    """The second cell, or the third where the second is the rest of a merged one too."""
    return row[1].text or (row[2].text if len(row) > 3 else "")


def count_row_heads(body: Grid, groups: frozenset[int] = frozenset()) -> int:
    """Leading columns that head their rows: names, the groups of merged cells before them."""
    rows = [row for i, row in enumerate(body) if i not in groups and not _is_remark(row)]
    if rows and len(rows[0]) > 2 and _is_serial(rows) and _names(rows, 1):
        return 2
    if not rows or len(rows[0]) < 2 or not _name_rows(rows):
        return 0
    if len(rows) == 1:
        return int(CellKind.VALUE in kinds_of(rows[0]))
    count = 1
    while count < len(rows[0]) - 1 and _groups(rows, count - 1) and _names(rows, count) and not _codes(rows, count):
        count += 1
    return count


def _is_remark(row: Sequence[Piece]) -> bool:
    """A sentence over the whole width, such as a note: it names no row."""
    return len(row) > 2 and len(filled(row)) == 1 and kind_of(row[0].text) is CellKind.TEXT


def _name_rows(rows: Grid) -> bool:
    """The first column names the rows, or the classes of what is counted (`men`, `31–50`, `over 50`)."""
    others = [row for row in rows if not _is_row_class(row[0].text)]
    return not others or _names(others, 0)


def _is_row_class(text: str) -> bool:
    return is_class(text) or bool(BOUNDED.search(text) and kind_of(text) is CellKind.VALUE)


def _is_serial(rows: Grid) -> bool:
    """The first column counts the rows."""
    numbers = [row[0].text for row in rows]
    return len(rows) > 1 and numbers == [str(i) for i in range(1, len(rows) + 1)]


def _names(rows: Grid, i: int) -> bool:
    kinds = [kind_of(row[i].text) for row in rows]
    names = sum(kind in NAMES for kind in kinds)
    told = [row[i].text for row in rows if row[i].text]
    if not told or any(k in (CellKind.VALUE, CellKind.SIGN, CellKind.TEXT) for k in kinds):
        return False
    return names * 2 > len(rows) and all(width_of(text) <= 48 for text in told)


def _codes(rows: Grid, i: int) -> bool:
    return any(kind_of(row[i].text) is CellKind.CODE for row in rows)


def _groups(rows: Grid, i: int) -> bool:
    """The column repeats a name in neighbouring rows, or leaves it out."""
    return any(b[i].text in ("", a[i].text) for a, b in pairwise(rows)) or not rows[0][i].text
