"""Printed pages: a series of numbers that rises by one a page, and something else that says that they are pages.

Form feeds, running heads or the contents list confirm a series; so does a number that stands in the middle of a
sentence or after the last word. Numbers that nothing confirms (steps, a chart, a list) stay text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ....language.characters import CLOSING_MARKS, SENTENCE_END, bare, han_count
from ....model import SourceLine
from .contents import Contents
from .heads import RunningHeads
from .lines import bare_number, body, is_prose, page_number, width

LEAST_SERIES = 3
EDGE = 3
"""Lines from a page's first or last one within which its number stands."""


@dataclass(frozen=True, slots=True)
class PrintedPages:
    pages: Mapping[int, int]
    """Line -> its printed page."""
    numbers: frozenset[int]
    """Lines that hold a page's number and nothing else."""


def find_pages(texts: Sequence[SourceLine], contents: Contents, heads: RunningHeads) -> PrintedPages:
    taken = contents.lines | heads.rules.keys()
    numbers = {line.number: bare_number(body(line)) for line in texts if line.number not in taken}
    known = {n: v for n, v in numbers.items() if v is not None}
    if any(line.page_break for line in texts):
        starts = sorted({texts[0].number, *(line.number for line in texts if line.page_break)})
        edges = _edge_lines(texts, heads)
        known = {n: v for n, v in known.items() if n in edges}
        return _opened(texts, starts, contents, known, heads, paged=True)
    if heads.starts and not heads.at_foot:
        found = _opened(texts, heads.starts, contents, known, heads, paged=False)
        return found if found.pages else _attached(texts, known, heads)
    return _by_feet(texts, contents, heads)


# --- pages with an opening -----------------------------------------------------------------------------------------


