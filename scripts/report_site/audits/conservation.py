"""Nothing lost, nothing altered: from each source line to the ledger, from each text of the model to both pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from ..language.characters import note_labels
from ..language.strings import words
from ..model import (
    Block,
    Cell,
    DataTable,
    Fate,
    Figure,
    Footnotes,
    Heading,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Page,
    Paragraph,
    Quote,
    Row,
    TagList,
    Text,
)
from ..model.texts import blocks_of
from ..publish.columns import part_lost_columns
from ..publish.inline import PageContext
from ..publish.markdown import STROKES, printed_mark
from ..publish.report_json import ledger_json, report_json
from ..publish.report_pages import page_context
from ..source.structure.ledger import Ledger
from .evidence import Evidence, SitePage
from .finding import Audit, Spot, excerpt

# --- source lines to the ledger ------------------------------------------------------------------------------------


def find_lines(evidence: Evidence) -> Iterator[Spot]:
    entries = Counter(entry.line for entry in evidence.ledger.lines)
    wanted = {line.number: line for line in evidence.source if line.accounted}
    for number, line in wanted.items():
        if entries[number] != 1:
            times = "no entry" if not entries[number] else f"{entries[number]} entries"
            yield Spot(f"{evidence.source_name}:{number}", f"{times} in site/ledger.json: {excerpt(line.text)}")
    for number in sorted(set(entries) - set(wanted)):
        yield Spot(f"site/ledger.json: line {number}", "the source has no such line, or a blank one")


def find_unaccounted(evidence: Evidence) -> Iterator[Spot]:
    texts = {line.number: line.text for line in evidence.source}
    for number in evidence.report.ledger.unaccounted:
        yield Spot(f"{evidence.source_name}:{number}", f"not all of it is in its block: {excerpt(texts[number])}")
    summary, counts = evidence.ledger.summary, Counter(entry.fate for entry in evidence.ledger.lines)
    said = {fate.value: counts[fate.value] for fate in Fate} | {"unaccounted": 0, "lines": len(evidence.source)}
    for name, count in said.items():
        if summary.get(name) != count:
            yield Spot(f"site/ledger.json: summary.{name}", f"says {summary.get(name)}, is {count}")


def find_blocks(evidence: Evidence) -> Iterator[Spot]:
    there = {block.id for page in evidence.report.pages for block in blocks_of(page)}
    for entry in evidence.ledger.lines:
        place = f"site/ledger.json: line {entry.line}"
        if entry.fate in (Fate.PUBLISHED, Fate.MERGED) and entry.block not in there:
            yield Spot(place, f"{entry.fate}, but no block {entry.block!r} is in the report")
        if entry.fate in (Fate.FURNITURE, Fate.NOISE) and entry.block is not None:
            yield Spot(place, f"{entry.fate}, and yet in block {entry.block!r}")


# --- the site's data to the report ---------------------------------------------------------------------------------


def stale_pages(evidence: Evidence) -> frozenset[str]:
    """Slugs of pages that site/report.json tells otherwise than the folder."""
    now, then = _pages_by_slug(json.loads(report_json(evidence.report))), _pages_by_slug(evidence.document)
    return frozenset(slug for slug in {*now, *then} if now.get(slug) != then.get(slug))


def _pages_by_slug(document: object) -> dict[str, object]:
    pages = document.get("pages", ()) if isinstance(document, dict) else ()
    return {str(page.get("slug")): page for page in pages if isinstance(page, dict)}


def find_stale(evidence: Evidence) -> Iterator[Spot]:
    for slug in sorted(stale_pages(evidence)):
        yield Spot(f"site/report.json: {slug}", "is not what the report folder gives")
    if not stale_pages(evidence) and evidence.document != json.loads(report_json(evidence.report)):
        yield Spot("site/report.json", "title, order of pages or year are not what the report folder gives")
    if _entries(evidence.report.ledger) != [(e.line, e.fate, e.rule, e.block) for e in evidence.ledger.lines]:
        yield Spot("site/ledger.json", "is not what the report folder gives")


def _entries(ledger: Ledger) -> list[tuple[int, str, str, str | None]]:
    entries = json.loads(ledger_json(ledger))["lines"]
    return [(entry["line"], entry["fate"], entry["rule"], entry["block"]) for entry in entries]


# --- the report to the pages ---------------------------------------------------------------------------------------

CONTEXT = 12
"""Characters that a finding shows before the place where two texts part."""
Pair = tuple[Text, LexborNode | None]
"""A text, and the element that ought to say it and nothing else; None when the page hasn't got it."""


