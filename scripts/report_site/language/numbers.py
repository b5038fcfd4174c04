"""Quantities in Chinese and English read to values, to prove that two texts say the same numbers.

How a text is read: `_prepare` makes its characters plain and closes torn numbers; then an ordered
list of named rules runs over it, and what one rule has read is blanked for those after it.

A quantity written in digits is *required*: the other text must hold it too. One written in words
(三所, six, 百余) is *optional*: it may answer a required one, and its absence says nothing, since
either language may put it otherwise.

Both languages are read alike, so that a doubtful string ("2-6") is doubtful in the same way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

Lang = Literal["zh", "en"]


class Qualifier(Enum):
    """What stands around a value. Texts don't keep "more than" from "at least": both are MORE."""

    EXACT = "exact"
    MORE = "more"
    NEARLY = "nearly"
    ABOUT = "about"
    LESS = "less"


class QuantityKind(Enum):
    NUMBER = "number"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"
    """Value in minutes since midnight."""
    ORDINAL = "ordinal"
    RATIO = "ratio"
    """Value : upper, as in 1:1."""
    PRODUCT = "product"
    """Value × upper, the smaller first, as in 7 × 24 (and 24/7)."""
    CODE = "code"
    """A name that holds digits (ISO27001, N95): compared as text, by `Quantity.literal`."""


@dataclass(frozen=True, slots=True)
class Quantity:
    value: Decimal
    """Scale multiplied in: 3.15 亿 is 315000000. Per cent as written: 5 % is 5."""
    upper: Decimal | None
    """End of a range, second term of a ratio or product."""
    percent: bool
    qualifier: Qualifier
    span: tuple[int, int]
    """Place in the text that was parsed, with signs and scale, without qualifying words."""
    text: str
    kind: QuantityKind
    optional: bool = False
    """Written in words; see the module's docstring."""

    @property
    def literal(self) -> str:
        """Spelling of a code without what a typesetter adds: spaces, case."""
        return re.sub(r"\s", "", _plain(self.text)).upper()

    def __str__(self) -> str:
        """For messages and case files: `more 500000`, `5..10%`, `month 12`; `[6]` if optional."""
        words = [] if self.qualifier is Qualifier.EXACT else [self.qualifier.value]
        if self.kind is not QuantityKind.NUMBER:
            words.append(self.kind.value)
        upper = "" if self.upper is None else f"{_JOINTS.get(self.kind, '..')}{_digits(self.upper)}"
        value = self.literal if self.kind is QuantityKind.CODE else f"{_digits(self.value)}{upper}"
        words.append(value + "%" * self.percent)
        return f"[{' '.join(words)}]" if self.optional else " ".join(words)


@dataclass(frozen=True, slots=True)
class Difference:
    """A required quantity that the other text lacks; both sides if they differ in one respect."""

    zh: Quantity | None
    en: Quantity | None

    @property
    def reason(self) -> str:
        if self.zh is None:
            return "missing in Chinese"
        if self.en is None:
            return "missing in English"
        if self.zh.percent != self.en.percent:
            return "percent sign"
        if self.zh.qualifier is not self.en.qualifier:
            return "qualifier"
        return "kind" if self.zh.value == self.en.value else "scale"

    def __str__(self) -> str:
        sides = (("zh", self.zh), ("en", self.en))
        said = (f"{lang} “{q.text}” ({q}) at {q.span[0]}–{q.span[1]}" for lang, q in sides if q)
        return f"{self.reason}: {', '.join(said)}"


# --------------------------------------------------------------------------------------
# Tables

_PLAIN_CHARACTERS = str.maketrans(
    "０１２３４５６７８９％＋：／．－–—−‑~～〜×✕Ｘ＊　\u00a0\u2009\u202f₀₁₂₃₄₅₆₇₈₉",
    "0123456789%+:/.-----~~~×××*    0123456789",
)
"""One character for one, so that places in the text stay true."""

