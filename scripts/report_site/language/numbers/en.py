"""English: number words, dates, ordinals, fractions; the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

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
    read_noon,
    read_round_the_clock,
    read_spaced_code,
    read_vague,
)
from .digits import (
    MORE_EN,
    PERCENT_EN,
    SCALE_EN,
    Match,
    amount_pattern,
    digit_rule,
    qualifier_en,
    qualifier_of,
    quantity_of,
    read_amount,
    read_range,
    word_rule,
)
from .quantity import Quantity, QuantityKind
from .tables import FRACTIONS_EN, MONTHS, ORDINAL_VALUES, SCALES, TEENS_EN, TENS_EN, UNITS_EN, WORD_VALUES


def _read_date_en(match: Match) -> Iterator[Quantity]:
    month = next(number for number, name in enumerate(MONTHS, 1) if re.fullmatch(name, match["month"]))
    yield quantity_of(match, month, QuantityKind.MONTH, group="month")
    for group in ("d1", "d2", "d3", "d4"):
        if match[group]:
            yield quantity_of(match, int(match[group]), QuantityKind.DAY, group=group)


def _read_ratio_words_en(match: Match) -> Iterator[Quantity]:
    first, second = (WORD_VALUES.get(term.lower()) or Decimal(term) for term in match.groups() if term)
    yield quantity_of(match, first, QuantityKind.RATIO, upper=second, optional=is_words(match[0]))


def _read_fraction_en(match: Match) -> Iterator[Quantity]:
    parts, whole = WORD_VALUES[match["parts"].lower()], FRACTIONS_EN[match["whole"].lower()]
    qualifier = qualifier_en(match.string, *match.span())
    yield quantity_of(match, parts / whole, qualifier=qualifier, optional=True)


def _read_ordinal_digits(match: Match) -> Iterator[Quantity]:
    yield quantity_of(match, int(match[1].replace(",", "")), QuantityKind.ORDINAL)


def _read_ordinal_words(match: Match) -> Iterator[Quantity]:
    tens = WORD_VALUES[match["tens"].lower()] if match["tens"] else Decimal(0)
    value = tens + ORDINAL_VALUES[match["ordinal"].lower()]
    yield quantity_of(match, value, QuantityKind.ORDINAL, optional=True)


def _word_value(text: str) -> Decimal:
    """Value of words that the pattern has found to be one number ("half a million")."""
    total = Decimal(0)
    current = Decimal(0)
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ("hundred", "dozen"):
            current *= SCALES[word]
        elif word in SCALES and word != "ten":
            total, current = total + current * SCALES[word], Decimal(0)
        elif word in ("a", "an"):
            current = current or Decimal(1)
        elif word != "and":
            current += WORD_VALUES[word]
    return total + current


def _read_words_en(match: Match) -> Iterator[Quantity]:
    value = _word_value(match["words"])
    qualifier = qualifier_of(match, "en", value, bool(match["more"]))
    yield quantity_of(match, value, percent=match["percent"], qualifier=qualifier, optional=True)


_MONTH_NAME = f"(?:{'|'.join(MONTHS)})"
_NTH = r"(?:st|nd|rd|th)?"
_ONES = "|".join(UNITS_EN)
_TENS = "|".join(TENS_EN)
_SMALL_EN = rf"(?:(?:{_TENS})[\s-](?:{_ONES})|{_TENS}|{'|'.join(TEENS_EN)}|{_ONES})\b"
_HUNDREDS_EN = rf"(?:(?:an?|{_SMALL_EN})[\s-](?:hundred|dozen)\b(?:\s+(?:and\s+)?{_SMALL_EN})?|{_SMALL_EN})"
_BIG_EN = r"(?:thousand|million|billion|trillion)\b"
_WORDS_EN = (
    rf"half\s+an?\s+{_BIG_EN}|once\b|twice\b|(?:{_ONES}|ten)(?=fold\b)"
    rf"|(?:{_HUNDREDS_EN}|an?(?=[\s-]{_BIG_EN}))"
    rf"(?:[\s-]{_BIG_EN}(?:\s+(?:and\s+)?{_HUNDREDS_EN}(?![\s-]hundred))?)*"
)
_RATIO_TERM_EN = rf"({_ONES}|\d+)"
_HALF_DAY = r"(?P<half>(?i:[ap]\.?m\b\.?))"


RULES_EN = (
    *NAMES,
    digit_rule(
        "round-the-clock-words",
        r"(?i)24 hours a day,? (?:and )?(?:7|seven) days a week",
        read_round_the_clock,
        ["24 hours"],
    ),
    word_rule(
        "date",
        rf"(?:(?<![\d,.])(?P<d1>{DAY}){_NTH}(?:\s*(?:-|to|and|until)\s*(?P<d2>{DAY}){_NTH})?"
        rf"\s+(?:of\s+)?)?\b(?P<month>{_MONTH_NAME})\b"
        rf"(?:\.?\s+(?P<d3>{DAY}){_NTH}(?:\s*(?:-|to|and)\s*(?P<d4>{DAY}){_NTH})?"
        rf"(?![,.]\d|{SCALE_EN}|{PERCENT_EN}|{MORE_EN}|\s{_MONTH_NAME}\b))?",
        _read_date_en,
        [month[:3].lower() for month in MONTHS],
    ),
    digit_rule(
        "clock",
        rf"(?<![\d:]){HOUR}:{MINUTE}(?:\s?{_HALF_DAY})?",
        read_clock,
        [":"],
    ),
    digit_rule(
        "clock-half",
        rf"(?<![\d:.,])(?P<hour>1[0-2]|\d)(?P<minute>(?!))?\s?{_HALF_DAY}",
        read_clock,
        ["am", "a.m", "pm", "p.m"],
    ),
    word_rule("noon", r"\b(?P<hour>12\s)?(?P<name>(?i:noon|midnight))\b", read_noon, ["noon", "midnight"]),
    BELOW_ZERO,
    *CODES,
    word_rule(
        "ratio-words",
        rf"(?i)\b{_RATIO_TERM_EN}-(?:to|on|for)-{_RATIO_TERM_EN}\b|\b(one) (?:to|for) (one)\b",
        _read_ratio_words_en,
        ["-to-", "-on-", "-for-", "one to", "one for"],
    ),
    digit_rule(
        "spaced-code",
        rf"(?<![A-Za-z])(?P<name>[A-Z]{{2,}}(?:/[A-Z]+)?)[ -]{CODE_NUMBER}",
        read_spaced_code,
    ),
    digit_rule("fraction", r"(?<![\d/.])(\d)/(\d{1,2})(?![\d/.])", read_fraction_digits, ["/"]),
    word_rule(
        "fraction-words",
        rf"(?i)\b(?P<parts>{_ONES}|an?(?=[\s-]\w+ of))"
        rf"[\s-](?P<whole>{'|'.join(FRACTIONS_EN)})s?\b",
        _read_fraction_en,
        FRACTIONS_EN,
    ),
    digit_rule("ordinal", r"(\d(?<![\d.,]\d)\d*(?:,\d{3})*)(?:st|nd|rd|th)\b", _read_ordinal_digits),
    word_rule(
        "ordinal-words",
        rf"(?i)\b(?:(?P<tens>{_TENS})[\s-])?(?P<ordinal>{'|'.join(ORDINAL_VALUES)})\b",
        _read_ordinal_words,
        ORDINAL_VALUES,
    ),
    digit_rule(
        "between",
        rf"(?i:\bbetween)\s+{amount_pattern('en', 'A')}\s+and\s+{amount_pattern('en', 'B')}",
        read_range("en"),
        ["between"],
    ),
    digit_rule(
        "range",
        rf"{amount_pattern('en', 'A')}(?:\s?[-~]\s?|\s+to\s+){amount_pattern('en', 'B')}",
        read_range("en"),
        ["-", "~", "to"],
    ),
    digit_rule("amount", amount_pattern("en", "A"), read_amount("en")),
    word_rule(
        "vague",
        r"(?i)\b(?P<scale>(?:(?:tens|dozens|scores|hundreds)\s+of\s+)?"
        r"(?:thousand|million|billion|hundred|dozen|score))s\b",
        read_vague,
        ["dozens", "scores", "hundreds", "thousands", "millions", "billions"],
    ),
    word_rule(
        "vague-words",
        r"(?i)\b(?:several|a few)\s+(?P<scale>dozen|hundred|thousand|million|billion)\b",
        read_vague,
        ["several", "a few"],
    ),
    word_rule(
        "words",
        rf"(?i)\b(?=[aefhnost])(?P<words>{_WORDS_EN})(?P<more>-plus\b|\+)?(?P<percent>{PERCENT_EN})?",
        _read_words_en,
        [*(WORD_VALUES.keys() - {"a", "an"}), "dozen", "hundred", "thousand", "million", "billion", "trillion"],
    ),
)
