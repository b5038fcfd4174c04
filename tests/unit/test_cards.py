"""The lines of a preview card's title."""

import pytest

from report_site.site.cards import MARGIN, SIZE, fitted

WIDTH = SIZE[0] - 2 * MARGIN


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("环境", ["环境"]),
        ("青禾农业集团 2023 年可持续发展报告", ["青禾农业集团 2023", "年可持续发展报告"]),
        ("抖音集团 2022 企业社会责任报告", ["抖音集团 2022", "企业社会责任报告"]),
        ("Harbour Foods plc Sustainability Report 2023", ["Harbour Foods plc", "Sustainability Report 2023"]),
        ("少用水，多种树：青禾集团的“绿色田野”计划", ["少用水，多种树：", "青禾集团的“绿色田野”计划"]),
    ],
)
def test_lines_are_about_equally_long(title: str, lines: list[str]) -> None:
    font, found = fitted(title, WIDTH)
    assert found == lines
    assert all(font.getlength(line) <= WIDTH for line in found)


def test_a_very_long_title_is_set_smaller() -> None:
    short, _ = fitted("环境", WIDTH)
    small, lines = fitted("环境与社会" * 14, WIDTH)
    assert small.size < short.size
    assert "".join(lines) == "环境与社会" * 14


def test_a_word_too_long_for_a_line_has_its_own() -> None:
    word = "x" * 200
    assert fitted(f"Report {word} 2023", WIDTH)[1] == ["Report", word, "2023"]
