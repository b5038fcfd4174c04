"""Runs to lines: what stands side by side on one baseline without a wide gap, superscripts included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from ...language.characters import HAN_PUNCTUATION, is_han, superscript
from .extraction import Box
from .page import Run, Style, Wall

WIDEST_WORD_SPACE = 0.95
"""Of the type's size: a wider gap parts columns or cells."""
SMALL, RAISED = 0.85, 0.15
"""Of the line's type: size and height of a raised number."""


@dataclass(frozen=True)
class Line:
    """Runs from left to right. Not slotted: what follows from them is kept once worked out."""

    runs: tuple[Run, ...]
    bullet: bool = False
    """A drawn mark stands before it: a list item's."""

    @cached_property
    def box(self) -> Box:
        box = self.runs[0].box
        for run in self.runs[1:]:
            box = box | run.box
        return box

    @cached_property
    def text(self) -> str:
        said = [superscript(run.text) if self._is_raised(run) else run.text for run in self.runs]
        text = said[0]
        for before, run, more in zip(self.runs, self.runs[1:], said[1:], strict=False):
            text += (" " if _spaced(before, run) else "") + more
        return text.strip()

    def _is_raised(self, run: Run) -> bool:
        """A small number above the line: a note's mark, or a power. Plain, it would be read into the number before."""
        style, box = self.style, self.box
        small = run.style.size < SMALL * style.size and run.text.strip().isdecimal()
        return small and run.angle == 0 and run.box.bottom < box.bottom - RAISED * style.size

    @cached_property
    def style(self) -> Style:
        """The style of most of its characters."""
        counts: Counter[Style] = Counter()
        for run in self.runs:
            counts[run.style] += len(run.text)
        return counts.most_common(1)[0][0]

    @property
    def size(self) -> float:
        return self.style.size

    @property
    def bold(self) -> bool:
        return self.style.bold

    @property
    def angle(self) -> int:
        return self.runs[0].angle

    @property
    def element(self) -> int:
        """Number of the tagged element; 0 when the source has no tag for it."""
        tag = self.runs[0].tag
        return tag.element if tag else 0

    @property
    def hyphen(self) -> bool:
        return self.runs[-1].hyphen


def _spaced(before: Run, after: Run) -> bool:
    gap = after.box.left - before.box.right
    size = min(before.style.size, after.style.size)
    a, b = before.text[-1:], after.text[:1]
    if a.isspace() or b.isspace() or not a or not b:
        return False
    if _is_wide(a) and _is_wide(b):
        return gap > 0.9 * size
    return gap > 0.13 * size


def _is_wide(char: str) -> bool:
    return is_han(char) or char in HAN_PUNCTUATION


def lines_of(runs: Iterable[Run], walls: Sequence[Wall] = ()) -> list[Line]:
    """Lines in content order; runs drawn apart from their line (superscripts) are brought home."""
    lines: list[list[Run]] = []
    for run in runs:
        if not run.text.strip():
            continue
        if lines and _follows(lines[-1][-1], run, walls):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [
        Line(tuple(sorted(group, key=_left) if _upright(group) else group)) for group in _brought_home(lines, walls)
    ]


def _left(run: Run) -> float:
    return run.box.left


def _upright(group: Sequence[Run]) -> bool:
    return group[0].angle == 0


def _same_level(a: Box, b: Box) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.5 * min(a.height, b.height)


def _follows(before: Run, run: Run, walls: Sequence[Wall]) -> bool:
    if before.angle != run.angle or before.angle != 0 or before.hyphen:
        return False
    gap = run.box.left - before.box.right
    size = max(before.style.size, run.style.size)
    if not (_same_level(before.box, run.box) and -0.5 * size < gap < WIDEST_WORD_SPACE * size):
        return False
    return not any(wall.parts(before.box, run.box) for wall in walls)


def _brought_home(groups: list[list[Run]], walls: Sequence[Wall]) -> list[list[Run]]:
    """Joins groups that touch on one level though the page draws them apart."""
    boxes = [Line(tuple(group)).box for group in groups]
    alive = [group[0].angle == 0 for group in groups]
    order = sorted((i for i, live in enumerate(alive) if live), key=lambda i: (boxes[i].left, boxes[i].top))
    owner = list(range(len(groups)))

    def root(i: int) -> int:
        while owner[i] != i:
            i = owner[i]
        return i

    for position, i in enumerate(order):
        for j in order[position + 1 :]:
            size = min(groups[i][0].style.size, groups[j][0].style.size)
            if boxes[j].left > boxes[i].right + 0.6 * size:
                if boxes[j].left > boxes[i].right + 30:
                    break
                continue
            beside = _same_level(boxes[i], boxes[j]) and boxes[j].left > boxes[i].right - 0.5 * size
            if beside and not any(wall.parts(boxes[i], boxes[j]) for wall in walls):
                owner[root(j)] = root(i)
    joined: dict[int, list[Run]] = {}
    for i, group in enumerate(groups):
        joined.setdefault(root(i), []).extend(group)
    return list(joined.values())


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most characters are set."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 10.0


def typical_size(lines: Sequence[Line]) -> float:
    return median(line.size for line in lines) if lines else 10.0


def union(boxes: Iterable[Box]) -> Box:
    boxes = iter(boxes)
    whole = next(boxes)
    for box in boxes:
        whole = whole | box
    return whole
