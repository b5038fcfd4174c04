"""What a text is made of: numbers with their signs and units, words, runs of ideographs, signs that say something.

The ledger proves a line by its tokens. Punctuation and the marks that lay a text out are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from .characters import HAN

_SIGNS = r"[+\-−±<>≤≥≈~～＜＞]"
_GAP = r"[^\S\n]?"
"""A blank within a token; a line's end parts two cells."""
_UNIT = rf"(?:%|‰|℃|°{_GAP}[CF]?|[¢€£¥])"
_NUMBER = (
    rf"(?:(?<![\w.)%％]){_SIGNS}{_GAP})?(?:US\$|HK\$|RMB|[$€£¥￥])?{_GAP}\d+(?:[.,．，:/]\d+)*\+?(?:{_GAP}{_UNIT})?"
)
_TOKEN = re.compile(rf"{_NUMBER}|[{HAN}]+|[^\W\d_{HAN}][^\W_{HAN}]*|[^\w\s]")
_IDEOGRAPHS = re.compile(f"[{HAN}]{{2,}}")
_SPEAKING = frozenset("%‰±≤≥≈<>")
"""Marks that say something by themselves."""
_SPEAKING_CATEGORIES = frozenset({"No", "Sc", "So"})
"""Fractions and raised digits, currencies, pictures: ticks, circles, emoji."""


@cache
def speaks(char: str) -> bool:
    """Whether the character is content: a letter, a digit, or a sign that says something by itself."""
    return char.isalnum() or char in _SPEAKING or unicodedata.category(char) in _SPEAKING_CATEGORIES


@lru_cache(maxsize=1 << 14)
def tokens_of(text: str) -> Sequence[str]:
    """The tokens in the order of the text, without blanks inside."""
    tokens = ("".join(match[0].split()) for match in _TOKEN.finditer(text))
    return tuple(token for token in tokens if any(map(speaks, token)))


def _stands(token: str, whole: str) -> bool:
    """As one, or a run of ideographs in two: a unit goes with its number, what it counts becomes the label."""
    if token in whole:
        return True
    halves = ((token[:i], token[i:]) for i in range(1, len(token))) if _IDEOGRAPHS.fullmatch(token) else ()
    return any(first in whole and second in whole for first, second in halves)


@lru_cache(maxsize=64)
def _read(texts: tuple[str, ...]) -> tuple[str, Counter[str]]:
    """The texts without blanks, and how often each character of theirs stands there: many lines share a text."""
    whole = "\n".join("".join(text.split()) for text in texts)
    return whole, Counter(char for text in texts for char in text if speaks(char))


def lost_tokens(wanted: str, told: Iterable[str]) -> tuple[str, ...]:
    """The tokens of `wanted` that the texts don't tell, each as often as it stands in `wanted`."""
    whole, counted = _read(tuple(told))
    if "".join(wanted.split()) in whole:
        return ()
    have = counted.copy()
    lost: list[str] = []
    for token in tokens_of(wanted):
        need = Counter(char for char in token if speaks(char))
        if _stands(token, whole) and all(have[char] >= count for char, count in need.items()):
            have -= need
        else:
            lost.append(token)
    return tuple(lost)
