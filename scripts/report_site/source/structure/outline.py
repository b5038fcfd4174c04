"""Elements to a tree of sections: from report.yml's outline where it has one, else by inference.

Inference uses, in this order, what the headings themselves tell (levels of `#`, numbering), the contents list, and for
headings that it doesn't name, their form: a short noun heads a topic, a sentence or quoted name a case within it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ...folder.profile import OutlineEntry
from ...language.characters import bare, han_count
from ...language.patterns import APPENDIX, CASE_MARK, CLOSING_TITLE, LETTERED_TITLE, REPORT_WORD
from ...model import FRONT_ACCENT, RuleName, SectionKind
from ..read.furniture import ContentsEntry, Furniture, title_key
from ..read.titles import number_depth
from ..shape.elements import Element, ElementKind

LONGEST_TOPIC = 24
"""Width (ideographs count two) up to which a Chinese heading with marks of a sentence is a topic."""
LEAST_NAMED = 2
"""Chapters of the contents list without a number, below which numbered headings stand."""
LETTER_DEPTH = 7
"""Of letters that count; marks tell levels up to 6."""
MOST_CHAPTERS = 100
"""Headings on the top level above which they can't all be chapters."""


@dataclass(frozen=True, slots=True)
class HeadingPlan:
    """Where one heading stands in the tree; `level` starts at 1."""

    level: int
    kind: SectionKind
    slug: str = ""
    page: bool | None = None
    accent: str = ""


@dataclass(slots=True)
class Branch:
    """A section in the making."""

    heading: Element | None
    plan: HeadingPlan
    body: list[Element] = field(default_factory=list)
    children: list[Branch] = field(default_factory=list)

    def size(self) -> int:
        """Characters of text in the branch."""
        own = sum(len(piece.text) for e in self.body for piece in (*e.pieces, *(c for row in e.rows for c in row)))
        return own + sum(child.size() for child in self.children)


def plan_headings(
    elements: Sequence[Element],
    entries: Mapping[int, tuple[int, OutlineEntry]],
    furniture: Furniture,
) -> dict[int, HeadingPlan]:
    """A plan for each heading, by the index of its element. `entries`: outline entries by line, with their depth."""
    headings = [i for i, e in enumerate(elements) if e.kind is ElementKind.HEADING]
    inferred = _inferred([elements[i] for i in headings], furniture) if headings else []
    among = set(headings)
    inferred = _by_stacks(inferred, [i + 1 in among for i in headings])
    plans: dict[int, HeadingPlan] = {}
    depth = 0
    for i, guess in zip(headings, inferred, strict=True):
        found = entries.get(elements[i].lines[0])
        if found:
            depth, entry = found
            page = entry.page is not False if depth == 1 else bool(entry.page)
            plans[i] = HeadingPlan(depth, SectionKind(entry.kind), entry.slug, page, entry.accent)
        elif entries:
            plans[i] = HeadingPlan(max(1, depth) + 1 if depth else guess.level, guess.kind)
        else:
            plans[i] = guess
    return plans


def grow(elements: Sequence[Element], plans: Mapping[int, HeadingPlan]) -> list[Branch]:
    """The tree; text before the first heading stands in a branch without heading."""
    root = Branch(None, HeadingPlan(0, SectionKind.CHAPTER))
    path = [root]
    for i, element in enumerate(elements):
        plan = plans.get(i)
        if plan is None:
            path[-1].body.append(element)
            continue
        while path[-1].plan.level >= plan.level:
            path.pop()
        branch = Branch(element, plan)
        path[-1].children.append(branch)
        path.append(branch)
    before = [Branch(None, HeadingPlan(1, SectionKind.CHAPTER, accent=FRONT_ACCENT), root.body)] if root.body else []
    return before + root.children


# --- inference -----------------------------------------------------------------------------------------------------