def find_texts(evidence: Evidence) -> Iterator[Spot]:
    stale = stale_pages(evidence)
    for page in evidence.report.pages:
        if page.slug in stale:
            continue
        for language in evidence.languages:
            path = evidence.page_in(language, page.slug)
            site_page = evidence.pages.get(path)
            if site_page is None:
                yield Spot(path, "the page is missing from the site")
            else:
                yield from _texts_on(page, site_page, page_context(evidence.report, language))


def _texts_on(page: Page, site_page: SitePage, context: PageContext) -> Iterator[Spot]:
    for block in blocks_of(page):
        for text, node in _PAIRS[type(block)](block, site_page):
            said = _own_text(node) if node is not None else ""
            wanted = words("none", context.voice) if _is_stroke(block, text, context) else context.say(text)
            wanted = _mark_before(block, text, context) + wanted
            if _plain(note_labels(said)) != _plain(note_labels(wanted)):
                yield Spot(f"{site_page.path}#{text.id or block.id}", _difference(wanted, said))


def _mark_before(block: Block, text: Text, context: PageContext) -> str:
    """The printed mark that an item of a list shows before its text."""
    if not isinstance(block, List):
        return ""
    at = next(i for i, item in enumerate(block.items) if item is text)
    return printed_mark(block, at, context.language)


def _own_text(node: LexborNode) -> str:
    """Without the site's words before the heading of a case, and at the end of a cell that the editors remark on."""
    text = node.text()
    for own in node.css(".case-label, .cell-mark"):
        text = text.replace(own.text(), "", 1)
    return text


def _difference(wanted: str, said: str) -> str:
    """Both texts from a little before the place where they part."""
    wanted, said = " ".join(wanted.split()), " ".join(said.split())
    apart = (i for i, (a, b) in enumerate(zip(wanted, said, strict=False)) if a != b)
    parting = next(apart, min(len(wanted), len(said)))
    start = max(0, parting - CONTEXT)
    parts = [excerpt("…" * bool(start) + text[start:], 40) if text else "nothing" for text in (wanted, said)]
    return f"the report says {parts[0]}, the page {parts[1]}"


def _plain(text: str) -> str:
    """What has to be equal: all but list marks and spaces, which markup moves; a space within a number counts."""
    return re.sub(r"(?<![\d.,:])\s+|\s+(?![\d.,:])", "", re.sub(r"[\s•]+", " ", text))


def _is_stroke(block: Block, text: Text, context: PageContext) -> bool:
    """A stroke for `none` is said in words, but only in cells."""
    in_cell = isinstance(block, DataTable | KeyValueTable) and text is not block.caption
    return in_cell and context.say(text) in STROKES


def _zipped(texts: Sequence[Text], nodes: Sequence[LexborNode]) -> Iterator[Pair]:
    yield from zip_longest(texts, nodes[: len(texts)])


def _all(page: SitePage, identity: str, selector: str) -> list[LexborNode]:
    node = page.ids.get(identity)
    return node.css(selector) if node is not None else []


def _single(block: Paragraph | Quote | Note | Heading, page: SitePage) -> Iterator[Pair]:
    yield block.text, page.ids.get(block.id)


def _list(block: List, page: SitePage) -> Iterator[Pair]:
    for item in block.items:
        yield item, page.ids.get(item.id)


def _tag_list(block: TagList, page: SitePage) -> Iterator[Pair]:
    if block.caption:
        yield from _zipped([block.caption], _all(page, block.id, "p"))
    yield from _zipped(block.items, _all(page, block.id, "li"))


def _key_figures(block: KeyFigures, page: SitePage) -> Iterator[Pair]:
    if block.caption:
        yield from _zipped([block.caption], _all(page, block.id, "p"))
    for figure in block.figures:
        yield from _zipped([figure.value], _all(page, figure.id, "dd"))
        if figure.label:
            yield from _zipped([figure.label], _all(page, figure.id, "dt"))
    yield from _zipped(block.loose_labels, _all(page, f"{block.id}-loose", "li"))


