"""Heads in the margin of text set by layout: a short text beside the first line of a paragraph heads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....language.characters import CLOSING_MARKS, SENTENCE_END, han_count
from ....language.joining import join_lines
from .layout_tables import Row, Segment

_LIST_LABEL = re.compile(r"^[(（]?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)）、:]?$|^[^\w\s]+$")
LONGEST_HEAD = 60
LEAST_PROSE = 60
LEAST_ROWS = 3
LEAST_SECTIONS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A text taken from some lines of a block."""

    text: str
    lines: tuple[int, ...]
    """Counted from the block's first line, from 0."""


def margin_edges(blocks: Sequence[Sequence[Sequence[Segment]]]) -> frozenset[int]:
    """Columns at which the text beside a margin begins: one that two blocks share, or a long one shows alone."""
    counts: Counter[int] = Counter()
    for rows in blocks:
        if (edge := _edge(rows)) is not None and any(row[0].start < edge for row in rows):
            counts[edge] += 1 + (len(rows) > LEAST_ROWS)
    return frozenset(edge for edge, count in counts.items() if count > 1)


def _edge(rows: Sequence[Sequence[Segment]]) -> int | None:
    """The column where a segment of every line of the block begins, and none crosses."""
    if len(rows) < 2:
        return None
    common = set.intersection(*({segment.start for segment in row} for row in rows))
    edges = sorted(edge for edge in common if edge and not any(s.start < edge < s.end for row in rows for s in row))
    return edges[0] if edges else None


def margin_head(rows: Sequence[Sequence[Segment]], edges: frozenset[int]) -> list[Piece]:
    """A short text in the margin of some lines, beside prose that begins at one column in all: it heads the prose."""
    edge = _edge(rows)
    if edge is None or edge not in edges:
        return []
    heads = [(i, s.text) for i, row in enumerate(rows) for s in row if s.start < edge]
    prose = join_lines([" ".join(s.text for s in row if s.start >= edge) for row in rows])
    title = " ".join(text for _, text in heads)
    if not heads or len({i for i, _ in heads}) == len(rows) or not _is_head(title) or not is_prose(prose):
        return []
    at = tuple(i for i, _ in heads)
    return [Piece(f"# {title}", tuple(sorted({0, *at}))), Piece(prose, tuple(range(len(rows))))]


def _is_head(title: str) -> bool:
    labelled = _LIST_LABEL.match(title) or title[-1] in SENTENCE_END + ":：,，"
    return len(title) <= LONGEST_HEAD and not labelled and any(char.isalpha() for char in title)


def is_prose(text: str) -> bool:
    return len(text) + han_count(text) >= LEAST_PROSE and text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END


def margin_sections(rows: Sequence[Row]) -> Iterator[tuple[range, list[Piece]]]:
    """Heads and their texts where no blank line parts one paragraph from the next: two of them show the margin."""
    start = 0
    while start < len(rows):
        edge = rows[start][1].start if len(rows[start]) == 2 else None
        end = start + 1
        while edge is not None and end < len(rows) and _keeps(rows[end], edge):
            end += 1
        pieces = _sections(rows[start:end], edge) if edge is not None else []
        if len(pieces) >= 2 * LEAST_SECTIONS:
            yield range(start, end), pieces
        start = end if pieces else start + 1


def _keeps(row: Row, edge: int) -> bool:
    """One text from the edge on, and at most a head before it."""
    return 1 <= len(row) <= 2 and row[-1].start == edge and (len(row) == 1 or row[0].end < edge)


def _sections(rows: Sequence[Row], edge: int) -> list[Piece]:
    """A new one begins at a head above which the sentence has ended; other heads are second lines of theirs."""
    starts = [i for i, row in enumerate(rows) if len(row) == 2 and (not i or _ends(rows[i - 1][-1].text))]
    pieces: list[Piece] = []
    for first, last in zip(starts, [*starts[1:], len(rows)], strict=True):
        heads = [(i, rows[i][0].text) for i in range(first, last) if len(rows[i]) == 2]
        title = " ".join(text for _, text in heads)
        prose = join_lines([row[-1].text for row in rows[first:last]])
        if not _is_head(title) or not is_prose(prose) or len(heads) * 2 > last - first:
            return []
        pieces.append(Piece(f"# {title}", tuple(i for i, _ in heads)))
        pieces.append(Piece(prose, tuple(range(first, last))))
    return pieces


def _ends(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END
