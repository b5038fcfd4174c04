"""Each table as CSV in each language: its heads in that language, then in the other, then its rows.

A cell of several items holds them one a line. Rows that name the group below them keep their first cell alone. Marks of
notes are left out: programs compute with what the cells hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...language.characters import without_notes
from ...model import Cell, DataTable, KeyValueTable, Language, Page, Text
from ...model.texts import blocks_of
from ...report import Report
from ..addresses import table_csv
from ..columns import part_lost_columns
from .facts import LANGUAGES
from .sheets import csv_bytes

Table = DataTable | KeyValueTable


@dataclass(frozen=True, slots=True)
class TableFile:
    path: str
    """From the site's root."""
    table: Table
    page: Page
    language: Language
    head_rows: int
    """Rows of heads in the file, both languages together."""
    data: bytes


def table_files(report: Report) -> Iterator[TableFile]:
    for language in report.languages:
        for page in report.pages:
            for block in blocks_of(page):
                if isinstance(block, DataTable | KeyValueTable):
                    table = part_lost_columns(block)[0] if isinstance(block, DataTable) else block
                    heads, rows = _heads(table, language, report), _rows(table, language, report)
                    data = csv_bytes([*heads, *rows])
                    yield TableFile(table_csv(table.id, language), table, page, language, len(heads), data)


def _heads(table: Table, language: Language, report: Report) -> list[list[str]]:
    """The printed rows of heads in the language, then in the other; none where the source prints none."""
    if isinstance(table, KeyValueTable) or not table.header:
        return []
    width = width_of(table)
    printed = [list(table.header), *map(list, table.subheads)]
    spoken = [language, *(one for one in LANGUAGES if one != language and one in report.languages)]
    return [_padded([_said((text,), one, report) for text in row], width) for one in spoken for row in printed]


def _rows(table: Table, language: Language, report: Report) -> list[list[str]]:
    width = width_of(table)
    return [_padded([_said(cell, language, report) for cell in row.cells], width) for row in table.rows]


def width_of(table: Table) -> int:
    heads = (len(table.header), *map(len, table.subheads)) if isinstance(table, DataTable) else ()
    return max((*heads, *(len(row.cells) for row in table.rows)), default=0)


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _said(cell: Cell, language: Language, report: Report) -> str:
    return "\n".join(without_notes(report.say(text, language)) for text in cell)


def caption_of(table: Table, page: Page) -> Text:
    """A table without a caption is known by its page."""
    return table.caption or page.section.heading.text
