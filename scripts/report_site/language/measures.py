"""What a number counts or measures, read from the words around it; nothing where they don't say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from .characters import HAN
from .numbers import Lang
from .numbers.digits import scale_of
from .numbers.tables import COUNTERS, CURRENCY
from .patterns import AND_MORE

_SPACE = r"[ \u00a0\u2009\u202f]*"
_LATIN = (
    r"(?:[kMGTP]?W(?:h|p)?|[kMGTP]?J|[kmc]?m[²³23]?|[kmµ]?g|[kM]?t(?:CO[₂2](?:e|-eq)?)?|tce|t/h|ha|[KMGTPEZ]i?B|[KMG]?bps|ms|s|h|min"
    r"|[kMGT]?Hz|dB|mg/L|µg/m³|PUE|pp|bps?|people|mu|jin|tonnes?"
    r"|seconds?|minutes?|hours?|days?|weeks?|months?|years?[ -]olds?|years?)(?![A-Za-z0-9])"
)
"""Units in Latin letters, as they stand behind a number in either language."""
_SIGNS = r"[%％‰]|°\s?[CF]|[℃℉]"
_WITHIN = re.compile(rf"{_SIGNS}|个?百分点|per\s?cent(?:age points?)?|percentage points?|\bpp\b")
"""What is read as a part of the number."""
_MEASURES_ZH = (
    "个百分点|百分点|个月|人次|人天|人时|家次|户次|场次|车次|架次|班次|台次|件次|万次|册件|册次|课时|学时|工时|小时|分钟|千瓦时|兆瓦时|度电|"
    "千瓦|兆瓦|吉瓦|平方米|平方公里|平方千米|立方米|公顷|公里|千米|厘米|毫米|公斤|千克|毫克|标准煤|摄氏度|比特|字节|"
    "美元|欧元|港元|港币|日元|英镑|人民币|点赞|粉丝|用户|网民|学员|善款|自然屯|海里|标箱|牛|焦耳|"
    r"吨(?:二氧化碳当量|标准煤|碳排放当量|CO[₂2]e?)?"
)
"""Measures of more than one character, and what is counted without a measure word."""
_NOT_MEASURES_ZH = (
    "人工|人民|人类|人文|级别|部分|部门|地区级|年级|年代|天然|点击|分别|面对|月均"
    "|期间|倍增|名校|节能|门店|台湾|张家|口碑"
)
"""Words that begin with a measure word and count nothing."""
_AFTER_ZH = re.compile(
    rf"{_SPACE}[{AND_MORE}来]?{_SPACE}(?:(?P<sign>{_SIGNS})|(?P<latin>{_LATIN})|(?P<word>{_MEASURES_ZH})"
    rf"|(?!{_NOT_MEASURES_ZH})(?P<one>[{COUNTERS}度堂起户])(?![万亿]))"
)
_BEFORE_ZH = re.compile(
    r"(?P<unit>人次|人数|次数|户数|家数|件数|金额|总额|销售额)(?:累计|总计|共计|共|已|约|超过?|达到?|为|近|突破|逾|[:：]|\s)*$"
)
_COUNTED_ZH = {"人次": "人次", "人数": "人", "次数": "次", "户数": "户", "家数": "家", "件数": "件"}
_UP_TO_UNIT = re.compile(rf"[{AND_MORE}来]?(?:-|\s*)")
LOOK_BACK = 48
"""Characters before a number in which a word may say what it counts."""
TIME_SPANS = frozenset({"年", "岁", "周岁", "years", "year", "年度", "year-old", "year-olds", "years old"})
"""A span of years or an age has no period of its own."""
PARTS_OF_A_TEXT: Mapping[Lang, frozenset[str]] = MappingProxyType(
    {
        "zh": frozenset(["个", "個", "项", "項", "条", "條", "类", "類", "种", "種", "步", "方面"]),
        "en": frozenset(
            (
                *("areas", "aspects", "categories", "dimensions", "directions", "elements", "forms", "kinds", "parts"),
                *("pillars", "principles", "sections", "steps", "themes", "types", "ways"),
            )
        ),
    }
)
"""What is counted to lead through a text: four steps, two kinds."""
_MONEY_BEFORE = re.compile(rf"(?P<unit>{CURRENCY})\s*$")
_NOT_UNITS_EN = (
    "a|an|the|of|and|or|but|in|on|at|to|for|from|with|by|as|per|than|that|this|which|were|was|is|are|had|have|has"
    "|more|less|times"
)
_AFTER_EN = re.compile(
    rf"{_SPACE}-?(?:(?P<sign>{_SIGNS}|per\s?cent(?:age points?)?|percentage points?)|(?P<latin>{_LATIN})"
    r"|(?P<money>yuan|dollars|euros|pounds)\b)",
)
_COUNTED_EN = re.compile(
    rf"\s(?:(?!(?:{_NOT_UNITS_EN})\s)[a-z-]+\s){{0,2}}?"
    r"(?P<noun>people|children|staff|women|men|hectares|[a-z-]{2,}(?<![ius])s)(?![\w-])"
)
"""The first plural behind a number, with no more than two words between."""
_ALSO_EN = rf"(?!(?:{_NOT_UNITS_EN})\s)[a-z-]+"
_COUNTED_TOO_EN = re.compile(
    rf"(?:(?:, {_ALSO_EN}(?: [a-z-]+)?)+,?)? (?:and|or) (?:{_ALSO_EN} )?[a-z-]{{3,}}(?<![ius])(?:s|ies)(?![\w-])"
    r"(?! (?:an?\b|the\b|its\b|their\b|more\b|over\b|nearly\b|about\b|some\b|\d))"
)
"""Behind a plural, another that the same number counts: no one of them is its unit (`33 provinces and cities`)."""


def measure_of(text: str, start: int, end: int, language: Lang) -> str:
    """The unit of the number at `text[start:end]` as printed (`人次`, `%`, `tonnes`, `RMB`); empty where none is."""
    inside = _WITHIN.search(text[start:end])
    if inside:
        return inside[0].replace("％", "%")
    before_it = text[max(0, start - LOOK_BACK) : start]
    money = _MONEY_BEFORE.search(before_it) or re.match(rf"(?P<unit>{CURRENCY})", text[start:end])
    if money:
        return money["unit"]
    after = (_AFTER_ZH if language == "zh" else _AFTER_EN).match(text, end)
    if after:
        return " ".join(next(group for group in after.groups() if group).replace("％", "%").split())
    if language == "en":
        counted = _COUNTED_EN.match(text, end)
        return counted["noun"] if counted and not _COUNTED_TOO_EN.match(text, counted.end()) else ""
    before = _BEFORE_ZH.search(before_it)
    return _COUNTED_ZH.get(before["unit"], "") if before else ""


def printed(text: str, start: int, end: int, unit: str, around: tuple[int, int]) -> str:
    """The number with its unit, where that stands right beside it, and with the words `around` that qualify it."""
    between = _UP_TO_UNIT.match(text, end)
    unit_at = between.end() if between else end
    last = unit_at + len(unit) if unit and text.startswith(unit, unit_at) else end
    money = _MONEY_BEFORE.search(text[:start]) if unit else None
    first = money.start() if money and money["unit"] == unit else start
    return text[min(first, around[0]) : max(last, around[1])]


def scale_in(value: str) -> int:
    """What a value's digits are multiplied by: 10000 for `3 万`; 1 where several share the work (`6 亿 5 千万`)."""
    number = re.match(r"\D*\d[\d,.]*(?P<rest>\D*)$", value)
    return scale_of(number["rest"]) if number else 1


