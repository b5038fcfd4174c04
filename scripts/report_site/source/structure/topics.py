"""Material topics: what the report itself names so, and the sections that answer each.

They stand in a table with a column of material topics, or in the block that report.yml names. A topic is answered by
the section that bears its title, by the place that its row names, or by what an editor says; else by none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...language.characters import bare
from ...model import Block, DataTable, Figure, KeyValueTable, List, Page, TagList, Text
from ...model.errors import Problem
from ...model.texts import blocks_of
from .disclosures import Address, Index


@dataclass(frozen=True, slots=True)
class Topic:
    name: Text
    named: Address
    """Where the report names it: its page and the block there."""
    sections: tuple[Address, ...]
    """None: a gap."""
    chosen: bool = False
    """Whether editors chose the sections."""


@dataclass(frozen=True, slots=True)
class RuledTopics:
    """An entry of report.yml: the block that lists topics, and what answers them."""

    lines: Collection[int] = ()
    """Of the block that lists them."""
    sections: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Name in the source -> pages and sections, as in their addresses: `governance`, `governance#compliance`."""
    place: str = ""
    """Of the ruling, for messages."""


def read_topics(
    pages: Sequence[Page], addresses: Mapping[str, Address], index: Index, ruled: Sequence[RuledTopics]
) -> tuple[Topic, ...]:
    """Each name once, in reading order."""
    said = {bare(name): slugs for one in ruled for name, slugs in one.sections.items()}
    known = _known(pages)
    found: dict[str, Topic] = {}
    for name, named, places in (*_of_indexes(index), *_of_rulings(pages, ruled)):
        own = [known[slug] for slug in said.get(bare(name.source), ()) if slug in known]
        titled = [addresses[bare(name.source)]] if bare(name.source) in addresses else []
        before = found.get(bare(name.source))
        sections = (*(before.sections if before else ()), *(own or places or titled))
        chosen = bool(own) or (before is not None and before.chosen)
        found[bare(name.source)] = Topic(
            name, before.named if before else named, tuple(dict.fromkeys(sections)), chosen
        )
    return tuple(found.values())


def _known(pages: Sequence[Page]) -> dict[str, Address]:
    sections = ((page, section) for page in pages for section in page.section.walk())
    own = {page.slug: Address(page.slug) for page in pages}
    return {f"{page.slug}#{one.heading.id}": Address(page.slug, one.heading.id) for page, one in sections} | own


def _of_indexes(index: Index) -> Iterator[tuple[Text, Address, tuple[Address, ...]]]:
    for one in index.topics:
        yield one.name, Address(one.page, one.row), one.places


def _of_rulings(
    pages: Sequence[Page], ruled: Sequence[RuledTopics]
) -> Iterator[tuple[Text, Address, tuple[Address, ...]]]:
    lines = {line for one in ruled for line in one.lines}
    for page in pages:
        for block in blocks_of(page):
            if not lines.isdisjoint(block.lines):
                yield from ((name, Address(page.slug, block.id), ()) for name in _items(block))


def _items(block: Block) -> tuple[Text, ...]:
    if isinstance(block, List | TagList):
        return block.items
    if isinstance(block, DataTable | KeyValueTable):
        return tuple(text for row in block.rows if row.cells for text in row.cells[0])
    return block.words if isinstance(block, Figure) else ()


def topic_faults(pages: Sequence[Page], topics: Sequence[Topic], ruled: Sequence[RuledTopics]) -> Iterator[Problem]:
    """What the rulings name and the report hasn't."""
    known, names = _known(pages), {bare(topic.name.source) for topic in topics}
    remedy = "write it as in its address: governance, governance#compliance"
    for one in ruled:
        for name, places in one.sections.items():
            if bare(name) not in names:
                yield Problem(one.place, f"{name!r} is no topic of that block", "write it as it stands there")
            for place in places:
                if place not in known:
                    yield Problem(one.place, f"{place!r} is no page or section", remedy)
