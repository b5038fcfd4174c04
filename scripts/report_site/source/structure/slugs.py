"""Slugs for sections to which report.yml gives none: from the words of the title, unique, short.

An English title gives its words, a Chinese one its pinyin; a number stands only where nothing else is left. `new`
writes them into report.yml, from where they never change.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...language.characters import bare, han_count
from ...language.patterns import NUMBERED_TITLES, PLAIN_NUMBER
from ...model import Section
from ...model.slugs import is_free

LONGEST = 40
"""Characters; cut at the end of a word or syllable."""
FRONT = "front"
"""Of the text before the first heading."""
_BLOCK_NUMBER = re.compile(r"\b(p|n|list|words|figures|table|picture|r)(?=\d)")
"""Looks like the end of a block's id: `p1`, `table2`."""


def slugify(title: str) -> str:
    """The title's words in Latin letters; empty when it has none in Latin or Chinese writing."""
    text = _unnumbered(title)
    if han_count(text):
        from pypinyin import lazy_pinyin  # its tables take a quarter of a second to load

        text = " ".join(lazy_pinyin(text))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return _cut(_BLOCK_NUMBER.sub(r"\1-", "-".join(words)))


def _unnumbered(title: str) -> str:
    """Without the number of the chapter or section."""
    for scheme in NUMBERED_TITLES:
        if match := scheme.match(title):
            return match["text"]
    return re.sub(r"^\d{1,2}\s+", "", title) if PLAIN_NUMBER.match(title) else title


def _cut(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    whole = slug[: LONGEST + 1].rpartition("-")[0]
    return whole or slug[:LONGEST]


def name_sections(sections: Sequence[Section], titles: Mapping[str, str]) -> tuple[Section, ...]:
    """Sections with a slug each: unique among all pages, inside a page among siblings.

    `titles`: titles in the other language, by `bare` title.
    """
    return _Namer(sections, titles).named(sections, "", paged=True)


class _Namer:
    """Gives slugs; those that report.yml gives come first, wherever they stand."""

    def __init__(self, sections: Sequence[Section], titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._given = {s.slug for top in sections for s in top.walk() if s.slug and (s is top or s.own_page)}
        self._pages = Names()

    def named(self, sections: Sequence[Section], parent: str, *, paged: bool) -> tuple[Section, ...]:
        """`paged`: the parent is a page, so that these may be."""
        siblings = Names({s.slug for s in sections if s.slug})
        done: list[Section] = []
        for section in sections:
            is_page = paged and (not parent or section.own_page)
            slug = self._page(section, parent, siblings) if is_page else self._inline(section, siblings)
            children = self.named(section.children, slug, paged=is_page)
            done.append(replace(section, slug=slug, children=children))
        return tuple(done)

    def _page(self, section: Section, parent: str, siblings: Names) -> str:
        if section.slug:
            return self._pages.claim(section.slug)
        own = self._proposed(section)
        others = self._given | siblings.taken
        slugs = (own, _cut(f"{parent}-{own}") if parent and own else "")
        free = next((slug for slug in slugs if slug and slug not in self._pages.taken | others), own or "section")
        return siblings.claim(self._pages.claim(free, others))

    def _inline(self, section: Section, siblings: Names) -> str:
        return section.slug or siblings.claim(self._proposed(section) or "section")

    def _proposed(self, section: Section) -> str:
        title = section.heading.text.source
        if not section.heading.lines:
            return FRONT
        slug = slugify(self._titles.get(bare(title), "")) or slugify(title)
        return f"report-{slug}" if slug and not is_free(slug) else slug


class Names:
    """Names that are taken; a name that is taken already gets a count."""

    def __init__(self, taken: set[str] | None = None) -> None:
        self.taken = set(taken or ())
        self._counts: Counter[str] = Counter()

    def claim(self, name: str, others: set[str] | frozenset[str] = frozenset()) -> str:
        """The name, or with the first free number; `others` are kept for somebody else."""
        free = name
        while free in self.taken or free in others:
            self._counts[name] = max(self._counts[name], 1) + 1
            free = f"{name}-{self._counts[name]}"
        self.taken.add(free)
        return free
