"""Addresses and ids for any heading: unique, valid, kept; reserved ones never taken and refused in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from report_site.commands.cli import main
from report_site.folder.loading import load_folder
from report_site.model.slugs import ANCHORS, LONGEST_SLUG, ROUTES, is_anchor, slug_fault
from report_site.model.texts import blocks_of
from report_site.report import Report
from stages import ReportOf

PROSE = "Every site measured its water and reported the result to the board in the same month. " * 40


def slugs_of(report: Report) -> list[str]:
    return [page.slug for page in report.pages]


def ids_of(report: Report) -> list[str]:
    return [block.id for page in report.pages for block in blocks_of(page)]


@pytest.mark.parametrize(
    "title", ["Search", "Index", "EN", "404", "yes", "1e3", "2030", "null", "Page 3", "Contents", "On"]
)
def test_a_title_never_takes_an_address_of_the_site(title: str, report_of: ReportOf) -> None:
    report = report_of(f"# {title}\n\n{PROSE}\n\n# Water\n\n## {title}\n\n{PROSE}\n")
    assert not set(slugs_of(report)) & ROUTES
    assert not set(ids_of(report)) & ANCHORS
    assert all(map(is_anchor, ids_of(report)))
    assert all(not slug_fault(slug) for slug in slugs_of(report))
    assert all(yaml.safe_load(slug) == slug for slug in slugs_of(report))


def test_a_heading_that_begins_with_a_digit_heads_a_table(report_of: ReportOf) -> None:
    table = "| Item | Unit | 2030 |\n| --- | --- | --- |\n| Staff | persons | 4,100 |\n| Sites | number | 12 |\n"
    report = report_of(f"# People\n\n## 2028-2031 headcount\n\n{table}\n## 5G network\n\n{table}")
    assert all(map(is_anchor, ids_of(report)))
    assert {"report-2028-2031-headcount-table1", "report-5g-network-table1"} <= set(ids_of(report))


def test_equal_chapters_are_told_apart_by_the_chapter_above_then_by_a_number(report_of: ReportOf) -> None:
    chapters = "".join(f"# {name}\n\n{PROSE}\n\n## Approach\n\n{PROSE}\n\n" for name in ("Water", "Energy", "Energy"))
    assert slugs_of(report_of(chapters)) == [
        "water",
        "approach",
        "energy",
        "energy-approach",
        "energy-2",
        "energy-2-approach",
    ]


def test_a_count_never_meets_a_title_that_reads_like_it(report_of: ReportOf) -> None:
    report = report_of("".join(f"# {name}\n\n{PROSE}\n\n" for name in ("Base 2", "Base", "Base", "Base 3", "Base")))
    assert len(set(slugs_of(report))) == 5
    assert len(set(ids_of(report))) == len(ids_of(report))


def test_a_section_is_never_named_like_a_block(report_of: ReportOf) -> None:
    text = "Our sites keep to one policy for every drop of water.\n\n"
    report = report_of(f"# Water\n\n{text}{text}## P1\n\n{text}## Case study: the pond\n\n{text}### Case\n\n{text}")
    assert len(set(ids_of(report))) == len(ids_of(report))


def test_slugs_given_stay_with_their_sections(report_of: ReportOf) -> None:
    """A slug that report.yml gives to a later chapter isn't taken by an earlier title."""
    source = f"# Water\n\n{PROSE}\n\n# Rivers\n\n{PROSE}\n"
    report = report_of(source, {"language": "en", "outline": [{"at": "5 Rivers", "slug": "water", "page": True}]})
    assert slugs_of(report) == ["water-2", "water"]


@pytest.mark.parametrize("slug", ["search", "en", "404", "a" * (LONGEST_SLUG + 1), "Water", "a--b", "water\n"])
def test_a_slug_that_no_page_may_have_is_refused(slug: str, tmp_path: Path) -> None:
    source = tmp_path / "source.md"
    source.write_text("# Water\n\nEvery site measured its water.\n", "utf-8")
    profile = {
        "language": "en",
        "title": {"zh": "报告", "en": "Report"},
        "publisher": {"zh": "公司", "en": "Company"},
        "outline": [{"at": "1 Water", "slug": slug, "page": True}],
    }
    (tmp_path / "report.yml").write_text(yaml.safe_dump(profile, allow_unicode=True), "utf-8")
    result = CliRunner().invoke(main, ["convert", "--report", str(tmp_path), "--docs", str(tmp_path / "docs")])
    assert result.exit_code == 2
    assert "report.yml:5: outline[0].slug" in result.stderr
    assert len(result.stderr.splitlines()) == 1


CHINESE = "公司在各个厂区开展节水工作，并按照与上一年度相同的口径逐年披露各项数据，接受各方监督。"


@pytest.mark.parametrize(
    "source",
    [
        # A section named like the chapter above it; equal numbered slugs on every level; a page's pages after its sections.
        f"# Report\n\n## Environment\n\n{PROSE}\n\n### Water\n\n{PROSE}\n\n#### Environment\n\n{PROSE}\n\n## People\n\nWe hired.\n",
        f"# 环境\n\n## 一\n\n{CHINESE * 80}\n\n### 环境\n\n{CHINESE}\n\n## 二\n\n{CHINESE}\n\n# ★\n\n## ★\n\n{CHINESE * 80}\n\n## ★★\n\n一段。\n",
        # More headings on one level than chapters can be; scraps.
        pytest.param("".join(f"# Topic {i} of the year\n\n{PROSE}\n\n" for i in range(120)), marks=pytest.mark.slow),
        "A preface.\n\n" + "".join(f"# 第{i}个议题\n\n{CHINESE}\n\n" for i in range(60)),
        f"# 概述\n\n开头。\n\n## 背景\n\n一段。\n\n# 主体\n\n{CHINESE * 60}\n\n## 背景\n\n{CHINESE * 60}\n\n### 背景\n\n一段。\n",
    ],
)
def test_the_profile_that_new_writes_gives_the_same_report(source: str, tmp_path: Path) -> None:
    """Each heading stands in it once, at its place, with its slug: what `new` saw is what the folder gives."""
    from report_site.convert import convert
    from report_site.folder.catalogue import Translations

    extraction = tmp_path / "extraction.md"
    extraction.write_text(source, "utf-8")
    result = CliRunner().invoke(main, ["new", str(tmp_path / "report"), "--source", str(extraction)])
    assert result.exit_code == 0, result.output
    folder = load_folder(tmp_path / "report")
    report = convert(folder, Translations(folder.profile.language))
    entries = [entry for top in folder.profile.outline for entry in top.walk()]
    headings = [s.heading for page in report.pages for s in page.section.walk() if s.heading.lines]
    assert sorted(entry.at.first for entry in entries) == sorted(heading.lines[0] for heading in headings)
    assert [entry.slug for entry in entries if entry.page] == [p.slug for p in report.pages if p.section.heading.lines]
    assert report.missing == ()
