"""What a designed page carries beside its text: contents list, running heads, page numbers, cover.

Found by what repeats and by what the contents list says, never by one report's wording. Running heads open printed
pages, so they (or form feeds) also tell every line's printed page; contents list and stray numbers calibrate the count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from ..language.characters import CONTENTS_TITLES, SENTENCE_END, bare, han_count
from ..language.patterns import PAGE_NUMBER, REPORT_WORD
from ..model import SourceLine

_HEADING_MARK = re.compile(r"^(#{1,6})\s+")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]\s+|[•●○▪■·]\s*)")
_ENTRY = re.compile(
    r"^(?=.*[^\W\d_])(?P<title>.*?\S)[\s.…·⋯_\-–—]*\s(?P<page>\d{1,4})$|^(?P<title2>.*?[^\s.…·⋯\d])\s*[.…·⋯_]{3,}\s*(?P<page2>\d{1,4})$"
)
LEAST_REPEATS = 3
MANY_REPEATS = 8


def body(line: SourceLine) -> str:
    """The line's text without heading mark."""
    return _HEADING_MARK.sub("", line.text.strip())


def heading_mark(line: SourceLine) -> int:
    """How many `#` mark the line as a heading; 0 for none."""
    match = _HEADING_MARK.match(line.text.strip())
    return len(match[1]) if match else 0


def bare_number(text: str) -> int | None:
    match = PAGE_NUMBER.match(text.strip())
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    title: str
    page: int
    nested: bool
    """A bullet or indentation set the entry below the one before it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents list: its lines (never published) and what it says."""

    lines: frozenset[int] = frozenset()
    entries: tuple[ContentsEntry, ...] = ()

    def page_of(self, title: str) -> int | None:
        key = bare(title)
        return next((entry.page for entry in self.entries if bare(entry.title) == key), None)


@dataclass(frozen=True, slots=True)
class Furniture:
    """All furniture of a source: which rule took which line, and what was learnt from it."""

    rules: Mapping[int, str]
    contents: Contents
    printed_pages: Mapping[int, int]
    titles: Mapping[str, str] = field(default_factory=dict)
    """Other-language titles harvested from bilingual running heads, by `bare` source title."""
    chapters: tuple[str, ...] = ()
    """Running heads that name chapters, in order of appearance."""
    report_titles: tuple[str, ...] = ()
    """Running heads or cover lines that name the whole report."""
    opened_titles: frozenset[int] = frozenset()
    """Lines spelt like a running head that are the chapter's title."""


def find_furniture(lines: Sequence[SourceLine]) -> Furniture:
    """Contents, running heads, page numbers and cover of `lines`."""
    texts = [line for line in lines if not line.blank]
    contents = find_contents(texts)
    heads = _RunningHeads(texts, contents)
    rules = dict.fromkeys(contents.lines, "contents-list") | heads.rules
    starts = _page_starts(texts, heads)
    numbers = _page_number_lines(texts, rules, starts)
    cover = _cover_lines(texts, contents, rules, heads)
    printed = _printed_pages(
        texts,
        starts,
        contents,
        {n: v for n, v in numbers.items() if n not in contents.lines},
        heads,
    )
    confirmed = _confirmed_numbers(numbers, printed, bool(starts))
    rules |= {number: "page-number" for number in confirmed if number not in rules}
    rules |= {number: "cover" for number in cover if number not in rules or rules[number] == "page-number"}
    return Furniture(
        rules=rules,
        contents=contents,
        printed_pages=printed,
        titles=heads.titles,
        chapters=heads.chapters,
        report_titles=heads.report_titles,
        opened_titles=frozenset(heads.opened),
    )


# --- contents list -------------------------------------------------------------------------------------------------


def find_contents(texts: Sequence[SourceLine]) -> Contents:
    """The contents list below its title: titles with page numbers, on the same line or on the next."""
    start = next((i for i, line in enumerate(texts) if _is_contents_title(line)), None)
    if start is None:
        return Contents()
    entries: list[ContentsEntry] = []
    seen: set[str] = set()
    last_entry = start
    numbered = _numbered_heads(texts)
    i = start + 1
    while i < len(texts):
        entry, used = _entry_at(texts, i, numbered)
        key = bare(entry.title if entry else body(texts[i]))
        if entry is None and key in seen and entries:
            break
        if entry is None and i - last_entry > 12:
            break
        if entry is not None:
            if key not in seen:
                entries.append(entry)
                seen.add(key)
            last_entry = i + used - 1
        i += used
    if len(entries) < 2:
        return Contents()
    return Contents(frozenset(line.number for line in texts[start : last_entry + 1]), tuple(entries))


