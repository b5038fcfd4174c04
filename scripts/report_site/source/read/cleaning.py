"""Repairs of spacing and punctuation that hold for any report: each a named rule on one line's text.

Words are never touched here. Inside quotation marks and 《》 only spacing is repaired, and names after @ are left
alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ...language.characters import HALF_WIDTH_PUNCTUATION, HAN, OPEN_QUOTES
from ...language.patterns import DATE_COMMA, SCALES, TIMES_SIGN
from ...model import SourceLine

Repair = Callable[[str], str]

_UNIT_PERCENT = re.compile(r"(?<=\d)\s+(?=[%％‰])")
_TORN_GROUP = re.compile(r"(?<=\d)(?<!\d\d\d\d)\s*,\s+(?=\d{3}(?!\d))|(?<=\d)\s+,\s*(?=\d{3}(?!\d))")
_TORN_DECIMAL = re.compile(r"(?<=\d)\s+\.\s*(?=\d)|(?<=\d)\.\s+(?=\d+\s*[%" + SCALES + "])")
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)")
_TORN_RATIO = re.compile(
    r"(?<![\d:.,])(?:(?P<apart>\d{1,2})\s+[:：]\s*|(?<![A-Za-z] )(?P<close>\d{1,2})(?:[:：]\s+|：))"
    r"(?P<to>\d{1,2})(?![\d:]|[.,]\d)"
)
"""A number that a word counts with is no part of one: `Scope 1: 12 kt`."""
_RANGE_DASH = re.compile(r"(?<=\d)\s+[-–—~～]\s+(?=\d)")
_CODE_DASH = re.compile(
    r"(?<=[A-Za-z] \d)\s+-\s+(?=\d)|(?<=[A-Za-z] \d\d)\s+-\s+(?=\d)|(?<=[A-Za-z] \d\d\d)\s+-\s+(?=\d)"
)
_LETTER_SPACED = re.compile(f"(?<![{HAN}])(?:[{HAN}]{{1,2}} ){{3,}}[{HAN}]{{1,2}}(?![{HAN}])")
_SUBSCRIPT_GAS = re.compile(r"(?<![A-Za-z])(t?)(CO2|CH4|N2O|SF6|NF3)(e?)(?![A-Za-z0-9])")
_HAN_PUNCTUATION = re.compile(rf"(?<=[{HAN}])[ ]*([,;:?!])[ ]*(?=[{HAN}]|$)|(?<=[{HAN}] )([,;])[ ]*(?=[{HAN}])")
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+)")
_SPACE_BEFORE_MARK = re.compile(
    rf"(?<!\s)\s+(?=[，。；：？！、）》”’])|(?<=[（《“‘])\s+|(?<=[，。；：？！、])\s+(?=\S)|(?<=[{HAN}])\s+(?=[“《（])|(?<=[”》）])\s+(?=[{HAN}])"
)
_HASH_TOPIC = re.compile(rf"#\s+(?=[{HAN}A-Za-z])")
_AT_NAME = re.compile(rf"@\s+(?=[{HAN}A-Za-z])")
_HANDLE_DOT = re.compile(rf"(@[{HAN}A-Za-z0-9_]+)\s+\.(?=\s|$|[{HAN}，。])")
_MISSING_SPACE = re.compile(rf"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%+])(?=[{HAN}])")
_STRAIGHT_QUOTES = re.compile(rf'"\s*([^"]*[{HAN}][^"]*?)\s*"')
_SPACED_PARENTHESES = re.compile(rf"(?<=[{HAN}])\s*\(\s*([^()]*[{HAN}][^()]*?)\s*\)|\(\s*([^()]*[{HAN}][^()]*?)\s*\)")
_WIDE = re.compile(r"[ ]{2,}")
_HAN = re.compile(f"[{HAN}]")
_HIDDEN = re.compile("\ue000(.)")


def _tidy_numbers(text: str) -> str:
    text = _TORN_GROUP.sub(",", text)
    text = _TORN_DECIMAL.sub(".", _WIDE_POINT.sub(".", text))
    return _UNIT_PERCENT.sub("", text)


def _tidy_ratios(text: str) -> str:
    """Ratios and times of day take a half-width colon without blanks."""
    return _TORN_RATIO.sub(lambda m: f"{m['apart'] or m['close']}:{m['to']}", text)


def _tidy_ranges(text: str) -> str:
    text = _CODE_DASH.sub("-", text)
    return _RANGE_DASH.sub("–", text)


def _tidy_han_punctuation(text: str) -> str:
    """Half-width marks between ideographs become full-width ones."""
    text = DATE_COMMA.sub("，", text)
    text = _HAN_PUNCTUATION.sub(lambda m: HALF_WIDTH_PUNCTUATION[m[1] or m[2]], text)
    text = _SPACED_PARENTHESES.sub(lambda m: f"（{m[1] or m[2]}）", text)
    return _STRAIGHT_QUOTES.sub(r"“\1”", text)


def _outside_quotes(repair: Repair) -> Repair:
    """Applies `repair` outside quotation marks and 《》 only."""
    pattern = re.compile(
        "|".join(f"{re.escape(a)}[^{re.escape(b)}]{{0,60}}{re.escape(b)}" for a, b in OPEN_QUOTES.items())
    )

    def repaired(text: str) -> str:
        kept: list[str] = []

        def hide(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"\ue000{chr(0xE100 + len(kept) - 1)}"

        hidden = repair(pattern.sub(hide, text))
        return _HIDDEN.sub(lambda m: kept[ord(m[1]) - 0xE100], hidden) if kept else hidden

    return repaired


REPAIRS: tuple[tuple[str, Repair], ...] = (
    # Numbers first: later rules look at the marks beside whole numbers.
    ("torn-number", _tidy_numbers),
    ("torn-ratio", _tidy_ratios),
    ("spaced-range", _tidy_ranges),
    ("letter-spacing", lambda text: _LETTER_SPACED.sub(lambda m: m[0].replace(" ", ""), text)),
    ("times-sign", lambda text: TIMES_SIGN.sub("×", text)),
    (
        "chemical-formula",
        lambda text: _SUBSCRIPT_GAS.sub(lambda m: m[1] + _subscript(m[2]) + m[3], text),
    ),
    ("half-width-punctuation", _outside_quotes(_tidy_han_punctuation)),
    (
        "spaced-punctuation",
        lambda text: _SPACE_BEFORE_MARK.sub("", text) if _is_chinese(text) else text,
    ),
    ("topic-mark", lambda text: _HASH_TOPIC.sub("#", text)),
    ("handle", lambda text: _HANDLE_DOT.sub(r"\1.", _AT_NAME.sub("@", text))),
    ("missing-space", _outside_quotes(lambda text: _MISSING_SPACE.sub(" ", text))),
    ("wide-space", lambda text: _WIDE.sub(" ", text).strip()),
)


def _subscript(formula: str) -> str:
    return formula.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _is_chinese(text: str) -> bool:
    return bool(_HAN.search(text))


LABEL_BREAK = re.compile(rf"(?<=[{HAN}”）]) (?=[{HAN}“（])")
"""A blank between ideographs in a cell or label: a line break of the design, no space."""


def clean_text(text: str) -> str:
    """`text` after all repairs."""
    for _, repair in REPAIRS:
        text = repair(text)
    return text


def clean(lines: Iterable[SourceLine]) -> tuple[SourceLine, ...]:
    return tuple(map(clean_line, lines))


def clean_line(line: SourceLine) -> SourceLine:
    """The line with each repair recorded; its mark (`# `, `- `) is kept apart from the text."""
    found = _LINE_MARK.match(line.text)
    mark = found[0] if found else ""
    for rule, repaired in _repaired(line.text[len(mark) :]):
        line = line.changed(rule, mark + repaired)
    return line


@lru_cache(maxsize=1 << 15)
def _repaired(text: str) -> tuple[tuple[str, str], ...]:
    """Each repair that changes the text, with what it leaves."""
    found: list[tuple[str, str]] = []
    for rule, repair in REPAIRS:
        if (repaired := repair(text)) != text:
            found.append((rule, repaired))
            text = repaired
    return tuple(found)
