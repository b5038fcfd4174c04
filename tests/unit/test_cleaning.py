from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases, load_cases
from report_site.model import SourceLine
from report_site.source.read.cleaning import REPAIRS, clean_line, clean_text
from stages import cleaned


@cases("cleaning", "repairs")
def test_repairs(case: Case) -> None:
    (line,) = cleaned(case["raw"])
    assert line.text == case["text"]
    assert case["rule"] in [change.rule for change in line.changes]


@cases("cleaning", "repairs")
def test_repairs_once_and_for_all(case: Case) -> None:
    assert clean_text(case["text"]) == case["text"]


@cases("cleaning", "stays")
def test_leaves_alone(case: Case) -> None:
    assert clean_text(case["text"]) == case.get("becomes", case["text"])


def test_every_repair_has_a_case() -> None:
    assert {case["rule"] for case in load_cases("cleaning")["repairs"]} == {rule for rule, _ in REPAIRS}


def test_keeps_marks_apart_from_the_text() -> None:
    (heading, item) = cleaned("# 节水  12 %\n- 节电  3 %")
    assert (heading.text, item.text) == ("# 节水 12%", "- 节电 3%")


PIECES = st.sampled_from(
    [*"甲乙丙，。：“”《》（）()\"',;:.-–# @12380%+xXAbC ", "CO2", "GRI 2 - 1", "2022 年", "万", " - "]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_touches_no_word(text: str) -> None:
    """Ideographs, letters and digits stay, in their order; only a times sign and a gas's digits change their form."""

    def words(text: str) -> str:
        plain = text.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
        return "".join(char for char in plain if char.isalnum() and char not in "xX×")

    assert words(clean_text(text)) == words(text)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_changes_tell_the_whole_story(text: str) -> None:
    line = clean_line(SourceLine(1, text, text))
    assert [text, *(c.after for c in line.changes)] == [*(c.before for c in line.changes), line.text]
