"""Values as reports print them by themselves: a number with its sign, comparator, currency, scale and unit.

What belongs to a value is its content: a minus, a `≥` or a `US$` is never parted from its number. A year, a month or
a reporting period is no value; it heads a column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .characters import CHINESE_DIGITS, HAN, han_count, without_notes
from .numbers.tables import UNIT_AFTER_THOUSAND
from .patterns import (
    ABOUT,
    AND_MORE,
    COMPARATORS,
    DATE_PART,
    LONE_VALUE,
    NUMBER,
    ORDINAL_END,
    SCALES,
    SIGNED,
    SIGNS,
    VALUE,
    YEAR,
)
from .writings import compiled

LONGEST_FIGURE_LINE = 60
LEAST_SENTENCE = 5
"""Words of a line in Latin letters that ends with a full stop, from which on it is a sentence and no label."""
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
PERIOD = compiled(
    rf"{_YEAR}\s*(?:[-–/~～至]\s*(?:{_YEAR}|\d\d))?\s*(?:年度?|财年|财政年度)?\s*(?:年?[底末初]|[上下]半年|全年|第?[{CHINESE_DIGITS}\d]季度)?"
    r"\s*[（(]?\s*(?:目标|实际|基准年?|重述|经重述|预算|预测)?\s*[）)]?\*?"
    rf"|{_YEAR}\s*[（(]?(?:target|actual|base(?:line)?(?: year)?|restated|budget)[）)]?"
    rf"|{_YEAR}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?|\d{{1,2}}\s*月(?:份|末|底)?"
    rf"|[FC]Y\s?(?:20)?\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?|{_YEAR}\s?[-/]?\s?[QH][1-4]|[QH][1-4](?:\s?(?:FY)?(?:{_YEAR}|\d\d))?"
    rf"|第?[{CHINESE_DIGITS}]季度|[上下]半年|[本上去今前当]年度?(?:末|底|同期)?|[本上]期(?:末|数)?"
    rf"|(?:\d{{1,2}}\s+)?{_MONTH}\s+{_YEAR}|this year|last year|prior year",
    re.IGNORECASE,
)
NUMERIC = compiled(
    rf"[（(]?\s*[▲▼↑↓△▽]?\s*{SIGNED}{NUMBER}(?:\s*[-–~～至/:：]\s*{SIGNED}{NUMBER})*\s*[+*]?"
    rf"\s*(?![A-Z][a-z]{{3}})(?:[{SCALES}]+\s*)?(?:[{HAN}]{{1,3}}|[A-Za-z%‰°µ₂³²₀-₉][\w%‰°/·.³²₂\-⁻¹]{{0,11}})?\s*[+*]?\s*[）)]?\s*[▲▼↑↓△▽*†‡]?",
)
MARKED_VALUE = re.compile(r"[^\d\s,.]")
_COMPARATORS = dict.fromkeys("≥≧>＞", "more") | dict.fromkeys("≤≦<＜", "less") | {"≈": "about"}
_SCALES_ALONE = SCALES.replace("百", "").replace("千", "")
_SCALE_OR_NUMBER = compiled(
    rf"超过?|不少于|不低于|至少|大于|小于|低于|高于|不到|[{ABOUT}{COMPARATORS}{SIGNS}{_SCALES_ALONE}{AND_MORE}()（）]"
    rf"|百(?!分)|千(?!千?[{UNIT_AFTER_THOUSAND}])|(?<=\d)\s?[kM](?=t\b)"
    rf"|\b(?:over|more than|less than|about|around|nearly|almost|up to|at least)\b"
    rf"|(?:million|billion|trillion|thousand)\b|(?<=\d)(?:bn|mn|tn|[KMBk])(?![A-Za-z\d])|{NUMBER}"
)
_SENTENCE_MARKS = re.compile(r"[，。；：？！,;?!]|\.\s")
_CUT_NUMBER = re.compile(r"\d\s?[/∕:：]\s?\0|(?<=\0)\s?[/∕:：]\s?\d|\d[.,]?\0|\d[-–]\0")
"""What a value would be torn from: `1/3` and `1:3` are one number, `302-1` one code and `3-5` one range."""
_CODE_SO_FAR = re.compile(r"\d[-–]\d")
_COUNTS = re.compile(r"^\S*\d\S*\s.*[a-z]{2,}s\s+\D?\d[\d,.]*\s?[a-z]*\s[a-z]{3,}")
"""`23 sites 9 countries`: a number between a plural and another word begins another count."""
_NOTE = compiled(
    r"^\s*(?:注|备注|附注|注释|说明|来源|数据来源|资料来源|note|notes|source|sources)\s*\d*\s*[：:]", re.IGNORECASE
)
_COUNTED_TITLE = re.compile(r"\d{1,3}[.．]\s*[^\W\d_]")
"""`2. 管治`: no number ends with a point before a word."""
_OF_YEAR = compiled(rf"{YEAR.pattern}[度初底末]?")
_BASE_OF_RATE = re.compile(r"每\s*$")
"""`每 10 股派发` counts no shares: the number stays in its words."""
_LABELLED = re.compile(r"^(?P<label>[^：:，。；,;]{2,24})[：:]\s*(?P<value>[^：，。；;]{1,24})$")


@lru_cache(maxsize=1 << 14)
def is_value(text: str) -> bool:
    """A number with its unit and nothing else, no year."""
    stripped = without_notes(text).strip()
    dated = DATE_PART.fullmatch(stripped) or re.match(rf"{_YEAR}\s*年", stripped) or is_period(stripped)
    ends_sentence = re.search(r"\d[.,]$", stripped)
    return bool(LONE_VALUE.fullmatch(stripped)) and not (dated or ends_sentence or _COUNTED_TITLE.match(stripped))


@lru_cache(maxsize=1 << 14)
def is_quantity(text: str) -> bool:
    """A cell that counts or measures: a value, or a number in another spelling (`59.7K`, `(1,204)`, `4.2 tCO2e/t`)."""
    stripped = without_notes(text).strip()
    dated = is_period(stripped) or re.match(rf"{_YEAR}\s*年", stripped)
    return is_value(stripped) or (bool(NUMERIC.fullmatch(stripped)) and not dated)


def is_period(text: str) -> bool:
    """A year, quarter or fiscal year, as it heads a column."""
    return bool(PERIOD.fullmatch(without_notes(text).strip()))


def is_marked(value: str) -> bool:
    """The value says by a unit, scale, sign or comparator what it is: a bare number may be anything."""
    return is_value(value) and bool(MARKED_VALUE.search(without_notes(value).strip()))


def unit_of(value: str) -> str:
    """What a value counts, its scale and qualifiers aside: `条` for `约 2605 万条`."""
    return "".join(_SCALE_OR_NUMBER.sub("", without_notes(value)).split())


def is_class(text: str) -> bool:
    """A range or a bound, such as `30–50` or `<30`: it may name a class of what is counted."""
    return is_quantity(text) and bool(re.search(rf"^[{COMPARATORS}]|\d\s*[-–~～至]\s*\d", text.strip()))


def is_negative(value: str) -> bool:
    return bool(re.match(rf"^[{COMPARATORS}\s]*[-−–]\s*[^\s]*\d|^[（(]\s*[\d,.]+\s*[）)]$", value.strip()))


def comparator_of(value: str) -> str:
    """What the sign before a number says of it: `more`, `less`, `about`, or nothing."""
    return _COMPARATORS.get(value.strip()[:1], "")


def labelled_value(text: str) -> tuple[str, str] | None:
    """Value and label of a line such as `年度节电量：3,120 万度`."""
    match = _LABELLED.match(text.strip())
    if match is None or _NOTE.match(text) or not is_marked(match["value"]):
        return None
    return match["value"].strip(), match["label"].strip()


def is_note(text: str) -> bool:
    """A note or source below a table or figure."""
    return bool(_NOTE.match(text))


def is_figure_line(text: str) -> bool:
    """A value alone or with its label, no sentence, no part of one, no formula and no footnote."""
    text = without_notes(text)
    if labelled_value(text):
        return True
    if is_period(text):
        return False
    if len(text) > LONGEST_FIGURE_LINE or "=" in text or _SENTENCE_MARKS.search(re.sub(r"\d[,:]\d", "", text)):
        return False
    if is_value(text):
        return not text.strip().isdecimal()
    values = value_tokens(text)
    if not values or not _labels_one(text, values):
        return False
    if not han_count(text):
        if text.rstrip().endswith(".") and len(text.split()) >= LEAST_SENTENCE:
            return False
        return values[0].start() == 0 and 2 <= len(text.split()) <= 10 and not _is_numbered(text)
    if not any(MARKED_VALUE.search(m[0].strip()) for m in values) and _is_numbered(text):
        return False
    short = len(text) <= 24 and len(values) == 1 and not _BASE_OF_RATE.search(text[: values[0].start()])
    return (short and not text.lstrip().startswith("@")) or (values[0].start() == 0 and len(values) > 1)


def _labels_one(text: str, values: Sequence[re.Match[str]]) -> bool:
    """Something stands beside the values that names them, and in Latin letters they aren't counts side by side."""
    rest = text
    for match in values:
        rest = rest.replace(match[0], " ", 1)
    named = re.search(r"[^\W\d_]{3,}|[^\W\d_a-zA-Z]", rest) or (len(values) == 1 and not re.search(r"\d", rest))
    return bool(named) and (bool(han_count(text)) or not _COUNTS.match(text))


def value_tokens(text: str) -> list[re.Match[str]]:
    """The values that stand in a text, years and the digits of a word (`m3`, `ISO9001`) aside."""
    return [
        m
        for m in VALUE.finditer(text)
        if not _OF_YEAR.fullmatch(m[0].strip())
        and not _ends_word(text[: m.start()])
        and not _CUT_NUMBER.search(text[: m.start()] + "\0" + text[m.end() :])
        and not _CODE_SO_FAR.match(text[m.end() - 1 :])
    ]


def _ends_word(before: str) -> bool:
    """Letters that the digits belong to, or the mark of an ordinal: `第 3 名` counts nothing."""
    return (before[-1:].isascii() and before[-1:].isalpha()) or bool(ORDINAL_END.search(before))


def _is_numbered(text: str) -> bool:
    """A small number in front of a text that doesn't count with it: a footnote, an item, a page."""
    return bool(re.match(rf"^\s*[\[(（]?\d{{1,2}}[\])）]?\s+(?:[A-Z“\"'(]|[{HAN}])", text))
