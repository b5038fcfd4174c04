"""This year's headings: those that last year had keep slug, kind and level, the others stand where rules put them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ....folder.profile import Place, parse_place
from ....language.characters import bare
from ....report import Report
from ..doubts import fragment_of
from .alike import undated
from .lines import Moved

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """One entry of an outline, taken out of its tree."""

    line: int
    title: str
    depth: int
    entry: Data
    """As it is written, without its place and what stands below it."""
    known: bool = False
    """Last year had it."""
    doubtful: bool = False
    """Nobody has settled that it is one."""


@dataclass(frozen=True, slots=True)
class CarriedOutline:
    heads: tuple[Head, ...]
    kept: int
    new: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]
    """Headings that say something else in numbers only."""
    headlines: tuple[str, ...]
    """Figures of the home page whose line is gone."""

    @property
    def data(self) -> list[dict[str, object]]:
        """The entries as report.yml has them."""
        return _nested(self.heads)

    @property
    def settled(self) -> frozenset[int]:
        """Lines that a person has said to be headings."""
        return frozenset(head.line for head in self.heads if head.known and not head.doubtful)


def carried_outline(
    old: tuple[object, Report],
    new: tuple[object, Report],
    moved: Moved,
    no_headings: Collection[int],
    doubtful: Collection[int] = (),
) -> CarriedOutline:
    """`old`, `new`: entries of the outline, and the report that they come from or are read in.

    `no_headings`: lines of the new source that a ruling says are none. What was no heading last year is none now.
    `doubtful`: places of the old outline, by line, that are guesses still.
    """
    titles = titles_of(old[1])
    plain = {line for number, line in moved.same.items() if number not in titles}
    earlier = list(_heads(old[0], titles, moved, doubtful))
    fresh = [head for head in _heads(new[0], titles_of(new[1]), None, ()) if head.line not in plain.union(no_headings)]
    pairs = _pairs(earlier, fresh, moved)
    pairs += _ruled(earlier, pairs, moved, no_headings)
    kept = {i: head for head, i in pairs}
    placed = {i: _with_headlines(earlier[i].entry, moved) for i in kept}
    heads = {
        head.line: replace(earlier[i], line=head.line, title=head.title, entry=placed[i][0], known=True)
        for i, head in kept.items()
    }
    return CarriedOutline(
        tuple(_placed(fresh, heads)),
        len(kept),
        tuple(head.title for head in fresh if head.line not in heads),
        tuple(head.title for i, head in enumerate(earlier) if i not in kept),
        tuple(
            f"{earlier[i].title} → {head.title}"
            for i, head in sorted(kept.items())
            if bare(earlier[i].title) != bare(head.title)
        ),
        tuple(place for _, dropped in placed.values() for place in dropped),
    )


def _ruled(
    earlier: Sequence[Head], pairs: Sequence[tuple[Head, int]], moved: Moved, no_headings: Collection[int]
) -> Iterator[tuple[Head, int]]:
    """Headings that only last year's outline made headings, where their line stands in the new source."""
    taken, told = {i for _, i in pairs}, {head.line for head, _ in pairs}
    for i, head in enumerate(earlier):
        line = moved.same.get(head.line)
        if i not in taken and line and line not in told and line not in no_headings:
            yield replace(head, line=line), i


def _heads(
    entries: object, titles: Mapping[int, str], moved: Moved | None, doubtful: Collection[int], depth: int = 1
) -> Iterator[Head]:
    """In reading order; `moved`: where the lines of the entries may be off, what finds them."""
    for entry in entries if isinstance(entries, list) else ():
        place = parse_place(entry["at"])
        span = moved.finder.find(place, "outline").span if moved else None
        line = span[0] if span else place.first
        own = {key: _typed(value) for key, value in entry.items() if key not in ("at", "sections")}
        yield Head(line, titles.get(line, place.fragment), depth, own, doubtful=place.first in doubtful)
        yield from _heads(entry.get("sections"), titles, moved, doubtful, depth + 1)


def _typed(value: object) -> object:
    """Settings are read as text; a truth value is written without quotation marks."""
    return value == "true" if value in ("true", "false") else value


def titles_of(report: Report) -> dict[int, str]:
    """Line of each heading -> what it says."""
    sections = (section for page in report.pages for section in page.section.walk())
    return {one.heading.lines[0]: one.heading.text.source for one in sections if one.heading.lines}


def _pairs(earlier: Sequence[Head], fresh: Sequence[Head], moved: Moved) -> list[tuple[Head, int]]:
    """Heading of this year, index of the one that it was: by its line, else by its words in the same order."""
    by_line = {moved.same[head.line]: i for i, head in enumerate(earlier) if head.line in moved.same}
    pairs = [(head, by_line[head.line]) for head in fresh if head.line in by_line]
    taken, told = {i for _, i in pairs}, {head.line for head, _ in pairs}
    left = [i for i in range(len(earlier)) if i not in taken]
    open_heads = [head for head in fresh if head.line not in told]
    keys = [_key(earlier[i].title) for i in left], [_key(head.title) for head in open_heads]
    for a, b, size in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        pairs += [(open_heads[b + k], left[a + k]) for k in range(size) if keys[0][a + k]]
    return pairs


def _key(title: str) -> str:
    return bare(undated(title))


def _with_headlines(entry: Data, moved: Moved) -> tuple[Data, tuple[str, ...]]:
    """Figures for the home page stay as long as the line that states them does; with the places of the others."""
    given = entry.get("headlines")
    if not isinstance(given, list):
        return entry, ()
    placed = [(one, moved.place(one["at"], "headlines")) for one in given]
    kept = [{**one, "at": at} for one, at in placed if at]
    rest = {key: value for key, value in entry.items() if key != "headlines"}
    return {**rest, **({"headlines": kept} if kept else {})}, tuple(str(one["at"]) for one, at in placed if at is None)


def _placed(fresh: Sequence[Head], known: Mapping[int, Head]) -> Iterator[Head]:
    """All headings in reading order; a new one as far below or above the known one before it as rules see it."""
    guessed = {head.line: head.depth for head in fresh}
    every = sorted({**{head.line: head for head in fresh}, **known}.values(), key=lambda head: head.line)
    slugs = {str(head.entry.get("slug")) for head in known.values()}
    shift = before = 0
    for head in every:
        if head.line in known:
            shift = head.depth - guessed.get(head.line, head.depth)
            placed = replace(head, depth=max(1, min(head.depth, before + 1)))
        else:
            slug = _free(str(head.entry.get("slug")), slugs)
            slugs.add(slug)
            placed = replace(
                head, depth=max(1, min(head.depth + shift, before + 1)), entry={**head.entry, "slug": slug}
            )
        before = placed.depth
        yield placed


def _free(slug: str, taken: Collection[str]) -> str:
    if slug not in taken:
        return slug
    return next(name for name in (f"{slug}-{number}" for number in range(2, len(taken) + 3)) if name not in taken)


def _nested(heads: Sequence[Head]) -> list[dict[str, object]]:
    top: list[dict[str, object]] = []
    path: list[list[dict[str, object]]] = [top]
    for head in heads:
        del path[head.depth :]
        below: list[dict[str, object]] = []
        entry = {"at": str(Place(head.line, head.line, fragment_of(head.title))), **head.entry, "sections": below}
        path[-1].append(entry)
        path.append(below)
    return [_pruned(entry) for entry in top]


def _pruned(entry: dict[str, object]) -> dict[str, object]:
    below = entry.get("sections")
    rest = {key: value for key, value in entry.items() if key != "sections"}
    return {**rest, "sections": [_pruned(one) for one in below]} if isinstance(below, list) and below else rest
