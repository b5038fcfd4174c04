"""Indexes of a standard (GRI, SASB, HKEX, CASS …): each row typed by its heads and cells, and led to its places.

A column is what its head calls it; without such a word, what most of its cells are: codes, printed pages, titles of
sections. A place is a section named by its title, or the section printed on the page named. What leads nowhere stays
as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ...language.characters import bare
from ...language.patterns import NONE_CELLS, PAGE_HEAD
from ...language.standards import (
    BARE_CODE,
    CODE_HEAD,
    CODED_CELL,
    DISCLOSURE_CODE,
    GOALS_HEAD,
    OMISSION_HEAD,
    SECTION_HEAD,
    TOPIC_HEAD,
    standard_of,
)
from ...model import DataTable, Page, Row, Section, Text
from ...model.texts import blocks_of


@dataclass(frozen=True, slots=True)
class Address:
    """A section: the slug of its page, and its id where it isn't the page itself."""

    page: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place that a cell names: by the whole cell, or by a number in it."""

    said: str
    """The number as printed; empty: the whole cell."""
    address: Address


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A code in a row of a printed index."""

    standard: str
    """`GRI`, `SASB` …; empty where neither code nor heads tell."""
    code: str
    title: Text | None
    """As the index prints it."""
    places: tuple[Address, ...]
    """Sections that answer it; none: a gap."""
    sections: tuple[Text, ...]
    pages: tuple[Text, ...]
    omission: Text | None
    """Why it isn't answered, or a remark."""
    goals: tuple[Text, ...]
    """Sustainable Development Goals."""
    page: str
    """Slug of the page that holds the index."""
    row: str
    """Id of the row."""


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A material topic in a row of a printed table."""

    name: Text
    places: tuple[Address, ...]
    page: str
    """Slug of the page that holds the table."""
    row: str
    """Id of the row."""


@dataclass(frozen=True, slots=True)
class Index:
    disclosures: tuple[Disclosure, ...]
    topics: tuple[NamedTopic, ...]
    links: Mapping[str, tuple[Link, ...]]
    """Id of a cell's text -> the places that it names."""


class Column(StrEnum):
    CODE = "code"
    TITLE = "title"
    SECTION = "section"
    PAGE = "page"
    OMISSION = "omission"
    GOALS = "goals"
    TOPIC = "topic"


_HEADS: Mapping[Column, re.Pattern[str]] = MappingProxyType(
    {
        Column.GOALS: GOALS_HEAD,
        Column.OMISSION: OMISSION_HEAD,
        Column.PAGE: PAGE_HEAD,
        Column.SECTION: SECTION_HEAD,
    }
)
_PAGES = re.compile(r"^(?:[Pp]{1,2}\.?\s*)?\d{1,3}(?:\s*[-–—~、,，;；]\s*(?:[Pp]{1,2}\.?\s*)?\d{1,3})*$")
_PAGE_MARK = re.compile(r"[Pp]")
_NUMBER = re.compile(r"\d{1,3}")
_LEAST = 0.5
"""Of a column's cells, that are of one kind."""


def read_indexes(pages: Sequence[Page], addresses: Mapping[str, Address]) -> Index:
    """`addresses`: bare title in the source -> its section."""
    places = _Places(pages, addresses)
    found: list[Disclosure] = []
    topics: list[NamedTopic] = []
    links: dict[str, tuple[Link, ...]] = {}
    for page in pages:
        for block in blocks_of(page):
            if isinstance(block, DataTable) and (columns := columns_of(block, places)):
                table = _Table(block, page, columns, places)
                found += table.disclosures()
                topics += table.topics()
                links |= table.links()
    return Index(tuple(found), tuple(topics), links)


class _Places:
    """Where titles and printed pages stand."""

    def __init__(self, pages: Sequence[Page], addresses: Mapping[str, Address]) -> None:
        self._titles = addresses
        self._printed: dict[int, Address] = {}
        for page in pages:
            for section in page.section.walk():
                address = Address(page.slug, "" if section is page.section else section.heading.id)
                for number in _printed_in(section):
                    self._printed.setdefault(number, address)

    def titled(self, text: str) -> Address | None:
        return self._titles.get(bare(text))

    def printed(self, number: int) -> Address | None:
        return self._printed.get(number)


def _printed_in(section: Section) -> Iterator[int]:
    for block in (section.heading, *section.blocks):
        if block.printed_page is not None:
            yield block.printed_page


# --- columns -------------------------------------------------------------------------------------------------------


