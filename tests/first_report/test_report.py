"""The first report as a reader gets it: facts of an independent reading, held by both wordings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from report_site.folder.loading import ReportFolder
from report_site.model import Note, Section
from report_site.model.texts import blocks_of
from report_site.report import Report
from stages import ReportOf

from .measures import EXPECTED, MEASURES, OFFICIAL_MEASURES, Measure, Reading, key_figures_with_another_s_label

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


BY_RULES_ALONE: Mapping[str, float] = MappingProxyType(
    # What an editor who has never seen the report starts from; the rest is report.yml's.
    {
        "headings found": 0.98,
        "headings that are true": 0.95,
        "headings under their true parent": 0.7,
        # A rule that isn't sure publishes: what report.yml then calls noise, key figures or heads is data.
        "noise and furniture gone": 0.98,
        "texts published": 1.0,
        "key figures with their own label": 0.75,
        "cells in their true row": 0.99,
        "tables with caption and heads": 0.7,
        "cells of the GRI index": 1.0,
        "captions by their story": 0.84,
        "texts under their heading": 0.95,
        "texts in reading order": 0.95,
        "broken lines joined": 1.0,
        "lines kept apart": 1.0,
        "printed pages": 1.0,
    }
)


def test_rules_alone(reading: Reading, report_of: ReportOf, capsys: pytest.CaptureFixture[str]) -> None:
    """The same report with an empty profile: nothing lost, no figure with another's label, most of it right."""
    alone = Reading(report_of("\n".join(reading.received.values())), reading.received)
    scores = {name: (MEASURES[name][0](alone), least) for name, least in BY_RULES_ALONE.items()}
    with capsys.disabled():
        print("\nwithout report.yml", *(f"{name:36} {score}" for name, (score, _) in scores.items()), sep="\n  ")
    assert {name: score.misses for name, (score, least) in scores.items() if score.share < least} == {}
    assert alone.report.ledger.unaccounted == ()
    assert key_figures_with_another_s_label(alone).hits == 0


def test_no_key_figure_has_another_s_label(reading: Reading) -> None:
    score = key_figures_with_another_s_label(reading)
    assert score.hits == 0, score.misses


def test_chapters_and_their_pages(wording: Report) -> None:
    assert [page.slug for page in wording.pages if not page.parents] == CHAPTERS
    assert len(wording.pages) == 27
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


def test_all_blocks_but_summaries_name_their_lines(wording: Report) -> None:
    for page in wording.pages:
        for block in blocks_of(page):
            assert bool(block.lines) is not (isinstance(block, Note) and block.purpose == "summary"), block.id


def test_every_chapter_has_its_headlines_in_every_wording(wording: Report, shipped: ReportFolder) -> None:
    chosen = {entry.slug: entry.headlines for entry in shipped.profile.outline if entry.headlines}
    assert len(chosen) == 4
    shown = {
        chapter.slug: [(figure.value.source, figure.label.source) for figure in chapter.figures]
        for chapter in wording.site_map.chapters
    }
    assert {slug: shown[slug] for slug in chosen} == {
        slug: [(headline.value.zh, headline.label.zh) for headline in headlines] for slug, headlines in chosen.items()
    }


def test_both_wordings_have_the_same_addresses(report: Report, official: Report) -> None:
    assert [page.slug for page in report.pages] == [page.slug for page in official.pages]
    ours, theirs = ([block.id for page in one.pages for block in blocks_of(page)] for one in (report, official))
    assert ours == theirs
