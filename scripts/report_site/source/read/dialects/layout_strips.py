"""Strips of key figures set by blanks: a line of values side by side, their labels on the line below or above.

Each pair becomes a row of its own, so that a value keeps its label. A strip has as many labels as values, each beside
its value's edge or middle, and no third line with the same columns: that would be a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....language.values import is_quantity
from ....model import RuleName, SourceLine
from .layout_tables import Row, Segment

LEAST_VALUES = 2
LONGEST_LABEL = 60
MOST_BLANK = 2
"""Blank lines between the values and their labels."""
NEAR = 3
"""Places by which edges or middles of a value and its label differ."""
MOST_LABEL_LINES = 3
_ENDS = "。！？；.!?;:："


def set_strips(lines: list[SourceLine], rows: Sequence[Row]) -> None:
    """Sets the strips among `lines`, in place; `rows`: what stands on each of them."""
    for i, row in enumerate(rows):
        if len(row) < LEAST_VALUES or not all(is_quantity(s.text) for s in row) or lines[i].opens:
            continue
        for step in (1, -1):
            labels = _labels(rows, i, step)
            if labels and not _goes_on(rows, i, -step, row) and not _goes_on(rows, labels[-1][0], step, row):
                _place(lines, i, row, labels)
                break


def _labels(rows: Sequence[Row], at: int, step: int) -> list[tuple[int, Row]]:
    """The lines of labels from the values' line on, downwards or upwards."""
    first = _next(rows, at, step, MOST_BLANK)
    if first is None or rows[first][0].text == "|" or not _fits(rows[first], rows[at], whole=True):
        return []
    found = [(first, rows[first])]
    while len(found) < MOST_LABEL_LINES:
        following = _next(rows, found[-1][0], step, 0)
        if following is None or not _fits(rows[following], rows[at], whole=False):
            break
        # A single text above or below the first label may be the strip's title, or the text that follows.
        if len(rows[following]) == 1 and _home(rows[following][0], rows[at]) == 0:
            break
        found.append((following, rows[following]))
    return found


def _next(rows: Sequence[Row], at: int, step: int, blank: int) -> int | None:
    places = range(at + step, at + step * (blank + 2), step)
    return next((k for k in places if 0 <= k < len(rows) and rows[k]), None)


def _fits(row: Row, values: Row, whole: bool) -> bool:
    """Short words, each beside a value of its own; `whole`: beside every value."""
    homes = [_home(segment, values) for segment in row]
    told = all(any(c.isalpha() for c in s.text) and not is_quantity(s.text) and s.text[-1] not in _ENDS for s in row)
    short = all(len(segment.text) <= LONGEST_LABEL for segment in row)
    known = [home for home in homes if home is not None]
    return told and short and len(known) == len(row) == len(set(known)) and (len(row) == len(values) or not whole)


def _home(segment: Segment, values: Row) -> int | None:
    def apart(value: Segment) -> float:
        middles = abs(segment.start + segment.end - value.start - value.end) / 2
        return min(abs(segment.start - value.start), abs(segment.end - value.end), middles)

    nearest = min(range(len(values)), key=lambda k: apart(values[k]))
    return nearest if apart(values[nearest]) <= NEAR else None


def _goes_on(rows: Sequence[Row], at: int, step: int, values: Row) -> bool:
    """Right behind stands another line with the same columns."""
    following = _next(rows, at, step, 0)
    if following is None or len(rows[following]) < len(values):
        return False
    return all(_home(segment, rows[following]) is not None for segment in values)


def _place(lines: list[SourceLine], at: int, values: Row, labels: Sequence[tuple[int, Row]]) -> None:
    texts = [[""] * len(values) for _ in labels]
    for k, (_, row) in enumerate(sorted(labels)):
        for segment in row:
            texts[k][_home(segment, values) or 0] = segment.text
    names = [" ".join(filter(None, column)) for column in zip(*texts, strict=True)]
    pairs = [f"| {_escaped(name)} | {_escaped(value.text)} |" for name, value in zip(names, values, strict=True)]
    parts = tuple(sorted(lines[k].number for k, _ in labels))
    number = lines[at].number
    lines[at] = replace(lines[at].changed(RuleName.ALIGNED_STRIP, "\n".join(pairs)), parts=parts, opens=True)
    for k, _ in labels:
        lines[k] = replace(lines[k].changed(RuleName.ALIGNED_STRIP, ""), part_of=number)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
