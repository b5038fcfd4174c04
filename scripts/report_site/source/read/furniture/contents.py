"""The contents list: titles with their pages, in whatever order and dress an extractor left them.

The list is read as a row of titles, numbers and entries (a title with its number) up to the first thing that can't
belong to it: a sentence, a number that goes down or beyond the last page, a title for the second time, a new page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from ....language.characters import CONTENTS_TITLES, bare
from ....language.patterns import LONG_LEADERS
from ....model import SourceLine
from .lines import bare_number, body, ends_sentence, is_listed, is_prose, is_row, is_year, title_key, unlisted, width

_ENTRY = re.compile(
    r"^(?P<title>(?:.*[^\s.…·⋯_\-–—])?[^\W\d_](?:.*[^\s.…·⋯_\-–—])?)(?P<gap>[\s.…·⋯_\-–—]+)(?P<page>\d{1,4})$"
)
_LEADING = re.compile(r"^(?P<page>\d{1,3})[\s.…·⋯_|\-–—]+(?P<title>[^\d\s.%].*)$")
_LEADERS = re.compile(r"[.…·⋯_]\s?[.…·⋯_]\s?[.…·⋯_]|…|⋯")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_RULE = re.compile(r"^[\s:|-]*$")
MOST_LISTS = 20
"""Lines that may be a contents list's title; the first that heads one counts."""
MOST_OPENINGS = 3
"""How often a title of the list that has no number may stand in the text; what stands there more often is a head."""
MOST_LOST = 400
LARGEST_SHARE = 0.35
"""Of the source's characters that titles printed nowhere else may hold."""
MOST_LOOSE = 12
"""Lines in a row that are no entry: then the list has ended."""
LONGEST_ENTRY = 160


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    title: str
    page: int | None
    """None: the list names no page."""
    nested: bool
    """A bullet or indentation set the entry below the one before it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents list: its lines (never published) and what it says."""

    lines: frozenset[int] = frozenset()
    entries: tuple[ContentsEntry, ...] = ()
    _pages: Mapping[str, int | None] = field(init=False, repr=False, compare=False)
    titles: frozenset[str] = field(init=False, repr=False, compare=False)
    """`title_key` of each entry."""

    def __post_init__(self) -> None:
        pages: dict[str, int | None] = {}
        for entry in self.entries:
            pages.setdefault(bare(entry.title), entry.page)
        for entry in self.entries:
            pages.setdefault(title_key(entry.title), entry.page)
        object.__setattr__(self, "_pages", pages)
        object.__setattr__(self, "titles", frozenset(title_key(entry.title) for entry in self.entries))

    def page_of(self, title: str) -> int | None:
        key = bare(title)
        return self._pages[key] if key in self._pages else self._pages.get(title_key(title))


@dataclass(frozen=True, slots=True)
class _Item:
    """What one line or cell of the list holds: a title, a number, or both."""

    index: int
    title: str = ""
    page: int | None = None
    depth: int = 0
    """How far a bullet and blanks set it in."""
    dotted: bool = False
    """Leaders, or a column of numbers, tie the number to its title."""
    own: int = 0
    """1: the line holds the title alone, so that it counts among the lines of that title."""

    @property
    def kind(self) -> str:
        return ("entry" if self.page is not None else "title") if self.title else "number"


def find_contents(texts: Sequence[SourceLine]) -> Contents:
    """The contents list of `texts` (no blank lines): the one below its title, else a run of dotted entries."""
    counts = Counter(key for line in texts for key in _keys(line))
    last_page = _last_page(texts)
    starts = [i for i, line in enumerate(texts) if _is_contents_title(line)][:MOST_LISTS]
    for start in starts:
        if contents := _read(texts, start, start + 1, counts, last_page):
            return contents
    dotted = _dotted_start(texts) if not starts else None
    return (dotted is not None and _read(texts, dotted, dotted, counts, last_page)) or Contents()


def _keys(line: SourceLine) -> Iterator[str]:
    if not is_row(line) and len(line.text) <= LONGEST_ENTRY:
        yield title_key(unlisted(body(line)))


def _is_contents_title(line: SourceLine) -> bool:
    text = line.text.strip()
    if len(text) > 60:
        return False
    cells = [cell for cell in text.strip("|").split("|") if cell.strip()] if is_row(line) else [body(line)]
    return len(cells) == 1 and bare(re.sub(r"^#+\s*", "", cells[0].strip())) in CONTENTS_TITLES


def _last_page(texts: Sequence[SourceLine]) -> int:
    """Beyond it no number is a page: some pages have no number, and some files are one part of a report."""
    pages = sum(line.page_break for line in texts)
    return 3 * pages + 60 if pages > 2 else 999


