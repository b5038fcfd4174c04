"""Flows to blocks: paragraphs whole, headings, list items; tables and pictures at their place."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ...language.characters import (
    BULLETS,
    CLOSING_MARKS,
    CONTENTS_TITLES,
    HAN_PUNCTUATION,
    RAISED_DIGITS,
    SENTENCE_END,
    bare,
    is_han,
)
from ...language.patterns import JOINING_ENDS, LONG_LEADERS, NUMBERED_CAPTION, OPEN_WORDS
from .extraction import Box
from .layout import Drawing, Flow, Item, Panel
from .lines import Line, union
from .strips import Strip
from .tables import Table

_BULLET = re.compile(rf"^(?P<mark>(?![□☐☑☒].*[□☐☑☒])[{re.escape(BULLETS)}]|[-–*](?=\s))\s*(?P<text>\S.*)$", re.DOTALL)
"""A list's mark; several boxes to tick in a line are a choice."""
_NUMBERED = re.compile(r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[.)、）](?!\d)|[①-⑳]|\([a-z]\)|[a-z]\))\s*\S")
_MARK = re.compile(r"^([（(]?)(\d{1,2}|[a-z]|[①-⑳])([.)、）]?)(?![\d.])\s*(?=\S)")
_PAGE_AT_END = re.compile(r"\S\s*[.…·⋯_ ]*\s\d{1,4}$|[.…·⋯]{3,}\s*\d{1,4}$")


LEAST_STEPS = 4
LARGE = 1.13
"""Times the size of running text from which on type is a title's."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one paragraph, heading or list item; or a table; or a drawing."""

    kind: str
    """`text`, `item`, `entry` (of a contents list), `table`, `drawing`, `strip` (of key figures)."""
    box: Box
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    drawing: Drawing | None = None
    strip: Strip | None = None
    level: int = 0
    """Of a heading; 0 for text."""
    page: int = 0
    """Where it begins."""
    end: int = 0
    """The page of its last line; 0 for the same."""
    right: float = 0.0
    """Where the column ends."""
    left: float = 0.0

    @property
    def element(self) -> int:
        return self.lines[0].element if self.lines else 0


def blocks_of(flows: Sequence[Flow], page: int, usual: float) -> list[Block]:
    """`usual`: the document's distance from line to line, as a share of the size."""
    blocks: list[Block] = []
    for flow in flows:
        blocks += _flow_blocks(flow, page, usual)
    return blocks


def _flow_blocks(flow: Flow, page: int, usual: float) -> Iterator[Block]:
    lines = _on_levels(flow)
    rows = [item for item in lines if isinstance(item, Line)]
    right = max((line.box.right for line in rows), default=0.0)
    left = min((line.box.left for line in rows), default=0.0)
    pitch = usual_pitch(rows, usual)
    pending: list[Line] = []
    for item in lines:
        if isinstance(item, Line):
            if pending and _opens(pending, item, left, right, pitch):
                yield _text_block(pending, page, left, right)
                pending = []
            pending.append(item)
            continue
        if pending:
            yield _text_block(pending, page, left, right)
            pending = []
        if isinstance(item, Strip):
            yield Block("strip", item.box, item.lines, strip=item, page=page)
        elif isinstance(item, Table):
            yield Block("table", item.box, table=item, page=page)
        elif isinstance(item, Drawing):
            yield Block("drawing", item.box, drawing=item, page=page)
        elif isinstance(item, Panel):
            raise TypeError("panels are opened by the layout")
    if pending:
        yield _text_block(pending, page, left, right)


def _on_levels(flow: Flow) -> list[Item]:
    """Pieces on one level are one line: a numeral and its title, a title and its page number."""
    joined: list[Item] = []
    for item in flow:
        before = joined[-1] if joined else None
        if isinstance(item, Line) and isinstance(before, Line) and _one_line(before, item):
            joined[-1] = Line((*before.runs, *item.runs), before.bullet)
        else:
            joined.append(item)
    return joined


def _one_line(a: Line, b: Line) -> bool:
    if a.angle or b.angle or a.hyphen:
        return False
    overlap = min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top)
    return overlap > 0.6 * min(a.box.height, b.box.height) and b.box.left >= a.box.right - 0.5 * b.size


def usual_pitch(lines: Sequence[Line], otherwise: float = 1.3) -> float:
    """The usual distance from line to line, as a share of the type's size; `otherwise` where too few lines tell it."""
    steps = [
        (b.box.bottom - a.box.bottom) / max(b.size, 1)
        for a, b in itertools.pairwise(lines)
        if abs(a.size - b.size) < 0.3 and 0.5 < (b.box.bottom - a.box.bottom) / max(b.size, 1) < 4
    ]
    if len(steps) < LEAST_STEPS:
        return otherwise
    counts = Counter(round(step, 1) for step in steps)
    usual = [step for step, n in counts.items() if n >= 0.2 * len(steps)]
    return min(usual) if usual else median(steps)


