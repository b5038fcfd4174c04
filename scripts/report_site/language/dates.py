"""Periods as texts state them, in ISO 8601: `2022`, `2022-10`, `2022-12-31`, `2022-01/2022-06`; never by guess."""

from __future__ import annotations

import re

from .numbers import Lang
from .numbers.tables import MONTHS
from .writings import compiled

LONGEST_SENTENCE = 1000
"""Characters beyond which a passage is a list or a table's text, whose dates say nothing of its numbers."""
_LAST_DAY = {2: "28", 4: "30", 6: "30", 9: "30", 11: "30"}
_ZH = compiled(
    r"(?P<from>较|比|相比|对比|自|从|始于|成立于)?\s*(?P<until>截至|截止至?|到)?\s*(?P<year>(?:19|20)\d\d)\s*年度?\s*"
    r"(?:(?P<end>年?底|年?末)|(?P<start>年?初)|(?P<m1>\d{1,2})\s*月?\s*[-–—~至到]\s*(?P<m2>\d{1,2})\s*月"
    r"|(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日|(?P<month_end>底|末))?)?(?P<since>以来|起|至今)?"
)
_EN = re.compile(
    r"(?P<from>\b(?:since|from|compared (?:with|to)|than in|over|founded in)\s+(?:the (?:start|beginning|end) of\s+)?)?"
    r"(?:\b(?P<until>as (?:of|at)|by|until|at|up to)\s+)?"
    r"(?:(?P<end>the end of)\s+|(?P<start>the (?:start|beginning) of)\s+)?"
    rf"(?:(?P<day>\d{{1,2}})\s+)?(?:(?P<month>{'|'.join(MONTHS)})\s+(?:to\s+(?P<m2>{'|'.join(MONTHS)})\s+)?)?"
    r"(?P<year>(?:19|20)\d\d)\b(?![-–,.]?\d|\s*%)"
)


def stated_period(text: str, language: Lang) -> str:
    """The only date that a passage names; empty where it names none, several, or one to compare with or count from."""
    if len(text) > LONGEST_SENTENCE:
        return ""
    found = {_iso(match, language) for match in (_ZH if language == "zh" else _EN).finditer(text)}
    return found.pop() if len(found) == 1 else ""


def _iso(match: re.Match[str], language: Lang) -> str:
    said = match.groupdict()
    year = said["year"]
    if said["from"] or said["start"] or said.get("since"):
        return ""
    if said["end"]:
        return f"{year}-12-31"
    first, last = (_month(said.get(name), language) for name in ("m1" if language == "zh" else "month", "m2"))
    if first and last:
        return f"{year}-{first:02}/{year}-{last:02}"
    month = _month(said["month"], language)
    if not month:
        return year
    if said["day"]:
        return f"{year}-{month:02}-{int(said['day']):02}"
    if said.get("month_end"):
        return f"{year}-{month:02}-{_LAST_DAY.get(month, '31')}"
    return f"{year}-{month:02}"


def _month(word: str | None, language: Lang) -> int:
    """1 to 12; 0 where there is none."""
    if not word:
        return 0
    if language == "zh":
        return int(word) if 1 <= int(word) <= 12 else 0
    return next(number for number, pattern in enumerate(MONTHS, 1) if re.fullmatch(pattern, word))
