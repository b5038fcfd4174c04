"""Words that count things: one thing is told in the singular, in the words and on the pages."""

from __future__ import annotations

import pytest

from report_site.language.strings import all_words, counted, voices
from report_site.publish.docs import render_site
from report_site.report import Report
from stages import ReportOf

PAIRS = ("pictures-lost", "untranslated", "data-intro", "data-part", "data-part-intro", "glossary-part-intro")


@pytest.mark.parametrize("voice", voices())
@pytest.mark.parametrize("key", PAIRS)
def test_one_and_more_have_words_of_their_own(voice: str, key: str) -> None:
    known = all_words(voice)
    one, more, none = (counted(key, voice, count, title="T") for count in (1, 2, 0))
    assert one == known[f"{key}-one"].format(count=1, title="T")
    assert more == known[f"{key}-other"].format(count=2, title="T")
    assert none == known[f"{key}-other"].format(count=0, title="T")


@pytest.mark.parametrize("key", PAIRS)
def test_english_tells_one_from_more(key: str) -> None:
    one, more = (counted(key, "en", count, title="T") for count in (1, 2))
    assert one.replace("1", "2") != more


def pages_of(report: Report) -> dict[str, str]:
    return {name: made.decode() for name, made in render_site(report).docs.items()}


def test_pages_tell_one_picture_and_one_number(report_of: ReportOf) -> None:
    text = "# Mill\n\n## River\n\nThe mill saved 12 tonnes of water.\n\n![](a.png)\n\nFigure 1 The mill\n"
    docs = pages_of(report_of(text, {"language": "en"}))
    told = "1 picture from this page was lost when the text was extracted. Its caption is in place."
    assert told in "\n".join(docs.values())
    assert "Here you can download the 1 number that" in docs["en/data.md"]


def test_a_part_with_one_number_says_so(report_of: ReportOf) -> None:
    many = "\n\n".join(f"In that year, well {number} gave {number + 500} tonnes of water." for number in range(20, 220))
    text = f"# River\n\nThe mill saved 12 tonnes of water.\n\n# Wells\n\n{many}\n"
    docs = pages_of(report_of(text, {"language": "en"}))
    assert "River: 1 number](" in docs["en/data.md"]
    assert "This part of the report states 1 number." in "\n".join(docs.values())
