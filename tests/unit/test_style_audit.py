"""The style sheets: which words they rule out, where these may stand, and a gloss once a page."""

from __future__ import annotations

import pytest
from test_audits import Bench, bench, untouched

from report_site.audits.numbers import differences
from report_site.audits.style import banned
from report_site.folder.glossary import Term
from report_site.folder.loading import load_folder
from report_site.folder.style import StyleWord, style_name
from report_site.model.errors import InputError

__all__ = ["bench", "untouched"]


def entry(word: str, *unless: str) -> StyleWord:
    return StyleWord(word=word, instead="that", why="so", unless=unless)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("A river in flood.", "flood", "flood"),
        ("A flooded river.", "flood", None),
        ("Floods: two.", "flood/floods", "Floods"),
        ("It keeps on  improving.", "keep/keeps on improving", "keeps on improving"),
        ("The people’s park", "people's park", "people's park"),
        ("A top‑grade pump", "top-grade", "top-grade"),
        ("On day one of May", "Day One", None),
        ("Always Day One", "Day One", "Day One"),
        ("pumps (etc.)", "etc", "etc"),
        ("etcetera", "etc", None),
    ],
)
def test_finds_a_word_as_a_whole(text: str, word: str, found: str | None) -> None:
    assert banned(text, entry(word)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Water Center of Lund", None),
        ("A new center", "center"),
        ("The Water Center of Lund is a center", "center"),
        ("the water center of Lund", "center"),
    ],
)
def test_lets_a_word_stand_in_the_words_named(text: str, found: str | None) -> None:
    assert banned(text, entry("center", "Water Center")) == found


@pytest.mark.parametrize(("text", "found"), [("In June this year [2022]", None), ("In June this year", "this year")])
def test_asks_for_the_year_of_a_relative_date(text: str, found: str | None) -> None:
    assert banned(text, entry("this year", "this year [")) == found


STYLE = "words: [{word: rainwater, instead: rain, why: shorter, unless: [Clear Water rainwater]}]"


def of_style(findings: list[str]) -> list[str]:
    return [finding for finding in findings if finding.startswith("style-")]


def test_without_a_style_sheet_nothing_is_asked(bench: Bench) -> None:
    assert of_style(bench.check([])) == []


def test_names_the_place_the_word_and_what_to_write(bench: Bench) -> None:
    found = of_style(bench.check([{"report": "style.en.yml", "to": STYLE}]))
    assert found
    assert all("“rainwater” in “" in finding.lower() and "write “rain” (shorter)" in finding for finding in found)
    assert any("en.po water#water-list1-1" in finding for finding in found)


def test_reads_the_pages_written_by_hand_but_no_addresses(bench: Bench) -> None:
    page = "---\ntitle: Tanks\ndescription: Tanks.\n---\n\n# Tanks {: #rainwater }\n\nSee [tanks](water.md#rainwater). No rainwater here.\n"
    for language in ("zh", "en"):
        (bench.root / "pages" / language).mkdir(parents=True)
        (bench.root / "pages" / language / "tanks.md").write_text(page, "utf-8")
    found = of_style(bench.check([{"report": "style.en.yml", "to": STYLE}]))
    assert len([finding for finding in found if "pages/en/tanks.md" in finding]) == 1


@pytest.mark.parametrize(
    ("style", "problem"),
    [
        ("words: [{word: a, why: c}]", "words[0].instead"),
        ("words: [{word: a, instead: b, why: c, except: d}]", "no such key"),
        ("words: [{word: a, instead: b, why: c}, {word: a, instead: d, why: e}]", "stands twice"),
        ("- {word: a}", "style.en.yml"),
    ],
)
def test_a_mistake_in_the_style_sheet_is_named(bench: Bench, style: str, problem: str) -> None:
    (bench.root / style_name("en")).write_text(style, "utf-8")
    with pytest.raises(InputError, match=r"style\.en\.yml") as error:
        load_folder(bench.root)
    assert problem in str(error.value)


# --- numbers that are nobody's error -------------------------------------------------------------------------------

NAMED = (
    Term(zh="始终开工", en="Always Day 1", kind="term"),
    Term(zh="万粉店主", en="shopkeeper with more than 10,000 followers", kind="term"),
)


@pytest.mark.parametrize(
    ("zh", "en", "same"),
    [
        ("今年 6 月起修水管", "Since June this year [2022], pipes are laid", True),
        ("今年 6 月起修水管〔2022 年〕", "Since June this year, pipes are laid", True),
        ("今年 6 月起修水管", "Since June 2022, pipes are laid", False),
        ("今年 6 月起修 12 根水管", "Since June [2022], 13 pipes are laid", False),
        ("口号是始终开工", "The motto is Always Day 1", True),
        ("口号是始终开工", "The motto is Always Day 2", False),
        ("口号是始终开工", "The motto is to start anew, 1 time", False),
        ("培训万粉店主 87 人", "87 shopkeepers with more than 10,000 followers trained", True),
        ("培训万粉店主 87 人", "78 shopkeepers with more than 10,000 followers trained", False),
        ("培训店主 87 人", "87 shopkeepers with more than 10,000 followers trained", False),
    ],
)
def test_knows_an_added_year_and_the_number_of_a_name(zh: str, en: str, same: bool) -> None:
    assert (not differences((zh, en), NAMED)) is same
