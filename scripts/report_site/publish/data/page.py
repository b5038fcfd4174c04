"""The data pages as Markdown: the files, each table as CSV, and every number with its place in a plain table.

Many numbers stand on pages of their own, a chapter each, so that none is heavy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model import Language, Text
from ...report import Report
from ..addresses import SITE
from ..fences import fence, quoted
from ..inline import escape
from ..markdown import front_matter, join_pieces
from ..periods import period_in_words
from ..report_pages import disclosure_title
from ..wording import around, shorten
from .facts import Fact
from .listing import Row, rows_in
from .tables import TableFile, caption_of
from .topics import topic_links

_FILES = {
    "figures-csv": "data/figures.csv",
    "figures-json": "data/figures.json",
    "figures-xlsx": "data/figures.xlsx",
    "figures-parquet": "data/figures.parquet",
    "disclosures-csv": "data/disclosures.csv",
    "disclosures-parquet": "data/disclosures.parquet",
    "datapackage-json": "data/datapackage.json",
    "data": "report.json",
}
"""Words that name a file -> its address."""
_PARQUET = {"figures-parquet", "disclosures-parquet"}
_LONGEST = 60
"""Characters of a table's row that say what its number is of."""
_LONGEST_PLACE = 40
"""Characters of a section's title there: titles of cases are sentences."""
_MOST = 120
"""Numbers of a page."""
_TABLE = "numbers-table"
_FIRST = "data"
"""Slug of the page with the files."""


@dataclass(frozen=True, slots=True)
class Part:
    """The numbers of a chapter, or of a piece of a long one: a page of their own."""

    slug: str
    title: Text
    number: int
    """Counts the pieces; 0 where there is one alone."""
    facts: Sequence[Fact]


def parts_of(report: Report, facts: Sequence[Fact]) -> tuple[Part, ...]:
    """None where all numbers have room on the one data page."""
    return () if len(facts) <= _MOST else tuple(_parts(report, facts))


def facts_by_page(facts: Sequence[Fact], parts: Sequence[Part], language: Language) -> dict[str, Sequence[Fact]]:
    """The numbers that have a row on each page, by its slug. `language`: the report's."""
    pages = {part.slug: part.facts for part in parts} or ({_FIRST: facts} if facts else {})
    return {slug: [row.fact for row in rows_in(found, language)] for slug, found in pages.items()}


def rows_of(facts: Sequence[Fact], parts: Sequence[Part], language: Language) -> dict[str, str]:
    """The slug of the page that has a number's row, by its id."""
    return {fact.id: slug for slug, found in facts_by_page(facts, parts, language).items() for fact in found}


def data_pages(
    report: Report, language: Language, facts: Sequence[Fact], tables: Sequence[TableFile], parts: Sequence[Part]
) -> Iterator[tuple[str, str]]:
    """File name and Markdown of each page, the one with the files first."""
    numbers = _links(report, language, parts) if parts else _numbers(report, language, facts)
    yield f"{_FIRST}.md", _first_page(report, language, facts, tables, numbers)
    for part in parts:
        yield f"{part.slug}.md", _part_page(report, language, part)


def _parts(report: Report, facts: Sequence[Fact]) -> Iterator[Part]:
    chapters = {page.slug: next(iter(page.parents), page.slug) for page in report.pages}
    titles = {page.slug: page.section.heading.text for page in report.pages}
    by_chapter: dict[str, list[Fact]] = {}
    for fact in facts:
        by_chapter.setdefault(chapters[fact.page], []).append(fact)
    for chapter, found in by_chapter.items():
        pieces = [found[i : i + _MOST] for i in range(0, len(found), _MOST)]
        for number, piece in enumerate(pieces, 1):
            counted = number if len(pieces) > 1 else 0
            slug = f"numbers-{chapter}" + (f"-{number}" if number > 1 else "")
            yield Part(slug, titles[chapter], counted, piece)


def _name(report: Report, language: Language, part: Part) -> str:
    title = report.say(part.title, language)
    return report.words("data-piece", language, title=title, number=part.number) if part.number else title


