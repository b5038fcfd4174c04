"""Tables that an extractor wrote a cell a line: the head's cells, then row after row.

A run of short lines is a table where what they are repeats: a name, perhaps a unit, then as many numbers as the head
has columns for them, row after row to the run's end. Years in the head stand above numbers. Where a number is left
over, or where the rows could begin at another line as well, the lines stay. So they do where blank lines part cells and
some share a line: an extractor that sets blocks apart has then been seen to put a row's cells in another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise

from ....language.characters import CAPTION_MARK, HAN, SENTENCE_END
from ....language.joining import join_lines
from ....language.patterns import NONE_CELLS, TABLE_TITLE, UNIT_CELL, UNIT_HEAD, UNIT_NOTE, YEAR_HEAD
from ....language.values import is_note, is_period, is_quantity
from ....model import SourceLine
from ..furniture.lines import heading_mark, is_listed, is_row, page_number, width
from ..paragraph_marks import ParagraphMarks
from .taken_in import piped, take_in

LONGEST_CELL = 60
LONGEST_GROUP = 40
LEAST_COLUMNS = 3
"""Pairs may be key figures, or columns that the extractor parted."""
MOST_COLUMNS = 10
MOST_NAMES = 3
"""Columns of words before the first number, and behind the last."""
LEAST_ROWS = 3
"""Below a head of words; below years, one less."""
DISTINCT = 0.7
"""Share of the rows whose names differ."""
LEAST_LEFT = 4
"""Numbers below years that are worth a look of whoever prepares the report."""
LONGEST_UNIT = 10
MOST_BROKEN = 4
"""Lines of one name."""
_UNCLOSED = re.compile(r"[（(][^）)]*$")
_REST = re.compile(rf"^[a-z]|^（[{HAN}]|^[^（(]*[）)]$")
"""How the second line of a name begins or ends."""
_YEAR = re.compile(YEAR_HEAD)
_YEARS = re.compile(rf"(?:{YEAR_HEAD}\s*)+$")
_SPACED = re.compile(r"^(.*\S)\s+(\S+)$")
_TOUCHING = re.compile(rf"^(.*[{HAN}）)])([^\s{HAN}（(）)]+)$")
"""A number at the end, behind a blank or an ideograph."""
_DIGIT = re.compile(r"\d")
_HOLDS_VALUE = re.compile(r"\d[.,]\d+%?$|\s\S*\d\s\S*\d$")
"""No name ends so: a number with a point or a comma, or two numbers."""


class Kind(StrEnum):
    WORD = "word"
    NUMBER = "number"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Part:
    """What stands on a line, or on the lines of a broken name."""

    text: str
    kind: Kind
    lines: tuple[int, ...]
    """Places."""
    splits: tuple[tuple[str, ...], ...]
    """The cells that the text can be, from one on."""
    page: bool = False
    """A number that can be a page's: the one before or after it stands by itself too."""


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """A group's name stands alone."""
    start: int
    end: int
    """Among the parts."""
    dated: bool

    @property
    def full(self) -> list[tuple[str, ...]]:
        return [row for row in self.rows if len(row) > 1]

    @property
    def names(self) -> int:
        return len({row[0] for row in self.full})


