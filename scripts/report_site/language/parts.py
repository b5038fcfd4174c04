"""Runs of the other language in a text, each whole, for a change of voice (WCAG 3.1.2).

In Chinese: English words, with the digits, abbreviations and marks between them. Abbreviations, codes and units by
themselves (AI, ISO 27001, kWh) are no words of a language: they belong to the sentence around them, every voice spells
them, and a span for each would outweigh the words. Addresses are never cut.
In English: ideographs, with the marks, digits and capitals between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from markupsafe import Markup, escape

from ..model import Language
from .characters import HAN
from .line_breaks import keep_together

_STASH = "\u0002[^\u0003]*\u0003"
"""What Python-Markdown has set aside: never cut."""
_ADDRESS = (
    r"https?://[!-~]*[A-Za-z0-9/]|[A-Za-z0-9][A-Za-z0-9.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![A-Za-z0-9])(?:/[!-~]*[A-Za-z0-9/])?"
)
"""Of a page, a mailbox, a host or a file."""
_LATIN_WORD = rf"(?:{_ADDRESS}|\d*[A-Za-z][A-Za-z0-9]*)"
_NUMBER = rf"\d++(?:[.,]\d++)*+(?![A-Za-z]|[ \u00a0]?[{HAN}%])"
"""A count of something Chinese belongs to that."""
_LATIN_MARKS = rf"(?:[ \u00a0,.:;!?'’&/+–—·^@#|_-]|，|{_STASH}){{1,3}}"
_ENGLISH = re.compile(rf"{_LATIN_WORD}(?:{_LATIN_MARKS}(?:{_LATIN_WORD}|{_NUMBER})| ?\([^(){HAN}]*\))*[!?]?")
_WORDS = re.compile(
    r"(?<![A-Za-z0-9])(?!(?<=\d[ \u00a0])[A-Za-z][a-z]{0,2}(?![A-Za-z]))(?:[A-Za-z]*[a-z]{2}|[A-Z][a-z](?![A-Za-z0-9]))"
    r"|(?<![A-Za-z0-9])[A-Z]{2,} [A-Z]{2,}(?![a-z0-9])"
)
"""Two small letters in a row, or a short word (`In`), but for a unit behind its number; or two words in capitals."""

_HAN_MARKS = rf"(?:[ \u00a0，。、；：？！“”‘’·…—&-]|{_STASH}){{0,3}}"
_CHINESE = re.compile(
    rf"(?:(?:(?<=[(‘“])[A-Z0-9]+ |^\d[\d.,]*\+? ?)?[{HAN}]+|《[^《》]*[{HAN}][^《》]*》)"
    rf"(?:{_HAN_MARKS}(?:[A-Z0-9]+(?![A-Za-z0-9]){_HAN_MARKS})*"
    rf"(?:[{HAN}]+|《[^《》]*》|（[^（）]*）|“[^“”A-Za-z]*”))*"
)
_SET_ASIDE = re.compile(f"{_STASH}|{_ADDRESS}")
_IDEOGRAPH = re.compile(f"[{HAN}]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Foreign:
    """The other language's runs, and what in a run are words; what tells that the text is in its own."""

    run: re.Pattern[str]
    words: re.Pattern[str]
    hint: re.Pattern[str]
    """Stands wherever there are words: few texts hold any."""
    own: re.Pattern[str]


_FOREIGN: Mapping[Language, _Foreign] = MappingProxyType(
    {
        "zh": _Foreign(_ENGLISH, _WORDS, re.compile("[A-Za-z][a-z]|[A-Z] [A-Z]"), _IDEOGRAPH),
        "en": _Foreign(_CHINESE, _IDEOGRAPH, _IDEOGRAPH, re.compile("[a-z]{2}")),
    }
)


def pieces(text: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The text cut into (piece, is foreign)."""
    end = 0
    for start, stop in _runs(text, language):
        if start > end:
            yield text[end:start], False
        yield text[start:stop], True
        end = stop
    if text[end:]:
        yield text[end:], False


@lru_cache(maxsize=1 << 15)
def _runs(text: str, language: Language) -> Sequence[tuple[int, int]]:
    """Places of the runs; one run where nothing but codes, digits and marks stands beside them."""
    foreign = _FOREIGN[language]
    if not foreign.hint.search(text):
        return ()
    found = [match.span() for match in foreign.run.finditer(text)]
    if not found:
        return []
    plain = _SET_ASIDE.sub(lambda match: " " * len(match[0]), text)
    runs = [span for span in found if foreign.words.search(plain, *span)]
    if not runs:
        return []
    rest = list(plain)
    for start, stop in runs:
        rest[start:stop] = " " * (stop - start)
    left = "".join(rest)
    if foreign.own.search(left):
        return runs
    ends = [match.span() for match in _LETTER_OR_DIGIT.finditer(left)] + runs
    return [(min(start for start, _ in ends), max(stop for _, stop in ends))]


def foreign_as_a_whole(text: str, language: Language) -> bool:
    """Whether every letter and digit of the text belongs to the other language."""
    cut = list(pieces(text, language))
    foreign = any(is_foreign for _, is_foreign in cut)
    return foreign and not any(_LETTER_OR_DIGIT.search(piece) for piece, is_foreign in cut if not is_foreign)


def marked(text: object, language: Language, tag: str) -> Markup:
    """Plain text as HTML for templates: escaped, each run of the other language in a `span` with its `tag`."""
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(tag, piece) if foreign else escape(piece)
        for piece, foreign in pieces(keep_together(str(text), language), language)
    )
