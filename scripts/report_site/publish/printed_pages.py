"""Where the pages of the printed report begin in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Footnotes, Section


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What is to be said of printed pages before which blocks, so that the last mark always names the block's own."""

    pages: Mapping[str, int] = field(default_factory=dict)
    """Block id -> printed page."""
    again: frozenset[str] = frozenset()
    """Blocks whose mark begins no page: what was moved away from its page, and the text that goes on behind it."""
    begun: int = 0
    """The last page that has begun."""
    shown: int = 0
    """The page that the last mark names."""


def page_marks(section: Section, before: PageMarks | None = None) -> PageMarks:
    """The marks of a section. `before`: those of what stands before it in the same document.

    What was moved away begins no page, unless nothing else of its page is left. Footnotes are gathered from pages
    that the text has passed; they take no mark.
    """
    before = before or PageMarks()
    placed = [
        (block.id, block.printed_page)
        for part in section.walk()
        for block in (part.heading, *part.blocks)
        if block.printed_page is not None and not isinstance(block, Footnotes)
    ]
    begins = _beginnings(placed, before.begun)
    pages: dict[str, int] = {}
    shown = before.shown
    for identity, page in placed:
        if page != shown:
            shown = pages[identity] = page
    return PageMarks(pages, frozenset(pages) - begins.keys(), max([before.begun, *begins.values()]), shown)


def _beginnings(placed: Sequence[tuple[str, int]], last: int) -> dict[str, int]:
    """Block id -> printed page that begins before it. `last`: the page begun already."""
    pages = [page for _, page in placed]
    run = in_order(pages)
    staying, run_pages = frozenset(run), [pages[i] for i in run]
    breaks: dict[str, int] = {}
    for i, (identity, page) in enumerate(placed):
        following = bisect_right(run_pages, last)
        suits = i in staying or following == len(run_pages) or page < run_pages[following]
        if page > last and suits:
            last = breaks[identity] = page
    return breaks


def in_order(pages: Sequence[int]) -> list[int]:
    """Places of the longest run of pages that never goes back: the few others were moved away from their page."""
    ends: list[int] = []
    """Of the runs of each length, the place where the one with the lowest last page ends."""
    lowest: list[int] = []
    before: list[int] = []
    for i, page in enumerate(pages):
        length = bisect_right(lowest, page)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1], lowest[length : length + 1] = [i], [page]
    found: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
