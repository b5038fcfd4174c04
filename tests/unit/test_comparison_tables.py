"""Two years' tables side by side: rows by their labels, years by their heads, amounts only in units that agree."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser

from report_site.commands.editor.editions.comparing import Match, compare
from report_site.commands.editor.editions.comparison_page import comparison_csv, comparison_html
from report_site.language.conversion import base_of
from stages import ReportOf


def table(rows: list[list[str]], heading: str = "环境") -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(rows[0])}")
    return f"# {heading}\n\n河水清。\n\n" + "\n".join(lines) + "\n\n井水甜。\n"


def rows(report_of: ReportOf, old: str, new: str) -> tuple[Match, ...]:
    return compare(report_of(old, {"year": 2030}), report_of(new, {"year": 2031})).rows.matches


YEARS_OLD = [["指标", "2029", "2030"], ["用水量（吨）", "47,700", "44,900"], ["员工（人）", "211", "206"]]
YEARS_NEW = [["指标", "2030", "2031"], ["用水量（吨）", "44,950", "41,700"], ["员工（人）", "206", "215"]]


def test_rows_of_the_same_label_are_compared_year_by_year(report_of: ReportOf) -> None:
    water, staff = rows(report_of, table(YEARS_OLD), table(YEARS_NEW))
    assert water.sure
    assert (water.old.shown, water.new.shown) == ("44,900", "41,700")
    assert water.difference is not None
    assert (water.difference.number, water.difference.unit) == (Decimal(-3200), "吨")
    assert staff.difference is not None
    assert staff.difference.number == 9


def test_a_year_that_both_reports_state_otherwise_is_named(report_of: ReportOf) -> None:
    water, staff = rows(report_of, table(YEARS_OLD), table(YEARS_NEW))
    assert water.restated == ((2030, "44,900", "44,950"),)
    assert staff.restated == ()


@pytest.mark.parametrize(
    ("old", "new", "number", "unit"),
    [
        ("营业收入（万元）|12,000", "营业收入（亿元）|1.5", Decimal("0.3"), "亿元"),
        ("排放量（t）|1,200", "排放量（kt）|1.5", Decimal("0.3"), "kt"),
        ("用电量（kWh）|3,000", "用电量（MWh）|2", Decimal(-1), "MWh"),
        ("用电量（万千瓦时）|30", "用电量（千瓦时）|310,000", Decimal(10_000), "千瓦时"),
        ("重量（公斤）|500", "重量（吨）|0.75", Decimal("0.25"), "吨"),
    ],
)
def test_units_of_one_measure_are_converted(
    old: str, new: str, number: Decimal, unit: str, report_of: ReportOf
) -> None:
    before, after = (
        table([["指标", year], line.split("|"), ["员工（人）", "7"]]) for year, line in (("2030", old), ("2031", new))
    )
    match = rows(report_of, before, after)[0]
    assert match.difference is not None
    assert (match.difference.number, match.difference.unit) == (number, unit)
    assert match.converted


@pytest.mark.parametrize("unit", ["吨", "人", "万元", "", "立方米"])
def test_units_that_differ_give_no_difference(unit: str, report_of: ReportOf) -> None:
    before = table([["指标", "2030"], ["能耗（千瓦时）", "500"], ["员工（人）", "7"]])
    after = table([["指标", "2031"], [f"能耗（{unit}）" if unit else "能耗", "600"], ["员工（人）", "7"]])
    match = rows(report_of, before, after)[0]
    assert match.why_none == "unit"
    assert match.difference is None


def test_a_column_of_units_names_them(report_of: ReportOf) -> None:
    before = table([["指标", "单位", "2030"], ["排放", "吨", "500"], ["收入", "万元", "80"]])
    after = table([["指标", "单位", "2031"], ["排放", "吨", "400"], ["收入", "亿元", "0.01"]])
    emissions, income = rows(report_of, before, after)
    assert emissions.difference is not None
    assert emissions.difference.percentage == -20
    assert income.difference is not None
    assert income.difference.percentage == 25


def test_near_labels_and_labels_that_stand_twice_are_to_be_confirmed(report_of: ReportOf) -> None:
    before = table([["指标", "2030"], ["全年节约用水总量（吨）", "500"], ["员工（人）", "7"], ["员工（人）", "8"]])
    after = table([["指标", "2031"], ["全年节约用水量（吨）", "600"], ["员工（人）", "7"]])
    assert [match.sure for match in rows(report_of, before, after)] == [False, False]


def test_a_text_is_no_value_and_a_row_of_one_report_alone_is_listed(report_of: ReportOf) -> None:
    before = table([["指标", "2030"], ["认证", "ISO"], ["节水（吨）", "5"], ["员工（人）", "7"]])
    after = table([["指标", "2031"], ["认证", "ISO"], ["员工（人）", "8"]])
    found = compare(report_of(before, {"year": 2030}), report_of(after, {"year": 2031})).rows
    assert [match.new.name for match in found.matches] == ["员工（人）"]
    assert [one.name for one in found.only_old] == ["节水（吨）"]


def test_columns_without_years_are_named_by_their_heads(report_of: ReportOf) -> None:
    before = table([["厂区", "用水（吨）", "员工（人）"], ["东厂", "500", "7"], ["西厂", "300", "9"]])
    after = table([["厂区", "用水（吨）", "员工（人）"], ["东厂", "450", "8"], ["西厂", "310", "9"]])
    found = rows(report_of, before, after)
    assert [(match.new.name, match.difference.number if match.difference else None) for match in found] == [
        ("东厂 · 用水（吨）", Decimal(-50)),
        ("东厂 · 员工（人）", Decimal(1)),
        ("西厂 · 用水（吨）", Decimal(10)),
        ("西厂 · 员工（人）", Decimal(0)),
    ]


def test_a_year_that_the_old_report_does_not_head_gives_no_difference(report_of: ReportOf) -> None:
    """Its last year is another than the report's own: nothing is subtracted from it in silence."""
    before = table([["指标", "2028", "2029"], ["用水量（吨）", "1", "2"], ["员工（人）", "7", "7"]])
    (water, _) = rows(report_of, before, table(YEARS_NEW))
    assert water.difference is None
    assert water.why_none == "period"


