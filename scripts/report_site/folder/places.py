"""Every place that report.yml and figures.yml name, looked for once: which line of this source each ruling is about.

A place is its own line where that still holds the fragment. Where lines have moved it is the nearest line that equals
the fragment, else the nearest that holds it; never one that is furniture, since a running head repeats the words of a
title. A heading whose words have changed is still the heading at its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain
from types import MappingProxyType
from typing import Literal

from ..language.characters import bare
from ..model import SourceLine
from ..model.errors import Problem
from .layout import FIGURES_NAME, PROFILE_NAME
from .profile import (
    FigureEntry,
    FlagEntry,
    Headline,
    LineUse,
    Move,
    OutlineEntry,
    Place,
    Profile,
    TableRuling,
    TopicsEntry,
)

SEARCH_RADIUS = 400
"""How many lines away a fragment is looked for when its own line doesn't hold it."""
_NEAREST_FIRST = sorted(range(-SEARCH_RADIUS, SEARCH_RADIUS + 1), key=abs)
Span = tuple[int, int]
"""First and last line."""
How = Literal["there", "elsewhere", "reworded"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What became of one place."""

    section: str
    """Of the file that names it: `outline`, `figures`."""
    place: Place
    span: Span | None
    how: How = "there"

    @property
    def where(self) -> str:
        """`report.yml:12: outline`, for messages."""
        return f"{self.place.in_file(FIGURES_NAME if self.section == 'figures' else PROFILE_NAME)}: {self.section}"

    def __str__(self) -> str:
        if self.span is None:
            return f"{self.where}: {self.place} is not in this source — mend its line and fragment, or take it out"
        if self.how == "reworded":
            return (
                f"{self.where}: {self.place}: line {self.span[0]} is still a heading, though in other words; its entry "
                "is kept — mend the fragment"
            )
        return f"{self.where}: {self.place} was found in line {self.span[0]} — write {self.span[0]}"


@dataclass(frozen=True, slots=True)
class Places:
    """Rulings by the lines of this source."""

    uses: Mapping[int, LineUse]
    headings: Mapping[int, tuple[int, OutlineEntry]]
    """Line -> depth in the outline, entry."""
    tables: tuple[tuple[Span, TableRuling], ...]
    figures: Mapping[int, FigureEntry]
    diagrams: tuple[Span, ...]
    moves: tuple[tuple[Move, Span, Span], ...]
    flags: tuple[tuple[FlagEntry, Span], ...]
    headlines: tuple[tuple[OutlineEntry, Headline, Span], ...]
    topics: tuple[tuple[TopicsEntry, Span], ...]
    lookups: tuple[Lookup, ...]
    """Places that are missing, or that were found elsewhere than written."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks for places in the lines of one source."""

    lines: Sequence[SourceLine]
    moved: Mapping[int, int] = field(default_factory=dict)
    """Line of the folder's own source -> line of this source, where another extraction is converted."""
    furniture: Collection[int] = frozenset()
    headings: Collection[int] = frozenset()
    """Lines that the rules take for headings."""
    _keys: Mapping[int, tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        keys = {line.number: (bare(line.raw), bare(line.text)) for line in self.lines if not line.blank}
        object.__setattr__(self, "_keys", MappingProxyType(keys))

    def find(self, place: Place, section: str, taken: Collection[int] = ()) -> Lookup:
        """`taken`: lines that other headings of the outline hold."""
        first, last = (self.moved.get(n, n) for n in (place.first, place.last))
        found = self._line(bare(place.fragment), first, section, taken)
        how: How = "there" if found == first or self.moved else "elsewhere"
        if section == "outline" and (found is None or not self._holds(found, bare(place.fragment))):
            how = "reworded"
        if found is None:
            return Lookup(section, place, None)
        return Lookup(section, place, (found, min(max(found, found + last - first), self._last)), how)

    def problems(self, lookup: Lookup) -> Iterator[Problem]:
        """A range that ends behind the source was not meant so."""
        place = lookup.place
        if place.last > max(place.first, self._last) and not self.moved:
            message = f"{place} ends behind the last line of the source, {self._last}"
            yield Problem(lookup.where, message, "mend the range")

    @property
    def _last(self) -> int:
        return self.lines[-1].number if self.lines else 0

    def _line(self, key: str, first: int, section: str, taken: Collection[int]) -> int | None:
        if not key:
            return first if first in self._keys else None
        own = self._holds(first, key) or self._opens(first, key)
        if own and (first not in self.furniture or section == "lines" or self._equals(first, key)):
            return first
        return next(self._candidates(key, first, section, taken), first if own else None)

    def _opens(self, number: int, key: str) -> bool:
        """A title on two lines: the fragment holds both."""
        return number in self.headings and any(text and key.startswith(text) for text in self._keys.get(number, ()))

    def _candidates(self, key: str, first: int, section: str, taken: Collection[int]) -> Iterator[int]:
        """Lines that may be meant, the likeliest first."""
        near = [n for n in (first + step for step in _NEAREST_FIRST) if self._holds(n, key) and n not in taken]
        free = [n for n in near if n not in self.furniture]
        yield from (n for n in free if self._equals(n, key))
        if self._holds(first, key):  # Furniture that no line equals: it is what was written.
            yield first
        if section == "outline":
            yield from (n for n in free if n in self.headings)
            if first in self.headings and first not in taken:
                yield first
        yield from free
        if section == "lines":  # What the rules take for furniture may be what the ruling is about.
            yield from near

    def _holds(self, number: int, key: str) -> bool:
        return any(key in text for text in self._keys.get(number, ()))

    def _equals(self, number: int, key: str) -> bool:
        return key in self._keys.get(number, ())


def find_places(profile: Profile, figures: Iterable[FigureEntry], finder: Finder) -> Places:
    """All places but those of corrections, which come before anything is known of furniture."""
    outline = list(_outline(profile.outline, finder))
    lines = [(ruling, finder.find(ruling.at, "lines")) for ruling in profile.lines]
    tables = [(ruling, finder.find(ruling.at, "tables")) for ruling in profile.tables]
    pictures = [(entry, finder.find(entry.at, "figures")) for entry in figures]
    moves = [(move, finder.find(move.move, "moves"), finder.find(move.after, "moves")) for move in profile.moves]
    flags = [(flag, finder.find(flag.at, "flags")) for flag in profile.flags]
    headlines = [
        (entry, headline, finder.find(headline.at, "headlines"))
        for _, entry, _ in outline
        for headline in entry.headlines
    ]
    topics = [(entry, finder.find(entry.at, "topics")) for entry in profile.topics]
    lookups = [
        *(lookup for _, _, lookup in outline),
        *(lookup for _, lookup in chain[tuple[object, Lookup]](lines, tables, pictures, flags, topics)),
        *(lookup for _, *both in moves for lookup in both),
        *(lookup for _, _, lookup in headlines),
    ]
    return Places(
        uses={n: ruling.use for ruling, lookup in lines for n in _lines(lookup)},
        headings={lookup.span[0]: (depth, entry) for depth, entry, lookup in outline if lookup.span},
        tables=tuple((lookup.span, ruling) for ruling, lookup in tables if lookup.span),
        figures={n: entry for entry, lookup in pictures for n in _lines(lookup)},
        diagrams=tuple(lookup.span for _, lookup in pictures if lookup.span and lookup.place.last > lookup.place.first),
        moves=tuple((move, what.span, after.span) for move, what, after in moves if what.span and after.span),
        flags=tuple((flag, lookup.span) for flag, lookup in flags if lookup.span),
        headlines=tuple((entry, headline, lookup.span) for entry, headline, lookup in headlines if lookup.span),
        topics=tuple((entry, lookup.span) for entry, lookup in topics if lookup.span),
        lookups=tuple(lookup for lookup in lookups if lookup.span is None or lookup.how != "there"),
        problems=tuple(problem for lookup in lookups for problem in finder.problems(lookup)),
    )


def _lines(lookup: Lookup) -> range:
    return range(lookup.span[0], lookup.span[1] + 1) if lookup.span else range(0)


def _outline(outline: Iterable[OutlineEntry], finder: Finder) -> Iterator[tuple[int, OutlineEntry, Lookup]]:
    """Each entry has a line of its own: those that stand where they are written come before those that moved."""
    entries = list(_depths(outline, 1))
    found = {id(entry): finder.find(entry.at, "outline") for _, entry in entries}
    taken = {
        lookup.span[0]
        for lookup in found.values()
        if lookup.span
        and lookup.span[0] == finder.moved.get(lookup.place.first, lookup.place.first)
        and lookup.how == "there"
    }
    for depth, entry in entries:
        lookup = found[id(entry)]
        if lookup.span is None or lookup.how != "there":
            lookup = finder.find(entry.at, "outline", taken)
            taken |= {lookup.span[0]} if lookup.span else set()
        yield depth, entry, lookup


def _depths(entries: Iterable[OutlineEntry], depth: int) -> Iterator[tuple[int, OutlineEntry]]:
    for entry in entries:
        yield depth, entry
        yield from _depths(entry.sections, depth + 1)


def align(own: Sequence[SourceLine], other: Sequence[SourceLine]) -> dict[int, int]:
    """Line numbers of one source in another: equal lines tie the two together, lines between them follow in step."""
    mine, theirs = ([line for line in lines if not line.blank] for lines in (own, other))
    matcher = SequenceMatcher(
        None, [bare(line.text) for line in mine], [bare(line.text) for line in theirs], autojunk=False
    )
    moved: dict[int, int] = {}
    for a, b, size in matcher.get_matching_blocks():
        moved |= {mine[a + i].number: theirs[b + i].number for i in range(size)}
    step = 0
    places = {line.number: i for i, line in enumerate(theirs)}
    for i, line in enumerate(mine):
        if line.number in moved:
            step = places[moved[line.number]] - i
        elif 0 <= i + step < len(theirs):
            moved[line.number] = theirs[i + step].number
    return moved
