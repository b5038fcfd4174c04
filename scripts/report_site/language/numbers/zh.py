"""Chinese: numbers in characters, dates, clock times, fractions; the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from .alike import (
    BELOW_ZERO,
    CODE_NUMBER,
    CODES,
    DAY,
    HOUR,
    MINUTE,
    NAMES,
    is_words,
    read_clock,
    read_fraction_digits,
    read_spaced_code,
    read_vague,
)
from .digits import (
    HAN_CHARACTERS,
    HAN_DECIMAL,
    HAN_NUMBER,
    NUMBER,
    Match,
    amount_pattern,
    digit_rule,
    qualifier_of,
    qualifier_zh,
    quantity_of,
    read_amount,
    read_range,
    scale_of,
    to_decimal,
    word_rule,
)
from .quantity import Qualifier, Quantity, QuantityKind
from .tables import AFTERNOON, COUNTERS, GROUPS, HAN_DIGITS, HAN_TENS, HAN_UNITS, NOT_ONE, SCALES


def _han_value(text: str) -> Decimal | None:
    """Value of 三千五百, 两千万, 十五点六 or 二〇二二; none for what counts nothing (三四, 万千)."""
    whole, _, fraction = text.partition("点")
    value = _whole_value(whole)
    if value is None or not fraction:
        return value
    return value + Decimal("0." + "".join(str(HAN_DIGITS[char]) for char in fraction))


def _whole_value(text: str) -> Decimal | None:
    if len(text) > 2 and all(char in HAN_DIGITS for char in text):
        return Decimal("".join(str(HAN_DIGITS[char]) for char in text))
    total = section = digit = 0
    previous = ""
    for char in text:
        if char in HAN_DIGITS:
            if HAN_DIGITS.get(previous):
                return None
            digit = HAN_DIGITS[char]
        elif char in HAN_TENS:
            section, digit = section + HAN_TENS[char], 0
        elif char in HAN_UNITS:
            section, digit = section + (digit or 1) * HAN_UNITS[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit or 1) * SCALES[char], 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * SCALES[char], 0, 0
        previous = char
    return Decimal(total + section + digit * _left_out(text))


def _left_out(text: str) -> int:
    """两万五 is 25,000: the digit behind a unit, and no nought between, counts the next smaller one."""
    before = text[-2:-1]
    unit = HAN_UNITS.get(before) or SCALES.get(before, 0)
    counted = text[-1] in HAN_DIGITS and text[0] in HAN_DIGITS
    return unit // 10 if counted and unit > HAN_UNITS["十"] else 1


def either_value(text: str) -> Decimal | None:
    return to_decimal(text) if text[0].isdecimal() else _han_value(text)


_COUNT = re.compile(rf"\d+|{HAN_NUMBER}")


def counted(head: str) -> Quantity | None:
    """The one whole number of a title's head (第四章, "(4)", "Chapter 4:"), wherever it stands in it."""
    matches = list(_COUNT.finditer(head))
    value = either_value(matches[0][0]) if len(matches) == 1 else None
    return None if value is None else quantity_of(matches[0], value, QuantityKind.ORDINAL)


def _read_hundredths(match: Match) -> Iterator[Quantity]:
    """百分之五 and 千分之三 are per cent; 三分之一 is a third."""
    parts, whole = either_value(match["parts"]), either_value(match["whole"])
    if not parts or not whole:
        return
    percent = match["whole"] in ("百", "千", "万")
    qualifier = qualifier_zh(match.string, *match.span())
    value = parts * 100 / whole if percent else parts / whole
    yield quantity_of(match, value, percent=percent, qualifier=qualifier, optional=is_words(match[0]))


def _read_tenths(match: Match) -> Iterator[Quantity]:
    """七成 is 70 per cent."""
    value = either_value(match["parts"])
    if value:
        qualifier = qualifier_zh(match.string, *match.span())
        yield quantity_of(match, value * 10, percent=True, qualifier=qualifier, optional=is_words(match[0]))


def _read_month_zh(match: Match) -> Iterator[Quantity]:
    groups = [group for group in ("m1", "m2") if match[group]]
    if all(1 <= int(match[group]) <= 12 for group in groups):
        yield from (quantity_of(match, int(match[group]), QuantityKind.MONTH, group=group) for group in groups)


def _read_day_zh(match: Match) -> Iterator[Quantity]:
    for group in ("d1", "d2"):
        if match[group]:
            yield quantity_of(match, int(match[group]), QuantityKind.DAY, group=group)


