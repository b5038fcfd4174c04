from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.source.shape.assemble import SILENT
from report_site.source.shape.elements import Element
from stages import assembled, classified


def shown(element: Element) -> str:
    if element.rows:
        text = " / ".join(" · ".join(cell.text for cell in row) for row in element.rows)
    else:
        text = " | ".join(piece.text for piece in element.pieces)
    caption = f"({element.caption.text}) " if element.caption else ""
    notes = "".join(f" [{note.text}]" for note in element.notes)
    return f"{element.kind.value} {list(element.lines)} {caption}{text}{notes}"


def check(case: Case) -> None:
    assert [shown(element) for element in assembled(case["source"])] == case["expected"]


@cases("assemble", "joins")
def test_joins_broken_lines(case: Case) -> None:
    check(case)


@cases("assemble", "never_joins")
def test_never_joins(case: Case) -> None:
    check(case)


@cases("assemble", "lead_ins")
def test_gives_cut_off_words_back_to_their_sentence(case: Case) -> None:
    check(case)


@cases("assemble", "run_ins")
def test_parts_run_in_headings_from_their_text(case: Case) -> None:
    check(case)


@cases("assemble", "captions")
def test_brings_captions_to_what_they_name(case: Case) -> None:
    check(case)


@cases("assemble", "values")
def test_labels_lone_values(case: Case) -> None:
    check(case)


@cases("assemble", "words")
def test_gathers_the_words_of_diagrams(case: Case) -> None:
    check(case)


@cases("assemble", "halves")
def test_joins_the_halves_of_a_table(case: Case) -> None:
    check(case)


@cases("assemble", "notes")
def test_gives_notes_to_their_table(case: Case) -> None:
    check(case)


@cases("assemble", "repeated_columns")
def test_gives_repeated_columns_back_to_their_table(case: Case) -> None:
    check(case)


@cases("assemble", "figure_lines")
def test_pairs_values_and_labels_on_lines(case: Case) -> None:
    check(case)


LINES = st.sampled_from(
    [
        "# 节水",
        "",
        "",
        "图：水塔",
        "# 左图：",
        "| 甲 | 12 |",
        "|---|---|",
        "- 一",
        "97% 达标",
        "全年节水 12 万吨。",
        "水塔",
        "管理上",
        "# 2022 年",
        "扫码查看",
        "“引语”",
        "2.1 湖",
        "各厂都节约，",
        "| 左图： | 水塔 |",
        "供水：" + "水" * 50,
    ]
)


@given(st.lists(LINES, min_size=1, max_size=25).map("\n".join))
def test_every_line_goes_into_an_element(source: str) -> None:
    """No line is lost, and none stands in two elements unless a run-in heading shares it with its paragraph."""
    wanted = [line.number for line in classified(source) if line.kind not in SILENT]
    found = Counter(number for element in assembled(source) for number in element.lines)
    assert sorted(found) == sorted(wanted)
    twice = {number for number, count in found.items() if count > 1}
    assert twice <= {line.number for line in classified(source) if line.rule == "run-in-heading"}
