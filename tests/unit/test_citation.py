"""One citation value, five styles and structured data: who is credited, which year, and what stays out when unknown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from report_site.language.strings import words
from report_site.site.citation import Citation, Original, Style

CITED = Citation(
    key="report-2031-water-en",
    of="part",
    title="Clean {water} & air",
    report="Harbour Foods 2031 Report",
    tag="en",
    publisher="Harbour Foods",
    maker="Reading Group",
    derivation="restated and translated by Reading Group",
    restated=True,
    translated=True,
    published=2032,
    dated="2033-04",
    undated="n.d.",
    printed="13–14",
    address="https://a.example.org/en/water/",
    original=Original("海港食品 2031 报告", "zh-CN", "海港食品"),
)
PLAIN = replace(CITED, derivation="", restated=False, translated=False)


def said(style: Style) -> str:
    return "".join(part.text for part in style)


def test_a_derived_text_names_who_worded_it_and_both_dates() -> None:
    assert "Restated and translated by Reading Group. 2032: 13–14(2033-04)" in said(CITED.gbt)
    assert said(CITED.apa).startswith("Harbour Foods. (2033). Clean {water} & air (restated and translated by Reading")
    assert said(CITED.apa).endswith("https://a.example.org/en/water/ (Original work published 2032)")


def test_a_name_that_ends_with_a_full_stop_gets_no_second_one() -> None:
    limited = replace(CITED, publisher="Harbour Co., Ltd.", derivation="translated by Harbour Co., Ltd.")
    assert said(limited.gbt).startswith("Harbour Co., Ltd. Harbour Foods 2031 Report: ")
    assert "Translated by Harbour Co., Ltd. 2032" in said(limited.gbt)
    assert said(limited.apa).startswith("Harbour Co., Ltd. (2033). ")
    assert words("run-by-publisher", "en", name="Harbour Co., Ltd.") == "This site is run by Harbour Co., Ltd."
    assert words("run-by-publisher", "en", name="Harbour Foods") == "This site is run by Harbour Foods."
    assert words("run-by", "en", name="Ha Ltd.", publisher="Hu Inc.").endswith("Ha Ltd., independently of Hu Inc.")


def test_the_publishers_own_words_are_cited_as_theirs() -> None:
    assert "Reading Group" not in said(PLAIN.apa) + said(PLAIN.gbt) + said(PLAIN.csl) + said(PLAIN.bibtex)
    assert said(PLAIN.apa).startswith("Harbour Foods. (2032). ")
    assert PLAIN.linked_data("https://a.example.org/en/") == {
        "@type": "Report",
        "name": "Harbour Foods 2031 Report",
        "inLanguage": "en",
        "url": "https://a.example.org/en/",
        "author": {"@type": "Organization", "name": "Harbour Foods"},
        "publisher": {"@type": "Organization", "name": "Harbour Foods"},
        "datePublished": "2032",
    }


def test_what_is_not_known_is_not_invented() -> None:
    bare = replace(PLAIN, published=None, dated="", publisher="", printed="", maker="")
    assert said(bare.apa) == (
        "Clean {water} & air (n.d.). In Harbour Foods 2031 Report. https://a.example.org/en/water/"
    )
    assert "n.d." in said(bare.gbt)
    assert "PY  -" not in said(bare.ris)
    assert "AU  -" not in said(bare.ris)
    assert "year" not in said(bare.bibtex)
    assert not {"author", "issued", "page"} & set(json.loads(said(bare.csl))[0])
    assert not {"author", "publisher", "datePublished"} & set(bare.linked_data(""))


def test_pages_about_the_site_are_not_the_publishers() -> None:
    about = replace(CITED, of="site", title="About", printed="")
    for style in (about.gbt, about.apa):
        assert said(style).startswith("Reading Group. ")
    item = json.loads(said(about.csl))[0]
    assert item["author"] == [{"literal": "Reading Group"}]
    assert item["type"] == "webpage"


def test_programs_read_each_field() -> None:
    item = json.loads(said(CITED.csl))[0]
    assert item["issued"] == {"date-parts": [[2033, 4]]}
    assert item["original-date"] == {"date-parts": [[2032]]}
    assert item["translator"] == [{"literal": "Reading Group"}]
    assert (item["page"], item["URL"]) == ("13-14", CITED.address)
    assert r"title = {{Clean \{water\} \& air}}," in said(CITED.bibtex)
    assert "pages = {13--14}," in said(CITED.bibtex)
    assert said(CITED.ris).startswith("TY  - CHAP\nAU  - Harbour Foods\n")
    assert "SP  - 13\nEP  - 14\n" in said(CITED.ris)


@pytest.mark.parametrize("name", ["gbt", "apa", "bibtex", "ris", "csl"])
def test_a_script_can_put_the_paragraph_into_every_style(name: str) -> None:
    style: Style = getattr(CITED, name)
    assert [part.text for part in style if part.role == "url"] == [CITED.address]
    assert any(part.role == "printed" for part in style)


def test_structured_data_rests_on_the_publishers_work() -> None:
    data = CITED.linked_data("https://a.example.org/en/")
    assert data["isBasedOn"] == data["translationOfWork"]
    assert data["isBasedOn"]["author"]["name"] == "海港食品"  # type: ignore[index]
    assert data["publisher"] == {"@type": "Organization", "name": "Reading Group"}
    assert "translationOfWork" not in replace(CITED, translated=False).linked_data("")
