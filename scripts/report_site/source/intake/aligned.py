"""Tables without rules: cells on one level, below each other in columns that white parts from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...language.values import is_period
from .lines import Line
from .tables import NUMERIC_CELL, Table, built, columns_of, levels_of

_CODE = re.compile(r"^[A-Z]{2,6}[ -]?[A-Z]?\d[\d.a-z-]*$|^[A-Z]?\d{1,3}(?:[-.]\d{1,2})+[a-z]?$")
LEAST_ROWS = 3
MOST_COLUMNS = 16
FULL = 0.6
"""Share of the levels that fill every column, and of the cells beside the labels that hold numbers."""
LABELS = 0.8
LARGEST_STEP = 2.8
"""From one row to the next, in sizes of its type."""
MOST_INDENT = 15.0
"""Points by which labels of a group are set in."""
Level = Sequence[Line]


def aligned_table(lines: Sequence[Line]) -> Table | None:
    """Labels in the first column, numbers or short words on a level in the others; None for anything else."""
    levels = levels_of(lines)
    columns = columns_of(lines)
    if len(levels) < LEAST_ROWS or not 2 <= len(columns) <= MOST_COLUMNS:
        return None
    full = [level for level in levels if len(level) == len(columns)]
    others = [line for level in full for line in level[1:]]
    firsts = [level[0] for level in full]
    if len(full) < LEAST_ROWS or len(full) < FULL * len(levels):
        return None
    numeric = sum(_is_number(line) for line in others)
    labels = sum(not _is_number(line) for line in firsts)
    index = _are_codes(firsts) and sum(_is_number(level[-1]) for level in full) >= LABELS * len(full)
    if not index and (numeric < FULL * len(others) or labels < LABELS * len(firsts)):
        return None
    return built([list(lines)], [], "alignment", ruled=0)


def tables_among(lines: Sequence[Line]) -> Iterator[Table | list[Line]]:
    """The lines of a band from top to bottom: tables, and what stands above, between and below them."""
    levels = levels_of(lines)
    loose: list[Line] = []
    i = 0
    while i < len(levels):
        end = _run_end(levels, i)
        table = aligned_table([line for level in levels[i:end] for line in level]) if end - i >= LEAST_ROWS else None
        if table is None:
            loose += levels[i]
            i += 1
            continue
        if loose:
            yield loose
        yield table
        loose, i = [], end
    if loose:
        yield loose


def _run_end(levels: Sequence[Level], start: int) -> int:
    """Behind the last level that goes on with the columns of the first."""
    if len(levels[start]) < 2:
        return start
    run = list(levels[start])
    end = start + 1
    while end < len(levels) and _goes_on(levels, start, end) and len(columns_of([*run, *levels[end]])) >= 2:
        run += levels[end]
        if len(columns_of(run)) < max(map(len, levels[start : end + 1])):
            break
        end += 1
    while end > start and len(levels[end - 1]) == 1:
        end -= 1
    return end


def _goes_on(levels: Sequence[Level], start: int, i: int) -> bool:
    before, level = levels[i - 1], levels[i]
    if level[0].box.top - before[0].box.bottom > LARGEST_STEP * level[0].size:
        return False
    if len(level) > 1:
        return i - start < 2 or not _is_head(level, levels[start])
    # A line alone heads a group where a row of values follows; above another head it is the next table's title.
    follows = levels[i + 1] if i + 1 < len(levels) else ()
    group = len(follows) > 1 and abs(level[0].box.left - follows[0].box.left) < MOST_INDENT
    return (
        group
        and level[0].box.right < follows[-1].box.left
        and any(map(_is_number, follows[1:]))
        and not _is_head(follows, levels[start])
    )


def _is_head(level: Level, first: Level) -> bool:
    """Years side by side, or the first row's words again."""
    cells = [line.text for line in level[-(len(level) - 1) :]]
    periods = sum(map(is_period, cells))
    return periods * 2 > len(cells) or [line.text for line in level] == [line.text for line in first]


def _are_codes(labels: Sequence[Line]) -> bool:
    """Codes of a standard, with their titles and pages beside them."""
    return sum(bool(_CODE.match(line.text)) for line in labels) >= LABELS * len(labels)


def _is_number(line: Line) -> bool:
    return bool(NUMERIC_CELL.match(line.text))
