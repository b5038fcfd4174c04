"""The data page as Markdown: the files, each table as CSV, and every number with its place in a plain table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Language
from ...report import Report
from ..addresses import SITE
from ..inline import escape
from ..markdown import front_matter, join_pieces
from ..report_pages import disclosure_title
from ..wording import shorten
from .facts import Fact
from .tables import TableFile, caption_of

_FILES = {
    "figures-csv": "data/figures.csv",
    "figures-json": "data/figures.json",
    "figures-xlsx": "data/figures.xlsx",
    "disclosures-csv": "data/disclosures.csv",
    "datapackage-json": "data/datapackage.json",
    "data": "report.json",
}
"""Words that name a file -> its address."""
_LONGEST = 60
"""Characters of a table's row that say what its number is of."""


def data_page(report: Report, language: Language, facts: Sequence[Fact], tables: Sequence[TableFile]) -> str:
    title = report.words("data-title", language)
    intro = report.words("data-intro", language, count=len(facts))
    meta = {"title": title, "description": shorten(intro), "kind": "site", "slug": "data", "template_kind": "data"}
    return join_pieces(
        [
            front_matter(meta),
            f"# {title} {{: #data }}",
            intro,
            f"## {report.words('data-files', language)} {{: #files }}",
            "\n".join(_files(report, language)),
            *_tables(report, language, tables),
            *_gaps(report, language),
            *_numbers(report, language, facts),
        ]
    )


def _files(report: Report, language: Language) -> Iterator[str]:
    files = dict(_FILES)
    if not report.site_map.index.disclosures:
        del files["disclosures-csv"]
    for key, path in files.items():
        yield f"- [{report.words(key, language)}]({SITE}{path})"


def _tables(report: Report, language: Language, tables: Sequence[TableFile]) -> list[str]:
    """Each with its page: captions of different pages may be the same."""
    rows = []
    for one in tables:
        if one.language == language:
            caption, page = (
                report.say(text, language) for text in (caption_of(one.table, one.page), one.page.section.heading.text)
            )
            name = caption if caption == page else f"{page} › {caption}"
            rows.append(f"- [{escape(name)}]({SITE}{one.path})")
    return [f"## {report.words('data-tables', language)} {{: #tables }}", "\n".join(rows)] if rows else []


def _gaps(report: Report, language: Language) -> list[str]:
    gaps = [one for one in report.site_map.index.disclosures if not one.places]
    if not gaps:
        return []
    named = (f"{one.code} {disclosure_title(report, one, language)}".strip() for one in gaps)
    rows = [f"- [{escape(said)}]({one.page}.md#{one.row})" for one, said in zip(gaps, named, strict=True)]
    title, intro = report.words("data-gaps", language), report.words("data-gaps-intro", language)
    return [f"## {title} {{: #gaps }}", intro, "\n".join(rows)]


def _numbers(report: Report, language: Language, facts: Sequence[Fact]) -> list[str]:
    if not facts:
        return []
    title = report.words("data-numbers", language)
    keys = ("column-value", "column-what", "column-period", "column-place")
    heads = [report.words(key, language) for key in keys]
    lines = [
        "| " + " | ".join(row) + " |" for row in (heads, ["---"] * 4, *(_row(report, language, one) for one in facts))
    ]
    table = f"/// table | {title}\n    attrs: {{id: numbers-table}}\n\n" + "\n".join(lines) + "\n\n///"
    return [f"## {title} {{: #numbers }}", table]


def _row(report: Report, language: Language, fact: Fact) -> list[str]:
    """What a language doesn't say stands in the report's own."""
    own, here = fact.said[report.language], fact.said[language]
    value, label = here.value or own.value, here.label or own.label or "—"
    place = here.section.rpartition(" › ")[2]
    anchor = here.permalink.partition("#")[2]
    link = f"[{escape(shorten(label, _LONGEST))}]({fact.page}.md#{anchor})"
    return [escape(value), link, fact.period or " ", escape(place)]
