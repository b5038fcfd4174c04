"""What a text says of a number: value, unit, qualifier, place; and how two of them differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
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
    points: bool = False
    """Percentage points: the difference of two percentages, which is none itself."""

    @property
    def literal(self) -> str:
        """Spelling of a code without what a typesetter adds: spaces, case."""
        return re.sub(r"\s", "", plain_text(self.text)).upper()

    def __str__(self) -> str:
        """For messages and case files: `more 500000`, `5..10%`, `month 12`; `[6]` if optional."""
        words = [] if self.qualifier is Qualifier.EXACT else [self.qualifier.value]
        if self.kind is not QuantityKind.NUMBER:
            words.append(self.kind.value)
        upper = "" if self.upper is None else f"{_JOINTS.get(self.kind, '..')}{digits_of(self.upper)}"
        value = self.literal if self.kind is QuantityKind.CODE else f"{digits_of(self.value)}{upper}"
        words.append(value + ("pp" if self.points else "%" * self.percent))
        return f"[{' '.join(words)}]" if self.optional else " ".join(words)


@dataclass(frozen=True, slots=True)
class Difference:
    """A required quantity that the other text lacks; both sides if they differ in one respect."""

    zh: Quantity | None
    en: Quantity | None
    is_of_titles: bool = False
    """Of the numbers that head a title and its translation."""

    @property
    def reason(self) -> str:
        if self.zh is None:
            return "missing in Chinese"
        if self.en is None:
            return "missing in English"
        if self.zh.percent != self.en.percent:
            return "percent sign"
        if self.zh.points != self.en.points:
            return "percentage points"
        if self.zh.qualifier is not self.en.qualifier:
            return "qualifier"
        if self.zh.value == self.en.value:
            return "kind"
        return "number of the title" if self.is_of_titles else "scale"

    def __str__(self) -> str:
        sides = (("the Chinese", self.zh), ("the English", self.en))
        said = (f"{side} text has “{q.text}” ({q}) at {q.span[0]}–{q.span[1]}" for side, q in sides if q)
        return f"{self.reason}: {', '.join(said)}"


_PLAIN_CHARACTERS = str.maketrans(
    "０１２３４５６７８９％＋：／．－–—−‑~～〜×✕Ｘ＊　\u00a0\u2009\u202f₀₁₂₃₄₅₆₇₈₉"
    "萬億兩個場項種條點圓後內時週歲國縣區鎮鄉學級類層張隻頭棟輛畝噸門間屆組對",
    "0123456789%+:/.-----~~~×××*    0123456789万亿两个场项种条点元后内时周岁国县区镇乡学级类层张只头栋辆亩吨门间届组对",
)
"""One character for one, so that places in the text stay true: also traditional measures to simplified ones."""

_JOINTS = MappingProxyType({QuantityKind.RATIO: ":", QuantityKind.PRODUCT: "×"})


def plain_text(text: str) -> str:
    return text.translate(_PLAIN_CHARACTERS)


def digits_of(value: Decimal) -> str:
    return f"{value.normalize():f}"
