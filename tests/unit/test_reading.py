from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.model.errors import InputError
from report_site.source.read import files
from report_site.source.read.decoding import mend_characters, receive, split_lines
from report_site.source.read.encodings import Decoded, decode, settle

TEXT = "# 节约用水\n\n2023 年，三座工厂共节水 12 万吨。\n员工 8,420 人（含实习生）\n"


@cases("reading", "encodings")
def test_finds_the_encoding(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    path.write_bytes(bytes.fromhex(case.get("mark", "")) + TEXT.encode(case["encoding"]))
    assert "\n".join(line.text for line in receive(path).lines) + "\n" == TEXT


@cases("reading", "older_encodings")
def test_publishes_no_rubbish(case: Case) -> None:
    """GB18030 and Windows-1252 decode nearly any bytes: what comes out is the text, or the file is refused."""
    data = case["text"].encode(case["encoding"])
    if "says" in case:
        with pytest.raises(InputError, match=case["says"]):
            decode(data)
    else:
        assert decode(data) == Decoded(case["text"], case["named"])


def test_two_encodings_that_read_well_are_offered() -> None:
    """No rule can know, so a second opinion is heard, and without it a person's."""
    both = [Decoded("甲", "GBK"), Decoded("乙", "Big5")]
    with pytest.raises(
        InputError, match=r"more than one encoding: GBK \(“甲…”\), Big5 \(“乙…”\) — name it with --encoding"
    ):
        settle(both, None, "report.txt")
    assert settle(both, "乙", "report.txt") == both[1]


def test_a_person_settles_the_encoding() -> None:
    data = "三座工廠".encode("big5")
    assert decode(data, encoding="Big5").text == "三座工廠"
    with pytest.raises(InputError, match="is not utf-8"):
        decode(data, encoding="utf-8")
    for unknown in ("klingon", "base64"):
        with pytest.raises(InputError, match="no text encoding is called"):
            decode(data, encoding=unknown)
    assert decode(TEXT.encode("utf-16"), encoding="utf-16").text == TEXT


@cases("reading", "files")
def test_names_other_kinds_of_documents(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(bytes.fromhex(case["hex"]))
    with pytest.raises(InputError) as caught:
        receive(path)
    (problem,) = caught.value.problems
    assert case["says"] in problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    ("member", "said"), [("word/document.xml", "Word"), ("xl/workbook.xml", "Excel"), ("readme.txt", "a ZIP archive")]
)
def test_names_what_a_zip_holds(member: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "text")
    with pytest.raises(InputError, match=said):
        receive(path)


def test_reads_regular_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="this is a pipe"):
        receive(tmp_path / "pipe")
    with pytest.raises(InputError, match="this is a device"):
        receive(Path("/dev/zero"))
    with pytest.raises(InputError, match="this is a folder"):
        receive(tmp_path)
    monkeypatch.setattr(files, "LARGEST_SOURCE", 1 << 20)
    (tmp_path / "large.txt").write_bytes(b"a\n" * (1 << 20))
    with pytest.raises(InputError, match="2 MiB, more than the 1 MiB"):
        receive(tmp_path / "large.txt")


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(TEXT, "utf-8")
    (folder / "source.md").symlink_to("../secret.txt")
    with pytest.raises(InputError, match="leads out of the report's folder"):
        receive(folder / "source.md", within=folder)
    assert receive(folder / "source.md").lines, "a file that is named on the command line may be a link"
    (folder / "kept.txt").write_text(TEXT, "utf-8")
    (folder / "inside.md").symlink_to("kept.txt")
    assert receive(folder / "inside.md", within=folder).lines


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
