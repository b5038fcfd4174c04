"""The outline tree to pages with ids: explicit, from slugs and kinds, equal in every language and wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from types import MappingProxyType

from ...model import (
    Block,
    DataTable,
    Figure,
    Footnotes,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Page,
    Paragraph,
    Quote,
    Section,
    SectionKind,
    TagList,
    Text,
)
from ...model.slugs import is_anchor
from ...model.texts import map_texts
from .slugs import Names

CHAPTER_ACCENTS = ("blue", "plum", "terracotta", "green")
"""In turn, for chapters to which report.yml gives none."""
ID_LETTERS: Mapping[type[Block], str] = MappingProxyType(
    # A paragraph and a quote share their letter: another wording of the same report may quote where this one tells.
    {
        Paragraph: "p",
        Quote: "p",
        Note: "n",
        List: "list",
        TagList: "words",
        KeyFigures: "figures",
        DataTable: "table",
        KeyValueTable: "table",
        Figure: "picture",
        Footnotes: "notes",
    }
)


def paginate(sections: Sequence[Section], printed: Mapping[int, int]) -> tuple[Page, ...]:
    """Pages in reading order; ids set on every section, block and text."""
    pages: list[Page] = []
    ids = Names()
    turns = cycle(CHAPTER_ACCENTS)
    for section in sections:
        _paginate(section, (), section.accent or next(turns), printed, pages, ids)
    return tuple(pages)


def _paginate(
    section: Section,
    parents: tuple[str, ...],
    accent: str,
    printed: Mapping[int, int],
    pages: list[Page],
    ids: Names,
) -> None:
    inline = tuple(child for child in section.children if not child.own_page)
    slug = section.slug
    numbered = _identified(replace(section, children=inline), (slug,), printed, ids)
    accent = section.accent or accent
    pages.append(Page(slug, numbered, parents, accent, _printed_range(numbered)))
    for child in section.children:
        if child.own_page:
            _paginate(child, (*parents, slug), accent, printed, pages, ids)


def _identified(section: Section, path: tuple[str, ...], printed: Mapping[int, int], ids: Names) -> Section:
    """Ids below the page's own slug are the path of slugs; one that stands in the report already gets a count."""
    base = "-".join(path[1:]) or path[0]
    identity = ids.claim(base if is_anchor(base) else f"report-{base}")
    if section.kind is SectionKind.CASE:
        ids.claim(f"{identity}-case")
    heading = replace(
        section.heading,
        id=identity,
        printed_page=_page_of(section.heading, printed),
        text=replace(section.heading.text, id=identity),
    )
    counts: Counter[str] = Counter()
    blocks = tuple(_with_id(block, _next_id(block, identity, counts, ids), printed) for block in section.blocks)
    children = tuple(_identified(child, (*path, child.slug), printed, ids) for child in section.children)
    return replace(section, heading=heading, blocks=blocks, children=children)


def _next_id(block: Block, base: str, counts: Counter[str], ids: Names) -> str:
    letter = ID_LETTERS[type(block)]
    counts[letter] += 1
    while f"{base}-{letter}{counts[letter]}" in ids.taken:
        counts[letter] += 1
    return ids.claim(f"{base}-{letter}{counts[letter]}")


def _with_id(block: Block, identity: str, printed: Mapping[int, int]) -> Block:
    def identified(text: Text, role: str) -> Text:
        return replace(text, id=f"{identity}-{role}" if role else identity)

    named = map_texts(replace(block, id=identity, printed_page=_page_of(block, printed)), identified)
    if isinstance(named, DataTable | KeyValueTable):
        named = replace(
            named,
            rows=tuple(replace(row, id=f"{identity}-r{i}") for i, row in enumerate(named.rows, 1)),
        )
    if isinstance(named, KeyFigures):
        named = replace(
            named,
            figures=tuple(replace(f, id=f"{identity}-{i}") for i, f in enumerate(named.figures, 1)),
        )
    return named


def _page_of(block: Block, printed: Mapping[int, int]) -> int | None:
    return next((printed[n] for n in block.lines if n in printed), None)


def on_one_page(pages: Sequence[Page], printed: Mapping[int, int]) -> tuple[Page, ...]:
    """The same pages with ids that are unique when all of them stand in one document."""
    ids = Names()
    return tuple(replace(page, section=_identified(page.section, ("print", page.slug), printed, ids)) for page in pages)


def _printed_range(section: Section) -> tuple[int, int] | None:
    found = [b.printed_page for s in section.walk() for b in (s.heading, *s.blocks) if b.printed_page is not None]
    return (min(found), max(found)) if found else None