def read_cell_lines(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result = list(lines)
    pages = frozenset(number for line in lines if (number := page_number(line)) is not None)
    marks = ParagraphMarks.of(lines)
    for run in _runs(lines, marks):
        parts = list(_parts(lines, run, pages, marks))
        for table in _tables(parts):
            _place(result, parts[table.start : table.end], table)
    return result


def cells_of_no_table(lines: Sequence[SourceLine]) -> Iterator[int]:
    """Numbers of the lines with which runs begin that look like a table's cells, years for heads and numbers, in an
    order that tells no rows.
    """
    marks = ParagraphMarks.of(lines)
    for run in _runs(lines, marks):
        kinds = [part.kind for part in _parts(lines, run, frozenset(), marks)]
        if kinds.count(Kind.PERIOD) > 1 and kinds.count(Kind.NUMBER) >= LEAST_LEFT:
            yield lines[run[0]].number


# --- what stands on the lines --------------------------------------------------------------------------------------


def _runs(lines: Sequence[SourceLine], marks: ParagraphMarks) -> Iterator[list[int]]:
    """Places of short lines that follow each other, one blank line between two at the most, on one page."""
    run: list[int] = []
    for i, line in enumerate(lines):
        if line.blank and not line.accounted:
            continue
        cell = _may_be_cell(line, marks)
        if run and (not cell or line.page_break or i - run[-1] > 2):
            yield run
            run = []
        if cell:
            run.append(i)
    yield run


def _may_be_cell(line: SourceLine, marks: ParagraphMarks) -> bool:
    text = line.text.strip()
    if not text or heading_mark(line) or is_listed(line.text) or is_row(line):
        return text in NONE_CELLS
    if CAPTION_MARK.match(text) or TABLE_TITLE.match(text) or is_note(text):
        return False
    if UNIT_NOTE.match(text) and re.search("[:：]", text):
        return False
    if width(text) > LONGEST_CELL:
        return width(text) <= 2 * LONGEST_CELL and len(list(_splits(text, frozenset()))) > 2
    return text[-1] not in SENTENCE_END + ":：，" or is_quantity(text) or marks.ends(line)


def _parts(lines: Sequence[SourceLine], run: Sequence[int], pages: Set[int], marks: ParagraphMarks) -> Iterator[Part]:
    """The lines of a run, those of a broken cell together, years side by side apart; `pages`: numbers by themselves."""
    breaks = partial(_wraps, marks) if marks.tell_cells([lines[i] for i in run]) else _breaks
    alone = frozenset(text for i in run if len(text := lines[i].text.strip()) <= LONGEST_UNIT)
    i = 0
    while i < len(run):
        text, end = lines[run[i]].text.strip(), i + 1
        while end < min(len(run), i + MOST_BROKEN) and breaks(lines[run[end - 1]], lines[run[end]]):
            text, end = join_lines([text, lines[run[end]].text.strip()]), end + 1
        touches = i == 0 or run[i] == run[i - 1] + 1
        years = _YEARS.search(text)
        if years and len(found := _YEAR.findall(years[0])) > 1:
            before = text[: years.start()].strip()
            words = (*([before] if before else []), *found)
            yield from (Part(word, _kind(word), (run[i],), ((word,),)) for word in words)
        else:
            number = page_number(lines[run[i]])
            page = number is not None and touches and not pages.isdisjoint({number - 1, number + 1})
            yield Part(text, _kind(text), tuple(run[i:end]), tuple(_splits(text, alone)), page)
        i = end


def _splits(text: str, alone: Set[str]) -> Iterator[tuple[str, ...]]:
    """The text as one cell, then without the numbers at its end, then without the unit before them; `alone`: what
    stands in a line of its own, as a unit does elsewhere.
    """
    yield (text,)
    rest = text
    numbers: tuple[str, ...] = ()
    while True:
        if (cut := _cut_unit(rest, alone)) is not None:
            yield (*cut, *numbers)
        match = _SPACED.match(rest) or _TOUCHING.match(rest)
        if match is None or not _is_number(match[2]):
            return
        rest, numbers = match[1], (match[2], *numbers)
        yield (rest, *numbers)


def _cut_unit(text: str, alone: Set[str]) -> tuple[str, str] | None:
    for length in range(1, min(LONGEST_UNIT, len(text) - 1) + 1):
        rest, unit = text[:-length], text[-length:]
        if unit in alone and rest[-1] in " ）)" and _kind(unit) is Kind.WORD:
            return rest.strip(), unit
    return None


def _kind(text: str) -> Kind:
    if is_period(text):
        return Kind.PERIOD
    return Kind.NUMBER if all(map(_is_number, text.split())) or _is_number(text) else Kind.WORD


def _is_number(text: str) -> bool:
    return text in NONE_CELLS or (is_quantity(text) and not is_period(text))


def _breaks(line: SourceLine, following: SourceLine) -> bool:
    """The name goes on in the next line: within a bracket, or with a small letter."""
    text, rest = line.text.strip(), following.text.strip()
    if following.number != line.number + 1 or not _kind(text) is _kind(rest) is Kind.WORD:
        return False
    if UNIT_CELL.match(rest):
        return False
    return bool(_UNCLOSED.search(text) or _REST.match(rest)) or line.raw[-1:] == " "


def _wraps(marks: ParagraphMarks, line: SourceLine, following: SourceLine) -> bool:
    """The cell's last line is marked, as a paragraph's is."""
    return following.number == line.number + 1 and not marks.ends(line)


# --- tables --------------------------------------------------------------------------------------------------------


def _tables(parts: Sequence[Part]) -> Iterator[Table]:
    """The tables of a run, from its beginning on; none before or behind which a number is left over.

    Years over numbers are evidence enough below other numbers, such as a strip of key figures.
    """
    start, clean, waiting = 0, True, None
    while (first := _next_number(parts, start)) < len(parts):
        table = _best(_candidates(parts, start, first))
        if table is None and _is_page(parts, start, first):
            start = first + 1
            continue
        if table is None or not (clean or table.dated) or not _in_order(parts[table.start : table.end], table):
            start, clean, waiting = max(first + 1, table.end if table else 0), False, None
            continue
        if waiting is not None:
            yield waiting
        start, clean, waiting = table.end, True, table
    if waiting is not None:
        yield waiting


def _is_page(parts: Sequence[Part], start: int, i: int) -> bool:
    """A page's number: behind a table or a word, before no other number."""
    alone = i == start or parts[i - 1].kind is Kind.WORD
    return parts[i].page and alone and (i + 1 == len(parts) or parts[i + 1].kind is not Kind.NUMBER)


def _in_order(parts: Sequence[Part], table: Table) -> bool:
    """Right below each other, or a cell a line throughout."""
    places = [place for part in parts for place in part.lines]
    dense = all(b - a <= 1 for a, b in pairwise(places))
    return dense or len(table.head) + sum(map(len, table.rows)) == len(parts)


def _next_number(parts: Sequence[Part], start: int) -> int:
    """The first part with a number for a cell."""
    for i in range(start, len(parts)):
        if parts[i].kind is Kind.NUMBER or any(map(_is_number, parts[i].splits[-1])):
            return i
    return len(parts)


def _candidates(parts: Sequence[Part], start: int, first: int) -> Iterator[Table]:
    for i in range(max(start, first - MOST_COLUMNS - MOST_NAMES), first):
        for body in range(max(i + LEAST_COLUMNS, first - MOST_NAMES), min(i + MOST_COLUMNS, first) + 1):
            yield from _with_head(parts, i, parts[i:body])


def _with_head(parts: Sequence[Part], start: int, head: Sequence[Part]) -> Iterator[Table]:
    """Tables below the head, one for each way in which its columns can be words and numbers."""
    periods = [k for k, part in enumerate(head) if part.kind is Kind.PERIOD]
    texts = tuple(part.text for part in head)
    if head[0].kind is not Kind.WORD or any(p.kind is Kind.NUMBER for p in head) or len(set(texts)) < len(texts):
        return
    for before in range(1, min(MOST_NAMES, len(head) - 1) + 1):
        for behind in range(min(MOST_NAMES, len(head) - before - 1) + 1):
            if any(not before <= k < len(head) - behind for k in periods):
                continue
            kinds = [Kind.WORD] * before + [Kind.NUMBER] * (len(head) - before - behind) + [Kind.WORD] * behind
            rows, end = _rows(
                parts, start + len(head), kinds, groups=bool(periods), units=bool(UNIT_HEAD.match(texts[1]))
            )
            table = Table(texts, tuple(rows), start, end, bool(periods))
            if _is_table(table, len(periods)):
                yield table
    if len(periods) == len(head) - 1 and (whole := _whole_rows(parts[start + len(head) :], len(head))):
        yield Table(texts, whole, start, len(parts), dated=True)


def _whole_rows(parts: Sequence[Part], count: int) -> tuple[tuple[str, ...], ...]:
    """Rows of `count` cells, each a part, to the end of the run: some hold words with numbers in them, such as a
    dividend's terms. Each name is words, each other cell says a number, and most are nothing else.
    """
    rows = [parts[i : i + count] for i in range(0, len(parts), count)]
    cells = [part for row in rows for part in row[1:]]
    if len(parts) % count or len(rows) < LEAST_ROWS - 1 or any(row[0].kind is not Kind.WORD for row in rows):
        return ()
    told = all(part.text in NONE_CELLS or _DIGIT.search(part.text) for part in cells)
    numbers = sum(part.kind is Kind.NUMBER for part in cells)
    if not told or not len(cells) / 2 <= numbers < len(cells):
        return ()
    return tuple(tuple(part.text for part in row) for row in rows)


def _is_table(table: Table, periods: int) -> bool:
    count = len(table.full)
    least = LEAST_ROWS - (periods > 1)
    told = table.dated or table.names >= DISTINCT * count
    units = UNIT_HEAD.match(table.head[0]) or any(UNIT_CELL.match(row[0]) for row in table.full)
    return count >= least and told and len(table.rows) < 2 * count and not units


def _best(tables: Iterator[Table]) -> Table | None:
    """The one that takes most; none where another that takes as much begins elsewhere."""
    found = sorted(tables, key=_merit, reverse=True)
    if len(found) > 1 and _merit(found[0]) == _merit(found[1]):
        return None
    return found[0] if found else None


def _merit(table: Table) -> tuple[int, int, int]:
    taken = table.end
    return taken, table.names - len(table.full), len(table.full) * len(table.head)


def _rows(
    parts: Sequence[Part], start: int, kinds: Sequence[Kind], *, groups: bool, units: bool
) -> tuple[list[tuple[str, ...]], int]:
    """The rows from `start` on, and the place behind them. `groups`: a name alone may be a group's, since years in the
    head tell where rows begin; `units`: the second column has units, and one may stand in the name's cell.
    """
    rows: list[tuple[str, ...]] = []
    i = start
    while i < len(parts):
        found = _row(parts, i, kinds) or (_without_unit(parts, i, kinds) if units and rows else None)
        if found is None and groups and _is_group(parts, i, kinds):
            rows.append((parts[i].text,))
            i += 1
        elif found is None:
            break
        else:
            rows.append(found[0])
            i = found[1]
    return rows, i


def _without_unit(parts: Sequence[Part], i: int, kinds: Sequence[Kind]) -> tuple[tuple[str, ...], int] | None:
    """A row whose unit the extractor wrote right behind the name."""
    found = _row(parts, i, [kinds[0], *kinds[2:]]) if kinds[1] is Kind.WORD else None
    if found is None:
        return None
    name, *rest = found[0]
    return (name, "", *rest), found[1]


def _is_group(parts: Sequence[Part], i: int, kinds: Sequence[Kind]) -> bool:
    alone = parts[i].kind is Kind.WORD and width(parts[i].text) <= LONGEST_GROUP
    return alone and i + 1 < len(parts) and _row(parts, i + 1, kinds) is not None


def _row(parts: Sequence[Part], i: int, kinds: Sequence[Kind]) -> tuple[tuple[str, ...], int] | None:
    """The cells of these kinds that begin at part `i`, and the place behind them."""
    if not kinds:
        return (), i
    if i == len(parts) or parts[i].kind is Kind.PERIOD:
        return None
    for cells in parts[i].splits:
        if len(cells) <= len(kinds) and all(_fits(cell, kind) for cell, kind in zip(cells, kinds, strict=False)):
            rest = _row(parts, i + 1, kinds[len(cells) :])
            if rest is not None:
                return (*cells, *rest[0]), rest[1]
    return None


def _fits(cell: str, kind: Kind) -> bool:
    if kind is Kind.NUMBER:
        return _is_number(cell)
    return cell in NONE_CELLS or (_kind(cell) is Kind.WORD and not _HOLDS_VALUE.search(cell))


def _place(lines: list[SourceLine], parts: Sequence[Part], table: Table) -> None:
    """The whole table on its first line: blank lines may stand between its rows."""
    rows = [[*row, *[""] * (len(table.head) - len(row))] for row in (table.head, *table.rows)]
    places = list(dict.fromkeys(place for part in parts for place in part.lines))
    take_in(lines, places, "cell-lines", "\n".join(map(piped, rows)))
