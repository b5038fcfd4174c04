"""Which repeated lines are running heads: repetition alone is no proof, a place or a number that counts on is.

What repeats on purpose (a unit over each table, a slogan, a list's items, a method's heading in each chapter) stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from ....language.characters import CAPTION_MARK, bare, han_count
from ....language.patterns import (
    LABEL_WORD,
    LABELLED,
    PAGE_WORD,
    QUANTITY_TOKEN,
    REMARK,
    REPORT_TITLE,
    REPORT_WORD,
    TABLE_TITLE,
    UNIT_NOTE,
    YEAR,
)
from ....model import SourceLine
from .contents import Contents
from .lines import LONGEST_LINE, body, heading_mark, is_listed, is_prose, is_row, own_number, page_number

_PARTS = re.compile(r"\s*[|｜·•]\s*|\s+[—–/-]\s+")
_BARRED = re.compile(r"^\d{1,4}\s*[|｜]|[|｜]\s*\d{1,4}$")
"""A number that a stroke parts from the words beside it."""
LEAST_REPEATS = 3
MOSTLY = 0.8
LEAST_COUNTED = 8
"""Numbers 1, 2, 3 … behind equal words count things of the text, unless they count this far."""
LEAST_BAR = 3
"""Titles of a bar of navigation."""
LEAST_PAGES = 6
"""Pages that a watermark stands on."""
DENSE = 1.2
"""Lines of the source for each that isn't blank, up to which no blank line parts paragraphs."""
MOST_EMPTY = 0.2
COVER = 6
"""Lines of a cover, from the first, that may hold the publisher's name."""
REACH = 3
"""Lines between a head and the number of its page."""


@dataclass(frozen=True, slots=True)
class Atoms:
    """Keys of running heads: lines that are one whole, and lines that are one beside a page's number."""

    plain: frozenset[str]
    numbered: frozenset[str]
    segments: frozenset[str]
    """Names of the report that are one part of a line."""


@dataclass(frozen=True, slots=True)
class View:
    """The lines (no blank ones) as running heads are looked for in them."""

    texts: Sequence[SourceLine]
    contents: Contents
    keys: tuple[str, ...]
    numbers: tuple[int | None, ...]
    """A number alone in its line."""
    own: tuple[tuple[str, int] | None, ...]
    """A line's key without the number before or behind it, and the number."""
    front: frozenset[str]
    """Keys of the lines before the contents list."""

    @classmethod
    def of(cls, texts: Sequence[SourceLine], contents: Contents) -> View:
        keys = tuple(bare(body(line)) if len(line.text) <= 4 * LONGEST_LINE else "" for line in texts)
        first = min(contents.lines, default=0)
        return cls(
            texts,
            contents,
            keys,
            tuple(page_number(line) for line in texts),
            tuple(_own(line) for line in texts),
            frozenset(key for key, line in zip(keys, texts, strict=True) if line.number < first),
        )

    def may_repeat(self, i: int) -> bool:
        line = self.texts[i]
        return (
            bool(self.keys[i])
            and self.numbers[i] is None
            and line.number not in self.contents.lines
            and may_repeat(line)
        )


def _own(line: SourceLine) -> tuple[str, int] | None:
    found = None if is_row(line) or is_prose(line.text) else own_number(body(line))
    return (bare(found[0]), found[1]) if found else None


def may_repeat(line: SourceLine) -> bool:
    """No row, item, unit, source or caption, and no sentence: these repeat on purpose."""
    return not is_row(line) and not is_listed(line.text) and _may_repeat(body(line))


@lru_cache(maxsize=1 << 14)
def _may_repeat(text: str) -> bool:
    if len(text) > LONGEST_LINE or is_prose(text):
        return False
    heads_columns = len(YEAR.findall(text)) > 1 and not REPORT_WORD.search(text)
    counted = LABELLED.match(text) or (LABEL_WORD.match(text) and text[-1:].isdigit())
    if counted or all(QUANTITY_TOKEN.match(token) for token in text.split()):
        return False
    on_purpose = UNIT_NOTE.match(text) or REMARK.match(text) or CAPTION_MARK.match(text) or TABLE_TITLE.match(text)
    return not heads_columns and not on_purpose and any(char.isalpha() for char in text)


