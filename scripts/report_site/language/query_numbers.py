"""The words that the search reads the numbers of a query by, in both languages: the page's script gets them with the
index and holds none of its own. They are those by which texts are read, beside the few that only a query has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from .numbers.quantity import plain_text
from .numbers.tables import (
    FORMAL_NUMBER,
    FORMAL_NUMERALS,
    HAN_DIGITS,
    HAN_TENS,
    SCALES,
    TEENS_EN,
    TENS_EN,
    UNIT_AFTER_THOUSAND,
    UNITS_EN,
)

_POWERS = {word: len(str(value)) - 1 for word, value in SCALES.items() if str(value).strip("0") == "1"}


def _powers(*words: str) -> dict[str, int]:
    return {word: _POWERS[word] for word in words}


QUERY_NUMBERS: Mapping[str, object] = MappingProxyType(
    {
        "digits": dict(HAN_DIGITS),
        "tens": dict(HAN_TENS),
        "units": _powers("十", "百", "千", "万", "亿"),
        "notBefore": {"百": "分科", "千": UNIT_AFTER_THOUSAND},
        "formal": FORMAL_NUMBER,
        "point": "点",
        "more": "+余多",
        "until": ["-", "–", "—", "~", "至", "到", "to"],
        "below": ["零下", "负", "minus", "negative"],
        "parts": {"百分之": 0, "千分之": -1, "万分之": -2},
        "tenths": "成",
        "percent": ["%", "个百分点", "百分点", "percent", "per cent", "percentage points", "percentage point", "pp"],
        "permille": "‰",
        "ones": {word: value for value, word in enumerate(UNITS_EN, 1)},
        "teens": {word: value for value, word in enumerate(TEENS_EN, 10)},
        "tensInWords": {word: value * 10 for value, word in enumerate(TENS_EN, 2)},
        "zero": ["zero", "nought"],
        "half": "half",
        "pointInWords": "point",
        "groups": {word: SCALES[word] for word in ("hundred", "dozen")},
        "big": _powers("thousand", "million", "billion", "trillion"),
        "afterDigits": _powers("hundred", "mn", "bn", "tn", "kt", "mt", "k", "w"),
    }
)
"""What each word counts; of `units`, `parts`, `big` and `afterDigits` the power of ten."""


_ALSO_PLAIN = [("負", "负"), ("餘", "余")]


@cache
def query_numbers() -> Mapping[str, object]:
    """The table as the index carries it: traditional and formal numerals beside the everyday ones, one for one."""
    known = set("".join(_words(QUERY_NUMBERS.values())))
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    plain = [(one, other) for one, other in zip(every, plain_text(every), strict=True) if one != other in known]
    formal = [(chr(one), chr(other)) for one, other in FORMAL_NUMERALS.items()]
    return {**QUERY_NUMBERS, "plain": _columns(plain + _ALSO_PLAIN), "formalDigits": _columns(formal)}


def _columns(pairs: list[tuple[str, str]]) -> list[str]:
    return ["".join(column) for column in zip(*pairs, strict=True)]


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _words(inner)
