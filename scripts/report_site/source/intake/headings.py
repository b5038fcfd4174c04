"""Which blocks are headings and on which level: tags, bookmarks, then type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ...language.characters import bare
from ...language.patterns import NUMBERED_CAPTION, PAGE_NUMBER
from .blocks import Block, contents_pages, ends_sentence, is_entry
from .page import Bookmark

LONGEST_HEADING = 160
DEEPEST = 6
_TAGGED = re.compile(r"^H([1-6])?$|^Title$")
LEAST_TAGS = 3
"""Fewer tagged headings say nothing of the others."""
LEAST_HEADINGS = 3
NEAR_SIZES = 1.13


def headed(
    blocks: Sequence[Block], texts: Sequence[str], marks: Sequence[Bookmark], body: float, larger: float
) -> list[Block]:
    """The blocks, headings with their level; `larger`: the size of type from which on it is a title's."""
    contents = contents_pages(blocks, texts)
    entries = [is_entry(block, text, contents) for block, text in zip(blocks, texts, strict=True)]
    titles = {bare(mark.title): mark for mark in marks}
    tagged = [_tag_level(block) for block in blocks]
    if sum(map(bool, tagged)) < LEAST_TAGS:
        tagged = [0] * len(blocks)
    by_mark = [
        0 if entry else _mark_level(block, text, titles)
        for block, text, entry in zip(blocks, texts, entries, strict=True)
    ]
    typed = [
        _is_set_as_heading(blocks, i, text, body, larger) and not entries[i] and not (any(tagged) and blocks[i].element)
        for i, text in enumerate(texts)
    ]
    flat = len({mark.level for mark in marks}) < 2
    ranks = _ranks([block for block, is_heading in zip(blocks, typed, strict=True) if is_heading])
    if any(tagged):
        ranks = {size: _below(size, blocks, tagged) for size in ranks}
    levels = [
        tag
        or (mark if not flat else 0)
        or ((ranks.get(_size(block), len(set(ranks.values())) or 1)) if told or mark else 0)
        for block, tag, mark, told in zip(blocks, tagged, by_mark, typed, strict=True)
    ]
    return [
        replace(block, level=min(DEEPEST, level)) if level else block
        for block, level in zip(blocks, levels, strict=True)
    ]


def _below(size: float, blocks: Sequence[Block], tagged: Sequence[int]) -> int:
    """The level of an untagged heading among tagged ones: below those in larger type."""
    return 1 + max(
        (level for block, level in zip(blocks, tagged, strict=True) if level and _size(block) > size), default=0
    )


def _tag_level(block: Block) -> int:
    tag = block.lines[0].runs[0].tag if block.kind == "text" and block.lines else None
    match = _TAGGED.match(tag.role) if tag else None
    return int(match[1] or 1) if match else 0


def _mark_level(block: Block, text: str, titles: dict[str, Bookmark]) -> int:
    """A bookmark of the same wording that leads to this page (or the one beside it)."""
    mark = titles.get(bare(text)) if block.kind == "text" and len(text) <= LONGEST_HEADING else None
    return mark.level if mark and abs(mark.page - block.page) <= 1 else 0


def _is_set_as_heading(blocks: Sequence[Block], i: int, text: str, body: float, larger: float) -> bool:
    """Larger than the text, or bold where the text is not; short, no sentence, with something below it."""
    block = blocks[i]
    if block.kind != "text" or len(text) > LONGEST_HEADING or len(block.lines) > 4 or block.lines[0].angle:
        return False
    if not any(char.isalpha() for char in text) or PAGE_NUMBER.match(text) or NUMBERED_CAPTION.match(text):
        return False
    if next(char for char in text if char.isalpha()).islower():
        return False
    if (ends_sentence(text) and not text.endswith("?")) or text[-1:] in ",，、":
        return False
    sizes = [line.size for line in block.lines]
    if median(sizes) >= larger:
        return True
    bold = all(line.bold for line in block.lines)
    return bold and median(sizes) >= 0.97 * body and _heads_text(blocks, i)


def _heads_text(blocks: Sequence[Block], i: int) -> bool:
    """Something follows that is set otherwise."""
    following = blocks[i + 1] if i + 1 < len(blocks) else None
    if following is None or following.page - blocks[i].page > 1:
        return False
    return not all(line.bold for line in following.lines) or _size(following) != _size(blocks[i])


def _size(block: Block) -> float:
    return round(median(line.size for line in block.lines) * 2) / 2 if block.lines else 0.0


def _ranks(headings: Sequence[Block]) -> dict[float, int]:
    """Levels from the largest type down. Near sizes are one level; a size of one or two headings opens none."""
    counts = Counter(_size(block) for block in headings)
    groups: list[list[float]] = []
    for size in sorted(counts, reverse=True):
        if groups and groups[-1][0] / size < NEAR_SIZES:
            groups[-1].append(size)
        else:
            groups.append([size])
    level = 0
    ranks: dict[float, int] = {}
    for group in groups:
        often = sum(counts[size] for size in group) >= LEAST_HEADINGS or len(groups) <= 3
        level += 1 if often or not level else 0
        ranks |= dict.fromkeys(group, level)
        if not often and level == 1 and len(ranks) == len(group):
            level = 0
    return {size: max(1, rank) for size, rank in ranks.items()}
