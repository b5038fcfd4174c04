"""Indexes of standards in any order of columns: typed rows, links to the sections, the way back, what leads nowhere."""

from __future__ import annotations

import csv
import io

import pytest

from report_site.publish.data import data_files, gather
from report_site.publish.docs import render_docs
from report_site.report import Disclosure, Report
from stages import ReportOf

BODY = """# 青屿科技 2030 可持续发展报告

# 商业道德

公司对腐败采取零容忍态度，组织反腐败培训 26 场。

# 职业健康

公司建立了健康管理体系。

# {title}

{table}
"""
SECTIONS = {"商业道德": "shang-ye-dao-de", "职业健康": "zhi-ye-jian-kang"}


def files_of(report: Report) -> dict[str, bytes]:
    return dict(data_files(report, gather(report)))


def table(*rows: str) -> str:
    head, *body = rows
    return "\n".join([f"| {head} |", "|" + " --- |" * (head.count("|") + 1), *(f"| {row} |" for row in body)])


LAYOUTS = {
    "code, title, section": (
        "GRI 内容索引",
        table(
            "GRI 标准 | 披露项 | 位置",
            "GRI 2-1 | 组织详细情况 | 商业道德",
            "GRI 205-2 | 反腐败培训 | 商业道德",
            "GRI 403-9 | 工伤 | 职业健康",
        ),
        [("GRI", "GRI 2-1", "商业道德"), ("GRI", "GRI 205-2", "商业道德"), ("GRI", "GRI 403-9", "职业健康")],
    ),
    "section, codes": (
        "GRI 索引",
        table("章节 | 对应 GRI 标准", "商业道德 | GRI 205-2、GRI 205-3", "职业健康 | GRI 403-1、GRI 403-9"),
        [
            ("GRI", "GRI 205-2", "商业道德"),
            ("GRI", "GRI 205-3", "商业道德"),
            ("GRI", "GRI 403-1", "职业健康"),
            ("GRI", "GRI 403-9", "职业健康"),
        ],
    ),
    "title, code, section": (
        "SASB 索引",
        table(
            "主题 | SASB 代码 | 章节",
            "能源管理 | TC-SI-130a.1 | 职业健康",
            "数据隐私 | TC-SI-220a.1 | 商业道德",
            "人才 | TC-SI-330a.2 | 职业健康",
        ),
        [
            ("SASB", "TC-SI-130a.1", "职业健康"),
            ("SASB", "TC-SI-220a.1", "商业道德"),
            ("SASB", "TC-SI-330a.2", "职业健康"),
        ],
    ),
    "aspect, code, text, section, a gap": (
        "香港联交所 ESG 指引索引",
        table(
            "层面 | 关键绩效指标 | 描述 | 章节",
            "A1 排放物 | A1.1 | 排放物种类 | 职业健康",
            "A1 排放物 | A1.2 | 温室气体排放量 | 职业健康",
            "B7 反贪污 | B7.1 | 贪污诉讼案件 | 商业道德",
            "B2 健康与安全 | B2.1 | 因工死亡人数 | 不适用",
        ),
        [
            ("HKEX", "A1.1", "职业健康"),
            ("HKEX", "A1.2", "职业健康"),
            ("HKEX", "B7.1", "商业道德"),
            ("HKEX", "B2.1", ""),
        ],
    ),
    "section first, bare numbers": (
        "GRI 内容索引",
        table("位置 | 披露项编号 | 备注", "商业道德 | 205-2 | 已披露", "职业健康 | 403-9 | 部分披露"),
        [("GRI", "205-2", "商业道德"), ("GRI", "403-9", "职业健康")],
    ),
    "the standard of the institute": (
        "社科院 CASS-CSR 4.0 索引",
        table("指标编号 | 指标描述 | 披露位置", "G1.1 | 企业治理 | 商业道德", "S3.2 | 职业健康管理 | 职业健康"),
        [("CASS", "G1.1", "商业道德"), ("CASS", "S3.2", "职业健康")],
    ),
    "omission before section": (
        "GRI index",
        table(
            "GRI Standard | Disclosure | Omission | Section",
            "GRI 205-2 | Anti-corruption training | - | 商业道德",
            "GRI 403-9 | Injuries | Not available | 职业健康",
        ),
        [("GRI", "GRI 205-2", "商业道德"), ("GRI", "GRI 403-9", "职业健康")],
    ),
}


