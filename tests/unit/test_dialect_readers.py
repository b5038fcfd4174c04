"""The marks of extractors at the front door of read/: undone with a record, and text that looks like one left alone."""

from __future__ import annotations

from collections import Counter

import pytest

from case_files import Case, cases, load_cases
from places import CASES, SAMPLES
from report_site.model import Dialect, Heading, SourceLine
from report_site.model.texts import blocks_of, texts_of
from report_site.source.read.decoding import received_lines
from report_site.source.read.dialects import inline, recognise
from stages import ReportOf


def read(raw: str) -> tuple[SourceLine, ...]:
    return received_lines(raw, Dialect.MARKDOWN)


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


@pytest.mark.parametrize(
    ("section", "dialect"),
    [("documents", Dialect.HTML), ("layouts", Dialect.PDFTOTEXT_LAYOUT), ("rows", Dialect.PDFPLUMBER)],
)
def test_reads_what_has_no_marks_of_lines(section: str, dialect: Dialect) -> None:
    for case in load_cases("dialects")[section]:
        lines = received_lines(case["raw"], dialect)
        assert [line.text for line in lines if not line.blank] == case["lines"], case["title"]
        assert all(line.accounted or not line.raw.strip() for line in lines)


@pytest.mark.parametrize("case", load_cases("dialects")["recognised"], ids=lambda case: str(case["raw"])[:20])
def test_recognises_the_dialect(case: Case) -> None:
    assert recognise(case["raw"]).dialect == case["dialect"]


def test_every_dialect_is_recognised_somewhere() -> None:
    assert {case["dialect"] for case in load_cases("dialects")["recognised"]} == set(Dialect)


COLUMNS = """\
Energy                                        Water
Our sites used less power than in the year    The board hears of each accident that cost
before, since the kilns now run at night      time, and sets the pay of those who lead by
and the lamps are out by eight.               what comes of its plans for the lake.

  • new burners in the kilns of both halls,   Its chair reports to all owners in May, and
    which were old                            each of them may ask what they like.
"""


def test_columns_go_to_the_ledger_whole(report_of: ReportOf) -> None:
    """Two titles stem from one line, an item from two: each is known by a line of its own, and nothing is lost."""
    report = report_of(COLUMNS, {"language": "en"})
    assert report.ledger.unaccounted == ()
    found = [block for page in report.pages for block in blocks_of(page)]
    texts = [text.source for block in found for text, _ in texts_of(block)]
    assert "new burners in the kilns of both halls, which were old" in texts
    assert [text for text in texts if text in ("Energy", "Water")] == ["Energy", "Water"]
    firsts = [block.lines[0] for block in found if isinstance(block, Heading) and block.lines]
    assert len(set(firsts)) == len(firsts)


def test_a_table_left_out_by_the_tool_is_named(report_of: ReportOf) -> None:
    """No rows of it stand in the text: the file's name isn't published, and the ledger has its line."""
    report = report_of(
        "# Energy\n\nWe used less power.\n\n[tbl-0.md](tbl-0.md)\n\nAs tbl-1.md tells, it fell.\n", {"language": "en"}
    )
    texts = [text.source for page in report.pages for block in blocks_of(page) for text, _ in texts_of(block)]
    assert not any("tbl-0" in text for text in texts)
    assert "As tbl-1.md tells, it fell." in texts
    assert [entry.rule for entry in report.ledger.lines if entry.line == 5] == ["table-left-out"]


@pytest.mark.parametrize("steps", [inline._MARKDOWN_STEPS, inline._PLAIN_STEPS, inline._HTML_STEPS])
def test_a_step_changes_nothing_without_one_of_its_signs(steps: tuple[inline.Step, ...]) -> None:
    """A line without them is passed over: a rule that learns a new form has to name its sign."""
    files = [path for folder in (CASES, SAMPLES) for path in sorted(folder.rglob("*")) if path.is_file()]
    lines = {line.strip(" -'\"") for path in files for line in path.read_text("utf-8", "replace").splitlines()}
    evidence = inline.Evidence(emphasis=True, closed=frozenset({"b", "p", "span"}), formulas=True)
    for rule, step, signs in steps:
        for line in lines:
            assert not signs.isdisjoint(line) or step(line, evidence) == line, (rule, line)