def _links(report: Report, language: Language, parts: Sequence[Part]) -> list[str]:
    title = report.words("data-numbers", language)
    rows = []
    for part in parts:
        count = len(rows_in(part.facts, report.language))
        said = report.counted("data-part", language, count, title=_name(report, language, part))
        rows.append(f"- [{escape(said)}]({part.slug}.md)")
    return [f"## {title} {{: #numbers }}", "\n".join(rows)]


def _part_page(report: Report, language: Language, part: Part) -> str:
    title = report.words("data-part-title", language, title=_name(report, language, part))
    rows = rows_in(part.facts, report.language)
    intro = report.counted("data-part-intro", language, len(rows))
    meta = {"title": title, "description": shorten(intro), "kind": "site", "slug": part.slug}
    back = f"[{report.words('data-title', language)}](data.md)"
    return join_pieces(
        [
            front_matter({**meta, "template_kind": "numbers", "noindex": True}),
            f"# {escape(title)} {{: #{part.slug} }}",
            f"{escape(intro)} {back}",
            _table_of(report, language, rows),
        ]
    )


def _first_page(
    report: Report, language: Language, facts: Sequence[Fact], tables: Sequence[TableFile], numbers: Sequence[str]
) -> str:
    title = report.words("data-title", language)
    intro = report.counted("data-intro", language, len(facts))
    meta = {"title": title, "description": shorten(intro), "kind": "site", "slug": _FIRST, "template_kind": "data"}
    return join_pieces(
        [
            front_matter(meta),
            f"# {title} {{: #data }}",
            intro,
            f"## {report.words('data-files', language)} {{: #files }}",
            "\n".join(_files(report, language)),
            *_tables(report, language, tables),
            *_gaps(report, language),
            *topic_links(report, language),
            *numbers,
        ]
    )


def _files(report: Report, language: Language) -> Iterator[str]:
    missing = set() if report.parquet else _PARQUET
    if not report.site_map.index.disclosures:
        missing = missing | {"disclosures-csv", "disclosures-parquet"}
    for key, path in _FILES.items():
        if key not in missing:
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
            said = report.words("in-brackets", language, said=name, more="CSV")
            rows.append(f"- [{escape(said)}]({SITE}{one.path})")
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
    table = _table_of(report, language, rows_in(facts, report.language))
    return [f"## {report.words('data-numbers', language)} {{: #numbers }}", table]


def _table_of(report: Report, language: Language, listed: Sequence[Row]) -> str:
    keys = ("column-value", "column-what", "column-period", "column-place")
    heads = [report.words(key, language) for key in keys]
    rows = [heads, ["---"] * len(heads), *(_row(report, language, one) for one in listed)]
    lines = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    options = [f"attrs: {{id: {_TABLE}}}", f"row-ids: {quoted(' '.join(row.fact.id for row in listed))}"]
    return fence("table", report.words("data-numbers", language), options, lines)


def _row(report: Report, language: Language, row: Row) -> list[str]:
    """What a language doesn't say stands in the report's own."""
    fact = row.fact
    own, here = fact.said[report.language], fact.said[language]
    places = [_link(report, language, fact), *(f"{_link(report, language, one)}{{: #{one.id} }}" for one in row.also)]
    period = next(filter(None, (one.period for one in (fact, *row.also))), "")
    place = here.section.rpartition(" › ")[2]
    return [
        escape(here.value or own.value),
        "<br>".join(places),
        period_in_words(period, report.voice(language)) or " ",
        escape(around(place, "", _LONGEST_PLACE)),
    ]


def _link(report: Report, language: Language, fact: Fact) -> str:
    own, here = fact.said[report.language], fact.said[language]
    value, label = here.value or own.value, here.label or own.label or report.words("unlabelled", language)
    anchor = here.permalink.partition("#")[2]
    return f"[{escape(around(label, value, _LONGEST))}]({fact.page}.md#{anchor})"
