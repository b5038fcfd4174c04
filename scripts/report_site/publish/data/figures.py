"""The facts as one tidy table: `figures`, a row a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...language.numbers.quantity import digits_of
from .facts import LANGUAGES, Fact
from .sheets import Cell, Column, Sheet

_BY_LANGUAGE = (
    ("label", "what the number is of: the label of a key figure, the clause of the prose"),
    ("value", "the value as printed, with its unit and the words that qualify it"),
    ("scope", "the caption over a group of key figures"),
    ("sentence", "the sentence that states it; empty for key figures"),
    ("section", "titles from the page down to the section"),
    ("permalink", "address of the place, from the root of the site; empty where the site has no such language"),
)
_COLUMNS = (
    Column("id", "string", "stable name of the row"),
    Column("kind", "string", "key-figure or prose"),
    Column(
        "number", "number", "the value with its scale multiplied in; per cent as written; of a ratio its first term"
    ),
    Column("upper", "number", "end of a range, second term of a ratio"),
    Column("unit", "string", "what is counted or measured, as printed; empty where the text doesn't say"),
    Column("scale", "integer", "what the printed digits were multiplied by"),
    Column("qualifier", "string", "exact, more, nearly, about or less"),
    Column("period", "string", "ISO 8601, where the text states one beside the number"),
    Column("page", "string", "page of the site"),
    Column("printed_page", "integer", "page of the printed report"),
    Column("flagged", "boolean", "the editors doubt it; the page on corrections says why"),
)


def figures_sheet(facts: Sequence[Fact]) -> Sheet:
    said = tuple(
        Column(f"{name}_{language}", "string", f"{says} ({language})")
        for name, says in _BY_LANGUAGE
        for language in LANGUAGES
    )
    return Sheet("figures", (*_COLUMNS, *said), tuple(map(_row, facts)))


def _row(fact: Fact) -> tuple[Cell, ...]:
    said = (getattr(fact.said[language], name) for name, _ in _BY_LANGUAGE for language in LANGUAGES)
    return (
        *(fact.id, fact.kind, _digits(fact.number), _digits(fact.upper), fact.unit, fact.scale, fact.qualifier),
        *(fact.period, fact.page, fact.printed_page, fact.flagged),
        *said,
    )


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else digits_of(number)
