"""Which table a chart may stand beside, and what it draws.

Only what the table says of all its values: one unit, exact numbers, plain years or one measure. A total stands for
other things than its parts, a note may change what is counted: then there is no chart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from ...language.characters import NOTE_MARK
from ...language.numbers import Qualifier, QuantityKind, parse
from ...language.units import UNIT_HEAD, YEAR_HEAD, is_unit, named_unit
from ...language.values import comparator_of, unit_of
from ...model import DataTable, KeyValueTable, Language, Text

FEWEST_RANKED, MOST_MARKS, MOST_GROUPS, FEWEST_FOR_LINES = 3, 12, 4, 5
LONGEST_LABEL = 48
_WHOLE, _ROUNDING = Decimal(100), Decimal(1)
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BEGINS = re.compile(r"(?:[¥￥$€£]|[A-Z]{2,3}[$]?\s?)?\d")


@dataclass(frozen=True, slots=True)
class Mark:
    """A value as it is drawn: what it is of, how it is printed, how much it is."""

    label: Text
    shown: Text
    number: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    label: Text | None
    """Of a series, where the table has several."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    kind: Literal["bars", "lines"]
    groups: tuple[Group, ...]
    unit: Text | None
    """The text that names the unit; None where each value does."""


@dataclass(frozen=True, slots=True)
class _Column:
    head: Text
    cells: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    labels: tuple[Text, ...]
    units: tuple[Text, ...]
    """Of each row, where the table has a column of units."""
    columns: tuple[_Column, ...]
    caption: Text | None
    language: Language


def chart_of(table: DataTable | KeyValueTable, language: Language) -> Chart | None:
    """The chart of the table's values; None where not all are known to be of one kind. `language`: the source's."""
    grid = _grid(table, language) if table.chart and not table.notes else None
    if grid is None or any(_is_too_long(label) for label in grid.labels):
        return None
    return _series(grid) or _ranked(grid)


def _grid(table: DataTable | KeyValueTable, language: Language) -> _Grid | None:
    """The table's columns; None where a row isn't a label with one value a column."""
    header = table.header if isinstance(table, DataTable) else ()
    if isinstance(table, DataTable) and (table.subheads or table.row_headers > 1):
        return None
    width = len(header) or 2
    if any(row.group or len(row.cells) != width or any(len(cell) != 1 for cell in row.cells) for row in table.rows):
        return None
    heads = header or (Text(""),) * width
    cells = tuple(zip(*([cell[0] for cell in row.cells] for row in table.rows), strict=True))
    columns = tuple(_Column(head, texts) for head, texts in zip(heads, cells, strict=False))
    if any(NOTE_MARK.search(text.source) for one in columns for text in (one.head, *one.cells)):
        return None
    units = [column for column in columns[1:] if UNIT_HEAD.fullmatch(column.head.source.strip())]
    if not columns or len(units) > 1:
        return None
    values = tuple(column for column in columns[1:] if column not in units)
    return _Grid(columns[0].cells, units[0].cells if units else (), values, table.caption, language)


def _is_too_long(label: Text) -> bool:
    longest = max(len(label.source), len(label.translation or ""))
    return not label.source.strip() or longest > LONGEST_LABEL


# --- kinds of charts -----------------------------------------------------------------------------------------------


def _series(grid: _Grid) -> Chart | None:
    """Years side by side: one row, or a few of one unit."""
    years = [YEAR_HEAD.fullmatch(column.head.source.strip()) for column in grid.columns]
    plain = [(year["year"], f"{year['before']}|{year['after']}") for year in years if year]
    if not 2 <= len(years) == len(plain) <= MOST_MARKS or len(grid.labels) > MOST_GROUPS:
        return None
    if len({year for year, _ in plain}) < len(plain) or len({form for _, form in plain}) > 1:
        return None
    numbers, unit = _numbers(grid, [*grid.labels])
    if not numbers or _has_total(numbers):
        return None
    if len(numbers) > 1 and unit.percent and not all(_is_whole(column) for column in zip(*numbers, strict=True)):
        return None
    lines = len(years) >= FEWEST_FOR_LINES
    order = sorted(range(len(years)), key=lambda i: plain[i][0]) if lines else range(len(years))
    groups = tuple(
        Group(label, tuple(_mark(grid, row, i, numbers) for i in order)) for row, label in enumerate(grid.labels)
    )
    return Chart("lines" if lines else "bars", groups, unit.text)


