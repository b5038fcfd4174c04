"""Strips of key figures: large values side by side, each with its label in smaller type right below or above it.

A strip is one item of its page, so that the columns of text below it are none of its own. A row is believed only where
each of its values has a label on the same side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...language.values import is_marked, is_quantity
from .extraction import Box
from .lines import Line, union

LARGER = 1.25
"""Times that a value is larger than its label."""
LEAST_VALUES = 2
LONGEST_LABEL = 60
MOST_LINES = 3
"""Of a label."""
_ENDS = "。！？；.!?;:："


@dataclass(frozen=True, slots=True)
class Pair:
    value: Line
    label: tuple[Line, ...]
    below: bool
    """The label stands below the value."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.value, *self.label) if self.below else (*self.label, self.value)


@dataclass(frozen=True, slots=True)
class Strip:
    box: Box
    pairs: tuple[Pair, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for pair in self.pairs for line in pair.lines)

    @property
    def marked(self) -> bool:
        """A unit, sign or scale says of one of them at least that it is a value."""
        return any(is_marked(pair.value.text) for pair in self.pairs)


def strips_of(lines: Sequence[Line]) -> list[Strip]:
    """Each row of large values that have their labels, from the top of the page down."""
    values = [line for line in lines if not line.angle and is_quantity(line.text)]
    found: list[Strip] = []
    for row in _rows(values):
        others = [line for line in lines if line not in row and not line.angle]
        for below in (True, False):
            pairs = _pairs(row, others, below)
            if len(pairs) == len(row) and not _strange(row, others):
                found.append(Strip(union(line.box for pair in pairs for line in pair.lines), tuple(pairs)))
                break
    return found


def _rows(values: Sequence[Line]) -> list[list[Line]]:
    """Values of one size on one level, from left to right."""
    rows: list[list[Line]] = []
    for value in sorted(values, key=lambda line: (round(line.box.bottom), line.box.left)):
        home = next((row for row in rows if _beside(row[0], value)), None)
        if home is None:
            rows.append([value])
        else:
            home.append(value)
    return [sorted(row, key=lambda line: line.box.left) for row in rows if len(row) >= LEAST_VALUES]


def _beside(a: Line, b: Line) -> bool:
    return abs(a.box.bottom - b.box.bottom) < 3 and abs(a.size - b.size) < 0.06 * max(a.size, b.size)


def _strange(row: Sequence[Line], others: Sequence[Line]) -> bool:
    """Text of the same size stands on the level too: a sentence with its numbers set apart, or a row of a table."""
    return any(_beside(row[0], line) for line in others)


def _pairs(row: Sequence[Line], others: Sequence[Line], below: bool) -> list[Pair]:
    pairs: list[Pair] = []
    taken: set[int] = set()
    for value in row:
        label = _label(value, [line for line in others if id(line) not in taken], below)
        if not label:
            return []
        taken |= {id(line) for line in label}
        pairs.append(Pair(value, tuple(label), below))
    return pairs


def _label(value: Line, others: Sequence[Line], below: bool) -> list[Line]:
    """Short lines in smaller type that begin, end or stand centred with the value, one close to the next."""
    label: list[Line] = []
    edge = value
    near = [line for line in others if value.size >= LARGER * line.size and _aligned(value, line)]
    for line in sorted(near, key=lambda line: line.box.top if below else -line.box.bottom):
        gap = line.box.top - edge.box.bottom if below else edge.box.top - line.box.bottom
        if not -0.4 * value.size < gap < (1.3 if edge is value else 0.7) * line.size or len(label) == MOST_LINES:
            continue
        if label and abs(line.size - label[0].size) > 0.2:
            break
        label.append(line)
        edge = line
    label = label if below else label[::-1]
    text = " ".join(line.text for line in label)
    told = any(char.isalpha() for char in text) and len(text) <= LONGEST_LABEL and text[-1] not in _ENDS
    return label if told else []


def _aligned(value: Line, line: Line) -> bool:
    a, b = value.box, line.box
    return abs(a.left - b.left) < 4 or abs(a.right - b.right) < 4 or abs(a.middle[0] - b.middle[0]) < 5
