"""What stands behind the report in its printed copy: doubts, corrections and glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import get_args

from ...model import FRONT_ACCENT
from ...report import Kind, Term
from ..glossary import COLUMNS, in_order, remarks_on_term
from ..report_pages import block_homes, home_of, said_of
from .data import Data, Runs, Writer


def closing(writer: Writer, *, whole: bool) -> list[Data]:
    """A part for each heading; of a chapter alone, what is said of it."""
    blocks = [*_remarks(writer, whole=whole), *(_glossary(writer) if whole else ())]
    starts = [i for i, block in enumerate(blocks) if block["kind"] == "heading"]
    bodies = [blocks[i:j] for i, j in pairwise([*starts, len(blocks)])]
    return [{"accent": FRONT_ACCENT, "opener": True, "number": None, "body": body} for body in bodies]


def _title(writer: Writer, key: str, identity: str) -> Data:
    return {"kind": "heading", "id": identity, "level": 2, "text": writer.words(key), "page": True}


# --- doubts and corrections ------------------------------------------------------------------------------------------


def _remarks(writer: Writer, *, whole: bool) -> Iterator[Data]:
    items = [*_placed(writer), *(_unplaced(writer) if whole else ())]
    if items:
        yield _title(writer, "corrections-title", "corrections")
        yield {"kind": "paragraph", "id": "corrections-intro", "text": writer.words("corrections-intro")}
        yield {"kind": "list", "id": "editors-notes", "ordered": False, "start": 1, "items": items, "marked": False}


def _placed(writer: Writer) -> Iterator[Runs]:
    """The notes in the order of their numbers, as the marks at their places have them."""
    for number, note in enumerate(writer.told, 1):
        said = writer.words("labelled", label=f"{number} {note.label}", text=note.text)
        back = writer.words("see", number=number, title=note.title)
        yield [{**said[0], "id": f"editors-note-{number}"}, *said[1:], {"text": " "}, writer.linked(back, note.place)]


def _unplaced(writer: Writer) -> Iterator[Runs]:
    """What is said of lines that no page shows."""
    homes = block_homes(writer.pages)
    for label, lines, text in said_of(writer.report, writer.language):
        if not home_of(homes, lines):
            yield writer.words("labelled", label=label, text=text)


# --- glossary --------------------------------------------------------------------------------------------------------


def _glossary(writer: Writer) -> Iterator[Data]:
    terms = [term for term in writer.report.terms if not term.misprint]
    if not terms:
        return
    yield _title(writer, "glossary-title", "glossary")
    yield {"kind": "paragraph", "id": "glossary-intro", "text": writer.words("glossary-intro", count=len(terms))}
    for kind in get_args(Kind):
        if chosen := [term for term in terms if term.kind == kind]:
            yield _terms(writer, kind, chosen)


def _terms(writer: Writer, kind: str, terms: Sequence[Term]) -> Data:
    noted = any(term.explained for term in terms)
    keys = [*COLUMNS[writer.language][:2], *(["column-note"] if noted else [])]
    rows: list[Data] = []
    for term in in_order(terms, writer.language):
        both = [(term.zh, writer.language != "zh"), (term.en, writer.language != "en")]
        names: list[Data] = [
            {"items": [[{"text": name, "foreign": foreign}]]}
            for name, foreign in (both if writer.language == "zh" else reversed(both))
        ]
        said = [writer.words("name-reading", reading=term.reading)] if term.reading else []
        said += [writer.plain(remark) for remark in remarks_on_term(term, writer.language, writer.voice)]
        rows.append({"cells": names + ([{"items": said}] if noted else []), "group": False})
    return {
        "kind": "table",
        "id": f"glossary-{kind}",
        "caption": writer.words(f"kind-{kind}"),
        "width": len(keys),
        "heads": 1,
        "header": [[writer.words(key) for key in keys]],
        "rows": rows,
        "notes": [],
    }
