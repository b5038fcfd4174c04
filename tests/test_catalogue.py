from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.errors import InputError
from report_site.folder.catalogue import (
    Message,
    Translations,
    dump,
    load_catalogue,
    new_catalogue,
    renewed,
    translations_of,
)
from report_site.model import Text
from report_site.structure.translation import messages, needs_translation, translate
from report_site.texts import texts_on
from stages import ReportOf


def catalogue_of(po: list[list[object]]) -> Catalog:
    catalogue = new_catalogue("en")
    for context, source, translation, fuzzy in po:
        catalogue.add(str(source), str(translation), context=str(context), flags={"fuzzy"} if fuzzy else set())
    return catalogue


@cases("catalogue", "found")
def test_finds_translations(case: Case) -> None:
    assert translations_of(catalogue_of(case["po"]), "zh").find(Message(*case["find"])) == case["expected"]


@cases("catalogue", "not_found")
def test_shows_the_source_rather_than_a_wrong_translation(case: Case) -> None:
    assert translations_of(catalogue_of(case["po"]), "zh").find(Message(*case["find"])) is None


@cases("catalogue", "renewed")
def test_renews(case: Case, tmp_path: Path) -> None:
    fresh = renewed(catalogue_of(case["po"]), [Message(*message) for message in case["now"]], "en")
    path = tmp_path / "en.po"
    path.write_bytes(dump(fresh))
    found = [[m.context, m.id, m.string, m.fuzzy] for m in load_catalogue(path, "zh") if m.id]
    assert found == case["expected"]


def test_renewing_remembers_what_the_source_was() -> None:
    fresh = renewed(catalogue_of([["a#p1", "节水", "Saving water", False]]), [Message("a#p1", "节约用水")], "en")
    assert "# was: 节水\n" in dump(fresh).decode("utf-8")


def test_renewing_twice_changes_nothing(tmp_path: Path) -> None:
    now = [Message("a#p1", "节约用水", (3, 4)), Message("a#p2", "节电", (5,))]
    path = tmp_path / "en.po"
    path.write_bytes(dump(renewed(catalogue_of([["a#p1", "节水", "Saving water", False]]), now, "en")))
    first = path.read_bytes()
    path.write_bytes(dump(renewed(load_catalogue(path, "zh"), now, "en")))
    assert path.read_bytes() == first


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Co"]), min_size=1).filter(str.strip))
def test_any_text_survives_the_file(text: str) -> None:
    catalogue = new_catalogue("en")
    catalogue.add(text, text, context="a#p1")
    (message,) = (m for m in read_po(io.BytesIO(dump(catalogue))) if m.id)
    assert (message.id, message.string) == (text, text)


@pytest.mark.parametrize("damage", ['msgid "a"\n', 'msgid "a"\nmsgid "b"\nmsgstr "c"\n', "hello\n", "# \xff\n"])
def test_names_the_place_of_a_broken_catalogue(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "en.po"
    path.write_bytes(damage.encode("latin-1"))
    with pytest.raises(InputError, match=r"en\.po"):
        load_catalogue(path, "zh")


SOURCE = """\
# 节约用水

三座工厂共节水 12 万吨。

| 12 | GRI 303-1、GRI 303-2 |
|---|---|
| 15 | GRI 401-1、GRI 403-1 |
"""


def test_numbers_and_codes_need_no_translator(report_of: ReportOf) -> None:
    assert not needs_translation("96.2%", "zh")
    assert not needs_translation("GRI 303-1、GRI 303-2", "zh")
    assert needs_translation("12 万吨", "zh")
    wanted = [message.source for message in messages(report_of(SOURCE).untranslated, "zh")]
    assert wanted == ["节约用水", "三座工厂共节水 12 万吨。"]


def test_translates_what_there_is_and_leaves_the_rest_open(report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    known = Translations("zh", by_source={"节约用水": "Saving water"})
    texts = {
        text.source: text.translation for page in translate(report.untranslated, known, "zh") for text in texts_on(page)
    }
    assert texts["节约用水"] == "Saving water"
    assert texts["三座工厂共节水 12 万吨。"] is None
    assert not any(translation is None for source, translation in texts.items() if not needs_translation(source, "zh"))


def test_a_text_given_in_both_languages_needs_no_message() -> None:
    assert Text("甲", translation="A").in_language("en", "zh") == "A"
    assert Text("甲").in_language("en", "zh") is None
