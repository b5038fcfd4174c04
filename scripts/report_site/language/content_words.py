"""What a sentence says by its words alone: those that mean something, forms of one word as one."""

from __future__ import annotations

import re
from itertools import pairwise

from ..model import Language
from .characters import HAN

_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by do does each for from had has have he her his how i in into is it its more not of
    on one or our she so some than that the their them then there these they this those through to under was we were
    what when where which while who whose will with you your
    """.split()  # noqa: SIM905 (a list of words is easier to read)
)
_PARTICLES = "的了着和与及或在是为有把被让由给对从到向以等个其之也都而并就"
_LATIN = re.compile(r"[a-z0-9]+")
_RUN = re.compile(rf"[{HAN}]+")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|ing|ed|es|s|y|e)$")


def content_words(text: str, language: Language) -> frozenset[str]:
    """English words without endings; Chinese, which parts no words, as pairs of characters with no particle in them."""
    latin = {_ENDING.sub("", word) for word in _LATIN.findall(text.lower()) if word not in _FUNCTION_WORDS}
    if language == "en":
        return frozenset(latin)
    runs = re.split(f"[{_PARTICLES}]", text)
    pairs = {"".join(pair) for part in runs for run in _RUN.findall(part) for pair in pairwise(run)}
    return frozenset(latin | pairs)