def _table(block: DataTable | KeyValueTable, page: SitePage) -> Iterator[Pair]:
    if block.caption:
        yield from _zipped([block.caption], _all(page, block.id, "caption"))
    if isinstance(block, DataTable):
        block, lost = part_lost_columns(block)
        yield from ((head, page.ids.get(head.id)) for head in lost)
        heads = [text for row in (block.header, *block.subheads) for text in row]
        yield from _zipped(heads, _all(page, block.id, "thead th, thead td"))
    for row in block.rows:
        yield from _row(row, _all(page, row.id, "th, td"))
    for note in block.notes:
        yield note, page.ids.get(note.id)


def _row(row: Row, nodes: Sequence[LexborNode]) -> Iterator[Pair]:
    for cell, node in zip_longest(row.cells, nodes[: len(row.cells)]):
        yield from _cell(cell, node)


def _cell(cell: Cell, node: LexborNode | None) -> Iterator[Pair]:
    if len(cell) == 1:
        yield cell[0], node
    else:
        yield from _zipped(cell, node.css("li") if node is not None else [])


def _footnotes(block: Footnotes, page: SitePage) -> Iterator[Pair]:
    for note in block.notes:
        yield from _zipped([note.text], _all(page, note.text.id, ".note-text"))


def _figure(block: Figure, page: SitePage) -> Iterator[Pair]:
    if block.caption:
        item = page.ids.get(block.id)
        listed = [item] if item is not None and item.tag == "li" else []
        yield from _zipped([block.caption], listed or _all(page, block.id, "figcaption"))
    pictured = bool(_all(page, block.id, "img"))
    said = [block.alternative] if block.alternative and not pictured else []
    yield from _zipped([*said, *block.description], _all(page, block.id, "div > p"))
    yield from _zipped(block.words, _all(page, block.id, "li"))


_PAIRS: Mapping[type[Block], Callable[..., Iterator[Pair]]] = MappingProxyType(
    {
        Paragraph: _single,
        Quote: _single,
        Note: _single,
        Heading: _single,
        List: _list,
        TagList: _tag_list,
        KeyFigures: _key_figures,
        DataTable: _table,
        KeyValueTable: _table,
        Figure: _figure,
        Footnotes: _footnotes,
    }
)

# --- pictures' alternatives ----------------------------------------------------------------------------------------


def find_alternatives(evidence: Evidence) -> Iterator[Spot]:
    stale = stale_pages(evidence)
    for page in evidence.report.pages:
        figures = [block for block in blocks_of(page) if isinstance(block, Figure) and block.alternative]
        for language in evidence.languages if page.slug not in stale else ():
            site_page = evidence.pages.get(evidence.page_in(language, page.slug))
            if site_page is not None:
                yield from _alternatives_on(site_page, figures, page_context(evidence.report, language))


def _alternatives_on(page: SitePage, figures: Sequence[Figure], context: PageContext) -> Iterator[Spot]:
    for figure in figures:
        for image in _all(page, figure.id, "img"):
            wanted = context.say(figure.alternative) if figure.alternative else ""
            said = image.attributes.get("alt") or ""
            if _plain(said) != _plain(wanted):
                yield Spot(f"{page.path}#{figure.id}", f"alternative text is {excerpt(said)}, not {excerpt(wanted)}")


AUDITS = (
    Audit(
        "conservation-line",
        "each non-blank source line has exactly one entry in the ledger",
        "DESIGN 4, conservation",
        "run: report-site build",
        find_lines,
    ),
    Audit(
        "conservation-unaccounted",
        "every letter and digit of a published line stands in its block",
        "DESIGN 4, conservation",
        "rule on the line in report.yml",
        find_unaccounted,
    ),
    Audit(
        "conservation-block",
        "each block that the ledger names is in the report",
        "DESIGN 4, conservation",
        "run: report-site build",
        find_blocks,
    ),
    Audit(
        "conservation-stale",
        "the site's data are what the report folder gives",
        "DESIGN 2, outputs",
        "run: report-site build; a site of another wording is checked with --source FILE",
        find_stale,
    ),
    Audit(
        "conservation-text",
        "every text stands at its id in both languages, no more and no less",
        "DESIGN 4, conservation",
        "run: report-site build; if it stays, the rendering or the theme loses or alters the text",
        find_texts,
    ),
    Audit(
        "conservation-alternative",
        "every published picture carries its own alternative text",
        "WCAG 1.1.1",
        "run: report-site build; if it stays, the rendering loses the text",
        find_alternatives,
    ),
)
