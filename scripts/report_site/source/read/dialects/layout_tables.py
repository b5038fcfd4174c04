"""Tables set by blanks: rows whose cells stand below each other, with a blank strip between the columns.

The rows that fill every column show where the columns are; in the others a cell belongs to the column below which it
stands. Where a text crosses two columns, where no column holds numbers, or where too few rows are full, the lines stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import east_asian_width

from ....language.values import is_period
from ....model import SourceLine

_NUMBER = re.compile(r"^[(（]?[-+−]?[\d.,]+\s?[%‰]?[)）]?$|^[-–—/]$|^N/?A$")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}")
LEAST_COLUMNS = 3
LEAST_ROWS = 3
"""With the head; a row without numbers counts where it fills every column."""
NUMERIC = 0.6
"""Share of a column's cells."""
MOST_HEADS = 2
INDENT = 4
"""Places by which a group's name may stand beside the labels."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two wide gaps of a line, and the places that it takes."""

    text: str
    start: int
    end: int


Row = Sequence[Segment]
Span = tuple[int, int]


def set_tables(lines: list[SourceLine], block: range, rows: Sequence[Row]) -> None:
    """Sets the tables of a block, in place, to rows of pipes; `rows`: what stands on each of its lines."""
    i = 0
    while i < len(rows):
        end, cells = _table_at(rows, i)
        groups = _centred_groups(cells)
        for k, texts in enumerate(cells):
            here = block.start + i + k
            if k in groups and groups[k] != k:
                home = block.start + i + groups[k]
                lines[home] = replace(lines[home], parts=(*lines[home].parts, lines[here].number))
                lines[here] = replace(lines[here].changed("aligned-table", ""), part_of=lines[home].number)
                continue
            row = " | ".join(text.replace("|", "\\|") for text in texts)
            rule = "\n|" + " --- |" * len(texts) if k == 1 and _is_second_head(cells) else ""
            lines[here] = lines[here].changed("aligned-table", f"| {row} |{rule}")
        i = max(end, i + 1)


def _table_at(rows: Sequence[Row], start: int) -> tuple[int, list[list[str]]]:
    """The place behind the table that begins at `start`, and its cells; nothing where there is none."""
    for measured in (rows, [_in_other_places(row) for row in rows]):
        end = _end_of(measured, start)
        columns = _columns(measured[start:end])
        if len(columns) < LEAST_COLUMNS or not _is_table(measured[start:end], columns):
            continue
        cells = [_cells(row, columns) for row in measured[start:end]]
        if all(cells):
            return end, [row for row in cells if row]
    return start, []


def _is_second_head(cells: Sequence[Sequence[str]]) -> bool:
    """Periods below a head of other words, and nothing before them."""
    first, second = cells[0], cells[1] if len(cells) > 1 else [""]
    told = [text for text in second if text]
    return not second[0] and bool(told) and all(map(is_period, told)) and not any(map(is_period, first))


def _centred_groups(cells: list[list[str]]) -> dict[int, int]:
    """Rows that hold nothing but the name of a merged first cell, in the middle of its rows -> the first of these.

    The names are filled into all their rows, in place. Only where the middles of all names cut the table into groups
    from end to end: a name elsewhere may belong to any row.
    """
    first = next((k for k in range(1, len(cells)) if not cells[k][0]), 0)
    head = (
        first if first and first <= MOST_HEADS and all(row[0] or k == 0 for k, row in enumerate(cells[:first])) else 0
    )
    body = range(head, len(cells)) if head else range(0)
    rows = [k for k in body if any(cells[k][1:])]
    names = [(k, sum(row < k for row in rows) * 2 - (k not in rows)) for k in body if cells[k][0]]
    groups: list[tuple[int, range]] = []
    begin = 0
    for k, middle in names:
        end = middle - begin + 1
        groups.append((k, range(begin, end)))
        begin = end
    if not groups or begin != len(rows) or any(not group for _, group in groups):
        return {}
    for k, group in groups:
        for row in group:
            cells[rows[row]][0] = cells[k][0]
    return {k: rows[group.start] for k, group in groups if k not in rows}


