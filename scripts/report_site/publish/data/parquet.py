"""Sheets as Parquet, for those who ask for it: `data: {parquet: true}` in report.yml. Same rows, same bytes."""

from __future__ import annotations

import io
from typing import Any

from ...model.errors import InputError, Problem
from .sheets import Sheet, records

_REMEDY = (
    "install it with: make parquet (or: pip install 'report-site[parquet]'; in a repository of your own, name the tool "
    "in requirements.txt as report-site[parquet]), or take the line out"
)


def sheet_parquet(sheet: Sheet) -> bytes:
    try:
        from arro3.core import Array, DataType, Table
        from arro3.io import write_parquet
    except ImportError as error:
        raise InputError(Problem("report.yml: data.parquet", "what writes Parquet isn't installed", _REMEDY)) from error
    kinds = {
        "string": DataType.utf8(),
        "number": DataType.float64(),
        "integer": DataType.int64(),
        "boolean": DataType.bool(),
    }
    rows = list(records(sheet))
    columns: dict[str, Any] = {
        column.name: Array([_typed(row[column.name], column.type) for row in rows], kinds[column.type])
        for column in sheet.columns
    }
    out = io.BytesIO()
    write_parquet(Table.from_pydict(columns), out)
    return out.getvalue()


def _typed(cell: object, kind: str) -> object:
    """A whole number of a column of numbers too."""
    return float(cell) if kind == "number" and isinstance(cell, int) else cell
