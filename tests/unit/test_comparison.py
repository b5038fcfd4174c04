"""Two years' key figures side by side: no difference where the two don't count the same thing alike."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser

from report_site.commands.editor.editions.comparing import Comparison, Match, compare
from report_site.commands.editor.editions.comparison_page import comparison_csv, comparison_html
from report_site.report import Report
from stages import ReportOf

BESIDE = {"净水池": "7 座"}
"""Stands in every strip: one value alone is none."""


def strip(figures: dict[str, str], heading: str = "环境") -> str:
    """A section with a strip of key figures: label -> value."""
    figures = figures | BESIDE
    values, labels = (" | ".join(cells) for cells in (figures.values(), figures))
    rule = " | ".join("---" for _ in figures)
    return f"# {heading}\n\n| {values} |\n| {rule} |\n| {labels} |\n\n河水清。\n"


def compared(report_of: ReportOf, old: str, new: str) -> Comparison:
    found = compare(report_of(old, {"year": 2030}), report_of(new, {"year": 2031}))
    matches = tuple(match for match in found.matches if match.new.name not in BESIDE)
    old_only, new_only = (
        tuple(one for one in side if one.name not in BESIDE) for side in (found.only_old, found.only_new)
    )
    return Comparison(matches, old_only, new_only)


def only(comparison: Comparison) -> Match:
    (match,) = comparison.matches
    return match


def test_subtracts_what_has_the_same_label(report_of: ReportOf) -> None:
    old, new = strip({"节水总量": "18 万吨", "回用率": "62%"}), strip({"节水总量": "20 万吨", "回用率": "65%"})
    water, share = compared(report_of, old, new).matches
    assert water.sure
    assert share.sure
    assert water.difference is not None
    assert (water.difference.number, water.difference.percentage) == (Decimal(20000), Decimal(2) / Decimal(18) * 100)
    assert share.difference is not None
    assert (share.difference.number, share.difference.percentage) == (Decimal(3), None)


def test_the_year_in_a_label_is_not_its_name(report_of: ReportOf) -> None:
    old, new = strip({"2030 年节电量": "3,120 度"}), strip({"2031 年节电量": "3,000 度"})
    match = only(compared(report_of, old, new))
    assert match.sure
    assert match.difference is not None
    assert match.difference.number == -120


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (strip({"节水总量": "18 万吨"}), strip({"节水总量": "18 万度"}), "unit"),
        (strip({"节水总量": "18 万吨"}), strip({"节水总量": "超过 20 万吨"}), "qualifier"),
        (strip({"节水总量": "18 万吨"}), strip({"节水总量": "20 万吨"}, "社区"), "scope"),
    ],
)
def test_says_why_there_is_no_difference(old: str, new: str, reason: str, report_of: ReportOf) -> None:
    match = only(compared(report_of, old, new))
    assert match.difference is None
    assert match.why_none == reason


def test_a_state_at_the_years_end_is_no_sum_of_the_year(report_of: ReportOf) -> None:
    old = strip({"员工总数": "40 人"}).replace("河水清", "截至 2030 年底，员工总数为 40 人")
    new = strip({"员工总数": "45 人"}).replace("河水清", "2031 年，员工总数为 45 人")
    match = only(compared(report_of, old, new))
    assert match.why_none == "period"


def test_near_labels_are_to_be_confirmed(report_of: ReportOf) -> None:
    found = compared(report_of, strip({"全年节约用水总量": "18 万吨"}), strip({"全年节约用水量": "20 万吨"}))
    assert not only(found).sure
    page = LexborHTMLParser(comparison_html(found, *_reports(report_of), "en"))
    (mark,) = page.css("td mark")
    assert mark.text() == "To be confirmed"


def test_near_labels_of_other_units_are_two_figures(report_of: ReportOf) -> None:
    found = compared(report_of, strip({"全年节约用水总量": "18 万吨"}), strip({"全年节约用水量": "20 万度"}))
    assert found.matches == ()
    assert [one.name for one in found.only_old] == ["全年节约用水总量"]
    assert [one.name for one in found.only_new] == ["全年节约用水量"]


def test_equal_labels_are_told_apart_by_their_heading(report_of: ReportOf) -> None:
    old = strip({"人数": "40 人"}, "员工") + strip({"人数": "7 人"}, "志愿者")
    new = strip({"人数": "9 人"}, "志愿者") + strip({"人数": "45 人"}, "员工")
    found = compared(report_of, old, new)
    assert [(m.old.shown, m.new.shown, m.sure) for m in found.matches] == [
        ("7 人", "9 人", True),
        ("40 人", "45 人", True),
    ]


def test_a_label_that_stands_twice_in_one_place_is_to_be_confirmed(report_of: ReportOf) -> None:
    old = strip({"人数": "40 人"}) + strip({"人数": "7 人"})
    found = compared(report_of, old, strip({"人数": "9 人"}))
    assert [match.sure for match in found.matches] == [False]
    assert len(found.only_old) == 1


def _reports(report_of: ReportOf) -> tuple[Report, Report]:
    old = report_of(strip({"节水总量": "18 万吨"}), {"year": 2030})
    return old, report_of(strip({"节水总量": "20 万吨"}), {"year": 2031})


@pytest.mark.parametrize("voice", ["zh", "en"])
def test_the_page_is_a_table_that_reads_aloud(voice: str, report_of: ReportOf) -> None:
    old = report_of(strip({"节水总量": "18 万吨", "节电量&lt;<b>": "5 个"}), {"year": 2030})
    new = report_of(strip({"节水总量": "20 万吨", "节电量&lt;<b>": "6 个"}), {"year": 2031})
    page = LexborHTMLParser(comparison_html(compare(old, new), old, new, voice))
    assert page.css("b, script") == []
    assert len(page.css("table > caption")) == 1
    assert [node.attributes["scope"] for node in page.css("th")] == ["col"] * 6 + ["row"] * 3
    assert [node.text() for node in page.css("thead th")][1:3] == ["2030", "2031"]
    cells = [node.text() for node in page.css("tbody tr")[0].css("td")]
    assert cells[:4] == ["18 万吨", "20 万吨", "+20,000 吨", "+11.1%"]


def test_the_table_for_spreadsheets_holds_no_formula(report_of: ReportOf) -> None:
    old = report_of(strip({"=节水总量": "18 万吨"}), {"year": 2030})
    new = report_of(strip({"=节水总量": "15 万吨"}), {"year": 2031})
    data = comparison_csv(compare(old, new), "en")
    assert data.startswith(b"\xef\xbb\xbf")
    head, row, _ = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert told["difference"] == "-30000"
    assert told["change_percent"] == "-16.7"
    assert not told["label"].startswith("=")
