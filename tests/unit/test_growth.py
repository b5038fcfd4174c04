"""Work grows as the input does: counted in steps, since a clock says little on a shared machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from markdown import Markdown

from report_site.publish.roundtrip import MARKDOWN_EXTENSIONS, to_html
from report_site.site.blocks import OWN_BLOCKS
from report_site.site.blocks.parsing import parts

TraceFunction = Callable[[FrameType, str, Any], Any]
NAMES = frozenset(block.NAME for block in OWN_BLOCKS)
CASE = "/// case | Case\n    heading: c{n}\n\n#### Head {n} {{: #c{n} }}\n\nText {n}.\n\n- one\n- two\n\n///"
TABLE_ROW = "| Row {n} | {n} |"
PARAGRAPH = "Paragraph {n} with **some** words.\n{{: #p{n} }}"


def steps(work: Callable[[], object]) -> int:
    """Lines of Python that the work runs through, each round of a loop counted."""
    count = 0

    def counting(_frame: FrameType, _event: str, _argument: object) -> TraceFunction:
        nonlocal count
        count += 1
        return counting

    before = sys.gettrace()
    sys.settrace(counting)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def cases(count: int) -> str:
    return "\n\n".join(CASE.format(n=n) for n in range(count))


def one_long_case(count: int) -> str:
    return f"/// case | Case\n    heading: c\n\n#### Head {{: #c }}\n\n{paragraphs(count)}\n\n///"


def paragraphs(count: int) -> str:
    return "\n\n".join(PARAGRAPH.format(n=n) for n in range(count))


def table(count: int) -> str:
    rows = "\n".join(TABLE_ROW.format(n=n) for n in range(count))
    return f"/// table | Caption\n    attrs: {{id: t}}\n\n| A | B |\n| --- | --- |\n{rows}\n\n///"


def items(count: int) -> str:
    return "\n".join(f"- item {n}\n  {{: #i-{n} }}" for n in range(count))


def line_of_foreign_runs(count: int) -> str:
    return "中文 some English words here，" * count


@pytest.mark.parametrize("page", [cases, one_long_case, paragraphs, table, items, line_of_foreign_runs])
def test_a_page_is_rendered_in_steps_that_grow_as_it_does(page: Callable[[int], str]) -> None:
    to_html(page(2), "zh")  # what is made once doesn't count
    few, many = (steps(lambda n=n: to_html(page(n), "zh")) for n in (40, 320))  # type: ignore[misc]
    assert many < 8.4 * few


def test_parts_of_a_page_are_all_of_it() -> None:
    page = f"# Head\n\n{cases(3)}\n\n- a\n\n- b\n\nText.\n\n    code\n\n\n## End\n\n{table(3)}"
    found = parts(page.split("\n"), NAMES)
    assert "\n\n".join(found) == page
    assert len(found) > 4
    assert all(part.count("///") % 2 == 0 for part in found)


@pytest.mark.parametrize(
    "page",
    [
        "# A\n\n/// unknown\n\nText.\n\n///\n\n# B",
        "# A\n\n/// quote\n\nText.\n\n# B\n\nText.",
        "# A\n\n- item\n\n    /// quote\n\n    Text.\n\nNext.",
        "# A\n\n//// quote\n\nText.\n\n///\n\nText.\n\n////\n\nNext.",
    ],
)
def test_a_page_whose_fences_arent_sure_stays_whole(page: str) -> None:
    assert parts(page.split("\n"), NAMES) == [page]


@pytest.mark.parametrize("page", [cases(4), one_long_case(4), paragraphs(4), table(4), items(4)])
def test_parts_change_nothing_in_what_a_page_becomes(page: str) -> None:
    whole = Markdown(extensions=list(MARKDOWN_EXTENSIONS))
    whole.parser.parseDocument = type(whole.parser).parseDocument.__get__(whole.parser)  # type: ignore[method-assign]
    assert to_html(f"# Head\n\n{page}\n\nEnd.", "zh") == whole.convert(f"# Head\n\n{page}\n\nEnd.")
