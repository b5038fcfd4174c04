"""Which blocks are headings and on which level: tags, bookmarks, then type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ..language.characters import CAPTION_MARK, CONTENTS_TITLES, bare
from ..language.patterns import PAGE_NUMBER
from .blocks import Block, ends_sentence, is_entry
from .pdfium import Bookmark

LONGEST_HEADING = 160
DEEPEST = 6
_TAGGED = re.compile(r"^H([1-6])?$|^Title$")
Key = tuple[float, bool, int]
"""Size, weight, colour."""


def headed(blocks: Sequence[Block], texts: Sequence[str], marks: Sequence[Bookmark], body: float) -> list[Block]:
    """The blocks, headings with their level."""
    titles = {bare(mark.title): mark for mark in marks}
    tagged = [_tag_level(block) for block in blocks]
    believes_tags = sum(map(bool, tagged)) >= 3
    by_mark = [_mark_level(block, text, titles) for block, text in zip(blocks, texts, strict=True)]
    typed = [
        _is_set_as_heading(blocks, i, text, body) and not (believes_tags and blocks[i].element)
        for i, text in enumerate(texts)
    ]
    flat = len({mark.level for mark in marks}) < 2
    ranks = _ranks([block for block, is_heading in zip(blocks, typed, strict=True) if is_heading])
    shift = 0
    levels = []
    for block, tag, mark, is_heading in zip(blocks, tagged, by_mark, typed, strict=True):
        level = 0
        if believes_tags and tag:
            level = tag
        elif mark and not flat:
            level = mark
        elif is_heading or mark:
            level = ranks.get(_key(block), max(ranks.values(), default=0) or 1) + shift
        levels.append(min(DEEPEST, level))
    return [replace(block, level=level) if level else block for block, level in zip(blocks, levels, strict=True)]


def _tag_level(block: Block) -> int:
    tag = block.lines[0].runs[0].tag if block.kind == "text" and block.lines else None
    match = _TAGGED.match(tag.role) if tag else None
    return int(match[1] or 1) if match else 0


def _mark_level(block: Block, text: str, titles: dict[str, Bookmark]) -> int:
    """A bookmark of the same wording that leads to this page (or the one beside it)."""
    mark = titles.get(bare(text)) if block.kind == "text" and len(text) <= LONGEST_HEADING else None
    return mark.level if mark and abs(mark.page - block.page) <= 1 and not is_entry(text) else 0


def _is_set_as_heading(blocks: Sequence[Block], i: int, text: str, body: float) -> bool:
    """Larger than the text, or bold where the text is not; short, no sentence, with something below it."""
    block = blocks[i]
    if block.kind != "text" or len(text) > LONGEST_HEADING or len(block.lines) > 4 or block.lines[0].angle:
        return False
    if not any(char.isalpha() for char in text) or PAGE_NUMBER.match(text) or is_entry(text) or CAPTION_MARK.match(text):
        return False
    if (ends_sentence(text) and not text.endswith("?")) or text[-1:] in ",，、":
        return False
    sizes = [line.size for line in block.lines]
    if median(sizes) >= 1.13 * body:
        return bare(text) in {bare(title) for title in CONTENTS_TITLES} or len(text) > 1
    bold = all(line.bold for line in block.lines)
    return bold and median(sizes) >= 0.97 * body and _heads_text(blocks, i)


def _heads_text(blocks: Sequence[Block], i: int) -> bool:
    following = blocks[i + 1] if i + 1 < len(blocks) else None
    if following is None or following.page - blocks[i].page > 1:
        return False
    return not following.lines or not all(line.bold for line in following.lines) or _key(following) != _key(blocks[i])


def _key(block: Block) -> Key:
    """Weight counts up to body size only: large type is a heading either way."""
    lines = block.lines
    return (round(median(line.size for line in lines) * 2) / 2, lines[0].bold, 0)


def _ranks(headings: Sequence[Block]) -> dict[Key, int]:
    """Levels from the largest type down; sizes that differ by less than a half point are one level."""
    counts = Counter(_key(block) for block in headings)
    ranks: dict[Key, int] = {}
    level, last = 0, None
    for key in sorted(counts, key=lambda key: (-key[0], not key[1])):
        if last is None or last[0] - key[0] > 0.5 or (last[1] and not key[1]):
            level += 1
            last = key
        ranks[key] = level
    return ranks
