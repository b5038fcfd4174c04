"""A page in short, in the site's own words: first on its page, in print and in every copy, said to be the site's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from report_site.commands.making import report_of
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.loading import load_folder
from report_site.model import Note
from report_site.model.errors import InputError
from report_site.model.texts import blocks_of
from report_site.publish.copies.data import Writer
from report_site.publish.data.facts import facts_of
from report_site.publish.docs import render_docs
from report_site.publish.report_json import report_json
from report_site.report import Report

SOURCE = "# Water\n\nThe group saved water in 3 plants.\n\n# Air\n\nThe group planted trees.\n"
PROFILE = """language: en
title: {zh: 报告, en: Report}
outline:
  - {at: "1 Water", slug: water}
  - {at: "5 Air", slug: air}
"""
BOTH = "summaries:\n  water: {zh: 讲怎样省水。, en: How water is saved.}\n"


def report(folder: Path, profile: str, *, translated: bool = True) -> Report:
    (folder / "source.md").write_text(SOURCE, "utf-8")
    (folder / "report.yml").write_text(PROFILE + profile, "utf-8")
    message = '\nmsgctxt "water#water"\nmsgid "Water"\nmsgstr "水"\n' if translated else ""
    (folder / "zh.po").write_text(f'msgid ""\nmsgstr "Language: zh\\n"\n{message}', "utf-8")
    return report_of(load_folder(folder))


def notes(made: Report) -> Mapping[str, list[str]]:
    return {
        page.slug: [block.text.source for block in blocks_of(page) if isinstance(block, Note)] for page in made.pages
    }


def test_stands_first_on_its_page_and_says_whose_words_it_is_in(tmp_path: Path) -> None:
    docs = render_docs(report(tmp_path, BOTH))
    for name, said, label, text in (
        ("en/water.md", "How water is saved.", "In short", "The group saved water"),
        ("zh/water.md", "讲怎样省水。", "提要", "The group saved water"),
    ):
        page = docs[name].decode()
        assert page.index("\n# ") < page.index(f"/// note | {label}") < page.index(said) < page.rindex(text)
        assert page.count(said) == 1
    assert "kind: summary" not in docs["en/air.md"].decode()


def test_stands_in_print_in_the_pdf_and_in_the_data(tmp_path: Path) -> None:
    made = report(tmp_path, BOTH)
    assert render_docs(made)["en/print.md"].decode().count("How water is saved.") == 1
    document = Writer(made, "en", made.printed_whole, {}).document("", "Report")
    told = json.dumps(document["parts"], ensure_ascii=False)
    assert told.index("In short") < told.index("How water is saved.") < told.index("The group saved water")
    blocks = json.loads(report_json(made))["pages"][0]["section"]["blocks"]
    assert (blocks[0]["purpose"], blocks[0]["text"]["zh"]) == ("summary", "讲怎样省水。")


def test_its_numbers_are_none_that_the_report_states(tmp_path: Path) -> None:
    made = report(tmp_path, "summaries:\n  water: {zh: 3 家工厂节水。, en: Water is saved in 3 plants.}\n")
    assert [fact.id for fact in facts_of(made) if "3" in fact.said["en"].value] == ["water-p1-n1"]


def test_without_summaries_no_page_has_one(tmp_path: Path) -> None:
    assert notes(report(tmp_path, "")) == {"water": [], "air": []}


def test_half_a_summary_is_shown_to_nobody(tmp_path: Path) -> None:
    half = "summaries: {water: {en: How water is saved.}}\n"
    assert notes(report(tmp_path, half))["water"] == []


def test_a_report_in_one_language_needs_one(tmp_path: Path) -> None:
    half = "summaries: {water: {en: How water is saved.}}\n"
    assert notes(report(tmp_path, half, translated=False))["water"] == ["How water is saved."]


def test_its_text_is_no_markup(tmp_path: Path) -> None:
    page = render_docs(report(tmp_path, "summaries: {water: {zh: '*a*', en: '# <b>x</b> /// note'}}\n"))["en/water.md"]
    assert b"<b>" not in page


@pytest.mark.parametrize(
    ("profile", "place", "problem"),
    [
        ("summaries:\n  wter: {zh: 水。, en: Water.}\n", "report.yml:7: summaries.wter", "write one of water, air"),
        ("summaries:\n  water: {zh: ' ', en: Water.}\n", "report.yml:7: summaries.water.zh", "is blank"),
        ("summaries:\n  water: {de: Wasser.}\n", "report.yml:7: summaries.water.de", "no such key"),
        ("summaries: [water]\n", "report.yml:6: summaries", "mapping"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, profile: str, place: str, problem: str) -> None:
    with pytest.raises(InputError) as error:
        report(tmp_path, profile)
    assert place in str(error.value)
    assert problem in str(error.value)


def test_a_page_of_the_outline_that_the_source_lacks_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Water\n\nThe group saved water in 3 plants.\n", "utf-8")
    report(tmp_path, BOTH + "  air: {zh: 讲种树。, en: About trees.}\n")
    folder = load_folder(tmp_path)
    made = convert(folder, translations_of(load_catalogue(folder.catalogue), "en"), tmp_path / "other.md")
    assert [page.slug for page in made.pages] == ["water"]
