"""The data files with a descriptor that says what each holds: a Frictionless data package (datapackage.json)."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence

from ...report import Report
from ..report_json import dump_json
from .sheets import Sheet
from .tables import TableFile, caption_of, width_of

Json = Mapping[str, object]
_MISSING = [""]


def descriptor(
    report: Report,
    sheets: Sequence[Sheet],
    written: Mapping[str, bytes],
    tables: Sequence[TableFile],
    parquet: Mapping[str, bytes],
) -> bytes:
    """Paths count from the descriptor's own folder, `data/`; `written`: the sheets as CSV, by name; `parquet`: the same
    once more, by path.
    """
    resources = [
        *(_sheet(sheet, written[sheet.name]) for sheet in sheets),
        *(_parquet(path.removeprefix("data/"), data) for path, data in parquet.items()),
        *(_table(one, report) for one in tables),
    ]
    languages = [variety.tag for variety in report.varieties.values()]
    return dump_json(
        {
            "profile": "data-package" if parquet else "tabular-data-package",
            "name": "report",
            "title": report.called(report.title, "en"),
            "description": "Numbers and tables of the report, as it states them.",
            "languages": languages,
            "resources": resources,
        }
    )


def _sheet(sheet: Sheet, written: bytes) -> Json:
    fields = [{"name": one.name, "type": one.type, "description": one.says} for one in sheet.columns]
    schema = {"fields": fields, "missingValues": _MISSING, "primaryKey": "id"}
    return _resource(sheet.name, f"{sheet.name}.csv", written) | {"schema": schema}


def _table(file: TableFile, report: Report) -> Json:
    path = file.path.removeprefix("data/")
    name = path.removesuffix(".csv").replace("/", "-").lower()
    title = report.say(caption_of(file.table, file.page), file.language)
    names = list(_field_names(file))
    dialect: Json = (
        {"header": True, "headerRows": list(range(1, file.head_rows + 1)), "headerJoin": " / "}
        if file.head_rows
        else {"header": False}
    )
    return _resource(name, path, file.data) | {
        "title": title,
        "language": report.varieties[file.language].tag,
        "dialect": dialect,
        "schema": {"fields": [{"name": one, "type": "string"} for one in names], "missingValues": _MISSING},
    }


def _field_names(file: TableFile) -> Iterator[str]:
    """Heads joined as the dialect says; numbered where one is empty or stands twice."""
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))[: file.head_rows]
    seen: set[str] = set()
    for i in range(width_of(file.table)):
        heads = list(dict.fromkeys(row[i] for row in rows if row[i]))
        name = " / ".join(heads) or f"column {i + 1}"
        if name in seen:
            name = f"{name} ({i + 1})"
        seen.add(name)
        yield name


def _parquet(path: str, data: bytes) -> Json:
    """The types are in the file itself, and the sheet's CSV describes the columns."""
    said = {
        "profile": "data-resource",
        "type": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }
    named = _resource(path.replace(".", "-"), path, data)
    return {**{name: value for name, value in named.items() if name != "encoding"}, **said}


def _resource(name: str, path: str, data: bytes) -> dict[str, object]:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
