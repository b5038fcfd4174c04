"""Readers meet doubts where they stand, and hear nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from report_site.publish.report_pages import block_homes, notes_by_page
from report_site.publish.roundtrip import parse_markdown
from report_site.report import Report


def test_every_doubt_and_correction_is_marked_at_its_place_and_leads_back(
    report: Report, docs_files: Mapping[str, bytes]
) -> None:
    for language in report.languages:
        notes = notes_by_page(report, language, block_homes(report.pages))
        assert sum(map(len, notes.values())) >= len(report.flags)
        for slug, told in notes.items():
            tree = parse_markdown(docs_files[f"{language}/{slug}.md"].decode(), language)
            marks = [mark.attributes["id"] for mark in tree.css("a[role=doc-noteref][id^=editors-mark-]")]
            assert marks == [f"editors-mark-{number}" for number in range(1, len(told) + 1)], slug
            for number, note in enumerate(told, 1):
                mark = tree.css_first(f"a#editors-mark-{number}")
                assert mark is not None, (slug, number)
                assert mark.attributes["href"] == f"#editors-note-{number}"
                assert mark.attributes["role"] == "doc-noteref"
                item = tree.css_first(f"li#editors-note-{number}")
                assert item is not None, (slug, number)
                assert item.css_first(f'a[href="#{note.place}"]') is not None, (slug, number)


def test_lost_pictures_are_told_once_a_page_and_captions_heard_once(
    report: Report, docs_files: Mapping[str, bytes]
) -> None:
    for language in report.languages:
        for page in report.pages:
            tree = parse_markdown(docs_files[f"{language}/{page.slug}.md"].decode(), language)
            told = Counter(note.text() for note in tree.css(".pictures-lost"))
            assert all(count == 1 for count in told.values())
            assert len(told) == bool(tree.css(".figure-status")), page.slug
            assert not tree.css("figure[aria-labelledby]")
            assert all(len(status.text().split()) <= 3 for status in tree.css(".figure-status"))
