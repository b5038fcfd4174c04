"""Tables whose rows an extractor wrote as lines, one blank between two cells: `Scope 1 209.3 201.8 188.2`.

Blanks within labels look the same as those between cells, so that few kinds are certain: a head that ends in years, or
whose cells are told by single words, capitals or wide gaps, and right below it lines with as many numbers; codes of a
standard beside titles and pages. What stands before the numbers is the row's name, what stands behind them a last cell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ....language.characters import HAN, SENTENCE_END
from ....language.patterns import UNIT_CELL, UNIT_HEAD, YEAR_HEAD
from ....model import SourceLine
from .taken_in import piped, take_in

RULE = "row-table"

_HEAD = re.compile(rf"^(?P<names>(?:[^\d|]|(?<=[A-Za-z])\d)*?)\s*(?P<years>{YEAR_HEAD}(?:\s+{YEAR_HEAD})+)$")
_YEARS = re.compile(YEAR_HEAD)
_VALUE = r"(?:[(（]?[-+−]?\d[\d,.]*\s?[%‰]?[)）]?|[-–—]|[Nn]/?[Aa])"
_HEAD_WORD = re.compile(rf"^(?:[A-Z][A-Za-z&/-]*|[{HAN}]{{1,8}}(?:[（(][^（()）]+[)）])?)$")
_CAPITAL = re.compile(r"[A-Z][A-Za-z&/-]*$")
_WORDS = re.compile(r"[(（][^()（）]*[)）]|[^\s|]+")
_IS_NUMBER = re.compile(rf"{_VALUE}$")
_REST_OF_HEAD = re.compile(r"[a-z&/-]+$|[(（][^()（）]+[)）]$")
_WIDE = re.compile(r"\s{2,}")
_GAP = re.compile(r"\s{3,}")
"""Before it stands a cell, and no row's name that ends in a number: a row of another table may stand beside."""
_ENDS_IN_NUMBER = re.compile(rf"\s{_VALUE}$")
_INDEX_ROW = re.compile(r"^((?:[A-Z]{2,6}\s?)?\d{1,3}-\d{1,2}[a-z]?)\s+(\D.*?)\s+(\d{1,3}(?:\s?[,，、–-]\s?\d{1,3})*)$")
_COUNTED_LINE = re.compile(r"^\s*(?P<words>[^\W\d_](?:[^|]*[^\d\s|])?)\s+(?P<number>\d{1,3})\s*$")
LEAST_FEET = 4
LEAST_ROWS = 2
LEAST_WORDS = 3
MOST_WORDS = 12
LONGEST_NAME = 80
LONGEST_GROUP = 40
LONGEST_UNIT = 10
LONGEST_LAST = 16
"""Characters of a word behind the numbers."""


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    name: str
    values: tuple[str, ...] = ()


Cells = dict[int, list[str]]
"""Place of a line -> the row on it, the head first."""