def section_of(one: Disclosure, report: Report) -> str:
    """Title of the only section that answers it."""
    titles = {page.slug: page.section.heading.text.source for page in report.pages}
    (title,) = {titles[place.page] for place in one.places} or {""}
    return title


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_are_typed_whatever_the_order_of_columns(layout: str, report_of: ReportOf) -> None:
    title, rows, expected = LAYOUTS[layout]
    report = report_of(BODY.format(title=title, table=rows))
    found = [(one.standard, one.code, section_of(one, report)) for one in report.site_map.index.disclosures]
    assert found == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_link_lands_and_leads_back(layout: str, report_of: ReportOf) -> None:
    title, rows, expected = LAYOUTS[layout]
    report = report_of(BODY.format(title=title, table=rows))
    files = {path: data.decode() for path, data in render_docs(report).items()}
    index = next(
        text for path, text in files.items() if path.startswith("zh/") and expected[0][1] in text and "| --- |" in text
    )
    for _, code, section in expected:
        if section:
            page = next(page for page in report.pages if page.section.heading.text.source == section)
            assert f"[{section}]({page.slug}.md)" in index
            assert f"code: {code}" in files[f"zh/{page.slug}.md"].replace("'", "")


def test_printed_pages_lead_to_what_is_printed_there(report_of: ReportOf) -> None:
    topics = ["水", "空气", "土地", "树林", "河流", "员工"]
    pages = [f"# {topic}的故事\n\n工厂认真照顾{topic}，今年更好了。\n\n{i}\n" for i, topic in enumerate(topics, 1)]
    rows = table("披露项 | 内容 | 页码", "GRI 303-5 | 耗水 | P1", "GRI 305-7 | 气体 | 2、3", "GRI 401-1 | 雇佣 | 19")
    report = report_of("\f".join([*pages, f"# GRI 索引\n\n{rows}\n\n7\n"]))
    by_code = {one.code: one for one in report.site_map.index.disclosures}
    assert [section_of(by_code["GRI 303-5"], report)] == ["水的故事"]
    assert len(by_code["GRI 305-7"].places) == 2
    assert by_code["GRI 401-1"].places == ()
    files = render_docs(report)
    assert "GRI 401-1" in files["zh/data.md"].decode().split("{: #gaps }")[1]


def test_titles_are_the_index_s_own_else_the_standard_s(report_of: ReportOf) -> None:
    title, rows, _ = LAYOUTS["section, codes"]
    rows_of = list(
        csv.DictReader(
            io.StringIO(
                files_of(report_of(BODY.format(title=title, table=rows)))["data/disclosures.csv"].decode("utf-8-sig")
            )
        )
    )
    assert rows_of[0]["title_en"] == "Communication and training about anti-corruption policies and procedures"
    title, rows, _ = LAYOUTS["code, title, section"]
    rows_of = list(
        csv.DictReader(
            io.StringIO(
                files_of(report_of(BODY.format(title=title, table=rows)))["data/disclosures.csv"].decode("utf-8-sig")
            )
        )
    )
    assert rows_of[1]["title_zh"] == "反腐败培训"
    assert rows_of[1]["permalinks_zh"].endswith("/")


def test_a_table_of_codes_that_leads_nowhere_is_no_index(report_of: ReportOf) -> None:
    rows = table("型号 | 产量 | 年份", "E70 | 1,204 | 2029", "E71 | 980 | 2030", "E72 | 770 | 2031")
    report = report_of(BODY.format(title="产品", table=rows))
    assert report.site_map.index.disclosures == ()
    assert "data/disclosures.csv" not in files_of(report)
