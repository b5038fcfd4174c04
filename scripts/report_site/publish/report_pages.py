"""The pages of the report as Markdown: text, what each says of itself, its doubts and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..language.standards import official_title
from ..language.strings import counted, words
from ..model import Block, Flag, Language, Note, Page, Text
from ..model.texts import blocks_of, first_paragraph, texts_on
from ..report import Address, CorrectionNote, Disclosure, Report
from ..report.notes import link_notes
from ..report.references import link_references
from . import glossary
from .inline import PageContext, PictureFiles, Remark, escape
from .markdown import render_page
from .wording import shorten

Homes = Mapping[int, tuple[Page, Block]]
"""Page and block of each published line."""


def page_context(report: Report, language: Language, pictures: Mapping[str, PictureFiles] | None = None) -> PageContext:
    links = {title: address_of(address) for title, address in report.site_map.addresses.items()}
    source_tag = report.varieties[report.language].tag
    return PageContext(
        language,
        report.language,
        report.voice(language),
        source_tag,
        links,
        pictures or {},
        doubtful=frozenset(line for flag in report.flags for line in flag.lines),
        notes=link_notes(report.pages),
        references=link_references(report.references, report.pages),
        cells={
            identity: tuple((link.said, address_of(link.address)) for link in found)
            for identity, found in report.site_map.index.links.items()
        },
    )


def address_of(address: Address) -> str:
    return f"{address.page}.md" + (f"#{address.id}" if address.id else "")


def report_pages(report: Report, context: PageContext, homes: Homes) -> Iterator[tuple[str, str]]:
    """File name and Markdown of each page of the report."""
    names = glossary.names_in(report.terms, context.language)
    chapters = {chapter.slug for chapter in report.site_map.chapters}
    notes = notes_by_page(report, context.language, homes)
    for page in report.pages:
        uses = glossary.first_uses(page, names, context.say)
        meta = _meta(report, page, context.language, page.slug in chapters)
        own = notes.get(page.slug, ())
        shortened = glossary.abbreviations(map(context.say, texts_on(page)), report.terms, context.language)
        pieces = [*_notice(page, context), *editors_notes(own, context.voice), *shortened]
        yield f"{page.slug}.md", render_page(page, replace(context, terms=uses, remarks=remarks_of(own)), meta, pieces)


def _meta(report: Report, page: Page, language: Language, is_chapter: bool) -> dict[str, object]:
    meta: dict[str, object] = {
        "title": report.say(page.section.heading.text, language),
        "description": _description(report, page, language),
        "kind": "report",
        "slug": page.slug,
        "template_kind": "chapter" if is_chapter else "page",
        "accent": page.accent,
    }
    if page.parents:
        meta["parents"] = list(page.parents)
    if page.printed_pages:
        meta["printed_pages"] = list(page.printed_pages)
    if disclosures := report.site_map.answered_on(page.slug):
        meta["disclosures"] = [
            {"code": one.code, "title": disclosure_title(report, one, language), "file": f"{one.page}.md#{one.row}"}
            for one in disclosures
        ]
    return meta


def printed_pages(report: Report, page: Page, language: Language) -> str:
    """`printed pages 61–64`; empty where the printed pages aren't known."""
    if not page.printed_pages:
        return ""
    first, last = page.printed_pages
    key = "on-printed-page" if first == last else "on-printed-pages"
    return report.words(key, language, pages=first if first == last else f"{first}–{last}")


def disclosure_title(report: Report, one: Disclosure, language: Language) -> str:
    """As the index prints it, else the standard's own; empty where neither is known."""
    printed = one.title.in_language(language, report.language) if one.title else None
    return printed or official_title(one.standard, one.code, language)


def _description(report: Report, page: Page, language: Language) -> str:
    """For search engines and previews: the first sentence, or the page in short where that one is too long; of a page
    of tables what it is a part of.
    """
    title = report.say(page.section.heading.text, language)
    found = [summary(report, text, language) for text in (first_paragraph(page), _in_short(page))]
    whole = next((sentence for sentence in found if sentence and not sentence.endswith("…")), "")
    return (
        whole
        or found[0]
        or shorten(
            report.words("page-description", language, title=title, report=report.called(report.title, language))
        )
    )


def _in_short(page: Page) -> Text | None:
    told = (block for block in page.section.blocks if isinstance(block, Note) and block.purpose == "summary")
    return next((block.text for block in told), None)


def summary(report: Report, text: Text | None, language: Language) -> str:
    """The text's first sentence."""
    return shorten(report.say(text, language)) if text else ""


# --- notes ---------------------------------------------------------------------------------------------------------


def _notice(page: Page, context: PageContext) -> list[str]:
    """Tells a reader how much of a page isn't translated."""
    count = sum(context.untranslated(text) for text in texts_on(page))
    if not count:
        return []
    return [f"/// note\n    kind: untranslated\n\n{counted('untranslated', context.voice, count)}\n\n///"]


