"""The last resort: whatever a shape would lose a token of stands as it was extracted, and is flagged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report_site.model import DataTable, Paragraph, RuleName
from report_site.model.texts import blocks_of, texts_of
from report_site.source.shape import shaper
from report_site.source.shape.as_printed import as_printed
from report_site.source.shape.elements import Element, ElementKind, Piece
from report_site.source.shape.tables import shape_table
from stages import ReportOf

SOURCE = """\
# 节约用水

三座工厂都装了节水设备，全年节水 12 万吨。

| 指标 | 2029 | 2030 |
|---|---|---|
| 用水 | 15 | 12 |
"""


def element(kind: ElementKind, *texts: str) -> Element:
    return Element(kind, tuple(Piece(text, (n,)) for n, text in enumerate(texts, 1)))


def test_what_is_whole_is_not_touched() -> None:
    elements = (element(ElementKind.LIST, "节水", "节电"),)
    assert as_printed(elements, {7}, {7: "光伏"})[:1] == elements


def test_a_list_becomes_its_lines() -> None:
    found = as_printed([element(ElementKind.LIST, "节水", "节电")], {2}, {1: "- 节水", 2: "- 节电 3"})
    assert [(one.kind, one.text, one.rule) for one in found] == [
        (ElementKind.PARAGRAPH, "- 节水", RuleName.AS_PRINTED),
        (ElementKind.PARAGRAPH, "- 节电 3", RuleName.AS_PRINTED),
    ]


def test_a_heading_keeps_its_section_and_the_line_stands_below() -> None:
    found = as_printed([element(ElementKind.HEADING, "节水")], {1}, {1: "节水 3"})
    assert [(one.kind, one.text) for one in found] == [(ElementKind.HEADING, "节水"), (ElementKind.PARAGRAPH, "节水 3")]


def test_a_line_of_no_element_stands_at_its_place() -> None:
    elements = [element(ElementKind.PARAGRAPH, "前"), Element(ElementKind.PARAGRAPH, (Piece("后", (9,)),))]
    assert [one.text for one in as_printed(elements, {5}, {5: "中"})] == ["前", "中", "后"]


def test_a_table_is_first_a_plain_one_and_then_its_lines() -> None:
    table = Element(ElementKind.TABLE, (), rows=((Piece("甲", (1,)), Piece("3", (1,))),))
    (plain,) = as_printed([table], {1}, {1: "| 甲 | 3 |"})
    assert (plain.kind, plain.rule) == (ElementKind.TABLE, RuleName.AS_PRINTED)
    (line,) = as_printed([plain], {1}, {1: "| 甲 | 3 |"})
    assert (line.kind, line.text) == (ElementKind.PARAGRAPH, "| 甲 | 3 |")


def test_a_shape_that_loses_a_cell_is_undone_and_flagged(report_of: ReportOf, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = shape_table

    def losing(given: Element, prose: object, kind: object = None) -> object:
        shaped = honest(given, prose, kind)  # type: ignore[arg-type]
        if kind is None and isinstance(shaped.block, DataTable):
            return replace(shaped, block=replace(shaped.block, rows=()))
        return shaped

    monkeypatch.setattr(shaper, "shape_table", losing)
    report = report_of(SOURCE)
    assert not report.ledger.unaccounted
    assert [(flag.lines, flag.code) for flag in report.flags] == [((7,), RuleName.AS_PRINTED)]
    assert {entry.line: entry.rule for entry in report.ledger.lines}[7] == RuleName.AS_PRINTED
    told = [text.source for page in report.pages for block in blocks_of(page) for text, _ in texts_of(block)]
    assert {"用水", "15", "12"} <= set(told)


def test_nothing_is_flagged_where_nothing_is_lost(report_of: ReportOf) -> None:
    report = report_of(SOURCE)
    assert not report.flags
    assert any(isinstance(block, Paragraph) for page in report.pages for block in blocks_of(page))
