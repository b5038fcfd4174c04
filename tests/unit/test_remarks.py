"""A doubt or a correction of one row stands in that row; what is said of more stands below the table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from report_site.language.strings import words
from report_site.model import DataTable, Paragraph, Row, Text
from report_site.publish.inline import PageContext, Remark
from report_site.publish.markdown import render_block
from report_site.publish.remarks import remarks_on
from report_site.publish.roundtrip import parse_markdown

CONTEXT = PageContext("en", "en", "en", "en")


def text(said: str, line: int) -> Text:
    return Text(said, said, (line,), said)


TABLE = DataTable(
    lines=(1, 2, 3),
    id="t",
    header=(text("Measure", 1), text("Tonnes", 1)),
    rows=(
        Row(((text("Water", 2),), (text("12", 2),))),
        Row(((text("Waste", 3),), (text("5", 3), text("6", 4)))),
        Row(((text("Heat", 5),), (text("7", 5),))),
    ),
    row_headers=1,
    caption=text("Use", 1),
)


def shown(*lines: int) -> tuple[LexborHTMLParser, list[str]]:
    context = replace(CONTEXT, remarks={"t": (Remark("Query", 7, frozenset(lines)),)})
    return parse_markdown(render_block(TABLE, context), "en"), remarks_on(TABLE, context)


@pytest.mark.parametrize(
    ("line", "place"), [(2, "#t-r1 td"), (3, "#t-r2 td li:last-child"), (4, "#t-r2 td li:last-child")]
)
def test_what_is_said_of_one_row_stands_at_the_end_of_its_last_cell(line: int, place: str) -> None:
    tree, below = shown(line)
    marks = tree.css("a.cell-mark")
    assert [mark.attributes for mark in marks] == [
        {"class": "cell-mark", "href": "#editors-note-7", "id": "editors-mark-7", "role": "doc-noteref"}
    ]
    assert marks[0].text() == words("note-reference", "en", label="Query", number=7)
    cell = tree.css_first(place)
    assert cell is not None
    assert cell.css_first("a.cell-mark") is not None
    assert below == []


@pytest.mark.parametrize("lines", [(1,), (1, 2), (2, 3), (9,)])
def test_what_is_said_of_heads_or_several_rows_stands_below(lines: tuple[int, ...]) -> None:
    tree, below = shown(*lines)
    assert tree.css("a.cell-mark") == []
    assert len(below) == 1


def test_a_number_that_is_doubted_is_a_number_still() -> None:
    tree, _ = shown(2)
    assert tree.css_first("#t-r1 td.number a.cell-mark") is not None


def test_what_is_no_table_has_it_right_after() -> None:
    paragraph = Paragraph(lines=(2,), id="p", text=text("Said", 2))
    context = replace(CONTEXT, remarks={"p": (Remark("Query", 1, frozenset({2})),)})
    assert "cell-mark" not in render_block(paragraph, context)
    assert len(remarks_on(paragraph, context)) == 1
