"""The words of the site don't point by side, shape or colour; what a report says, its publisher answers for."""

from __future__ import annotations

import pytest

from pointing import POINTING
from report_site.language.strings import all_words, voices


@pytest.mark.parametrize("voice", voices())
def test_no_words_of_the_site_point(voice: str) -> None:
    assert [text for text in all_words(voice).values() if POINTING.search(text)] == []


def test_what_points_is_found() -> None:
    assert POINTING.findall("Talk to the right people.") == []
    assert POINTING.findall("Press the round button on the left; 见右图，点绿色按钮") == [
        "round button",
        "on the left",
        "右图",
        "绿色按钮",
    ]
