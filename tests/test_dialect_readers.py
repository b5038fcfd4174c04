"""The marks of extractors at the front door of read/: undone with a record, and text that looks like one left alone."""

from __future__ import annotations

from collections import Counter

import pytest

from case_files import Case, cases, load_cases
from report_site.model import SourceLine
from report_site.read.decoding import mend_characters, split_lines
from report_site.read.dialects import read_dialect


def read(raw: str) -> tuple[SourceLine, ...]:
    return read_dialect([mend_characters(line) for line in split_lines(raw)])


@cases("dialects", "inline")
def test_undoes_marks_in_a_line(case: Case) -> None:
    (line,) = read(case["raw"])
    assert line.text == case["text"]
    assert [change.rule for change in line.changes] == case["rules"]
    assert line.raw == case["raw"]


@pytest.mark.parametrize("text", load_cases("dialects")["untouched"])
def test_leaves_text_alone(text: str) -> None:
    (line,) = read(text)
    assert line.text == text


@cases("dialects", "lines")
def test_reads_lines(case: Case) -> None:
    lines = read(case["raw"])
    assert [line.text for line in lines if not line.blank] == case["lines"]
    assert Counter(line.mark for line in lines if line.mark) == case.get("marks", {})
    assert [line.number for line in lines if line.page_break] == case.get("breaks", [])
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert line.accounted or not line.raw.strip(), "a line with anything on it has an entry in the ledger"
        assert all(lines[part - 1].part_of == line.number for part in line.parts)