def _opened(
    texts: Sequence[SourceLine],
    starts: Sequence[int],
    contents: Contents,
    numbers: Mapping[int, int],
    heads: RunningHeads,
    *,
    paged: bool,
) -> PrintedPages:
    """Pages counted from their openings, set right by every title and number that agrees."""
    offsets = _offsets(texts, starts, contents, {**numbers, **heads.own_numbers}, heads)
    counts = Counter(offsets.values())
    common, agreeing = counts.most_common(1)[0] if counts else (0, 0)
    if agreeing < min(2, len(starts)):
        return PrintedPages({}, frozenset())
    trusted = {index: offset for index, offset in offsets.items() if abs(offset - common) <= max(2, len(starts) // 20)}
    trusted = _rising(trusted, common)
    indices = sorted(trusted)
    pages: dict[int, int] = {}
    for line in texts:
        index = bisect_right(starts, line.number) - 1
        if index < 0:
            continue
        page = index + trusted[indices[max(0, bisect_right(indices, index) - 1)]]
        if page >= 1:
            pages[line.number] = page
    return PrintedPages(pages, _agreeing(texts, numbers, pages, starts, heads, paged))


def _rising(offsets: Mapping[int, int], common: int) -> dict[int, int]:
    """Without what would count pages down: of two neighbours the one farther from the common count goes."""
    kept: list[tuple[int, int]] = []
    for index, offset in sorted(offsets.items()):
        while kept and sum(kept[-1]) > index + offset and abs(kept[-1][1] - common) >= abs(offset - common):
            kept.pop()
        if not kept or sum(kept[-1]) <= index + offset:
            kept.append((index, offset))
    return dict(kept)


def _offsets(
    texts: Sequence[SourceLine],
    starts: Sequence[int],
    contents: Contents,
    numbers: Mapping[int, int],
    heads: RunningHeads,
) -> dict[int, int]:
    """Printed number minus index, for each page on which a contents title or a bare number tells it."""
    votes: dict[int, Counter[int]] = {}
    seen: set[str] = set()
    for line in texts:
        index = bisect_right(starts, line.number) - 1
        if index < 0 or line.number in contents.lines:
            continue
        key = bare(body(line))
        page = numbers.get(line.number)
        is_title = line.number not in heads.rules and key not in seen
        if page is None and is_title and (page := contents.page_of(body(line))) is not None:
            seen.add(key)
        if page is not None:
            votes.setdefault(index, Counter())[page - index] += 1
    everywhere = Counter(offset for counter in votes.values() for offset in counter)
    return {
        index: max(counter, key=lambda offset: (everywhere[offset], counter[offset]))
        for index, counter in votes.items()
    }


def _agreeing(
    texts: Sequence[SourceLine],
    numbers: Mapping[int, int],
    pages: Mapping[int, int],
    starts: Sequence[int],
    heads: RunningHeads,
    paged: bool,
) -> frozenset[int]:
    """Numbers that are their page's (one off without form feeds: a head may stand before or after its foot).

    Where several numbers stand on one page, they count something, but for the one beside the page's end.
    """
    on_page: dict[int, set[int]] = {}
    for number, value in numbers.items():
        on_page.setdefault(bisect_right(starts, number) - 1, set()).add(value)
    beside = frozenset() if paged else _beside_heads(texts, heads)
    return frozenset(
        number
        for number, value in numbers.items()
        if number in pages
        and abs(pages[number] - value) <= (0 if paged else 1)
        and (paged or number in beside or len(on_page[bisect_right(starts, number) - 1]) == 1)
    )


def _edge_lines(texts: Sequence[SourceLine], heads: RunningHeads) -> frozenset[int]:
    """The first and last lines of each page, running heads aside."""
    pages: list[list[int]] = [[]]
    for line in texts:
        if line.page_break:
            pages.append([])
        if line.number not in heads.rules:
            pages[-1].append(line.number)
    return frozenset(number for page in pages for number in (*page[:EDGE], *page[-EDGE:]))


def _beside_heads(texts: Sequence[SourceLine], heads: RunningHeads) -> frozenset[int]:
    """Lines next to a running head or title of a chapter."""
    kept = [line.number in heads.rules or line.number in heads.opened for line in texts]
    last = len(texts) - 1
    return frozenset(line.number for i, line in enumerate(texts) if kept[max(0, i - 1)] or kept[min(last, i + 1)])


# --- pages with a foot ---------------------------------------------------------------------------------------------


def _attached(texts: Sequence[SourceLine], numbers: Mapping[int, int], heads: RunningHeads) -> PrintedPages:
    """Numbers beside running heads that rise: pages' numbers, though nothing tells which page is whose."""
    beside = _beside_heads(texts, heads)
    series = _series([(n, v) for n, v in numbers.items() if n in beside], texts)
    return PrintedPages({}, frozenset(n for n, _ in series) if len(series) >= 2 else frozenset())


def _by_feet(texts: Sequence[SourceLine], contents: Contents, heads: RunningHeads) -> PrintedPages:
    """Without page openings: bare numbers that go up by one, each the foot of its page, if anything confirms them."""
    candidates = [
        (line.number, number)
        for line in texts
        if line.number not in contents.lines
        and (number := heads.own_numbers.get(line.number, page_number(line))) is not None
    ]
    feet = _series(candidates, texts)
    if not _is_confirmed(feet, texts, contents, heads):
        return PrintedPages({}, frozenset())
    ends = [number for number, _ in feet]
    pages: dict[int, int] = {}
    if len(feet) >= LEAST_SERIES:
        for line in texts:
            i = bisect_right(ends, line.number - 1)
            pages[line.number] = feet[i][1] if i < len(feet) else feet[-1][1] + 1
    return PrintedPages(pages, frozenset(n for n in ends if n not in heads.rules))


def _series(candidates: Sequence[tuple[int, int]], texts: Sequence[SourceLine]) -> list[tuple[int, int]]:
    """The longest row of numbers that rises by one, or by two where a page has none, with text between."""
    between = _text_before(texts)
    best: dict[int, tuple[int, int]] = {}
    """Number -> length of the longest row that ends with it, index of its last member."""
    before: list[int | None] = []
    lengths: list[int] = []
    for k, (line, value) in enumerate(candidates):
        options = [
            best[v] for v in (value - 1, value - 2) if v in best and between[candidates[best[v][1]][0]] < between[line]
        ]
        length, previous = max(options, default=(0, -1))
        lengths.append(length + 1)
        before.append(previous if length else None)
        if value not in best or best[value][0] <= length + 1:
            best[value] = (length + 1, k)
    row: list[tuple[int, int]] = []
    place = max(range(len(lengths)), key=lambda k: lengths[k], default=None)
    while place is not None:
        row.append(candidates[place])
        place = before[place]
    return row[::-1]


def _text_before(texts: Sequence[SourceLine]) -> dict[int, int]:
    """How many lines that are no numbers stand before each line."""
    counts: dict[int, int] = {}
    count = 0
    for line in texts:
        counts[line.number] = count
        count += bare_number(body(line)) is None
    return counts


def _is_confirmed(
    feet: Sequence[tuple[int, int]], texts: Sequence[SourceLine], contents: Contents, heads: RunningHeads
) -> bool:
    if len(feet) < 2:
        return False
    numbers = {number for number, _ in feet}
    beside = len(numbers & (_beside_heads(texts, heads) | heads.own_numbers.keys()))
    if beside >= max(LEAST_SERIES, len(feet) // 2):
        return True
    return _contents_agree(feet, texts, contents) or _ends_pages(numbers, texts)


def _contents_agree(feet: Sequence[tuple[int, int]], texts: Sequence[SourceLine], contents: Contents) -> bool:
    """Titles stand on the pages that the contents list gives them: two at least, and no more elsewhere."""
    ends = [number for number, _ in feet]
    seen: set[str] = set()
    right = wrong = 0
    for line in texts:
        key, page = bare(body(line)), contents.page_of(body(line))
        if line.number in contents.lines or page is None or key in seen:
            continue
        seen.add(key)
        i = bisect_right(ends, line.number - 1)
        found = feet[i][1] if i < len(feet) else feet[-1][1] + 1
        right += found == page
        wrong += found != page
    return right >= 2 and right > wrong


def _ends_pages(numbers: set[int], texts: Sequence[SourceLine]) -> bool:
    """A number of the series breaks a sentence in two, or stands after the last word of the source."""
    if texts[-1].number in numbers:
        return True
    return any(
        here.number in numbers and _goes_on(body(before), body(after))
        for before, here, after in zip(texts, texts[1:], texts[2:], strict=False)
    )


def _goes_on(before: str, after: str) -> bool:
    stops = before.rstrip(CLOSING_MARKS)[-1:] in tuple(SENTENCE_END + "：:")
    if stops or width(before) < 40 or before.startswith(("#", "|")) or not after:
        return False
    return after[0].islower() or (han_count(after[:1]) > 0 and before[-1:] in tuple("，、,") and is_prose(after))
