"""A page of numbers lists a fact once, with both its places, and leaves counts in passing to the files."""

from __future__ import annotations

import re

import pytest

from report_site.publish.data.facts import facts_of
from report_site.publish.data.listing import rows_in
from report_site.publish.data.page import data_pages
from stages import ReportOf

STRIP = """\
# 水务

## 节水

{sentence}

| {value} |
|---|
| {label} |
"""


def rows_of(report_of: ReportOf, sentence: str, value: str, label: str) -> list[tuple[str, int]]:
    """Kind of each row, and how many more places it has."""
    at = {"at": "7-9", "kind": "key-figures", "rows": [[value, label]], "why": "试"}
    report = report_of(STRIP.format(sentence=sentence, value=value, label=label), {"tables": [at]})
    return [(row.fact.kind, len(row.also)) for row in rows_in(facts_of(report), "zh")]


ONCE = [("key-figure", 1)]
TWICE = [("prose", 0), ("key-figure", 0)]


@pytest.mark.parametrize(
    ("sentence", "value", "label", "expected"),
    [
        pytest.param("全年修好旧水管 320 个。", "320 个", "全年修好的旧水管", ONCE, id="the same fact"),
        pytest.param(
            "全年修好旧水管超过 320 个。", "320 余个", "全年修好的旧水管", ONCE, id="one qualifier in two words"
        ),
        pytest.param("全年修好旧水管超过 320 个。", "320 个", "全年修好的旧水管", TWICE, id="another qualifier"),
        pytest.param("全年修好旧水管 321 个。", "320 个", "全年修好的旧水管", TWICE, id="another value"),
        pytest.param("全年修好旧水管 320 米。", "320 个", "全年修好的旧水管", TWICE, id="another unit"),
        pytest.param("全年培训员工 320 人。", "320 人", "全年献血志愿者", TWICE, id="something else that is as many"),
        pytest.param("2021 年修好旧水管 320 个。", "320 个", "2022 年修好的旧水管", TWICE, id="another year"),
        pytest.param(
            "全年修好旧水管 320 个；修好的旧水管中，有 320 个在村里。",
            "320 个",
            "全年修好的旧水管",
            [("prose", 0), *TWICE],
            id="two sentences that may be meant",
        ),
    ],
)
def test_a_fact_is_listed_once_where_the_text_shows_that_it_is_one(
    report_of: ReportOf, sentence: str, value: str, label: str, expected: list[tuple[str, int]]
) -> None:
    assert rows_of(report_of, sentence, value, label) == expected


def test_both_places_are_linked_and_both_addresses_kept(report_of: ReportOf) -> None:
    at = {"at": "7-9", "kind": "key-figures", "rows": [["320 个", "全年修好的旧水管"]], "why": "试"}
    text = STRIP.format(sentence="全年修好旧水管 320 个。", value="320 个", label="全年修好的旧水管")
    report = report_of(text, {"tables": [at]})
    pages = dict(data_pages(report, "zh", facts_of(report), (), ()))
    figure, sentence = sorted((fact.id for fact in facts_of(report)), key=lambda one: "figures" not in one)
    assert f'row-ids: "{figure}"' in pages["data.md"]
    assert f"{{: #{sentence} }}" in pages["data.md"]
    assert len(re.findall(r"\]\([\w-]+\.md#", pages["data.md"])) == 2


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        ("集团从用水、排水、节水三个方面着手。", False),
        ("这项工作分四步完成。", False),
        ("集团与三所学校合作。", True),
        ("集团新增 6 个水站。", True),
        ("集团在 8 个省建了水站。", True),
        ("集团新建十二个水站。", True),
        ("近三年用水量下降。", True),
    ],
)
def test_counts_in_passing_are_left_to_the_files(report_of: ReportOf, sentence: str, listed: bool) -> None:
    report = report_of(f"# 水务\n\n{sentence}\n\n全年培训员工 320 人。\n")
    facts = facts_of(report)
    rows = [row.fact.id for row in rows_in(facts, "zh")]
    assert len(facts) == 2
    assert (facts[0].id in rows) is listed


def test_no_page_stands_empty(report_of: ReportOf) -> None:
    facts = facts_of(report_of("# 水务\n\n集团从用水、排水、节水三个方面着手。\n"))
    assert [row.fact for row in rows_in(facts, "zh")] == list(facts)


def test_counts_in_passing_of_an_english_report(report_of: ReportOf) -> None:
    text = "# Water\n\nWe work in four areas. We built four wells. We opened 4 areas.\n"
    facts = facts_of(report_of(text, {"language": "en"}))
    assert [row.fact.said["en"].value for row in rows_in(facts, "en")] == ["four wells", "4 areas"]