def columns_of(table: DataTable, places: _Places) -> dict[int, Column]:
    """What each column holds; empty where the table is no index: no column of codes or material topics, or none that
    leads anywhere.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    heads = [[row[i].source for row in (table.header, *table.subheads) if i < len(row)] for i in range(width)]
    columns: dict[int, Column] = {}
    for i in range(width):
        texts = [text.source for row in table.rows if i < len(row.cells) for text in row.cells[i]]
        if kind := _column(" ".join(heads[i]), [text for text in texts if text not in NONE_CELLS], places):
            columns[i] = kind
    kinds = Counter(columns.values())
    if not (kinds[Column.CODE] or kinds[Column.TOPIC]) or not (kinds[Column.SECTION] or kinds[Column.PAGE]):
        return {}
    if not kinds[Column.TITLE] and kinds[Column.CODE]:
        columns |= dict.fromkeys([i for i in range(width) if i not in columns][:1], Column.TITLE)
    return columns


def _column(head: str, texts: Sequence[str], places: _Places) -> Column | None:
    """By the head first, where it names one of these columns; a column that gives codes is known by its cells."""
    if texts and TOPIC_HEAD.fullmatch(head.strip()):
        return Column.TOPIC
    named = next((column for column, pattern in _HEADS.items() if pattern.search(head.strip())), None)
    if not texts:
        return named if named is Column.GOALS else None
    if named is not Column.PAGE and _share(texts, CODED_CELL.match) >= _LEAST:
        return Column.CODE
    if named is None and CODE_HEAD.search(head) and _share(texts, BARE_CODE.match) >= _LEAST:
        return Column.CODE
    if named in (None, Column.SECTION) and _share(texts, _PAGES.match) >= _LEAST and _are_pages(named, texts, places):
        return Column.PAGE
    if named is None and _share(texts, places.titled) >= _LEAST:
        return Column.SECTION
    return named


def _are_pages(named: Column | None, texts: Sequence[str], places: _Places) -> bool:
    """Numbers are pages under a head for places, behind a `p.`, or where most are printed pages of this report."""
    printed = _share(texts, lambda text: all(places.printed(int(n)) for n in _NUMBER.findall(text)))
    return named is Column.SECTION or _share(texts, _PAGE_MARK.match) >= _LEAST or printed >= _LEAST


def _share(texts: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts)


def _codes_in(text: str) -> list[str]:
    return [" ".join(match[0].split()) for match in (_codes(DISCLOSURE_CODE, text) or _codes(BARE_CODE, text))]


def _codes(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(pattern.finditer(text))


# --- rows ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    table: DataTable
    page: Page
    columns: Mapping[int, Column]
    places: _Places

    def disclosures(self) -> Iterator[Disclosure]:
        heads = " ".join(text.source for row in (self.table.header, *self.table.subheads) for text in row)
        caption = self.table.caption.source if self.table.caption else ""
        around = f"{heads} {caption} {self.page.section.heading.text.source}"
        for row in self.table.rows:
            codes = [code for cell in self._texts(row, Column.CODE) for code in _codes_in(cell.source)]
            for code in dict.fromkeys(codes):
                yield self._disclosure(row, code, standard_of(code, around))

    def _disclosure(self, row: Row, code: str, standard: str) -> Disclosure:
        sections = self._texts(row, Column.SECTION)
        pages = self._texts(row, Column.PAGE)
        places = [link.address for text in (*sections, *pages) for link in self._links(text)]
        named = [address for text in sections[-1:] for address in [self.places.titled(text.source)] if address]
        return Disclosure(
            standard=standard,
            code=code,
            title=next(iter((*self._texts(row, Column.TITLE), *self._texts(row, Column.TOPIC))), None),
            places=tuple(dict.fromkeys(named or places)),
            sections=tuple(sections),
            pages=tuple(pages),
            omission=next(iter(self._texts(row, Column.OMISSION)), None),
            goals=tuple(self._texts(row, Column.GOALS)),
            page=self.page.slug,
            row=row.id,
        )

    def topics(self) -> Iterator[NamedTopic]:
        for row in self.table.rows:
            texts = (*self._texts(row, Column.SECTION), *self._texts(row, Column.PAGE))
            places = tuple(dict.fromkeys(link.address for text in texts for link in self._links(text)))
            for name in self._texts(row, Column.TOPIC):
                yield NamedTopic(name, places, self.page.slug, row.id)

    def _texts(self, row: Row, kind: Column) -> list[Text]:
        return [
            text
            for i, cell in enumerate(row.cells)
            if self.columns.get(i) is kind
            for text in cell
            if text.source not in NONE_CELLS
        ]

    def links(self) -> dict[str, tuple[Link, ...]]:
        found = {}
        for row in self.table.rows:
            for text in (*self._texts(row, Column.SECTION), *self._texts(row, Column.PAGE)):
                if links := tuple(self._links(text)):
                    found[text.id] = links
        return found

    def _links(self, text: Text) -> Iterator[Link]:
        """The section that it names, or the sections printed on the pages that it names."""
        if address := self.places.titled(text.source):
            yield Link("", address)
        elif _PAGES.match(text.source.strip()):
            for match in _NUMBER.finditer(text.source):
                if address := self.places.printed(int(match[0])):
                    yield Link(match[0], address)
