"""Links within a source lead to the section on the site, in both languages; what leads nowhere is plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_site.convert import build_report
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder
from report_site.folder.profile import Profile
from report_site.publish.docs import render_docs
from report_site.publish.roundtrip import parse_markdown
from report_site.report.references import find_phrase
from stages import received

SOURCE = """\
# 用水 {#water}

节水见[《员工》](#员工)与[附注](#nowhere)，计划见[此处](#page-3-1)。

- [员工](#员工)

| 议题 | 页码 |
|---|---|
| 水 | [12](#page-3-1) |
| 人 | [13](#page-3-1)，共 13 |

# 员工

<span id="page-3-1"></span>招聘 41 人，见<a href="#water">用水</a>一章。
"""
ENGLISH = {
    "员工": "People",
    "用水": "Water",
    "节水见《员工》与附注，计划见此处。": "On saving water see People and the note, on plans see below.",
    "招聘 41 人，见用水一章。": "We hired 41 people; the first chapter says more.",
}


def _links(tmp_path: Path, language: str, source: str = SOURCE) -> dict[str, str]:
    """Words of each link that isn't a way back -> its address."""
    names = {"title": {"zh": "样例报告", "en": "Sample report"}, "publisher": {"zh": "样例", "en": "Sample"}}
    folder = ReportFolder(tmp_path, Profile.model_validate(names))
    report = build_report(folder, Translations("zh", dict(ENGLISH)), received(source), "source.md")
    assert report.ledger.unaccounted == ()
    pages = [data.decode() for path, data in render_docs(report).items() if path.startswith(f"{language}/")]
    reports = [page for page in pages if "\nkind: report\n" in page]
    return {
        node.attributes.get("aria-label") or node.text(): node.attributes["href"] or ""
        for page in reports
        for node in parse_markdown(page, language).css("a[href*='.md#']")
    }


def test_in_the_language_of_the_source(tmp_path: Path) -> None:
    found = _links(tmp_path, "zh")
    assert found == {
        "此处": "yuan-gong.md#yuan-gong-p1",
        "员工": "yuan-gong.md#yuan-gong",
        "12": "yuan-gong.md#yuan-gong-p1",
        "13": "yuan-gong.md#yuan-gong-p1",
        "用水": "yong-shui.md#yong-shui",
    }


def test_in_the_other_language(tmp_path: Path) -> None:
    """On the title that the phrase names; where the wording has none, behind the text, with a name of its own."""
    found = _links(tmp_path, "en")
    assert found["People"] == "yuan-gong.md#yuan-gong"
    assert found["See: People"] == "yuan-gong.md#yuan-gong-p1"
    assert found["See: Water"] == "yong-shui.md#yong-shui"


def test_without_a_target_no_link(tmp_path: Path) -> None:
    assert _links(tmp_path, "zh", "# 甲\n\n见[乙](#yi)、[丙](https://c.example/#甲)与 #甲。\n") == {}


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("see Our  people (2034) now", "Our people (2034)", "Our  people (2034)"),
        ("用水 112 吨，12 座", "12", "12"),
        ("waterworks", "water", None),
        ("on page 112", "12", None),
        ("见「员工」", "员工", "员工"),
        ("none", "…", None),
    ],
)
def test_a_phrase_is_found_as_whole_words(text: str, phrase: str, found: str | None) -> None:
    span = find_phrase(text, phrase)
    assert (text[slice(*span)] if span else None) == found
