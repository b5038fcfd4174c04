"""Wrapped lines to one text, as their language writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .characters import HAN_CHARACTER

_HYPHENATED = re.compile(r"[a-z]-$")
_WIDE_MARK = re.compile("[，。、；：？！“”‘’（）《》—…]")


def join_lines(texts: Sequence[str]) -> str:
    """One paragraph of wrapped lines: no space between ideographs, hyphenated words mended."""
    first, *rest = [text for text in texts if text] or [""]
    pieces = [first]
    for text in rest:
        before = pieces[-1]
        if _HYPHENATED.search(before[-2:]) and text[:1].islower():
            pieces[-1] = before[:-1]
        elif needs_space(before[-1:], text[:1]):
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def needs_space(before: str, after: str) -> bool:
    if _WIDE_MARK.match(before) or _WIDE_MARK.match(after):
        return False
    return not (HAN_CHARACTER.match(before) and HAN_CHARACTER.match(after))
