"""Tables whose rows an extractor wrote as lines, one blank between two cells: `Scope 1 209.3 201.8 188.2`.

Blanks within labels look the same as those between cells, so that few kinds are certain: a head that ends in years, or
of single words, and right below it lines that end in as many numbers; codes of a standard beside titles and pages.
What stands before the numbers is the row's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...language.characters import HAN, SENTENCE_END
from ...language.patterns import YEAR_HEAD
from ...model import SourceLine

_HEAD = re.compile(rf"^(?P<names>[^\d|]*?)\s*(?P<years>{YEAR_HEAD}(?:\s+{YEAR_HEAD})+)$")
_YEARS = re.compile(YEAR_HEAD)
_VALUE = r"(?:[(（]?[-+−]?\d[\d,.]*\s?[%‰]?[)）]?|[-–—]|[Nn]/?[Aa])"
_HEAD_WORD = re.compile(rf"^(?:[A-Z][A-Za-z&/-]*|[{HAN}]{{1,8}})$")
_ENDS_IN_NUMBER = re.compile(rf"\s{_VALUE}$")
_INDEX_ROW = re.compile(r"^((?:[A-Z]{2,6}\s?)?\d{1,3}-\d{1,2}[a-z]?)\s+(\D.*?)\s+(\d{1,3}(?:\s?[,，、–-]\s?\d{1,3})*)$")
LEAST_ROWS = 2
LEAST_WORDS = 3
MOST_WORDS = 12
LONGEST_NAME = 80
LONGEST_GROUP = 40
LONGEST_UNIT = 10


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    values: tuple[str, ...] = ()


Cells = list[list[str]]


def read_row_tables(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result = list(lines)
    i = 0
    while i < len(result):
        cells = _years_table(result, i) or _words_table(result, i) or _index(result, i)
        for line, row in enumerate(cells, i):
            text = " | ".join(cell.replace("|", "\\|") for cell in row)
            result[line] = result[line].changed("row-table", f"| {text} |")
        i += max(1, len(cells))
    return result


def _years_table(lines: Sequence[SourceLine], i: int) -> Cells:
    """A head that ends in years, and as many numbers in each row."""
    head = _HEAD.match(lines[i].text.strip())
    if head is None:
        return []
    years = _YEARS.findall(head["years"])
    rows = _rows(lines, i + 1, len(years))
    return _cells(head["names"].strip(), years, rows) if sum(bool(row.values) for row in rows) >= LEAST_ROWS else []


def _words_table(lines: Sequence[SourceLine], i: int) -> Cells:
    """A head of single words, as many as a row has numbers, and one for the rows' names."""
    words = lines[i].text.split()
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or not all(_HEAD_WORD.match(word) for word in words):
        return []
    rows = _rows(lines, i + 1, len(words) - 1)
    told = [row for row in rows if row.values]
    sure = len(told) >= LEAST_ROWS + 1 and not any(_ENDS_IN_NUMBER.search(row.name) for row in told)
    return _cells(words[0], words[1:], rows) if sure else []


def _index(lines: Sequence[SourceLine], i: int) -> Cells:
    """Codes of a standard with titles and pages; a head of three words right above them goes along."""
    words = lines[i].text.split()
    headed = len(words) == 3 and all(_HEAD_WORD.match(word) for word in words)
    rows: Cells = []
    for line in lines[i + headed :]:
        match = _INDEX_ROW.match(line.text.strip())
        if match is None or (line.page_break and (rows or headed)):
            break
        rows.append(list(match.groups()))
    return [*([words] if headed else []), *rows] if len(rows) > LEAST_ROWS else []


def _rows(lines: Sequence[SourceLine], start: int, count: int) -> list[_Row]:
    """Rows with `count` values each, and names of groups between them."""
    pattern = re.compile(rf"^(?P<name>\S.*?)\s+(?P<values>{_VALUE}(?:\s+{_VALUE}){{{count - 1}}})$")
    rows: list[_Row] = []
    for k in range(start, len(lines)):
        text = lines[k].text.strip()
        if not text or lines[k].page_break:
            break
        match = pattern.match(text)
        if match and any(char.isalpha() for char in match["name"]) and len(match["name"]) <= LONGEST_NAME:
            values = (value.strip() for value in re.findall(_VALUE, match["values"]))
            rows.append(_Row(match["name"], tuple(values)))
        elif _is_group(text) and k + 1 < len(lines) and pattern.match(lines[k + 1].text.strip()):
            rows.append(_Row(text))
        else:
            break
    return rows


def _is_group(text: str) -> bool:
    ends = text[-1] in SENTENCE_END + ":：,，;；"
    return len(text) <= LONGEST_GROUP and any(char.isalpha() for char in text) and not ends and not _HEAD.match(text)


def _cells(names: str, years: Sequence[str], rows: Sequence[_Row]) -> Cells:
    """The head, then the rows. A second name in the head is a column of units where every row has one word for it."""
    parts = names.split()
    split = [row.name.split() for row in rows if row.values]
    if len(parts) == 2 and all(len(words) == 2 and len(words[1]) <= LONGEST_UNIT for words in split):
        named = [
            [*row.name.split(), *row.values] if row.values else [row.name, *[""] * (len(years) + 1)] for row in rows
        ]
        return [[*parts, *years], *named]
    single = [[row.name, *(row.values or [""] * len(years))] for row in rows]
    return [[names, *years], *single]