_HAN_DIGITS: Mapping[str, int] = MappingProxyType(
    {
        char: value
        for value, chars in enumerate(["〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
        for char in chars
    }
)
_HAN_UNITS: Mapping[str, int] = MappingProxyType({"十": 10, "百": 100, "千": 1000})
_SCALES: Mapping[str, int] = MappingProxyType(
    {"十": 10, "百": 100, "千": 10**3, "万": 10**4, "亿": 10**8, "w": 10**4, "k": 10**3}
    | {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    | {"mn": 10**6, "bn": 10**9, "tn": 10**12, "ten": 10, "dozen": 12}
)
_COUNTERS = (
    "个位名家所场次项种件条份篇部册节门期届季批组对台套款只头颗支张座栋层级类辆艘架株棵亩斤吨克米元"
    "年月日天周岁时秒倍户人口地国省市县区镇乡村校城院班队团轮遍首幅盆句页步站点屏版例笔单亿万千枚包"
)
"""Measure words, and nouns counted without one: what tells 三所 (an amount) from 三江 (a name)."""
_NOT_ONE = "时点部步级站面类"
"""After 一 these make a word (一时, 一级), no amount."""
_GROUPS = "大来"
"""What else follows a number that counts: 五大原则, 十来个."""
_UNIT_AFTER_THOUSAND = "克米瓦卡伏帕赫"
"""千克, 千米: the 千 belongs to the unit."""
_DURATION = r"(?:个?月|天|日|周|小时|分钟|秒)"
_UNIT = r"[\u4e00-\u9fff]{0,2}?"

_QUALIFIER_BEFORE_ZH = {
    Qualifier.LESS: r"不到|不足|少于|低于|小于|不超过?|不多于|不高于|未满|不满",
    Qualifier.MORE: r"超过|超出|超|逾|不少于|不低于|不下|不止|多于|大于|高于"
    r"|(?<![打攻侦识说])(?:突破|破)|(?<![经通路渡])过(?=[百千万亿])",
    Qualifier.NEARLY: r"接近|将近|逼近|(?<![最附邻临靠亲拉走])近",
    Qualifier.ABOUT: r"大约|大概|约为|(?<![节签预合邀制条公特契违履续])约",
}
_QUALIFIER_FAR_ZH = {Qualifier.MORE: r"至少", Qualifier.LESS: r"至多|最多|最高"}
"""Words that a verb may part from their number: 至少帮助 10 个."""
_QUALIFIER_AFTER_ZH = {
    Qualifier.LESS: rf"{_UNIT}以[下内](?!简称|内容|是|为|几)"
    rf"|(?:{_DURATION}之?|(?<!(?:19|20)\d\d)年)内(?![容部在外陆地涵])",
    Qualifier.MORE: rf"{_UNIT}(?:以上|有余)"
    r"|(?:年|天|个?小时|周|个月)多(?![元样次模种媒])|个多(?=月|小时|星期)",
    Qualifier.ABOUT: rf"{_UNIT}(?:左右|上下)|来(?=[个位名家人年天])",
}
_QUALIFIER_BEFORE_EN = {
    Qualifier.LESS: r"(?:less|fewer|lower|smaller|(?:no|not) (?:more|higher)) than|not exceeding"
    r"|under|below|within|up to|at most|(?:a )?maximum of",
    Qualifier.MORE: r"(?:more|greater|higher|larger|(?:no|not) (?:less|fewer)) than|at least"
    r"|over|above|beyond|exceed(?:s|ed|ing)?|in excess of|upwards of|(?:a )?minimum of"
    r"|topp?(?:s|ed|ing)|surpass(?:es|ed|ing)?|pass(?:ed|ing)",
    Qualifier.NEARLY: r"nearly|almost|close to|approaching|just (?:under|short of)",
    Qualifier.ABOUT: r"about|around|approximately|approx\.?|roughly|circa|some|an estimated",
}
_UNIT_EN = r"(?:[ -][a-z]+)?"
_STOP_EN = r"(?=\W*$|[.,;:)])"
"""After "5 hours and over": else the words begin the next amount ("5 men and over 6 women")."""
_QUALIFIER_AFTER_EN = {
    Qualifier.MORE: rf"{_UNIT_EN} (?:or more\b(?! than)|(?:or|and) (?:above|over)\b{_STOP_EN})",
    Qualifier.LESS: rf"{_UNIT_EN} (?:or (?:less|fewer)\b(?! than)"
    rf"|(?:or|and) (?:below|under)\b{_STOP_EN})",
    Qualifier.ABOUT: rf"{_UNIT_EN} or (?:so|thereabouts)\b",
}
_CURRENCY = r"(?:RMB|CNY|USD|HKD|EUR|GBP|US\$|HK\$|US|HK|人民币|[¥￥$€£])"

_MONTHS = (
    *("Jan(?:uary)?", "Feb(?:ruary)?", "Mar(?:ch)?", "Apr(?:il)?", "May", "June?"),
    *("July?", "Aug(?:ust)?", "Sept?(?:ember)?", "Oct(?:ober)?", "Nov(?:ember)?", "Dec(?:ember)?"),
)
_UNITS_EN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS_EN = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS_EN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS_EN = [
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *(f"{word}th" for word in _TEENS_EN[3:]),
]
_WORD_VALUES: Mapping[str, Decimal] = MappingProxyType(
    {word: Decimal(number) for number, word in enumerate(_UNITS_EN + _TEENS_EN, 1)}
    | {word: Decimal(number * 10) for number, word in enumerate(_TENS_EN, 2)}
    | dict.fromkeys(["a", "an", "once"], Decimal(1))
    | {"half": Decimal("0.5"), "twice": Decimal(2)}
)
_ORDINAL_VALUES: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ORDINALS_EN, 1)}
    | {f"{word[:-1]}ieth": number * 10 for number, word in enumerate(_TENS_EN, 2)}
)
_FRACTIONS_EN: Mapping[str, int] = MappingProxyType(
    {"half": 2, "quarter": 4} | {word: number for number, word in enumerate(_ORDINALS_EN[2:10], 3)}
)
_NAMES_WITH_DIGITS = (
    r"新冠|二氧化碳|神舟[一二三四五六七八九十]+号|范围[一二三]"
    r"|(?<![A-Za-z0-9])(?i:shenzhou[- ]?\d+|scopes? [123](?: and (?:scope )?[123])?)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])(?i:covid(?:-? ?19)?|coronavirus|t?co2e?|carbon dioxide)(?![A-Za-z0-9])"
)
"""Names that hold digits in one language and none in the other: nobody's quantity."""
_AFTERNOON = ("下午", "傍晚", "晚上", "晚", "pm")
_JOINTS = MappingProxyType({QuantityKind.RATIO: ":", QuantityKind.PRODUCT: "×"})

# --------------------------------------------------------------------------------------
# From text to plain text


@dataclass(frozen=True, slots=True)
class _Prepared:
    text: str
    places: tuple[int, ...]
    """For each character of `text`, and for its end, the place in the text as given."""


def _plain(text: str) -> str:
    return text.translate(_PLAIN_CHARACTERS)


_CLOSED_BY_SPACES = re.compile(r"(?<![A-Za-z0-9])[ \t]+|[ \t]+(?![A-Za-z0-9])")


def _prepare(text: str, lang: Lang) -> _Prepared:
    """Chinese loses its spaces, since extraction tears numbers (`6 , 647 万`).

    Those between two Latin letters or digits stay: there they part two words.
    """
    plain = _plain(text)
    gaps = _CLOSED_BY_SPACES.finditer(plain) if lang == "zh" else ()
    dropped = {place for gap in gaps for place in range(*gap.span())}
    if not dropped:
        return _Prepared(plain, tuple(range(len(plain) + 1)))
    places = [place for place in range(len(plain)) if place not in dropped]
    return _Prepared("".join(plain[place] for place in places), (*places, len(plain)))


# --------------------------------------------------------------------------------------
# Building blocks of the rules

_Match = re.Match[str]
_Reader = Callable[[_Match], Iterable[Quantity]]

_NUMBER = r"(?<!\d)(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_HAN_CHARACTERS = f"{''.join(_HAN_DIGITS)}十百千万亿"
_HAN_NUMBER = f"[{_HAN_CHARACTERS}]+"
_MORE_ZH = r"(?:[多余]|\+(?![\dA-Za-z]))"
_SCALE_ZH = (
    r"[十百千]?万亿|[十百千]?[万亿]|百(?![分科])"
    rf"|千(?![{_UNIT_AFTER_THOUSAND}])| ?[wWkK](?![A-Za-z])"
)
_PERCENT_ZH = r"%|‰|个百分点"
_SCALE_EN = r"(?:[\s-]?(?:(?i:hundred|thousand|million|billion|trillion)|bn|mn|tn)\b|[kK]\b)"
_MORE_EN = r"(?:\s?\+(?!\s?\d|[A-JL-Z])|[\s-]plus\b|-odd\b)"
_PERCENT_EN = r"\s?[%‰]|[\s-]?per\s?cent\b|[\s-]percentage[\s-]points?\b"