def _inferred(headings: Sequence[Element], furniture: Furniture) -> list[HeadingPlan]:
    levels = contents_levels(furniture)
    own = _below_named(headings, _own_levels(headings), levels)
    plans: list[HeadingPlan] = []
    anchor = topic = 0
    seen: set[str] = set()
    closing = ""
    for heading, told in zip(headings, own, strict=True):
        level = _level(heading, told, levels, seen)
        if name := _closing(heading, closing):
            closing, level = name, level or (1 if anchor else 0)
        if level and CASE_MARK.match(heading.text):
            kind = SectionKind.CASE
        elif level:
            anchor = topic = level
            kind = _kind_at(level)
        elif _tells_a_story(heading, anchor):
            level, kind = (topic or 0) + 1, SectionKind.CASE
        else:
            level, kind = anchor + 1, SectionKind.TOPIC
            topic = level
        plans.append(HeadingPlan(max(1, level), kind))
    return _below_title(headings, plans)


def _closing(heading: Element, before: str) -> str:
    """The title where it stands behind the chapters whatever the last number was; below an appendix nothing does."""
    text = heading.text.strip()
    if APPENDIX.match(text):
        return text
    return text if CLOSING_TITLE.match(text) and not APPENDIX.match(before) else ""


def _by_stacks(plans: list[HeadingPlan], stacked: Sequence[bool]) -> list[HeadingPlan]:
    """Too many headings on the top level: those right above another heading open chapters, the others stand below."""
    tops = [i for i, plan in enumerate(plans) if plan.level == 1]
    chapters = {i for i in tops if stacked[i]}
    if len(tops) <= MOST_CHAPTERS or not 1 < len(chapters) <= MOST_CHAPTERS:
        return plans
    first = min(chapters)
    return [
        replace(plan, kind=SectionKind.CHAPTER) if i in chapters else plan if i < first else _lowered(plan)
        for i, plan in enumerate(plans)
    ]


def _lowered(plan: HeadingPlan) -> HeadingPlan:
    level = plan.level + 1
    return replace(plan, level=level, kind=plan.kind if plan.kind is SectionKind.CASE else _kind_at(level))


def _level(heading: Element, told: int, levels: ContentsLevels, seen: set[str]) -> int:
    """True levels of marks are believed; else the contents list, where it tells levels apart, goes before numbers."""
    key = bare(heading.text)
    named = 0 if key in seen else levels.of(heading.text)
    seen.add(key)
    by_mark = heading.rule == RuleName.MARKED_HEADING and told
    return told or named if by_mark or not levels.told else named or told


def _below_title(headings: Sequence[Element], plans: list[HeadingPlan]) -> list[HeadingPlan]:
    """A first heading that names a report and stands over all the others is the title; the chapters come below it."""
    title, *others = plans
    if len(others) < 2 or not REPORT_WORD.search(headings[0].text) or any(plan.level <= title.level for plan in others):
        return plans
    return [replace(title, accent=FRONT_ACCENT), *map(_raised, others)]


def _raised(plan: HeadingPlan) -> HeadingPlan:
    level = plan.level - 1
    return replace(plan, level=level, kind=plan.kind if plan.kind is SectionKind.CASE else _kind_at(level))


def _kind_at(level: int) -> SectionKind:
    return {1: SectionKind.CHAPTER, 2: SectionKind.SECTION}.get(level, SectionKind.TOPIC)


def _tells_a_story(heading: Element, anchor: int) -> bool:
    """By its form alone only below a heading whose level is known."""
    by_form = bool(anchor) and heading.rule != RuleName.RUN_IN_HEADING and is_case(heading.text)
    return by_form or bool(CASE_MARK.match(heading.text))


