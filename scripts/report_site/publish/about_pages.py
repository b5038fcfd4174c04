"""The pages about the report as Markdown: home, search, print, corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    heading_above,
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
    rows, doubts = _corrections_and_doubts(report, language, homes)
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


def _corrections_and_doubts(report: Report, language: Language, homes: Homes) -> tuple[list[list[str]], list[str]]:
    """Rows of the table and items of the list, each with a link to its place."""
    corrected = [home_of(homes, (c.line,)) for c in report.corrections]
    doubtful = [home_of(homes, flag.lines) for flag in report.flags]
    links = _links_to([place for place in (*corrected, *doubtful) if place], report, language)
    rows = [
        [links[place[1].id] if place else "—", *_correction_cells(c, language, report)]
        for c, place in zip(report.corrections, corrected, strict=True)
    ]
    doubts = [
        " ".join(["-", escape(doubt_of(report, flag, language)), *([links[place[1].id]] if place else [])])
        for flag, place in zip(report.flags, doubtful, strict=True)
    ]
    return rows, doubts


def _table(identity: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    return f"/// table | {caption}\n    attrs: {{id: {identity}}}\n\n" + "\n".join(lines) + "\n\n///"


def _correction_cells(correction: CorrectionNote, language: Language, report: Report) -> list[str]:
    why = report.called(correction.why, language)
    if correction.official_only and report.restated:
        why += report.words("official-wording", language)
    return [escape(printed(correction.wrong)), escape(printed(correction.right)), escape(why)]


def _links_to(places: Iterable[tuple[Page, Block]], report: Report, language: Language) -> dict[str, str]:
    """Id of the block -> a link to it; places that are called alike are numbered: no two links sound the same."""
    homes = {block.id: (page, block) for page, block in places}
    names = _numbered({id_: _name_of(*place, report, language) for id_, place in homes.items()}, report, language)
    return {id_: f"[{escape(names[id_])}]({page.slug}.md#{id_})" for id_, (page, _) in homes.items()}


def _numbered(names: Mapping[str, str], report: Report, language: Language) -> dict[str, str]:
    times, met = Counter(names.values()), Counter[str]()
    numbered = {}
    for id_, name in names.items():
        met[name] += 1
        alone = times[name] == 1
        numbered[id_] = name if alone else report.words("alike", language, title=name, number=met[name])
    return numbered


def _name_of(page: Page, block: Block, report: Report, language: Language) -> str:
    """Page, section where it is another, and the printed page where it is known."""
    title, section = (report.say(text, language) for text in (page.section.heading.text, heading_above(page, block)))
    name = title if section == title else report.words("labelled", language, label=title, text=section)
    if block.printed_page is None:
        return name
    return report.words("on-page", language, title=name, page=block.printed_page)