def _amount_pattern(lang: Lang, tag: str) -> str:
    """An amount in digits: number, sign, scale, smaller scale, sign, per cent.

    Its groups carry `tag`, so that two amounts make a range.
    """
    if lang == "zh":
        tail = rf"(?:(?<=亿)(?P<tail{tag}>\d{{1,4}}(?:\.\d+)?万))?"
        more, scale, percent = _MORE_ZH, f"(?:{_SCALE_ZH})", _PERCENT_ZH
    else:
        tail = f"(?P<tail{tag}>(?!))?"
        more, scale, percent = _MORE_EN, f"{_SCALE_EN}+", _PERCENT_EN
    return (
        rf"(?P<number{tag}>{_NUMBER})(?P<inner{tag}>{more})?(?P<scale{tag}>{scale})?{tail}"
        rf"(?P<outer{tag}>{more})?(?P<percent{tag}>{percent})?"
    )


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _to_decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


_SCALE_WORD = re.compile("|".join(sorted(_SCALES, key=len, reverse=True)))


def _scale(words: str | None) -> int:
    """Product of a run of scales: 千万, "hundred million", "bn"."""
    product = 1
    for word in _SCALE_WORD.findall((words or "").lower()):
        product *= _SCALES[word]
    return product


def _quantity(
    match: _Match,
    value: Decimal | int,
    kind: QuantityKind = QuantityKind.NUMBER,
    *,
    upper: Decimal | int | None = None,
    group: str | int = 0,
    percent: bool = False,
    qualifier: Qualifier = Qualifier.EXACT,
    optional: bool = False,
) -> Quantity:
    """A quantity in the coordinates of the prepared text; `parse` moves it to the given one's."""
    end = None if upper is None else Decimal(upper)
    return Quantity(Decimal(value), end, percent, qualifier, match.span(group), match[group], kind, optional)


