"""The key figures of two years, matched by label: differences only where both count the same thing alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ...language.characters import bare
from ...language.patterns import AT_YEAR_END, CUMULATIVE
from ...model import KeyFigure, KeyFigures, Language, Section, Text
from ...report import Report
from .alike import nearest, undated

NEAR_LABEL = 0.6
"""Labels are short: one word more is a third of them."""
Reason = Literal["no-number", "range", "unit", "qualifier", "period", "scope"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A key figure with where it stands."""

    figure: KeyFigure
    label: Text
    name: str
    """The label in the language that both reports are compared in."""
    key: str
    """The same as letters and digits, without the year of the report."""
    period: Literal["at-end", "total", "in-year"]
    years_back: int
    """How many years before that of the report it counts."""
    scope: str
    """Heading and caption above it, without their years."""
    heading: Text
    printed_page: int | None

    @property
    def unit(self) -> str:
        return self.figure.amount.unit if self.figure.amount else ""


@dataclass(frozen=True, slots=True)
class Difference:
    number: Decimal
    unit: str
    percentage: Decimal | None
    """None: of per cent, or from nothing."""
    about: bool
    """The printed values are bounds or rounded."""


@dataclass(frozen=True, slots=True)
class Match:
    old: Measured
    new: Measured
    sure: bool
    """Labels are equal, and nothing else has the same; otherwise a person has to confirm it."""
    difference: Difference | None
    why_none: Reason | None


@dataclass(frozen=True, slots=True)
class Comparison:
    matches: tuple[Match, ...]
    """In the order of the new report."""
    only_old: tuple[Measured, ...]
    only_new: tuple[Measured, ...]


def compare(old: Report, new: Report) -> Comparison:
    before, after = list(measured(old, new.language)), list(measured(new, new.language))
    pairs = {j: (i, sure) for i, j, sure in _equal(before, after)}
    taken = {i for i, _ in pairs.values()}
    pairs |= {j: (i, False) for i, j in _near(before, after, taken, pairs)}
    matches = (_match(before[pairs[j][0]], one, pairs[j][1]) for j, one in enumerate(after) if j in pairs)
    used = {i for i, _ in pairs.values()}
    return Comparison(
        tuple(matches),
        tuple(one for i, one in enumerate(before) if i not in used),
        tuple(one for j, one in enumerate(after) if j not in pairs),
    )


def measured(report: Report, language: Language) -> Iterator[Measured]:
    """The labelled key figures of a report, in reading order."""
    for page in report.pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    yield from _of_block(block, section, report, language)


def _of_block(block: KeyFigures, section: Section, report: Report, language: Language) -> Iterator[Measured]:
    caption = block.caption.source if block.caption else ""
    scope = bare(undated(f"{section.heading.text.source} {caption}"))
    for figure in block.figures:
        if figure.label is None:
            continue
        name = figure.label.in_language(language, report.language) or figure.label.source
        page = next((report.printed_pages[n] for n in figure.value.lines if n in report.printed_pages), None)
        key = bare(name.replace(str(report.year), "")) if report.year else bare(name)
        kind, back = _period(figure, block), _years_back(figure, block, report)
        yield Measured(figure, figure.label, name, key, kind, back, scope, section.heading.text, page)


def _years_back(figure: KeyFigure, block: KeyFigures, report: Report) -> int:
    """None where nothing says otherwise."""
    period = figure.period or block.period
    return report.year - period.year if report.year and period else 0


def _period(figure: KeyFigure, block: KeyFigures) -> Literal["at-end", "total", "in-year"]:
    """The state at an end, what came together up to then, or what happened in the year."""
    said = f"{figure.label.source if figure.label else ''} {block.caption.source if block.caption else ''}"
    period = figure.period or block.period
    if CUMULATIVE.search(said):
        return "total"
    return "at-end" if AT_YEAR_END.search(said) or (period and period.at_end) else "in-year"


# --- matching ------------------------------------------------------------------------------------------------------


def _equal(before: Sequence[Measured], after: Sequence[Measured]) -> Iterator[tuple[int, int, bool]]:
    """Labels that are equal, their years aside; of several, those in the same scope first, then in reading order."""
    groups: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, figures in enumerate((before, after)):
        for index, one in enumerate(figures):
            groups[bare(undated(one.name))][side].append(index)
    for olds, news in groups.values():
        alone = len(olds) == len(news) == 1
        for i, j in _by_scope(before, after, olds, news):
            same = before[i].key == after[j].key
            scoped = before[i].scope == after[j].scope and sum(before[k].scope == before[i].scope for k in olds) == 1
            yield i, j, same and (alone or scoped)


def _by_scope(
    before: Sequence[Measured], after: Sequence[Measured], olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[int, int]]:
    left, rest = list(olds), []
    for j in news:
        found = next((i for i in left if before[i].scope == after[j].scope), None)
        if found is None:
            rest.append(j)
        else:
            left.remove(found)
            yield found, j
    yield from zip(left, rest, strict=False)


def _near(
    before: Sequence[Measured], after: Sequence[Measured], olds: set[int], news: dict[int, tuple[int, bool]]
) -> Iterator[tuple[int, int]]:
    """Labels that say nearly the same, of values that count the same."""
    old = {f"{one.unit} {one.name}": i for i, one in enumerate(before) if i not in olds}
    new = {f"{one.unit} {one.name}": j for j, one in enumerate(after) if j not in news}
    for name, found in nearest(new, list(old), NEAR_LABEL).items():
        if before[old[found]].unit == after[new[name]].unit:
            yield old[found], new[name]


# --- differences ---------------------------------------------------------------------------------------------------


def _match(old: Measured, new: Measured, sure: bool) -> Match:
    reason = _incomparable(old, new)
    return Match(old, new, sure, None if reason else _difference(old, new), reason)


def _incomparable(old: Measured, new: Measured) -> Reason | None:
    """Why the two can't be subtracted."""
    one, other = old.figure.amount, new.figure.amount
    if one is None or other is None:
        return "no-number"
    if one.upper is not None or other.upper is not None:
        return "range"
    if one.unit != other.unit:
        return "unit"
    if one.qualifier != other.qualifier:
        return "qualifier"
    if (old.period, old.years_back) != (new.period, new.years_back):
        return "period"
    return "scope" if old.scope != new.scope else None


def _difference(old: Measured, new: Measured) -> Difference | None:
    one, other = old.figure.amount, new.figure.amount
    if one is None or other is None:
        return None
    number = other.number - one.number
    relative = one.unit != "%" and one.number != 0
    percentage = number / abs(one.number) * 100 if relative else None
    return Difference(number, one.unit, percentage, one.qualifier != "exact")
