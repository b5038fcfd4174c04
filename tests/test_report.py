"""The first report as a reader gets it: facts of an independent reading, held by both wordings."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from measures import EXPECTED, MEASURES, OFFICIAL_MEASURES, Measure, Reading, key_figures_with_another_s_label
from report_site.model import Section
from report_site.pages import blocks_of
from report_site.pipeline import Report

CHAPTERS = [
    "about-us",
    "responsibility-management",
    "governance",
    "digital-inclusion",
    "cultural-life",
    "social-well-being",
]
CHAPTERS += ["climate", "appendix"]


def test_no_line_is_unaccounted(wording: Report) -> None:
    assert wording.ledger.unaccounted == ()
    assert wording.ledger.summary()["lines"] == 2014


def test_every_ruling_has_its_place(wording: Report) -> None:
    assert [str(place) for _, place in wording.missing] == []


def test_reaches_the_measures(reading: Reading, wording_name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Prints what the report reaches; `-s` isn't needed."""
    official: Mapping[str, tuple[Measure, float]] = OFFICIAL_MEASURES if wording_name == "extraction.txt" else {}
    measures = {**MEASURES, **official}
    scores = {name: (measure(reading), least) for name, (measure, least) in measures.items()}
    with capsys.disabled():
        print(f"\n{wording_name}")
        for name, (score, least) in scores.items():
            print(
                f"  {name:36} {score}  (at least {least:.0%})",
                *score.misses[:8],
                sep="\n      - " if score.misses else "",
            )
    missed = {name: score.misses for name, (score, least) in scores.items() if score.share < least}
    assert missed == {}


def test_no_key_figure_has_another_s_label(reading: Reading) -> None:
    score = key_figures_with_another_s_label(reading)
    assert score.hits == 0, score.misses


def test_chapters_and_their_pages(wording: Report) -> None:
    assert [page.slug for page in wording.pages if not page.parents] == CHAPTERS
    assert len(wording.pages) == 23
    assert all(page.parents[0] in CHAPTERS for page in wording.pages if page.parents)


def test_102_printed_pages(wording: Report) -> None:
    assert sorted(set(wording.printed_pages.values())) == list(range(1, 103))


def test_sections_stand_on_the_printed_page_that_the_index_names(wording: Report) -> None:
    headings = {s.heading.lines[0]: s.heading for page in wording.pages for s in page.section.walk()}
    for row in EXPECTED["index"]:
        assert headings[row["target"]].printed_page == row["page"], row["section"] or row["chapter"]


def test_no_heading_skips_a_level(wording: Report) -> None:
    def check(section: Section, level: int) -> None:
        assert level <= 6
        for child in section.children:
            check(child, level + 1)

    for page in wording.pages:
        check(page.section, 1)


def test_all_blocks_name_their_lines(wording: Report) -> None:
    for page in wording.pages:
        for block in blocks_of(page):
            assert block.lines, block.id