def is_long(key: str) -> bool:
    return han_count(key) >= 6 or (not han_count(key) and len(key) >= 12)


def find_atoms(view: View) -> Atoms:
    counts = Counter(view.keys[i] for i in range(len(view.keys)) if view.may_repeat(i))
    repeated = {key for key, n in counts.items() if n >= LEAST_REPEATS}
    numbered = frozenset(_numbered(view, repeated))
    named = _report_titles(view) | _again(view) | {bare(entry.title) for entry in view.contents.entries}
    sure = {key for key in repeated & named if is_long(key)}
    sure |= set(_on_each_page(view, repeated))
    sure |= set(_after_blanks(view, repeated, counts))
    sure |= set(_at_edges(view, repeated, counts)) | set(_counted_on(view, repeated)) | (numbered & repeated)
    beside = _neighbours(view, repeated, sure | numbered)
    atoms = sure | {key for key in repeated if _is_beside(key, beside[key], counts[key])}
    known = atoms | {bare(entry.title) for entry in view.contents.entries}
    parts = frozenset(_report_segments(view))
    return Atoms(frozenset(key for key in atoms if not joined(key, known - {key})) | parts, numbered, parts)


def segments(line: SourceLine) -> list[str]:
    """The parts of a line that strokes part; none for a sentence, a row or an item."""
    if not may_repeat(line):
        return []
    return [part for part in _PARTS.split(body(line)) if part.strip()]


def _report_segments(view: View) -> Iterator[str]:
    """The report's name beside a chapter's or a page, in three lines or more."""
    counts: Counter[str] = Counter()
    for line in view.texts:
        if line.number not in view.contents.lines and len(parts := segments(line)) > 1:
            counts.update({bare(part) for part in parts if REPORT_TITLE.search(part)})
    yield from (key for key, count in counts.items() if count >= LEAST_REPEATS and is_long(key))


def _again(view: View) -> Set[str]:
    """Lines of the cover that stand again and again behind the contents list: a slogan on the cover alone is none."""
    first = min(view.contents.lines, default=0)
    counts = Counter(key for key, line in zip(view.keys, view.texts, strict=True) if line.number > first)
    return {key for key in view.front if counts[key] >= LEAST_REPEATS}


def _report_titles(view: View) -> Set[str]:
    return {key for key, line in zip(view.keys, view.texts, strict=True) if key and is_report_name(line)}


def is_report_name(line: SourceLine) -> bool:
    return len(line.text) <= LONGEST_LINE and bool(REPORT_TITLE.search(body(line)))


def _is_beside(key: str, beside: int, count: int) -> bool:
    return beside >= LEAST_REPEATS if is_long(key) else beside >= max(LEAST_REPEATS + 1, MOSTLY * count)


def _neighbours(view: View, repeated: Set[str], sure: Set[str]) -> Counter[str]:
    """How often each repeated line stands next to a sure head, page numbers between them aside."""
    beside: Counter[str] = Counter()
    lines = [i for i, number in enumerate(view.numbers) if number is None]
    is_sure = [view.keys[i] in sure or _key_of(view, i) in sure for i in lines]
    for place, i in enumerate(lines):
        around = is_sure[max(0, place - 1) : place] + is_sure[place + 1 : place + 2]
        if view.keys[i] in repeated and any(around):
            beside[view.keys[i]] += 1
    return beside


def _key_of(view: View, i: int) -> str:
    own = view.own[i]
    return own[0] if own else view.keys[i]


# --- edges of pages ------------------------------------------------------------------------------------------------


def _at_edges(view: View, repeated: Set[str], counts: Mapping[str, int]) -> Iterator[str]:
    """In a source with form feeds a head stands at the edge of its page nearly each time; a short one outermost."""
    edges, outermost = _edge_keys(view), _outermost_keys(view)
    for key in repeated:
        found = edges[key] if is_long(key) else outermost[key]
        if found >= max(LEAST_REPEATS, MOSTLY * counts[key]):
            yield key