def _alternatives(table: Mapping[Qualifier, str], before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern whose last group is named for the qualifier that matched."""
    return re.compile(f"(?:{before})(?:{'|'.join(f'(?P<{q.value}>{p})' for q, p in table.items())})(?:{after})")


_BEFORE_ZH = _alternatives(_QUALIFIER_BEFORE_ZH, after=rf"了?{_CURRENCY}?\Z")
_FAR_ZH = _alternatives(_QUALIFIER_FAR_ZH, after=rf"[\u4e00-\u9fff]{{0,4}}{_CURRENCY}?\Z")
_AFTER_ZH = _alternatives(_QUALIFIER_AFTER_ZH)
_BEFORE_EN = re.compile(_alternatives(_QUALIFIER_BEFORE_EN, r"\b", rf"\s+{_CURRENCY}?\s*\Z").pattern, re.IGNORECASE)
_AFTER_EN = _alternatives(_QUALIFIER_AFTER_EN)
_COUNTED_TIME = re.compile(f"{_DURATION}|年")
_REACH = 26
"""Characters before a number in which its qualifier stands."""


def _named(match: _Match | None) -> Qualifier | None:
    return Qualifier(match.lastgroup) if match and match.lastgroup else None


def _qualifier_zh(text: str, start: int, end: int) -> Qualifier:
    """What follows binds closest, then what stands just before, then what a verb parts off."""
    after = _named(_AFTER_ZH.match(text, end))
    before = _named(_BEFORE_ZH.search(text, max(0, start - _REACH), start))
    far = _named(_FAR_ZH.search(text, max(0, start - _REACH), start))
    return after or before or far or Qualifier.EXACT


def _qualifier_en(text: str, start: int, end: int) -> Qualifier:
    before = _BEFORE_EN.search(text, max(0, start - _REACH), start)
    return _named(_AFTER_EN.match(text, end)) or _named(before) or Qualifier.EXACT


def _is_recent(match: _Match, value: Decimal) -> bool:
    """近 3 年 is "the last three years"; 近 50 年 is nearly fifty. Ten is where usage turns."""
    near = match.string.endswith("近", 0, match.start())
    return near and value <= 10 and bool(_COUNTED_TIME.match(match.string, match.end()))


def _qualifier(match: _Match, lang: Lang, value: Decimal, signed: bool) -> Qualifier:
    """`signed`: the number carries +, 多 or 余, which outweighs a word before it (约 200 多万)."""
    if signed:
        return Qualifier.MORE
    if lang == "zh" and _is_recent(match, value):
        return Qualifier.EXACT
    return (_qualifier_zh if lang == "zh" else _qualifier_en)(match.string, *match.span())


# --------------------------------------------------------------------------------------
# Amounts in digits


def _amount_value(match: _Match, tag: str, shared_scale: int = 1) -> Decimal:
    scale = _scale(match[f"scale{tag}"]) if match[f"scale{tag}"] else shared_scale
    value = _to_decimal(match[f"number{tag}"]) * scale
    if tail := match[f"tail{tag}"]:
        value += Decimal(tail[:-1]) * _scale(tail[-1])
    return value / 10 if match[f"percent{tag}"] == "‰" else value


def _is_signed(match: _Match, tag: str) -> bool:
    return bool(match[f"inner{tag}"] or match[f"outer{tag}"])


def _kind_of_amount(match: _Match, tag: str, qualifier: Qualifier) -> QuantityKind:
    """A bare 19xx or 20xx is a year, unless it is counted by a measure word or "more than"."""
    end = match.end(f"number{tag}")
    bare = qualifier in (Qualifier.EXACT, Qualifier.ABOUT) and not any(
        match[f"{part}{tag}"] for part in ("inner", "scale", "outer", "percent")
    )
    following = match.string[end : end + 1]
    counted = following != "年" and following in _COUNTERS and following != ""
    year = re.fullmatch(r"(?:19|20)\d\d", match[f"number{tag}"])
    return QuantityKind.YEAR if year and bare and not counted else QuantityKind.NUMBER


def _read_amount(lang: Lang) -> _Reader:
    def read(match: _Match) -> Iterator[Quantity]:
        value = _amount_value(match, "A")
        qualifier = _qualifier(match, lang, value, _is_signed(match, "A"))
        kind = _kind_of_amount(match, "A", qualifier)
        yield _quantity(match, value, kind, percent=bool(match["percentA"]), qualifier=qualifier)

    return read


def _read_range(lang: Lang) -> _Reader:
    """3-5 万 has its scale on both ends; 5000 到 1 万 hasn't, or it would run backwards."""

    def read(match: _Match) -> Iterator[Quantity]:
        ordered = _to_decimal(match["numberA"]) < _to_decimal(match["numberB"])
        shares = ordered and not match["scaleA"]
        lower = _amount_value(match, "A", _scale(match["scaleB"]) if shares else 1)
        upper = _amount_value(match, "B")
        if lower >= upper or (match["percentA"] and not match["percentB"]):
            return
        signed = _is_signed(match, "A") or _is_signed(match, "B")
        qualifier = _qualifier(match, lang, lower, signed)
        kind = _kind_of_amount(match, "B", qualifier)
        yield _quantity(match, lower, kind, upper=upper, percent=bool(match["percentB"]), qualifier=qualifier)

    return read


# --------------------------------------------------------------------------------------
# Dates, times, codes: alike in both languages


def _read_nothing_required(match: _Match) -> Iterator[Quantity]:
    yield _quantity(match, 0, QuantityKind.CODE, optional=True)


def _read_numeric_date(match: _Match) -> Iterator[Quantity]:
    if 1 <= int(match[3]) <= 12 and 1 <= int(match[4]) <= 31:
        for group, kind in ((1, QuantityKind.YEAR), (3, QuantityKind.MONTH), (4, QuantityKind.DAY)):
            yield _quantity(match, int(match[group]), kind, group=group)


def _read_abbreviated_years(match: _Match) -> Iterator[Quantity]:
    first, last = int(match[1]), int(match[1][:2] + match[2])
    if first < last:
        yield _quantity(match, first, QuantityKind.YEAR, upper=last)


def _read_product(match: _Match) -> Iterator[Quantity]:
    terms = sorted(int(term) for term in re.findall(r"\d+", match[0]))
    yield _quantity(match, terms[0], QuantityKind.PRODUCT, upper=terms[-1])


def _read_round_the_clock(match: _Match) -> Iterator[Quantity]:
    yield _quantity(match, 7, QuantityKind.PRODUCT, upper=24)


def _read_clock(match: _Match) -> Iterator[Quantity]:
    """Groups: half (of the day), hour, minute; value in minutes since midnight."""
    parts = match.groupdict()
    half = (parts["half"] or "").replace(".", "").lower()
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    if half in _AFTERNOON and hour < 12:
        hour += 12
    yield _quantity(match, hour * 60 + minute, QuantityKind.TIME)


def _read_noon(match: _Match) -> Iterator[Quantity]:
    value = 720 if match["name"].lower() == "noon" else 0
    yield _quantity(match, value, QuantityKind.TIME, optional=not match["hour"])


def _read_ratio(match: _Match) -> Iterator[Quantity]:
    yield _quantity(match, int(match[1]), QuantityKind.RATIO, upper=int(match[2]))


def _code(match: _Match) -> Quantity:
    """Value: the number in the code if there is but one, else 0; see `_as_number`."""
    numbers = re.findall(r"\d+(?:\.\d+)?", match[0])
    return _quantity(match, Decimal(numbers[0]) if len(numbers) == 1 else 0, QuantityKind.CODE)


_DIGIT_AFTER_LETTERS = re.compile(r"(?P<letters>[A-Za-z]+)(?P<mark>[-^]?)\d")


def _read_glued_code(match: _Match) -> Iterator[Quantity]:
    """N95, CVPR2022, Web3, X^2-VLM; but not mid-2022 or RMB500."""
    first = _DIGIT_AFTER_LETTERS.search(match[0])
    if not first or re.fullmatch(_CURRENCY, first["letters"]):
        return
    if not first["mark"] or first["letters"].isupper():
        yield _code(match)


def _read_spaced_code(match: _Match) -> Iterator[Quantity]:
    """GRI 2-1, SC 22, ISO 14064; but not the year after a name (UCCA 2022)."""
    if not re.fullmatch(_CURRENCY, match["name"]) and not re.fullmatch(r"(?:19|20)\d\d", match["digits"]):
        yield _code(match)


def _read_code(match: _Match) -> Iterator[Quantity]:
    yield _code(match)


# --------------------------------------------------------------------------------------
# Chinese only


def _han_value(text: str) -> Decimal | None:
    """Value of 三千五百, 两千万 or 二〇二二; none for what counts nothing (三四, 万千)."""
    if len(text) > 2 and all(char in _HAN_DIGITS for char in text):
        return Decimal("".join(str(_HAN_DIGITS[char]) for char in text))
    total = section = digit = 0
    previous = ""
    for char in text:
        if char in _HAN_DIGITS:
            if _HAN_DIGITS.get(previous):
                return None
            digit = _HAN_DIGITS[char]
        elif char in _HAN_UNITS:
            section, digit = section + (digit or 1) * _HAN_UNITS[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit or 1) * _SCALES[char], 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * _SCALES[char], 0, 0
        previous = char
    return Decimal(total + section + digit)


def _either_value(text: str) -> Decimal | None:
    return _to_decimal(text) if text[0].isdecimal() else _han_value(text)


def _is_words(text: str) -> bool:
    return not re.search(r"\d", text)


def _read_hundredths(match: _Match) -> Iterator[Quantity]:
    """百分之五 and 千分之三 are per cent; 三分之一 is a third."""
    parts, whole = _either_value(match["parts"]), _either_value(match["whole"])
    if not parts or not whole:
        return
    percent = match["whole"] in ("百", "千", "万")
    qualifier = _qualifier_zh(match.string, *match.span())
    value = parts * 100 / whole if percent else parts / whole
    yield _quantity(match, value, percent=percent, qualifier=qualifier, optional=_is_words(match[0]))


def _read_tenths(match: _Match) -> Iterator[Quantity]:
    """七成 is 70 per cent."""
    value = _either_value(match["parts"])
    if value:
        qualifier = _qualifier_zh(match.string, *match.span())
        yield _quantity(match, value * 10, percent=True, qualifier=qualifier, optional=_is_words(match[0]))


def _read_month_zh(match: _Match) -> Iterator[Quantity]:
    groups = [group for group in ("m1", "m2") if match[group]]
    if all(1 <= int(match[group]) <= 12 for group in groups):
        yield from (_quantity(match, int(match[group]), QuantityKind.MONTH, group=group) for group in groups)


def _read_day_zh(match: _Match) -> Iterator[Quantity]:
    for group in ("d1", "d2"):
        if match[group]:
            yield _quantity(match, int(match[group]), QuantityKind.DAY, group=group)


def _read_word_month(match: _Match) -> Iterator[Quantity]:
    value = _han_value(match[1])
    if value and value <= 12:
        yield _quantity(match, value, QuantityKind.MONTH, optional=True)


def _read_ordinal_zh(match: _Match) -> Iterator[Quantity]:
    value = _either_value(match[1])
    if value is not None:
        yield _quantity(match, value, QuantityKind.ORDINAL, group=1, optional=_is_words(match[1]))


def _read_ratio_words_zh(match: _Match) -> Iterator[Quantity]:
    first, second = _either_value(match[1]), _either_value(match[2])
    if first and second:
        yield _quantity(match, first, QuantityKind.RATIO, upper=second, optional=_is_words(match[0]))


def _read_vague(match: _Match) -> Iterator[Quantity]:
    """数千, "thousands of": one to nine times the scale, which no exact number equals."""
    scale = _scale(re.sub(r"dozens?|scores?|tens", "ten", match["scale"], flags=re.IGNORECASE))
    yield _quantity(match, scale, upper=9 * scale, qualifier=Qualifier.ABOUT, optional=True)


_WITHOUT_ONE = str.maketrans("", "", _NOT_ONE)


def _read_han_words(match: _Match) -> Iterator[Quantity]:
    """三所, 十余名, 近百家, 上万人; uncounted and unqualified it is part of a name (四川, 百科)."""
    value = _han_value(match["digits"])
    if value is None:
        return
    value *= _scale(match["scale"])
    big = match["digits"][0] in "百千万亿"
    at_least = big and match.string.endswith(("上", "过"), 0, match.start())
    qualifier = _qualifier(match, "zh", value, bool(match["more"]) or at_least)
    if _counts(match, value) or (big and qualifier is not Qualifier.EXACT):
        yield _quantity(match, value, qualifier=qualifier, optional=True)


def _counts(match: _Match, value: Decimal) -> bool:
    """Whether a number in characters is followed, signed or built as an amount is."""
    if match["more"] or re.fullmatch("[百千][万亿]", match["digits"]):
        return True
    counters = _COUNTERS.translate(_WITHOUT_ONE) if value == 1 else _COUNTERS + _GROUPS
    following = match.string[match.end() : match.end() + 1]
    return bool(following) and following in counters


# --------------------------------------------------------------------------------------
# English only


def _read_date_en(match: _Match) -> Iterator[Quantity]:
    month = next(number for number, name in enumerate(_MONTHS, 1) if re.fullmatch(name, match["month"]))
    yield _quantity(match, month, QuantityKind.MONTH, group="month")
    for group in ("d1", "d2", "d3", "d4"):
        if match[group]:
            yield _quantity(match, int(match[group]), QuantityKind.DAY, group=group)


def _read_ratio_words_en(match: _Match) -> Iterator[Quantity]:
    first, second = (_WORD_VALUES.get(term.lower()) or Decimal(term) for term in match.groups() if term)
    yield _quantity(match, first, QuantityKind.RATIO, upper=second, optional=_is_words(match[0]))


def _read_fraction_digits(match: _Match) -> Iterator[Quantity]:
    if int(match[1]) < int(match[2]):
        yield _quantity(match, Decimal(match[1]) / Decimal(match[2]))


def _read_fraction_en(match: _Match) -> Iterator[Quantity]:
    parts, whole = _WORD_VALUES[match["parts"].lower()], _FRACTIONS_EN[match["whole"].lower()]
    qualifier = _qualifier_en(match.string, *match.span())
    yield _quantity(match, parts / whole, qualifier=qualifier, optional=True)


def _read_ordinal_digits(match: _Match) -> Iterator[Quantity]:
    yield _quantity(match, int(match[1].replace(",", "")), QuantityKind.ORDINAL)


def _read_ordinal_words(match: _Match) -> Iterator[Quantity]:
    tens = _WORD_VALUES[match["tens"].lower()] if match["tens"] else Decimal(0)
    value = tens + _ORDINAL_VALUES[match["ordinal"].lower()]
    yield _quantity(match, value, QuantityKind.ORDINAL, optional=True)


def _word_value(text: str) -> Decimal:
    """Value of words that the pattern has found to be one number ("half a million")."""
    total = Decimal(0)
    current = Decimal(0)
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ("hundred", "dozen"):
            current *= _SCALES[word]
        elif word in _SCALES and word != "ten":
            total, current = total + current * _SCALES[word], Decimal(0)
        elif word in ("a", "an"):
            current = current or Decimal(1)
        elif word != "and":
            current += _WORD_VALUES[word]
    return total + current


def _read_words_en(match: _Match) -> Iterator[Quantity]:
    value = _word_value(match["words"])
    qualifier = _qualifier(match, "en", value, bool(match["more"]))
    yield _quantity(match, value, percent=bool(match["percent"]), qualifier=qualifier, optional=True)


# --------------------------------------------------------------------------------------
# The rules


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    read: _Reader
    """Yields nothing where the match is none of this rule's: then later rules see the text."""
    in_digits: bool = False
    """Reads nothing in a text without digits, so needn't be tried there."""
    words: tuple[str, ...] = ("",)
    """Reads nothing in a text that holds none of these, in small letters: far sooner told than by the pattern."""

    def may_read(self, small: str) -> bool:
        return any(word in small for word in self.words)


def _word_rule(name: str, pattern: str, read: _Reader, words: Iterable[str]) -> _Rule:
    return _Rule(name, re.compile(pattern), read, words=tuple(words))


def _digit_rule(name: str, pattern: str, read: _Reader) -> _Rule:
    return _Rule(name, re.compile(pattern), read, in_digits=True)


_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTH_NAME = f"(?:{'|'.join(_MONTHS)})"
_NTH = r"(?:st|nd|rd|th)?"
_ONES = "|".join(_UNITS_EN)
_TENS = "|".join(_TENS_EN)
_SMALL_EN = rf"(?:(?:{_TENS})[\s-](?:{_ONES})|{_TENS}|{'|'.join(_TEENS_EN)}|{_ONES})\b"
_HUNDREDS_EN = rf"(?:(?:an?|{_SMALL_EN})[\s-](?:hundred|dozen)\b(?:\s+(?:and\s+)?{_SMALL_EN})?|{_SMALL_EN})"
_BIG_EN = r"(?:thousand|million|billion|trillion)\b"
_WORDS_EN = (
    rf"half\s+an?\s+{_BIG_EN}|once\b|twice\b|(?:{_ONES}|ten)(?=fold\b)"
    rf"|(?:{_HUNDREDS_EN}|an?(?=[\s-]{_BIG_EN}))"
    rf"(?:[\s-]{_BIG_EN}(?:\s+(?:and\s+)?{_HUNDREDS_EN}(?![\s-]hundred))?)*"
)
_RATIO_TERM_EN = rf"({_ONES}|\d+)"
_CODE_NUMBER = (
    r"(?P<digits>\d+(?:\.\d+)?(?: ?- ?\d+)*(?::\d{4})?)"
    rf"(?![\d.]*\d|[,.]\d|[ -]?(?:{_SCALE_EN}|%|‰|per\s?cent)|[{_COUNTERS}%‰+多余百])"
)
"""What follows an acronym, and is not counted: no per cent, scale or measure word after it."""
_DAY_PART = r"(?P<half>上午|早上|凌晨|中午|下午|傍晚|晚上|晚)"
_HOUR = r"(?P<hour>[01]?\d|2[0-4])"
_MINUTE = r"(?P<minute>[0-5]\d)(?!\d|:)"
_HALF_DAY = r"(?P<half>(?i:[ap]\.?m\b\.?))"

# Order: names and codes first, since their digits count nothing; then what has a fixed form (dates,
# times, ratios); then ranges before single amounts; then words, when the digits beside them have
# taken their scale (3 千万 is one amount).
_NAMES = (
    _word_rule(
        "name",
        _NAMES_WITH_DIGITS,
        _read_nothing_required,
        [
            *("新冠", "二氧化碳", "神舟", "范围"),
            *("shenzhou", "scope", "covid", "coronavirus", "co2", "carbon dioxide"),
        ],
    ),
    _digit_rule("round-the-clock", r"(?<![\d/])24/7(?![\d/])", _read_product),
    _digit_rule(
        "numeric-date",
        r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)",
        _read_numeric_date,
    ),
    _digit_rule(
        "abbreviated-years",
        r"(?<!\d)((?:19|20)\d\d)[-/](\d\d)(?![\d.,/-])",
        _read_abbreviated_years,
    ),
    _digit_rule("product", r"(?<![\d.,])\d{1,4} ?[×xX*] ?\d{1,4}(?![\d.,]*\d)", _read_product),
)
_CODES = (
    _digit_rule("ratio", r"(?<![\d:.])(\d+) ?: ?(\d+)(?![\d:]|\.\d)", _read_ratio),
    _digit_rule(
        "glued-code",
        r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-^][A-Za-z0-9]+)*(?:\.\d+)?",
        _read_glued_code,
    ),
    _digit_rule("digit-letter-code", r"(?<![\w.,])(?:\d+[GDp]|[248]K)(?![A-Za-z0-9])", _read_code),
)
_RULES_ZH = (
    *_NAMES,
    _digit_rule(
        "clock",
        rf"{_DAY_PART}?(?<!\d){_HOUR}:{_MINUTE}",
        _read_clock,
    ),
    _digit_rule(
        "clock-words",
        rf"(?:{_DAY_PART}|(?=\d{{1,2}}[点时](?:\d|整|钟)))"
        rf"(?<!\d){_HOUR}[点时](?!间)(?:(?P<minute>\d{{1,2}})分|整|钟)?",
        _read_clock,
    ),
    *_CODES,
    _digit_rule(
        "spaced-code",
        rf"(?<![A-Za-z])(?P<name>[A-Z]{{2,}}(?:/[A-Z]+)?|[A-Z])[ -]{_CODE_NUMBER}",
        _read_spaced_code,
    ),
    _word_rule(
        "hundredths",
        rf"(?P<whole>{_HAN_NUMBER}|{_NUMBER})分之(?P<parts>{_NUMBER}|{_HAN_NUMBER})",
        _read_hundredths,
        ["分之"],
    ),
    _digit_rule("fraction", r"(?<![\d/.])(\d)/(\d{1,2})(?![\d/.])", _read_fraction_digits),
    _word_rule(
        "tenths",
        rf"(?P<parts>{_NUMBER}|(?<![{_HAN_CHARACTERS}])[一二两三四五六七八九])"
        r"成(?![员人立为熟本就功果长年效语套都不千])",
        _read_tenths,
        ["成"],
    ),
    _digit_rule(
        "month",
        r"(?<![\d.,])(?:(?P<m1>\d{1,2})月?[-~到至、和及])?(?P<m2>\d{1,2})月",
        _read_month_zh,
    ),
    _digit_rule(
        "day",
        rf"(?:(?<!\d)(?P<d1>{_DAY})[日号]?[-~到至、和])?(?<![\d.,])(?P<d2>{_DAY})"
        r"(?:日(?!内)|(?<=\0\d)号|(?<=\0\d\d)号)",
        _read_day_zh,
    ),
    _word_rule("ordinal", rf"第({_NUMBER}|{_HAN_NUMBER})", _read_ordinal_zh, ["第"]),
    _word_rule(
        "ratio-words",
        rf"(?<![{_COUNTERS}])({_NUMBER}|[一二三四五])[比对]"
        rf"({_NUMBER}|[一二三四五十百])(?![个名位家场次])",
        _read_ratio_words_zh,
        ["比", "对"],
    ),
    _digit_rule(
        "range",
        rf"{_amount_pattern('zh', 'A')}[{_COUNTERS}]?"
        rf"(?:[-~]{{1,2}}|到|至){_amount_pattern('zh', 'B')}",
        _read_range("zh"),
    ),
    _digit_rule("amount", _amount_pattern("zh", "A"), _read_amount("zh")),
    _word_rule(
        "vague",
        r"(?:好几|(?<![十百])几|(?<![参次指系函])数)(?P<scale>[十百千]?[万亿]|[十百千])",
        _read_vague,
        ["几", "数"],
    ),
    _word_rule("word-month", r"(十[一二]?|[一二三四五六七八九])月(?!份?[一二三]次)", _read_word_month, ["月"]),
    _word_rule(
        "words",
        rf"(?<!\0)(?P<digits>{_HAN_NUMBER})(?:(?P<more>[余多几]|\+)(?P<scale>[万亿]?))?",
        _read_han_words,
        _HAN_CHARACTERS,
    ),
)
_RULES_EN = (
    *_NAMES,
    _digit_rule(
        "round-the-clock-words",
        r"(?i)24 hours a day,? (?:and )?(?:7|seven) days a week",
        _read_round_the_clock,
    ),
    _word_rule(
        "date",
        rf"(?:(?<![\d,.])(?P<d1>{_DAY}){_NTH}(?:\s*(?:-|to|and|until)\s*(?P<d2>{_DAY}){_NTH})?"
        rf"\s+(?:of\s+)?)?\b(?P<month>{_MONTH_NAME})\b"
        rf"(?:\.?\s+(?P<d3>{_DAY}){_NTH}(?:\s*(?:-|to|and)\s*(?P<d4>{_DAY}){_NTH})?"
        rf"(?![,.]\d|{_SCALE_EN}|{_PERCENT_EN}|{_MORE_EN}|\s{_MONTH_NAME}\b))?",
        _read_date_en,
        [month[:3].lower() for month in _MONTHS],
    ),
    _digit_rule(
        "clock",
        rf"(?<![\d:]){_HOUR}:{_MINUTE}(?:\s?{_HALF_DAY})?",
        _read_clock,
    ),
    _digit_rule(
        "clock-half",
        rf"(?<![\d:.,])(?P<hour>1[0-2]|\d)(?P<minute>(?!))?\s?{_HALF_DAY}",
        _read_clock,
    ),
    _word_rule("noon", r"\b(?P<hour>12\s)?(?P<name>(?i:noon|midnight))\b", _read_noon, ["noon", "midnight"]),
    *_CODES,
    _word_rule(
        "ratio-words",
        rf"(?i)\b{_RATIO_TERM_EN}-(?:to|on|for)-{_RATIO_TERM_EN}\b|\b(one) (?:to|for) (one)\b",
        _read_ratio_words_en,
        ["-to-", "-on-", "-for-", "one to", "one for"],
    ),
    _digit_rule(
        "spaced-code",
        rf"(?<![A-Za-z])(?P<name>[A-Z]{{2,}}(?:/[A-Z]+)?)[ -]{_CODE_NUMBER}",
        _read_spaced_code,
    ),
    _digit_rule("fraction", r"(?<![\d/.])(\d)/(\d{1,2})(?![\d/.])", _read_fraction_digits),
    _word_rule(
        "fraction-words",
        rf"(?i)\b(?P<parts>{_ONES}|an?(?=[\s-]\w+ of))"
        rf"[\s-](?P<whole>{'|'.join(_FRACTIONS_EN)})s?\b",
        _read_fraction_en,
        _FRACTIONS_EN,
    ),
    _digit_rule("ordinal", r"(?<![\d.,])(\d+(?:,\d{3})*)(?:st|nd|rd|th)\b", _read_ordinal_digits),
    _word_rule(
        "ordinal-words",
        rf"(?i)\b(?:(?P<tens>{_TENS})[\s-])?(?P<ordinal>{'|'.join(_ORDINAL_VALUES)})\b",
        _read_ordinal_words,
        _ORDINAL_VALUES,
    ),
    _digit_rule(
        "between",
        rf"(?i:\bbetween)\s+{_amount_pattern('en', 'A')}\s+and\s+{_amount_pattern('en', 'B')}",
        _read_range("en"),
    ),
    _digit_rule(
        "range",
        rf"{_amount_pattern('en', 'A')}(?:\s?[-~]\s?|\s+to\s+){_amount_pattern('en', 'B')}",
        _read_range("en"),
    ),
    _digit_rule("amount", _amount_pattern("en", "A"), _read_amount("en")),
    _word_rule(
        "vague",
        r"(?i)\b(?P<scale>(?:(?:tens|dozens|scores|hundreds)\s+of\s+)?"
        r"(?:thousand|million|billion|hundred|dozen|score))s\b",
        _read_vague,
        ["dozens", "scores", "hundreds", "thousands", "millions", "billions"],
    ),
    _word_rule(
        "vague-words",
        r"(?i)\b(?:several|a few)\s+(?P<scale>dozen|hundred|thousand|million|billion)\b",
        _read_vague,
        ["several", "a few"],
    ),
    _word_rule(
        "words",
        rf"(?i)\b(?P<words>{_WORDS_EN})(?P<more>-plus\b|\+)?(?P<percent>{_PERCENT_EN})?",
        _read_words_en,
        [*(_WORD_VALUES.keys() - {"a", "an"}), "dozen", "hundred", "thousand", "million", "billion", "trillion"],
    ),
)
_RULES: Mapping[Lang, tuple[_Rule, ...]] = MappingProxyType({"zh": _RULES_ZH, "en": _RULES_EN})
_RULES_IN_WORDS: Mapping[Lang, tuple[_Rule, ...]] = MappingProxyType(
    {lang: tuple(rule for rule in rules if not rule.in_digits) for lang, rules in _RULES.items()}
)
_DIGIT = re.compile(r"\d")
_READ = "\0"
"""Stands for each character that a rule has read."""


