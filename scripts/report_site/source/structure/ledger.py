"""The ledger: one fate for each non-blank source line, and the proof that nothing in it is lost.

A published line must be found again token by token (numbers with their signs and units, words, runs of ideographs):
in the texts that it went to, or in what the ledger names as dropped.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2s
from types import MappingProxyType

from ...language.characters import CAPTION_MARK, NOTE_MARK, PICTURE_MARK, alternative_of
from ...language.tokens import lost_tokens, tokens_of
from ...language.values import is_value
from ...model import Block, Change, Fate, LineFate, List, Page, Paragraph, RuleName
from ...model.texts import blocks_of, texts_of
from ..read.classify import ClassifiedLine, LineKind
from ..shape.taken import Taken


@dataclass(frozen=True, slots=True)
class Ledger:
    lines: tuple[LineFate, ...]
    total: int
    """Lines of the source, blank ones included."""
    tokens: int
    """Of all lines."""
    lost: Mapping[int, tuple[str, ...]]
    """Line -> its tokens that are on no page and that nothing names: all of them where the line has no fate."""

    @property
    def unaccounted(self) -> tuple[int, ...]:
        """Lines that aren't whole on a page, nor named as furniture, noise or dropped."""
        return tuple(self.lost)

    def summary(self) -> dict[str, int]:
        counts = Counter(entry.fate.value for entry in self.lines)
        return {
            "lines": self.total,
            **{fate.value: counts.get(fate.value, 0) for fate in Fate},
            "tokens": self.tokens,
            "unaccounted": sum(map(len, self.lost.values())),
        }

    def __str__(self) -> str:
        s = self.summary()
        return (
            f"{s['lines']} lines: {s['published']} published, {s['merged']} merged, {s['furniture']} furniture, "
            f"{s['noise']} noise; {s['tokens']} tokens, {s['unaccounted']} unaccounted"
        )


@dataclass(frozen=True, slots=True)
class Dropped:
    """What stages took away within lines, by line: no page shows it, the ledger names it."""

    taken: Taken = field(default_factory=Taken)
    """By the shapes."""
    ruled: frozenset[int] = frozenset()
    """Lines of tables whose cells report.yml sets."""
    heads: Mapping[int, str] = field(default_factory=dict)
    """What stands around a chapter's title in a running head that opens the chapter."""
    stand: frozenset[int] = frozenset()
    """Lines that are published as they stand."""


def keep_ledger(
    lines: Sequence[ClassifiedLine],
    pages: Iterable[Page],
    printed: Mapping[int, int],
    dropped: Dropped,
    total: int,
) -> Ledger:
    homes = _homes(pages)
    by_number = {line.number: line for line in lines}
    entries: list[LineFate] = []
    lost: dict[int, tuple[str, ...]] = {}
    for line in lines:
        taken_into = by_number.get(line.line.part_of) if line.number not in homes else None
        entry = _fate(line, taken_into or line, homes, printed, dropped)
        if entry is None:
            lost[line.number] = tuple(tokens_of(line.line.text)) or (line.line.text.strip(),)
            continue
        home = homes.get(line.number)
        if home and entry.fate in (Fate.PUBLISHED, Fate.MERGED):
            missing = _missing(line, home, dropped)
            if bullet := _lost_bullet(line, home):
                lost[line.number] = (bullet, *missing)
            elif missing and (rule := _excuse(line, home, dropped, missing)):
                entry = replace(entry, changes=(*entry.changes, Change(rule, " ".join(missing), "")))
            elif missing:
                lost[line.number] = missing
        entries.append(entry)
    tokens = sum(len(tokens_of(line.line.text)) for line in lines)
    return Ledger(tuple(entries), total, tokens, lost)


def _counts(token: str) -> bool:
    return any(char.isdigit() for char in token)


@dataclass(frozen=True, slots=True)
class _Home:
    block: str
    page: str
    first: bool
    """No text of the block begins on an earlier line: the line is published, not merged into another."""
    texts: tuple[str, ...]
    prose: bool
    """The block is of paragraphs or items, where each text begins on a line of its own."""
    begins: bool
    """A text begins on the line."""


def _homes(pages: Iterable[Page]) -> dict[int, _Home]:
    homes: dict[int, _Home] = {}
    for page in pages:
        for block in blocks_of(page):
            told, begun = _by_line(block)
            for number in block.lines:
                mine = (*told.get(number, ()), *_marks(block, number))
                before = homes.get(number)
                first = number in begun or (before is not None and before.first)
                all_texts = (*mine, *(before.texts if before else ()))
                name = before.block if before else block.id
                where = before.page if before else page.slug
                begins = number in begun or (before is not None and before.begins)
                homes[number] = _Home(name, where, first, all_texts, isinstance(block, List | Paragraph), begins)
    return homes


def _by_line(block: Block) -> tuple[dict[int, list[str]], set[int]]:
    """The block's texts by the lines that they stem from, and the lines on which one begins."""
    told: defaultdict[int, list[str]] = defaultdict(list)
    begun: set[int] = set()
    for text, _ in texts_of(block):
        begun |= set(text.lines[:1])
        for number in text.lines:
            told[number].append(text.source)
    return told, begun


def _marks(block: Block, number: int) -> Iterator[str]:
    """What counts the items of the line."""
    if isinstance(block, List):
        yield from (mark for item, mark in zip(block.items, block.marks, strict=False) if number in item.lines)