def block_homes(pages: Sequence[Page]) -> Homes:
    homes: dict[int, tuple[Page, Block]] = {}
    for page in pages:
        for block in blocks_of(page):
            for number in block.lines:
                homes.setdefault(number, (page, block))
    return homes


def home_of(homes: Homes, lines: Sequence[int]) -> tuple[Page, Block] | None:
    return next((homes[n] for n in lines if n in homes), None)


def doubt_of(report: Report, flag: Flag, language: Language) -> str:
    """The editor's own sentence, or the site's for this kind of doubt."""
    return report.called(flag.what, language) or report.words(flag.code, language, value=flag.value)


@dataclass(frozen=True, slots=True)
class EditorsNote:
    """A doubt or a correction, and where it applies."""

    label: str
    text: str
    lines: tuple[int, ...]
    """Of the source, of which it is said."""
    place: str
    """Id of the block."""
    title: str
    """Of the section that holds it."""


def notes_by_page(report: Report, language: Language, homes: Homes) -> dict[str, list[EditorsNote]]:
    """Slug -> the page's doubts and corrections as a reader meets them; a note's number is its place in the list."""
    found: dict[str, list[EditorsNote]] = {}
    for label, lines, text in said_of(report, language):
        if place := home_of(homes, lines):
            page, block = place
            title = report.say(heading_above(page, block), language)
            found.setdefault(page.slug, []).append(EditorsNote(label, text, tuple(lines), block.id, title))
    order = reading_order(homes)
    return {slug: sorted(notes, key=lambda note: (order[note.place], min(note.lines))) for slug, notes in found.items()}


def reading_order(homes: Homes) -> Mapping[str, int]:
    """Id of each block -> its place among all: rulings may have moved it from where its lines stand."""
    return {id_: i for i, id_ in enumerate(dict.fromkeys(block.id for _, block in homes.values()))}


def said_of(report: Report, language: Language) -> Iterator[tuple[str, Sequence[int], str]]:
    """Each doubt, then each correction: what it is called, its lines of the source, what is said."""
    for flag in report.flags:
        yield report.words("doubt", language), flag.lines, doubt_of(report, flag, language)
    for one in report.corrections:
        if one.applied:
            why = report.called(one.why, language)
            wrong, right = passages(one, report, language, quoted=True)
            told = report.words("correction-line", language, wrong=wrong, right=right, why=why)
            yield report.words("corrected", language), (one.line,), told


def passages(one: CorrectionNote, report: Report, language: Language, *, quoted: bool = False) -> tuple[str, str]:
    """What was wrong and what is right, as printed; in the other language what each says is told in brackets."""
    glosses = one.glosses if language != report.language else ("", "")
    told = []
    for passage, gloss in zip((one.wrong, one.right), glosses, strict=True):
        said = report.words("quoted", language, said=printed(passage)) if quoted else printed(passage)
        told.append(report.words("in-brackets", language, said=said, more=gloss) if gloss else said)
    return told[0], told[1]


def printed(passage: str) -> str:
    """A passage without the strokes by which an extraction parts cells: they stand on no printed page."""
    return " ".join(filter(None, (cell.strip() for cell in passage.split("|"))))


def heading_above(page: Page, block: Block) -> Text:
    """Of the smallest part of the page that holds the block itself."""
    holders = (part for part in page.section.walk() if block in (part.heading, *part.blocks))
    return next(holders, page.section).heading.text


def remarks_of(notes: Sequence[EditorsNote]) -> dict[str, tuple[Remark, ...]]:
    """Block id -> each note about it, in short."""
    found: dict[str, tuple[Remark, ...]] = {}
    for number, note in enumerate(notes, 1):
        found[note.place] = (*found.get(note.place, ()), Remark(note.label, number, frozenset(note.lines)))
    return found


def editors_notes(notes: Sequence[EditorsNote], voice: str) -> list[str]:
    """Doubts and corrections of the page, each with a link to its place."""
    if not notes:
        return []
    items = [_note_item(note, voice, number) for number, note in enumerate(notes, 1)]
    options = "    attrs: {id: editors-notes}\n    kind: editors-notes"
    return [f"/// note | {words('editors-notes', voice)}\n{options}\n\n" + "\n".join(items) + "\n\n///"]


def _note_item(note: EditorsNote, voice: str, number: int) -> str:
    """The number tells apart links to one section."""
    link = f"[{escape(words('see', voice, number=number, title=note.title))}](#{note.place})"
    said = words("labelled", voice, label=f"{number} {note.label}", text=escape(note.text))
    return f"- {said} {link}\n  {{: #editors-note-{number} }}"
