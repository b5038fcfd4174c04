"""The card of a number: what it tells in each language, how it is cited, and that every key figure and row has one."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from report_site.language.tags import VARIETIES
from report_site.publish.data.cards import cards_of, pieces_of
from report_site.publish.data.facts import Fact, Said
from report_site.publish.roundtrip import parse_markdown
from report_site.report import Report
from stages import ReportOf

ZH = Said("累计植树", "约 12 万棵", "棵", "绿化", "", "水 › 绿化", "water/#trees-figures1-1")
EN = Said("Trees planted", "about 120,000", "", "Greening", "", "Water › Greening", "en/water/#trees-figures1-1")
FACT = Fact("trees-figures1-1", "key-figure", "water", Decimal(120000), None, "棵", 10000, "about", "2030-12-31", 7, True, {"zh": ZH, "en": EN})  # fmt: skip


def card(report: Report, language: str, fact: Fact = FACT) -> dict[str, object]:
    figures = json.loads(json.dumps(cards_of(report, language, [fact])["figures"]))  # type: ignore[arg-type]
    found: dict[str, object] = figures[fact.id]
    return found


def test_a_card_tells_what_is_known(report_of: ReportOf) -> None:
    report = report_of("# 水\n\n节约用水。\n")
    told = card(report, "zh")
    assert (told["page"], told["at"], told["printed"]) == ("water", "trees-figures1-1", "7")
    assert told["label"] == ["累计植树"]
    rows = told["rows"]
    assert isinstance(rows, list)
    assert [term for term, _ in rows] == ["单位", "限定", "时期", "范围", "所在章节", "印刷页码", "存疑"]
    assert {term: pieces[0] for term, pieces in rows}["限定"] == "约"


def test_a_translation_has_no_unit_of_the_source(report_of: ReportOf) -> None:
    own = report_of("# 水\n\n节约用水。\n")
    report = replace(own, varieties={**own.varieties, "en": VARIETIES["en"]})
    assert "棵" not in json.dumps(card(report, "en"), ensure_ascii=False)
    without = replace(FACT, said={"zh": ZH, "en": replace(EN, label="", value="")})
    told = card(report, "en", without)
    assert (told["label"], told["value"]) == (["", "累计植树"], ["", "约 12 万棵"])


def test_what_is_not_known_has_no_row(report_of: ReportOf) -> None:
    bare = Said("水", "3", "", "", "", "", "water/#p1")
    fact = replace(FACT, qualifier="exact", period="", printed_page=None, flagged=False, said={"zh": bare, "en": bare})
    assert card(report_of("# 水\n\n节约用水。\n"), "zh", fact)["rows"] == []


def test_pieces_at_odd_places_are_in_the_other_language() -> None:
    assert pieces_of("The lake 蓝湖 is deep", "en") == ["The lake ", "蓝湖", " is deep"]
    assert pieces_of("蓝湖 lake", "en")[0] == ""
    assert "".join(pieces_of("蓝湖 lake 湖", "zh")) == "蓝湖 lake 湖"


# --- on pages ------------------------------------------------------------------------------------------------------

STRIP = "/// key-figures\n    attrs: {id: a}\n    rows: %s\n    unlabelled: none\n\n- **12** trees\n- **3**\n\n///\n"


def test_a_label_leads_to_its_row() -> None:
    links = parse_markdown(STRIP % '"site:en/data/"', "en").css("dt > a.figure-link")
    assert [link.attributes["href"] for link in links] == ["site:en/data/#a-1", "site:en/data/#a-2"]
    assert [link.attributes.get("aria-label") for link in links] == [None, "none: 3"]
    links = parse_markdown(STRIP % '"site:one/ site:two/"', "en").css("a.figure-link")
    assert [link.attributes["href"] for link in links] == ["site:one/#a-1", "site:two/#a-2"]
    assert parse_markdown(STRIP % '""', "en").css("a") == []


def test_every_key_figure_and_every_row_has_a_card(built_site: Path) -> None:
    cards = {
        file.parent: json.loads(file.read_text("utf-8"))["figures"] for file in sorted(built_site.rglob("cards.json"))
    }
    rows = 0
    for folder, figures in cards.items():
        page = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
        there = [row.attributes["id"] for row in page.css("#numbers-table tbody tr")]
        assert there == list(figures)
        rows += len(there)
    strips = 0
    for file in sorted(built_site.rglob("index.html")):
        page = LexborHTMLParser(file.read_text("utf-8"))
        if page.css_first(".content-print"):
            continue
        for term in page.css(".key-figures dt"):
            link = term.css_first("a.figure-link")
            assert link is not None, file
            base = file.parent.relative_to(built_site).as_posix()
            target = urlsplit(urljoin(f"http://site/{base}/", link.attributes["href"] or ""))
            assert target.fragment in cards[built_site / target.path.strip("/")], (file, target)
            strips += 1
    figures = sum("figures" in identity for found in cards.values() for identity in found)
    assert strips <= rows
    assert rows == 0 or figures >= strips


def test_a_card_says_how_its_page_is_cited(built_site: Path) -> None:
    for file in sorted(built_site.rglob("cards.json")):
        data = json.loads(file.read_text("utf-8"))
        for figure in data["figures"].values():
            names = [name for name, _ in data["styles"][figure["page"]]]
            assert names[2:] == ["BibTeX", "RIS"]
            for _, parts in data["styles"][figure["page"]]:
                assert ["url", data["addresses"][figure["page"]]] in parts
