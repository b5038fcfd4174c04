"""Pages about a site that is just begun: the report's names in them, in its own Chinese, and nothing that isn't known."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import SAMPLES
from report_site.commands.editor.scaffold import start_folder
from report_site.folder.loading import load_folder
from report_site.language.characters import han_count
from report_site.language.generic_pages import NAMES, generic_page
from report_site.model import Language
from report_site.publish.writing import write_folder


def test_new_scaffolds_them_in_both_languages(tmp_path: Path) -> None:
    write_folder(start_folder(SAMPLES / "levelled-en.md").files, tmp_path / "report")
    pages = load_folder(tmp_path / "report").written_pages
    assert set(pages) == {f"{language}/{name}.md" for language in ("zh", "en") for name in NAMES}
    assert "the report ‘Harbour Foods plc Sustainability Report 2023’" in pages["en/about.md"]
    assert "published by Harbour Foods plc" in pages["en/about.md"]


def test_what_a_name_holds_is_no_markup(tmp_path: Path) -> None:
    source = tmp_path / "source.md"
    text = (SAMPLES / "levelled-en.md").read_text("utf-8")
    source.write_text(text.replace("# Harbour Foods plc", "# Harbour [Foods](x) $publisher plc", 1), "utf-8")
    files = start_folder(source).files
    assert b"](x)" not in files["pages/en/about.md"].replace(b"\\]", b"")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_publisher_that_nobody_knows_is_not_named(language: Language) -> None:
    known = generic_page("about", language, language, {"title": "Foods", "publisher": "Someone"})
    unknown = generic_page("about", language, language, {"title": "Foods"})
    assert "Someone" in known
    assert "$" not in unknown
    assert len(known.splitlines()) == len(unknown.splitlines()) + 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("variety", ["zh-Hant", "zh-TW", "zh-HK"])
def test_traditional_chinese_is_written_in_its_own_characters(name: str, variety: str) -> None:
    simplified = generic_page(name, "zh", "zh", {"title": "T", "publisher": "P"})
    traditional = generic_page(name, "zh", variety, {"title": "T", "publisher": "P"})
    assert "页" in simplified
    assert "页" not in traditional
    assert "頁" in traditional


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    zh, en = (generic_page(name, language, language, {"title": "T", "publisher": "P"}) for language in ("zh", "en"))
    parts = [[line.split("{:")[1] for line in text.splitlines() if line.startswith("#")] for text in (zh, en)]
    assert parts[0] == parts[1]
    assert han_count(en) == 0