def _after_blanks(view: View, repeated: Set[str], counts: Mapping[str, int]) -> Iterator[str]:
    """Where hardly a line is blank, blank lines part pages: a line that opens nearly all that follow is their head."""
    lines = view.texts
    if any(line.page_break for line in lines) or not lines or lines[-1].number - lines[0].number >= DENSE * len(lines):
        return
    opening = [0, *(i for i in range(1, len(lines)) if lines[i].number > lines[i - 1].number + 1)]
    found = Counter(view.keys[i] for i in opening)
    for key in repeated:
        if found[key] == counts[key] >= max(LEAST_REPEATS, MOSTLY * (len(opening) - 1)):
            yield key


def _on_each_page(view: View, repeated: Set[str]) -> Iterator[str]:
    """A watermark: no heading, once on nearly each page, wherever it stands there."""
    pages = 1 + sum(line.page_break for line in view.texts)
    counts = Counter(
        key for key, line in zip(view.keys, view.texts, strict=True) if key in repeated and not heading_mark(line)
    )
    if pages >= LEAST_PAGES:
        yield from (key for key, count in counts.items() if MOSTLY * pages <= count <= pages)


def _pages(view: View) -> list[list[str]]:
    """The keys of each page's lines, numbers aside; none without form feeds."""
    pages: list[list[str]] = [[]]
    for i, line in enumerate(view.texts):
        if line.page_break:
            pages.append([])
        if view.numbers[i] is None:
            pages[-1].append(_key_of(view, i))
    return pages if len(pages) > 1 else []


def _edge_keys(view: View) -> Counter[str]:
    """How often each line is among the two first or last lines of a page."""
    return Counter(key for page in _pages(view) for key in {*page[:2], *page[-2:]})


def _outermost_keys(view: View) -> Counter[str]:
    """How often each line is the first of a page, or the last of one with text between."""
    pages = [page for page in _pages(view) if len(page) > 1]
    return Counter(key for page in pages for key in {page[0], *(page[-1:] if len(page) > LEAST_REPEATS else [])})


# --- bars of navigation --------------------------------------------------------------------------------------------


def navigation_bars(view: View) -> Iterator[int]:
    """Numbers of lines: short ones that follow each other in the same order on page after page, at the page's edge.

    A form feed or a number alone in its line shows the edge; a choice that is asked again and again stands amid text.
    """
    counts = Counter(key for i, key in enumerate(view.keys) if view.may_repeat(i) and not is_long(key))
    runs: defaultdict[tuple[str, ...], list[range]] = defaultdict(list)
    start = 0
    for i in range(len(view.keys) + 1):
        inside = i < len(view.keys) and view.may_repeat(i) and not heading_mark(view.texts[i])
        if inside and counts[view.keys[i]] >= LEAST_REPEATS and not (view.texts[i].page_break and i > start):
            continue
        if i - start >= LEAST_BAR:
            runs[view.keys[start:i]].append(range(start, i))
        start = i if inside and counts[view.keys[i]] >= LEAST_REPEATS else i + 1
    for places in runs.values():
        at_edge = sum(is_at_edge(view, run) for run in places)
        if len(places) >= LEAST_REPEATS and at_edge >= max(LEAST_REPEATS - 1, MOSTLY * (len(places) - 1)):
            yield from (view.texts[i].number for run in places for i in run)


def is_at_edge(view: View, run: range) -> bool:
    """Beside a page's end, or between one page's number and the next text."""
    after = run.stop < len(view.texts) and (view.texts[run.stop].page_break or view.numbers[run.stop] is not None)
    return view.texts[run.start].page_break or after or (run.start > 0 and view.numbers[run.start - 1] is not None)


# --- numbers that count on -----------------------------------------------------------------------------------------


