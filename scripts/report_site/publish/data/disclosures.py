"""What printed indexes of standards disclose, a row a disclosure, with the section that answers it."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Text
from ...report import Disclosure, Report
from ..report_pages import disclosure_title
from .facts import LANGUAGES, permalink
from .sheets import Cell, Column, Sheet

_COLUMNS = (
    Column("id", "string", "row of the index and code"),
    Column("standard", "string", "GRI, SASB, HKEX, CASS, TCFD; empty where the index doesn't say"),
    Column("code", "string", "as printed"),
    Column("pages", "string", "printed pages, as the index has them"),
    Column("answered", "boolean", "a section of this edition has the title or printed page named"),
)
_BY_LANGUAGE = (
    ("title", "the index's title of the disclosure, else the standard's own; empty where neither is known"),
    ("section", "sections that the index names"),
    ("omission", "reason or remark of the index"),
    ("goals", "Sustainable Development Goals that the index names"),
    ("permalinks", "addresses of the sections, from the root of the site, one a line"),
)


def disclosures_sheet(report: Report) -> Sheet:
    said = tuple(
        Column(f"{name}_{language}", "string", f"{says} ({language})")
        for name, says in _BY_LANGUAGE
        for language in LANGUAGES
    )
    rows = tuple(_row(one, report) for one in report.site_map.index.disclosures)
    return Sheet("disclosures", (*_COLUMNS, *said), rows)


def _row(one: Disclosure, report: Report) -> tuple[Cell, ...]:
    def both(texts: Sequence[Text]) -> list[str]:
        return ["\n".join(t.in_language(language, report.language) or "" for t in texts) for language in LANGUAGES]

    pages = ", ".join(text.source for text in one.pages)
    return (
        *(f"{one.row} {one.code}", one.standard, one.code, pages, bool(one.places)),
        *(disclosure_title(report, one, language) for language in LANGUAGES),
        *both(one.sections),
        *both([one.omission] if one.omission else []),
        *both(one.goals),
        *(
            "\n".join(permalink(report, language, place.page, place.id) for place in one.places)
            for language in LANGUAGES
        ),
    )
