"""Runs of the other language in a text: Latin words in Chinese, ideographs in English (WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from markupsafe import Markup, escape

from .characters import HAN
from .model import Language

_WORD = "[A-Za-z][A-Za-z'’&.+-]*[A-Za-z]"
_LATIN = re.compile(f"{_WORD}(?:[ ]{_WORD})*")
_CHINESE = re.compile(f"[{HAN}](?:[{HAN}，。、；：？！“”‘’（）《》·…—]*[{HAN}》”）])?")
_STASH = re.compile("(\u0002.*?\u0003)", re.DOTALL)
"""What Python-Markdown has set aside: never cut."""
_FOREIGN: Mapping[Language, tuple[re.Pattern[str], str]] = MappingProxyType(
    {"zh": (_LATIN, "en"), "en": (_CHINESE, "zh-CN")}
)


def tag_of_other(language: Language) -> str:
    """Language tag of what is foreign on a page in `language`."""
    return _FOREIGN[language][1]


def pieces(text: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The text cut into (piece, is foreign)."""
    pattern = _FOREIGN[language][0]
    for part in _STASH.split(text):
        if part.startswith("\u0002"):
            yield part, False
            continue
        end = 0
        for match in pattern.finditer(part):
            if match.start() > end:
                yield part[end : match.start()], False
            yield match[0], True
            end = match.end()
        if part[end:]:
            yield part[end:], False


def marked(text: object, language: Language) -> Markup:
    """Plain text as HTML for templates: escaped, each foreign run in a `span lang`."""
    tag = tag_of_other(language)
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(tag, piece) if foreign else escape(piece)
        for piece, foreign in pieces(str(text), language)
    )