def read_row_tables(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result, feet = list(lines), _feet(lines)
    i = 0
    while i < len(result):
        cells = _years_table(result, i, feet) or _words_table(result, i, feet) or _index(result, i)
        rows = {place: piped(row) for place, row in cells.items()}
        if rows and max(rows) - i >= len(rows):
            take_in(result, list(rows), RULE, "\n".join(rows.values()))
        else:
            for place, text in rows.items():
                result[place] = result[place].changed(RULE, text)
        i = max((i, *rows)) + 1
    return result


def _feet(lines: Sequence[SourceLine]) -> frozenset[int]:
    """Places of running feet, which no table counts: equal words, and numbers behind them that go on by one."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(lines):
        if match := _COUNTED_LINE.match(line.text):
            found[match["words"]].append((i, int(match["number"])))
    return frozenset(
        i
        for places in found.values()
        if len(places) >= LEAST_FEET and all(b[1] == a[1] + 1 and b[0] > a[0] + 1 for a, b in pairwise(places))
        for i, _ in places
    )


def _years_table(lines: Sequence[SourceLine], i: int, feet: Set[int]) -> Cells:
    """A head that ends in years, and as many numbers in each row."""
    head = _HEAD.match(lines[i].text.strip())
    if head is None:
        return {}
    years = _YEARS.findall(head["years"])
    rows = _rows(lines, i + 1, len(years), feet)
    told = sum(bool(row.values) for row in rows)
    return _cells(i, head["names"].strip(), years, rows) if told >= LEAST_ROWS else {}


def _words_table(lines: Sequence[SourceLine], i: int, feet: Set[int]) -> Cells:
    """A head of words: a cell for the rows' names, one for each of their numbers, and perhaps one for a last word."""
    for head in _heads(lines[i].text.strip()):
        for behind in (0, 1):
            count = len(head) - 1 - behind
            rows = _rows(lines, i + 1, count, feet, behind > 0) if count >= LEAST_WORDS - 1 else []
            told = [row for row in rows if row.values]
            if len(told) >= LEAST_ROWS + 1 and not any(_ENDS_IN_NUMBER.search(row.name) for row in told):
                return _cells(i, head[0], head[1:], rows)
    return {}


def _heads(text: str) -> Iterator[list[str]]:
    """The cells that a line may have as a head: between wide gaps, single words, from capital to capital."""
    parts, words = _WIDE.split(text), _WORDS.findall(text)
    if not text or any(map(_IS_NUMBER.match, words)) or text[-1] in SENTENCE_END + ":：,，;；":
        return
    if LEAST_WORDS <= len(parts) <= MOST_WORDS:
        yield parts
    if LEAST_WORDS <= len(words) <= MOST_WORDS and all(map(_HEAD_WORD.match, words)):
        yield words
    if len(words) > LEAST_WORDS and _CAPITAL.match(words[0]):
        cells: list[str] = []
        for word in words:
            if _CAPITAL.match(word):
                cells.append(word)
            elif _REST_OF_HEAD.match(word):
                cells[-1] += f" {word}"
            else:
                return
        if LEAST_WORDS <= len(cells) < len(words):
            yield cells


def _index(lines: Sequence[SourceLine], i: int) -> Cells:
    """Codes of a standard with titles and pages; a head of three words right above them goes along."""
    words = lines[i].text.split()
    headed = len(words) == 3 and all(_HEAD_WORD.match(word) for word in words)
    rows: Cells = {i: words} if headed else {}
    for place in range(i + headed, len(lines)):
        match = _INDEX_ROW.match(lines[place].text.strip())
        if match is None or (lines[place].page_break and rows):
            break
        rows[place] = list(match.groups())
    return rows if len(rows) - headed > LEAST_ROWS else {}


def _rows(lines: Sequence[SourceLine], start: int, count: int, feet: Set[int], behind: bool = False) -> list[_Row]:
    """Rows with `count` values each, and names of groups between them; `behind`: with a word behind the values."""
    pattern = _row_of(count, behind)
    rows: list[_Row] = []
    places = (place for place in _touching(lines, start) if place not in feet)
    following = next(places, None)
    while (k := following) is not None:
        text, following = lines[k].text.strip(), next(places, None)
        match = _row_match(pattern, text)
        if match:
            values = [value.strip() for value in re.findall(_VALUE, match["values"])]
            rows.append(_Row(k, match["name"], (*values, match["last"]) if behind else tuple(values)))
        elif following is not None and _is_group(text) and _row_match(pattern, lines[following].text.strip()):
            rows.append(_Row(k, text))
        else:
            break
    return rows


def _touching(lines: Sequence[SourceLine], start: int) -> Iterator[int]:
    """Places of the lines from `start` on, up to a blank one or the next page. Pieces of a column that was set apart
    from its neighbour follow each other over blank lines too.
    """
    apart = False
    for i in range(start, len(lines)):
        line = lines[i]
        if line.page_break or (line.blank and not line.part_of and not lines[i - 1].opens and not apart):
            return
        apart = line.blank
        if not line.blank:
            if lines[i - 1].blank and not line.opens:
                return
            yield i


@lru_cache
def _row_of(count: int, behind: bool) -> re.Pattern[str]:
    last = rf"\s+(?P<last>[^\W\d][^\d|]{{0,{LONGEST_LAST}}})" if behind else ""
    return re.compile(rf"^(?P<name>\S.*?)(?:\s+|(?<=[）)]))(?P<values>{_VALUE}(?:\s+{_VALUE}){{{count - 1}}}){last}$")


def _row_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Of a row; another table's head is none."""
    match = pattern.match(text)
    return match if match and _is_name(match["name"]) and not _HEAD.match(text) else None


def _is_name(text: str) -> bool:
    *before, last = _GAP.split(text)
    return (
        any(map(str.isalpha, last))
        and sum(map(len, (*before, last))) <= LONGEST_NAME
        and not any(map(_ENDS_IN_NUMBER.search, before))
    )


def _is_group(text: str) -> bool:
    ends = text[-1] in SENTENCE_END + ":：,，;；"
    return len(text) <= LONGEST_GROUP and any(char.isalpha() for char in text) and not ends and not _HEAD.match(text)


def _cells(head: int, names: str, years: Sequence[str], rows: Sequence[_Row]) -> Cells:
    """The head at its place, then the rows. A second name in the head is a column of units where every row has one word
    for it, or a gap before it, or where the head says so and each is a unit.
    """
    parts = _GAP.split(names) if _GAP.search(names) else names.split()
    split = {row.place: _with_unit(row.name, parts) for row in rows}
    if len(parts) > 1 and all(split[row.place] for row in rows if row.values):
        named = {row.place: [*(split[row.place] or (row.name, "")), *row.values] for row in rows}
        return _filled({head: [" ".join(parts[:-1]), parts[-1], *years], **named})
    single = {row.place: [" ".join(row.name.split()), *row.values] for row in rows}
    return _filled({head: [" ".join(names.split()), *years], **single})


def _with_unit(name: str, heads: Sequence[str]) -> tuple[str, str] | None:
    cells, words = _GAP.split(name), name.split()
    if len(cells) == 2:
        return cells[0], cells[1]
    if len(words) == 2 and len(heads) == 2 and len(words[1]) <= LONGEST_UNIT:
        return words[0], words[1]
    told = len(words) > 1 and len(heads) > 1 and UNIT_HEAD.match(heads[-1]) and UNIT_CELL.match(words[-1])
    return (" ".join(words[:-1]), words[-1]) if told else None


def _filled(rows: Cells) -> Cells:
    widest = max(map(len, rows.values()))
    return {place: [*row, *[""] * (widest - len(row))] for place, row in rows.items()}
