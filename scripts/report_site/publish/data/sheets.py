"""Rows as files that other programs read: CSV (UTF-8 with byte order mark), JSON, Excel. Same rows, same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

Cell = str | int | bool | float | None
EXCEL_DIGITS, EXCEL_PLACES = 15, 300
_FORMULA = re.compile(r"[=@＝＠\t\r]|[+\-＋－].*(?:\w\(|[|!])")
"""What a spreadsheet would compute as it opens a CSV file. A sign alone is no formula: `-12.5%`, `+86 10`, `- none`."""
_EPOCH = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    """Of Frictionless Table Schema: string, number, integer, boolean."""
    says: str
    """What the column holds, in English."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def sheet_csv(sheet: Sheet) -> bytes:
    return csv_bytes([[column.name for column in sheet.columns], *sheet.rows])


def sheet_json(sheet: Sheet) -> bytes:
    """A list of objects, one row a line; numbers as JSON numbers."""
    rows = (json.dumps(record, ensure_ascii=False) for record in records(sheet))
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode("utf-8")


def records(sheet: Sheet) -> Iterable[Mapping[str, Cell]]:
    """Each row by the names of its columns, numbers as numbers."""
    names = [column.name for column in sheet.columns]
    for row in sheet.rows:
        yield {
            name: _number(cell) if column.type == "number" else cell
            for name, column, cell in zip(names, sheet.columns, row, strict=True)
        }


def _number(cell: Cell) -> Cell:
    """Rows carry numbers in digits, so that CSV shows them as they are."""
    if not isinstance(cell, str):
        return cell
    return int(cell) if cell.lstrip("-").isdecimal() else float(cell)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """All sheets in one file; text stays text, whatever it begins with."""
    from xlsxwriter import Workbook  # A build alone needs it; a conversion takes less time than this import.

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _EPOCH})
    bold = book.add_format({"bold": True, "text_wrap": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, [column.name for column in sheet.columns], bold)
        for i, record in enumerate(records(sheet), 1):
            for j, cell in enumerate(record.values()):
                if cell is not None:
                    page.write(i, j, cell if _fits_excel(cell) else str(cell))
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return out.getvalue()


def _fits_excel(cell: Cell) -> bool:
    """Excel keeps fifteen digits of a number, and would write noughts for the rest."""
    digits = str(cell).lstrip("-") if isinstance(cell, int) else ""
    return len(digits) <= EXCEL_PLACES and len(digits.rstrip("0")) <= EXCEL_DIGITS


def _plain(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    return f"'{text}" if _FORMULA.match(text) else text
