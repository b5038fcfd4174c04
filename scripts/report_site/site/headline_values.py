"""A value as it is set large: words before the number small above it, the number in one piece, its unit small."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..language.line_breaks import NO_BREAK_SPACE
from ..language.patterns import VALUE_PARTS

_WORDS_BEFORE = re.compile(r"^(?P<words>[A-Za-z][A-Za-z ]*?) +(?=\d)")


class ValueParts(NamedTuple):
    qualifier: str
    """Latin words before the number; ideographs stay with it, they are as short as a sign."""
    number: str
    """With its scale, and without a place where a line may break."""
    unit: str


def value_parts(value: str) -> ValueParts:
    """The three joined by blanks are the value; one that isn't a number is all `number`, and may break."""
    match = VALUE_PARTS.match(value)
    if match is None:
        return ValueParts("", value, "")
    number, unit = match["number"].strip(), match["unit"]
    before = _WORDS_BEFORE.match(number)
    qualifier = before["words"] if before else ""
    return ValueParts(qualifier, number[before.end() if before else 0 :].replace(" ", NO_BREAK_SPACE), unit)