def _read_word_date(match: Match) -> Iterator[Quantity]:
    month, day = _han_value(match["month"]), _han_value(match["day"])
    if month and day and month <= 12 and day <= 31:
        yield quantity_of(match, month, QuantityKind.MONTH, group="month", optional=True)
        yield quantity_of(match, day, QuantityKind.DAY, group="day", optional=True)


def _read_word_month(match: Match) -> Iterator[Quantity]:
    value = _han_value(match[1])
    if value and value <= 12:
        yield quantity_of(match, value, QuantityKind.MONTH, optional=True)


def _read_ordinal_zh(match: Match) -> Iterator[Quantity]:
    value = either_value(match[1])
    if value is not None:
        yield quantity_of(match, value, QuantityKind.ORDINAL, group=1, optional=is_words(match[1]))


def _read_ratio_words_zh(match: Match) -> Iterator[Quantity]:
    first, second = either_value(match[1]), either_value(match[2])
    if first and second:
        yield quantity_of(match, first, QuantityKind.RATIO, upper=second, optional=is_words(match[0]))


_WITHOUT_ONE = str.maketrans("", "", NOT_ONE)


def _read_han_words(match: Match) -> Iterator[Quantity]:
    """三所, 十余名, 近百家, 上万人; uncounted and unqualified it is part of a name (四川, 百科)."""
    value = _han_value(match["digits"])
    if value is None:
        return
    value *= scale_of(match["scale"] or match["scale2"])
    big = match["digits"][0] in "百千万亿"
    at_least = big and match.string.endswith(("上", "过"), 0, match.start())
    qualifier = qualifier_of(match, "zh", value, bool(match["more"]) or at_least)
    if _counts(match, value) or (big and qualifier is not Qualifier.EXACT):
        yield quantity_of(match, value, percent=match["percent"], qualifier=qualifier, optional=True)


_BUILT = re.compile(
    "[百千][万亿]|十[一二三四五六七八九]?[万亿].*|一[百千万亿][一二三四五六七八九].*|[二两三四五六七八九][十百千万亿].*|[廿卅].+|.+点.+"
)
"""Digits with a unit behind them are an amount whatever follows (两千分钟); one digit alone may be a name's."""


def _counts(match: Match, value: Decimal) -> bool:
    """Whether a number in characters is followed, signed or built as an amount is."""
    if match["more"] or match["percent"] or _BUILT.fullmatch(match["digits"]):
        return True
    counters = COUNTERS.translate(_WITHOUT_ONE) if value == 1 else COUNTERS + GROUPS
    following = match.string[match.end() : match.end() + 1]
    return bool(following) and following in counters


def _read_plan(match: Match) -> Iterator[Quantity]:
    """十四五, the fourteenth five-year plan: an ordinal's name, told or left out in the other language."""
    ordinal = _han_value(match["ordinal"] or match["tenth"])
    if ordinal is not None:
        yield quantity_of(match, ordinal, QuantityKind.ORDINAL, optional=True)


