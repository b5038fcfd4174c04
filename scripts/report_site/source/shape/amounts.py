"""What a key figure's value says as a number: its amount, unit and qualifier, for those who reckon with it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ...language.characters import han_count, without_notes
from ...language.numbers import Qualifier, QuantityKind, parse
from ...language.patterns import FRACTIONS, POWERS
from ...language.values import comparator_of, is_negative, unit_of
from ...model import Amount, KeyFigure, KeyFigures, Language

_UNREADABLE = re.compile(f"[{FRACTIONS}{POWERS}]")
_COMPARED = {"more": Qualifier.MORE, "less": Qualifier.LESS, "about": Qualifier.ABOUT}


def with_amounts(block: KeyFigures, language: Language) -> KeyFigures:
    return replace(block, figures=tuple(_with_amount(figure, language) for figure in block.figures))


def _with_amount(figure: KeyFigure, language: Language) -> KeyFigure:
    return replace(figure, amount=amount_of(figure.value.source, language))


def amount_of(value: str, language: Language) -> Amount | None:
    """None where the value holds no number, several, or one in a spelling that isn't read (`10⁶`, a ratio)."""
    value = without_notes(value)
    quantities = parse(value, language if han_count(value) else "en")
    if len(quantities) != 1 or quantities[0].kind is not QuantityKind.NUMBER or _UNREADABLE.search(value):
        return None
    quantity = quantities[0]
    sign = Decimal(-1 if is_negative(value) else 1)
    compared = _COMPARED.get(comparator_of(value), quantity.qualifier)
    return Amount(sign * quantity.value, quantity.upper, unit_of(value), compared.value)