def _apply(rule: _Rule, text: str) -> tuple[str, list[Quantity]]:
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


@lru_cache(maxsize=4096)
def parse(text: str, lang: Lang) -> tuple[Quantity, ...]:
    """All quantities of a text in reading order."""
    prepared = _prepare(text, lang)
    rest, small, found = prepared.text, prepared.text.lower(), list[Quantity]()
    for rule in (_RULES if _DIGIT.search(rest) else _RULES_IN_WORDS)[lang]:
        if rule.may_read(small):
            rest, quantities = _apply(rule, rest)
            found += quantities
    return tuple(_as_given(quantity, text, prepared.places) for quantity in sorted(found, key=lambda q: q.span))


def _as_given(quantity: Quantity, text: str, places: tuple[int, ...]) -> Quantity:
    start, end = places[quantity.span[0]], places[quantity.span[1] - 1] + 1
    return replace(quantity, span=(start, end), text=text[start:end])


# --------------------------------------------------------------------------------------
# Comparing

_COUNTS = frozenset({QuantityKind.NUMBER, QuantityKind.YEAR, QuantityKind.DAY, QuantityKind.ORDINAL})
"""Compared by value alone: languages differ in what they count, date or order (6 日, the 6th)."""
_NAMED_ONCE = frozenset({QuantityKind.YEAR, QuantityKind.MONTH})
"""Chinese repeats the year at a period's end, English doesn't: the other text may name it once."""

