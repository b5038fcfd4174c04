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


def data_files(report: Report, gathered: Gathered, cache: Cache = NO_CACHE) -> dict[str, bytes]:
    """All data files, by path from the site's root."""
    figures, disclosures = figures_sheet(gathered.facts), disclosures_sheet(report)
    sheets = [sheet for sheet in (figures, disclosures) if sheet.rows]
    parquet = (
        {f"data/{one.name}.parquet": sheet_parquet(one) for one in dict.fromkeys((figures, *sheets))}
        if report.parquet
        else {}
    )
    written = {sheet.name: sheet_csv(sheet) for sheet in (figures, disclosures)}
    book = ("workbook", *(part for sheet in sheets for part in (sheet.name, written[sheet.name])))
    return {
        "data/figures.csv": written[figures.name],
        "data/figures.json": sheet_json(figures),
        "data/figures.xlsx": cache.kept(book, lambda: workbook(sheets)),
        **({"data/disclosures.csv": written[disclosures.name]} if disclosures.rows else {}),
        "data/datapackage.json": descriptor(report, sheets, gathered.tables, parquet),
        **parquet,
        **{one.path: one.data for one in gathered.tables},
    }


def pages_of(report: Report, language: Language, gathered: Gathered) -> Iterator[tuple[str, str]]:
    """File name and Markdown of the pages that offer and show them."""
    yield from data_pages(report, language, gathered.facts, gathered.tables, gathered.parts)
    yield from topics_page(report, language, gathered.facts)


def cards_by_page(report: Report, gathered: Gathered) -> dict[str, Json]:
    """The cards of the numbers that a page lists, by its path in the docs folder."""
    listed = facts_by_page(gathered.facts, gathered.parts, gathered.language)
    return {
        f"{language}/{slug}.md": cards_of(report, language, facts)
        for language in report.languages
        for slug, facts in listed.items()
    }
