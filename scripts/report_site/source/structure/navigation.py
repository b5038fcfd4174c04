"""What navigation and the home page show, decided once: chapters and their figures, pages, disclosures of an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ...language.characters import bare
from ...language.patterns import NUMBERED_TITLES, PLAIN_NUMBER
from ...model import FRONT_ACCENT, KeyFigures, Page, Text
from ...model.texts import blocks_of, first_paragraph
from .disclosures import Address, Disclosure, Index, read_indexes
from .topics import RuledTopics, Topic, read_topics

LONGEST_LABEL = 24
"""Characters of a label that navigation can show beside its value."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that stands for a page elsewhere: on the home page, in the list of a chapter's sections."""

    value: Text
    label: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as navigation shows it."""

    slug: str
    title: Text
    sections: tuple[str, ...]
    """Slugs of the pages right below it."""
    figure: Headline | None


@dataclass(frozen=True, slots=True)
class Chapter:
    slug: str
    number: int
    """0 where most of the report's own titles count the chapters."""
    accent: str
    summary: Text | None
    """The chapter's first paragraph, whole."""
    figures: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class SiteMap:
    entries: tuple[Entry, ...]
    """Every page of the report, in reading order."""
    chapters: tuple[Chapter, ...]
    opening: tuple[str, ...]
    """Slugs of the pages before the chapters."""
    closing: tuple[str, ...]
    addresses: Mapping[str, Address]
    """Bare title in the source -> the section that a printed index names by it."""
    index: Index
    """What printed indexes of standards say, and where they lead."""
    topics: tuple[Topic, ...]
    """Material topics that the report names."""

    def answered_on(self, slug: str) -> tuple[Disclosure, ...]:
        """The disclosures that name the page or a part of it, each code once."""
        found = (one for one in self.index.disclosures if any(place.page == slug for place in one.places))
        return tuple({(one.standard, one.code): one for one in found}.values())


def map_site(
    pages: Sequence[Page],
    chosen: Mapping[str, Sequence[Headline]],
    doubtful: Collection[int] = (),
    topics: Sequence[RuledTopics] = (),
) -> SiteMap:
    """`chosen`: slug of a chapter -> the figures that an editor chose for it. What stands on a `doubtful` line is no
    headline: away from its place nothing would say so.
    """
    family = _Family(pages, frozenset(doubtful))
    main = [page for page in pages if not page.parents and page.accent != FRONT_ACCENT]
    addresses = _addresses(pages)
    index = read_indexes(pages, addresses)
    return SiteMap(
        tuple(_entry(page, family) for page in pages),
        _chapters(main, family, chosen),
        _around(pages, main, before=True),
        _around(pages, main, before=False),
        addresses,
        index,
        read_topics(pages, addresses, index, topics),
    )


class _Family:
    """Which pages stand below which, and the short key figures of each, found once."""

    def __init__(self, pages: Sequence[Page], doubtful: frozenset[int]) -> None:
        self.children: dict[str, list[Page]] = defaultdict(list)
        self.figures: dict[str, list[Headline]] = defaultdict(list)
        for page in pages:
            if page.parents:
                self.children[page.parents[-1]].append(page)
            short = _short_figures(page, doubtful)
            for slug in (page.slug, *page.parents):
                self.figures[slug] += short


def _short_figures(page: Page, doubtful: frozenset[int]) -> list[Headline]:
    strips = (block for block in blocks_of(page) if isinstance(block, KeyFigures))
    return [
        Headline(figure.value, figure.label)
        for strip in strips
        for figure in strip.figures
        if figure.label is not None
        and len(figure.label.source) <= LONGEST_LABEL
        and doubtful.isdisjoint((*figure.value.lines, *figure.label.lines))
    ]


def _entry(page: Page, family: _Family) -> Entry:
    sections = tuple(child.slug for child in family.children[page.slug])
    return Entry(page.slug, page.section.heading.text, sections, next(iter(family.figures[page.slug]), None))


def _chapters(main: Sequence[Page], family: _Family, chosen: Mapping[str, Sequence[Headline]]) -> tuple[Chapter, ...]:
    titles = [page.section.heading.text.source for page in main]
    counted = sum(any(scheme.match(title) for scheme in (*NUMBERED_TITLES, PLAIN_NUMBER)) for title in titles)
    return tuple(
        Chapter(
            page.slug,
            0 if counted * 2 > len(main) else number,
            page.accent,
            first_paragraph(page),
            tuple(chosen.get(page.slug) or _headlines(page, family)),
        )
        for number, page in enumerate(main, 1)
    )


def _headlines(page: Page, family: _Family) -> list[Headline]:
    """Two at the most: the first of each section that has one, or the page's own."""
    below = (family.figures[child.slug] for child in family.children[page.slug])
    return ([figures[0] for figures in below if figures] or family.figures[page.slug])[:2]


def _around(pages: Sequence[Page], main: Sequence[Page], *, before: bool) -> tuple[str, ...]:
    """Slugs of the pages before the main chapters, or behind them."""
    cut = pages.index(main[0]) if main else len(pages)
    chapters = {page.slug for page in main}
    return tuple(
        page.slug
        for i, page in enumerate(pages)
        if (i < cut) == before and not chapters & {page.slug, *page.parents} and not (page.parents and _is_empty(page))
    )


def _is_empty(page: Page) -> bool:
    return not page.section.blocks and not page.section.children


def _addresses(pages: Sequence[Page]) -> dict[str, Address]:
    """Of equal titles the first, pages before other sections."""
    found: dict[str, Address] = {}
    sections = [(page, section) for page in pages for section in page.section.walk()]
    for page, section in sorted(sections, key=lambda pair: pair[1] is not pair[0].section):
        identity = "" if section is page.section else section.heading.id
        found.setdefault(bare(section.heading.text.source), Address(page.slug, identity))
    return found