def _numbered(view: View, repeated: Set[str]) -> Iterator[str]:
    """Heads with the page's number in their line: equal words, numbers that rise from page to page."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, own in enumerate(view.own):
        if own is not None and view.may_repeat(i):
            found[own[0]].append((i, own[1]))
    edges, texts = _edge_keys(view), _texts_between(view, repeated)
    of_report = {
        number
        for places in found.values()
        if REPORT_WORD.search(body(view.texts[places[0][0]]))
        for _, number in places
    }
    for key, places in found.items():
        if len(places) >= LEAST_REPEATS and _rises(places, texts):
            text = body(view.texts[places[0][0]])
            named = bool(REPORT_WORD.search(text)) or key in view.front
            named = named or (key in view.keys[: places[0][0]] and view.keys.index(key) < COVER)
            counted = places[0][1] <= 1 and all(b[1] == a[1] + 1 for a, b in pairwise(places))
            # Left pages name the report, right ones the chapter: together their numbers count on.
            facing = all({number - 1, number + 1} & of_report and number not in of_report for _, number in places)
            told = (
                named or facing or PAGE_WORD.search(text) or _BARRED.search(text) or edges[key] >= MOSTLY * len(places)
            )
            enough = len(places) >= (LEAST_COUNTED if counted else LEAST_REPEATS + 2)
            if told or (is_long(key) and enough and not LABEL_WORD.match(text)):
                yield key


def _counted_on(view: View, repeated: Set[str]) -> Iterator[str]:
    """Heads with a number above or below them that rises from page to page; a short one right beside it each time."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(view.keys):
        if key in repeated and view.may_repeat(i):
            places[key].append(i)
            reach = REACH if is_long(key) else 0 if _beside_repeated(view, i, repeated) else 1
            if (number := _number_near(view, i, repeated, reach)) is not None:
                found[key].append((i, number))
    texts = _texts_between(view, repeated)
    for key, counted in found.items():
        if _are_enough(view, key, places[key], counted) and _rises(counted, texts):
            yield key


def _beside_repeated(view: View, i: int, repeated: Set[str]) -> bool:
    """Another line that repeats touches it, as in a bar of navigation."""
    return any(view.numbers[j] is None and view.keys[j] in repeated for j in (i - 1, i + 1) if 0 <= j < len(view.keys))


def _are_enough(view: View, key: str, places: Sequence[int], counted: Sequence[tuple[int, int]]) -> bool:
    """Above the source's first page stands no other's foot: its head counts where all others go on by one."""
    least = LEAST_REPEATS if counted[0][1] > 1 else 2 * LEAST_REPEATS
    by_one = len(counted) > 1 and all(b[1] == a[1] + 1 for a, b in pairwise(counted))
    told = len(counted) + (places[0] == 0 and counted[0][0] > 0 and by_one)
    if is_long(key):
        return told >= max(least, 0.6 * len(places))
    return by_one and told == len(places) >= least and not LABEL_WORD.match(body(view.texts[places[0]]))


def _number_near(view: View, i: int, repeated: Set[str], reach: int) -> int | None:
    """The next number, other repeated lines aside, but for what another page begins with."""
    for step in (1, -1):
        for distance in range(1, reach + 1):
            j = i + step * distance
            if not 0 <= j < len(view.keys) or view.texts[j if step > 0 else j + 1].page_break:
                break
            if view.numbers[j] is None and view.keys[j] not in repeated:
                break
            if (number := view.numbers[j]) is not None:
                return number
    return None


def _rises(places: Sequence[tuple[int, int]], between: Callable[[int, int], int]) -> bool:
    """Each number is larger than the one before, by a few pages, with text or a page's end between.

    Of many that go on by one, a few may stand for empty pages.
    """
    steps = [(between(a[0], b[0]), b[1] - a[1]) for a, b in pairwise(places)]
    by_one = all(pages == 1 for _, pages in steps)
    empty = sum(lines <= 0 for lines, _ in steps)
    if empty > (MOST_EMPTY * len(steps) if by_one else 0):
        return False
    return all(pages > 0 for _, pages in steps) and sum(p for _, p in steps) <= 4 * len(steps)


def _texts_between(view: View, repeated: Set[str]) -> Callable[[int, int], int]:
    """How many lines that are neither numbers nor repeated stand between two, and ends of pages, which may be empty."""
    told = (number is None and key not in repeated for number, key in zip(view.numbers, view.keys, strict=True))
    texts = list(accumulate(told, initial=0))
    ends = list(accumulate((line.page_break for line in view.texts), initial=0))
    return lambda a, b: texts[b] - texts[a + 1] + ends[b + 1] - ends[a + 1]


# --- heads run together --------------------------------------------------------------------------------------------


def joined(key: str, known: Set[str]) -> tuple[str, ...]:
    """`key` as two known heads run together in one line."""
    if len(key) > 2 * LONGEST_LINE:
        return ()
    for cut in range(6, len(key) - 5):
        head, rest = key[:cut], key[cut:]
        if head in known and rest in known and is_long(head) and is_long(rest):
            return (head, rest)
    return ()
