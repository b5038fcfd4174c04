"""Elements to pages, proved by the ledger: what the shapes would lose is published as it stands, and named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ...folder.loading import ReportFolder
from ...folder.places import Places
from ...folder.profile import TableRuling
from ...model import Heading, Page, RuleName, Section
from ...model.errors import Problem
from ..read.classify import ClassifiedLine
from ..read.furniture import Furniture, body
from ..shape.as_printed import ROUNDS, as_printed
from ..shape.elements import Element
from ..shape.figures import own_text
from ..shape.key_figures import SpokenProse
from ..shape.shaper import Shaper, text_of
from ..shape.taken import Taken, together
from .ledger import Dropped, Ledger, keep_ledger
from .outline import Branch, grow, plan_headings
from .pages import paginate
from .paging import settle_pages
from .slugs import name_sections


@dataclass(frozen=True, slots=True)
class Known:
    """All that making pages of elements needs beside the elements."""

    folder: ReportFolder
    places: Places
    furniture: Furniture
    lines: Sequence[ClassifiedLine]
    tables: Mapping[int, TableRuling]
    total: int


@dataclass(frozen=True, slots=True)
class Proved:
    pages: tuple[Page, ...]
    ledger: Ledger
    problems: tuple[Problem, ...]
    """Rulings that don't fit the lines that they name."""
    stand: tuple[int, ...] = ()
    """Lines that had to be published as they stand, to lose nothing of them."""


def prove(elements: Sequence[Element], known: Known) -> Proved:
    texts = {line.number: body(line.line) for line in known.lines}
    ruled = _ruled_lines(known.places)
    kept = ruled | {n for element in elements if not ruled.isdisjoint(element.lines) for n in element.lines}
    stand: set[int] = set()
    made = _made(elements, known, stand)
    for _ in range(ROUNDS):
        lost = {number for number in made.ledger.lost if number not in kept}
        if not lost:
            break
        stand |= lost
        elements = as_printed(elements, lost, texts)
        del made  # The pages of a long report are large: no two sets of them.
        made = _made(elements, known, stand)
    return replace(made, stand=tuple(sorted(stand)))


def _made(elements: Sequence[Element], known: Known, stand: Collection[int]) -> Proved:
    pages, taken = _paged(elements, known)
    dropped = Dropped(taken, _ruled_tables(known.places), _heads_around(known), frozenset(stand))
    ledger = keep_ledger(known.lines, pages, known.furniture.printed_pages, dropped, known.total)
    return Proved(pages, ledger, taken.problems)


def _paged(elements: Sequence[Element], known: Known) -> tuple[tuple[Page, ...], Taken]:
    """The pages, and what of the elements none of their blocks holds."""
    folder, places, furniture = known.folder, known.places, known.furniture
    prose = SpokenProse(elements, folder.profile.language)
    shaper = Shaper(folder, prose, known.tables, places.figures, _quotes(known.lines))
    branches = settle_pages(grow(elements, plan_headings(elements, places.headings, furniture)))
    grown = [_section(branch, shaper) for branch in branches]
    # What stood before the first heading may have been a cover's picture alone, of which nothing is left.
    sections = [section for section, _ in grown if section.blocks or section.children or section.heading.lines]
    pages = paginate(name_sections(sections, furniture.titles), furniture.printed_pages)
    return pages, together(taken for _, taken in grown)


def _ruled_lines(places: Places) -> frozenset[int]:
    """Lines that an editor has said something of: what is lost there is the editor's to mend."""
    spans = (*(span for span, _ in places.tables), *places.diagrams)
    return frozenset({*places.uses, *places.figures, *(n for first, last in spans for n in range(first, last + 1))})


def _section(branch: Branch, shaper: Shaper) -> tuple[Section, Taken]:
    """The section of a branch, and what of it and below it no block holds."""
    title = branch.heading.pieces[0] if branch.heading else None
    profile = shaper.folder.profile
    text = text_of(title) if title else own_text(profile.title, profile.language)
    made = [shaper.shape(element, text) for element in branch.body]
    children = [_section(child, shaper) for child in branch.children]
    section = Section(
        Heading(lines=branch.heading.lines if branch.heading else (), text=text),
        branch.plan.kind,
        branch.plan.slug,
        tuple(block for one in made for block in one.blocks),
        tuple(child for child, _ in children),
        bool(branch.plan.page),
        branch.plan.accent,
    )
    return section, together([*(one.taken for one in made), *(taken for _, taken in children)])


def _ruled_tables(places: Places) -> frozenset[int]:
    return frozenset(line for (first, last), _ in places.tables for line in range(first, last + 1))


def _heads_around(known: Known) -> dict[int, str]:
    """Line that opens a chapter -> the running head without the chapter's title."""
    titles = known.furniture.opened_texts
    lines = {line.number: body(line.line) for line in known.lines if line.number in titles}
    return {number: " ".join(text.replace(titles[number], " ", 1).split()) for number, text in lines.items()}


def _quotes(lines: Sequence[ClassifiedLine]) -> frozenset[int]:
    return frozenset(line.number for line in lines if line.rule in (RuleName.RULING_QUOTE, RuleName.QUOTE_MARK))