_Key = tuple[Hashable, ...]


def _key(quantity: Quantity) -> _Key:
    """Equal for quantities that say the same."""
    if quantity.kind is QuantityKind.CODE:
        return (QuantityKind.CODE, quantity.literal)
    kind = QuantityKind.NUMBER if quantity.kind in _COUNTS else quantity.kind
    return (kind, quantity.value, quantity.upper, quantity.percent, quantity.qualifier)


def _as_number(quantity: Quantity) -> _Key:
    """A code with one number may be a name and a count after all: CVPR2022 and "CVPR in 2022"."""
    if quantity.kind is QuantityKind.CODE and quantity.value:
        return (QuantityKind.NUMBER, quantity.value, None, False, Qualifier.EXACT)
    return _key(quantity)


def _pair_off(
    left: Iterable[Quantity], right: Iterable[Quantity], key: Callable[[Quantity], _Key]
) -> tuple[list[Quantity], list[Quantity]]:
    """What stays alone on either side; required quantities are paired before optional ones."""
    waiting: defaultdict[_Key, list[Quantity]] = defaultdict(list)
    for quantity in sorted(right, key=lambda q: q.optional):
        waiting[key(quantity)].append(quantity)
    alone = []
    for quantity in sorted(left, key=lambda q: q.optional):
        partners = waiting[key(quantity)]
        if partners:
            partners.pop(0)
        else:
            alone.append(quantity)
    return alone, [quantity for partners in waiting.values() for quantity in partners]


