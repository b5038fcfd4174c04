from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from case_files import Case, cases
from report_site.folder.glossary import Kind, Term
from report_site.folder.profile import Bilingual
from report_site.model import Heading, Language, Page, Paragraph, Section, SectionKind, Text
from report_site.model.slugs import ROUTES
from report_site.publish.glossary import first_uses, names_in, render
from report_site.publish.roundtrip import parse_markdown

NOTE = Bilingual(zh="说明", en="Note")


def term(zh: str, en: str, state: str, *also: str) -> Term:
    return Term(zh=zh, en=en, kind="product", also=also, note=NOTE if state == "explained" else None)


def page_of(paragraphs: list[str]) -> Page:
    blocks = tuple(Paragraph(lines=(), id=f"p{i}", text=Text(text)) for i, text in enumerate(paragraphs))
    heading = Heading(lines=(), id="h", text=Text(""))
    return Page("page", Section(heading, SectionKind.SECTION, "page", blocks))


@cases("glossary", "first-uses")
def test_links_names_as_a_whole(case: Case) -> None:
    terms = [term(*entry) for entry in case["terms"]]
    names = names_in(terms, case["language"])
    links = first_uses(page_of(case["paragraphs"]), names, lambda text: text.source)
    said = [
        [text[link.start : link.end] for link in links.get(f"p{i}", ())] for i, text in enumerate(case["paragraphs"])
    ]
    assert said == case["links"]
    rows = {
        (entry.zh if case["language"] == "zh" else entry.en): f"glossary-product.md#product-table-r{row}"
        for row, entry in enumerate(terms, 1)
    }
    for i, text in enumerate(case["paragraphs"]):
        assert all(link.address == rows[text[link.start : link.end]] for link in links.get(f"p{i}", ()))


def is_in_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "-")


def stands(name: str, text: str, start: int) -> bool:
    """Told anew, as plainly as it can be: the name is there and no neighbour makes it a part of a Latin word."""
    before, after = text[:start], text[start + len(name) :]
    return text[start:].startswith(name) and not (
        (is_in_word(before[-1:] or " ") and name[0].isascii()) or (is_in_word(after[:1] or " ") and name[-1].isascii())
    )


NAMES = ["a", "ab", "abc", "b", "a b", "-a", "水", "水滴", "水滴b", "滴", "b滴"]


@given(st.sets(st.sampled_from(NAMES), min_size=1), st.text(alphabet="abc-水滴 。", max_size=20))
def test_finds_every_name_that_stands_the_longest_first(chosen: set[str], text: str) -> None:
    expected, start = [], 0
    while start < len(text):
        name = max((name for name in chosen if stands(name, text, start)), key=len, default="")
        if name:
            expected.append((start, name))
        start += len(name) or 1
    names = names_in([term(name, name, "plain") for name in chosen], "en")
    assert list(names.uses(text)) == expected


def pages_of(terms: list[Term], language: Language = "en") -> dict[str, LexborHTMLParser]:
    return {name: parse_markdown(text, language) for name, text in render(terms, language, language)}


def test_each_kind_has_a_page_that_one_link_leads_to() -> None:
    terms = [Term(zh=f"名{kind}", en=f"Name {kind}", kind=kind) for kind in get_args(Kind)]
    pages = pages_of(terms)
    links = [link.attributes["href"] for link in pages["glossary.md"].css("li > a")]
    assert links == list(pages)[1:]
    for kind, link in zip(get_args(Kind), links, strict=True):
        assert link == f"glossary-{kind}.md"
        assert link.removesuffix(".md") in ROUTES, "a section of a report may take this address"
        assert [row.text(strip=True) for row in pages[link].css("tbody > tr")] == [f"Name {kind}名{kind}"]
        assert pages["glossary.md"].css_first(f"li#{kind}") is not None, "an address of before"


def rows_of(terms: list[Term], language: Language) -> list[list[str]]:
    (page,) = list(pages_of(terms, language).values())[1:]
    return [[cell.text(separator="|") for cell in row.css("th, td")] for row in page.css("tbody > tr")]


def test_a_note_stands_with_the_other_name_and_no_cell_is_empty() -> None:
    terms = [term("水滴", "Shuidi", "explained"), term("井", "Well", "plain")]
    assert rows_of(terms, "zh") == [["水滴", "Shuidi|说明"], ["井", "Well"]]
    assert rows_of(terms, "en") == [["Shuidi", "水滴|Note"], ["Well", "井"]]


def test_each_language_has_the_order_of_its_own_names_and_a_row_keeps_its_address() -> None:
    english = ["zebra", "The Well", "@after", "Élan", "an Apple", "‘Brook’", "apply"]
    terms = [term(f"名{i}", name, "explained") for i, name in enumerate(english)]
    assert [row[0] for row in rows_of(terms, "zh")] == [f"名{i}" for i in range(len(english))]
    assert [row[0] for row in rows_of(terms, "en")] == [
        *("@after", "an Apple", "apply", "‘Brook’", "Élan", "The Well", "zebra")
    ]
    for language in get_args(Language):
        page = pages_of(terms, language)["glossary-product.md"]
        for name, address in names_in(terms, language).addresses.items():
            assert [head.text() for head in page.css(f"{address.partition('.md')[2]} > th")] == [name]


def test_a_misprint_is_no_name_for_readers() -> None:
    wrong = Term(zh="水商", en="Shuidi", kind="product", note=NOTE, misprint=True)
    right = term("水滴", "Shuidi", "explained")
    overview, page = pages_of([wrong, right]).values()
    assert "水商" not in page.text()
    assert [row.attributes["id"] for row in page.css("tbody > tr")] == ["product-table-r1"]
    assert [item.text(strip=True) for item in overview.css("li")] == ["Products: 1"]
    names = names_in([wrong, right], "zh")
    assert names.addresses == {"水滴": "glossary-product.md#product-table-r1"}
    assert [name for _, name in names.uses("水商和水滴")] == ["水商", "水滴"]
