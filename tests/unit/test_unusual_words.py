"""Unusual words (WCAG 3.1.3): the first use in a text of a name that the glossary explains leads to what it says there.

Told anew from the built pages, not by the code that sets the links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from report_site.folder.loading import ReportFolder

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Known:
    """The names of a language: all that texts may hold, and where the explained ones are explained."""

    names: re.Pattern[str]
    explained: Mapping[str, frozenset[str]]
    """Name -> ids of its rows: two things may be called alike."""

    def uses(self, text: str) -> Iterator[str]:
        yield from (match[0] for match in self.names.finditer(text))


def known_in(folder: ReportFolder, language: str, rows: Mapping[str, frozenset[str]]) -> Known:
    terms = folder.terms
    spelt = {name for term in terms for name in ((term.zh,) if language == "zh" else (term.en, *term.also))}
    spelt |= {form for term in terms if term.abbreviation for form in (term.abbreviation, f"{term.abbreviation}s")}
    ways = "|".join(re.escape(name) for name in sorted(spelt, key=len, reverse=True))
    explained = {(term.zh if language == "zh" else term.en) for term in terms if term.note and not term.misprint}
    pattern = rf"(?<![A-Za-z0-9-])(?:{ways})(?![A-Za-z0-9-])" if language == "en" else ways
    return Known(re.compile(pattern), {name: rows[name] for name in explained})


def rows_of(site: Path, prefix: str) -> dict[str, frozenset[str]]:
    """Name in the page's language -> ids of the rows that the glossary has for it."""
    found: dict[str, frozenset[str]] = {}
    for file in sorted((site / prefix).glob("glossary-*/index.html")):
        for row in LexborHTMLParser(file.read_text("utf-8")).css("tbody tr[id]"):
            head = row.css_first("th")
            assert head is not None
            name = first_line(head)
            found[name] = found.get(name, frozenset()) | {row.attributes["id"] or ""}
    return found


def first_line(cell: LexborNode) -> str:
    return re.sub(r"<[^>]+>", "", re.split(r"<br\s*/?>", cell.inner_html or "")[0]).replace("&amp;", "&").strip()


def unlinked(tree: LexborHTMLParser, known: Known) -> list[str]:
    """Explained names whose first use in the text has no link to its row."""
    led: set[frozenset[str]] = set()
    missed: list[str] = []
    for paragraph in tree.css("main p[id]:not([role=note] p)"):
        links = {(link.attributes.get("href") or "").partition("#")[2] for link in paragraph.css("a[href]")}
        for name in known.uses(" ".join(paragraph.text().split())):
            rows = known.explained.get(name)
            if rows and rows not in led:
                led.add(rows)
                missed += [] if rows & links else [f"{paragraph.attributes['id']}: {name}"]
    return missed


def test_the_first_use_in_a_text_leads_to_what_the_glossary_says(built_site: Path, shipped: ReportFolder) -> None:
    for language in ("zh", "en"):
        prefix = "" if language == shipped.profile.language else f"{language}/"
        if not shipped.terms or not (built_site / prefix / "glossary").is_dir():
            continue
        known = known_in(shipped, language, rows_of(built_site, prefix))
        for file in sorted((built_site / prefix).glob("*/index.html")):
            tree = LexborHTMLParser(file.read_text("utf-8"))
            main = tree.css_first("main")
            if main is not None and main.attributes.get("data-kind") == "report":
                assert unlinked(tree, known) == [], file


def test_a_first_use_without_a_link_is_found() -> None:
    known = Known(re.compile("free cooling|cooling"), {"cooling": frozenset({"r1"}), "free cooling": frozenset({"r2"})})
    linked = '<main><p id="a"><a href="g#r2">free cooling</a></p><p id="b">cooling, free cooling</p></main>'
    assert unlinked(LexborHTMLParser(linked), known) == ["b: cooling"]
