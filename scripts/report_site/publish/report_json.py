"""The typed document in both languages and the ledger as JSON: what other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from ..language.numbers.quantity import digits_of
from ..language.strings import LANGUAGES
from ..model import (
    Amount,
    Block,
    DataTable,
    Figure,
    Footnotes,
    KeyFigures,
    KeyValueTable,
    Language,
    List,
    Page,
    Period,
    Section,
    TagList,
    Text,
)
from ..report import Ledger, Report, Wording
from ..texts import texts_of

Json = Mapping[str, object]


def ledger_json(ledger: Ledger) -> bytes:
    lines = [
        {
            "line": entry.line,
            "fate": entry.fate.value,
            "rule": entry.rule,
            "digest": entry.digest,
            "block": entry.block,
            "page": entry.page,
            "printed_page": entry.printed_page,
            "changes": [{"rule": c.rule, "before": c.before, "after": c.after} for c in entry.changes],
        }
        for entry in ledger.lines
    ]
    return dump_json({"summary": ledger.summary(), "lines": lines}, compact_key="lines")


def report_json(report: Report) -> bytes:
    language = report.language
    return dump_json(
        {
            "title": _wording(report.title),
            "publisher": _wording(report.publisher),
            "year": report.year,
            "language": language,
            "pages": [_page(page, language) for page in report.pages],
        }
    )


def _wording(wording: Wording) -> Json:
    return {language: wording.get(language) for language in LANGUAGES}


def _page(page: Page, language: Language) -> Json:
    return {
        "slug": page.slug,
        "parents": list(page.parents),
        "title": _both(page.section.heading.text, language),
        "printed_pages": list(page.printed_pages) if page.printed_pages else None,
        "section": _section(page.section, language),
    }


def _section(section: Section, language: Language) -> Json:
    return {
        "id": section.heading.id,
        "kind": section.kind.value,
        "lines": list(section.heading.lines),
        "title": _both(section.heading.text, language),
        "blocks": [_block(block, language) for block in section.blocks],
        "sections": [_section(child, language) for child in section.children],
    }


def _both(text: Text, language: Language) -> Json:
    other = "en" if language == "zh" else "zh"
    return {language: text.source, other: text.translation}


def _block(block: Block, language: Language) -> Json:
    return {
        "id": block.id,
        "kind": re.sub(r"(?<!^)(?=[A-Z])", "-", type(block).__name__).lower(),
        "lines": list(block.lines),
        "printed_page": block.printed_page,
        "text": _joined(block, language),
        **_parts(block, language),
    }


def _joined(block: Block, language: Language) -> Json:
    """All texts of the block, one a line, in each language (null while one is untranslated)."""
    texts = [text for text, _ in texts_of(block)]
    translations = [text.translation for text in texts]
    other = "en" if language == "zh" else "zh"
    whole = "\n".join(t for t in translations if t is not None) if None not in translations else None
    return {language: "\n".join(text.source for text in texts), other: whole}


def _parts(block: Block, language: Language) -> Json:
    def both(text: Text | None) -> Json | None:
        return _both(text, language) if text else None

    def all_of(texts: Sequence[Text]) -> list[Json]:
        return [_both(text, language) for text in texts]

    if isinstance(block, List) and block.ordered:
        return {"items": all_of(block.items), "marks": list(block.marks), "start": block.start}
    if isinstance(block, List | TagList):
        return {"items": all_of(block.items)}
    if isinstance(block, KeyFigures):
        return {
            "caption": both(block.caption),
            "figures": [
                {
                    "id": f.id,
                    "value": both(f.value),
                    "label": both(f.label),
                    "amount": _amount(f.amount),
                    "stated_period": _period(f.period or block.period),
                }
                for f in block.figures
            ],
            "loose_labels": all_of(block.loose_labels),
        }
    if isinstance(block, DataTable | KeyValueTable):
        header = all_of(block.header) if isinstance(block, DataTable) else []
        subheads = [all_of(row) for row in block.subheads] if isinstance(block, DataTable) else []
        row_headers = block.row_headers if isinstance(block, DataTable) else 1
        rows = [
            {"id": row.id, "cells": [all_of(cell) for cell in row.cells]} | ({"group": True} if row.group else {})
            for row in block.rows
        ]
        return {
            "caption": both(block.caption),
            "header": header,
            **({"subheads": subheads} if subheads else {}),
            "row_headers": row_headers,
            "rows": rows,
            **({"notes": all_of(block.notes)} if block.notes else {}),
        }
    if isinstance(block, Footnotes):
        return {"notes": [{"id": n.text.id, "label": n.label, "text": both(n.text)} for n in block.notes]}
    if isinstance(block, Figure):
        return {
            "caption": both(block.caption),
            "alternative": both(block.alternative),
            "description": all_of(block.description),
            "words": all_of(block.words),
            "picture": block.picture,
        }
    return {}


def dump_json(data: Json, compact_key: str | None = None) -> bytes:
    """Stable JSON; the list under `compact_key` with one entry a line, so that a diff shows the line."""
    if compact_key is None:
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    items = data[compact_key]
    assert isinstance(items, list)
    rest = {key: value for key, value in data.items() if key != compact_key}
    head = json.dumps(rest, ensure_ascii=False)[:-1]
    body = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f'{head}, "{compact_key}": [\n{body}\n]}}\n'.encode()


def _period(period: Period | None) -> str | None:
    """The year for which the prose states a figure: `2022`, or its last day, `2022-12-31`."""
    return f"{period.year}-12-31" if period and period.at_end else str(period.year) if period else None


def _amount(amount: Amount | None) -> dict[str, str | None] | None:
    """The value as numbers, written out in digits so that none loses its precision."""
    if amount is None:
        return None
    upper = None if amount.upper is None else digits_of(amount.upper)
    return {"number": digits_of(amount.number), "upper": upper, "unit": amount.unit, "qualifier": amount.qualifier}
