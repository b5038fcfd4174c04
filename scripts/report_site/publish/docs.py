"""The report to the files of a docs folder: Markdown in both languages and what the site layer reads beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..convert import Report
from ..folder.glossary import Term, load_glossary
from ..folder.profile import Correction
from ..language.characters import bare
from ..language.patterns import NUMBERED_TITLES, PLAIN_NUMBER
from ..language.strings import LANGUAGES, words
from ..model import FRONT_ACCENT, Block, DataTable, KeyFigures, Language, Page, Paragraph, Text
from ..structure.pages import blocks_of, on_one_page, texts_on
from . import glossary
from .markdown import (
    PageContext,
    escape,
    front_matter,
    join_pieces,
    page_breaks,
    render_page,
    render_section,
)
from .pictures import PictureFile
from .report_json import dump_json, key_figures_csv, ledger_json, report_json
from .roundtrip import Proof, prove

_CODE = re.compile(r"[A-Z]{2,6} \d+(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class SiteSource:
    """All that a site is built from; the build proves its pages by the HTML that they become."""

    docs: Mapping[str, bytes]
    """The files of the docs folder, by path."""
    data: Mapping[str, bytes]
    """What the site offers to other programs; no part of the docs folder that people read and edit."""
    proofs: Mapping[str, Proof]
    """By path of the page in the docs folder."""


def render_docs(report: Report, pictures: Sequence[PictureFile] = ()) -> dict[str, bytes]:
    """All files of the docs folder, by path; each page proven by parsing it again."""
    files = _render(report, pictures)
    prove(files, _proofs(report))
    return files


def render_site(report: Report, pictures: Sequence[PictureFile] = ()) -> SiteSource:
    data = {"report.json": report_json(report), "key-figures.csv": key_figures_csv(report)}
    return SiteSource(_render(report, pictures), data, _proofs(report))


def _render(report: Report, pictures: Sequence[PictureFile]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    terms = load_glossary(report.folder.root)
    for language in LANGUAGES:
        pages = _pages_in(report, language, pictures, terms)
        files |= {f"{language}/{name}": text.encode("utf-8") for name, text in pages}
    for picture in pictures:
        files |= {f"{language}/pictures/{name}": data for language in LANGUAGES for name, data in picture.files.items()}
    files["outline.json"] = dump_json(site_outline(report))
    files["ledger.json"] = ledger_json(report.ledger)
    return files


def _proofs(report: Report) -> dict[str, Proof]:
    contexts = {language: PageContext(language, report.folder.profile.language) for language in LANGUAGES}
    return {
        f"{language}/{page.slug}.md": Proof(page, context)
        for language, context in contexts.items()
        for page in report.pages
    }


def _pages_in(
    report: Report, language: Language, pictures: Sequence[PictureFile], terms: Sequence[Term]
) -> Iterator[tuple[str, str]]:
    context = PageContext(
        language,
        report.folder.profile.language,
        _links(report),
        {p.name: p.published for p in pictures},
    )
    home = _block_homes(report)
    disclosures = _disclosures(report, context.links)
    names = glossary.names_in(terms, language)
    for page in report.pages:
        notes = [*_notice(page, context), _editors_notes(report, page, language, home)]
        uses = glossary.first_uses(page, names, context.say)
        meta = _meta(report, page, language, disclosures.get(page.slug, []))
        yield f"{page.slug}.md", render_page(page, replace(context, terms=uses), meta, notes)
    yield "index.md", _home(report, language)
    yield "corrections.md", _corrections(report, language, home)
    yield "search.md", _search(report, language)
    yield "print.md", _print(report, language, context)
    if terms:
        yield "glossary.md", glossary.render(terms, language)
    yield from _hand_written(report.folder.root / "pages" / language)


def _hand_written(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.md")):
        yield path.name, path.read_text("utf-8")


# --- what a page says of itself ------------------------------------------------------------------------------------


def _say(text: Text, report: Report, language: Language) -> str:
    return text.in_language(language, report.folder.profile.language) or text.source


def _meta(report: Report, page: Page, language: Language, disclosures: Sequence[tuple[str, str]]) -> dict[str, object]:
    meta: dict[str, object] = {
        "title": _say(page.section.heading.text, report, language),
        "description": _description(report, page, language),
        "kind": "report",
        "slug": page.slug,
        "template_kind": "chapter" if page in _main_chapters(report) else "page",
        "accent": page.accent,
    }
    if page.parents:
        meta["parents"] = list(page.parents)
    if page.printed_pages:
        meta["printed_pages"] = list(page.printed_pages)
    if disclosures:
        meta["gri"] = [{"code": code, "file": address} for code, address in disclosures]
    return meta


def _description(report: Report, page: Page, language: Language) -> str:
    """For search engines and previews: the first sentence, or of a page of tables what it is a part of."""
    title = _say(page.section.heading.text, report, language)
    return _first_sentence(report, page, language) or shorten(
        words("page-description", language, title=title, report=report.folder.profile.title[language])
    )


def _first_sentence(report: Report, page: Page, language: Language) -> str:
    first = next((block for block in blocks_of(page) if isinstance(block, Paragraph)), None)
    return shorten(_say(first.text, report, language)) if first else ""


def shorten(text: str, limit: int = 160) -> str:
    """The first sentence, cut at a word's end where it is too long."""
    sentence = re.split(r"(?<=[。！？])|(?<=[.!?])\s", text, maxsplit=1)[0].strip()
    if len(sentence) <= limit:
        return sentence
    return re.sub(r"[，、,\s]*[^\s，、,]*$", "", sentence[:limit]) + "…"


