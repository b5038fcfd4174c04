"""A translation that holds only where the publisher's own wording is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_site.commands.making import report_of
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.loading import load_folder
from report_site.model.errors import InputError
from report_site.model.texts import first_paragraph
from report_site.report import Report

OWN = "# 水\n\n井边的人说，3 口井都有水。\n"
OFFICIAL = "# 水\n\n“3 口井都有水！”井边的人说道。\n"
PO = """msgid ""
msgstr "Language: en\\n"

msgctxt "water#water"
msgid "水"
msgstr "Water"

msgctxt "water#water-p1"
msgid "井边的人说，3 口井都有水。"
msgstr "People at the wells say that all 3 have water."
"""
GIVEN = 'official:\n  water#water-p1: "‘All 3 wells have water!’ say people there."\n'


def folder(root: Path, official: str = GIVEN) -> Path:
    (root / "source.md").write_text(OWN, "utf-8")
    (root / "other.md").write_text(OFFICIAL, "utf-8")
    (root / "en.po").write_text(PO, "utf-8")
    profile = 'title: {zh: 报告, en: Report}\nrestated: true\noutline: [{at: "1 水", slug: water}]\n'
    (root / "report.yml").write_text(profile + official, "utf-8")
    return root


def said(report: Report) -> str | None:
    text = first_paragraph(report.pages[0])
    return text.translation if text else None


def other(root: Path) -> Report:
    loaded = load_folder(root)
    return convert(loaded, translations_of(load_catalogue(loaded.catalogue), "zh"), root / "other.md")


def test_it_holds_for_the_other_source_alone(tmp_path: Path) -> None:
    folder(tmp_path)
    assert said(report_of(load_folder(tmp_path))) == "People at the wells say that all 3 have water."
    assert said(other(tmp_path)) == "‘All 3 wells have water!’ say people there."


def test_without_one_the_catalogue_speaks(tmp_path: Path) -> None:
    assert said(other(folder(tmp_path, ""))) == "People at the wells say that all 3 have water."


def test_a_page_that_the_report_does_not_have_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"report\.yml:5: official\.air#water-p1: 'air' is no page of the report"):
        report_of(load_folder(folder(tmp_path, GIVEN.replace("water#", "air#"))))