def _is_contents_title(line: SourceLine) -> bool:
    return body(line).strip().casefold() in CONTENTS_TITLES


def _numbered_heads(texts: Sequence[SourceLine]) -> frozenset[str]:
    """Running heads with a page number below look like entries, but the number counts on; amid entries they are one."""
    numbers: dict[str, set[int]] = {}
    for line, following in pairwise(texts):
        if (number := bare_number(body(following))) is not None:
            numbers.setdefault(bare(body(line)), set()).add(number)
    return frozenset(key for key, found in numbers.items() if any({n + 1, n + 2} <= found for n in found))


def _entry_at(
    texts: Sequence[SourceLine], i: int, numbered: frozenset[str] = frozenset()
) -> tuple[ContentsEntry | None, int]:
    """The entry that starts at line `i` and how many lines it takes."""
    text = body(texts[i])
    nested = bool(_LIST_MARK.match(text)) or texts[i].raw.strip("\f")[:1].isspace()
    title = _LIST_MARK.sub("", text).strip()
    if bare_number(title) is not None or title.startswith("|"):
        return None, 1
    if match := _ENTRY.match(title):
        name, page = match["title"] or match["title2"], match["page"] or match["page2"]
        if not (18 < int(page) // 100 < 21):
            return ContentsEntry(name.strip(" .…·⋯_-–—"), int(page), nested), 1
    following = bare_number(body(texts[i + 1])) if i + 1 < len(texts) else None
    if following is not None and title[-1:] not in SENTENCE_END:
        amid_entries = i + 2 < len(texts) and _entry_at(texts, i + 2, numbered)[0] is not None
        if bare(title) not in numbered or amid_entries:
            return ContentsEntry(title, following, nested), 2
    return None, 1


# --- running heads -------------------------------------------------------------------------------------------------


class _RunningHeads:
    """Running heads of a source: atoms (one language, one spelling) and the groups that they form on the page."""

    def __init__(self, texts: Sequence[SourceLine], contents: Contents) -> None:
        self._texts = texts
        self._contents = contents
        self._keys = [bare(body(line)) for line in texts]
        self._titles = {bare(entry.title) for entry in contents.entries}
        self._cover = {key for key, line in zip(self._keys, texts, strict=True) if _before(line, contents)}
        self.atoms = self._find_atoms()
        self._known = self.atoms | self._titles
        self.rules: dict[int, str] = {}
        self.starts: list[int] = []
        self.opened: list[int] = []
        self.titles: dict[str, str] = {}
        self._first_text: dict[str, str] = {}
        if self.atoms:
            self._collect()
        self.chapters, self.report_titles = self._by_scope()

    def _find_atoms(self) -> frozenset[str]:
        counts = Counter(
            key
            for key, line in zip(self._keys, self._texts, strict=True)
            if _may_repeat(line) and line.number not in self._contents.lines
        )
        repeated = {key for key, n in counts.items() if n >= LEAST_REPEATS and _is_long(key)}
        edges = _edge_keys(self._texts)
        sure = {
            key
            for key in repeated
            if key in self._titles or key in self._cover or _fills_edges(edges[key], counts[key])
        }
        sure |= {key for key in repeated if counts[key] >= MANY_REPEATS and self._often_marked(key, counts[key])}
        neighbours = self._neighbours(repeated, sure)
        atoms = sure | {key for key in repeated if neighbours[key] >= LEAST_REPEATS}
        return frozenset(key for key in atoms if not _joined(key, (atoms | self._titles) - {key}))

    def _often_marked(self, key: str, count: int) -> bool:
        marked = sum(heading_mark(line) > 0 for k, line in zip(self._keys, self._texts, strict=True) if k == key)
        return marked >= 0.8 * count

    def _neighbours(self, repeated: set[str], sure: set[str]) -> Counter[str]:
        pairs: Counter[str] = Counter()
        for a, b in zip(self._keys, self._keys[1:], strict=False):
            if a in repeated and b in sure:
                pairs[a] += 1
            if b in repeated and a in sure:
                pairs[b] += 1
        return pairs

    def _collect(self) -> None:
        i, opened = 0, set[str]()
        while i < len(self._texts):
            group = self._group_at(i)
            if group:
                self._take(group, opened)
                i = group[-1][0] + 1
            else:
                i += 1

    def _group_at(self, i: int) -> list[tuple[int, tuple[str, ...]]]:
        """The run of head lines from `i`: (index, atoms in the line)."""
        group: list[tuple[int, tuple[str, ...]]] = []
        while i < len(self._texts) and (parts := self._parts(i)):
            if group and self._texts[i].page_break:
                break
            if group and self._opens_again(group, parts):
                break
            group.append((i, parts))
            i += 1
        return group

    def _opens_again(self, group: list[tuple[int, tuple[str, ...]]], parts: tuple[str, ...]) -> bool:
        """A head whose first atom comes again after the whole head opens the next (empty) page."""
        first = group[0][1][0]
        return len({atom for _, atoms in group for atom in atoms}) > 1 and parts[0] == first

    def _parts(self, i: int) -> tuple[str, ...]:
        key = self._keys[i]
        if self._texts[i].text.lstrip().startswith("|"):
            return ()
        return (key,) if key in self.atoms else _joined(key, self._known)

    def _take(self, group: list[tuple[int, tuple[str, ...]]], opened: set[str]) -> None:
        numbers = [self._texts[i].number for i, _ in group]
        if numbers[0] in self._contents.lines or _before(self._texts[group[0][0]], self._contents):
            self.rules |= dict.fromkeys(numbers, "running-head")
            return
        title = self._title_in(group, opened)
        self.starts.append(numbers[0])
        for number in numbers:
            if number == title:
                self.opened.append(number)
            else:
                self.rules[number] = "running-head"
        self._harvest(group)

    def _title_in(self, group: list[tuple[int, tuple[str, ...]]], opened: set[str]) -> int | None:
        """The chapter's title: the last copy, where a contents title opens for the first time."""
        named = [(i, atom) for i, atoms in group for atom in atoms if atom in self._titles]
        fresh = [(i, atom) for i, atom in named if atom not in opened]
        opened.update(atom for _, atom in named)
        if not fresh:
            return None
        index = fresh[-1][0]
        alone = [i for i, atoms in group if atoms == (fresh[-1][1],)]
        return self._texts[alone[-1] if alone else index].number

    def _harvest(self, group: list[tuple[int, tuple[str, ...]]]) -> None:
        spelt = {atom: text for i, atoms in group for atom, text in self._spellings(i, atoms)}
        for atom, text in spelt.items():
            self._first_text.setdefault(atom, text)
        han = [atom for atom in spelt if han_count(atom)]
        latin = [atom for atom in spelt if not han_count(atom)]
        if len(han) == len(latin) == 1:
            self.titles.setdefault(han[0], spelt[latin[0]])
            self.titles.setdefault(latin[0], spelt[han[0]])

    def _spellings(self, i: int, atoms: tuple[str, ...]) -> Iterable[tuple[str, str]]:
        text = body(self._texts[i])
        if len(atoms) == 1:
            return [(atoms[0], text)]
        cut = next(
            n
            for n in range(1, len(text))
            if (bare(text[:n]) == atoms[0] and not text[n : n + 1].isalnum()) or bare(text[n:]) == atoms[1]
        )
        return [(atoms[0], text[:cut].strip()), (atoms[1], text[cut:].strip())]

    def _by_scope(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Heads in the contents list (or their partners) name chapters, the others the report."""
        chapters = [t for a, t in self._first_text.items() if a in self._titles]
        partners = {bare(self.titles[bare(t)]) for t in chapters if bare(t) in self.titles}
        report = [t for a, t in self._first_text.items() if a not in self._titles and a not in partners]
        return tuple(chapters), tuple(report)


def _before(line: SourceLine, contents: Contents) -> bool:
    return bool(contents.lines) and line.number < min(contents.lines)


def _may_repeat(line: SourceLine) -> bool:
    text = line.text.strip()
    return not text.startswith("|") and text[-1:] not in SENTENCE_END and len(text) <= 160


def _is_long(key: str) -> bool:
    return han_count(key) >= 6 or (not han_count(key) and len(key) >= 12)


def _joined(key: str, known: Set[str]) -> tuple[str, ...]:
    """`key` as two known heads run together in one line."""
    for head in known:
        if key.startswith(head):
            rest = key.removeprefix(head)
            if rest in known and _is_long(head) and _is_long(rest):
                return (head, rest)
    return ()


def _fills_edges(at_edges: int, count: int) -> bool:
    """In a source with form feeds, a head stands at the edge of its page nearly each time."""
    return at_edges >= max(LEAST_REPEATS, 0.8 * count)


def _edge_keys(texts: Sequence[SourceLine]) -> Counter[str]:
    """How often each line (digits at its ends aside) is among the two first or last lines of a page."""
    pages: list[list[SourceLine]] = [[]]
    for line in texts:
        if line.page_break:
            pages.append([])
        pages[-1].append(line)
    if len(pages) < 2:
        return Counter()
    edges = ({bare(body(line)) for line in (*page[:2], *page[-2:])} for page in pages)
    return Counter(key for page in edges for key in page)


# --- pages ---------------------------------------------------------------------------------------------------------


def _page_starts(texts: Sequence[SourceLine], heads: _RunningHeads) -> list[int]:
    breaks = [line.number for line in texts if line.page_break]
    if breaks:
        return sorted({texts[0].number, *breaks})
    return heads.starts


def _page_number_lines(texts: Sequence[SourceLine], rules: Mapping[int, str], starts: Sequence[int]) -> dict[int, int]:
    """Lines that hold a bare number and may be a page's."""
    numbers = {line.number: bare_number(body(line)) for line in texts if line.number not in rules}
    return {number: value for number, value in numbers.items() if value is not None}


def _printed_pages(
    texts: Sequence[SourceLine],
    starts: Sequence[int],
    contents: Contents,
    numbers: Mapping[int, int],
    heads: _RunningHeads,
) -> dict[int, int]:
    """Printed page of each line, counted from page openings, set right by every title and number that agrees."""
    if not starts:
        return _pages_by_numbers(texts, numbers)
    anchors = _offsets(texts, starts, contents, numbers, heads)
    if not anchors:
        return {}
    common = Counter(anchors.values()).most_common(1)[0][0]
    trusted = {index: offset for index, offset in anchors.items() if abs(offset - common) <= max(2, len(starts) // 20)}
    indices = sorted(trusted)
    pages: dict[int, int] = {}
    for line in texts:
        index = bisect_right(starts, line.number) - 1
        if index < 0:
            continue
        nearest = indices[max(0, bisect_right(indices, index) - 1)]
        page = index + trusted[nearest]
        if page >= 1:
            pages[line.number] = page
    return pages


def _offsets(
    texts: Sequence[SourceLine],
    starts: Sequence[int],
    contents: Contents,
    numbers: Mapping[int, int],
    heads: _RunningHeads,
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


def _pages_by_numbers(texts: Sequence[SourceLine], numbers: Mapping[int, int]) -> dict[int, int]:
    """Without page openings: bare numbers that go up by one, each the foot of its page."""
    feet = [
        (n, v)
        for (n, v), (_, w) in zip(numbers.items(), [*list(numbers.items())[1:], (0, -1)], strict=False)
        if w == v + 1
    ]
    feet += [(n, v) for n, v in numbers.items() if any(v == u + 1 for _, u in feet)]
    feet = sorted(set(feet))
    if len(feet) < LEAST_REPEATS:
        return {}
    ends = [n for n, _ in feet]
    pages: dict[int, int] = {}
    for line in texts:
        i = next((k for k, end in enumerate(ends) if end >= line.number), None)
        pages[line.number] = feet[i][1] if i is not None else feet[-1][1] + 1
    return pages


def _confirmed_numbers(numbers: Mapping[int, int], printed: Mapping[int, int], paged: bool) -> frozenset[int]:
    """Bare numbers that agree with the printed page (one off: a head may stand before or after its foot)."""
    return frozenset(
        n for n, value in numbers.items() if n in printed and abs(printed[n] - value) <= (1 if paged else 0)
    )


def _cover_lines(
    texts: Sequence[SourceLine], contents: Contents, rules: Mapping[int, str], heads: _RunningHeads
) -> frozenset[int]:
    """Lines before the contents list, and lines at the very end that repeat one of them."""
    if contents.lines:
        first = min(contents.lines)
        front = [line for line in texts if line.number < first]
    else:
        front = _titled_first_page(texts) or _report_title(texts)
    keys = {bare(body(line)) for line in front}
    back: list[SourceLine] = []
    for line in reversed(texts):
        if bare(body(line)) not in keys or line in front:
            break
        back.append(line)
    return frozenset(line.number for line in (*front, *back) if line.number not in heads.rules)


def _titled_first_page(texts: Sequence[SourceLine]) -> list[SourceLine]:
    """The first page of a source with form feeds, when it holds titles only."""
    end = next((i for i, line in enumerate(texts) if line.page_break and i), 0)
    page = list(texts[:end])
    return page if page and len(page) <= 12 and all(line.text.strip()[-1:] not in SENTENCE_END for line in page) else []


def _report_title(texts: Sequence[SourceLine]) -> list[SourceLine]:
    """Without a cover page: an unmarked first line that names a report, before the text begins."""
    if len(texts) < 2:
        return []
    first = texts[0]
    named = REPORT_WORD.search(first.text) and first.text.strip()[-1:] not in SENTENCE_END
    return [first] if named and not heading_mark(first) and texts[1].number > first.number + 1 else []
