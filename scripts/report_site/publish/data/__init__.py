"""What analysts compute with: every stated number, every table, and a descriptor of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...model import Language
from ...report import Report
from .disclosures import disclosures_sheet
from .facts import Fact, facts_of
from .figures import figures_sheet
from .package import descriptor
from .page import data_pages
from .parquet import sheet_parquet
from .sheets import sheet_csv, sheet_json, workbook
from .tables import TableFile, table_files
from .topics import topics_page

__all__ = ["Gathered", "data_files", "gather", "pages_of"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What files and pages are made of: found once a report."""

    facts: tuple[Fact, ...]
    tables: tuple[TableFile, ...]


def gather(report: Report) -> Gathered:
    return Gathered(facts_of(report), tuple(table_files(report)))


def data_files(report: Report, gathered: Gathered) -> dict[str, bytes]:
    """All data files, by path from the site's root."""
    figures, disclosures = figures_sheet(gathered.facts), disclosures_sheet(report)
    sheets = [sheet for sheet in (figures, disclosures) if sheet.rows]
    parquet = (
        {f"data/{one.name}.parquet": sheet_parquet(one) for one in dict.fromkeys((figures, *sheets))}
        if report.parquet
        else {}
    )
    return {
        "data/figures.csv": sheet_csv(figures),
        "data/figures.json": sheet_json(figures),
        "data/figures.xlsx": workbook(sheets),
        **({"data/disclosures.csv": sheet_csv(disclosures)} if disclosures.rows else {}),
        "data/datapackage.json": descriptor(report, sheets, gathered.tables, parquet),
        **parquet,
        **{one.path: one.data for one in gathered.tables},
    }


def pages_of(report: Report, language: Language, gathered: Gathered) -> Iterator[tuple[str, str]]:
    """File name and Markdown of the pages that offer and show them."""
    yield from data_pages(report, language, gathered.facts, gathered.tables)
    yield from topics_page(report, language, gathered.facts)