def _fate(
    line: ClassifiedLine,
    judged: ClassifiedLine,
    homes: Mapping[int, _Home],
    printed: Mapping[int, int],
    dropped: Dropped,
) -> LineFate | None:
    """`judged`: the line itself, or the one that its text was taken into and shares the fate of."""
    number, home = line.number, homes.get(line.number)
    changes = (*line.line.changes, *_taken_away(number, dropped))
    if judged.kind in _SILENT:
        fate, rule = _SILENT[judged.kind], judged.rule if judged.kind is not LineKind.TABLE_RULE else "table-rule"
    elif home:
        fate = Fate.PUBLISHED if home.first else Fate.MERGED
        rule = RuleName.AS_PRINTED if number in dropped.stand else line.rule
    elif judged.number in dropped.taken.ends:
        fate, rule = Fate.FURNITURE, dropped.taken.ends[judged.number]
    elif judged.number in dropped.taken.silent:
        fate, rule = Fate.NOISE, dropped.taken.silent[judged.number]
    else:
        return None
    digest = blake2s(line.line.raw.encode(), digest_size=6).hexdigest()
    shown = home if fate in (Fate.PUBLISHED, Fate.MERGED) else None
    block, page = (shown.block, shown.page) if shown else (None, None)
    return LineFate(number, fate, rule, digest, block, page, printed.get(number), changes)


_SILENT: Mapping[LineKind, Fate] = MappingProxyType(
    {LineKind.FURNITURE: Fate.FURNITURE, LineKind.TABLE_RULE: Fate.FURNITURE, LineKind.NOISE: Fate.NOISE}
)


def _taken_away(number: int, dropped: Dropped) -> Iterator[Change]:
    for rule, taken in (
        (RuleName.NOISE_CELL, dropped.taken.dropped),
        (RuleName.RULING_LEAVES_OUT, dropped.taken.left_out),
        (RuleName.INDEX_CELLS_MOVED, dropped.taken.moved),
        (RuleName.RULING_ALTERNATIVE, dropped.taken.replaced),
        (RuleName.RUNNING_HEAD, dropped.heads),
    ):
        if number in taken:
            yield Change(rule, taken[number], "")


def _missing(line: ClassifiedLine, home: _Home, dropped: Dropped, *, copies: bool = True) -> tuple[str, ...]:
    """The tokens of the line that neither its texts nor what was dropped of it hold."""
    taken = dropped.taken
    known = (taken.dropped, taken.left_out, taken.replaced, dropped.heads)
    named = (texts.get(line.number, "") for texts in known)
    return lost_tokens(_told(line, copies=copies), (*home.texts, *named))


def _lost_bullet(line: ClassifiedLine, home: _Home) -> str:
    """The mark of an item that was run into the text before it."""
    lost = line.rule == RuleName.LIST_MARK and home.prose and not home.begins
    return line.line.text.strip()[:1] if lost else ""


def _excuse(line: ClassifiedLine, home: _Home, dropped: Dropped, missing: Sequence[str]) -> str:
    """The rule that says why tokens of a published line aren't there; empty where none does."""
    if not _missing(line, home, dropped, copies=False):
        return "merged-cell-copies"
    return RuleName.RULING_LEAVES_OUT if line.number in dropped.ruled and not any(map(_counts, missing)) else ""


def _told(line: ClassifiedLine, *, copies: bool) -> str:
    """The line's text without the marks that lay it out; not `copies`: words that a merged cell repeats count once."""
    text = NOTE_MARK.sub("", line.line.text, count=1) if line.kind is LineKind.FOOTNOTE else line.line.text
    if line.kind is LineKind.PICTURE:
        return _of_pictures(text)
    if line.kind is LineKind.TABLE_ROW:
        cells = [cell.strip() for cell in _CELL_ENDS.split(text) if cell.strip()]
        cells = cells if copies else [cell for i, cell in enumerate(cells) if not _is_copy(cells, i)]
        return "\n".join(_uncaptioned(cell) for cell in cells).replace("\\|", "|")
    if _COLUMNS.search(line.line.raw):
        text = re.sub(r"(?<=[-−–])\s+(?=\d)", "\n", text)
    return _uncaptioned(_LAYOUT_MARK.sub("", text))


def _of_pictures(text: str) -> str:
    """What stands before, in and behind the marks of pictures: their captions without `Photo:`."""
    marks = list(PICTURE_MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    behind = (_uncaptioned(text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True))
    said = (f"{alternative_of(mark)}\n{caption}" for mark, caption in zip(marks, behind, strict=True))
    return "\n".join([text[: marks[0].start()], *said]) if marks else text


def _is_copy(cells: Sequence[str], i: int) -> bool:
    """Words equal to the cell before; equal numbers side by side are two numbers."""
    return i > 0 and cells[i] == cells[i - 1] and any(char.isalpha() for char in cells[i]) and not is_value(cells[i])


def _uncaptioned(text: str) -> str:
    """Without `Photo:` in front; the number of a figure stays, since the text refers to it."""
    match = CAPTION_MARK.match(text)
    return match["text"] if match and not _counts(match["mark"]) else text


_CELL_ENDS = re.compile(r"(?<!\\)\||\n")
_COLUMNS = re.compile(r"\s[-−–]\s{2,}\d")
"""Columns set by blanks: a stroke for nothing, then the number of the next column, which isn't negative."""
_LAYOUT_MARK = re.compile(r"^\s*(?:#+\s|>\s|[-*+•●○▪■◆◇‣⁃∙➢✓✔►▶·]\s*)+")
"""Marks of headings, quotations and items that aren't counted."""
