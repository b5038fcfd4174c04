"""What analysts compute with: every stated number, every table, and a descriptor of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...model import Language
from ...report import Report
from ..cache import NO_CACHE, Cache
from .cards import CARDS, Json, cards_of
from .disclosures import disclosures_sheet
from .facts import Fact, facts_of
from .figures import figures_sheet
from .package import descriptor
from .page import Part, data_pages, facts_by_page, parts_of, rows_of
from .parquet import sheet_parquet
from .sheets import sheet_csv, sheet_json, workbook
from .tables import TableFile, table_files
from .topics import topics_page

__all__ = ["CARDS", "Gathered", "Json", "cards_by_page", "data_files", "gather", "pages_of"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What files and pages are made of: found once a report."""

    facts: tuple[Fact, ...]
    tables: tuple[TableFile, ...]
    parts: tuple[Part, ...]
    """Pages that list the numbers, where one has no room for all."""
    language: Language
    """The report's."""

    @property
    def rows(self) -> Mapping[str, str]:
        """The slug of the page that has a number's row, by its id."""
        return rows_of(self.facts, self.parts, self.language)


def gather(report: Report) -> Gathered:
    facts = facts_of(report)
    return Gathered(facts, tuple(table_files(report)), parts_of(report, facts), report.language)


def data_files(report: Report, gathered: Gathered, cache: Cache = NO_CACHE) -> Iterator[tuple[str, bytes]]:
    """All data files, each with its path from the site's root; made one by one, since those of a long report are
    large.
    """
    figures, disclosures = figures_sheet(gathered.facts), disclosures_sheet(report)
    sheets = [sheet for sheet in (figures, disclosures) if sheet.rows]
    parquet = (
        {f"data/{one.name}.parquet": sheet_parquet(one) for one in dict.fromkeys((figures, *sheets))}
        if report.parquet
        else {}
    )
    yield "data/figures.json", sheet_json(figures)
    written = {sheet.name: sheet_csv(sheet) for sheet in sheets}
    yield "data/figures.csv", written.get(figures.name) or sheet_csv(figures)
    if disclosures.rows:
        yield "data/disclosures.csv", written[disclosures.name]
    book = ("workbook", *(part for named in written.items() for part in named))
    yield "data/figures.xlsx", cache.kept(book, lambda: workbook(sheets))
    yield "data/datapackage.json", descriptor(report, sheets, written, gathered.tables, parquet)
    yield from parquet.items()
    yield from ((one.path, one.data) for one in gathered.tables)


def pages_of(report: Report, language: Language, gathered: Gathered) -> Iterator[tuple[str, str]]:
    """File name and Markdown of the pages that offer and show them."""
    yield from data_pages(report, language, gathered.facts, gathered.tables, gathered.parts)
    yield from topics_page(report, language, gathered.facts)


def cards_by_page(report: Report, gathered: Gathered) -> Iterator[tuple[str, Json]]:
    """The cards of the numbers that a page lists, with its path in the docs folder."""
    listed = facts_by_page(gathered.facts, gathered.parts, gathered.language)
    for language in report.languages:
        for slug, facts in listed.items():
            yield f"{language}/{slug}.md", cards_of(report, language, facts)
