"""Which line of the new source is which line of the old one: the same letters and digits, in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ....folder.places import Finder, Span
from ....folder.profile import Place, parse_place
from ....language.characters import bare
from ....model import SourceLine


def same_lines(old: Sequence[SourceLine], new: Sequence[SourceLine]) -> dict[int, int]:
    """Line number of the old source -> of the new; also where a line that stands nowhere else has another place."""
    mine, theirs = ([(line.number, bare(line.raw)) for line in lines if bare(line.raw)] for lines in (old, new))
    matcher = SequenceMatcher(None, [key for _, key in mine], [key for _, key in theirs], autojunk=False)
    found = {mine[a + i][0]: theirs[b + i][0] for a, b, size in matcher.get_matching_blocks() for i in range(size)}
    taken = set(found.values())
    once, there = (Counter(key for _, key in keys) for keys in (mine, theirs))
    places = {key: number for number, key in theirs}
    for number, key in mine:
        if number not in found and once[key] == there[key] == 1 and places[key] not in taken:
            found[number] = places[key]
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """Places of the old report.yml in the new source."""

    finder: Finder
    """In the old source: the places of its report.yml may be off by some lines themselves."""
    same: Mapping[int, int]
    old: Mapping[int, str]
    """Line -> its text, of those that say something."""
    new: Mapping[int, str]

    @classmethod
    def between(cls, old: Sequence[SourceLine], new: Sequence[SourceLine]) -> Moved:
        told, tells = ({line.number: line.text for line in lines if bare(line.raw)} for lines in (old, new))
        return cls(Finder(old), same_lines(old, new), told, tells)

    def place(self, at: object, section: str) -> str | None:
        """The place where all lines of `at` stand in the new source, and nothing between them; None: they don't."""
        place = parse_place(at)
        span = self.finder.find(place, section).span
        lines = [number for number in range(span[0], span[1] + 1) if number in self.old] if span else []
        if not lines or any(number not in self.same for number in lines):
            return None
        moved = [self.same[number] for number in lines]
        first, last = moved[0], moved[-1]
        if moved != sorted(moved) or sum(first <= number <= last for number in self.new) != len(moved):
            return None
        return str(Place(first, last, place.fragment))

    def ends(self, at: object, section: str) -> str | None:
        """The place between the first and the last line of `at`, whatever has changed between them."""
        place = parse_place(at)
        span: Span | None = self.finder.find(place, section).span
        lines = [number for number in range(span[0], span[1] + 1) if number in self.old] if span else []
        if not lines or lines[0] not in self.same or lines[-1] not in self.same:
            return None
        first, last = self.same[lines[0]], self.same[lines[-1]]
        return (
            str(Place(first, last, place.fragment)) if first <= last <= first + 2 * (lines[-1] - lines[0] + 1) else None
        )

    def line(self, at: object, section: str) -> int | None:
        """The one line, in the new source."""
        span = self.finder.find(parse_place(at), section).span
        return self.same.get(span[0]) if span else None
