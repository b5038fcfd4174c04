"""An order that an extractor lost is named to whoever prepares the report, once; a text in order is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report_site.commands.editor.doubts import Doubt, Material
from report_site.commands.editor.finding import find_doubts
from report_site.folder.profile import Profile
from report_site.model import Dialect
from report_site.source.read.decoding import received_lines
from report_site.source.read.reading_order import mixed_columns
from stages import ReportOf

LEFT = (
    "Our mills draw water from the lake and give it back",
    "cleaner than it came. In the year of this report the three",
    "mills used less of it than ever. Every pipe has a meter",
    "that reports each hour to the room in Aldhaven. Where one",
    "fails the shift leader reads the level by hand.",
    "We publish the readings for all who live along the shore,",
    "in words and as a table, and answer within a week. So far",
    "nobody found a mistake that changed the sum of a month.",
)
RIGHT = (
    "two hundred people work at the mills, forty at night.",
    "each of them is trained for a week, paid as working time.",
    "nobody was hurt so badly that they stayed at home.",
    "the council met nine times and agreed on a roster for",
    "the winter months. Apprentices spend a day a week at",
    "school, and their fares are paid by the firm. A nurse",
    "comes on Tuesdays, and what she is told stays with her,",
    "as the law has it.",
)
HAN_LEFT = (
    "湖畔造纸厂在本年度完成了全部取水口的改造工作，每小时上",
    "报一次水位和水温。全年用水比上一年减少，超额完成了年初",
    "确定的目标。工厂把读数公开在村口的公告栏里，渔民随时可",
    "以查看，也可以打电话询问值班人员。",
)
HAN_RIGHT = (
    "造纸厂共有员工二百多人，其中四十人上夜班。每名员工都接",
    "受一周的培训，培训时间计入工作时间。全年没有人受重伤，",
    "工会召开了九次会议，商定了冬季的排班办法。学徒每周有一",
    "天在学校上课，路费由厂里承担。",
)


def doubts(report_of: ReportOf, text: str, dialect: Dialect) -> tuple[Doubt, ...]:
    report = report_of("# A\n\nB.\n")
    basis = replace(report.basis, lines=received_lines(text, dialect), dialect=dialect)
    profile = Profile.model_validate({"title": {"zh": "样例报告", "en": "Sample report"}})
    found = find_doubts(Material(replace(report, basis=basis), profile))
    return tuple(doubt for doubt in found if doubt.code in ("columns-mixed", "cells-apart"))


@pytest.mark.parametrize(("left", "right"), [(LEFT, RIGHT), (HAN_LEFT, HAN_RIGHT)], ids=["en", "zh"])
def test_two_columns_read_line_by_line_are_named(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    mixed = "\n".join(f"{a} {b}" for a, b in zip(left, right, strict=True))
    in_order = "\n".join([*left, *right])
    assert mixed_columns(received_lines(mixed, Dialect.PDFPLUMBER))
    assert mixed_columns(received_lines(in_order, Dialect.PDFPLUMBER)) == ()


def test_a_slip_and_an_abbreviation_are_no_columns() -> None:
    text = "\n".join(["We bought approx. forty lamps etc. and put them up before the winter came. they burn well."] * 2)
    assert mixed_columns(received_lines(text + "\n" + "\n".join(LEFT), Dialect.PDFPLUMBER)) == ()


def test_cells_whose_rows_nothing_tells_are_named_once(report_of: ReportOf) -> None:
    apart = "Indicator\n\n2029\n\n2030\n\nWater\n\nPower\n\n12\n\n13\n\n14\n\n15\n\nAll of it was checked.\n\n"
    (doubt,) = doubts(report_of, apart * 2, Dialect.PDFMINER)
    assert (doubt.code, doubt.lines, doubt.remedies[0].when) == ("cells-apart", (1, 21), "another-extractor")
    rows = "Indicator\n2029\n2030\nWater\n12\n13\nPower\n14\n15\nAll of it was checked.\n"
    assert doubts(report_of, rows, Dialect.PDFMINER) == ()
    assert doubts(report_of, apart, Dialect.MARKDOWN) == ()


def test_columns_are_named_with_what_to_do(report_of: ReportOf) -> None:
    mixed = "\n".join(f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True))
    (doubt,) = doubts(report_of, mixed, Dialect.PDFPLUMBER)
    assert doubt.code == "columns-mixed"
    assert doubt.lines
