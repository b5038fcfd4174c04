"""A text to its quantities.

Order: names and codes first, since their digits count nothing; then what has a fixed form (dates,
times, ratios); then ranges before single amounts; then words, when the digits beside them have
taken their scale (3 千万 is one amount).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from .digits import Rule, qualified
from .en import RULES_EN
from .quantity import Lang, Qualifier, Quantity, plain_text
from .tables import FORMAL_DIGITS, FORMAL_NUMBER, FORMAL_NUMERALS
from .zh import RULES_ZH


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: str
    places: Sequence[int]
    """For each character of `text`, and for its end, the place in the text as given."""


_CLOSED_BY_SPACES = re.compile(r"(?<![A-Za-z0-9])[ \t]+|[ \t]+(?![A-Za-z0-9])")


def _prepare(text: str, lang: Lang) -> _Prepared:
    """Chinese loses its spaces, since extraction tears numbers (`6 , 647 万`).

    Those between two Latin letters or digits stay: there they part two words.
    """
    plain = _plain_numerals(plain_text(text))
    gaps = _CLOSED_BY_SPACES.finditer(plain) if lang == "zh" else ()
    dropped = {place for gap in gaps for place in range(*gap.span())}
    if not dropped:
        return _Prepared(plain, range(len(plain) + 1))
    places = [place for place in range(len(plain)) if place not in dropped]
    return _Prepared("".join(plain[place] for place in places), (*places, len(plain)))


_GROUPED = re.compile(r"\d(?<![\d.]\d)\d{0,2}(?:，\d{3})+(?!\d)")
_FORMAL = re.compile(FORMAL_NUMBER)


def _plain_numerals(text: str) -> str:
    """12，345 with the comma of a number; 伍仟 in everyday characters. One character for one."""
    text = _GROUPED.sub(lambda match: match[0].replace("，", ","), text)
    if FORMAL_DIGITS.isdisjoint(text):
        return text
    return _FORMAL.sub(lambda match: match[0].translate(FORMAL_NUMERALS), text)


RULES: Mapping[Lang, tuple[Rule, ...]] = MappingProxyType({"zh": RULES_ZH, "en": RULES_EN})
_RULES_IN_WORDS: Mapping[Lang, tuple[Rule, ...]] = MappingProxyType(
    {lang: tuple(rule for rule in rules if not rule.in_digits) for lang, rules in RULES.items()}
)
_DIGIT = re.compile(r"\d")
_READ = "\0"
"""Stands for each character that a rule has read."""


def _apply(rule: Rule, text: str) -> tuple[str, list[Quantity]]:
    found: list[Quantity] = []
    pieces: list[str] = []
    last = 0
    for match in rule.pattern.finditer(text):
        quantities = tuple(rule.read(match))
        if quantities:
            found.extend(quantities)
            pieces += (text[last : match.start()], _READ * len(match[0]))
            last = match.end()
    return "".join([*pieces, text[last:]]), found


@lru_cache(maxsize=1 << 13)
def parse(text: str, lang: Lang) -> tuple[Quantity, ...]:
    """All quantities of a text in reading order."""
    prepared = _prepare(text, lang)
    rest, small, found = prepared.text, prepared.text.lower(), list[Quantity]()
    for rule in (RULES if _DIGIT.search(rest) else _RULES_IN_WORDS)[lang]:
        if rule.may_read(small):
            rest, quantities = _apply(rule, rest)
            found += quantities
    return tuple(_as_given(quantity, text, prepared.places) for quantity in sorted(found, key=lambda q: q.span))


def _as_given(quantity: Quantity, text: str, places: Sequence[int]) -> Quantity:
    start, end = places[quantity.span[0]], places[quantity.span[1] - 1] + 1
    if quantity.span == (start, end) and quantity.text == text[start:end]:
        return quantity
    return replace(quantity, span=(start, end), text=text[start:end])


def qualified_span(text: str, quantity: Quantity, lang: Lang) -> tuple[int, int]:
    """Place in `text` of a quantity with the words that qualify it: `近 200`, `more than 15`, `15 or more`."""
    if quantity.qualifier is Qualifier.EXACT:
        return quantity.span
    prepared = _prepare(text, lang)
    start, end = (bisect_left(prepared.places, place) for place in quantity.span)
    start, end = qualified(prepared.text, start, end, lang)
    return prepared.places[start], prepared.places[end - 1] + 1