@pytest.mark.parametrize("voice", ["zh", "en", "zh-Hant"])
def test_the_page_shows_tables_with_heads_units_and_marks(voice: str, report_of: ReportOf) -> None:
    old, new = report_of(table(YEARS_OLD), {"year": 2030}), report_of(table(YEARS_NEW), {"year": 2031})
    found = compare(old, new)
    page = LexborHTMLParser(comparison_html(found, old, new, voice))
    cells = [node.text(strip=True) for node in page.css("[aria-labelledby=rows] tbody tr")[0].css("th, td")]
    assert cells[:5] == ["用水量（吨）", "44,900", "41,700", "−3,200 吨", "−7.1%"]
    assert "44,950" in cells[5]
    head, *lines = csv.reader(io.StringIO(comparison_csv(found, voice).decode("utf-8-sig")))
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert told[0]["kind"] == "table"
    assert (told[0]["old_number"], told[0]["new_number"], told[0]["unit"]) == ("44900", "41700", "吨")
    assert told[0]["change_percent"] == "-7.1"


@pytest.mark.parametrize(
    ("unit", "factor", "base"),
    [
        ("万元", 10_000, "元"),
        ("亿元", 100_000_000, "元"),
        ("RMB million", 1_000_000, "元"),
        ("kt", 1_000_000, "kg"),
        ("吨", 1_000, "kg"),
        ("GWh", 1_000_000, "kWh"),
        ("万千瓦时", 10_000, "kWh"),
        ("ktCO2e", 1_000_000, "kgCO2e"),
        ("吨二氧化碳当量", 1_000, "kgCO2e"),
        ("m³", 1, "m3"),
        ("万立方米", 10_000, "m3"),
        ("小时/人", 1, "小时/人"),
        ("人次", 1, "人次"),
        ("%", 1, "%"),
    ],
)
def test_units_and_their_bases(unit: str, factor: int, base: str) -> None:
    assert base_of(unit) == (Decimal(factor), base)
