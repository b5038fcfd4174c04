"""Units as tables name them: in a column of their own, behind a head, in a note over the table."""

from __future__ import annotations

import re

from .measures import measure_of
from .numbers import Lang
from .numbers.tables import CURRENCY
from .patterns import UNIT_NOTE

UNIT_HEAD = re.compile(r"(?:计量|計量)?(?:单位|單位)|units?(?: of measure(?:ment)?)?", re.IGNORECASE)
"""The head of a column of units."""
YEAR_HEAD = re.compile(r"(?P<before>FY\s?)?(?P<year>(?:19|20)\d\d)\s?(?P<after>年度?|财年)?", re.IGNORECASE)
"""A head that says a year and nothing else: no target, no base year, no half."""
_IN_BRACKETS = re.compile(r"[（(](?P<inside>[^（()）]+)[)）]\s*$")
_SAID = re.compile(r"^(?:计量|計量)?(?:单位|單位|units?)\s*(?:[:：]|of measure\s*[:：]?)?\s*", re.IGNORECASE)
_SCALE = re.compile(r"^(?:[十百千万亿萬億]+|(?:thousands?|millions?|billions?)(?:\s+of)?\b)\s*", re.IGNORECASE)
_SCALE_BUT_KILO = re.compile(r"^[十百千万亿萬億]+(?=千)")
_MONEY = re.compile(rf"{CURRENCY}(?:\s?(?:thousand|million|billion|mn|bn|m|'000))?", re.IGNORECASE)


def is_unit(text: str, language: Lang) -> bool:
    """A measure that is known as one, with or without a scale: `万元`, `t`, `million yuan`."""
    said = text.strip().replace("％", "%")
    measure = _SCALE.sub("", said)
    if not measure:
        return False
    languages: tuple[Lang, ...] = (language, "en")
    # The first sign of 千瓦时 belongs to the measure, that of 千吨 doesn't; of 百万千瓦时 both stand there.
    spelt = (measure, said, _SCALE_BUT_KILO.sub("", said))
    known = any(measure_of(f"1 {one}", 0, 1, spoken) == one for spoken in languages for one in spelt if one)
    return known or bool(_MONEY.fullmatch(text.strip()))


def named_unit(text: str, language: Lang) -> str:
    """The unit in brackets at the end of a head or caption (`用水量（吨）`, `Staff (unit: people)`); empty where it
    isn't one for sure.
    """
    match = _IN_BRACKETS.search(text)
    inside = match["inside"].strip() if match else text.strip() if UNIT_NOTE.match(text) else ""
    unit = _SAID.sub("", inside)
    return unit if unit and (unit != inside or is_unit(unit, language)) else ""
