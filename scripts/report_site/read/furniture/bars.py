"""Bars of navigation whose titles stand on lines of their own, and the chapters' titles below them.

A designed page names all chapters at its edge. Where its own chapter begins, the title stands on the page twice: once
in the bar and once below it. That second copy is the title, however often the bar repeats it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from .lines import is_row
from .repeats import LEAST_BAR, LEAST_REPEATS, View


@dataclass(frozen=True, slots=True)
class Bars:
    """Places of lines, counted from 0."""

    lines: frozenset[int] = frozenset()
    """They are part of a bar."""
    titles: frozenset[int] = frozenset()
    """They stand below a bar that names them, each for the first time."""


def find_bars(view: View, repeated: Set[str]) -> Bars:
    """`repeated`: keys of running heads."""
    runs = list(_runs(view, repeated))
    counts = Counter(keys[:n] for _, keys in runs for n in range(LEAST_BAR, len(keys) + 1))
    bars = {start: keys[:n] for start, keys in runs if (n := _length(keys, counts))}
    return Bars(
        frozenset(i for start, keys in bars.items() for i in range(start, start + len(keys))),
        frozenset(_titles(view, bars)),
    )


def _length(keys: Sequence[str], counts: Counter[tuple[str, ...]]) -> int:
    """Of the longest beginning that other pages share."""
    lengths = (n for n in range(len(keys), LEAST_BAR - 1, -1) if counts[tuple(keys[:n])] >= LEAST_REPEATS)
    return next(lengths, 0)


def _runs(view: View, repeated: Set[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Different heads on lines that follow each other, on one page."""
    start = 0
    for i in range(len(view.keys) + 1):
        inside = i < len(view.keys) and view.keys[i] in repeated and not is_row(view.texts[i])
        goes_on = inside and not view.texts[i].page_break and view.keys[i] not in view.keys[start:i]
        if goes_on:
            continue
        if i - start >= LEAST_BAR:
            yield start, view.keys[start:i]
        start = i if inside else i + 1


def _titles(view: View, bars: dict[int, tuple[str, ...]]) -> Iterator[int]:
    named: frozenset[str] = frozenset()
    behind = 0
    shown: set[str] = set()
    for i, key in enumerate(view.keys):
        if i in bars:
            named, behind = frozenset(bars[i]), i + len(bars[i])
        elif view.texts[i].page_break:
            named = frozenset()
        told = i >= behind and key in named and key not in shown and not is_row(view.texts[i])
        if told and view.texts[i].number not in view.contents.lines:
            shown.add(key)
            yield i