def is_case(title: str) -> bool:
    """Said so, or a quoted or named work, a handle, a long Chinese sentence: what titles one story and not a field."""
    return (
        bool(CASE_MARK.match(title))
        or bool(re.match(r"[“《@]", title))
        or (han_count(title) > LONGEST_TOPIC // 2 and bool(re.search(r"[“《，]", title)))
    )


def _own_levels(headings: Sequence[Element]) -> list[int]:
    """Levels told by `#` or numbering, ranked by first appearance: outer schemes come first."""
    own = _lettered(headings) or [heading.level for heading in headings]
    ranks: dict[int, int] = {}
    for level in filter(None, own):
        ranks.setdefault(level, len(ranks) + 1)
    if any(1 <= level <= 6 for level in ranks):
        ranks = {level: rank for rank, level in enumerate(sorted(ranks), 1)}
    return [ranks.get(level, 0) for level in own]


def _lettered(headings: Sequence[Element]) -> list[int]:
    """Letters over numbers with their letter (`A. Environment`, `A1 Emissions`): two at least, and no other levels."""
    if any(heading.level for heading in headings):
        return []
    marks = [LETTERED_TITLE.match(heading.text) for heading in headings]
    own: list[int] = []
    letter = ""
    for mark in marks:
        if mark and not mark["number"]:
            letter = mark["letter"]
        below = bool(mark and mark["number"] and mark["letter"] == letter)
        own.append(0 if mark is None else LETTER_DEPTH if not mark["number"] else LETTER_DEPTH + 1 if below else 0)
    pairs = sum(a == LETTER_DEPTH and b == LETTER_DEPTH + 1 for a, b in pairwise(filter(None, own)))
    return own if pairs > 1 else []


def _below_named(headings: Sequence[Element], own: list[int], levels: ContentsLevels) -> list[int]:
    """Numbers that count within what the contents list names without a number stand below it."""
    named = [bool(levels.of(heading.text)) for heading in headings]
    plain = sum(is_named and not level for is_named, level in zip(named, own, strict=True))
    counted = [is_named for is_named, level in zip(named, own, strict=True) if level]
    if (
        plain < LEAST_NAMED
        or any(counted)
        or any(heading.rule == RuleName.MARKED_HEADING and heading.level for heading in headings)
    ):
        return own
    return [level + 1 if level else 0 for level in own]


@dataclass(frozen=True, slots=True)
class ContentsLevels:
    """Level of each title of the contents list, and whether anything tells levels apart."""

    levels: Mapping[str, int]
    told: bool

    def of(self, title: str) -> int:
        return self.levels.get(bare(title), 0) or self.levels.get(title_key(title), 0)


def contents_levels(furniture: Furniture) -> ContentsLevels:
    """Levels by numbers, else by what running heads name, by shared pages, by bullets and indentation."""
    entries = furniture.contents.entries
    if all(entry.page is not None for entry in entries):
        entries = tuple(sorted(entries, key=lambda entry: entry.page or 0))
    levels = _levels_by_number(entries) or _levels_by_place(entries, furniture)
    told = len(set(levels.values())) > 1
    named = {bare(entry.title): levels[i] for i, entry in reversed(list(enumerate(entries)))}
    keys = {title_key(entry.title): levels[i] for i, entry in reversed(list(enumerate(entries)))}
    return ContentsLevels(keys | named, told)


def _levels_by_number(entries: Sequence[ContentsEntry]) -> dict[int, int]:
    """Schemes of numbers from the outermost; a title without a number between two numbered ones stands below."""
    depths = [number_depth(entry.title) for entry in entries]
    numbered = [i for i, depth in enumerate(depths) if depth]
    if len(numbered) < 2 or 2 * len(numbered) < len(depths):
        return {}
    ranks = {depth: rank for rank, depth in enumerate(sorted({depths[i] for i in numbered}), 1)}
    outer = min(depths[i] for i in numbered)
    first, last = (next(i for i in order if depths[i] == outer) for order in (numbered, numbered[::-1]))
    loose = {i: 2 if first < i < last else 1 for i, depth in enumerate(depths) if not depth}
    return {i: ranks[depth] for i, depth in enumerate(depths) if depth} | loose


def _levels_by_place(entries: Sequence[ContentsEntry], furniture: Furniture) -> dict[int, int]:
    """Top: what running heads name; what shares its page with the entry after it (a parent opens with its first child);
    the first entry. Bullets and indentation set an entry one below the last one without.
    """
    plain = [entry for entry in entries if not entry.nested]
    chapters = {bare(title) for title in furniture.chapters}
    shared = {bare(a.title) for a, b in pairwise(plain) if a.page is not None and a.page == b.page}
    top = {bare(entry.title) for entry in plain} & (chapters | shared)
    if not top:
        return {i: 2 if entry.nested else 1 for i, entry in enumerate(entries)}
    levels: dict[int, int] = {}
    above = 1
    for i, entry in enumerate(entries):
        if entry.nested:
            levels[i] = above + 1
        else:
            levels[i] = above = 1 if i == 0 or bare(entry.title) in top else 2
    return levels
