"""Sources that mark the ends of their paragraphs: read only where the lines themselves show it."""

from __future__ import annotations

from collections.abc import Sequence

from test_assemble import shown

from case_files import Case, cases
from report_site.model import SourceLine
from report_site.source.read.paragraph_marks import ParagraphMarks
from report_site.source.shape.elements import Element, ElementKind
from stages import assembled


def source_of(case: Case) -> str:
    return str(case["source"]).replace("␣", " ")


def lines_of(case: Case) -> Sequence[SourceLine]:
    return [SourceLine(number, raw, raw) for number, raw in enumerate(source_of(case).split("\n"), 1)]


@cases("paragraph_marks", "marked")
def test_reads_paragraphs_by_their_marks(case: Case) -> None:
    assert [shown(element) for element in assembled(source_of(case))] == case["expected"]


@cases("paragraph_marks", "unmarked")
def test_reads_nothing_from_other_blanks(case: Case) -> None:
    assert not ParagraphMarks.of(lines_of(case)).full


@cases("paragraph_marks", "cells")
def test_reads_tables_whose_cells_end_with_the_mark(case: Case) -> None:
    tables: list[Element] = [one for one in assembled(source_of(case)) if one.kind is ElementKind.TABLE]
    assert " ".join(map(shown, tables)) == case["expected"]
