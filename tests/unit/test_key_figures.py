from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.language.values import is_figure_line, is_value
from report_site.model import KeyFigure, KeyFigures, Period, Text
from report_site.source.shape.elements import Piece
from report_site.source.shape.key_figures import Pair, Prose, pair_strip, split_figure_line
from report_site.source.shape.periods import with_periods


def strip_of(rows: list[list[str]]) -> list[list[Piece]]:
    return [[Piece(text, (number,)) for text in row] for number, row in enumerate(rows, 1)]


def told(pairs: tuple[Pair, ...]) -> dict[str, str | None]:
    return {pair.value.text: pair.label.text if pair.label else None for pair in pairs if pair.value}


@cases("key_figures", "strips")
def test_pairs_each_value_with_its_own_label(case: Case) -> None:
    pairs, caption = pair_strip(strip_of(case["rows"]), Prose.of([case.get("prose", "")], "zh"))
    if case.get("undecided"):
        assert set(told(pairs).values()) <= {None, *case["pairs"].values()}, "no label is given by guess"
    else:
        assert told(pairs) == case["pairs"]
    assert (caption.text if caption else None) == case.get("caption")


def told_period(period: Period | None) -> str | None:
    return f"{'end ' * period.at_end}{period.year}" if period else None


@cases("key_figures", "periods")
def test_takes_the_year_from_the_sentence_that_states_the_figure(case: Case) -> None:
    figures = tuple(KeyFigure(Text(value), Text(label)) for value, label in case["figures"])
    caption = Text(case["caption"]) if "caption" in case else None
    prose = Prose.of([case["prose"]], case.get("language", "zh"))
    dated = with_periods(KeyFigures(lines=(), figures=figures, caption=caption), prose, 2023)
    assert told_period(dated.period) == case.get("strip")
    assert [told_period(figure.period) for figure in dated.figures] == case.get("expected", [None] * len(figures))


@cases("key_figures", "lines")
def test_splits_figure_lines(case: Case) -> None:
    assert told(split_figure_line(Piece(case["line"], (1,)), Prose.of([], "zh"))) == case["pairs"]


@cases("key_figures", "values")
def test_tells_values_from_labels(case: Case) -> None:
    assert [text for text in case["values"] if not is_value(text)] == []
    assert [text for text in case["others"] if is_value(text)] == []


@cases("key_figures", "figure_lines")
def test_tells_lines_with_a_figure_from_texts(case: Case) -> None:
    assert [text for text in case["figures"] if not is_figure_line(text)] == []
    assert [text for text in case["texts"] if is_figure_line(text)] == []


FACTS = (
    ("63 场", "举办安全培训", "2023 年共举办安全培训 63 场。"),
    ("8,102 人次", "参加培训人次", "参加培训人次达到 8,102 人次。"),
    ("96.2%", "岗位覆盖率", "岗位覆盖率 96.2%。"),
    ("120 万立方米", "全年节约用水", "全年节约用水 120 万立方米。"),
)


@given(st.permutations(range(4)), st.permutations(range(4)), st.sampled_from(["below", "beside", "turn"]))
def test_prose_outweighs_any_layout(values: list[int], labels: list[int], layout: str) -> None:
    """However a strip is shuffled: what the sentences tie together is paired so, and never otherwise."""
    shuffled = [(FACTS[v][0], FACTS[label][1]) for v, label in zip(values, labels, strict=True)]
    rows = {
        "below": [[v for v, _ in shuffled], [label for _, label in shuffled]],
        "beside": [[v, label] for v, label in shuffled],
        "turn": [[cell for pair in shuffled for cell in pair]],
    }[layout]
    prose = Prose.of([sentence for _, _, sentence in FACTS], "zh")
    assert told(pair_strip(strip_of(rows), prose)[0]) == {value: label for value, label, _ in FACTS}


@pytest.mark.parametrize("missing", range(4))
def test_a_value_whose_label_is_lost_stays_unpaired(missing: int) -> None:
    labels = [label for i, (_, label, _) in enumerate(FACTS) if i != missing]
    rows = [[value for value, _, _ in FACTS], [*labels, ""]]
    prose = Prose.of([sentence for _, _, sentence in FACTS], "zh")
    expected = {value: None if i == missing else label for i, (value, label, _) in enumerate(FACTS)}
    assert told(pair_strip(strip_of(rows), prose)[0]) == expected
