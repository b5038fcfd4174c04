from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.errors import InputError
from report_site.read.decoding import decode, mend_characters, read_source, split_lines

TEXT = "# 节约用水\n\n2023 年，三座工厂共节水 12 万吨。\n员工 8,420 人（含实习生）\n"


@cases("reading", "encodings")
def test_finds_the_encoding(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    path.write_bytes(bytes.fromhex(case.get("mark", "")) + TEXT.encode(case["encoding"]))
    assert "\n".join(line.text for line in read_source(path)) + "\n" == TEXT


@cases("reading", "line_ends")
def test_counts_lines_as_an_editor_does(case: Case) -> None:
    lines = split_lines(case["raw"])
    assert [line.text for line in lines] == case["lines"]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@cases("reading", "form_feeds")
def test_form_feeds_mark_the_line_that_opens_a_page(case: Case) -> None:
    lines = split_lines(case["raw"])
    assert [line.text.strip() for line in lines] == case["lines"]
    assert [line.number for line in lines if line.page_break] == case["breaks"]


@cases("reading", "characters")
def test_mends_characters(case: Case) -> None:
    (line,) = map(mend_characters, split_lines(case["raw"]))
    assert line.text == case["text"]
    assert [change.rule for change in line.changes] == case["rules"]
    assert line.raw == case["raw"], "the line as received stays beside the mended one"


@cases("reading", "unreadable")
def test_names_what_cannot_be_read(case: Case) -> None:
    with pytest.raises(InputError) as caught:
        decode(bytes.fromhex(case["hex"]), "report.txt")
    (problem,) = caught.value.problems
    assert problem.place.startswith("report.txt" + case.get("place", ""))
    assert case["says"] in problem.message
    assert problem.remedy


@given(st.text(min_size=1))
def test_reads_any_text_line_by_line_without_loss(text: str) -> None:
    """Every character that isn't a line end stands in exactly one line as received."""
    ends = "\r\n\u2028\u2029\u0085"
    lines = split_lines(text)
    kept = "".join(line.raw for line in lines)
    wanted = "".join(char for char in text if char not in ends)
    assert wanted.startswith(kept)
    assert not wanted[len(kept) :].strip("\f \t"), "only blanks after the last line end may go"


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Co"]), min_size=1))
def test_changes_tell_the_whole_story_of_a_line(text: str) -> None:
    for line in map(mend_characters, split_lines(text)):
        before = [change.before for change in line.changes]
        after = [change.after for change in line.changes]
        assert [line.raw.replace("\f", " "), *after] == [*before, line.text]
