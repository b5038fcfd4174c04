"""Where the pages of the printed report begin in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..model import Section


def page_breaks(section: Section, last: int = 0) -> dict[str, int]:
    """Block id -> printed page that begins before it. `last`: the page begun already.

    What was moved away begins no page, unless nothing else of its page is left.
    """
    placed = [
        (block.id, block.printed_page)
        for part in section.walk()
        for block in (part.heading, *part.blocks)
        if block.printed_page is not None
    ]
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
