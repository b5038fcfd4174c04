"""The pages about the report as Markdown: home, search, print, corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ..language.characters import bare
from ..language.joining import join_lines
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
from .markdown import front_matter, join_pieces, render_section
from .printed_pages import page_marks
from .report_pages import (
    Homes,
    block_homes,
    doubt_of,
    editors_notes,
    heading_above,
    home_of,
    notes_by_page,
    passages,
    printed_pages,
    reading_order,
    remarks_of,
)
from .wording import shorten

_CORRECTED = {
    "id": "corrected",
    "table": "corrections-table",
    "heading": "corrections-heading",
    "told": "corrections-told",
    "right": "column-right",
}
_AVOIDED = {
    "id": "avoided",
    "table": "avoided-table",
    "heading": "avoided-heading",
    "told": "avoided-told",
    "right": "column-should",
}
"""Ids and words of the two tables of corrections."""


def home_page(report: Report, language: Language) -> str:
    title = report.called(report.title, language)
    intro = [report.words("home-intro", language, title=title)]
    told = [report.words("home-restated", language)] if report.restated else []
    if report.intro:
        told.append(report.called(report.intro, language))
    if told:
        intro.append(join_lines(told))
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
        f"{'    ' * len(p.parents)}- [{escape(_listed(report, p, language))}](#{p.section.heading.id})" for p in pages
    ]
    pieces = [front_matter(meta), f"# {escape(report.called(report.title, language))} {{: #print }}", "\n".join(listed)]
    pieces += lost_pictures(pages, here)
    marks = None
    for page in pages:
        marks = page_marks(page.section, marks)
        marked = replace(here, breaks=marks, title=context.say(page.section.heading.text))
        pieces += render_section(page.section, marked, 2 + len(page.parents))
    texts = (context.say(text) for page in pages for text in texts_on(page))
    shortened = abbreviations(texts, report.terms, language)
    return join_pieces([*pieces, *editors_notes(doubts, context.voice), *shortened])


def _listed(report: Report, page: Page, language: Language) -> str:
    """How the list names what stands below: not as the contents name the page of its own."""
    title = report.say(page.section.heading.text, language)
    where = printed_pages(report, page, language) or report.words("here", language)
    return report.words("in-brackets", language, said=title, more=where)


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
    corrected, avoided, doubts = _corrections_and_doubts(report, language, homes)
    nothing = [] if corrected or avoided else [report.words("nothing-corrected", language)]
    return join_pieces(
        [
            front_matter(meta),
            f"# {title} {{: #corrections }}",
            intro,
            *([report.words("corrections-language", language)] if language != report.language else ()),
            *_correction_table(report, language, _CORRECTED, corrected, nothing),
            *_correction_table(report, language, _AVOIDED, avoided),
            f"## {report.words('doubts-heading', language)} {{: #doubts }}",
            "\n".join(doubts) or report.words("nothing-doubtful", language),
        ]
    )


def _correction_table(
    report: Report,
    language: Language,
    named: Mapping[str, str],
    rows: Sequence[Sequence[str]],
    instead: Sequence[str] = (),
) -> list[str]:
    """A section with its table; without rows, what is to be said instead of it, or nothing at all."""
    if not rows and not instead:
        return []
    title = report.words(named["heading"], language)
    columns = ("column-place", "column-wrong", named["right"], "column-why")
    table = _table(named["table"], title, [report.words(key, language) for key in columns], rows)
    return [f"## {title} {{: #{named['id']} }}", *([report.words(named["told"], language), table] if rows else instead)]


def _corrections_and_doubts(
    report: Report, language: Language, homes: Homes
) -> tuple[list[list[str]], list[list[str]], list[str]]:
    """Rows of what is corrected, of errors that the restated text doesn't have, items of what is in doubt."""
    corrected = [home_of(homes, (c.line,)) for c in report.corrections]
    doubtful = [home_of(homes, flag.lines) for flag in report.flags]
    order = reading_order(homes)
    places = sorted(filter(None, (*corrected, *doubtful)), key=lambda place: order[place[1].id])
    links = _links_to(places, report, language)
    kinds: tuple[list[list[str]], list[list[str]]] = ([], [])
    told = zip(report.corrections, corrected, strict=True)
    for (avoided, place, _), group in groupby(told, lambda one: _alike(one[0], one[1], report)):
        notes = [note for note, _ in group]
        kinds[avoided].append([links[place] if place else "—", *_correction_cells(notes, language, report)])
    doubts = [
        f"- {report.words('labelled', language, label=links[place[1].id], text=said) if place else said}"
        for flag, place in zip(report.flags, doubtful, strict=True)
        for said in [escape(doubt_of(report, flag, language))]
    ]
    return *kinds, doubts


def _alike(note: CorrectionNote, place: tuple[Page, Block] | None, report: Report) -> tuple[bool, str, str]:
    """Corrections of one block with one reason are told in one row."""
    return note.official_only and report.restated, place[1].id if place else "", note.why[report.language]


def _table(identity: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    return f"/// table | {caption}\n    attrs: {{id: {identity}}}\n\n" + "\n".join(lines) + "\n\n///"


def _correction_cells(notes: Sequence[CorrectionNote], language: Language, report: Report) -> list[str]:
    then = report.words("list-semicolon", language)
    wrong, right = map(then.join, zip(*(passages(note, report, language) for note in notes), strict=True))
    return [escape(wrong), escape(right), escape(report.called(notes[0].why, language))]


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
    name = title if section == title else f"{title} › {section}"
    if block.printed_page is None:
        return name
    return report.words("on-page", language, title=name, page=block.printed_page)
