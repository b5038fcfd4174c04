"""Reading order of a page: bands from top to bottom, columns within a band from left to right, again and again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ...language.characters import han_count
from .aligned import aligned_table, tables_among
from .extraction import Box
from .lines import Line
from .strips import Strip
from .tables import Table

NARROWEST_GUTTER = 7.0
_WORD = re.compile(r"[^\W\dIVXLCivxlc]{3}")
MARGIN_SHARE = 0.35
"""Of a band's width that a margin takes at most."""
LEAST_LINES = 3
WIDEST_MARK = 5
"""Of a list, in characters, ideographs counted double: a title of four is none."""
TALL_GAP = 34.0
"""White over the full width that parts what is above from what is below, columns or not."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture's place on the page, with the words that stand in it."""

    box: Box
    words: tuple[Line, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """A framed or coloured area with text of its own."""

    box: Box
    items: tuple[Item, ...]


Item = Line | Table | Drawing | Panel | Strip
Flow = tuple[Item, ...]
"""What stands below each other in one column."""


def flows_of(items: Sequence[Item]) -> list[Flow]:
    """Columns in reading order; a panel gives flows of its own at its place."""
    if not items:
        return []
    flows: list[Flow] = []
    for band in _bands(items):
        gaps = _gutters(band)
        if gaps and (parts := _with_tables(band)):
            for part in parts:
                flows += [(part,)] if isinstance(part, Table) else flows_of(part)
        elif len(gaps) == 1 and (headed := _margin_heads(band, gaps[0])):
            for lines in headed:
                flows += flows_of(lines)
        elif gaps:
            for column in _columns(band, gaps):
                flows += flows_of(column) if len(column) < len(band) else [_flow(column)]
        else:
            flows += _leaf(band)
    return flows


def _with_tables(band: Sequence[Item]) -> list[Table | list[Line]]:
    """The band with its tables whole; empty where it holds none."""
    lines = [item for item in band if isinstance(item, Line)]
    if len(lines) != len(band):
        return []
    parts = list(tables_among(lines))
    if any(isinstance(part, Table) for part in parts):
        return parts
    table = aligned_table(lines)
    return [table] if table else []


def _leaf(band: Sequence[Item]) -> list[Flow]:
    """One column: panels are opened in their turn."""
    flows: list[Flow] = []
    run: list[Item] = []
    for item in _flow(band):
        if isinstance(item, Panel):
            if run:
                flows.append(tuple(run))
                run = []
            flows += flows_of(item.items)
        else:
            run.append(item)
    return [*flows, tuple(run)] if run else flows


def _flow(items: Sequence[Item]) -> Flow:
    """Top to bottom; what stands on one level from left to right."""
    ordered = sorted(items, key=lambda item: item.box.top)
    rows: list[list[Item]] = []
    for item in ordered:
        row = rows[-1] if rows else None
        if row and _level(row[0].box, item.box) and isinstance(item, Line) and isinstance(row[0], Line):
            row.append(item)
        else:
            rows.append([item])
    return tuple(item for row in rows for item in sorted(row, key=lambda item: item.box.left))


def _level(a: Box, b: Box) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.6 * min(a.height, b.height)


# --- bands ---------------------------------------------------------------------------------------------------------


def _bands(items: Sequence[Item]) -> list[list[Item]]:
    """Slices parted by white, put together again while they share a gutter or have none."""
    bands: list[list[Item]] = []
    for slice_ in _slices(items):
        if bands and _joins(bands[-1], slice_):
            bands[-1] += slice_
        else:
            bands.append(list(slice_))
    return bands


def _slices(items: Sequence[Item]) -> list[list[Item]]:
    ordered = sorted(items, key=lambda item: item.box.top)
    slices: list[list[Item]] = [[ordered[0]]]
    bottom = _bottom(ordered[0])
    for item in ordered[1:]:
        if item.box.top >= bottom - 0.5:
            slices.append([item])
        else:
            slices[-1].append(item)
        bottom = max(bottom, _bottom(item))
    return slices


def _bottom(item: Item) -> float:
    """Lines overlap a little where they are set tight."""
    return item.box.bottom - (0.2 * item.box.height if isinstance(item, Line) else 0)


def _joins(band: Sequence[Item], slice_: Sequence[Item]) -> bool:
    bottom, top = max(item.box.bottom for item in band), min(item.box.top for item in slice_)
    before, after, both = _gutters(band), _gutters(slice_), _gutters([*band, *slice_])
    if before and after and not any(_survive([gap], before) and _survive([gap], after) for gap in both):
        return False
    if before and after and not _survive([*before, *after], both) and top - bottom > 0.55 * _size(slice_):
        return False
    if not (before and after) and not _survive([*before, *after], both):
        return False
    if before and top - bottom > TALL_GAP:
        return False
    if before and not after and _is_heading_across(band, slice_, both):
        return False
    return bool(before or after) or not both or _stacked(band, slice_)


def _survive(gaps: Sequence[tuple[float, float]], both: Sequence[tuple[float, float]]) -> bool:
    """Each gutter is still white when the other's items stand there too."""
    return all(any(min(a[1], b[1]) - max(a[0], b[0]) > 3 for b in both) for a in gaps)


def _stacked(band: Sequence[Item], slice_: Sequence[Item]) -> bool:
    """Side by side and never on one level: not one column."""
    left = max(item.box.left for item in band), max(item.box.right for item in band)
    right = min(item.box.left for item in slice_), min(item.box.right for item in slice_)
    return right[0] < left[1] and left[0] < right[1]


def _is_heading_across(band: Sequence[Item], slice_: Sequence[Item], gaps: Sequence[tuple[float, float]]) -> bool:
    """A larger line alone on its level below two columns: it heads what follows and not one column."""
    lines = [item for item in slice_ if isinstance(item, Line)]
    sizes = [item.size for item in band if isinstance(item, Line)]
    if len(lines) != len(slice_) or not sizes or not gaps:
        return False
    sides = {_side(item.box, gaps[0]) for item in band}
    return len(sides) == 2 and min(line.size for line in lines) >= 1.22 * median(sizes)


def _side(box: Box, gap: tuple[float, float]) -> int:
    return 0 if box.middle[0] < (gap[0] + gap[1]) / 2 else 1


# --- heads in the margin -------------------------------------------------------------------------------------------


def _margin_heads(band: Sequence[Item], gap: tuple[float, float]) -> list[list[Item]]:
    """Short texts in the margin, each beside the first line of what it heads: every head before its own text."""
    left = sorted((item for item in band if item.box.right <= gap[0] + 1), key=lambda item: item.box.top)
    right = sorted((item for item in band if item.box.left >= gap[1] - 1), key=lambda item: item.box.top)
    heads = [item for item in left if isinstance(item, Line)]
    texts = [item for item in right if isinstance(item, Line)]
    whole = max(item.box.right for item in band) - min(item.box.left for item in band)
    narrow = gap[0] - min(item.box.left for item in band) < MARGIN_SHARE * whole
    if len(heads) != len(left) or not narrow or len(heads) * 3 > len(texts) or not _is_running(texts, gap[1]):
        return []
    groups = _head_groups(heads, right)
    if not groups or not all(_level(group[0].box, first.box) for group, first in groups):
        return []
    starts = [right.index(first) for _, first in groups]
    if starts[0] or not all(_opens(right, start) for start in starts):
        return []
    ends = [*starts[1:], len(right)]
    parts: list[list[Item]] = []
    for (group, _), start, end in zip(groups, starts, ends, strict=True):
        parts += [list(group), right[start:end]]
    return parts


def _head_groups(heads: Sequence[Line], right: Sequence[Item]) -> list[tuple[list[Line], Item]]:
    """Heads of one or more lines, each with the item on the level of its first line."""
    groups: list[tuple[list[Line], Item]] = []
    for line in heads:
        if groups and line.box.top - groups[-1][0][-1].box.bottom < 0.6 * line.size:
            groups[-1][0].append(line)
            continue
        beside = [item for item in right if _level(item.box, line.box)]
        if not beside:
            return []
        groups.append(([line], beside[0]))
    return groups


def _opens(items: Sequence[Item], i: int) -> bool:
    """A paragraph begins: more white stands above it than between lines."""
    if not i:
        return True
    white = items[i].box.top - items[i - 1].box.bottom
    steps = [b.box.top - a.box.bottom for a, b in pairwise(items)]
    return white > 1.3 * median(steps) + 1


def _is_running(texts: Sequence[Line], edge: float) -> bool:
    """Lines of a paragraph: most begin at one edge and reach the other."""
    if len(texts) < LEAST_LINES:
        return False
    full = max(line.box.right for line in texts) - edge
    return sum(line.box.width > 0.7 * full for line in texts) * 2 > len(texts)


# --- columns -------------------------------------------------------------------------------------------------------


def _gutters(items: Sequence[Item]) -> list[tuple[float, float]]:
    """White from top to bottom, wide enough to part columns that hold more than marks or numbers."""
    least = max(NARROWEST_GUTTER, 0.8 * _size(items))
    spans = sorted((item.box.left, item.box.right) for item in items)
    gaps: list[tuple[float, float]] = []
    right = spans[0][1]
    for left, end in spans[1:]:
        if left - right >= least:
            gaps.append((right, left))
        right = max(right, end)
    return [gap for gap in gaps if _parts_text(items, gap, gaps)]


def _size(items: Sequence[Item]) -> float:
    sizes = [item.size for item in items if isinstance(item, Line)]
    return median(sizes) if sizes else 9.0


def _parts_text(items: Sequence[Item], gap: tuple[float, float], gaps: Sequence[tuple[float, float]]) -> bool:
    """Neither side is a column of list marks, numerals or page numbers for the other side's lines."""
    i = gaps.index(gap)
    left = gaps[i - 1][1] if i else float("-inf")
    right = gaps[i + 1][0] if i + 1 < len(gaps) else float("inf")
    before = [item for item in items if left <= item.box.left and item.box.right <= gap[0]]
    after = [item for item in items if gap[1] <= item.box.left and item.box.right <= right]
    numbers = right == float("inf") and _is_margin(after, before)
    return not (numbers or _is_margin(before, after))


def _is_margin(side: Sequence[Item], other: Sequence[Item]) -> bool:
    lines = [item for item in side if isinstance(item, Line)]
    if len(lines) != len(side) or not side:
        return False
    texts = [item.text for item in other if isinstance(item, Line)]
    short = all(_is_mark(line.text) for line in lines) and median(map(len, texts or [""])) > 12
    beside = all(any(_level(line.box, item.box) for item in other) for line in lines)
    return short and beside and len(other) >= len(side)


def _is_mark(text: str) -> bool:
    """A bullet, a numeral or a number: no word."""
    return len(text) + han_count(text) <= WIDEST_MARK and not _WORD.search(text)


def _columns(items: Sequence[Item], gaps: Sequence[tuple[float, float]]) -> list[list[Item]]:
    edges = [(gap[0] + gap[1]) / 2 for gap in gaps]
    columns: list[list[Item]] = [[] for _ in range(len(edges) + 1)]
    for item in items:
        columns[sum(item.box.middle[0] > edge for edge in edges)].append(item)
    return [column for column in columns if column]
