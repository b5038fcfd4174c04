"""Units of one measure in each other: `万元` and `亿元`, `t` and `kt`. What isn't known is its own measure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from unicodedata import normalize

_CARBON = r"(?:co2(?:-?eq?)?|二氧化碳(?:当量|當量)?|碳排放(?:当量|當量))"
_COAL = "(?:标准煤|標準煤|标煤|ce)"
_SCALES_ZH = MappingProxyType({"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8})
_SCALES_EN = MappingProxyType(
    {"thousand": 10**3, "'000": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
)
_LEADING_ZH = re.compile(f"[{''.join(_SCALES_ZH)}]+")
_SCALE_EN = re.compile(r"\b(thousand|million|billion|mn|bn)s?\b(?:\s+of\b)?|'000", re.IGNORECASE)
_MONEY = MappingProxyType(
    {
        "元": r"元|人民币元?|人民幣元?|rmb|cny|yuan|rmb元",
        "美元": r"美元|usd|us\$|dollars?",
        "港元": r"港元|港币|港幣|hkd|hk\$",
        "欧元": r"欧元|歐元|eur|€|euros?",
    }
)
_MEASURES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kg": {
            "0.000001": "mg|毫克",
            "0.001": "g|克|grams?",
            "1": "kg|千克|公斤|kilograms?",
            "1000": "t|吨|噸|公吨|公噸|(?:metric )?tons?|(?:metric )?tonnes?",
            "1000000": "kt",
            "1000000000": "Mt",
        },
        "kWh": {
            "0.001": "Wh|瓦时|瓦時",
            "1": "kWh|千瓦时|千瓦時|度|度电|度電",
            "1000": "MWh|兆瓦时|兆瓦時",
            "1000000": "GWh|吉瓦时|吉瓦時",
            "1000000000": "TWh",
        },
        "kJ": {"0.001": "J|焦耳?", "1": "kJ|千焦", "1000": "MJ|兆焦", "1000000": "GJ|吉焦", "1000000000": "TJ|太焦"},
        "kW": {"0.001": "W|瓦", "1": "kW|千瓦", "1000": "MW|兆瓦", "1000000": "GW|吉瓦"},
        "m3": {
            "0.001": "L|l|升|lit(?:re|er)s?",
            "1": "m3|立方米|cubic met(?:re|er)s?",
            "1000": "ML|megalit(?:re|er)s?",
        },
        "m2": {
            "1": "m2|平方米|平米|square met(?:re|er)s?",
            "10000": "ha|公顷|公頃|hectares?",
            "1000000": "km2|平方公里|平方千米|square kilomet(?:re|er)s?",
        },
        "m": {
            "0.001": "mm|毫米",
            "0.01": "cm|厘米",
            "1": "m|米|met(?:re|er)s?",
            "1000": "km|公里|千米|kilomet(?:re|er)s?",
        },
        "h": {"1": "h|hours?|小时|小時"},
        "人": {"1": "人|名|位|people|persons?"},
        "%": {"1": "%|percent|per cent"},
    }
)
"""Base -> factor -> the spellings of that unit. Case tells kilo, mega and milli apart."""
_SPELT = tuple(
    (re.compile(spellings), Decimal(factor), base)
    for base, units in _MEASURES.items()
    for factor, spellings in units.items()
)
_OF = (
    (re.compile(rf"(?P<mass>.+?)\s*{_CARBON}", re.IGNORECASE), "CO2e"),
    (re.compile(rf"(?P<mass>.+?)\s*{_COAL}", re.IGNORECASE), "ce"),
)


@lru_cache(maxsize=1 << 10)
def base_of(unit: str) -> tuple[Decimal, str]:
    """Factor and base: a value in `unit` times the factor is a value in the base."""
    plain = " ".join(normalize("NFKC", unit).strip(" ()（）").split())
    known = _known(plain) or _scaled(plain)
    return known or (Decimal(1), plain)


def _known(unit: str) -> tuple[Decimal, str] | None:
    """A unit of a measure, of money, or a mass of something."""
    for pattern, factor, base in _SPELT:
        if pattern.fullmatch(unit):
            return factor, base
    for currency, spellings in _MONEY.items():
        if re.fullmatch(spellings, unit, re.IGNORECASE):
            return Decimal(1), currency
    for pattern, suffix in _OF:
        mass = pattern.fullmatch(unit)
        found = _known(mass["mass"].removesuffix(" of").strip()) if mass else None
        if found and found[1] == "kg":
            return found[0], f"kg{suffix}"
    return None


def _scaled(unit: str) -> tuple[Decimal, str] | None:
    """Behind a scale: `万元`, `RMB million`, `million litres`."""
    if match := _LEADING_ZH.match(unit):
        factor = Decimal(1)
        for char in match[0]:
            factor *= _SCALES_ZH[char]
        rest = unit[match.end() :]
    elif said := _SCALE_EN.search(unit):
        factor = Decimal(_SCALES_EN[(said[1] or "'000").lower()])
        rest = f"{unit[: said.start()]} {unit[said.end() :]}".strip()
    else:
        return None
    known = _known(rest) if rest else (Decimal(1), "")
    return (factor * known[0], known[1]) if known else (factor, rest)
