"""Which of two years' values are the same: by their labels, where those are equal or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ....language.characters import bare
from ....language.conversion import base_of
from .alike import nearest, undated

NEAR_LABEL = 0.6
"""Labels are short: one word more is a third of them."""


class Named(Protocol):
    """What is known by its label."""

    @property
    def words(self) -> str:
        """The label in the language that both reports are compared in, without its unit."""

    @property
    def key(self) -> str:
        """The same as letters and digits, without the year of the report."""

    @property
    def scope(self) -> str:
        """Heading and caption above it, without their years."""

    @property
    def unit(self) -> str:
        """What it counts; empty where nothing says it."""


def matched(before: Sequence[Named], after: Sequence[Named]) -> dict[int, tuple[int, bool]]:
    """Index in `after` -> index in `before`, and whether it is sure: equal labels, that nothing else has."""
    pairs = {j: (i, sure) for i, j, sure in _equal(before, after)}
    taken = {i for i, _ in pairs.values()}
    return pairs | {j: (i, False) for i, j in _near(before, after, taken, pairs)}


def _equal(before: Sequence[Named], after: Sequence[Named]) -> Iterator[tuple[int, int, bool]]:
    """Labels that are equal, their years aside; of several, those in the same scope first, then in reading order."""
    groups: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, figures in enumerate((before, after)):
        for index, one in enumerate(figures):
            groups[bare(undated(one.words))][side].append(index)
    for olds, news in groups.values():
        alone = len(olds) == len(news) == 1
        for i, j in _by_scope(before, after, olds, news):
            same = before[i].key == after[j].key
            scoped = before[i].scope == after[j].scope and sum(before[k].scope == before[i].scope for k in olds) == 1
            yield i, j, same and (alone or scoped)


def _by_scope(
    before: Sequence[Named], after: Sequence[Named], olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[int, int]]:
    left, rest = list(olds), []
    for j in news:
        found = next((i for i in left if before[i].scope == after[j].scope), None)
        if found is None:
            rest.append(j)
        else:
            left.remove(found)
            yield found, j
    yield from zip(left, rest, strict=False)


def _near(
    before: Sequence[Named], after: Sequence[Named], olds: set[int], news: Mapping[int, tuple[int, bool]]
) -> Iterator[tuple[int, int]]:
    """Labels that say nearly the same, of values that count the same."""
    old = {f"{one.unit} {one.words}": i for i, one in enumerate(before) if i not in olds}
    new = {f"{one.unit} {one.words}": j for j, one in enumerate(after) if j not in news}
    for name, found in nearest(new, list(old), NEAR_LABEL).items():
        if base_of(before[old[found]].unit)[1] == base_of(after[new[name]].unit)[1]:
            yield old[found], new[name]
