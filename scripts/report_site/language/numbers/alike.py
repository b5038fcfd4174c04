"""What is written alike in both languages: names that hold digits, codes, dates, times, ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .digits import NUMBER, SCALE_EN, Match, digit_rule, quantity_of, scale_of, to_decimal, word_rule
from .quantity import Qualifier, Quantity, QuantityKind
from .tables import AFTERNOON, COUNTERS, CURRENCY, GASES_ZH, NAMES_WITH_DIGITS


def _read_nothing_required(match: Match) -> Iterator[Quantity]:
    yield quantity_of(match, 0, QuantityKind.CODE, optional=True)


def _read_numeric_date(match: Match) -> Iterator[Quantity]:
    if 1 <= int(match[3]) <= 12 and 1 <= int(match[4]) <= 31:
        for group, kind in ((1, QuantityKind.YEAR), (3, QuantityKind.MONTH), (4, QuantityKind.DAY)):
            yield quantity_of(match, int(match[group]), kind, group=group)


def _read_abbreviated_years(match: Match) -> Iterator[Quantity]:
    first, last = int(match[1]), int(match[1][:2] + match[2])
    if first < last:
        yield quantity_of(match, first, QuantityKind.YEAR, upper=last)


def _read_product(match: Match) -> Iterator[Quantity]:
    terms = sorted(int(term) for term in re.findall(r"\d+", match[0]))
    yield quantity_of(match, terms[0], QuantityKind.PRODUCT, upper=terms[-1])


def read_round_the_clock(match: Match) -> Iterator[Quantity]:
    yield quantity_of(match, 7, QuantityKind.PRODUCT, upper=24)


def read_clock(match: Match) -> Iterator[Quantity]:
    """Groups: half (of the day), hour, minute; value in minutes since midnight."""
    parts = match.groupdict()
    half = (parts["half"] or "").replace(".", "").lower()
    hour, minute = int(parts["hour"]), int(parts["minute"] or 0)
    if half in AFTERNOON and hour < 12:
        hour += 12
    yield quantity_of(match, hour * 60 + minute, QuantityKind.TIME)


def read_noon(match: Match) -> Iterator[Quantity]:
    value = 720 if match["name"].lower() == "noon" else 0
    yield quantity_of(match, value, QuantityKind.TIME, optional=not match["hour"])


def read_below_zero(match: Match) -> Iterator[Quantity]:
    """零下 40, minus 40, -40 °C: as a number below nought, however it is told."""
    number = next(group for group in match.groups() if group)
    yield quantity_of(match, -to_decimal(number))


def _read_ratio(match: Match) -> Iterator[Quantity]:
    yield quantity_of(match, int(match[1]), QuantityKind.RATIO, upper=int(match[2]))


def is_words(text: str) -> bool:
    return not re.search(r"\d", text)


def read_vague(match: Match) -> Iterator[Quantity]:
    """数千, "thousands of": one to nine times the scale, which no exact number equals."""
    scale = scale_of(re.sub(r"dozens?|scores?|tens", "ten", match["scale"], flags=re.IGNORECASE))
    yield quantity_of(match, scale, upper=9 * scale, qualifier=Qualifier.ABOUT, optional=True)


def read_fraction_digits(match: Match) -> Iterator[Quantity]:
    if int(match[1]) < int(match[2]):
        yield quantity_of(match, Decimal(match[1]) / Decimal(match[2]))


def code_of(match: Match) -> Quantity:
    """Value: the number in the code if there is but one, else 0; see `as_number`."""
    numbers = re.findall(r"\d+(?:\.\d+)?", match[0])
    return quantity_of(match, Decimal(numbers[0]) if len(numbers) == 1 else 0, QuantityKind.CODE)


_DIGIT_AFTER_LETTERS = re.compile(r"(?P<letters>[A-Za-z]+)(?P<mark>[-^]?)\d")


def _read_glued_code(match: Match) -> Iterator[Quantity]:
    """N95, CVPR2022, Web3, X^2-VLM; but not mid-2022 or RMB500."""
    first = _DIGIT_AFTER_LETTERS.search(match[0])
    if not first or re.fullmatch(CURRENCY, first["letters"]):
        return
    if not first["mark"] or first["letters"].isupper():
        yield code_of(match)


def read_spaced_code(match: Match) -> Iterator[Quantity]:
    """GRI 2-1, SC 22, ISO 14064; but not the year after a name (UCCA 2022)."""
    if not re.fullmatch(CURRENCY, match["name"]) and not re.fullmatch(r"(?:19|20)\d\d", match["digits"]):
        yield code_of(match)


def _read_code(match: Match) -> Iterator[Quantity]:
    yield code_of(match)


DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
CODE_NUMBER = (
    r"(?P<digits>\d+(?:\.\d+)?(?: ?- ?\d+)*(?::\d{4})?)"
    rf"(?![\d.]*\d|[,.]\d|[ -]?(?:{SCALE_EN}|%|‰|per\s?cent)|[{COUNTERS}%‰+多余百])"
)
"""What follows an acronym, and is not counted: no per cent, scale or measure word after it."""
HOUR = r"(?P<hour>[01]?\d|2[0-4])"
MINUTE = r"(?P<minute>[0-5]\d)(?!\d|:)"

NAMES = (
    word_rule(
        "name",
        NAMES_WITH_DIGITS,
        _read_nothing_required,
        [
            *("新冠", "神舟", "范围", *GASES_ZH),
            *("shenzhou", "scope", "covid", "coronavirus", "carbon"),
            *("co2", "ch4", "n2o", "sf6", "nf3", "so2", "no2", "h2", "o2", "pfc", "hfc", "m2", "m3"),
        ],
    ),
    digit_rule("round-the-clock", r"(?<![\d/])24/7(?![\d/])", _read_product, ["24/7"]),
    digit_rule(
        "numeric-date",
        r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)",
        _read_numeric_date,
        ["19", "20"],
    ),
    digit_rule(
        "abbreviated-years",
        r"(?<!\d)((?:19|20)\d\d)[-/](\d\d)(?![\d.,/-])",
        _read_abbreviated_years,
        ["19", "20"],
    ),
    digit_rule("product", r"(?<![\d.,])\d{1,4} ?[×xX*] ?\d{1,4}(?![\d.,]*\d)", _read_product, ["×", "x", "*"]),
)
BELOW_ZERO = digit_rule(
    "below-zero",
    rf"(?<![A-Za-z0-9)%°])(?:零下|负|-(?={NUMBER}\s?(?:°|℃|摄氏度|degrees))|(?i:minus|negative)\s)({NUMBER})"
    rf"|(?<!\d)({NUMBER})(?=\s?(?:°\s?C|℃|degrees(?: Celsius)?)?\s(?i:below zero))"
    rf"|(?:零下|负)({NUMBER})",
    read_below_zero,
    ["零下", "负", "°", "℃", "摄氏度", "degrees", "minus", "negative", "below zero"],
)
CODES = (
    digit_rule("ratio", r"(?<![\d:.])(\d+) ?: ?(\d+)(?![\d:]|\.\d)", _read_ratio, [":"]),
    digit_rule(
        "glued-code",
        r"(?<![A-Za-z0-9])[A-Za-z](?=[A-Za-z0-9^-]*\d)[A-Za-z0-9]*(?:[-^][A-Za-z0-9]+)*(?:\.\d+)?",
        _read_glued_code,
    ),
    digit_rule("digit-letter-code", r"(?<![\w.,])(?:\d+[GDp]|[248]K)(?![A-Za-z0-9])", _read_code),
)
