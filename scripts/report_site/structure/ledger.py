"""The ledger: one fate for each non-blank source line, and the proof that none is lost.

A published line must be found again: its letters and digits, as cleaned, stand in the block that it went to.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s
from types import MappingProxyType

from ..language.characters import CAPTION_MARK, NOTE_MARK, PICTURE_MARK, alternative_of
from ..model import Block, Change, Fate, LineFate, List, Page
from ..read.classify import ClassifiedLine, LineKind
from ..texts import blocks_of, texts_of

LEFT_OUT = "ruling-leaves-out"
"""Rule of a change: report.yml sets a table and leaves a printed number out."""


@dataclass(frozen=True, slots=True)
class Ledger:
    lines: tuple[LineFate, ...]
    total: int
    """Lines of the source, blank ones included."""
    unaccounted: tuple[int, ...]
    """Lines without a fate, or whose text isn't in their block."""

    def summary(self) -> dict[str, int]:
        counts = Counter(entry.fate.value for entry in self.lines)
        return {
            "lines": self.total,
            **{fate.value: counts.get(fate.value, 0) for fate in Fate},
            "unaccounted": len(self.unaccounted),
        }

    def __str__(self) -> str:
        s = self.summary()
        return (
            f"{s['lines']} lines: {s['published']} published, {s['merged']} merged, {s['furniture']} furniture, "
            f"{s['noise']} noise, {s['unaccounted']} unaccounted"
        )


def keep_ledger(
    lines: Sequence[ClassifiedLine],
    pages: Iterable[Page],
    printed: Mapping[int, int],
    dropped: Mapping[int, str],
    silent: Mapping[int, str],
    total: int,
    moved: Mapping[int, str] = MappingProxyType({}),
    ends: Mapping[int, str] = MappingProxyType({}),
    left_out: Mapping[int, str] = MappingProxyType({}),
) -> Ledger:
    """`dropped`: noise cells of lines that are published otherwise; `silent`: lines that a shape found to be noise;
    `moved`: rows of an index, as printed, whose cells went to the column of their type; `ends`: what a page's end
    left between the halves of a table; `left_out`: printed cells with numbers that a ruling leaves out.
    """
    homes = _homes(pages)
    by_number = {line.number: line for line in lines}
    entries: list[LineFate] = []
    open_lines: list[int] = []
    for line in lines:
        taken_into = by_number.get(line.line.part_of) if line.number not in homes else None
        entry = _fate(line, taken_into or line, homes, printed, dropped, silent, ends)
        if entry is not None and line.number in left_out:
            entry = replace(entry, changes=(*entry.changes, Change(LEFT_OUT, left_out[line.number], "")))
        if entry is not None and line.number in moved:
            entry = replace(entry, changes=(*entry.changes, Change("index-cells-moved", moved[line.number], "")))
        if entry is None:
            open_lines.append(line.number)
            continue
        if entry.fate in (Fate.PUBLISHED, Fate.MERGED) and not _is_kept(
            line, homes[line.number], dropped.get(line.number, "")
        ):
            open_lines.append(line.number)
        entries.append(entry)
    return Ledger(tuple(entries), total, tuple(open_lines))


@dataclass(frozen=True, slots=True)
class _Home:
    block: str
    page: str
    first: bool
    """No text of the block begins on an earlier line: the line is published, not merged into another."""
    texts: tuple[str, ...]


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
                homes[number] = _Home(name, before.page if before else page.slug, first, all_texts)
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
    dropped: Mapping[int, str],
    silent: Mapping[int, str],
    ends: Mapping[int, str],
) -> LineFate | None:
    """`judged`: the line itself, or the one that its text was taken into and shares the fate of."""
    page = printed.get(line.number)
    changes = line.line.changes
    digest = blake2s(line.line.raw.encode(), digest_size=6).hexdigest()
    if judged.kind is LineKind.FURNITURE:
        return LineFate(line.number, Fate.FURNITURE, judged.rule, digest, None, None, page, changes)
    if judged.kind is LineKind.TABLE_RULE:
        return LineFate(line.number, Fate.FURNITURE, "table-rule", digest, None, None, page, changes)
    if judged.kind is LineKind.NOISE:
        return LineFate(line.number, Fate.NOISE, judged.rule, digest, None, None, page, changes)
    if home := homes.get(line.number):
        fate = Fate.PUBLISHED if home.first else Fate.MERGED
        noise = (Change("noise-cell", dropped[line.number], ""),) if line.number in dropped else ()
        return LineFate(line.number, fate, line.rule, digest, home.block, home.page, page, (*changes, *noise))
    if judged.number in ends:
        return LineFate(line.number, Fate.FURNITURE, ends[judged.number], digest, None, None, page, changes)
    if judged.number in silent:
        return LineFate(line.number, Fate.NOISE, silent[judged.number], digest, None, None, page, changes)
    return None


def _is_kept(line: ClassifiedLine, home: _Home, dropped: str) -> bool:
    """Every letter and digit of the line stands in the texts that it went to, as often as in the line."""
    text = NOTE_MARK.sub("", line.text) if line.kind is LineKind.FOOTNOTE else line.text
    if line.kind is LineKind.PICTURE:
        text = PICTURE_MARK.sub(alternative_of, text)
    if match := CAPTION_MARK.match(text):
        text = match["text"]
    if line.kind is LineKind.TABLE_ROW:
        cells = (cell.strip() for cell in re.split(r"(?<!\\)\||\n", text.strip("|")))
        return all(
            _holds(home.texts, CAPTION_MARK.sub(r"\g<text>", cell)) for cell in cells if cell and cell not in dropped
        )
    return _holds(home.texts, f"{line.mark.mark if line.mark else ''} {text}")


def _holds(texts: Sequence[str], wanted: str) -> bool:
    have = Counter(char for text in texts for char in text if char.isalnum())
    need = Counter(char for char in wanted if char.isalnum())
    return all(have[char] >= count for char, count in need.items())
