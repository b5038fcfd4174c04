"""Running heads and feet: where each stands, what pages they open, which titles they tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from ....language.characters import bare, han_count
from ....language.patterns import REPORT_WORD, SITE_ADDRESS
from ....model import RuleName, SourceLine
from .bars import find_bars, titles_below
from .contents import Contents
from .lines import bare_number, body, heading_mark, is_prose, is_row, own_number
from .repeats import (
    LEAST_REPEATS,
    MOSTLY,
    Atoms,
    View,
    find_atoms,
    is_long,
    is_report_name,
    joined,
    may_repeat,
    navigation_bars,
    segments,
)

_BAR = re.compile(r"^(.*\breport\s+(?:19|20)\d\d)(?:\s+[A-Z][\w&-]*){3,}$", re.IGNORECASE)
"""A report's name with the titles of a navigation bar behind it."""
LEAST_MISREAD = 8
"""Characters of a head of which one may be misread."""
Group = list[tuple[int, tuple[str, ...]]]
"""Neighbouring lines that are one head: index, and the atoms in the line."""


@dataclass(frozen=True, slots=True)
class RunningHeads:
    rules: Mapping[int, str] = field(default_factory=dict)
    starts: tuple[int, ...] = ()
    """Lines that open a printed page."""
    opened: frozenset[int] = frozenset()
    """Lines spelt like a head that are the chapter's title."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Other-language titles, by `bare` title."""
    chapters: tuple[str, ...] = ()
    report_titles: tuple[str, ...] = ()
    own_numbers: Mapping[int, int] = field(default_factory=dict)
    """Page numbers printed in the line of a head."""
    at_foot: bool = False
    """They close their pages."""
    opened_texts: Mapping[int, str] = field(default_factory=dict)
    """The part of an opening line that is the title, where the line holds more."""


def find_heads(texts: Sequence[SourceLine], contents: Contents) -> RunningHeads:
    view = View.of(texts, contents)
    return _Finder(view, find_atoms(view)).found()


