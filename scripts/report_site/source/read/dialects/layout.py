"""Text set by layout (`pdftotext -layout`): words keep their place on the page, so columns stand side by side.

Columns are taken apart where they are certain: heads in the margin of a paragraph, two columns of prose, tables whose
cells stand below each other with blanks between in every row. Where they aren't, the lines stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import east_asian_width

from ....language.characters import CLOSING_MARKS, SENTENCE_END, han_count
from ....language.joining import join_lines
from ....model import SourceLine
from .layout_margins import Piece, is_prose, margin_edges, margin_head, margin_sections
from .layout_strips import set_strips
from .layout_tables import Segment, set_tables
from .row_tables import read_row_tables

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_BULLET = re.compile(r"^[•●○▪■◆◇‣–—]\s")
_GLUED = re.compile(r"[^\W\d] [\d,.]+%? \|  \|")
"""A name with a number behind it, and an empty cell where the number belongs."""
_PAGE = re.compile(r"^\s*\d{1,3}\s*$")
LEAST_COLUMN = 22
"""Mean width of a line of prose in a column."""
LEAST_GAP = 2
LEAST_BESIDE = 5
"""Lines that must stand beside others before a page is taken to have columns."""
FOOT_GAP = 3
"""Blank lines above a page's foot."""
MOST_COLUMNS = 3
TITLE_SHARE = 0.7
"""A title is shorter than this share of its column."""
LEAST_ROWS = 3


