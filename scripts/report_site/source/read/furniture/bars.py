"""Bars of navigation whose titles stand on lines of their own, and the chapters' titles below them.

A designed page names all chapters at its edge. Where its own chapter begins, the title stands on the page twice: once
in the bar and once below it. That second copy is the title, however often the bar repeats it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ....model import RuleName
from .lines import body, is_row
from .repeats import LEAST_BAR, LEAST_REPEATS, View, is_at_edge

_RULES = (RuleName.RUNNING_HEAD, RuleName.NAVIGATION_BAR)
_NUMBER = re.compile(r"^\s*\d{1,4}\s|\s\d{1,4}\s*$")
LEAST_CHAPTERS = 2
"""Pages on which a title of the bar stands below it."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Places of lines, counted from 0."""

    lines: frozenset[int] = frozenset()
    """They are part of a bar."""
    titles: frozenset[int] = frozenset()
    """They stand below a bar that names them, each for the first time."""


def find_bars(view: View) -> Bars:
    """Bars at the edges of pages. What names one chapter alone, in both languages say, is none."""
    every = Counter(key for i, key in enumerate(view.keys) if view.may_repeat(i))
    runs = list(_runs(view, {key for key, count in every.items() if count >= LEAST_REPEATS}))
    counts = Counter(keys[:n] for _, keys in runs for n in range(LEAST_BAR, len(keys) + 1))
    bars = {start: keys[:n] for start, keys in runs if (n := _length(keys, counts))}
    pages: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for start, _ in _titles(view, bars):
        pages[bars[start]].add(start)
    edges = Counter(keys for start, keys in bars.items() if is_at_edge(view, range(start, start + len(keys))))
    bars = {
        start: keys
        for start, keys in bars.items()
        if len(pages[keys]) >= LEAST_CHAPTERS and edges[keys] >= LEAST_REPEATS - 1
    }
    return Bars(
        frozenset(i for start, keys in bars.items() for i in range(start, start + len(keys))),
        frozenset(i for _, i in _titles(view, bars)),
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


def _titles(view: View, bars: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Bar and place of each title that stands below a bar for the first time."""
    bar, behind = -1, 0
    shown: set[str] = set()
    for i, key in enumerate(view.keys):
        if i in bars:
            bar, behind = i, i + len(bars[i])
        elif view.texts[i].page_break:
            bar = -1
        told = bar >= 0 and i >= behind and key in bars[bar] and key not in shown and not is_row(view.texts[i])
        if told and view.texts[i].number not in view.contents.lines:
            shown.add(key)
            yield bar, i


def titles_below(view: View, heads: Mapping[int, str]) -> frozenset[int]:
    """Numbers of lines: titles that stand right below a running head in one line that names them among others.

    `heads`: rules by line. One head names two chapters at least, each in words of its own.
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    above = ""
    for i, line in enumerate(view.texts):
        if heads.get(line.number) in _RULES:
            above = _names(view, i) or ("" if line.page_break else above)
        elif view.numbers[i] is None:
            if above and _is_named(view, i, above):
                found[above].setdefault(view.keys[i], line.number)
            above = ""
    return frozenset(n for titles in found.values() if len(titles) >= LEAST_CHAPTERS for n in titles.values())


def _names(view: View, i: int) -> str:
    """The words of a head that may name chapters, its page number aside."""
    words = _NUMBER.sub(" ", body(view.texts[i])).casefold().split()
    return f" {' '.join(words)} " if len(words) >= LEAST_BAR else ""


def _is_named(view: View, i: int, above: str) -> bool:
    text = " ".join(body(view.texts[i]).casefold().split())
    return view.may_repeat(i) and f" {text} " in above and text != above.strip()
