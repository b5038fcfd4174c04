"""What shaping took away of the source, line by line, and which rulings don't fit the lines that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...model import Block
from ...model.errors import Problem


@dataclass(frozen=True, slots=True)
class Taken:
    dropped: Mapping[int, str] = field(default_factory=dict)
    """Noise cells of lines that are published otherwise."""
    silent: Mapping[int, str] = field(default_factory=dict)
    """Lines that a shape found to be noise, with the rule."""
    moved: Mapping[int, str] = field(default_factory=dict)
    """Rows of an index, as printed, whose cells went to the column of their type."""
    left_out: Mapping[int, str] = field(default_factory=dict)
    """Printed cells with numbers that a ruling leaves out."""
    replaced: Mapping[int, str] = field(default_factory=dict)
    """Alternative texts of the source, in whose place figures.yml has another."""
    ends: Mapping[int, str] = field(default_factory=dict)
    """What a page's end left between the halves of a table, with the rule."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """Blocks, and what didn't go into them."""

    blocks: tuple[Block, ...] = ()
    taken: Taken = field(default_factory=Taken)


def together(parts: Iterable[Taken]) -> Taken:
    """What several shapes took away: of one line, the cells of all of them."""
    known = list(parts)
    cells: dict[int, list[str]] = {}
    for part in known:
        for number, text in part.dropped.items():
            cells.setdefault(number, []).append(text)
    return Taken(
        {number: " ".join(texts).strip() for number, texts in cells.items()},
        _joined(part.silent for part in known),
        _joined(part.moved for part in known),
        _joined(part.left_out for part in known),
        _joined(part.replaced for part in known),
        _joined(part.ends for part in known),
        tuple(problem for part in known for problem in part.problems),
    )


def _joined(parts: Iterable[Mapping[int, str]]) -> dict[int, str]:
    return {number: text for part in parts for number, text in part.items()}
