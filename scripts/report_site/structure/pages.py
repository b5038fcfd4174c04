"""The outline tree to pages with ids: explicit, from slugs and kinds, equal in every language and wording."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from types import MappingProxyType

from ..language.characters import bare
from ..model import (
    Block,
    DataTable,
    Figure,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Page,
    Paragraph,
    Quote,
    Section,
    TagList,
    Text,
)
from ..read.furniture import Furniture
from ..texts import map_texts

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
    }
)


def slugify(text: str) -> str:
    """A slug of Latin text; empty when nothing Latin is left."""
    text = re.sub(r"^[\d.]+\s+", "", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def name_sections(sections: Sequence[Section], furniture: Furniture) -> tuple[Section, ...]:
    """Sections with a slug each, unique among siblings: the one given, else from an English title, else counted."""
    taken: set[str] = set()
    named: list[Section] = []
    for i, section in enumerate(sections, 1):
        slug = section.slug or _slug_of(section, i, furniture)
        slug = slug if slug not in taken else f"{slug}-{i}"
        taken.add(slug)
        named.append(replace(section, slug=slug, children=name_sections(section.children, furniture)))
    return tuple(named)


def _slug_of(section: Section, index: int, furniture: Furniture) -> str:
    title = section.heading.text.source
    english = furniture.titles.get(bare(title), title)
    slug = slugify(english) if sum(char.isascii() for char in english) * 2 > len(english) else ""
    return slug if len(slug) > 2 else f"s{index}"


def paginate(sections: Sequence[Section], printed: Mapping[int, int]) -> tuple[Page, ...]:
    """Pages in reading order; ids set on every section, block and text."""
    pages: list[Page] = []
    ids: Counter[str] = Counter()
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
    ids: Counter[str],
) -> None:
    inline = tuple(child for child in section.children if not child.own_page)
    own = replace(section, children=inline)
    slug = section.slug
    while any(page.slug == slug for page in pages):
        slug += "-2"
    numbered = _identified(replace(own, slug=slug), (slug,), printed, ids)
    accent = section.accent or accent
    pages.append(Page(slug, numbered, parents, accent, _printed_range(numbered)))
    for child in section.children:
        if child.own_page:
            _paginate(child, (*parents, slug), accent, printed, pages, ids)


def _identified(section: Section, path: tuple[str, ...], printed: Mapping[int, int], ids: Counter[str]) -> Section:
    """Ids below the page's own slug are the path of slugs; one that stands in the report already gets a count."""
    base = "-".join(path[1:]) or path[0]
    ids[base] += 1
    identity = base if ids[base] == 1 else f"{base}-{ids[base]}"
    heading = replace(
        section.heading,
        id=identity,
        printed_page=_page_of(section.heading, printed),
        text=replace(section.heading.text, id=identity),
    )
    counts: Counter[str] = Counter()
    blocks = tuple(_with_id(block, identity, counts, printed) for block in section.blocks)
    children = tuple(_identified(child, (*path, child.slug), printed, ids) for child in section.children)
    return replace(section, heading=heading, blocks=blocks, children=children)


def _with_id(block: Block, base: str, counts: Counter[str], printed: Mapping[int, int]) -> Block:
    letter = ID_LETTERS[type(block)]
    counts[letter] += 1
    identity = f"{base}-{letter}{counts[letter]}"

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
    ids: Counter[str] = Counter()
    return tuple(replace(page, section=_identified(page.section, ("print", page.slug), printed, ids)) for page in pages)


def _printed_range(section: Section) -> tuple[int, int] | None:
    found = [b.printed_page for s in section.walk() for b in (s.heading, *s.blocks) if b.printed_page is not None]
    return (min(found), max(found)) if found else None
