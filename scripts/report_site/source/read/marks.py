"""Marks that count a list's items: `1.`, `(2)`, `c)` and their Chinese kin. A text may refer to one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...language.characters import CHINESE_DIGITS, CIRCLED_DIGITS
from ...language.patterns import ALWAYS_ITEM_MARKS, ITEM_MARKS
from ...model import SourceLine
from .furniture.lines import ends_sentence, heading_mark, is_row, width
from .paragraph_marks import ParagraphMarks

_ITEM_START = re.compile(r"^\S{1,4} +(?=\S)")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
LEAST_WRAPPED = 40
"""Width of a line that breaks because it is full."""


@dataclass(frozen=True, slots=True)
class ListMark:
    mark: str
    """As printed."""
    text: str
    style: str
    """What stays the same through a list: the mark with its count taken out."""
    value: int
    count: str = ""
    """What counts: `iv` of `(iv)`. One letter may count as a letter or as a Roman number."""


def list_marks(lines: Sequence[SourceLine]) -> Mapping[int, ListMark]:
    """The marks of the lines that are items: their mark is one of a list's, or its neighbour counts on."""
    found: dict[int, ListMark] = {}
    before: tuple[int, ListMark, SourceLine] | None = None
    last: SourceLine | None = None
    paragraphs = ParagraphMarks.of(lines)
    for line in lines:
        mark = mark_of(line)
        if mark is None:
            wrapped = last is not None and (_is_wrapped(last, line) or paragraphs.goes_on(last, line))
            before = before if wrapped or (before is not None and _is_below(before[2], line)) else None
        else:
            if ALWAYS_ITEM_MARKS.match(mark.mark):
                found[line.number] = mark
            if before is not None and counts_on(before[1], mark):
                found[before[0]], found[line.number] = before[1], mark
            before = (line.number, mark, line)
        last = line
    return found


def counts_on(before: ListMark | None, after: ListMark | None) -> bool:
    """The marks are of one list: both bullets, or the second is the next of the first."""
    if before is None or after is None:
        return before is after
    if before.style != after.style:
        return False
    romans = [_ROMAN.get(mark.count, 0) for mark in (before, after)]
    return after.value == before.value + 1 or (romans[0] > 0 and romans[1] == romans[0] + 1)


def _is_wrapped(item: SourceLine, line: SourceLine) -> bool:
    """`line` goes on with the item right above it, which fills its own line."""
    follows = line.number == item.number + 1 and not is_row(line) and not heading_mark(line)
    return follows and width(item.text) >= LEAST_WRAPPED and not ends_sentence(item.text)


def _is_below(item: SourceLine, line: SourceLine) -> bool:
    """A paragraph that is set in below its item, just as far as the item's own text, as Markdown has it."""
    start = _ITEM_START.match(item.raw)
    return start is not None and not heading_mark(line) and len(line.raw) - len(line.raw.lstrip(" ")) == len(start[0])


def mark_of(line: SourceLine) -> ListMark | None:
    text = line.text.strip()
    if heading_mark(line) or is_row(line):
        return None
    match = ITEM_MARKS.match(text)
    if match is None:
        return None
    name, count = next((name, found) for name, found in match.groupdict().items() if found and name != "text")
    printed = text[: match.start("text")].strip()
    style = printed.replace(count, name.replace("roman", "letter"), 1)
    return ListMark(printed, match["text"].strip(), style, _value(count), count)


def _value(count: str) -> int:
    if count in CIRCLED_DIGITS:
        return CIRCLED_DIGITS.index(count) + 1
    if count.isdigit():
        return int(count)
    if count[0] in CHINESE_DIGITS:
        return _chinese_value(count)
    if len(count) > 1:
        return _ROMAN.get(count, 0)
    return ord(count.casefold()) - ord("a") + 1


def _chinese_value(count: str) -> int:
    """One to ninety-nine, as lists count."""
    digits = CHINESE_DIGITS[:9]
    ten = CHINESE_DIGITS[9]
    tens, found, ones = count.partition(ten)
    if not found:
        return digits.find(count) + 1
    return 10 * (digits.find(tens) + 1 if tens else 1) + (digits.find(ones) + 1 if ones else 0)
