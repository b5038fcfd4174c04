from __future__ import annotations

import json
from dataclasses import replace

from report_site.model import Fate, Paragraph, Text
from report_site.publish.report_json import ledger_json
from report_site.report import Report
from report_site.source.structure.ledger import Dropped, Ledger, keep_ledger
from stages import ReportOf, classified

SOURCE = """\
# 节约用水

三座工厂都装了节水设备，全年
节水  12 万吨。
图：净水池
Kzqx Wvb

| 63 场 | 节水培训 |
|---|---|
| 96.2% | 岗位覆盖率 |

    - 收集雨水
"""


def entries(report: Report) -> dict[int, tuple[str, str, str | None]]:
    return {e.line: (e.fate.value, e.rule, e.block) for e in report.ledger.lines}


def test_each_line_has_one_fate_and_its_rule(report_of: ReportOf) -> None:
    assert entries(report_of(SOURCE)) == {
        1: ("published", "marked-heading", "jie-yue-yong-shui"),
        3: ("published", "text", "jie-yue-yong-shui-p1"),
        4: ("merged", "text", "jie-yue-yong-shui-p1"),
        5: ("published", "caption-mark", "jie-yue-yong-shui-picture1"),
        6: ("noise", "foreign-fragment", None),
        8: ("published", "table-row", "jie-yue-yong-shui-figures1"),
        9: ("furniture", "table-rule", None),
        10: ("published", "table-row", "jie-yue-yong-shui-figures1"),
        12: ("published", "list-mark", "jie-yue-yong-shui-list1"),
    }


def test_notes_repairs(report_of: ReportOf) -> None:
    changes = {e.line: [(c.rule, c.before, c.after) for c in e.changes] for e in report_of(SOURCE).ledger.lines}
    assert changes[4] == [("wide-space", "节水  12 万吨。", "节水 12 万吨。")]


def test_counts(report_of: ReportOf) -> None:
    ledger = report_of(SOURCE).ledger
    assert str(ledger) == "12 lines: 6 published, 1 merged, 1 furniture, 1 noise; 16 tokens, 0 unaccounted"
    data = json.loads(ledger_json(ledger))
    assert data["summary"] == ledger.summary()
    assert set(data["lines"][0]) == {"line", "fate", "rule", "digest", "block", "page", "printed_page", "changes"}


def kept(report: Report, text: str) -> Ledger:
    """The ledger of SOURCE when its first paragraph is published as `text`."""
    (page,) = report.pages
    (paragraph,) = (b for b in page.section.blocks if isinstance(b, Paragraph))
    changed = replace(paragraph, text=replace(paragraph.text, source=text))
    blocks = tuple(changed if b is paragraph else b for b in page.section.blocks)
    pages = (replace(page, section=replace(page.section, blocks=blocks)),)
    return keep_ledger(classified(SOURCE), pages, {}, Dropped(), 12)


def test_a_published_text_that_lost_a_digit_is_unaccounted(report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    whole = "三座工厂都装了节水设备，全年节水 12 万吨。"
    assert kept(report, whole).unaccounted == ()
    assert kept(report, whole.replace("12", "1")).unaccounted == (4,)
    assert kept(report, whole.replace("设备", "")).unaccounted == (3,)
    assert kept(report, "").unaccounted == (3, 4)


def test_a_line_without_block_is_unaccounted(report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    (page,) = report.pages
    bare = (replace(page, section=replace(page.section, blocks=())),)
    ledger = keep_ledger(classified(SOURCE), bare, {}, Dropped(), 12)
    assert ledger.unaccounted == (3, 4, 5, 8, 10, 12)
    assert {e.line for e in ledger.lines} == {1, 6, 9}


def test_fates_are_the_four_of_the_design() -> None:
    assert [fate.value for fate in Fate] == ["published", "furniture", "noise", "merged"]
    assert Text("甲").lines == ()


def test_a_stroke_of_a_column_is_no_sign_of_the_next_columns_number(report_of: ReportOf) -> None:
    report = report_of("# 环境\n\n指标索引      -      3.5%     /\n\n三座工厂共节水 12 万吨。\n")
    assert report.ledger.lost == {}