class _Finder:
    """Atoms (one language, one spelling) and the groups that they form on the page."""

    def __init__(self, view: View, atoms: Atoms) -> None:
        self._view = view
        self._texts = view.texts
        self._contents = view.contents
        self._first_contents_line = min(view.contents.lines, default=0)
        self.atoms = atoms
        self._named = {bare(entry.title) for entry in view.contents.entries}
        titles = " ".join(entry.title for entry in view.contents.entries)
        self._title_words = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", titles)}
        self._titles = self._named | set(self._of_one_chapter())
        self._known = atoms.plain | self._named
        self._misread = dict(_misreadings(atoms.plain | atoms.numbered))
        self._bars = find_bars(view)
        self._last = {key: i for i, key in enumerate(view.keys)}
        self.rules: dict[int, str] = {}
        self.starts: list[int] = []
        self.opened: list[int] = []
        self.opened_texts: dict[int, str] = {}
        self._shown: set[str] = set()
        parts = [{bare(_unpaged(part)) for part in segments(line)} for line in view.texts] if atoms.segments else []
        heads = [keys for keys in parts if keys & atoms.segments]
        self._segmented = len(heads)
        self._parts_of_heads = Counter(key for keys in heads for key in keys)
        self.titles: dict[str, str] = {}
        self._first_text: dict[str, str] = {}

    def found(self) -> RunningHeads:
        if self.atoms.plain or self.atoms.numbered:
            self._collect()
            self.rules |= dict.fromkeys(self._navigation_rows(), "navigation-row")
        self.opened += [self._texts[i].number for i in sorted(self._bars.titles)]
        named = [self._texts[i].number for i in self._bars.lines]
        bars = (number for number in (*navigation_bars(self._view), *named) if number not in self.opened)
        self.rules |= dict.fromkeys(bars, RuleName.NAVIGATION_BAR) | self.rules
        self.opened += sorted(titles_below(self._view, self.rules) - set(self.opened))
        chapters, report = self._by_scope()
        numbers = {
            line.number: own[1]
            for line, own in zip(self._texts, self._view.own, strict=True)
            if own is not None and own[0] in self.atoms.numbered
        }
        return RunningHeads(
            self.rules,
            tuple(self.starts),
            frozenset(self.opened),
            self.titles,
            chapters,
            report,
            numbers,
            self._close_pages(numbers),
            self.opened_texts,
        )

    def _of_one_chapter(self) -> Iterator[str]:
        """Heads of one part of the source that name no report: their title may be printed nowhere else."""
        places: dict[str, list[int]] = {}
        for i, key in enumerate(self._view.keys):
            if key in self.atoms.plain:
                places.setdefault(key, []).append(i)
        for key, found in places.items():
            text = body(self._texts[found[0]])
            whole = REPORT_WORD.search(text) or SITE_ADDRESS.match(text) or key in self._view.front
            whole = whole or self._is_bar(text)
            around = {k for i in found for k in self._view.keys[max(0, i - 1) : i + 2]}
            if not whole and not around & self._named and found[-1] - found[0] < len(self._texts) / 2:
                yield key

    def _is_bar(self, text: str) -> bool:
        """A bar of navigation: words of the contents list's titles, and none of the titles."""
        words = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)}
        return len(words) > 2 and bare(text) not in self._named and words <= self._title_words

    def _collect(self) -> None:
        i, opened = 0, set[str]()
        while i < len(self._texts):
            group = self._group_at(i)
            if group:
                i = group[-1][0] + 1
                self._take(group, opened)
            else:
                i += 1

    def _group_at(self, i: int) -> Group:
        """The run of head lines from `i`."""
        group: Group = []
        while i < len(self._texts) and (parts := self._parts(i)):
            if group and (self._texts[i].page_break or self._opens_again(group, parts)):
                break
            group.append((i, parts))
            i += 1
        return group

    def _opens_again(self, group: Group, parts: tuple[str, ...]) -> bool:
        """A head whose first atom comes again after the whole head opens the next (empty) page."""
        first = group[0][1][0]
        return len({atom for _, atoms in group for atom in atoms}) > 1 and parts[0] == first

    def _parts(self, i: int) -> tuple[str, ...]:
        line, key, own = self._texts[i], self._view.keys[i], self._view.own[i]
        if is_row(line) or not key or i in self._bars.titles:
            return ()
        if self.atoms.segments and (parts := self._segments(line)):
            return parts
        if key in self.atoms.plain:
            return (key,)
        if own is not None and own[0] in self.atoms.numbered:
            return (own[0],)
        return joined(key, self._known) or self._segments(line) or self._misspelt(i)

    def _segments(self, line: SourceLine) -> tuple[str, ...]:
        """A head whose parts a stroke parts: the report, the chapter, the page, a web address."""
        texts = segments(line)
        keys = [bare(text) for text in texts if bare_number(text) is None]
        if len(texts) < 2 or not any(key in self.atoms.plain for key in keys):
            return ()
        named = any(key in self.atoms.segments for key in keys)
        known = all(key in self._known or SITE_ADDRESS.match(text) for key, text in zip(keys, texts, strict=False))
        return tuple(keys) if named or known else ()

    def _open_segment(self, i: int, atoms: tuple[str, ...]) -> bool:
        """The title of a part that is printed in running heads alone opens the part where it stands first."""
        line = self._texts[i]
        for text in map(_unpaged, segments(line)):
            key = bare(text)
            if self._parts_of_heads[key] >= max(LEAST_REPEATS, MOSTLY * self._segmented):
                continue  # on every page: a bar of navigation is no part's title
            loose = key in atoms and key not in self._known and key not in self._last and not SITE_ADDRESS.match(text)
            if loose and key not in self._shown and bare_number(text) is None:
                self._shown.add(key)
                self.opened_texts[line.number] = text
                return True
        return False

    def _misspelt(self, i: int) -> tuple[str, ...]:
        """A head with one character misread, where a head stands: marked alike, and with the same digits."""
        key, line = self._view.keys[i], self._texts[i]
        if not LEAST_MISREAD <= len(key) <= 80 or not may_repeat(line):
            return ()
        near = {key, *(key[:n] + key[n + 1 :] for n in range(len(key)))}
        atom = next((self._misread[variant] for variant in near if variant in self._misread), None)
        if atom is None or _digits(atom) != _digits(key) or abs(len(atom) - len(key)) > 1:
            return ()
        return (atom,) if heading_mark(line) or self._at_edge(i) else ()

    def _at_edge(self, i: int) -> bool:
        """Beside a page's end, a page number or another head."""
        if self._texts[i].page_break or (i + 1 < len(self._texts) and self._texts[i + 1].page_break):
            return True
        around = [j for j in (i - 1, i + 1) if 0 <= j < len(self._texts)]
        edge = len(around) < 2 or any(self._view.numbers[j] is not None for j in around)
        return edge or any(self._is_atom(j) for j in around)

    def _is_atom(self, i: int) -> bool:
        own = self._view.own[i]
        return self._view.keys[i] in self.atoms.plain or (own is not None and own[0] in self.atoms.numbered)

    def _take(self, group: Group, opened: set[str]) -> None:
        numbers = [self._texts[i].number for i, _ in group]
        if numbers[0] in self._contents.lines or numbers[0] < self._first_contents_line:
            self.rules |= dict.fromkeys(numbers, RuleName.RUNNING_HEAD)
            return
        title = self._title_in(group, opened)
        self.starts.append(numbers[0])
        named = {self._texts[i].number for i, atoms in group if len(atoms) > 1 and self._open_segment(i, atoms)}
        for number in numbers:
            if number == title or number in named:
                self.opened.append(number)
            else:
                self.rules[number] = RuleName.RUNNING_HEAD
        self._harvest(group)

    def _title_in(self, group: Group, opened: set[str]) -> int | None:
        """The chapter's title: the last copy, where a contents title opens for the first time."""
        told = [(i, atoms) for i, atoms in group if i not in self._bars.lines]
        named = [(i, atom) for i, atoms in told for atom in atoms if atom in self._titles]
        fresh = [(i, atom) for i, atom in named if atom not in opened]
        if self._is_empty(group):
            fresh = [(i, atom) for i, atom in fresh if self._last.get(atom, i) <= i]
        opened.update(atom for _, atom in (fresh if self._is_empty(group) else named))
        if not fresh:
            return None
        index = fresh[-1][0]
        alone = [i for i, atoms in group if atoms == (fresh[-1][1],)]
        return self._texts[alone[-1] if alone else index].number

    def _is_empty(self, group: Group) -> bool:
        """The next head follows without a text between: nothing begins on this page."""
        i = group[-1][0] + 1
        while i < len(self._texts) and self._view.numbers[i] is not None:
            i += 1
        return i < len(self._texts) and bool(self._parts(i))

    def _harvest(self, group: Group) -> None:
        spelt = {atom: text for i, atoms in group for atom, text in self._spellings(i, atoms)}
        for atom, text in spelt.items():
            self._first_text.setdefault(atom, text)
        han = [atom for atom in spelt if han_count(atom)]
        latin = [atom for atom in spelt if not han_count(atom)]
        if len(han) == len(latin) == 1:
            self.titles.setdefault(han[0], spelt[latin[0]])
            self.titles.setdefault(latin[0], spelt[han[0]])

    def _spellings(self, i: int, atoms: tuple[str, ...]) -> Iterable[tuple[str, str]]:
        own = own_number(body(self._texts[i])) if atoms[0] in self.atoms.numbered else None
        text = _BAR.sub(r"\1", own[0]) if own else body(self._texts[i])
        if len(atoms) == 1:
            return [(atoms[0], text)]
        cuts = (
            n
            for n in range(1, len(text))
            if (bare(text[:n]) == atoms[0] and not text[n : n + 1].isalnum()) or bare(text[n:]) == atoms[1]
        )
        cut = next(cuts, None) if len(atoms) == 2 else None
        return [] if cut is None else [(atoms[0], text[:cut].strip()), (atoms[1], text[cut:].strip())]

    def _by_scope(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Heads in the contents list (or their partners) name chapters, the others the report."""
        named = self._titles
        chapters = [t for a, t in self._first_text.items() if a in named]
        partners = {bare(self.titles[bare(t)]) for t in chapters if bare(t) in self.titles}
        report = [t for a, t in self._first_text.items() if a not in named and a not in partners]
        return tuple(chapters), tuple(report)

    def _navigation_rows(self) -> Iterator[int]:
        """First rows of tables with the page's heads and nothing else: the report's name, or a bar of titles."""
        words = {
            word
            for key, text in self._first_text.items()
            if key in self.atoms.plain and not REPORT_WORD.search(text)
            for word in (key, *(bare(part) for part in text.split() if len(part) > 2 or han_count(part) > 1))
        }
        names = {bare(body(line)) for line in self._texts if is_report_name(line)}
        for before, line in pairwise([None, *self._texts]):
            if line is None or not is_row(line) or (before is not None and is_row(before)):
                continue
            keys = [bare(cell) for cell in line.text.strip().strip("|").split("|") if cell.strip()]
            known = [key in words or key in names for key in keys]
            if len(keys) > 1 and all(known) and (len(keys) > 2 or any(key in names for key in keys)):
                yield line.number

    def _close_pages(self, numbers: Mapping[int, int]) -> bool:
        """Text stands before the first head (with a number, if any has one), and none after the last."""
        heads = numbers or {number: 0 for number, rule in self.rules.items() if rule == RuleName.RUNNING_HEAD}
        places = [i for i, line in enumerate(self._texts) if line.number in heads]
        if not places:
            return False
        before = any(is_prose(body(line)) for line in self._texts[: places[0]])
        after = any(is_prose(body(line)) for line in self._texts[places[-1] + 1 :])
        return before and not after


def _misreadings(atoms: Set[str]) -> Iterator[tuple[str, str]]:
    """Each head, whole and with any one character left out."""
    for atom in sorted(atoms):
        if LEAST_MISREAD <= len(atom) <= 80 and is_long(atom):
            yield atom, atom
            yield from ((atom[:n] + atom[n + 1 :], atom) for n in range(len(atom)))


def _unpaged(text: str) -> str:
    """A part of a head without the page's number in it."""
    own = own_number(text)
    return own[0] if own else text


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
