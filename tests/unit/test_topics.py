"""Material topics that a report names: each with the sections that answer it, in both directions of doubt."""

from __future__ import annotations

import pytest

from report_site.publish.data.facts import facts_of
from report_site.publish.docs import render_docs
from report_site.report import Report
from stages import ReportOf

BODY = """# 青屿科技 2030 可持续发展报告

# 商业道德

公司对腐败采取零容忍态度，组织反腐败培训 26 场。

- 26 场
- 反腐败培训

# 职业健康

公司建立了健康管理体系。

# {title}

{table}
"""
LISTED = """# 青屿科技 2030 可持续发展报告

# 商业道德

公司对腐败采取零容忍态度。

# 职业健康

公司建立了健康管理体系。

# 议题

公司确定了下列议题：

- 商业道德
- 员工健康
- 用水
"""


def table(*rows: str) -> str:
    head, *body = rows
    return "\n".join([f"| {head} |", "|" + " --- |" * (head.count("|") + 1), *(f"| {row} |" for row in body)])


def answered(report: Report) -> list[tuple[str, list[str]]]:
    titles = {page.slug: page.section.heading.text.source for page in report.pages}
    return [(one.name.source, [titles[place.page] for place in one.sections]) for one in report.site_map.topics]


def test_a_column_of_material_topics_names_them(report_of: ReportOf) -> None:
    rows = table(
        "实质性议题 | 章节 | GRI 披露项", "反腐败 | 商业道德 | GRI 205-2", "职业健康 | | GRI 403-9", "用水 | |"
    )
    report = report_of(BODY.format(title="议题与索引", table=rows))
    assert answered(report) == [("反腐败", ["商业道德"]), ("职业健康", ["职业健康"]), ("用水", [])]
    page = render_docs(report)["zh/topics.md"].decode()
    corruption, health, water = page.split("\n## ")[1:]
    assert "GRI 205-2" in corruption
    assert "GRI 403-9" not in health, "its row leads to no section"
    assert "报告没有以此为题的章节" in water
    assert "报告没有以此为题的章节" not in corruption + health


def test_topics_without_codes_are_found_too(report_of: ReportOf) -> None:
    rows = table("重要性议题 | 对应章节", "反腐败 | 商业道德", "健康 | 职业健康")
    report = report_of(BODY.format(title="议题", table=rows))
    assert answered(report) == [("反腐败", ["商业道德"]), ("健康", ["职业健康"])]
    assert report.site_map.index.disclosures == ()


@pytest.mark.parametrize("head", ["关注议题", "主题", "层面"])
def test_topics_that_nobody_calls_material_are_none(report_of: ReportOf, head: str) -> None:
    rows = table(f"{head} | 章节 | GRI 披露项", "反腐败 | 商业道德 | GRI 205-2", "健康 | 职业健康 | GRI 403-9")
    report = report_of(BODY.format(title="议题", table=rows))
    assert report.site_map.topics == ()
    assert "zh/topics.md" not in render_docs(report)


def ruling(**sections: list[str]) -> dict[str, object]:
    place = LISTED.splitlines().index("- 商业道德") + 1
    answered = [{"topic": topic, "sections": slugs} for topic, slugs in sections.items()]
    return {"topics": [{"at": f"{place} 商业道德", "answered": answered}]}


def test_a_ruling_names_the_block_that_lists_them(report_of: ReportOf) -> None:
    report = report_of(LISTED, ruling())
    assert answered(report) == [("商业道德", ["商业道德"]), ("员工健康", []), ("用水", [])]
    health = next(page.slug for page in report.pages if page.section.heading.text.source == "职业健康")
    report = report_of(LISTED, ruling(员工健康=[health]))
    assert answered(report)[1] == ("员工健康", ["职业健康"])
    page = render_docs(report)["zh/topics.md"].decode()
    assert f"[职业健康]({health}.md)" in page
    assert "3 个实质性议题" in render_docs(report)["zh/data.md"].decode()


