"""Which line is a picture's caption: one that says `Figure 3` wins, else a small line close below, else above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...language.characters import CAPTION_MARK
from ...language.patterns import NUMBERED_CAPTION, TABLE_TITLE
from .blocks import Block
from .pictures import Shot

LONGEST_CAPTION = 300
LONGEST_UNNAMED = 120
"""Of a line that doesn't say that it is a caption."""
FAR = 64.0
"""Points between a picture and a line that names itself its caption."""


@dataclass(frozen=True, slots=True)
class Captioned:
    of: Mapping[int, int]
    """Block of the caption, by block of the drawing."""
    offered: Mapping[int, tuple[int, ...]]
    """Other blocks that may be it."""

    @property
    def taken(self) -> frozenset[int]:
        return frozenset(self.of.values())


def captioned(
    blocks: Sequence[Block], texts: Sequence[str], shots: Mapping[int, Sequence[Shot]], body: float
) -> Captioned:
    pages: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        pages.setdefault(block.page, []).append(i)
    of: dict[int, int] = {}
    offered: dict[int, tuple[int, ...]] = {}
    for indices in pages.values():
        scored = sorted(
            (score, drawing, i)
            for drawing in indices
            if (found := blocks[drawing].drawing) and not shots[blocks[drawing].page][found.index].decoration
            for i in indices
            for score in _score(blocks[drawing], blocks[i], texts[i], body)
        )
        for _, drawing, i in scored:
            if drawing not in of and i not in of.values():
                of[drawing] = i
        for drawing in {drawing for _, drawing, _ in scored}:
            offered[drawing] = tuple(i for _, d, i in scored if d == drawing and of.get(drawing) != i)
    return Captioned(of, offered)


def _score(drawing: Block, block: Block, text: str, body: float) -> Iterator[float]:
    """The smaller, the likelier; nothing for what can't be its caption."""
    if block.kind != "text" or not block.lines or len(text) > LONGEST_CAPTION or block.level:
        return
    across = min(drawing.box.right, block.box.right) - max(drawing.box.left, block.box.left)
    if across < 0.5 * min(drawing.box.width, block.box.width):
        return
    below, above = block.box.top - drawing.box.bottom, drawing.box.top - block.box.bottom
    distance = below if below > -6 else above
    if distance < -6:
        return
    named = (CAPTION_MARK.match(text) or NUMBERED_CAPTION.match(text)) and not TABLE_TITLE.match(text)
    if named and distance <= FAR:
        yield distance - 1000
        return
    line = block.lines[0]
    if line.angle or text[:1].islower() or text[-1:] in ":：" or not text[:1].isalnum():
        return
    if len(text) > LONGEST_UNNAMED:
        return
    small = (line.size < 0.97 * body or line.style.italic) and len(block.lines) <= 4
    centred = abs(block.box.middle[0] - drawing.box.middle[0]) < 6 and len(block.lines) == 1
    close = distance <= 1.6 * line.size
    if close and (small or (centred and len(text) <= 60)) and block.box.width <= drawing.box.width * 1.15 + 12:
        yield distance if below > -6 else distance + 500
