"""Building blocks of the rules, and amounts in digits with their scale, sign, per cent and qualifier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .quantity import Lang, Qualifier, Quantity, QuantityKind
from .tables import (
    COUNTERS,
    CURRENCY,
    DURATION,
    HAN_DIGITS,
    HAN_TENS,
    QUALIFIER_AFTER_EN,
    QUALIFIER_AFTER_ZH,
    QUALIFIER_BEFORE_EN,
    QUALIFIER_BEFORE_ZH,
    QUALIFIER_FAR_ZH,
    SCALES,
    UNCOUNTED,
    UNIT_AFTER_THOUSAND,
)

Match = re.Match[str]
_Reader = Callable[[Match], Iterable[Quantity]]

NUMBER = r"\d(?<!\d\d)(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*)(?:\.\d+)?"
"""A digit with none before it comes first: so a search skips to the next digit at once."""
HAN_CHARACTERS = f"{''.join(HAN_DIGITS)}{''.join(HAN_TENS)}十百千万亿"
HAN_NUMBER = f"[{HAN_CHARACTERS}]+"
HAN_DECIMAL = rf"{HAN_NUMBER}(?:点[{''.join(HAN_DIGITS)}]+)?"
"""With what stands behind the point: 十五点六."""
_MORE_ZH = r"(?:[多余]|\+(?![\dA-Za-z]))"
_SCALE_ZH = (
    r"[十百千]?万亿|[十百千]?[万亿]|百(?![分科])"
    rf"|千(?!千?[{UNIT_AFTER_THOUSAND}])| ?(?:[wWkK]|[kM]t)(?![A-Za-z])| ?M(?=\0)"
)
_PERCENT_ZH = r"%|‰|个?百分点"
SCALE_EN = r"(?:[\s-]?(?:(?i:hundred|thousand|million|billion|trillion)|bn|mn|tn)\b|\s?[kM](?:t\b|(?=\0))|[kK]\b)"
MORE_EN = r"(?:\s?\+(?!\s?\d|[A-JL-Z])|[\s-]plus\b|-odd\b)"
PERCENT_EN = r"\s?[%‰]|[\s-]?per\s?cent\b|[\s-]percentage[\s-]points?\b|\s?(?:pp|ppts?|p\.p\.)(?![A-Za-z])"
_POINTS = re.compile(r"\s*(?:个?百分点|[\s-]?percentage|pp|p\.p\.)")


def amount_pattern(lang: Lang, tag: str) -> str:
    """An amount in digits: number, sign, scale, smaller scale, sign, per cent.

    Its groups carry `tag`, so that two amounts make a range.
    """
    if lang == "zh":
        tail = (
            rf"(?P<tail{tag}>(?<=亿)\d{{1,4}}(?:\.\d+)?千?万"
            rf"|(?<=[\d百千]万)\d千(?![{UNIT_AFTER_THOUSAND}]))?"
        )
        more, scale, percent = _MORE_ZH, f"(?:{_SCALE_ZH})", _PERCENT_ZH
    else:
        tail = f"(?P<tail{tag}>(?!))?"
        more, scale, percent = MORE_EN, f"{SCALE_EN}+", PERCENT_EN
    return (
        rf"(?P<number{tag}>{NUMBER})(?P<inner{tag}>{more})?(?P<scale{tag}>{scale})?{tail}"
        rf"(?P<outer{tag}>{more})?(?P<percent{tag}>{percent})?"
    )


def to_decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


_SCALE_WORD = re.compile("|".join(sorted(SCALES, key=len, reverse=True)))


def scale_of(words: str | None) -> int:
    """Product of a run of scales: 千万, "hundred million", "bn"."""
    product = 1
    for word in _SCALE_WORD.findall((words or "").lower()):
        product *= SCALES[word]
    return product


def quantity_of(
    match: Match,
    value: Decimal | int,
    kind: QuantityKind = QuantityKind.NUMBER,
    *,
    upper: Decimal | int | None = None,
    group: str | int = 0,
    percent: str | bool | None = False,
    qualifier: Qualifier = Qualifier.EXACT,
    optional: bool = False,
) -> Quantity:
    """A quantity in the coordinates of the prepared text; `parse` moves it to the given one's."""
    end = None if upper is None else Decimal(upper)
    points = isinstance(percent, str) and bool(_POINTS.match(percent))
    span, text = match.span(group), match[group]
    return Quantity(Decimal(value), end, bool(percent), qualifier, span, text, kind, optional, points)