def _children(report: Report, page: Page) -> list[Page]:
    return [other for other in report.pages if other.parents and other.parents[-1] == page.slug]


def _links(report: Report) -> dict[str, str]:
    """Address of each section that a printed index may name: of equal titles the first, pages before other sections."""
    links: dict[str, str] = {}
    sections = [(page, section) for page in report.pages for section in page.section.walk()]
    for page, section in sorted(sections, key=lambda pair: pair[1] is not pair[0].section):
        address = f"{page.slug}.md" + ("" if section is page.section else f"#{section.heading.id}")
        links.setdefault(bare(section.heading.text.source), address)
    return links


def _disclosures(report: Report, links: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Page slug -> (disclosure code, address of its row), from the tables that index the report by codes."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in report.pages:
        for block in blocks_of(page):
            if isinstance(block, DataTable) and block.row_headers > 1:
                for row in block.rows:
                    titles = [text.source for cell in row.cells[: block.row_headers] for text in cell]
                    codes = [
                        code
                        for cell in row.cells[block.row_headers :]
                        for text in cell
                        for code in _CODE.findall(text.source)
                    ]
                    target = links.get(bare(titles[-1])) if titles else None
                    if target:
                        slug = target.split(".md")[0]
                        found.setdefault(slug, []).extend((code, f"{page.slug}.md#{row.id}") for code in codes)
    return found


# --- notes ---------------------------------------------------------------------------------------------------------


def _notice(page: Page, context: PageContext) -> list[str]:
    """Tells a reader how much of a page isn't translated."""
    count = sum(context.untranslated(text) for text in texts_on(page))
    if not count:
        return []
    return [f"/// note\n    kind: untranslated\n\n{words('untranslated', context.language, count=count)}\n\n///"]


def _block_homes(report: Report) -> dict[int, tuple[Page, Block]]:
    """Page and block of each published line."""
    homes: dict[int, tuple[Page, Block]] = {}
    for page in report.pages:
        for block in blocks_of(page):
            for number in block.lines:
                homes.setdefault(number, (page, block))
    return homes


def _place(homes: Mapping[int, tuple[Page, Block]], lines: Sequence[int]) -> tuple[Page, Block] | None:
    return next((homes[n] for n in lines if n in homes), None)


def _editors_notes(report: Report, page: Page, language: Language, homes: Mapping[int, tuple[Page, Block]]) -> str:
    """Doubts and corrections of the page, each with a link to its place."""
    items: list[str] = []
    for flag in report.flags:
        place = _place(homes, flag.lines)
        if place and place[0] is page:
            items.append(
                _note_item(words("doubt", language), flag.what[language], place[1].id, language, len(items) + 1)
            )
    for correction in report.corrections:
        place = _place(homes, (correction.at.first,))
        if place and place[0] is page:
            text = words(
                "correction-line",
                language,
                wrong=correction.wrong,
                right=correction.right,
                why=correction.why[language],
            )
            items.append(_note_item(words("corrected", language), text, place[1].id, language, len(items) + 1))
    if not items:
        return ""
    title = words("editors-notes", language)
    return (
        f"/// note | {title}\n    attrs: {{id: editors-notes}}\n    kind: editors-notes\n\n"
        + "\n".join(items)
        + "\n\n///"
    )


def _note_item(label: str, text: str, identity: str, language: Language, number: int) -> str:
    """A numbered note, so that the links of several notes have names of their own."""
    link = f"[{words('see', language, number=number)}](#{identity})"
    return f"- {words('labelled', language, label=label, text=escape(text))} {link}"


# --- pages about the report ----------------------------------------------------------------------------------------


def _home(report: Report, language: Language) -> str:
    profile = report.folder.profile
    title = profile.title[language]
    intro = [words("home-intro", language, title=title)]
    if profile.intro:
        intro.append(profile.intro[language])
    meta = {
        "title": title,
        "description": shorten(intro[0]),
        "kind": "site",
        "slug": "index",
        "template_kind": "home",
    }
    return join_pieces([front_matter(meta), f"# {escape(title)} {{: #home }}", *map(escape, intro)])


def _search(report: Report, language: Language) -> str:
    title = words("search-title", language)
    meta = {
        "title": title,
        "description": words("search-description", language, report=report.folder.profile.title[language]),
        "kind": "site",
        "slug": "search",
        "template_kind": "search",
    }
    return join_pieces([front_matter(meta), f"# {title} {{: #search }}"])


def _print(report: Report, language: Language, context: PageContext) -> str:
    """The whole report on one page, to print or save; search engines are asked to leave it alone."""
    title = words("print-title", language)
    meta = {
        "title": title,
        "description": words("print-description", language, report=report.folder.profile.title[language]),
        "kind": "site",
        "slug": "print",
        "template_kind": "print",
        "noindex": True,
    }
    pages = on_one_page(report.pages, report.printed_pages)
    here = replace(context, links={bare(p.section.heading.text.source): f"#{p.section.heading.id}" for p in pages})
    listed = [
        f"{'    ' * len(p.parents)}- [{escape(context.say(p.section.heading.text))}](#{p.section.heading.id})"
        for p in pages
    ]
    pieces = [front_matter(meta), f"# {escape(report.folder.profile.title[language])} {{: #print }}", "\n".join(listed)]
    last = 0
    for page in pages:
        marked = replace(here, breaks=page_breaks(page.section, last))
        last = max(marked.breaks.values(), default=last)
        pieces += render_section(page.section, marked, 2 + len(page.parents))
    return join_pieces(pieces)


def _corrections(report: Report, language: Language, homes: Mapping[int, tuple[Page, Block]]) -> str:
    title, intro = words("corrections-title", language), words("corrections-intro", language)
    meta = {
        "title": title,
        "description": shorten(intro),
        "kind": "site",
        "slug": "corrections",
        "template_kind": "page",
    }
    heads = [words(key, language) for key in ("column-place", "column-wrong", "column-right", "column-why")]
    rows = [_correction_row(c, homes, language, report) for c in report.folder.profile.corrections]
    doubts = [_doubt(flag.what[language], _place(homes, flag.lines), report, language) for flag in report.flags]
    table = (
        _table("corrections-table", words("corrections-heading", language), heads, rows)
        if rows
        else words("nothing-corrected", language)
    )
    return join_pieces(
        [
            front_matter(meta),
            f"# {title} {{: #corrections }}",
            intro,
            f"## {words('corrections-heading', language)} {{: #corrected }}",
            table,
            words("corrections-official", language) if rows else "",
            f"## {words('doubts-heading', language)} {{: #doubts }}",
            "\n".join(doubts) or words("nothing-doubtful", language),
        ]
    )


def _table(identity: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    return f"/// table | {caption}\n    attrs: {{id: {identity}}}\n\n" + "\n".join(lines) + "\n\n///"


def _correction_row(
    correction: Correction,
    homes: Mapping[int, tuple[Page, Block]],
    language: Language,
    report: Report,
) -> list[str]:
    place = _place(homes, (correction.at.first,))
    link = _place_link(place, report, language) if place else "—"
    why = correction.why[language]
    if correction.wording == "official":
        why += words("official-wording", language)
    return [link, escape(correction.wrong), escape(correction.right), escape(why)]


def _doubt(text: str, place: tuple[Page, Block] | None, report: Report, language: Language) -> str:
    link = f" {_place_link(place, report, language)}" if place else ""
    return f"- {escape(text)}{link}"


def _place_link(place: tuple[Page, Block], report: Report, language: Language) -> str:
    page, block = place
    label = _say(page.section.heading.text, report, language)
    if block.printed_page is not None:
        label = words("on-page", language, title=label, page=block.printed_page)
    return f"[{escape(label)}]({page.slug}.md#{block.id})"


# --- what the site layer reads -------------------------------------------------------------------------------------


def site_outline(report: Report) -> dict[str, object]:
    """Titles, chapters and their sections for templates and navigation, per language."""
    profile = report.folder.profile
    return {
        "title": {"zh": profile.title.zh, "en": profile.title.en},
        "publisher": {"zh": profile.publisher.zh, "en": profile.publisher.en},
        "year": profile.year,
        "source_language": profile.language,
        "order": ["index", *(page.slug for page in report.pages)],
        "pages": {language: {p.slug: _entry(report, p, language) for p in report.pages} for language in LANGUAGES},
        "chapters": {language: _chapters(report, language) for language in LANGUAGES},
        "opening": _around(report, before=True),
        "closing": _around(report, before=False),
    }


def _main_chapters(report: Report) -> list[Page]:
    """The bands of the home page."""
    return [page for page in report.pages if not page.parents and page.accent != FRONT_ACCENT]


def _chapters(report: Report, language: Language) -> list[dict[str, object]]:
    """`number` is 0 where most of the report's own titles count the chapters."""
    main = _main_chapters(report)
    titles = [page.section.heading.text.source for page in main]
    counted = sum(any(scheme.match(title) for scheme in (*NUMBERED_TITLES, PLAIN_NUMBER)) for title in titles)
    return [
        {
            "slug": page.slug,
            "number": 0 if counted * 2 > len(main) else number,
            "accent": page.accent,
            "summary": _first_sentence(report, page, language),
            "figures": _headline_figures(report, page, language),
        }
        for number, page in enumerate(main, 1)
    ]


def _around(report: Report, *, before: bool) -> list[str]:
    """Slugs of the pages before the main chapters, or behind them."""
    main = _main_chapters(report)
    order = list(report.pages)
    cut = order.index(main[0]) if main else len(order)
    chosen = [
        p
        for i, p in enumerate(order)
        if (i < cut) == before and p not in main and not set(p.parents) & {m.slug for m in main}
    ]
    return [page.slug for page in chosen if not (page.parents and _is_empty(page))]


def _is_empty(page: Page) -> bool:
    return not page.section.blocks and not page.section.children


def _entry(report: Report, page: Page, language: Language) -> dict[str, object]:
    """What navigation shows of a page; `sections` are the slugs of the pages right below it."""
    entry: dict[str, object] = {
        "slug": page.slug,
        "url": f"{page.slug}/",
        "title": _say(page.section.heading.text, report, language),
        "sections": [child.slug for child in _children(report, page)],
    }
    if figures := _figures_below(report, page, language):
        entry["figure"] = figures[0]
    return entry


def _figures_below(report: Report, page: Page, language: Language) -> list[dict[str, str]]:
    """Key figures with a short label on the page and the pages below it."""
    family = [p for p in report.pages if p is page or page.slug in p.parents]
    strips = [block for member in family for block in blocks_of(member) if isinstance(block, KeyFigures)]
    return [
        {"value": _say(f.value, report, language), "label": _say(f.label, report, language)}
        for strip in strips
        for f in strip.figures
        if f.label is not None and len(f.label.source) <= 24
    ]


def _headline_figures(report: Report, page: Page, language: Language) -> list[dict[str, str]]:
    """Those that report.yml chose; else two at the most: the first of each section that has one, or the page's own."""
    if chosen := report.headlines.get(page.slug):
        return [{"value": headline.value[language], "label": headline.label[language]} for headline in chosen]
    firsts = [found[0] for child in _children(report, page) if (found := _figures_below(report, child, language))]
    return (firsts or _figures_below(report, page, language))[:2]
