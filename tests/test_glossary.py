from __future__ import annotations

from case_files import Case, cases
from report_site.glossary import Term, first_uses, names_in
from report_site.model import Heading, Page, Paragraph, Section, SectionKind, Text
from report_site.profile import Bilingual

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
        (entry.zh if case["language"] == "zh" else entry.en): f"glossary.md#product-table-r{row}"
        for row, entry in enumerate(terms, 1)
    }
    for i, text in enumerate(case["paragraphs"]):
        assert all(link.address == rows[text[link.start : link.end]] for link in links.get(f"p{i}", ()))