def _alternatives(table: Mapping[Qualifier, str], before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern whose last group is named for the qualifier that matched."""
    return re.compile(f"(?:{before})(?:{'|'.join(f'(?P<{q.value}>{p})' for q, p in table.items())})(?:{after})")


_BEFORE_ZH = _alternatives(QUALIFIER_BEFORE_ZH, after=rf"了?{CURRENCY}?\Z")
_FAR_ZH = _alternatives(QUALIFIER_FAR_ZH, after=rf"[\u4e00-\u9fff]{{0,4}}{CURRENCY}?\Z")
_AFTER_ZH = _alternatives(QUALIFIER_AFTER_ZH)
_AT_LEAST_ZH = re.compile(r"[上过]\Z")
_BEFORE_EN = re.compile(_alternatives(QUALIFIER_BEFORE_EN, r"\b", rf"\s+{CURRENCY}?\s*\Z").pattern, re.IGNORECASE)
_AFTER_EN = _alternatives(QUALIFIER_AFTER_EN)
_COUNTED_TIME = re.compile(f"{DURATION}|年")
_REACH = 26
"""Characters before a number in which its qualifier stands."""


def _named(match: Match | None) -> Qualifier | None:
    return Qualifier(match.lastgroup) if match and match.lastgroup else None


def qualifier_zh(text: str, start: int, end: int) -> Qualifier:
    """What follows binds closest, then what stands just before, then what a verb parts off."""
    after = _named(_AFTER_ZH.match(text, end))
    before = _named(_BEFORE_ZH.search(text, max(0, start - _REACH), start))
    far = _named(_FAR_ZH.search(text, max(0, start - _REACH), start))
    return after or before or far or Qualifier.EXACT


def qualifier_en(text: str, start: int, end: int) -> Qualifier:
    before = _BEFORE_EN.search(text, max(0, start - _REACH), start)
    return _named(_AFTER_EN.match(text, end)) or _named(before) or Qualifier.EXACT


def qualified(text: str, start: int, end: int, lang: Lang) -> tuple[int, int]:
    """Where the words that qualify the number at `text[start:end]` begin and end; the number's own ends without any."""
    reach = max(0, start - _REACH)
    if lang == "en":
        before, after = _BEFORE_EN.search(text, reach, start), _AFTER_EN.match(text, end)
    else:
        before = _BEFORE_ZH.search(text, reach, start) or _FAR_ZH.search(text, reach, start)
        before = before or _AT_LEAST_ZH.search(text, reach, start)
        after = _AFTER_ZH.match(text, end)
    return before.start() if before else start, after.end() if after else end


def _is_recent(match: Match, value: Decimal) -> bool:
    """近 3 年 is "the last three years"; 近 50 年 is nearly fifty. Ten is where usage turns."""
    near = match.string.endswith("近", 0, match.start())
    return near and value <= 10 and bool(_COUNTED_TIME.match(match.string, match.end()))


def qualifier_of(match: Match, lang: Lang, value: Decimal, signed: bool) -> Qualifier:
    """`signed`: the number carries +, 多 or 余, which outweighs a word before it (约 200 多万)."""
    if signed:
        return Qualifier.MORE
    if lang == "zh" and _is_recent(match, value):
        return Qualifier.EXACT
    return (qualifier_zh if lang == "zh" else qualifier_en)(match.string, *match.span())


def _amount_value(match: Match, tag: str, shared_scale: int = 1) -> Decimal:
    scale = scale_of(match[f"scale{tag}"]) if match[f"scale{tag}"] else shared_scale
    value = to_decimal(match[f"number{tag}"]) * scale
    if tail := match[f"tail{tag}"]:
        digits = tail.rstrip("千万")
        value += Decimal(digits) * scale_of(tail.removeprefix(digits))
    return value / 10 if match[f"percent{tag}"] == "‰" else value


def _is_signed(match: Match, tag: str) -> bool:
    return bool(match[f"inner{tag}"] or match[f"outer{tag}"])


def _kind_of_amount(match: Match, tag: str, qualifier: Qualifier) -> QuantityKind:
    """A bare 19xx or 20xx is a year, unless it is counted by a measure word or "more than"."""
    end = match.end(f"number{tag}")
    bare = qualifier in (Qualifier.EXACT, Qualifier.ABOUT) and not any(
        match[f"{part}{tag}"] for part in ("inner", "scale", "outer", "percent")
    )
    following = match.string[end : end + 1]
    counted = following not in ("", "年") and following in COUNTERS and not match.string.startswith(UNCOUNTED, end)
    year = re.fullmatch(r"(?:19|20)\d\d", match[f"number{tag}"])
    return QuantityKind.YEAR if year and bare and not counted else QuantityKind.NUMBER


def read_amount(lang: Lang) -> _Reader:
    def read(match: Match) -> Iterator[Quantity]:
        value = _amount_value(match, "A")
        qualifier = qualifier_of(match, lang, value, _is_signed(match, "A"))
        kind = _kind_of_amount(match, "A", qualifier)
        yield quantity_of(match, value, kind, percent=match["percentA"], qualifier=qualifier)

    return read


def read_range(lang: Lang) -> _Reader:
    """3-5 万 has its scale on both ends; 5000 到 1 万 hasn't, or it would run backwards."""

    def read(match: Match) -> Iterator[Quantity]:
        ordered = to_decimal(match["numberA"]) < to_decimal(match["numberB"])
        shares = ordered and not match["scaleA"]
        lower = _amount_value(match, "A", scale_of(match["scaleB"]) if shares else 1)
        upper = _amount_value(match, "B")
        if lower >= upper or (match["percentA"] and not match["percentB"]):
            return
        signed = _is_signed(match, "A") or _is_signed(match, "B")
        qualifier = qualifier_of(match, lang, lower, signed)
        kind = _kind_of_amount(match, "B", qualifier)
        yield quantity_of(match, lower, kind, upper=upper, percent=match["percentB"], qualifier=qualifier)

    return read


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    read: _Reader
    """Yields nothing where the match is none of this rule's: then later rules see the text."""
    in_digits: bool = False
    """Reads nothing in a text without digits, so needn't be tried there."""
    words: tuple[str, ...] = ("",)
    """Reads nothing in a text that holds none of these, in small letters: far sooner told than by the pattern."""

    def may_read(self, small: str) -> bool:
        for word in self.words:  # noqa: SIM110  half the time that any() takes
            if word in small:
                return True
        return False


def word_rule(name: str, pattern: str, read: _Reader, words: Iterable[str]) -> Rule:
    return Rule(name, re.compile(pattern), read, words=tuple(words))


def digit_rule(name: str, pattern: str, read: _Reader, words: Iterable[str] = ("",)) -> Rule:
    return Rule(name, re.compile(pattern), read, in_digits=True, words=tuple(words))
