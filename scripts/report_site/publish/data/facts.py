"""Every number that the report states, as a row: key figures, and the numeric facts of the prose with their sentence.

A row says what the text says. What the text doesn't give (a unit, a period) is empty; nothing is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ...language.characters import without_notes
from ...language.dates import stated_period
from ...language.measures import (
    TIME_SPANS,
    label_around,
    measure_of,
    printed,
    scale_in,
    sentence_around,
    sentence_start,
)
from ...language.numbers import Quantity, QuantityKind, parse, qualified_span
from ...language.uncounted import is_in_title, is_uncounted
from ...model import (
    Block,
    DataTable,
    Heading,
    KeyFigure,
    KeyFigures,
    KeyValueTable,
    Language,
    Note,
    Page,
    Section,
    Text,
)
from ...model.texts import texts_of
from ...report import Report

LANGUAGES: tuple[Language, Language] = ("zh", "en")
_KINDS = frozenset({QuantityKind.NUMBER, QuantityKind.RATIO})
_LEAST_AMOUNT = 10
"""In words, as search has it: less is as often a manner of speaking."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact in one language."""

    label: str
    """What the number is of: a key figure's label, the clause of the prose."""
    value: str
    """As printed, with its unit and the words that qualify it."""
    unit: str
    scope: str
    """The caption over a strip of key figures."""
    sentence: str
    section: str
    """Titles from the page down to the section."""
    permalink: str
    """Address of the place, from the site's root."""


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    kind: str
    """`key-figure` or `prose`."""
    page: str
    number: Decimal | None
    """Scale multiplied in; per cent as written; of a ratio the first term. None: not one number (`10⁶`)."""
    upper: Decimal | None
    """End of a range, second term of a ratio."""
    unit: str
    scale: int
    """What the printed number was multiplied by: 10000 for ten thousands."""
    qualifier: str
    period: str
    """ISO 8601, as stated beside the number."""
    printed_page: int | None
    flagged: bool
    """The report's editors doubt it; the corrections page says why."""
    said: dict[Language, Said]


def facts_of(report: Report) -> tuple[Fact, ...]:
    doubtful = frozenset(line for flag in report.flags for line in flag.lines)
    return tuple(
        fact
        for page in report.pages
        for section, path in _sections(page.section, ())
        for block in section.blocks
        if not (isinstance(block, Note) and block.purpose == "summary")  # the site's own words
        for fact in _facts_in(block, _Place(report, page, path, doubtful))
    )


@dataclass(frozen=True, slots=True)
class _Place:
    report: Report
    page: Page
    path: tuple[Text, ...]
    doubtful: frozenset[int]

    def said(
        self, language: Language, identity: str, label: str, value: str, unit: str, sentence: str = "", scope: str = ""
    ) -> Said:
        titles = " › ".join(self.report.say(title, language) for title in self.path)
        address = permalink(self.report, language, self.page.slug, identity)
        return Said(label, value, unit, scope, sentence, titles, address)


def permalink(report: Report, language: Language, page: str, identity: str = "") -> str:
    """From the site's root; empty in a language that the site doesn't have."""
    if language not in report.languages:
        return ""
    root = "" if language == report.language else f"{language}/"
    return f"{root}{page}/" + (f"#{identity}" if identity else "")


def _sections(section: Section, above: tuple[Text, ...]) -> Iterator[tuple[Section, tuple[Text, ...]]]:
    path = (*above, section.heading.text)
    yield section, path
    for child in section.children:
        yield from _sections(child, path)


def _facts_in(block: Block, place: _Place) -> Iterator[Fact]:
    if isinstance(block, KeyFigures):
        yield from (_key_figure(figure, block, place) for figure in block.figures)
    elif not isinstance(block, DataTable | KeyValueTable | Heading):
        yield from _prose(block, place)


# --- key figures ---------------------------------------------------------------------------------------------------


def _key_figure(figure: KeyFigure, block: KeyFigures, place: _Place) -> Fact:
    amount, period = figure.amount, figure.period or block.period
    language = place.report.language
    lines = {*figure.value.lines, *(figure.label.lines if figure.label else ())}
    return Fact(
        id=figure.id,
        kind="key-figure",
        page=place.page.slug,
        number=amount.number if amount else None,
        upper=amount.upper if amount else None,
        unit=amount.unit or _unit_in_label(figure, language, language) if amount else "",
        scale=scale_in(figure.value.source) if amount else 1,
        qualifier=amount.qualifier if amount else "",
        period=(f"{period.year}-12-31" if period.at_end else str(period.year)) if period else "",
        printed_page=block.printed_page,
        flagged=not lines.isdisjoint(place.doubtful),
        said={each: _labelled(figure, block, each, place) for each in LANGUAGES},
    )


