"""What a report states with a label: its key figures, as they are compared with another year's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ....language.characters import bare
from ....language.conversion import base_of
from ....language.patterns import AT_YEAR_END, CUMULATIVE
from ....model import Amount, KeyFigures, Language, Section, Text
from ....report import Report
from .alike import undated

Kind = Literal["at-end", "total", "in-year"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as printed, and what it is as a number of which unit."""

    shown: str
    amount: Amount | None
    unit: str = ""

    @property
    def based(self) -> tuple[Decimal, str] | str:
        """Equal for two values that say the same, in whatever unit."""
        if self.amount is None:
            return bare(self.shown)
        factor, base = base_of(self.unit)
        return self.amount.number * factor, base


@dataclass(frozen=True, slots=True)
class Measured:
    """A labelled value with where it stands."""

    stated: Stated
    label: Text
    name: str
    """The label in the language that both reports are compared in."""
    words: str
    """The same without its unit."""
    key: str
    """The same as letters and digits, without the year of the report."""
    period: Kind
    years_back: int
    """How many years before that of the report it counts."""
    scope: str
    """Heading and caption above it, without their years."""
    heading: Text
    printed_page: int | None
    by_year: Mapping[int, Stated] = field(default_factory=dict)
    """Of a table's row: what stands below the years."""

    @property
    def shown(self) -> str:
        return self.stated.shown

    @property
    def amount(self) -> Amount | None:
        return self.stated.amount

    @property
    def unit(self) -> str:
        return self.stated.unit


def figures_of(report: Report, language: Language) -> Iterator[Measured]:
    """The labelled key figures of a report, in reading order."""
    for page in report.pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    yield from _of_block(block, section, report, language)


def _of_block(block: KeyFigures, section: Section, report: Report, language: Language) -> Iterator[Measured]:
    caption = block.caption.source if block.caption else ""
    for figure in block.figures:
        if figure.label is None:
            continue
        name = figure.label.in_language(language, report.language) or figure.label.source
        amount = figure.amount
        said = f"{figure.label.source} {caption}"
        period = figure.period or block.period
        yield Measured(
            Stated(figure.value.source, amount, amount.unit if amount else ""),
            figure.label,
            name,
            name,
            key_of(name, report),
            "at-end" if period and period.at_end and not CUMULATIVE.search(said) else kind_of(said),
            report.year - period.year if report.year and period else 0,
            scope_of(section, caption),
            section.heading.text,
            printed_page(figure.value.lines, report),
        )


def key_of(words: str, report: Report) -> str:
    return bare(words.replace(str(report.year), "")) if report.year else bare(words)


def kind_of(said: str) -> Kind:
    """The state at an end, what came together up to then, or what happened in the year, as label and caption say."""
    if CUMULATIVE.search(said):
        return "total"
    return "at-end" if AT_YEAR_END.search(said) else "in-year"


def scope_of(section: Section, caption: str) -> str:
    return bare(undated(f"{section.heading.text.source} {caption}"))


def printed_page(lines: Sequence[int], report: Report) -> int | None:
    return next((report.printed_pages[n] for n in lines if n in report.printed_pages), None)
