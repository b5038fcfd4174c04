"""What analysts compute with: every stated number, every table, and a descriptor of both."""

from __future__ import annotations

from ...model import Language
from ...report import Report
from .disclosures import disclosures_sheet
from .facts import facts_of
from .figures import figures_sheet
from .package import descriptor
from .page import data_page
from .sheets import sheet_csv, sheet_json, workbook
from .tables import table_files

__all__ = ["data_files", "page_of"]


def data_files(report: Report) -> dict[str, bytes]:
    """All data files, by path from the site's root."""
    figures, disclosures = figures_sheet(facts_of(report)), disclosures_sheet(report)
    sheets, tables = [sheet for sheet in (figures, disclosures) if sheet.rows], list(table_files(report))
    return {
        "data/figures.csv": sheet_csv(figures),
        "data/figures.json": sheet_json(figures),
        "data/figures.xlsx": workbook(sheets),
        **({"data/disclosures.csv": sheet_csv(disclosures)} if disclosures.rows else {}),
        "data/datapackage.json": descriptor(report, sheets, tables),
        **{one.path: one.data for one in tables},
    }


def page_of(report: Report, language: Language) -> str:
    """The page that offers and shows them, as Markdown."""
    return data_page(report, language, facts_of(report), list(table_files(report)))
