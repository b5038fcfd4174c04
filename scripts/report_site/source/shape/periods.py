"""The year of a key figure that is printed without one, where the prose states it; never by guess.

A sentence dates a figure if it holds the number and the words of its label, opens a clause before the number with a
year (or says: at the end of a year), and names no other year and no month up to there. What counts from some beginning
on (`in total`) is dated by a year's end only, unless the whole strip repeats one sentence: then the strip bears its
year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...language.numbers import QuantityKind, mentions, parse
from ...language.patterns import AT_YEAR_END, CUMULATIVE, IN_YEAR
from ...model import KeyFigure, KeyFigures, Language, Period
from .key_figures import LEAST_SHARE, Prose, clauses_of, share_of

_DATES = frozenset({QuantityKind.YEAR, QuantityKind.MONTH})


def with_periods(block: KeyFigures, prose: Prose, last: int) -> KeyFigures:
    """The strip with the years that the prose gives; none later than `last`, the year of the report."""
    if block.caption and _is_dated(block.caption.source, prose.language):
        return block
    stated = [dict(_statements(figure, prose, last)) for figure in block.figures]
    if period := _shared(stated):
        return replace(block, period=period)
    figures = (
        replace(figure, period=_agreed(figure, found, prose.language))
        for figure, found in zip(block.figures, stated, strict=True)
    )
    return replace(block, figures=tuple(figures))


def _shared(stated: list[dict[str, Period]]) -> Period | None:
    """The period of the one sentence that states all figures of a strip."""
    if len(stated) < 2:
        return None
    sentence = next((one for one in stated[0] if all(one in found for found in stated)), None)
    periods = {found[sentence] for found in stated} if sentence else set()
    return periods.pop() if len(periods) == 1 else None


def _agreed(figure: KeyFigure, stated: dict[str, Period], language: Language) -> Period | None:
    """The one period of all sentences that state the figure."""
    periods = {
        period
        for sentence, period in stated.items()
        if period.at_end or not _is_cumulative(figure, _clauses_to(figure.value.source, sentence, language))
    }
    return periods.pop() if len(periods) == 1 else None


def _is_cumulative(figure: KeyFigure, clauses: list[str]) -> bool:
    label = figure.label.source if figure.label else ""
    return bool(CUMULATIVE.search(label + clauses[-1]))


def _statements(figure: KeyFigure, prose: Prose, last: int) -> Iterator[tuple[str, Period]]:
    """Sentences that state the figure, with the period that each gives."""
    if figure.label is None or _is_dated(f"{figure.label.source} {figure.value.source}", prose.language):
        return
    for sentence in prose.sentences:
        if share_of(figure.label.source, sentence) >= LEAST_SHARE:
            period = _period(_clauses_to(figure.value.source, sentence, prose.language), prose.language)
            if period and period.year <= last:
                yield sentence, period


def _clauses_to(value: str, sentence: str, language: Language) -> list[str]:
    """The clauses up to the one that holds the value; none without it."""
    quantities = parse(value, language)
    clauses = clauses_of(sentence)
    at = next((i for i, c in enumerate(clauses) if quantities and mentions(c, quantities[0], language)), -1)
    return clauses[: at + 1]


def _period(clauses: list[str], language: Language) -> Period | None:
    """The only date that the clauses name."""
    if sum(q.kind in _DATES for clause in clauses for q in parse(clause, language)) != 1:
        return None
    for pattern, at_end in ((AT_YEAR_END, True), (IN_YEAR, False)):
        for match in filter(None, map(pattern.search, clauses)):
            return Period(int(match["year"] or match["en"]), at_end)
    return None


def _is_dated(text: str, language: Language) -> bool:
    return any(quantity.kind in _DATES for quantity in parse(text, language))
