"""Numbers that name, rank, date or list a thing and count none: a level, a century, an item's mark, a name in quotes.

Each rule needs words beside the number that say so; a number without them counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from .characters import HAN
from .numbers import Lang
from .numbers.quantity import plain_text
from .numbers.tables import COUNTERS

_REACH = 24
"""Characters before a number in which the word stands that makes it a name's."""
_ANY = r".+"
_NUMERAL = r"[一二三四五六七八九十]+|\d{1,2}"
_SHORT = r"\d{1,3}(?:\.\d+)?"
_SMALL_WORD = "one|two|three|four|five|six|seven|eight|nine|ten"
_AGAIN_ZH = (
    "元|校对|校验|审核|复核|检查|核查|核验|验证|认证|确认"
    "|创作|加工|利用|开发|分配|污染|供水|伤害|传播|感染|处理|创业|装修"
)
"""二次 before these is "once more, secondary"; what is done twice is 两次."""
_KIND_OF_NAME_ZH = (
    "(?:主题|系列|公益|专项|大型|线上|线下|直播)*"
    "(?:活动|计划|项目|行动|工程|栏目|节目|专题|专区|话题|榜单|挑战赛|大赛|比赛|论坛|课程|称号|纪录片|短片|展览)"
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a number is, and what stands right before and after it, when it counts nothing."""

    number: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def _sign(number: str = _ANY, before: str = "", after: str = "") -> _Sign:
    return _Sign(re.compile(number, re.IGNORECASE), re.compile(rf"(?:{before})\Z"), re.compile(after))


_ITEMS = (
    _sign(r"\d{1,2}", before=r"^\s*[（(]\s*", after=r"\s*[)）]\s*\S"),
    _sign(r"\d{1,2}", before=r"^\s*", after=r"\s*[)）.．](?!\d)\s*\S"),
)
"""Marks that count items: a text begins with them."""
_SIGNS: Mapping[Lang, tuple[_Sign, ...]] = MappingProxyType(
    {
        "zh": (
            *_ITEMS,
            _sign(r"\d{1,2}", before=r"^\s*", after=r"\s*、(?!\s*\d)"),
            _sign(r"\d{1,2}", before=r"[。；：]\s*[（(]\s*", after=rf"\s*[)）]\s*[{HAN}“《]"),
            _sign("二", after=r"\s*级(?!台阶|阶梯|跳)"),
            _sign(_NUMERAL, after=r"\s*级(?:甲等|乙等|医院|保护|响应|文物|等保)"),
            _sign("二", after=rf"\s*次(?:{_AGAIN_ZH})"),
            _sign(_NUMERAL, after=r"\s*期(?:工程|项目|建设|厂房|开发)"),
            _sign(_NUMERAL, after=r"\s*世纪"),
            _sign(r"[一二三四五六七八九]十|\d0", after=r"\s*年代"),
            _sign(r"\d[05]", after=r"\s*后(?![续来台方期果，。])"),
            _sign("1[12]|十[一二]", before=r"双\s*"),
            _sign(r"\d+0|[一二三四五六七八九]?[十百千]", after=r"\s*强(?:企业|榜|名单|品牌|县|[，。、；）”]|$)"),
            _sign(after=r"\s*年\s*一[度届]"),
            _sign(r"\d+\.\d+", after=r"\s*(?:版(?![块权面税])|时代)"),
            _sign(
                r"\d+", before=r"(?:^|[见如及和与、（(])\s*(?:附?[表图]|附录|附件)\s*", after=rf"(?!\s*[{COUNTERS}%])"
            ),
            _sign(r"\d{3,}", before=r"(?:热线|电话|拨打)[:：为\s]*", after=rf"(?!\s*[{COUNTERS}多余+])"),
            _sign(r"\d{3,5}", after=r"\s*(?:政务|服务|公益|求助|便民)*热线"),
        ),
        "en": (
            *_ITEMS,
            _sign(rf"{_SHORT}|{_SMALL_WORD}", before=r"\b(?i:level|tier|grade|class|type|phase|stage|category)-"),
            _sign(
                rf"{_SHORT}|{_SMALL_WORD}",
                before=r"\b(?:Level|Tier|Grade|Class|Type|Phase|Stage|Chapter|Article|Section|Table|Figure|Page"
                r"|Appendix|Annex|No\.?|Fortune|Global|Double)\s",
                after=r"(?!\s?%)",
            ),
            _sign(_SHORT, before=r"\b[Tt]op\s"),
            _sign(r"\d+\.\d+", before=r"\b(?:[Vv]ersion|Web)\s"),
            _sign(after=r"[- ](?:yearly|monthly|weekly|hourly)\b"),
            _sign(r"\d0", after=r"s\b"),
            _sign(r"\d{3,5}", before=r"\b(?i:hotline|helpline)\s"),
        ),
    }
)
_IDIOMS_ZH = re.compile("成百上千|成千上万|成千累万|千家万户|千千万万|一五一十")
_TITLES = re.compile(r"《[^》]*》")
_NAMED_ZH = re.compile(rf"[“「『][^“”「」『』，。！？；]*[”」』](?=\s*{_KIND_OF_NAME_ZH})")
_QUOTED_EN = re.compile(r"(?<![A-Za-z])[‘“](?P<name>[^‘’“”]*)[’”]")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")


def is_uncounted(text: str, start: int, end: int, language: Lang) -> bool:
    """Whether the number at `text[start:end]` belongs to a name, a rank, a date or an idiom."""
    plain = plain_text(text)
    if any(first <= start < last for first, last in _names(plain, language)):
        return True
    number, before = plain[start:end], plain[max(0, start - _REACH) : start]
    return any(
        one.number.fullmatch(number) and one.before.search(before) and one.after.match(plain, end)
        for one in _SIGNS[language]
    )


def is_in_title(text: str, place: int) -> bool:
    """Within the title of a work."""
    return any(first <= place < last for first, last in _titles(text))


@lru_cache(maxsize=16)
def _titles(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _TITLES.finditer(text))


@lru_cache(maxsize=16)
def _names(text: str, language: Lang) -> tuple[tuple[int, int], ...]:
    """Places of idioms, and of what quotation marks with a noun or capitals show to be a name.

    Looked up for each number of a text: found once, so that a long text takes no time squared.
    """
    whole = (_IDIOMS_ZH, _NAMED_ZH) if language == "zh" else ()
    found = [match for pattern in whole for match in pattern.finditer(text)]
    if language == "en":
        found += [match for match in _QUOTED_EN.finditer(text) if _is_capitalised(match["name"])]
    return tuple(match.span() for match in found)


def _is_capitalised(name: str) -> bool:
    """‘100 Ways to a Better Life’: a name; ‘100 ways to save water’: words that somebody said."""
    words = _LONG_WORD.findall(name)
    return bool(words) and all(word[0].isupper() for word in words)
