"""The pages about the report as Markdown: home, search, print, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..language.characters import bare
from ..language.strings import words
from ..model import Block, Language, Page
from ..model.texts import texts_on
from ..report import CorrectionNote, Report
from ..report.notes import link_notes
from ..report.references import link_references
from .figures import lost_pictures
from .glossary import abbreviations
from .imprint import run_by
from .inline import PageContext, escape
from .markdown import front_matter, join_pieces, page_breaks, render_section
from .report_pages import (
    Homes,
    block_homes,
    doubt_of,
    editors_notes,
    home_of,
    notes_by_page,
    printed,
    remarks_of,
)
from .wording import shorten


def home_page(report: Report, language: Language) -> str:
    title = report.called(report.title, language)
    intro = [report.words("home-intro", language, title=title)]
    if report.intro:
        intro.append(report.called(report.intro, language))
    if said := run_by(report, language):
        intro.append(said)
    meta = {
        "title": title,
        "description": shorten(intro[0]),
        "kind": "site",
        "slug": "index",
        "template_kind": "home",
    }
    return join_pieces([front_matter(meta), f"# {escape(title)} {{: #home }}", *map(escape, intro)])


def search_page(report: Report, language: Language) -> str:
    title = report.words("search-title", language)
    meta = {
        "title": title,
        "description": words(
            "search-description", report.voice(language), report=report.called(report.title, language)
        ),
        "kind": "site",
        "slug": "search",
        "template_kind": "search",
    }
    return join_pieces([front_matter(meta), f"# {title} {{: #search }}"])


def print_page(report: Report, language: Language, context: PageContext) -> str:
    """The whole report on one page, to print or save; search engines are asked to leave it alone."""
    title = report.words("print-title", language)
    meta = {
        "title": title,
        "description": report.words("print-description", language, report=report.called(report.title, language)),
        "kind": "site",
        "slug": "print",
        "template_kind": "print",
        "noindex": True,
    }
    pages = report.printed_whole
    links = {bare(p.section.heading.text.source): f"#{p.section.heading.id}" for p in pages}
    references = link_references(report.references, pages)
    told = notes_by_page(report, language, block_homes(pages))
    doubts = [note for page in pages for note in told.get(page.slug, ())]
    here = replace(
        context,
        links=links,
        cells={},
        notes=link_notes(pages),
        references=references,
        remarks=remarks_of(doubts),
        page="",
    )
    listed = [
        f"{'    ' * len(p.parents)}- [{escape(context.say(p.section.heading.text))}](#{p.section.heading.id})"
        for p in pages
    ]
    pieces = [front_matter(meta), f"# {escape(report.called(report.title, language))} {{: #print }}", "\n".join(listed)]
    pieces += lost_pictures(pages, here)
    last = 0
    for page in pages:
        marked = replace(here, breaks=page_breaks(page.section, last), title=context.say(page.section.heading.text))
        last = max(marked.breaks.values(), default=last)
        pieces += render_section(page.section, marked, 2 + len(page.parents))
    texts = (context.say(text) for page in pages for text in texts_on(page))
    shortened = abbreviations(texts, report.terms, language)
    return join_pieces([*pieces, *editors_notes(doubts, context.voice), *shortened])


def corrections_page(report: Report, language: Language, homes: Homes) -> str:
    title, intro = (
        report.words("corrections-title", language),
        report.words("corrections-intro", language),
    )
    meta = {
        "title": title,
        "description": shorten(intro),
        "kind": "site",
        "slug": "corrections",
        "template_kind": "page",
    }
    heads = [report.words(key, language) for key in ("column-place", "column-wrong", "column-right", "column-why")]
    rows = [_correction_row(c, homes, language, report) for c in report.corrections]
    doubts = [
        _doubt(doubt_of(report, flag, language), home_of(homes, flag.lines), report, language) for flag in report.flags
    ]
    table = (
        _table("corrections-table", report.words("corrections-heading", language), heads, rows)
        if rows
        else report.words("nothing-corrected", language)
    )
    return join_pieces(
        [
            front_matter(meta),
            f"# {title} {{: #corrections }}",
            intro,
            f"## {report.words('corrections-heading', language)} {{: #corrected }}",
            table,
            report.words("corrections-official", language) if rows and report.restated else "",
            f"## {report.words('doubts-heading', language)} {{: #doubts }}",
            "\n".join(doubts) or report.words("nothing-doubtful", language),
        ]
    )


def _table(identity: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    return f"/// table | {caption}\n    attrs: {{id: {identity}}}\n\n" + "\n".join(lines) + "\n\n///"


def _correction_row(
    correction: CorrectionNote,
    homes: Homes,
    language: Language,
    report: Report,
) -> list[str]:
    place = home_of(homes, (correction.line,))
    link = _link_to(place, report, language) if place else "—"
    why = report.called(correction.why, language)
    if correction.official_only and report.restated:
        why += report.words("official-wording", language)
    return [link, escape(printed(correction.wrong)), escape(printed(correction.right)), escape(why)]


def _doubt(text: str, place: tuple[Page, Block] | None, report: Report, language: Language) -> str:
    link = f" {_link_to(place, report, language)}" if place else ""
    return f"- {escape(text)}{link}"


def _link_to(place: tuple[Page, Block], report: Report, language: Language) -> str:
    page, block = place
    label = report.say(page.section.heading.text, language)
    if block.printed_page is not None:
        label = report.words("on-page", language, title=label, page=block.printed_page)
    return f"[{escape(label)}]({page.slug}.md#{block.id})"
