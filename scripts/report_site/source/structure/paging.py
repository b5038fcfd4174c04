"""Which sections open pages of their own, where report.yml doesn't say: pages sensible in number and size.

Chapters do; sections of a long chapter do where they aren't scraps. Text is never moved: what follows a page of a
chapter is a page too. Where hundreds of headings stand on one level, they are no chapters; their text stays together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import SectionKind
from .outline import MOST_CHAPTERS, Branch, HeadingPlan

LONG_CHAPTER = 5000
"""Characters of a chapter above which its sections get pages of their own."""
SCRAP = 400
"""Characters of a section, on the average, below which they stay together on one page."""
MANY_CHAPTERS = 30
"""Headings on the top level above which scraps are no chapters."""
MOST_PAGES = 400
"""Pages above which no section opens one: each page lists the others."""


def settle_pages(branches: Sequence[Branch]) -> list[Branch]:
    """The top branches, `plan.page` set in every branch."""
    tops = _gathered(branches)
    for top in tops:
        top.plan = replace(top.plan, page=True)
    opened = [child for top in tops for child in _sections_with_pages(top)]
    wanted = {id(child) for child in opened} if len(tops) + len(opened) <= MOST_PAGES else set()
    for top in tops:
        for child in top.children:
            _settle(child, id(child) in wanted)
    return tops


def _gathered(branches: Sequence[Branch]) -> list[Branch]:
    """What opens no page on the top level belongs to the page before it."""
    undecided = [branch for branch in branches if branch.heading and branch.plan.page is None]
    closed = {id(branch) for branch in undecided} if _are_no_chapters(undecided) else set()
    closed |= {id(branch) for branch in branches if branch.plan.page is False}
    pages: list[Branch] = []
    for branch in branches:
        if id(branch) not in closed:
            pages.append(branch)
            continue
        if not pages:
            pages.append(Branch(None, HeadingPlan(1, SectionKind.CHAPTER)))
        if pages[-1].heading is None:
            pages[-1].plan = replace(pages[-1].plan, accent="")  # it holds the report, not what stands before it
        branch.plan = replace(branch.plan, page=False)
        pages[-1].children.append(branch)
    return pages


def _are_no_chapters(branches: Sequence[Branch]) -> bool:
    count = len(branches)
    return count > MOST_CHAPTERS or (count > MANY_CHAPTERS and sum(b.size() for b in branches) < SCRAP * count)


def _sections_with_pages(chapter: Branch) -> list[Branch]:
    """From the first section that opens a page on, all do that report.yml doesn't keep on the chapter's page."""
    sections = [child for child in chapter.children if child.plan.page is None and _is_section(child)]
    sizes = sum(child.size() for child in sections)
    if not sections or sizes < SCRAP * len(sections) or chapter.size() <= LONG_CHAPTER:
        return []
    first = chapter.children.index(sections[0])
    return [child for child in chapter.children[first:] if child.plan.page is None]


def _is_section(branch: Branch) -> bool:
    return branch.plan.kind in (SectionKind.CHAPTER, SectionKind.SECTION)


def _settle(branch: Branch, opens: bool) -> None:
    branch.plan = replace(branch.plan, page=opens if branch.plan.page is None else branch.plan.page)
    for child in branch.children:
        _settle(child, False)
