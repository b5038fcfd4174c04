"""Words that count things: one thing is told in the singular, in the words and on the pages."""

from __future__ import annotations

import pytest

from report_site.language.strings import all_words, counted, voices
from report_site.publish.docs import render_site
from stages import ReportOf

PAIRS = ("pictures-lost", "untranslated", "data-part", "data-part-intro", "glossary-part-intro")


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


def test_pages_tell_one_picture_and_one_number(report_of: ReportOf) -> None:
    text = "# Mill\n\n## River\n\nThe mill saved 12 tonnes of water.\n\n![](a.png)\n\nFigure 1 The mill\n"
    docs = {name: made.decode() for name, made in render_site(report_of(text, {"language": "en"})).docs.items()}
    said = "\n".join(docs.values())
    assert "1 picture from this page was lost when the text was extracted. Its caption is in place." in said
    assert "River: 1 number](" in docs["en/data.md"]
