"""Periods as a reader says them: `2022-10` is October 2022."""

from __future__ import annotations

import calendar

from ..language.strings import words
from ..model import Language


def period_in_words(period: str, voice: str) -> str:
    """`period`: ISO 8601, as `language/dates.py` writes it; empty stays empty. `voice`: the page's language."""
    first, _, last = period.partition("/")
    if last:
        return words("period-range", voice, first=_one(first, voice), last=_one(last, voice))
    return _one(first, voice) if first else ""


def _one(date: str, voice: str) -> str:
    year, month, day = (int(part) if part else 0 for part in (date + "--").split("-")[:3])
    if (month, day) == (12, 31):
        return words("period-end", voice, year=year)
    if not month:
        return words("period-year", voice, year=year)
    name = calendar.month_name[month] if _is_english(voice) else str(month)
    if not day:
        return words("period-month", voice, year=year, month=name)
    return words("period-day", voice, year=year, month=name, day=day)


def _is_english(voice: Language | str) -> bool:
    return voice.partition("-")[0] == "en"