def test_what_editors_chose_is_said_once_or_where_it_is(report_of: ReportOf) -> None:
    """The sections of one topic have its title, those of another an editor chose: only these are marked."""
    health = next(page.slug for page in report_of(LISTED).pages if page.section.heading.text.source == "职业健康")
    mixed = render_docs(report_of(LISTED, ruling(员工健康=[health])))["zh/topics.md"].decode()
    assert mixed.count("由本站编者选定") == 2, "once in the opening, once at the topic"
    ethics = next(page.slug for page in report_of(LISTED).pages if page.section.heading.text.source == "商业道德")
    chosen = render_docs(report_of(LISTED, ruling(员工健康=[health], 商业道德=[ethics])))["zh/topics.md"].decode()
    assert chosen.count("由本站编者选定") == 2, "in the opening, and where it describes the page"
    assert chosen.count("### 章节 {:") == 2


def test_figures_without_a_label_or_in_doubt_stay_where_they_are(report_of: ReportOf) -> None:
    strip = table("26 场 | 1,204 人次", "反腐败培训 | 参加培训")
    source = LISTED.replace("公司对腐败采取零容忍态度。", f"公司对腐败采取零容忍态度。\n\n{strip}")
    place = source.splitlines().index("| 26 场 | 1,204 人次 |") + 1
    told = {"flags": [{"at": f"{place} 1,204", "what": {"zh": "数值可疑。", "en": "Doubtful."}}]}
    at = {"topics": [{"at": f"{source.splitlines().index('- 商业道德') + 1} 商业道德"}]}
    sure = render_docs(report_of(source, at))["zh/topics.md"].decode()
    assert "**26 场** [反腐败培训](" in sure
    assert "1,204" in sure
    assert "1,204" not in render_docs(report_of(source, {**at, **told}))["zh/topics.md"].decode()


def test_a_ruling_that_fits_nothing_is_named(report_of: ReportOf) -> None:
    """The site is made all the same: next year's report may have other topics."""
    report = report_of(LISTED, ruling(食堂=[], 用水=["nowhere"]))
    canteen, nowhere = report.unplaced
    assert "topics: '食堂' is no topic of that block" in canteen
    assert "'nowhere' is no page or section" in nowhere
    assert set(report.unplaced) <= set(report.notes)
    assert answered(report)[2] == ("用水", [])
    assert report_of(LISTED, ruling(用水=[])).unplaced == ()


def test_key_figures_and_goals_of_its_sections_stand_with_it(report_of: ReportOf) -> None:
    rows = table("实质性议题 | 章节 | GRI 披露项 | SDGs", "反腐败 | 商业道德 | GRI 205-2 | SDG 16 和平、正义")
    strip = table("26 场 | 1,204 人次", "反腐败培训 | 参加培训")
    report = report_of(BODY.format(title="索引", table=rows).replace("- 26 场\n- 反腐败培训", strip))
    page = render_docs(report)["zh/topics.md"].decode()
    assert "### 可持续发展目标 {: #topic-1-goals }\n\n- SDG 16 和平、正义" in page
    figures = [fact for fact in facts_of(report) if fact.kind == "key-figure"]
    assert len(figures) == 2
    assert all(f"#{fact.id})" in page for fact in figures)
    assert "- **26 场** [反腐败培训](" in page


def test_a_page_answers_with_the_pages_below_it(report_of: ReportOf) -> None:
    rows = table("实质性议题 | 章节 | GRI 披露项", "治理 | 公司治理 |", "道德 | 商业道德 | GRI 205-2")
    profile = {
        "outline": [
            {
                "at": "3 公司治理",
                "slug": "governance",
                "page": True,
                "sections": [{"at": "7 商业道德", "slug": "ethics", "page": True}],
            },
            {"at": "11 索引", "slug": "index-of-standards", "page": True},
        ]
    }
    source = f"# 青屿科技 2030 可持续发展报告\n\n# 公司治理\n\n公司认真治理。\n\n## 商业道德\n\n公司零容忍。\n\n# 索引\n\n{rows}\n"
    page = render_docs(report_of(source, profile))["zh/topics.md"].decode()
    governance, ethics = page.split("\n## ")[1:]
    assert "GRI 205-2" in governance
    assert "GRI 205-2" in ethics