_HALVES: Mapping[str, int] = MappingProxyType({"": 0, "半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0})


def _read_clock_han(match: Match) -> Iterator[Quantity]:
    """两点半, 下午三点一刻, 八点二十分: minutes since midnight."""
    hour = either_value(match["hour"])
    rest = match["rest"]
    minute = _HALVES[rest] if rest in _HALVES else either_value(rest.removesuffix("分").lstrip("零〇"))
    if hour is None or minute is None or hour > 24 or minute > 59:
        return
    if match["half"] in AFTERNOON and hour < 12:
        hour += 12
    yield quantity_of(match, hour * 60 + minute, QuantityKind.TIME, optional=is_words(match[0]))


_HOUR = "[二两三四五六七八九]|十[一二]?|一"
_PAST = "半|一刻|三刻|整|钟|(?:[零〇][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)分"
_DAY_PART = r"(?P<half>上午|早上|凌晨|中午|下午|傍晚|晚上|晚)"

RULES_ZH = (
    *NAMES,
    word_rule(
        "plan",
        rf"(?<![{HAN_CHARACTERS}第])(?P<ordinal>十[一二三四五六七八九])五(?![{HAN_CHARACTERS}{COUNTERS}])"
        r"|(?<=[“‘「『《\"'])(?P<tenth>十)五(?=[”’」』》\"'](?:规划|计划|期间|时期))",
        _read_plan,
        ["五"],
    ),
    word_rule(
        "clock-characters",
        rf"{_DAY_PART}?(?<![\d{HAN_CHARACTERS}.,:])(?P<hour>[01]?\d|2[0-4]|{_HOUR})点(?P<rest>{_PAST})",
        _read_clock_han,
        ["点"],
    ),
    word_rule(
        "hour-characters",
        rf"{_DAY_PART}(?P<hour>{_HOUR})[点时](?!间)(?P<rest>{_PAST}|)",
        _read_clock_han,
        ["点", "时"],
    ),
    digit_rule(
        "clock",
        rf"{_DAY_PART}?(?<!\d){HOUR}:{MINUTE}",
        read_clock,
        [":"],
    ),
    digit_rule(
        "clock-words",
        rf"(?:{_DAY_PART}|(?=\d{{1,2}}[点时](?:\d|整|钟)))"
        rf"(?<!\d){HOUR}[点时](?!间)(?:(?P<minute>\d{{1,2}})分|整|钟)?",
        read_clock,
        ["点", "时"],
    ),
    BELOW_ZERO,
    *CODES,
    digit_rule(
        "spaced-code",
        rf"(?<![A-Za-z])(?P<name>[A-Z]{{2,}}(?:/[A-Z]+)?|[A-Z])[ -]{CODE_NUMBER}",
        read_spaced_code,
    ),
    word_rule(
        "hundredths",
        rf"(?P<whole>{HAN_NUMBER}|{NUMBER})分之(?P<parts>{NUMBER}|{HAN_DECIMAL})",
        _read_hundredths,
        ["分之"],
    ),
    digit_rule("fraction", r"(?<![\d/.])(\d)/(\d{1,2})(?![\d/.])", read_fraction_digits, ["/"]),
    word_rule(
        "tenths",
        rf"(?P<parts>{NUMBER}|(?<![{HAN_CHARACTERS}])[一二两三四五六七八九])"
        r"成(?![员人立为熟本就功果长年效语套都不千])",
        _read_tenths,
        ["成"],
    ),
    digit_rule(
        "month",
        r"(?<![\d.,])(?:(?P<m1>\d{1,2})月?[-~到至、和及])?(?P<m2>\d{1,2})月",
        _read_month_zh,
        ["月"],
    ),
    digit_rule(
        "day",
        rf"(?:(?<!\d)(?P<d1>{DAY})[日号]?[-~到至、和])?(?<![\d.,])(?P<d2>{DAY})"
        r"(?:日(?!内)|(?<=\0\d)号|(?<=\0\d\d)号)",
        _read_day_zh,
        ["日", "号"],
    ),
    word_rule("ordinal", rf"第({NUMBER}|{HAN_NUMBER})", _read_ordinal_zh, ["第"]),
    word_rule(
        "ratio-words",
        rf"(?<![{COUNTERS}])({NUMBER}|[一二三四五])[比对]"
        rf"({NUMBER}|[一二三四五十百])(?![个名位家场次])",
        _read_ratio_words_zh,
        ["比", "对"],
    ),
    digit_rule(
        "range",
        rf"{amount_pattern('zh', 'A')}[{COUNTERS}]?"
        rf"(?:[-~]{{1,2}}|到|至){amount_pattern('zh', 'B')}",
        read_range("zh"),
        ["-", "~", "到", "至"],
    ),
    digit_rule("amount", amount_pattern("zh", "A"), read_amount("zh")),
    word_rule(
        "vague",
        r"(?:好几|(?<![十百])几|(?<![参次指系函])数)(?P<scale>[十百千]?[万亿]|[十百千])",
        read_vague,
        ["几", "数"],
    ),
    word_rule(
        "word-date",
        r"(?P<month>十[一二]?|[一二三四五六七八九])月(?P<day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)[日号]",
        _read_word_date,
        ["月"],
    ),
    word_rule("word-month", r"(十[一二]?|[一二三四五六七八九])月(?!份?[一二三]次)", _read_word_month, ["月"]),
    word_rule(
        "words",
        rf"(?<!\0)(?P<digits>{HAN_DECIMAL})(?:(?P<more>[余多几]|\+)(?P<scale>[万亿]?)|(?P<scale2>(?<=点.)[万亿]))?"
        r"(?P<percent>个?百分点)?",
        _read_han_words,
        HAN_CHARACTERS,
    ),
)
