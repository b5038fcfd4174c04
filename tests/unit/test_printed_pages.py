"""Where printed pages begin: at the text that stayed, and each page that is left in ascending order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_site.model import Heading, Paragraph, Section, SectionKind, Text
from report_site.publish.printed_pages import in_order, page_breaks


def breaks(pages: list[int | None], last: int = 0) -> dict[int, int]:
    """Place of the paragraph -> page."""
    paragraphs = tuple(
        Paragraph(lines=(i,), id=str(i), text=Text("x", lines=(i,)), printed_page=page)
        for i, page in enumerate(pages, 1)
    )
    section = Section(Heading(lines=(0,), id="h", text=Text("h")), SectionKind.CHAPTER, "h", paragraphs)
    return {int(identity) - 1: page for identity, page in page_breaks(section, last).items()}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param([3, 3, 4, None, 5], {0: 3, 2: 4, 4: 5}, id="in order"),
        pytest.param([92, 93, 92, 92, 93, 94], {0: 92, 4: 93, 5: 94}, id="a picture taken to its story"),
        pytest.param([80, 80, 81, 80, 80, 82], {0: 80, 2: 81, 5: 82}, id="all that is left of its page"),
        pytest.param([5, 6, 7, 8, 5], {0: 5, 1: 6, 2: 7, 3: 8}, id="moved to the end"),
        pytest.param([9, 5, 6, 7], {1: 5, 2: 6, 3: 7}, id="moved to the front"),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_where_printed_pages_begin(pages: list[int | None], expected: dict[int, int]) -> None:
    assert breaks(pages) == expected


def test_the_page_begun_already_is_not_begun_again() -> None:
    assert breaks([7, 7, 8], last=7) == {2: 8}


@given(st.lists(st.integers(1, 9), max_size=30))
def test_the_run_never_goes_back_and_marks_ascend(pages: list[int]) -> None:
    run = in_order(pages)
    assert all(pages[a] <= pages[b] and a < b for a, b in pairwise(run))
    marks = sorted(breaks(list(pages)).items())
    assert all(a[1] < b[1] for a, b in pairwise(marks))
    assert all(pages[place] == page for place, page in marks)