def _ends(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Ranges as their two ends: 从 5% 提升到 10% is no range, "from 5% to 10%" reads as one."""
    for quantity in quantities:
        if quantity.upper is None or quantity.optional or quantity.kind not in _COUNTS:
            yield quantity
        else:
            yield replace(quantity, upper=None)
            yield replace(quantity, value=quantity.upper, upper=None)


def _repeats(alone: Iterable[Quantity], others: Iterable[Quantity]) -> set[Quantity]:
    said = {_key(quantity) for quantity in others}
    return {q for q in alone if q.kind in _NAMED_ONCE and not q.optional and _key(q) in said}


def _unpaired(left: tuple[Quantity, ...], right: tuple[Quantity, ...]) -> tuple[list[Quantity], list[Quantity]]:
    """What one side says and the other doesn't, optional quantities included."""
    one, other = _pair_off(left, right, _key)
    one, other = _pair_off(one, other, _as_number)
    one, other = _pair_off(_ends(one), _ends(other), _key)
    again, other_again = _repeats(one, right), _repeats(other, left)
    if again and other_again:  # not a year told once more, but one year in another's place
        return one, other
    return [q for q in one if q not in again], [q for q in other if q not in other_again]


def _likeness(one: Quantity, other: Quantity) -> int:
    """How surely two are one, told otherwise: 2 for equal values, 1 for equal digits, else 0."""
    if QuantityKind.CODE in (one.kind, other.kind):
        return 0
    if one.value == other.value:
        return 2
    return int(_significant(one.value) == _significant(other.value))


def _says_something(one: Quantity, other: Quantity) -> bool:
    """Two numbers in words may each be a manner of speaking; large ones (百万, "a billion") are amounts."""
    return not (one.optional and other.optional) or min(one.value, other.value) >= 10**4


def _significant(value: Decimal) -> tuple[int, ...]:
    return value.normalize().as_tuple().digits


def _match_up(zh: list[Quantity], en: list[Quantity]) -> Iterator[Difference]:
    """Each required quantity left over, with the other side's most alike one if there is any."""
    for wanted in (2, 1):
        for quantity in tuple(zh):
            twin = next(
                (q for q in en if _likeness(quantity, q) == wanted and _says_something(quantity, q)),
                None,
            )
            if twin:
                zh.remove(quantity)
                en.remove(twin)
                yield Difference(quantity, twin)
    yield from (Difference(quantity, None) for quantity in zh if not quantity.optional)
    yield from (Difference(None, quantity) for quantity in en if not quantity.optional)


def compare(zh: str, en: str) -> tuple[Difference, ...]:
    """Where a Chinese text and its translation differ in value, per cent sign or qualifier."""
    return tuple(_match_up(*_unpaired(parse(zh, "zh"), parse(en, "en"))))


def same_quantities(a: str, b: str, lang: Lang = "zh") -> bool:
    """Whether two wordings say the same numbers with equal qualifiers (超 3 万 and 3 万多 agree).

    True for two texts without numbers, which the caller must not take for proof.
    """
    one, other = _unpaired(parse(a, lang), parse(b, lang))
    return all(quantity.optional for quantity in (*one, *other))


def mentions(text: str, quantity: Quantity, lang: Lang) -> bool:
    """Whether a text holds a key figure's value, alone or as a range's end, however qualified."""
    return any(_holds(candidate, quantity) for candidate in parse(text, lang))


_AMOUNTS = frozenset({QuantityKind.NUMBER, QuantityKind.YEAR})


def _holds(candidate: Quantity, wanted: Quantity) -> bool:
    if QuantityKind.CODE in (candidate.kind, wanted.kind):
        return candidate.kind is wanted.kind and candidate.literal == wanted.literal
    kinds = {candidate.kind, wanted.kind}
    if candidate.percent != wanted.percent or not (len(kinds) == 1 or kinds <= _AMOUNTS):
        return False
    if wanted.upper is None and candidate.kind in _AMOUNTS and not candidate.optional:
        return wanted.value in (candidate.value, candidate.upper)
    return (candidate.value, candidate.upper) == (wanted.value, wanted.upper)
