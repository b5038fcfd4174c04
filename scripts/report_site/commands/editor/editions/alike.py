"""Which texts of two years say nearly the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ....language.characters import word_pairs

NEAR = 0.75
"""Share of a text that has to be the same."""
_CANDIDATES = 5
"""Texts with most words in common that are compared letter by letter."""


def undated(text: str) -> str:
    """The text without its digits, which change every year."""
    return re.sub(r"\d+", "", text)


def nearest(texts: Iterable[str], among: Sequence[str], least: float = NEAR) -> dict[str, str]:
    """Text -> the one that is nearest to it; each is the nearest of one text only, the closest pairs first."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(among):
        for pair in word_pairs(text):
            words[pair].append(i)
    scores: list[tuple[float, str, int]] = []
    for text in dict.fromkeys(texts):
        shared = Counter(i for pair in word_pairs(text) for i in words[pair])
        for i, _ in shared.most_common(_CANDIDATES):
            matcher = SequenceMatcher(None, among[i], text, autojunk=False)
            if matcher.real_quick_ratio() >= least and (score := matcher.ratio()) >= least:
                scores.append((-score, text, i))
    found: dict[str, str] = {}
    taken: set[int] = set()
    for _, text, i in sorted(scores):
        if text not in found and i not in taken:
            found[text] = among[i]
            taken.add(i)
    return found
