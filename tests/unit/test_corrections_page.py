"""The page of corrections: each link says which place it leads to, and no two links sound the same (WCAG 2.4.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from report_site.language.tags import VARIETIES
from report_site.publish.about_pages import corrections_page
from report_site.publish.report_pages import block_homes, notes_by_page, said_of
from report_site.report import Report
from stages import ReportOf

SOURCE = """\
# 环境

全年用水 12 万吨，比上年少。

全年用电 30 万度，比上年少。

## 废物

全年废物 5 吨，比上年少。
"""
_LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")


def correction(at: str, wrong: str, right: str) -> Mapping[str, Any]:
    return {"at": at, "wrong": wrong, "right": right, "why": {"zh": "另有说明。", "en": "It is told elsewhere."}}


def in_both(report: Report) -> Report:
    return replace(report, varieties={**report.varieties, **{one: VARIETIES[one] for one in ("zh", "en")}})


def test_links_name_page_and_section_and_alike_ones_are_numbered(report_of: ReportOf) -> None:
    told = [correction("3 用水", "12", "13"), correction("5 用电", "30", "31"), correction("9 废物", "5", "6")]
    report = report_of(SOURCE, {"corrections": told})
    page = corrections_page(report, "zh", block_homes(report.pages))
    assert [name for name, _ in _LINK.findall(page)] == ["环境（第 1 处）", "环境（第 2 处）", "环境 › 废物"]


def test_one_place_keeps_one_name(report_of: ReportOf) -> None:
    told = [correction("3 用水", "12", "13"), correction("3 用水", "上年少", "上年略少")]
    report = report_of(SOURCE, {"corrections": told})
    page = corrections_page(report, "zh", block_homes(report.pages))
    assert [name for name, _ in _LINK.findall(page)] == ["环境"], "one reason, one row"
    assert "12；上年少 | 13；上年略少" in page
    told[1] = {**told[1], "why": {"zh": "理由不同。", "en": "Another reason."}}
    page = corrections_page(report_of(SOURCE, {"corrections": told}), "zh", block_homes(report.pages))
    assert [name for name, _ in _LINK.findall(page)] == ["环境", "环境"]


def test_what_is_quoted_has_its_meaning_beside_it_in_the_other_language(report_of: ReportOf) -> None:
    told = [{**correction("3 用水", "上年少", "上年略少"), "gloss": {"wrong": "less", "right": "a little less"}}]
    told.append(dict(correction("9 废物", "5", "6")))
    report = in_both(report_of(SOURCE, {"corrections": told}))
    homes = block_homes(report.pages)
    english = corrections_page(report, "en", homes)
    assert "| 上年少 (less) | 上年略少 (a little less) |" in english
    assert "| 5 | 6 |" in english
    assert "less" not in corrections_page(report, "zh", homes)
    said = [text for _, _, text in said_of(report, "en")]
    assert said[0] == "‘上年少’ (less) corrected to ‘上年略少’ (a little less). It is told elsewhere."


def test_a_report_in_english_has_its_meanings_in_chinese(report_of: ReportOf) -> None:
    told = [{**correction("3 less", "a lot less", "less"), "gloss": {"wrong": "少很多", "right": "较少"}}]
    report = in_both(report_of("# Water\n\nWe used a lot less.\n", {"language": "en", "corrections": told}))
    page = corrections_page(report, "zh", block_homes(report.pages))
    assert "| a lot less（少很多） | less（较少） |" in page


def test_errors_that_the_restated_text_does_not_have_stand_apart(report_of: ReportOf) -> None:
    told = [correction("3 用水", "12", "13"), {**correction("5 用电", "三十", "30"), "wording": "official"}]
    report = report_of(SOURCE, {"corrections": told, "restated": True})
    page = corrections_page(report, "zh", block_homes(report.pages))
    corrected, avoided = page.partition("{: #avoided }")[::2]
    assert "| 12 | 13 |" in corrected
    assert "| 三十 | 30 |" in avoided
    assert "应为" in avoided
    own = corrections_page(report_of(SOURCE, {"corrections": told[:1]}), "zh", block_homes(report.pages))
    assert "#avoided" not in own


def test_no_name_leads_to_two_places(docs_files: Mapping[str, bytes]) -> None:
    pages = [text.decode() for path, text in docs_files.items() if path.endswith("/corrections.md")]
    assert pages
    for page in pages:
        links = set(_LINK.findall(page))
        assert len({name for name, _ in links}) == len(links)


def test_places_are_numbered_as_a_reader_meets_them(report_of: ReportOf) -> None:
    told = [correction("5 用电", "30", "31"), correction("3 用水", "12", "13")]
    report = report_of(SOURCE, {"corrections": told})
    homes = block_homes(report.pages)
    page = corrections_page(report, "zh", homes)
    assert [name for name, _ in _LINK.findall(page)] == ["环境（第 2 处）", "环境（第 1 处）"]
    (notes,) = notes_by_page(report, "zh", homes).values()
    assert [note.lines for note in notes] == [(3,), (5,)]
