from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.source.read.classify import ClassifiedLine
from stages import classified, cleaned


def shown(line: ClassifiedLine) -> str:
    level = f" {line.level}" if line.level else ""
    return f"{line.kind.value} {line.rule}{level}: {line.text}"


@cases("classify", "rules")
def test_classifies(case: Case) -> None:
    assert [shown(line) for line in classified(case["source"])] == case["expected"]


@cases("classify", "order")
def test_first_rule_wins(case: Case) -> None:
    assert [shown(line) for line in classified(case["source"])] == case["expected"]


LINES = st.sampled_from(
    [
        "# 节水",
        "## 节电",
        "",
        "图：水塔",
        "| 甲 | 乙 |",
        "|---|---|",
        "- 一",
        "97% 达标",
        "12",
        "全年节水 12 万吨。",
        "1. 水",
        "一、电",
        "Kzqx [|",
        "管理上",
        "# 2022 年",
        "扫码查看",
        "abc",
        "2.1 湖",
        "“引语”",
        "。",
        "> 引",
        "\f页",
        "#",
        "|",
    ]
)


@given(st.lists(LINES, min_size=1, max_size=25).map("\n".join))
def test_gives_each_line_one_verdict(source: str) -> None:
    wanted = [line.number for line in cleaned(source) if not line.blank]
    assert [line.number for line in classified(source)] == wanted