def _mark(grid: _Grid, row: int, column: int, numbers: Sequence[Sequence[Decimal]]) -> Mark:
    return Mark(grid.columns[column].head, grid.columns[column].cells[row], numbers[row][column])


def _ranked(grid: _Grid) -> Chart | None:
    """One column of values: shares of one whole, or one measure of things that the rows name."""
    if len(grid.columns) != 1:
        return None
    column = grid.columns[0]
    rows, unit = _numbers(grid, [column.head])
    values = [row[0] for row in rows]
    if unit.percent:
        parts = values[:-1] if values[-1] == _WHOLE else values  # Behind them stands what they add up to.
        drawn = len(parts) if _is_whole(parts) else 0
    else:
        ordered = all(a >= b for a, b in pairwise(values)) or all(a <= b for a, b in pairwise(values))
        drawn = len(values) if not _has_total(rows) and (unit.of_all or ordered) else 0
    if not FEWEST_RANKED - unit.percent <= drawn <= MOST_MARKS:
        return None
    marks = (Mark(grid.labels[i], column.cells[i], values[i]) for i in range(drawn))
    return Chart("bars", (Group(None, tuple(marks)),), unit.text)


def _is_whole(values: Sequence[Decimal]) -> bool:
    return abs(sum(values) - _WHOLE) <= _ROUNDING


def _has_total(rows: Sequence[Sequence[Decimal]]) -> bool:
    """A row that is the sum of the others, to what rounding leaves."""
    if len(rows) < 3:
        return False
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return any(
        all(abs(total - 2 * value) <= max(abs(total) / 1000, 0) for total, value in zip(sums, row, strict=True))
        for row in rows
    )


# --- values and their unit -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unit:
    text: Text | None = None
    percent: bool = False
    of_all: bool = False
    """Stands in the head or caption: the values are one measure."""


def _numbers(grid: _Grid, heads: Sequence[Text]) -> tuple[list[list[Decimal]], _Unit]:
    """The values row by row with their one unit; no rows where any isn't exact, or units differ or aren't said.

    `heads`: what may name a unit in brackets, of all values or of a row each.
    """
    found = [[_value(column.cells[i], grid.language) for column in grid.columns] for i in range(len(grid.labels))]
    numbers = [[value[0] for value in row if value] for row in found]
    inside = {value[1] for row in found for value in row if value}
    if any(None in row for row in found) or len(inside) > 1 or not any(number for row in numbers for number in row):
        return [], _Unit()
    unit = _said_unit(grid, heads, next(iter(inside)))
    return (numbers, unit) if unit else ([], _Unit())


def _said_unit(grid: _Grid, heads: Sequence[Text], inside: str) -> _Unit | None:
    """The unit that all places that name one agree on."""
    captions = [grid.caption] if grid.caption and named_unit(grid.caption.source, grid.language) else []
    by_head = {named_unit(head.source, grid.language) for head in heads}
    by_cell = {text.source.strip() for text in grid.units}
    told = {inside, *by_cell, *by_head, *(named_unit(text.source, grid.language) for text in captions)} - {""}
    if len(told) != 1 or len(by_head) > 1:
        return None
    (name,) = told
    if name == inside and not is_unit(name, grid.language):
        return None
    text = next(iter([*grid.units, *(head for head in heads if by_head != {""}), *captions]), None)
    return _Unit(text, name in ("%", "％"), bool(captions) or (by_head != {""} and len(heads) == 1))


def _value(text: Text, language: Language) -> tuple[Decimal, str] | None:
    """Number and unit of a cell; None for what isn't one exact number, zero or more."""
    said = text.source.strip()
    if _PLAIN.fullmatch(said):
        return Decimal(said.replace(",", "")), ""
    quantities = parse(said, language)
    if len(quantities) != 1 or not _BEGINS.match(said) or comparator_of(said):
        return None
    one = quantities[0]
    exact = one.kind is QuantityKind.NUMBER and one.qualifier is Qualifier.EXACT and one.upper is None
    unit = unit_of(said).replace("％", "%")
    return (one.value, unit) if exact and not one.points and one.value >= 0 and not set("+＋") & set(said) else None
