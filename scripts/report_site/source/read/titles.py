"""Titles that the whole source tells: the contents list names them, or numbers count them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ...language.characters import han_count
from ...language.patterns import NUMBER_ALONE, NUMBERED_TITLES, PART_TITLE, PLAIN_NUMBER, PLAIN_TITLE
from ...model import SourceLine
from .furniture import Furniture, body, heading_mark, title_key
from .furniture.lines import bare_number, ends_sentence, is_listed, is_prose, is_row, width

LONGEST_SHORT = 60
PART_DEPTH = 9
"""Of a part that holds chapters, whose depth is 10."""
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)(?![\d%])")


@dataclass(frozen=True, slots=True)
class Titles:
    named: frozenset[int] = frozenset()
    """Lines that the contents list names, where no mark tells them."""
    rest: frozenset[int] = frozenset()
    """Second lines of such titles, and titles whose number stands on the line before."""
    first: Mapping[str, int] = field(default_factory=dict)
    """Decimal number -> the first line that begins with it."""
    counted: frozenset[int] = frozenset()
    """Lines without marks that count 1, 2, 3 through the source, with 2.1 below 2: `2 Our priorities`."""
    contradicts_marks: bool = False
    """Numbers tell other levels than `#` do."""


def find_titles(lines: Sequence[SourceLine], furniture: Furniture) -> Titles:
    """`lines`: no blank ones, no furniture."""
    first: dict[str, int] = {}
    for line in lines:
        if match := _DECIMAL.match(body(line)):
            first.setdefault(match[1], line.number)
    named, rest = _named(lines, furniture)
    numbers, titles = _below_their_number(lines)
    return Titles(frozenset(named | numbers), frozenset(rest | titles), first, _counted(lines), _contradicted(lines))


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
        elif (
            following is not None
            and key
            and bare_number(body(line)) is None
            and (both := title_key(f"{body(line)} {body(following)}")) in wanted
        ):
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


def _below_their_number(lines: Sequence[SourceLine]) -> tuple[set[int], set[int]]:
    """Numbers on a line of their own, where no mark tells them, and the titles on the next line."""
    numbers: set[int] = set()
    titles: set[int] = set()
    for i, (a, b) in enumerate(pairwise(lines)):
        if not NUMBER_ALONE.match(body(a)) or NUMBER_ALONE.match(body(b)) or (heading_mark(a) and not heading_mark(b)):
            continue
        if heading_mark(a):
            titles.add(b.number)
        elif _is_alone(lines, i) and b.number - a.number <= 2 and _is_short(b):
            numbers.add(a.number)
            titles.add(b.number)
    return numbers, titles


def _counted(lines: Sequence[SourceLine]) -> frozenset[int]:
    """The row of short lines with a number and no point that count on from 1, where decimals stand among them."""
    row: list[int] = []
    decimals = 0
    for i, line in enumerate(lines):
        text = body(line)
        match = PLAIN_TITLE.match(text)
        fits = match and int(match["number"]) == len(row) + 1 and _is_alone(lines, i) and not heading_mark(line)
        if match and fits and _is_short(line) and (match["text"][0].isupper() or han_count(match["text"][0])):
            row.append(line.number)
        elif row and re.match(rf"{len(row)}\.\d{{1,2}}\.?\s+[^\d\s%]", text) and _is_alone(lines, i):
            decimals += 1
    return frozenset(row) if len(row) > 1 and decimals else frozenset()


def _is_short(line: SourceLine) -> bool:
    text = body(line)
    return not is_row(line) and not is_listed(line.text) and not is_prose(text) and width(text) <= LONGEST_SHORT


def _contradicted(lines: Sequence[SourceLine]) -> bool:
    """Two headings with the same mark whose numbers stand on different levels, more often than not."""
    told = [(heading_mark(line), depth) for line in lines if heading_mark(line) and (depth := number_depth(body(line)))]
    pairs = [(a, b) for a, b in pairwise(told) if a[1] != b[1]]
    wrong = sum((a[0] < b[0]) != (a[1] < b[1]) or a[0] == b[0] for a, b in pairs)
    return wrong > len(pairs) / 2


def number_depth(text: str) -> int:
    """How deep the number before a title counts, schemes from the outermost; 0 without a number."""
    if NUMBER_ALONE.match(text):
        return number_depth(f"{text} x")
    decimals = len(NUMBERED_TITLES) - 1
    for depth, scheme in enumerate(NUMBERED_TITLES, 1):
        if match := scheme.match(text):
            if depth == 1 and PART_TITLE.match(text):
                return PART_DEPTH
            return min(depth, decimals) * 10 + (match.groupdict().get("number") or "").count(".")
    return decimals * 10 if PLAIN_NUMBER.match(text) else 0
