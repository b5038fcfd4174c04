"""Text set by layout (`pdftotext -layout`): words keep their place on the page, so columns stand side by side.

Columns are taken apart where they are certain: heads in the margin of a paragraph, two columns of prose, tables whose
cells stand below each other with blanks between in every row. Where they aren't, the lines stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...language.characters import CLOSING_MARKS, SENTENCE_END, han_count
from ...language.joining import join_lines
from ...model import SourceLine

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_LIST_LABEL = re.compile(r"^[(（]?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)）、:]?$|^[^\w\s]+$")
_NUMBER = re.compile(r"^[(（]?[-+−]?[\d.,]+\s?[%‰]?[)）]?$|^[-–—/]$|^N/?A$")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}")
LONGEST_HEAD = 60
LEAST_PROSE = 60
LEAST_COLUMN = 22
"""Mean width of a line of prose in a column."""
LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text taken from some lines of a block."""

    text: str
    lines: tuple[int, ...]
    """Counted from the block's first line, from 0."""


def read_layout(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result = list(lines)
    blocks = list(_blocks(result))
    edges = _margin_edges([[_segments(result[i]) for i in block] for block in blocks])
    for block in blocks:
        rows = [_segments(result[i]) for i in block]
        for step in (lambda rows: _margin_head(rows, edges), _two_columns):
            if pieces := step(rows):
                result[block.start : block.stop] = _placed(result[block.start : block.stop], pieces)
                break
        else:
            _set_tables(result, block, rows)
    return result


def _blocks(lines: Sequence[SourceLine]) -> Iterator[range]:
    """Runs of lines without a blank one or a new page between."""
    start = 0
    for i, line in enumerate(lines):
        if line.blank or (line.page_break and i > start):
            if i > start:
                yield range(start, i)
            start = i + 1 if line.blank else i
    if len(lines) > start:
        yield range(start, len(lines))


def _segments(line: SourceLine) -> list[_Segment]:
    return [_Segment(match[0], match.start(), match.end()) for match in _SEGMENT.finditer(line.text)]


# --- heads in the margin -------------------------------------------------------------------------------------------


def _margin_edges(blocks: Sequence[Sequence[Sequence[_Segment]]]) -> frozenset[int]:
    """Columns at which the text beside a margin begins: one that two blocks share, or a long one shows alone."""
    counts: Counter[int] = Counter()
    for rows in blocks:
        if (edge := _edge(rows)) is not None and any(row[0].start < edge for row in rows):
            counts[edge] += 1 + (len(rows) > LEAST_ROWS)
    return frozenset(edge for edge, count in counts.items() if count > 1)


def _edge(rows: Sequence[Sequence[_Segment]]) -> int | None:
    """The column where a segment of every line of the block begins, and none crosses."""
    if len(rows) < 2:
        return None
    common = set.intersection(*({segment.start for segment in row} for row in rows))
    edges = sorted(edge for edge in common if edge and not any(s.start < edge < s.end for row in rows for s in row))
    return edges[0] if edges else None


def _margin_head(rows: Sequence[Sequence[_Segment]], edges: frozenset[int]) -> list[_Piece]:
    """A short text in the margin of some lines, beside prose that begins at one column in all: it heads the prose."""
    edge = _edge(rows)
    if edge is None or edge not in edges:
        return []
    heads = [(i, s.text) for i, row in enumerate(rows) for s in row if s.start < edge]
    prose = join_lines([" ".join(s.text for s in row if s.start >= edge) for row in rows])
    title = " ".join(text for _, text in heads)
    if not heads or len({i for i, _ in heads}) == len(rows) or not _is_head(title) or not _is_prose(prose):
        return []
    at = tuple(i for i, _ in heads)
    return [_Piece(f"# {title}", tuple(sorted({0, *at}))), _Piece(prose, tuple(range(len(rows))))]


def _is_head(title: str) -> bool:
    labelled = _LIST_LABEL.match(title) or title[-1] in SENTENCE_END + ":：,，"
    return len(title) <= LONGEST_HEAD and not labelled and any(char.isalpha() for char in title)


def _is_prose(text: str) -> bool:
    return len(text) + han_count(text) >= LEAST_PROSE and text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END


# --- two columns ---------------------------------------------------------------------------------------------------


def _two_columns(rows: Sequence[Sequence[_Segment]]) -> list[_Piece]:
    """Prose left and right of a strip that no line crosses: first the left column, then the right one."""
    both = [row for row in rows if len(row) == 2]
    if len(both) < 5 or len(both) * 10 < len(rows) * 6 or any(len(row) > 2 for row in rows):
        return []
    edge, count = Counter(row[1].start for row in both).most_common(1)[0]
    if count * 10 < len(both) * 9 or any(s.start < edge <= s.end for row in rows for s in row):
        return []
    sides = [
        [(i, s.text) for i, row in enumerate(rows) for s in row if (s.start >= edge) is right]
        for right in (False, True)
    ]
    if any(_mean([len(text) + han_count(text) for _, text in side]) < LEAST_COLUMN for side in sides):
        return []
    if any(sum(_is_wordy(text) for _, text in side) * 10 < len(side) * 7 for side in sides):
        return []
    return [_Piece(join_lines([text for _, text in side]), tuple(i for i, _ in side)) for side in sides]


def _is_wordy(text: str) -> bool:
    return len(text.split()) >= 3 or han_count(text) >= 8


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _placed(lines: Sequence[SourceLine], pieces: Sequence[_Piece]) -> list[SourceLine]:
    """The pieces on lines of their own, in order, each with all the lines that it stems from."""
    result: list[SourceLine] = []
    first_of = {i: next(k for k, piece in enumerate(pieces) if i in piece.lines) for i in range(len(lines))}
    for i, line in enumerate(lines):
        if i < len(pieces):
            parts = tuple(lines[k].number for k in pieces[i].lines if k != i)
            result.append(replace(line.changed("columns", pieces[i].text), parts=parts))
        else:
            result.append(replace(line.changed("columns", ""), part_of=lines[first_of[i]].number))
    return result


# --- tables --------------------------------------------------------------------------------------------------------


def _set_tables(lines: list[SourceLine], block: range, rows: Sequence[Sequence[_Segment]]) -> None:
    """Rows of as many cells, below each other with a blank strip between the columns, numbers in at least one."""
    i = 0
    while i < len(rows):
        end = i + 1
        while end < len(rows) and len(rows[end]) == len(rows[i]):
            end += 1
        if end - i >= LEAST_ROWS and _is_table(rows[i:end]):
            for k in range(i, end):
                cells = " | ".join(s.text.replace("|", "\\|") for s in rows[k])
                lines[block.start + k] = lines[block.start + k].changed("aligned-table", f"| {cells} |")
        i = end


def _is_table(rows: Sequence[Sequence[_Segment]]) -> bool:
    width = len(rows[0])
    if width < 3 or any(_LEADERS.search(s.text) for row in rows for s in row):
        return False
    columns = [[row[k] for row in rows] for k in range(width)]
    apart = all(max(s.end for s in left) < min(s.start for s in right) for left, right in pairwise(columns))
    return apart and any(map(_is_numeric, columns[1:])) and not _NUMBER.match(rows[-1][0].text)


def _is_numeric(column: Sequence[_Segment]) -> bool:
    body = column[1:]
    return sum(bool(_NUMBER.match(s.text)) for s in body) * 10 >= len(body) * 6
