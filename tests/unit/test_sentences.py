"""Sentences that a page's end tears, in text whose paragraphs no blank lines tear."""

from __future__ import annotations

import pytest

from report_site.source.read.sentences import find_sentences
from stages import cleaned

ABOVE = "The three mills draw their water from the lake and return it cleaner than it came, in winter too."
LAST = "Every intake pipe now has a meter that reports each hour to the control room in far Aldhaven"
NEXT = "Northbridge follows in the spring, when the ice has gone and the boats can reach the pipes again"
REST = "without danger."


def torn(*lines: str) -> bool:
    """Whether line 4 goes on with line 2; line 3 is the page's number."""
    texts = [line for line in cleaned("\n".join([*lines[:2], "7", *lines[2:]])) if not line.blank and line.text != "7"]
    return find_sentences(texts, frozenset({4})).goes_on == {4}


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert torn(ABOVE, LAST, NEXT, REST)


@pytest.mark.parametrize(
    "lines",
    [
        (ABOVE, "We read the meters.", NEXT, REST),
        (ABOVE, LAST + ".", NEXT, REST),
        (ABOVE, LAST, "Energy", "The boilers burn bark that used to be carted away, and little else besides it all."),
        (ABOVE, LAST, "2.1 Energy", "The boilers burn bark that used to be carted away, and little else."),
        ("Lakeside", "Mills of the lake and of the river with all that belongs to them in the county", NEXT, REST),
    ],
    ids=["short", "ended", "title", "numbered", "title page"],
)
def test_other_lines_at_a_page_s_end_end_there(lines: tuple[str, ...]) -> None:
    assert not torn(*lines)
