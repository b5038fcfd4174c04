"""Where printed pages begin: at the text that stayed, and each page that is left in ascending order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_site.model import Footnotes, Heading, Paragraph, Section, SectionKind, Text
from report_site.model.texts import blocks_of
from report_site.publish.printed_pages import PageMarks, in_order, page_marks
from report_site.publish.report_pages import block_homes, home_of
from report_site.report import Report


def section_of(pages: list[int | None]) -> Section:
    paragraphs = tuple(
        Paragraph(lines=(i,), id=str(i), text=Text("x", lines=(i,)), printed_page=page)
        for i, page in enumerate(pages, 1)
    )
    return Section(Heading(lines=(0,), id="h", text=Text("h")), SectionKind.CHAPTER, "h", paragraphs)


def breaks(pages: list[int | None], before: PageMarks | None = None) -> tuple[dict[int, int], dict[int, int]]:
    """Place of the paragraph -> page that begins there, and page that goes on there."""
    marks = page_marks(section_of(pages), before)
    found: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for identity, page in marks.pages.items():
        found[identity in marks.again][int(identity) - 1] = page
    return found


@pytest.mark.parametrize(
    ("pages", "expected", "again"),
    [
        pytest.param([3, 3, 4, None, 5], {0: 3, 2: 4, 4: 5}, {}, id="in order"),
        pytest.param(
            [92, 93, 92, 92, 93, 94], {0: 92, 4: 93, 5: 94}, {1: 93, 2: 92}, id="a picture taken to its story"
        ),
        pytest.param([80, 80, 81, 80, 80, 82], {0: 80, 2: 81, 5: 82}, {3: 80}, id="all that is left of its page"),
        pytest.param([5, 6, 7, 8, 5], {0: 5, 1: 6, 2: 7, 3: 8}, {4: 5}, id="moved to the end"),
        pytest.param([9, 5, 6, 7], {1: 5, 2: 6, 3: 7}, {0: 9}, id="moved to the front"),
        pytest.param([], {}, {}, id="nothing"),
    ],
)
def test_where_printed_pages_begin_and_go_on(
    pages: list[int | None], expected: dict[int, int], again: dict[int, int]
) -> None:
    assert breaks(pages) == (expected, again)


def test_the_page_begun_already_is_not_begun_again() -> None:
    before = page_marks(section_of([6, 7]))
    assert breaks([7, 7, 8], before) == ({2: 8}, {})
    assert breaks([7, 8], page_marks(section_of([6, 7, 6]))) == ({1: 8}, {0: 7}), "the last mark named another page"


def test_footnotes_of_pages_that_the_text_has_passed_take_no_mark() -> None:
    section = section_of([3, 4])
    notes = Footnotes(lines=(9,), id="n", notes=(), printed_page=3)
    assert "n" not in page_marks(replace(section, blocks=(*section.blocks, notes))).pages


@given(st.lists(st.none() | st.integers(1, 9), max_size=30))
def test_the_last_mark_before_a_block_names_its_page(pages: list[int | None]) -> None:
    marks, shown = page_marks(section_of(pages)), None
    for place, page in enumerate(pages, 1):
        shown = marks.pages.get(str(place), shown)
        assert page in (None, shown)


def test_notes_on_the_report_name_the_page_that_its_marks_name(report: Report) -> None:
    """The page of corrections, citations and data go by the block, a reader by the mark above it."""
    shown: dict[str, int] = {}
    for page in report.pages:
        marks, last = page_marks(page.section), 0
        for block in blocks_of(page):
            last = shown[block.id] = marks.pages.get(block.id, last)
    homes = block_homes(report.pages)
    lines = [*(flag.lines for flag in report.flags), *((one.line,) for one in report.corrections)]
    for place in filter(None, (home_of(homes, one) for one in lines)):
        assert place[1].printed_page in (None, shown[place[1].id]), place[1].id


@given(st.lists(st.integers(1, 9), max_size=30))
def test_the_run_never_goes_back_and_marks_ascend(pages: list[int]) -> None:
    run = in_order(pages)
    assert all(pages[a] <= pages[b] and a < b for a, b in pairwise(run))
    marks = sorted(breaks(list(pages))[0].items())
    assert all(a[1] < b[1] for a, b in pairwise(marks))
    assert all(pages[place] == page for place, page in marks)