def _opens(pending: Sequence[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    """`line` begins a block of its own below `pending`."""
    before = pending[-1]
    if before.element and line.element:
        return before.element != line.element
    if before.angle != line.angle:
        return True
    if (
        line.bullet
        or _BULLET.match(line.text)
        or line.text[:1] in RAISED_DIGITS  # A note's own mark: one in a text hangs on the word before it.
        or (_NUMBERED.match(line.text) and not _within_sentence(before, line, left, right))
        or _counts_on(pending[0], line)
    ):
        return True
    if NUMBERED_CAPTION.match(before.text) and not _fills(before, right):
        return True
    if _is_closed_entry(before) or (_PAGE_AT_END.search(before.text) and _PAGE_AT_END.search(line.text)):
        return True
    step = (line.box.bottom - before.box.bottom) / max(min(line.size, before.size), 1)
    if step > pitch * 1.18 + 0.12 or step < -0.5:
        return True
    return (
        _set_otherwise(before, line, right)
        or _indented(pending, line, left, right)
        or _after_short(before, line, right)
    )


def _is_closed_entry(line: Line) -> bool:
    """A number set apart at the line's end: the page of a contents entry."""
    if len(line.runs) < 2 or not line.runs[-1].text.strip().isdigit():
        return False
    return line.runs[-1].box.left - line.runs[-2].box.right > 1.2 * line.size


def _counts_on(item: Line, line: Line) -> bool:
    """Both begin with a list's mark, at one edge, and the second is the next of the first."""
    a, b = _MARK.match(item.text), _MARK.match(line.text)
    if not a or not b or abs(item.box.left - line.box.left) > 2 or (a[1], a[3]) != (b[1], b[3]):
        return False
    if a[2].isdigit() and b[2].isdigit():
        return int(b[2]) == int(a[2]) + 1
    return len(a[2]) == len(b[2]) == 1 and ord(b[2]) == ord(a[2]) + 1


def _within_sentence(before: Line, line: Line, left: float, right: float) -> bool:
    """A numeral at the head of a wrapped line that goes on: `… in section / 2) of`; a colon leads in a list."""
    ended = before.text[-1:] in f"{SENTENCE_END}：:；;" and (
        before.text[-1:] in SENTENCE_END or not _fills(before, right)
    )
    return line.box.left > left + 4 or not ended


def _set_otherwise(before: Line, line: Line, right: float) -> bool:
    """Another size; or another weight or colour where the line above was finished."""
    if abs(before.size - line.size) > 0.06 * max(before.size, line.size):
        return True
    last, first = before.runs[-1].style, line.runs[0].style
    changed = (before.bold, before.style.colour) != (line.bold, line.style.colour)
    at_edge = (last.bold, last.colour) != (first.bold, first.colour)
    return changed and at_edge and (not _fills(before, right) or ends_sentence(before.text))


def _fills(line: Line, right: float) -> bool:
    return line.box.right > right - max(4 * line.size, 0.16 * (right - line.box.left))


def _indented(pending: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """Its first line is set in; below a short line that is set in as far, it is the next paragraph's."""
    before = pending[-1]
    step = line.box.left - before.box.left
    set_in = 0.9 * line.size < line.box.left - left < 5 * line.size
    both = set_in and abs(step) < 2 and abs(before.size - line.size) < 0.5 and not _fills(before, right)
    hanging = pending[0].bullet or _BULLET.match(pending[0].text) or _NUMBERED.match(pending[0].text)
    if hanging:
        return line.box.left < before.box.left - 2 and len(pending) > 1 and line.box.left <= left + 1
    return both or (0.9 * line.size < step < 5 * line.size and abs(before.box.left - left) < 0.6 * line.size)


def _after_short(before: Line, line: Line, right: float) -> bool:
    return ends_sentence(before.text) and not _fills(before, right)


def ends_sentence(text: str) -> bool:
    return text.rstrip(RAISED_DIGITS + CLOSING_MARKS)[-1:] in SENTENCE_END


def _text_block(lines: Sequence[Line], page: int, left: float, right: float) -> Block:
    box = union(line.box for line in lines)
    tag = lines[0].runs[0].tag
    marked = lines[0].bullet or _BULLET.match(lines[0].text)
    kind = "item" if marked or (tag and tag.role == "LI") else "text"
    return Block(kind, box, tuple(lines), page=page, left=left, right=right)


# --- text of a block -----------------------------------------------------------------------------------------------

Joiner = Callable[[str, str], str]


class Hyphens:
    """What a hyphen at a line's end is: learnt from the words of the same document."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = Counter(
            word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
        )

    def joined(self, before: str, after: str) -> str:
        """`before` ends in a hyphen of the line break."""
        head = re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$", before)
        tail = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", after)
        if not head or not tail:
            return before + after
        whole, parted = (head[1] + tail[0]).casefold(), f"{head[1]}-{tail[0]}".casefold()
        if self._words[parted] or not after[0].islower() or (not self._words[whole] and self._parts_known(head, tail)):
            return before + after
        return before[:-1] + after

    def _parts_known(self, head: re.Match[str], tail: re.Match[str]) -> bool:
        """Both parts stand as words elsewhere, the whole nowhere: a compound."""
        return bool(self._words[head[1].split("-")[-1].casefold()] and self._words[tail[0].split("-")[0].casefold()])


def joined_text(lines: Sequence[Line], hyphens: Hyphens) -> str:
    """One paragraph: no space between ideographs, hyphens of line breaks mended."""
    text = lines[0].text
    for line in lines[1:]:
        following = line.text
        if text.endswith("-") and following and not text.endswith(" -"):
            text = hyphens.joined(text, following)
        elif _no_space(text[-1:], following[:1]):
            text += following
        else:
            text = f"{text} {following}"
    return " ".join(text.split())


def _no_space(before: str, after: str) -> bool:
    return (is_han(before) or before in HAN_PUNCTUATION or before == "") and (
        is_han(after) or after in HAN_PUNCTUATION or after == ""
    )


def bullet_text(text: str) -> str:
    """The item without its mark."""
    match = _BULLET.match(text)
    return match["text"] if match else text


def contents_pages(blocks: Sequence[Block], texts: Sequence[str]) -> frozenset[int]:
    """Pages of the contents list: the one with its title, and the next while entries go on."""
    named = {bare(title) for title in CONTENTS_TITLES}
    pages = {block.page for block, text in zip(blocks, texts, strict=True) if bare(text) in named}
    entries = Counter(b.page for b, t in zip(blocks, texts, strict=True) if b.kind == "text" and _PAGE_AT_END.search(t))
    texts_on = Counter(block.page for block in blocks if block.kind == "text")
    going_on = {page + 1 for page in pages if entries[page + 1] > 0.6 * max(1, texts_on[page + 1])}
    return frozenset(pages | going_on)


def is_entry(block: Block, text: str, contents: frozenset[int]) -> bool:
    """A contents entry: a title and the number of its page."""
    told = block.page in contents and block.kind == "text" and len(LONG_LEADERS.sub("", text)) < 160
    return told and bool(_PAGE_AT_END.search(text)) and any(char.isalpha() for char in text)


# --- paragraphs over columns and pages -----------------------------------------------------------------------------


def rejoined(blocks: Sequence[Block], body: float) -> list[Block]:
    """Paragraphs that a column's or a page's end tore are one again, at the place where they begin.

    `body`: the size of running text. Larger type opens its page: it goes on with nothing from the page before.
    """
    done: list[Block] = []
    for block in blocks:
        opens = bool(done) and block.page != done[-1].page and bool(block.lines) and block.lines[0].size >= LARGE * body
        home = None if opens else _open_end(done, block)
        if home is None:
            done.append(block)
        else:
            torn = done[home]
            done[home] = replace(
                torn, lines=torn.lines + block.lines, right=block.right, left=block.left, end=block.page
            )
    return done


def _open_end(done: Sequence[Block], block: Block) -> int | None:
    """Index of the paragraph that `block` goes on with: the last one, pictures and notes below it aside."""
    if block.kind != "text" or block.level or not block.lines:
        return None
    for back in range(len(done) - 1, max(-1, len(done) - 14), -1):
        candidate = done[back]
        if candidate.lines and not candidate.level and candidate.element and candidate.element == block.element:
            return back
        if candidate.kind in ("table", "drawing", "strip"):
            continue
        if candidate.level or _continues(candidate, block):
            return back if not candidate.level else None
        if not _is_aside(candidate, block):
            return None
    return None


def _is_aside(candidate: Block, block: Block) -> bool:
    """Smaller type: a note or a caption between the two parts of a paragraph."""
    return bool(candidate.lines) and candidate.lines[0].size < 0.93 * block.lines[0].size


def _continues(torn: Block, block: Block) -> bool:
    if torn.kind not in ("text", "item") or not torn.lines:
        return False
    last, first = torn.lines[-1], block.lines[0]
    page = torn.end or torn.page
    same_column = block.page == page and abs(first.box.left - last.box.left) < 30 and first.box.top > last.box.top
    if same_column or block.page - page > 1 or abs(last.size - first.size) > 0.4 or last.bold != first.bold:
        return False
    caption = NUMBERED_CAPTION.match(first.text) and not ends_sentence(block.lines[-1].text)
    if caption or ends_sentence(last.text) or last.text[-1:] in ":：" or not _fills(last, torn.right):
        return False
    if is_han(first.text[:1]) or first.text[:1] in HAN_PUNCTUATION:
        return first.box.left < block.left + 0.9 * first.size
    return first.text[:1].islower() or first.text[:1] in "(" or _mid_name(last.text)


def _mid_name(text: str) -> bool:
    """The line stops at a word or mark that can't end anything."""
    words = text.split()
    return bool(words) and (words[-1].casefold() in OPEN_WORDS or text[-1:] in JOINING_ENDS + ",–—")
