"""How lines are looked at when furniture is told from text: marks off, numbers apart, prose known by its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ....language.characters import BULLETS, CLOSING_MARKS, SENTENCE_END, bare, han_count
from ....language.patterns import NUMBERING, PAGE_NUMBER
from ....model import SourceLine

_HEADING_MARK = re.compile(r"^(?!# (?:of|per)\b)(#{1,6})\s+")
"""`# of sites` says a number."""
_LIST_MARK = re.compile(rf"^\s*(?:[-*+]\s+|[{BULLETS}]\s*)")
_INNER_END = re.compile(r"[。！？；]|[a-z)][.!?]\s+[A-Z]")
_NUMBER_AT_END = re.compile(
    r"^(?P<rest>.*?(?:[^\d\s|｜·•—–/.,-]|(?:19|20)\d\d))"
    r"(?P<gap>[\s|｜·•—–/-]+)(?:p\.?\s*|page\s+)?(?P<page>\d{1,4})$",
    re.I,
)
_NUMBER_AT_START = re.compile(
    r"^(?:p\.?\s*|page\s+)?(?P<page>\d{1,4})(?P<gap>[\s|｜·•—–/-]+)(?P<rest>[^\d\s|｜·•—–/.,%-].*)$", re.I
)
LEAST_WIDTH = 40
"""Width of a line that can be a printed one in full; shorter lines are titles, labels, items."""
FULL = 0.8
"""Share of the type area's width that a line fills unless its paragraph ends."""
LONGEST_LINE = 160
"""Characters up to which a line can be a title, an entry or a running head."""
LONGEST_TITLE = 100
"""The same in width, ideographs counted double, for a title without a page number."""


def body(line: SourceLine) -> str:
    """The line's text without heading mark."""
    return _parted(line.text)[1]


def heading_mark(line: SourceLine) -> int:
    """How many `#` mark the line as a heading; 0 for none."""
    return _parted(line.text)[0]


@lru_cache(maxsize=1 << 14)
def _parted(text: str) -> tuple[int, str]:
    """Kept, since nearly every rule asks for it."""
    text = text.strip()
    match = _HEADING_MARK.match(text)
    return (len(match[1]), text[match.end() :]) if match else (0, text)


def unlisted(text: str) -> str:
    """The text without its bullet."""
    return _LIST_MARK.sub("", text).strip()


def is_listed(text: str) -> bool:
    return bool(_LIST_MARK.match(text))


def is_row(line: SourceLine) -> bool:
    return line.text.lstrip().startswith("|")


def bare_number(text: str) -> int | None:
    if len(text) > 40:
        return None
    match = PAGE_NUMBER.match(text.strip())
    return int(match[1]) if match else None


def is_year(value: int) -> bool:
    return value // 100 in (19, 20)


def page_number(line: SourceLine) -> int | None:
    """A number alone in its line that can be a page's: no year."""
    number = bare_number(body(line))
    return None if number is None or is_year(number) else number


def own_number(text: str) -> tuple[str, int] | None:
    """A text with a number before or behind it, such as a running head with its page."""
    if len(text) > LONGEST_LINE:
        return None
    for match in (_NUMBER_AT_END.match(text), _NUMBER_AT_START.match(text)):
        if match and not is_year(int(match["page"])):
            return match["rest"].strip(), int(match["page"])
    return None


def width(text: str) -> int:
    return len(text) + han_count(text)


def full_width(texts: Iterable[str]) -> int:
    """The width of a full line: what nine in ten lines don't pass; 0 where none can be full."""
    widths = sorted(found for text in texts if (found := width(text)) >= LEAST_WIDTH)
    return widths[int(0.9 * (len(widths) - 1))] if widths else 0


def ends_sentence(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS + " ")[-1:] in tuple(SENTENCE_END)


def is_prose(text: str) -> bool:
    """A sentence or part of one: never cover, contents or a running head."""
    plain = text.strip()
    return (
        (ends_sentence(plain) and not plain.endswith(("...", "…")))
        or bool(_INNER_END.search(plain))
        or width(plain) > 2 * LONGEST_TITLE
        or (plain.endswith(("，", "、", ",")) and width(plain) > 20)
        or (width(plain) > LONGEST_TITLE // 2 and plain.count("，") + plain.count("、") > 1)
    )


@lru_cache(maxsize=1 << 14)
def title_key(text: str) -> str:
    """`bare`, without what counts the title: the contents list may print a number that the text leaves out."""
    return bare(NUMBERING.sub("", text.strip(), count=1)) or bare(text)
