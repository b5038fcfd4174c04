"""Wrapped lines to one text, as their language writes it."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from .characters import HAN, HAN_CHARACTER

_HYPHENATED = re.compile(r"[A-Za-z0-9]-$")
_BROKEN = re.compile(r"[a-z]-$")
_SUSPENDED = re.compile(r"(?:and|or|to)\b")
_COMPOUND_SO_FAR = re.compile(r"[A-Za-z]-[A-Za-z]+-$|(?<![A-Za-z])(?:[Ww]ell|[Ss]elf|[Cc]ross|[Hh]alf)-$")
_SECOND_OF_COMPOUND = re.compile(
    r"(?:term|based|related|free|scale|party|neutral|efficient|friendly|level|quality|making|effective|driven|led|owned"
    r"|specific|intensive|risk|saving|to|of|in|up|year|wide|value|chain|carbon|income)\b(?!-[a-z]+ly)"
)
"""Words that keep the hyphen before them: the whole word without it hardly exists."""
_CUT_NUMBER = re.compile(f"[{HAN}][^.]*\\d\\.$")
_WIDE_MARK = re.compile("[，。、；：？！“”‘’（）《》—…]")


def join_lines(texts: Sequence[str]) -> str:
    """One paragraph of wrapped lines: no space between ideographs, hyphenated words mended."""
    first, *rest = [text for text in texts if text] or [""]
    pieces = [first]
    for text in rest:
        before = pieces[-1]
        if _HYPHENATED.search(before[-2:]):
            pieces[-1], gap = _hyphen(before, text)
            pieces.append(gap)
        elif _CUT_NUMBER.search(before) and text[:1].isdigit():
            pass  # one number, broken at its decimal point
        elif needs_space(before[-1:], text[:1]):
            pieces.append(" ")
        pieces.append(text)
    return "".join(pieces)


def needs_space(before: str, after: str) -> bool:
    if _WIDE_MARK.match(before) or _WIDE_MARK.match(after):
        return False
    return not (HAN_CHARACTER.match(before) and HAN_CHARACTER.match(after))


def filled(template: str, **names: str) -> str:
    """The template with its `{names}` filled in; between ideographs and Latin letters or digits stands a space."""
    said = ""
    for literal, name, _, _ in string.Formatter().parse(template):
        for piece in (literal, names[name] if name else ""):
            said += _gap(said[-1:], piece[:1]) + piece
    return said


def _gap(before: str, after: str) -> str:
    seam = sorted((before, after), key=lambda one: bool(HAN_CHARACTER.match(one)))
    return " " if HAN_CHARACTER.match(seam[1]) and seam[0].isalnum() and not HAN_CHARACTER.match(seam[0]) else ""


def _hyphen(before: str, after: str) -> tuple[str, str]:
    """Both sides of the seam at a hyphen: broken words are whole again, compounds keep theirs."""
    if _SUSPENDED.match(after):
        return before, " "
    first = re.search(r"[A-Za-z]*-$", before)
    if not _BROKEN.search(before) or not after[:1].islower():
        return before, "" if after[:1].isalnum() else " "
    if _COMPOUND_SO_FAR.search(before) or (first and len(first[0]) > 3 and _SECOND_OF_COMPOUND.match(after)):
        return before, ""
    return before[:-1], ""
