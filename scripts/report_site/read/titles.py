"""Titles that the whole source tells: the contents list names them, or numbers count them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..language.patterns import NUMBER_ALONE, NUMBERED_TITLES, PLAIN_NUMBER
from ..model import SourceLine
from .furniture import Furniture, body, heading_mark, title_key
from .furniture.lines import ends_sentence, is_listed, is_row

_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)(?![\d%])")


@dataclass(frozen=True, slots=True)
class Titles:
    named: frozenset[int] = frozenset()
    """Lines that the contents list names, where no mark tells them."""
    rest: frozenset[int] = frozenset()
    """Second lines of such titles, and titles whose number stands on the line before."""
    first: Mapping[str, int] = field(default_factory=dict)
    """Decimal number -> the first line that begins with it."""
    contradicts_marks: bool = False
    """Numbers tell other levels than `#` do."""


def find_titles(lines: Sequence[SourceLine], furniture: Furniture) -> Titles:
    """`lines`: no blank ones, no furniture."""
    first: dict[str, int] = {}
    for line in lines:
        if match := _DECIMAL.match(body(line)):
            first.setdefault(match[1], line.number)
    named, rest = _named(lines, furniture)
    numbered = _below_their_number(lines)
    return Titles(frozenset(named), frozenset(rest) | numbered, first, _contradicted(lines))


def _named(lines: Sequence[SourceLine], furniture: Furniture) -> tuple[set[int], set[int]]:
    """The first line that stands alone and equals an entry of the contents list, on the page that the list gives."""
    wanted = set(furniture.contents.titles)
    wanted -= {title_key(body(line)) for line in lines if heading_mark(line)}
    wanted -= {title_key(body(line)) for line in lines if line.number in furniture.opened_titles}
    named: set[int] = set()
    rest: set[int] = set()
    for i, line in enumerate(lines):
        if not wanted or not _is_alone(lines, i) or line.number in rest:
            continue
        key = title_key(body(line))
        following = lines[i + 1] if i + 1 < len(lines) else None
        if key in wanted and _on_its_page(line, furniture):
            wanted.discard(key)
            named.add(line.number)
        elif following is not None and (both := title_key(f"{body(line)} {body(following)}")) in wanted:
            wanted.discard(both)
            named.add(line.number)
            rest.add(following.number)
    return named, rest


def _is_alone(lines: Sequence[SourceLine], i: int) -> bool:
    """No row or item, and no part of a paragraph that began above."""
    line = lines[i]
    if is_row(line) or is_listed(line.text) or heading_mark(line) or len(line.text) > 120:
        return False
    before = lines[i - 1] if i else None
    touches = before is not None and before.number == line.number - 1 and not line.page_break
    return before is None or not touches or ends_sentence(body(before)) or is_row(before) or len(body(before)) < 40


def _on_its_page(line: SourceLine, furniture: Furniture) -> bool:
    printed, told = furniture.printed_pages.get(line.number), furniture.contents.page_of(body(line))
    return printed is None or told is None or abs(printed - told) <= 1


def _below_their_number(lines: Sequence[SourceLine]) -> frozenset[int]:
    """Marked headings whose number is the marked heading before."""
    return frozenset(
        b.number
        for a, b in pairwise(lines)
        if heading_mark(a) and heading_mark(b) and NUMBER_ALONE.match(body(a)) and not NUMBER_ALONE.match(body(b))
    )


def _contradicted(lines: Sequence[SourceLine]) -> bool:
    """Two headings with the same mark whose numbers stand on different levels, more often than not."""
    told = [(heading_mark(line), depth) for line in lines if heading_mark(line) and (depth := number_depth(body(line)))]
    pairs = [(a, b) for a, b in pairwise(told) if a[1] != b[1]]
    wrong = sum((a[0] < b[0]) != (a[1] < b[1]) or a[0] == b[0] for a, b in pairs)
    return wrong > len(pairs) / 2


def number_depth(text: str) -> int:
    """How deep the number before a title counts, schemes from the outermost; 0 without a number."""
    decimals = len(NUMBERED_TITLES) - 1
    for depth, scheme in enumerate(NUMBERED_TITLES, 1):
        if match := scheme.match(text):
            return min(depth, decimals) * 10 + (match.groupdict().get("number") or "").count(".")
    return decimals * 10 if PLAIN_NUMBER.match(text) else 0
