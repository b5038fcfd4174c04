"""Charts beside tables: which tables have one, and that it says what its table says."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborNode

from report_site.model import DataTable, KeyValueTable, Row, Text
from report_site.model.texts import blocks_of
from report_site.publish.charts import chart_of
from report_site.publish.docs import render_docs
from report_site.publish.roundtrip import parse_markdown
from stages import ReportOf


def table(rows: str, caption: str = "用水", notes: tuple[str, ...] = ()) -> DataTable:
    """From rows a line each, cells parted by `|`; the first is the head."""
    head, *body = [[Text(cell.strip()) for cell in line.split("|")] for line in rows.strip().splitlines()]
    cells = tuple(Row(tuple((text,) if text.source else () for text in row)) for row in body)
    return DataTable(lines=(1,), header=tuple(head), rows=cells, caption=Text(caption), notes=tuple(map(Text, notes)))


DRAWN = {
    "years, unit in a column": ("指标|单位|2030|2031\n用水|吨|12|10", "bars", "用水: 12 10"),
    "years, unit in all cells": ("指标|2030年|2031年\n用水|1,200 吨|2 万吨", "bars", "用水: 1200 20000"),
    "unit behind the label": ("指标|2030|2031\n用水量（吨）|12|10", "bars", "用水量（吨）: 12 10"),
    "many years, in their order": ("项|单位|2031|2030|2029|2028|2027\n水|t|5|4|3|2|1", "lines", "水: 1 2 3 4 5"),
    "several rows of a unit": ("厂|单位|2030|2031\n东|吨|3|4\n西|吨|5|6", "bars", "东: 3 4; 西: 5 6"),
    "shares": ("学历|占比\n本科|62.5%\n硕士|30%\n其他|7.5%", "bars", ": 62.5 30 7.5"),
    "shares with their sum": ("学历|占比\n本科|60%\n其他|40%\n合计|100%", "bars", ": 60 40"),
    "shares of years": ("性别|单位|2030|2031\n女|%|40|45\n男|%|60|55", "bars", "女: 40 45; 男: 60 55"),
    "one measure, unit in the head": ("地区|捐赠（万元）\n东|3\n西|9\n南|5", "bars", ": 3 9 5"),
    "ranked, unit in all cells": ("地区|捐赠\n东|9 万元\n西|3 万元\n南|1 万元", "bars", ": 90000 30000 10000"),
    "English": ("Mill|Water (tonnes)\nEast|1,200\nWest|900\nSouth|500", "bars", ": 1200 900 500"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "kind", "values"), DRAWN.values(), ids=DRAWN)
def test_a_chart_is_drawn(rows: str, kind: str, values: str) -> None:
    chart = chart_of(table(rows), "en" if rows.isascii() else "zh")
    assert chart is not None
    assert chart.kind == kind
    said = [
        f"{group.label.source if group.label else ''}: {' '.join(f'{mark.number.normalize():f}' for mark in group.marks)}"
        for group in chart.groups
    ]
    assert "; ".join(said) == values


REFUSED = {
    "units differ": "指标|单位|2030|2031\n用水|吨|12|10\n用电|度|3|4",
    "units in cells differ": "指标|2030|2031\n用水|12 吨|10 升",
    "unit said twice, and not the same": "指标|单位|2030|2031\n用水|吨|12 升|10 升",
    "no unit": "指标|2030|2031\n用水|12|10",
    "a target": "指标|单位|2030|2031 目标\n用水|吨|12|10",
    "a half beside a year": "指标|单位|2030|2031 上半年\n用水|吨|12|10",
    "two kinds of years": "指标|单位|2030|FY2031\n用水|吨|12|10",
    "a year twice": "指标|单位|2031|2031\n用水|吨|12|10",
    "a column beside the years": "指标|单位|2030|2031|变化\n用水|吨|12|10|2",
    "a bound": "指标|单位|2030|2031\n用水|吨|≥ 12|10",
    "a qualifier": "指标|2030|2031\n用水|约 12 吨|10 吨",
    "a plus": "指标|2030|2031\n用水|12+ 吨|10 吨",
    "a range": "指标|单位|2030|2031\n用水|吨|12-14|10",
    "less than nothing": "指标|单位|2030|2031\n用水|吨|-12|10",
    "nothing": "指标|单位|2030|2031\n用水|吨|0|0",
    "a gap": "指标|单位|2030|2031\n用水|吨||10",
    "a stroke": "指标|单位|2030|2031\n用水|吨|/|10",
    "a note on a value": "指标|单位|2030|2031\n用水|吨|12⁽¹⁾|10",
    "a total among its parts": "厂|单位|2030|2031\n东|吨|3|4\n西|吨|5|6\n合计|吨|8|10",
    "a total below its parts": "厂|用水（吨）\n东|3\n西|5\n合计|8",
    "rates of different wholes": "指标|单位|2030|2031\n达标率|%|99|98\n培训率|%|80|90",
    "no whole": "指标|比例\n达标率|99%\n培训率|80%\n满意率|70%",
    "other things in no order": "指标|数值\n用水|9 吨\n废物|1 吨\n纸|3 吨",
    "years as values": "厂|建成\n东|1998\n西|2001\n南|2005",
    "brackets that hold no unit": "厂|用水（经审计）\n东|9\n西|5\n南|3",
    "two values only": "厂|用水（吨）\n东|9\n西|5",
    "too many rows": "厂|单位|2030|2031\n" + "\n".join(f"厂{n}|吨|{n + 1}|{n + 2}" for n in range(5)),
}  # fmt: skip


@pytest.mark.parametrize("rows", REFUSED.values(), ids=REFUSED)
def test_no_chart_is_drawn(rows: str) -> None:
    assert chart_of(table(rows), "zh") is None


def test_a_note_below_forbids_it() -> None:
    rows = DRAWN["several rows of a unit"][0]
    assert chart_of(table(rows, notes=("注：2031 年起含分厂。",)), "zh") is None


def test_a_caption_may_name_the_unit() -> None:
    assert chart_of(table("指标|2030|2031\n用水|12|10", "用水（单位：吨）"), "zh") is not None
    assert chart_of(table("指标|2030|2031\n用水|12|10", "用水（节选）"), "zh") is None


def test_pairs_of_shares_have_one() -> None:
    rows = tuple(Row(((Text(label),), (Text(value),))) for label, value in (("女", "45%"), ("男", "55%")))
    assert chart_of(KeyValueTable(lines=(1,), rows=rows), "zh") is not None


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=12), st.sampled_from(["吨", "人次", "kWh", "万元", "%"]))
def test_numbers_are_those_of_the_table(values: list[int], unit: str) -> None:
    heads = "|".join(str(2000 + n) for n in range(len(values)))
    cells = "|".join(f"{value:,}" for value in values)
    chart = chart_of(table(f"指标|单位|{heads}\n项目|{unit}|{cells}"), "zh")
    if chart is None:
        assert not any(values)
    else:
        assert [mark.number for mark in chart.groups[0].marks] == list(map(Decimal, values))


# --- as it is shown ------------------------------------------------------------------------------------------------

SOURCE = """# 河边的工厂