def _dotted_start(texts: Sequence[SourceLine]) -> int | None:
    """Where four entries with leaders follow each other: a list without a title."""
    run = 0
    for i, line in enumerate(texts[: len(texts) // 2 + 8]):
        items = _items(line, i)
        run = run + 1 if items and all(item.dotted and item.page is not None for item in items) else 0
        if run == 4:
            return i - 3
    return None


# --- reading -------------------------------------------------------------------------------------------------------


def _read(
    texts: Sequence[SourceLine], start: int, first: int, counts: Mapping[str, int], last_page: int
) -> Contents | None:
    collected, ended = _collect(texts, first, counts, last_page)
    items = _trimmed(_paired(collected), counts, ended)
    entries: dict[str, ContentsEntry] = {}
    outer = min((item.depth for item in items if item.title), default=0)
    leaders = sum(item.dotted for item in items) * 2 > len(items)
    for item in _led(items):
        again = counts.get(title_key(item.title), 0) - item.own
        # Among entries with leaders, a line without them that stands on page after page is the list's own foot.
        foot = leaders and not item.dotted and again > MOST_OPENINGS
        told = (item.page is not None and not foot) or 1 <= again <= MOST_OPENINGS
        if item.title and told:
            entries.setdefault(bare(item.title), ContentsEntry(item.title, item.page, item.depth > outer))
    if len(entries) < 2 or _swallows(items, texts, counts):
        return None
    end = max(item.index for item in items)
    return Contents(frozenset(line.number for line in texts[start : end + 1]), tuple(entries.values()))


def _swallows(items: Sequence[_Item], texts: Sequence[SourceLine], counts: Mapping[str, int]) -> bool:
    """More of the source than a list can be, printed nowhere else: these lines are the text."""
    lost = sum(len(item.title) for item in items if not _stands_again(item, counts))
    return lost > MOST_LOST and lost > LARGEST_SHARE * sum(len(line.text) for line in texts)


def _led(items: Sequence[_Item]) -> list[_Item]:
    """Numbers before the titles are pages, unless they count 1, 2, 3 and so are part of the titles."""
    led = [(item, match) for item in items if (match := _LEADING.match(item.title))]
    numbers = [int(match["page"]) for _, match in led]
    counted = all(b == a + 1 for a, b in pairwise(numbers))
    if any(item.page is not None for item in items) or len(led) < max(3, 0.8 * len(items)):
        return list(items)
    if counted or any(b < a for a, b in pairwise(numbers)):
        return list(items)
    return [replace(item, title=match["title"], page=int(match["page"])) for item, match in led]


def _stands_again(item: _Item, counts: Mapping[str, int]) -> bool:
    """The title is a line of its own somewhere else."""
    return counts.get(title_key(item.title), 0) > item.own


def _collect(
    texts: Sequence[SourceLine], first: int, counts: Mapping[str, int], last_page: int
) -> tuple[list[_Item], bool]:
    """The items from line `first` to the end of the list; whether a title of the list ended it, or a new page."""
    heads = _numbered_heads(texts)
    found: list[_Item] = []
    seen: set[str] = set()
    highest = loose = wrapped = 0
    for i in range(first, len(texts)):
        if i == wrapped:
            continue
        items = _items(texts[i], i)
        if items is None and (items := _wrapped(texts, i, highest)) is not None:
            wrapped = i + 1
        if texts[i].page_break and len(found) > 2 and not _goes_on(items or [], highest):
            return found, True
        if items is None:
            break
        if any(item.kind == "title" and bare(item.title) in heads for item in items):
            continue
        if len(seen) > 1 and any(item.kind == "title" and title_key(item.title) in seen for item in items):
            return found, True
        across = sum(item.page is not None for item in items) > 1
        if any(_ends(item, found, counts, 0 if across else highest, last_page, across) for item in items):
            break
        for item in items:
            seen.update([title_key(item.title)] if item.title else [])
            highest = max(highest, item.page or 0)
            anchored = item.page is not None or _stands_again(item, counts)
            loose = 0 if anchored else loose + 1
        found += items
        if loose > MOST_LOOSE:
            break
    return found, False


def _goes_on(items: Sequence[_Item], highest: int) -> bool:
    """A list that runs over to the next page goes on with an entry."""
    return bool(items) and all(item.kind == "entry" and (item.page or 0) >= highest for item in items)


def _ends(
    item: _Item, found: Sequence[_Item], counts: Mapping[str, int], highest: int, last_page: int, across: bool
) -> bool:
    """A number that can't be the next page of the list; `across`: the line holds several entries, column by column."""
    if item.page is None:
        return False
    if item.page > last_page:
        return True
    if item.kind == "entry":
        return item.page < highest and not item.dotted and not _stands_again(item, counts)
    before = found[-1] if found else None
    if before is None or across:
        return False
    if before.kind == "number":
        return item.page < (before.page or 0)
    return item.page < highest and not _stands_again(before, counts)


def _items(line: SourceLine, index: int) -> list[_Item] | None:
    """What the line holds; None where no contents list holds it."""
    text = LONG_LEADERS.sub("..... ", line.text)
    if len(text) > 4 * LONGEST_ENTRY:
        return None
    if not is_row(line):
        item = _item(unlisted(body(line)), index, _depth(line), own=1)
        return None if item is None else [item]
    if _RULE.match(line.text):
        return []
    cells = [cell.strip() for cell in line.text.strip().strip("|").split("|")]
    items = [_item(unlisted(cell), index, int(is_listed(cell)), own=0) for cell in cells if cell]
    known = [item for item in items if item is not None]
    return known if len(known) == len(items) else None


def _wrapped(texts: Sequence[SourceLine], i: int, highest: int) -> list[_Item] | None:
    """An entry that two lines hold: the title's first half, ended by a comma, and the rest with the number."""
    following = texts[i + 1] if i + 1 < len(texts) else None
    first = unlisted(body(texts[i]))
    if following is None or is_row(texts[i]) or following.page_break or ends_sentence(first):
        return None
    item = _item(f"{first} {body(following)}", i + 1, _depth(texts[i]), own=0)
    return [item] if item is not None and item.kind == "entry" and (item.page or 0) >= highest else None


def _depth(line: SourceLine) -> int:
    raw = line.raw.strip("\f")
    return len(raw) - len(raw.lstrip()) + is_listed(body(line))


def _item(text: str, index: int, depth: int, own: int) -> _Item | None:
    text = LONG_LEADERS.sub("..... ", text)
    if len(text) > LONGEST_ENTRY:
        return None
    text = _LINK.sub(r"\1", text)
    number = bare_number(text)
    if number is not None:
        return None if is_year(number) else _Item(index, page=number)
    if (match := _ENTRY.match(text)) and not is_year(int(match["page"])):
        dotted = bool(_LEADERS.search(match["gap"]))
        if match["gap"].strip(" -–—") or match["gap"][-1].isspace():
            title = match["title"].strip()
            return None if is_prose(title) and not dotted else _Item(index, title, int(match["page"]), depth, dotted)
    title = re.sub(r"[\s.…·⋯_]+$", "", text) if _LEADERS.search(text) else text
    if is_prose(title) or not any(char.isalpha() for char in title) or width(title) > 120:
        return None
    return _Item(index, title, None, depth, own=own)


def _numbered_heads(texts: Sequence[SourceLine]) -> frozenset[str]:
    """Running heads with a page number below look like entries, but the number counts on."""
    numbers: dict[str, set[int]] = {}
    for line, following in pairwise(texts):
        if (number := bare_number(body(following))) is not None:
            numbers.setdefault(bare(body(line)), set()).add(number)
    return frozenset(key for key, found in numbers.items() if any({n + 1, n + 2} <= found for n in found))


# --- titles and numbers to entries ---------------------------------------------------------------------------------


def _paired(items: Sequence[_Item]) -> list[_Item]:
    """Each title with its number: the next, the one before, or the one at its place in a column of numbers."""
    runs = [(kind, list(group)) for kind, group in groupby(items, key=lambda item: item.kind)]
    number_first = _number_first(runs)
    result: list[_Item] = []
    i = 0
    while i < len(runs):
        kind, run = runs[i]
        following = runs[i + 1] if i + 1 < len(runs) else ("", [])
        if kind == "title" and following[0] == "number" and len(runs) == 2 and len(following[1]) == 1 < len(run) - 1:
            return run  # One number below many titles is the page's own.
        if kind == "title" and following[0] == "number" and not number_first:
            result += _joined(run[-len(following[1]) :], following[1], run[: -len(following[1])])
            i += 2
        elif kind == "number" and following[0] == "title" and number_first:
            result += _joined(following[1][: len(run)], run, []) + following[1][len(run) :]
            i += 2
        else:
            result += run if kind != "number" else []
            i += 1
    return sorted(result, key=lambda item: item.index) if number_first else result


def _joined(titles: Sequence[_Item], numbers: Sequence[_Item], loose: Sequence[_Item]) -> list[_Item]:
    pairs = [
        replace(title, index=max(title.index, number.index), page=number.page, dotted=title.dotted or len(numbers) > 1)
        for title, number in zip(titles, numbers, strict=False)
    ]
    return [*loose, *pairs]


def _number_first(runs: Sequence[tuple[str, Sequence[_Item]]]) -> bool:
    """The list begins with a number and ends with a title: each number stands before its title."""
    kinds = [kind for kind, _ in runs if kind != "entry"]
    return len(kinds) > 1 and kinds[0] == "number" and kinds[-1] == "title"


def _trimmed(items: Sequence[_Item], counts: Mapping[str, int], ended: bool) -> list[_Item]:
    """Without the end that nothing shows to be of the list; `ended`: what follows it shows where it ends."""
    kept = list(items)
    entries = [item for item in items if item.page is not None]
    echoed = sum(_stands_again(item, counts) for item in entries)
    strict = not ended and echoed >= 0.6 * len(entries)
    while kept and not _is_sure(kept[-1], counts, strict, len(entries) > 1):
        kept.pop()
    return kept


def _is_sure(item: _Item, counts: Mapping[str, int], strict: bool, paged: bool) -> bool:
    if item.page is not None and (item.dotted or not strict):
        return True
    return _stands_again(item, counts) and (item.page is not None or not paged)