def _labelled(figure: KeyFigure, block: KeyFigures, language: Language, place: _Place) -> Said:
    label, value, scope = (
        without_notes((text.in_language(language, place.report.language) or "") if text else "")
        for text in (figure.label, figure.value, block.caption)
    )
    amount, own = figure.amount, language == place.report.language
    unit = (amount.unit if own else "") or _unit_in_label(figure, language, place.report.language) if amount else ""
    return place.said(language, figure.id, label, value, unit, scope=scope)


def _unit_in_label(figure: KeyFigure, language: Language, source: Language) -> str:
    """The label may say what the value counts: times of donating."""
    label, value = ((text.in_language(language, source) or "") if text else "" for text in (figure.label, figure.value))
    before = f"{label} " if label else ""
    return measure_of(before + value, len(before), len(before + value), language)


# --- prose ---------------------------------------------------------------------------------------------------------


def _prose(block: Block, place: _Place) -> Iterator[Fact]:
    """Numbered over all that are read, so that a number which counts nothing moves no other's address."""
    language, number = place.report.language, 0
    for text in (_unmarked(text) for text, _ in texts_of(block)):
        others = list(_counting(text.translation or "", _other(language)))
        for counted in _stated(text.source, language):
            number += 1
            if is_uncounted(text.source, *counted[0].span, language):
                continue
            twin = next((pair for pair in others if _same(pair[0], counted[0])), None)
            if twin:
                others.remove(twin)
            elif text.translation and _is_manner_of_speaking(counted[0]):
                continue
            yield _fact(f"{block.id}-n{number}", counted, text, twin, block, place)


def _unmarked(text: Text) -> Text:
    """Without the marks of notes: a mark is no number, and a sentence ends before it."""
    translation = text.translation and without_notes(text.translation)
    return replace(text, source=without_notes(text.source), translation=translation)


def _is_manner_of_speaking(quantity: Quantity) -> bool:
    """A small number in words, of one whose translation doesn't count it."""
    return quantity.optional and quantity.value < _LEAST_AMOUNT


def _stated(text: str, language: Language) -> Iterator[tuple[Quantity, str]]:
    """The numbers that count or measure, with their units; one in words only where a unit follows and it isn't one."""
    for quantity, unit in _quantities(text, language):
        if not quantity.optional or (unit and abs(quantity.value) > 1):
            yield quantity, unit


def _quantities(text: str, language: Language) -> Iterator[tuple[Quantity, str]]:
    """Numbers outside the titles of works, with their units."""
    for quantity in parse(text, language):
        if quantity.kind in _KINDS and not is_in_title(text, quantity.span[0]):
            yield quantity, measure_of(text, *quantity.span, language)


def _counting(text: str, language: Language) -> Iterator[tuple[Quantity, str]]:
    for quantity, unit in _quantities(text, language):
        if not is_uncounted(text, *quantity.span, language):
            yield quantity, unit


def _fact(
    identity: str,
    counted: tuple[Quantity, str],
    text: Text,
    twin: tuple[Quantity, str] | None,
    block: Block,
    place: _Place,
) -> Fact:
    """`twin`: what says the same in the translation."""
    quantity, unit = counted
    language = place.report.language
    before = text.source[sentence_start(text.source, quantity.span[0]) : quantity.span[0]]
    return Fact(
        id=identity,
        kind="prose",
        page=place.page.slug,
        number=quantity.value,
        upper=quantity.upper,
        unit=unit,
        scale=scale_in(quantity.text),
        qualifier=quantity.qualifier.value,
        period="" if unit in TIME_SPANS else stated_period(before, language),
        printed_page=block.printed_page,
        flagged=not place.doubtful.isdisjoint(text.lines),
        said={
            language: _said(text.source, counted, language, block.id, place),
            _other(language): _twin(text, twin, _other(language), block.id, place),
        },
    )


def _twin(text: Text, twin: tuple[Quantity, str] | None, language: Language, identity: str, place: _Place) -> Said:
    """The fact in the translation; where the translation puts it otherwise, its whole text and no value."""
    if twin is None:
        return place.said(language, identity, "", "", "", text.translation or "")
    return _said(text.translation or "", twin, language, identity, place)


def _said(text: str, counted: tuple[Quantity, str], language: Language, identity: str, place: _Place) -> Said:
    quantity, unit = counted
    start, end = quantity.span
    value = printed(text, start, end, unit, qualified_span(text, quantity, language))
    label, sentence = label_around(text, start, end, value, language), sentence_around(text, start, end)
    return place.said(language, identity, label, value, unit, sentence)


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.upper, one.percent) == (other.value, other.upper, other.percent)


def _other(language: Language) -> Language:
    return "en" if language == "zh" else "zh"