def _end_of(rows: Sequence[Row], start: int) -> int:
    """Behind the last row that goes on with the columns."""
    if len(rows[start]) < LEAST_COLUMNS - 1:
        return start
    end = start + 1
    while end < len(rows) and _goes_on(rows, start, end):
        columns = _columns(rows[start : end + 1])
        fits = len(columns) >= LEAST_COLUMNS and all(_cells(row, columns) is not None for row in rows[start : end + 1])
        if not fits and end - start > MOST_HEADS:
            break
        end += 1
    while end > start and len(rows[end - 1]) == 1:
        end -= 1
    return end


def _goes_on(rows: Sequence[Row], start: int, i: int) -> bool:
    row = rows[i]
    if len(row) != 1:
        return bool(row) and (i - start < MOST_HEADS or not _is_head(row, rows[start]))
    # Alone in its line stands a group's name above a row of values; above another head stands the next table's title.
    follows = rows[i + 1] if i + 1 < len(rows) else ()
    beside = len(follows) > 1 and row[0].end < follows[-1].start
    return beside and any(_NUMBER.match(s.text) for s in follows[1:]) and not _is_head(follows, rows[start])


def _is_head(row: Row, first: Row) -> bool:
    """Years side by side, or the first row's words again."""
    periods = sum(is_period(segment.text) for segment in row[1:])
    return (len(row) > 1 and periods * 2 >= len(row) - 1) or [s.text for s in row] == [s.text for s in first]


def _columns(rows: Sequence[Row]) -> list[Span]:
    """Where the full rows have their cells; empty where these don't stand below each other."""
    most = max(map(len, rows), default=0)
    full = [row for row in rows if len(row) == most]
    spans = [(min(s.start for s in column), max(s.end for s in column)) for column in zip(*full, strict=True)]
    return spans if all(left[1] < right[0] for left, right in pairwise(spans)) else []


def _cells(row: Row, columns: Sequence[Span]) -> list[str] | None:
    """The texts of the row, column by column; None where one of them stands over two columns or beside them all."""
    cells = [""] * len(columns)
    for segment in row:
        over = [k for k, (start, end) in enumerate(columns) if segment.start < end and segment.end > start]
        near = over or [k for k, span in enumerate(columns) if _gap(segment, span) < INDENT]
        if len(near) != 1 or cells[near[0]]:
            return None
        cells[near[0]] = segment.text
    return cells


def _gap(segment: Segment, span: Span) -> int:
    return max(span[0] - segment.end, segment.start - span[1])


def _is_table(rows: Sequence[Row], columns: Sequence[Span]) -> bool:
    if any(_LEADERS.search(segment.text) for row in rows for segment in row):
        return False
    full = [row for row in rows if len(row) == len(columns)]
    body = [row for row in full if not _is_head(row, ())]
    numeric = [
        sum(bool(_NUMBER.match(row[k].text)) for row in body) >= NUMERIC * len(body) for k in range(len(columns))
    ]
    heads = len(rows) - len(body)
    labels = not _NUMBER.match(full[-1][0].text)
    return len(full) >= LEAST_ROWS - (heads > 0) and len(rows) >= LEAST_ROWS and any(numeric[1:]) and labels


def _in_other_places(row: Row) -> list[Segment]:
    """The same, where a wide character was counted as two places, or as one where it was counted as two."""
    shifted: list[Segment] = []
    before = behind = 0
    for segment in row:
        start = segment.start - behind + before
        shifted.append(Segment(segment.text, start, start + len(segment.text)))
        before += len(segment.text)
        behind += segment.end - segment.start
    if shifted == list(row):
        return _widened(row)
    return shifted


def _widened(row: Row) -> list[Segment]:
    widened: list[Segment] = []
    moved = 0
    for segment in row:
        wide = sum(east_asian_width(char) in "WF" for char in segment.text)
        widened.append(Segment(segment.text, segment.start + moved, segment.end + moved + wide))
        moved += wide
    return widened