def read_layout(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result = list(lines)
    measure = _measure_of(lines)
    starts = _page_starts(lines)
    set_strips(result, [_segments(line, measure) for line in lines])
    pages = [
        (range(a, b), [_segments(result[i], measure) for i in range(a, b)])
        for a, b in pairwise([0, *sorted(starts), len(lines)])
        if b > a
    ]
    shared = _shared_edges([row for _, rows in pages for row in rows])
    for page, rows in pages:
        for region, pieces in _columns(rows, shared):
            here = slice(page.start + region.start, page.start + region.stop)
            result[here] = _placed(result[here], pieces)
    blocks = [block for block in _blocks(result, starts) if not any(result[i].opens for i in block)]
    edges = margin_edges([[_segments(result[i], measure) for i in block] for block in blocks])
    for block in blocks:
        rows = [_segments(result[i], measure) for i in block]
        sections = list(margin_sections(rows))
        if not sections and (pieces := margin_head(rows, edges)):
            sections = [(range(len(rows)), pieces)]
        for run, pieces in sections:
            here = slice(block.start + run.start, block.start + run.stop)
            result[here] = _placed(result[here], pieces)
        if not any(result[i].opens for i in block):
            result[block.start : block.stop] = _tables(result[block.start : block.stop], rows)
    return result


def _tables(block: Sequence[SourceLine], rows: Sequence[Sequence[Segment]]) -> Sequence[SourceLine]:
    """The block with its tables: by where the cells stand, or, where a line of it is left over, by how many numbers
    each line has, if that leaves none: a wide cell moves all that stands behind it.
    """
    by_place = list(block)
    set_tables(by_place, range(len(block)), rows)
    by_number = read_row_tables(block)
    torn = not _is_whole(by_place) or any(_GLUED.search(line.text) for line in by_place)
    return by_number if torn and _is_whole(by_number) else by_place


def _is_whole(block: Sequence[SourceLine]) -> bool:
    return all(line.text.startswith("|") or line.part_of for line in block)


def _page_starts(lines: Sequence[SourceLine]) -> frozenset[int]:
    """Where pages begin: at form feeds; where there are none, below numbers alone in their lines that count on."""
    fed = {i for i, line in enumerate(lines) if line.page_break and i}
    numbers = [(i, int(line.text)) for i, line in enumerate(lines) if _PAGE.match(line.text)]
    counted = len(numbers) > 1 and all(b[1] == a[1] + 1 for a, b in pairwise(numbers))
    return frozenset(fed or ({i + 1 for i, _ in numbers if i + 1 < len(lines)} if counted else ()))


def _blocks(lines: Sequence[SourceLine], starts: frozenset[int]) -> Iterator[range]:
    """Runs of lines without a blank one or a new page between."""
    start = 0
    for i, line in enumerate(lines):
        if line.blank or (i in starts and i > start):
            if i > start:
                yield range(start, i)
            start = i + 1 if line.blank else i
    if len(lines) > start:
        yield range(start, len(lines))


_Measure = Callable[[str], int]


def _segments(line: SourceLine, measure: _Measure = len) -> list[Segment]:
    text = line.text
    return [
        Segment(match[0], measure(text[: match.start()]), measure(text[: match.end()]))
        for match in _SEGMENT.finditer(text)
    ]


def _measure_of(lines: Sequence[SourceLine]) -> _Measure:
    """How the blanks were counted: an ideograph as one place or as two, by what lets more neighbours begin alike."""
    gaps = [line for line in lines if len(_SEGMENT.findall(line.text)) > 1 or line.text[:1] == " "]

    def alike(measure: _Measure) -> int:
        starts = [{segment.start for segment in _segments(line, measure)} - {0} for line in gaps]
        return sum(bool(a & b) for a, b in pairwise(starts))

    return max((len, _width), key=alike)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _shared_edges(rows: Sequence[Sequence[Segment]]) -> frozenset[int]:
    """Where the right column begins on lines of any page, often enough to count for short regions too."""
    counts = Counter(b.start for row in rows for a, b in pairwise(row) if b.start - a.end >= LEAST_GAP)
    return frozenset(edge for edge, count in counts.items() if count >= LEAST_BESIDE)


# --- columns of prose ----------------------------------------------------------------------------------------------

_Row = tuple[int, Sequence[Segment]]
"""A line of a page, counted from 0, and what stands on it."""


def _columns(page: Sequence[Sequence[Segment]], shared: frozenset[int]) -> list[tuple[range, list[Piece]]]:
    """Regions of the page in which prose stands in columns, with their texts: one column after the other."""
    rows = list(enumerate(page))
    found = _widest_region(rows, shared)
    if found is None:
        return []
    start, stop, edge = found
    pieces = _read_columns(rows[start:stop], edge, 0)
    here = [(range(start, stop), [replace(p, lines=tuple(n - start for n in p.lines)) for p in pieces])]
    above, below = _columns(page[:start], shared), _columns(page[stop:], shared)
    moved = [(range(region.start + stop, region.stop + stop), texts) for region, texts in below]
    return [*above, *here, *moved] if len(pieces) <= sum(bool(row) for row in page[start:stop]) else [*above, *moved]


def _widest_region(rows: Sequence[_Row], shared: frozenset[int] = frozenset()) -> tuple[int, int, int] | None:
    """(first row, row behind the last, where the right column begins) of the run of rows that most stand beside."""
    starts = Counter(b.start for _, row in rows for a, b in pairwise(row) if b.start - a.end >= LEAST_GAP)
    starts += Counter(row[0].start for i, (_, row) in enumerate(rows) if row and _in_turn(rows, i, row[0].start))
    best: tuple[int, int, int, int] | None = None
    for edge, count in starts.most_common(4):
        least = LEAST_ROWS if edge in shared else LEAST_BESIDE
        if count < least:
            continue
        for start, stop in _uncrossed(rows, edge):
            both = [i for i in range(start, stop) if _stands_beside(rows[i][1], edge) or _in_turn(rows, i, edge)]
            beside = len(both)
            stop = _foot(rows, both[-1], stop) if both else stop
            if beside < LEAST_BESIDE and both:
                start, stop = both[0], both[-1] + 1
            elif both and not all(row for _, row in rows[start : both[0]]):
                start = both[0]  # a blank line parts the columns from what stands above them
            if beside < least or (best is not None and beside <= best[0]) or not _are_columns(rows[start:stop], edge):
                continue
            if beside >= LEAST_BESIDE or _run_on(rows[start:stop], edge):
                best = (beside, start, stop, edge)
    return best[1:] if best else None


def _uncrossed(rows: Sequence[_Row], edge: int) -> Iterator[tuple[int, int]]:
    """Runs of rows of which none has a segment across the edge, blank ones at the ends cut off."""
    start = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and not any(s.start < edge <= s.end for s in rows[i][1]):
            continue
        stop = i
        while start < stop and not rows[start][1]:
            start += 1
        while stop > start and not rows[stop - 1][1]:
            stop -= 1
        if stop > start:
            yield start, stop
        start = i + 1


def _stands_beside(row: Sequence[Segment], edge: int) -> bool:
    return any(s.start == edge for s in row) and any(s.end < edge for s in row)


def _foot(rows: Sequence[_Row], last: int, stop: int) -> int:
    """Where the region ends: white over the whole page parts the page's foot from the last lines side by side."""
    for i in range(last + 1, stop):
        if i - last > FOOT_GAP and not any(row for _, row in rows[i - FOOT_GAP : i]):
            return i
    return stop


def _in_turn(rows: Sequence[_Row], i: int, edge: int) -> bool:
    """The line begins at the edge, with nothing before it, above or below one that ends before the edge: columns whose
    lines stand a little higher and lower.
    """
    row = rows[i][1]
    beside = [rows[k][1] for k in (i - 1, i + 1) if 0 <= k < len(rows)]
    return bool(row) and row[0].start == edge and any(b and b[-1].end + LEAST_GAP <= edge for b in beside)


def _are_columns(rows: Sequence[_Row], edge: int) -> bool:
    """Prose on both sides: lines of some width and of several words."""
    for side in _sides(rows, edge):
        texts = [text for _, row in side if row and not _PAGE.match(text := _joined(row))]
        if not texts or _mean([len(text) + han_count(text) for text in texts]) < LEAST_COLUMN:
            return False
        if sum(_is_wordy(text) for text in texts) * 10 < len(texts) * 7:
            return False
    return True


def _run_on(rows: Sequence[_Row], edge: int) -> bool:
    """On both sides a sentence runs over the first line's end and comes to its own: no cells of a table do."""
    sides = [[_joined(row) for _, row in side if row] for side in _sides(rows, edge)]
    return all(side[0][-1] not in SENTENCE_END + ":：" and is_prose(join_lines(side)) for side in sides)


def _sides(rows: Sequence[_Row], edge: int) -> tuple[list[_Row], list[_Row]]:
    """What stands left of the edge, and from the edge on as far as lines that begin there reach."""
    end = max((s.end for _, row in rows for s in row if s.start == edge), default=edge)
    left: list[_Row] = [(i, [s for s in row if s.start < edge]) for i, row in rows]
    right: list[_Row] = [(i, [s for s in row if edge <= s.start <= end or _is_entry(row, s)]) for i, row in rows]
    return left, right


def _beyond(rows: Sequence[_Row], edge: int) -> Iterator[Piece]:
    """Marks of the page's outer edge, such as tabs with the chapters' names: no part of any column."""
    end = max((s.end for _, row in rows for s in row if s.start == edge), default=edge)
    return (Piece(s.text, (i,)) for i, row in rows for s in row if s.start > end and not _is_entry(row, s))


def _is_entry(row: Sequence[Segment], segment: Segment) -> bool:
    """A number behind a text: the page that a contents list gives for a title."""
    return segment is row[-1] and len(row) > 1 and segment.text.isdecimal()


def _read_columns(rows: Sequence[_Row], edge: int, depth: int) -> list[Piece]:
    pieces: list[Piece] = []
    for side in _sides(rows, edge):
        inner = _widest_region(side) if depth < MOST_COLUMNS else None
        if inner:
            start, stop, within = inner
            pieces += _paragraphs(side[:start])
            pieces += _read_columns(side[start:stop], within, depth + 1)
            pieces += _paragraphs(side[stop:])
        else:
            pieces += _paragraphs(side)
    return [*pieces, *_beyond(rows, edge)]


def _paragraphs(rows: Sequence[_Row]) -> Iterator[Piece]:
    """The paragraphs of a column, a short first line above a capital apart as a title.

    They are parted by blank lines. A line on which only the other column goes on parts nothing by itself: the two may
    stand on different lines all the way down.
    """
    widths = sorted(row[-1].end - row[0].start for _, row in rows if row)
    width = widths[len(widths) * 3 // 4] if widths else 0
    group: list[_Row] = []
    for i, row in rows:
        if row and group and _parts(group[-1], (i, row), width):
            yield from _paragraph(group, width)
            group = []
        if row:
            group.append((i, row))
    yield from _paragraph(group, width)


def _parts(before: _Row, after: _Row, width: int) -> bool:
    """A new paragraph begins at `after`."""
    text, following = _joined(before[1]), _joined(after[1])
    if _BULLET.match(following) or _is_wide(before[1]) or _is_wide(after[1]):
        return True
    if after[0] - before[0] == 1:
        return False
    ends = text.rstrip(CLOSING_MARKS)[-1] in SENTENCE_END + ":："
    return ends or _BULLET.match(text) is not None or _is_title([before, after], width)


def _is_wide(row: Sequence[Segment]) -> bool:
    """Cells of something: text that is only set flush has smaller gaps."""
    return any(b.start - a.end > LEAST_GAP for a, b in pairwise(row))


def _paragraph(group: Sequence[_Row], width: int) -> Iterator[Piece]:
    while group:
        taken = 1 if _is_title(group, width) else len(group)
        texts = [_joined(row) for _, row in group[:taken]]
        yield Piece(join_lines(texts), tuple(i for i, _ in group[:taken]))
        group = group[taken:]


def _is_title(group: Sequence[_Row], width: int) -> bool:
    if len(group) < 2:
        return False
    first, second = _joined(group[0][1]), _joined(group[1][1])
    short = group[0][1][-1].end - group[0][1][0].start < TITLE_SHARE * width
    return short and first[-1] not in SENTENCE_END + ",，:：" and (second[0].isupper() or han_count(second[0]) > 0)


def _joined(row: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in row)


def _is_wordy(text: str) -> bool:
    return len(text.split()) >= 3 or han_count(text) >= 8


def _mean(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _placed(lines: Sequence[SourceLine], pieces: Sequence[Piece]) -> list[SourceLine]:
    """The pieces on lines of their own, in order, each with all the lines that it stems from."""
    homes = [i for i, line in enumerate(lines) if not line.blank][: len(pieces)]
    home_of = {n: home for piece, home in reversed(list(zip(pieces, homes, strict=True))) for n in piece.lines}
    result = list(lines)
    for i, line in enumerate(lines):
        if i in homes:
            piece = pieces[homes.index(i)]
            parts = tuple(lines[k].number for k in piece.lines if k != i)
            result[i] = replace(line.changed("columns", piece.text), parts=parts, opens=True)
        elif not line.blank:
            result[i] = replace(line.changed("columns", ""), part_of=lines[home_of[i]].number)
    return result
