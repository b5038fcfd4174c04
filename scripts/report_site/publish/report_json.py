"""The typed document in both languages and the ledger as JSON: what other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

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
    Note,
    Page,
    Period,
    Section,
    TagList,
    Text,
)
from ..model.texts import texts_of
from ..report import Ledger, Report, Wording

Json = Mapping[str, object]


def ledger_json(ledger: Ledger) -> bytes:
    lines = (
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
    )
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
        },
        compact_key="pages",
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


_Both = Callable[[Text | None], Json | None]


def _parts(block: Block, language: Language) -> Json:
    """What a block has beside the text that all have: one function a kind."""

    def both(text: Text | None) -> Json | None:
        return _both(text, language) if text else None

    tell = _PARTS.get(type(block))
    return tell(block, both) if tell else {}


def _list(block: List, both: _Both) -> Json:
    items = {"items": list(map(both, block.items))}
    return {**items, "marks": list(block.marks), "start": block.start} if block.ordered else items


def _tag_list(block: TagList, both: _Both) -> Json:
    return {"items": list(map(both, block.items))}


def _key_figures(block: KeyFigures, both: _Both) -> Json:
    figures = [
        {
            "id": figure.id,
            "value": both(figure.value),
            "label": both(figure.label),
            "amount": _amount(figure.amount),
            "stated_period": _period(figure.period or block.period),
        }
        for figure in block.figures
    ]
    return {"caption": both(block.caption), "figures": figures, "loose_labels": list(map(both, block.loose_labels))}


def _table(block: DataTable | KeyValueTable, both: _Both) -> Json:
    table = block if isinstance(block, DataTable) else None
    rows = [
        {"id": row.id, "cells": [list(map(both, cell)) for cell in row.cells]} | ({"group": True} if row.group else {})
        for row in block.rows
    ]
    return {
        "caption": both(block.caption),
        "header": [both(text) for text in table.header] if table else [],
        **({"subheads": [[both(text) for text in row] for row in table.subheads]} if table and table.subheads else {}),
        "row_headers": table.row_headers if table else 1,
        "rows": rows,
        **({"notes": list(map(both, block.notes))} if block.notes else {}),
    }


def _footnotes(block: Footnotes, both: _Both) -> Json:
    return {"notes": [{"id": note.text.id, "label": note.label, "text": both(note.text)} for note in block.notes]}


def _figure(block: Figure, both: _Both) -> Json:
    return {
        "caption": both(block.caption),
        "alternative": both(block.alternative),
        "description": list(map(both, block.description)),
        "words": list(map(both, block.words)),
        "picture": block.picture,
    }


def _note(block: Note, both: _Both) -> Json:
    return {"purpose": block.purpose}


_PARTS: Mapping[type[Block], Callable[..., Json]] = MappingProxyType(
    {
        List: _list,
        Note: _note,
        TagList: _tag_list,
        KeyFigures: _key_figures,
        DataTable: _table,
        KeyValueTable: _table,
        Footnotes: _footnotes,
        Figure: _figure,
    }
)


def dump_json(data: Json, compact_key: str | None = None) -> bytes:
    """Stable JSON; what stands under `compact_key` with one entry a line, so that a diff shows the line."""
    if compact_key is None:
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    items = data[compact_key]
    assert isinstance(items, Iterable)
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