两座工厂都在节水，河水更清了。

表 1 各厂用水

| 厂 | 单位 | 2030 | 2031 |
| --- | --- | --- | --- |
| 东厂 | 吨 | 1,200 | 600 |
| 西厂 <b>*b* | 吨 | 300 | 900 |
"""


def page_of(report_of: ReportOf, profile: dict[str, object] | None = None) -> LexborNode:
    report = report_of(SOURCE, profile)
    text = render_docs(report)[f"zh/{report.pages[0].slug}.md"].decode()
    main = parse_markdown(text, "zh").css_first("main")
    assert main is not None
    return main


def test_it_stands_right_before_its_table(report_of: ReportOf) -> None:
    page = page_of(report_of)
    (figure,) = page.css("figure.chart")
    after = figure.next
    while after is not None and after.tag == "-text":
        after = after.next
    assert after is not None
    assert after.css_first("table") is not None


def test_it_says_each_value_of_its_table(report_of: ReportOf) -> None:
    page = page_of(report_of)
    (svg,), (table_,) = page.css("svg"), page.css("table")
    description = svg.css_first("desc")
    assert description is not None
    drawn = [node.text() for node in svg.css("text.chart-value")]
    printed = [cell.text() for cell in table_.css("td.number")]
    assert drawn == printed == re.findall(r"(?<=20\d\d )[\d,]+", description.text())
    for head in table_.css("tbody th"):
        assert head.text() in description.text(), "text of the report is no markup"
    assert svg.css("b, em, script, [style]") == []
    assert {svg.attributes["aria-labelledby"], svg.attributes["aria-describedby"]} == {
        node.attributes["id"] for node in svg.css("title, desc")
    }


def test_bars_are_as_long_as_their_values(report_of: ReportOf) -> None:
    bars = page_of(report_of).css("rect")
    assert [bar.attributes["width"] for bar in bars] == ["100.00%", "50.00%", "25.00%", "75.00%"]
    fills = [bar.attributes.get("fill") for bar in bars]
    assert fills[0] != fills[1], "a pattern besides the colour"
    assert fills[:2] == fills[2:], "the same year looks the same"


def test_report_yml_turns_it_off(report_of: ReportOf) -> None:
    place = SOURCE.splitlines().index("| 东厂 | 吨 | 1,200 | 600 |") - 1
    ruling = {"at": f"{place} 厂", "chart": False, "why": "两厂的口径不同"}
    assert page_of(report_of, {"tables": [ruling]}).css("svg") == []


def test_a_doubt_of_the_editors_forbids_it(report_of: ReportOf) -> None:
    place = SOURCE.splitlines().index("| 东厂 | 吨 | 1,200 | 600 |") + 1
    flag = {"at": f"{place} 东厂", "what": {"zh": "存疑", "en": "Doubtful"}}
    report = report_of(SOURCE, {"flags": [flag]})
    assert any(isinstance(block, DataTable) for page in report.pages for block in blocks_of(page))
    assert page_of(report_of, {"flags": [flag]}).css("svg") == []
