"""Tables of pipes whose columns an extractor cut in the wrong place: one holds two cells in every row, another nothing.

A column without any text goes. Where one went, a column is parted in two if each of its cells holds two things that no
cell holds together: two numbers, or a number and a word, below a head of two years or words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ....language.patterns import NONE_CELLS, YEAR_HEAD
from ....language.values import is_quantity
from ....model import SourceLine
from ..furniture.lines import is_row
from .taken_in import piped

LEAST_ROWS = 3
"""Below the head."""
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s:|-]*-{2,}[\s:|-]*$")
_YEARS = re.compile(rf"{YEAR_HEAD}(?:\s+{YEAR_HEAD})+$")
_YEAR = re.compile(YEAR_HEAD)
Column = list[str]


def read_cut_columns(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result = list(lines)
    for is_table, places in groupby(range(len(lines)), key=lambda i: is_row(lines[i])):
        if is_table:
            _mend(result, list(places))
    return result


def _mend(lines: list[SourceLine], places: Sequence[int]) -> None:
    ruled = [i for i in places if _RULE.match(lines[i].text)]
    rows = [_cells(lines[i].text) for i in places if i not in ruled]
    if ruled != list(places[1:2]) or len(rows) <= LEAST_ROWS or len({len(row) for row in rows}) > 1:
        return
    columns: list[Column] = [list(column) for column in zip(*rows, strict=True)]
    told = [column for column in columns if any(column)]
    if len(told) == len(columns) or not told:
        return
    free = len(columns) - len(told)
    mended: list[Column] = []
    for column in told:
        parts = list(_parts(column)) if free else []
        mended += parts or [column]
        free -= max(0, len(parts) - 1)
    texts = [piped(row) for row in zip(*mended, strict=True)]
    texts.insert(1, "|" + " --- |" * len(mended))
    for i, text in zip(places, texts, strict=True):
        lines[i] = lines[i].changed("cut-columns", text)


def _cells(text: str) -> list[str]:
    inner = text.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]


def _parts(column: Column) -> Iterator[Column]:
    """The two columns that stand in one."""
    head, *cells = column
    names = _YEAR.findall(head) if _YEARS.match(head) else head.split()
    pairs = [cell.split() for cell in cells if cell]
    if len(names) != 2 or len(pairs) < LEAST_ROWS or any(len(pair) != 2 for pair in pairs):
        return
    numbers = all(_is_number(word) for pair in pairs for word in pair)
    mixed = all(_is_number(pair[0]) and not _is_number(pair[1]) and len(pair[1]) > 2 for pair in pairs)
    if numbers or (mixed and len({pair[1] for pair in pairs}) > 1):
        for k, name in enumerate(names):
            yield [name, *(cell.split()[k] if cell else "" for cell in cells)]


def _is_number(text: str) -> bool:
    return text in NONE_CELLS or is_quantity(text)