_LEAST_LABEL = 3
"""Characters in Chinese, words in English."""
_CLAUSE_ENDS = re.compile(rf"[，。；：！？!?;]|,(?=\s)|(?<![A-Z])\.(?=\s+[A-Z“\"{HAN}])|:\s")
_SENTENCE_ENDS = re.compile(rf"[。！？!?][”’」』）)]*|(?<![A-Z])(?<!\bNo)(?<!\bvs)\.[”’)]*(?=\s+[A-Z“\"{HAN}])")


def label_around(text: str, start: int, end: int, value: str, language: Lang) -> str:
    """The clause, with the one before it or the whole sentence where it says no more than the value (`73`)."""
    clause = _clause_around(text, start, end)
    if _says_of_what(clause, value, language):
        return clause
    begins = _last_before(_ends_of(_CLAUSE_ENDS, text), start)
    apart = text[:begins].rstrip().endswith(("；", ";"))
    if begins > sentence_start(text, start) and not apart:
        longer = _trimmed(_piece(_CLAUSE_ENDS, text, begins - 1, end))
        if _says_of_what(longer, value, language):
            return longer
    return sentence_around(text, start, end)


def _says_of_what(clause: str, value: str, language: Lang) -> bool:
    """`73` and `In just five days` don't tell what they measure."""
    rest = clause.replace(value, " ", 1)
    found = len(re.findall(f"[{HAN}]" if language == "zh" else r"[^\W\d_]+", rest))
    return found >= _LEAST_LABEL


def _clause_around(text: str, start: int, end: int) -> str:
    """A list of what the number counts isn't cut (`33 provinces, cities and regions`)."""
    counted = _COUNTED_EN.match(text, end)
    listed = _COUNTED_TOO_EN.match(text, counted.end()) if counted else None
    return _trimmed(_piece(_CLAUSE_ENDS, text, start, listed.end() if listed else end))


def _trimmed(clause: str) -> str:
    return clause.strip().rstrip("，。；：,;:")


def sentence_around(text: str, start: int, end: int) -> str:
    return _piece(_SENTENCE_ENDS, text, start, end).strip()


def sentence_start(text: str, start: int) -> int:
    return _last_before(_ends_of(_SENTENCE_ENDS, text), start)


def _piece(ends: re.Pattern[str], text: str, start: int, end: int) -> str:
    found = _ends_of(ends, text)
    place = bisect_left(found, end, key=lambda span: span[0])
    return text[_last_before(found, start) : found[place][1] if place < len(found) else len(text)]


@lru_cache(maxsize=16)
def _ends_of(ends: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    """Looked up for each number of a text: found once, so that a long text takes no time squared."""
    return tuple(match.span() for match in ends.finditer(text))


def _last_before(found: Sequence[tuple[int, int]], start: int) -> int:
    place = bisect_right(found, start, key=lambda span: span[1])
    return found[place - 1][1] if place else 0
