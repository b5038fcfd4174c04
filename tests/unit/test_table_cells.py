"""Whatever a table holds: each cell is on the page under its own head and beside its own row's name."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gears import examples
from report_site.convert import build_report
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder
from report_site.folder.profile import Profile
from report_site.model import Block, DataTable
from report_site.model.texts import blocks_of
from report_site.publish.markdown import render_block
from report_site.publish.report_json import report_json
from report_site.publish.report_pages import page_context
from report_site.publish.roundtrip import to_html
from report_site.report import Report
from stages import received

Rows = list[list[str]]

NAMES = {
    "zh": ["用水量", "排放强度", "管理体系", "员工人数", "废气", "社区发展", "光伏装机", "培训"],
    "en": ["Water use", "Intensity", "Systems", "Head count", "Air", "Communities", "Solar", "Training"],
}
HEADS = {
    "zh": ["指标", "单位", "2028", "2029 年", "FY30", "占比", "说明", "一季度"],
    "en": ["Indicator", "Unit", "2028", "FY29", "Target", "Share", "Note", "Q1"],
}
AROUND = {
    "zh": "三座工厂都节约用水，员工也来帮忙，河水更清了。",
    "en": "All three plants saved water, the people helped, and the river is clear again.",
}
TOKENS = [
    *("13,020", "59.7K", "(1,204)", "-18.57%", "−5", "≥ 99.9%", "US$4.5bn", "½", "1:3", "12", "0", "1.25×10⁴", "3/5"),
    *("m3", "m³", "tCO2e", "CO2e", "kWh/t", "FY30", "E70", "ISO14001", "GRI 305-1", "TC-SI-130a.1", "A1.2", "PM2.5"),
    *("●", "○", "√", "✓", "☑", "-", "—", "/", "%", "N/A", "*", "→", "🌱", "K9#x", "R", "x+y=z", "{{ 7 }}", "a\\|b"),
    *(
        "18.4 万吨",
        "8,102 人次",
        "不适用",
        "１２３",
        "见第 3 章",
        "雨水",
        "P5-P6",
        "21、23",
        "Scope 1",
        "see p. 4",
        "<5 ppm",
        "",
    ),
]


def converted(source: str, language: str) -> Report:
    names = {"title": {"zh": "报告", "en": "Report"}, "publisher": {"zh": "甲", "en": "A"}, "language": language}
    folder = ReportFolder(Path("report"), Profile.model_validate(names))
    return build_report(folder, Translations(folder.profile.language), received(source), "source.md")


def written(rows: Rows, language: str) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([AROUND[language], "", head, "|" + "---|" * len(rows[0]), *body, ""])


def blocks(report: Report) -> Iterator[Block]:
    return (block for page in report.pages for block in blocks_of(page))


def plain(text: str) -> str:
    """Without what the typesetter and the tool's repairs change: width of digits, subscripts, blanks, list marks."""
    return "".join(unicodedata.normalize("NFKC", text.replace("\\|", "|")).replace("•", "").split())


def heard(table: LexborNode) -> list[tuple[str, str, str]]:
    """Of each cell: the head of its column, the first cell of its row, and what it says."""
    heads = [plain(cell.text()) for cell in table.css("thead th, thead td")]
    found: list[tuple[str, str, str]] = []
    for row in table.css("tbody tr"):
        cells = [plain(cell.text()) for cell in row.css("th, td")]
        found += [(head, cells[0], cell) for head, cell in zip(heads, cells, strict=False)]
    return found


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, Rows]:
    language = draw(st.sampled_from(["zh", "en"]))
    width, height = draw(st.integers(3, 6)), draw(st.integers(2, 6))
    heads = draw(st.permutations(HEADS[language]).map(lambda heads: heads[:width]))
    names = draw(st.permutations(NAMES[language]).map(lambda names: names[:height]))
    cell = st.sampled_from(TOKENS)
    body = [[name, *draw(st.lists(cell, min_size=width - 1, max_size=width - 1))] for name in names]
    # A row without any cell names a group and has none to be heard; a column without any isn't printed.
    body = [row if any(row[1:]) else [*row[:-1], "12"] for row in body]
    filled = [any(column) for column in zip(*body, strict=True)]
    body[0] = [cell if full else "12" for cell, full in zip(body[0], filled, strict=True)]
    return language, [heads, *body]


@given(tables())
@examples(150)
def test_each_cell_is_heard_with_its_own_head_and_row(case: tuple[str, Rows]) -> None:
    language, rows = case
    report = converted(written(rows, language), language)
    (table,) = (block for block in blocks(report) if isinstance(block, DataTable))
    assert report.ledger.unaccounted == ()
    said = LexborHTMLParser(to_html(render_block(table, page_context(report, report.language)), language))
    (shown,) = said.css("table")
    found = heard(shown)
    none = {"/": ("未列出", plain("Not given"))}
    for row in rows[1:]:
        for head, cell in zip(rows[0], row, strict=True):
            wanted = (plain(head), plain(row[0]))
            assert any((h, r) == wanted and c in (plain(cell), *none.get(cell, ())) for h, r, c in found), (
                wanted,
                cell,
            )


EDITS = 200


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_edit_of_any_cell_shows(language: str) -> None:
    """A cell dropped, two of a row swapped: what the report says is another thing, so every audit of it can tell."""
    dice = random.Random(11)
    missed: list[Rows] = []
    for _ in range(EDITS // 2):
        width, height = dice.randint(3, 6), dice.randint(2, 6)
        rows = [dice.sample(HEADS[language], width)]
        rows += [
            [name, *dice.choices([t for t in TOKENS if t], k=width - 1)]
            for name in dice.sample(NAMES[language], height)
        ]
        edited = [list(row) for row in rows]
        row = dice.randrange(len(rows))
        i, j = dice.sample(range(width), 2)
        if dice.random() < 0.5 or rows[row][i] == rows[row][j]:
            edited[row][i] = ""
        else:
            edited[row][i], edited[row][j] = rows[row][j], rows[row][i]
        before, after = (report_json(converted(written(one, language), language)) for one in (rows, edited))
        if before == after:
            missed.append([rows[row], edited[row]])
    assert missed == []
