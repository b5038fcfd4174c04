"""What optical recognition made of pictures: letters that are no words, reversed text, broken cells.

Each test is conservative: a line is noise only when nothing in it can be told to be the report's own wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..language.characters import HAN, HAN_CHARACTER, han_count
from ..model import SourceLine

_WORD = re.compile(r"[A-Za-z]{2,}")
_TOKEN = re.compile(r"\S+")
_PLAIN_TOKEN = re.compile(r"^[(\"'“‘]?(?:[A-Za-z][A-Za-z'’.-]*|\d[\d,.:/%-]*)[)\"'”’,.;:!?]*$")
_HAN_RUN = re.compile(f"[{HAN}]+")
_SYMBOLS = re.compile(r"[€£¥#@*\[\]{}|\\^~_=<>]")
_SPELT_WORD = re.compile(r"(?<![A-Za-z])(?:[a-z]{3,}|[A-Z][a-z]{2,})(?![A-Za-z])")
_CODE_OR_FORMULA = re.compile(
    r"^(?:(?:GRI|SASB|ISO|IEC|ESRS|IFRS|SDGs?|KPI|OHSAS)\s?\d[\d.:-]*[a-z]?|[A-Z]{2}-[A-Z]{2}-\d{3}[a-z]?\.\d+"
    r"|t?(?:CO[2₂]|CH[4₄]|N[2₂]O|SO[2₂x]|NO[2₂x]|SF[6₆]|NF[3₃]|H[2₂]O?|O[3₃])e?|PM(?:2\.5|₂\.₅|10|₁₀))$"
)
"""A code of a standard or a chemical formula by itself: letters that form no word, and yet the report's own."""
LEAST_SPELT_WORDS = 3
REVERSED_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the report itself writes: its running text, and the Latin words in it."""

    prose: str
    words: frozenset[str]
    chinese: bool


def learn_vocabulary(lines: Sequence[SourceLine], furniture: frozenset[int]) -> Vocabulary:
    """Vocabulary of the lines that are no furniture; Latin words count where they stand beside ideographs."""
    texts = [line.text for line in lines if line.number not in furniture and not line.blank]
    prose = "\n".join(texts)
    letters = len(re.findall(r"[A-Za-z]", prose))
    chinese = han_count(prose) * 2 > letters
    trusted = [text for text in texts if not chinese or HAN_CHARACTER.search(text)]
    return Vocabulary(prose, frozenset(w.casefold() for text in trusted for w in _WORD.findall(text)), chinese)


def noise_rule(text: str, vocabulary: Vocabulary) -> str | None:
    """The rule by which `text`, a whole line, is noise, or None. A cell of a table never is."""
    if not text.strip() or not any(char.isalnum() for char in text):
        return None if not text.strip() or not _SYMBOLS.search(text) else "symbols-only"
    if not HAN_CHARACTER.search(text):
        return None if _CODE_OR_FORMULA.match(text.strip()) else _foreign_noise(text, vocabulary)
    return _reversed_noise(text, vocabulary)


def _foreign_noise(text: str, vocabulary: Vocabulary) -> str | None:
    if is_gibberish(text):
        return "gibberish"
    if not vocabulary.chinese:
        return None
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words:
        return "picture-number" if re.search(r"[/:]", text) else None
    known = all(word in vocabulary.words for word in words if len(word) > 2)
    return None if known and any(len(word) > 2 for word in words) else "foreign-fragment"


def is_gibberish(text: str) -> bool:
    """Mostly tokens that are neither words nor numbers, or words in odd letter case; a few sound words redeem it."""
    tokens = _TOKEN.findall(text)
    if len(_SPELT_WORD.findall(text)) >= LEAST_SPELT_WORDS:
        return False
    broken = [t for t in tokens if not _PLAIN_TOKEN.match(t) or _odd_case(t)]
    symbols = len(_SYMBOLS.findall(text))
    return bool(tokens) and ((len(broken) * 2 >= len(tokens) + 1 and _mixes(text)) or symbols >= 2 + len(text) // 8)


def _odd_case(token: str) -> bool:
    word = re.sub(r"[^A-Za-z]", "", token)
    return (
        len(word) > 3
        and not (word.islower() or word.isupper() or word.istitle())
        and bool(re.search(r"[A-Z]{2}[a-z]|[a-z][A-Z]{1,2}[a-z]?$", word))
    )


def _mixes(text: str) -> bool:
    return bool(re.search(r"[A-Za-z][0-9]|[0-9][A-Za-z]|[|{}\[\]#*!]", text))


def _reversed_noise(text: str, vocabulary: Vocabulary) -> str | None:
    """Text set on a circle is read from the wrong end: backwards it is known, forwards it stands nowhere else."""
    if not vocabulary.chinese or len(text) > 12 or re.search(r"[，。；：！？A-Za-z0-9]", text):
        return None
    runs = [run for run in _HAN_RUN.findall(text) if len(run) >= REVERSED_LENGTH]
    if not runs:
        return None
    backwards = all(vocabulary.prose.count(_turned(run)) for run in runs)
    forwards = any(vocabulary.prose.count(run) > 1 for run in runs)
    return "reversed-text" if backwards and not forwards else None


def _turned(run: str) -> str:
    return run[::-1]
