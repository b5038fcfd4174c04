"""Word files with known truth through the intake."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from report_site.model.errors import InputError
from report_site.source.intake import Extraction, taken_in
from typeset import photograph

NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r><w:t>Counted on 31 December.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Lakeside Mills Report 2031", 0)
    document.add_heading("Water", 1)
    document.add_paragraph("The mills used 41.7 million litres in 2031.")
    document.add_heading("取水", 2)
    document.add_paragraph("first the basin", style="List Bullet")
    document.add_paragraph("then the reed bed", style="List Bullet")
    table = document.add_table(3, 3)
    for r, row in enumerate((("Site", "Water", ""), ("", "Drawn", "Returned"), ("Aldhaven | north", "18.2", "17.9"))):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    plain = document.add_table(2, 2)
    for i, text in enumerate(("Year", "Litres", "2031", "41.7 | net")):
        plain.cell(i // 2, i % 2).text = text
    document.add_picture(str(photograph(tmp_path / "mill.png")))
    properties = document.element.body.findall(f".//{qn('wp:docPr')}")[-1]
    properties.set("descr", "A paper mill with one chimney")
    document.add_paragraph("Figure 1: The mill from the lake")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Text of the second page.")
    path = tmp_path / "report.docx"
    document.save(str(path))
    return path


@pytest.fixture
def extraction(report: Path) -> Extraction:
    return taken_in(report)


def test_headings_lists_and_text(extraction: Extraction) -> None:
    lines = extraction.text.split("\n")
    assert [line for line in lines if line.startswith("#")] == ["# Lakeside Mills Report 2031", "# Water", "## 取水"]
    assert lines[lines.index("- first the basin") + 1] == "- then the reed bed"
    assert "The mills used 41.7 million litres in 2031." in lines
    assert extraction.account.taken == extraction.account.words


def test_tables_with_and_without_spans(extraction: Extraction) -> None:
    assert (
        '<table><tr><th rowspan="2">Site</th><th colspan="2">Water</th></tr><tr><td>Drawn</td><td>Returned</td></tr>'
        "<tr><td>Aldhaven | north</td><td>18.2</td><td>17.9</td></tr></table>"
    ) in extraction.text
    assert "| Year | Litres |\n| --- | --- |\n| 2031 | 41.7 \\| net |" in extraction.text


def test_pictures_with_alternative_text_and_caption(extraction: Extraction) -> None:
    (picture,) = extraction.pictures
    assert picture.alt == "A paper mill with one chimney"
    assert picture.caption == "Figure 1: The mill from the lake"
    assert (
        extraction.text.split("\n")[picture.line - 1]
        == f"![{picture.alt}](pictures/{picture.name}) {picture.caption}".rstrip()
    )
    assert extraction.text.count(picture.caption) == 1
    with Image.open(io.BytesIO(picture.data)) as pixels:
        assert pixels.size == (320, 200)


def test_a_page_break_opens_a_page(extraction: Extraction) -> None:
    assert "Text of the second page." in extraction.text.split("\f")[1]


def test_footnotes_stand_at_the_end(report: Path, tmp_path: Path) -> None:
    document = docx.Document(str(report))
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        NOTES.encode(),
        document.part.package,
    )
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    run = document.add_paragraph("206 people work here").add_run()
    run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    document.save(str(tmp_path / "noted.docx"))
    text = taken_in(tmp_path / "noted.docx").text
    assert "206 people work here (1)" in text
    assert text.endswith("(1) Counted on 31 December.\n")


def test_deleted_text_is_no_text(report: Path, tmp_path: Path) -> None:
    document = docx.Document(str(report))
    deleted = OxmlElement("w:del")
    paragraph = document.add_paragraph("What stays. ")
    deleted.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>What went.</w:delText></w:r>"))
    paragraph._p.append(deleted)
    document.save(str(tmp_path / "changed.docx"))
    assert "What went" not in taken_in(tmp_path / "changed.docx").text


def test_damaged_locked_and_empty_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Path) -> None:
    def refusal(path: Path) -> str:
        with pytest.raises(InputError) as caught:
            taken_in(path)
        return str(caught.value)

    (tmp_path / "damaged.docx").write_bytes(report.read_bytes()[:3000])
    assert "damaged" in refusal(tmp_path / "damaged.docx")
    (tmp_path / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in refusal(tmp_path / "locked.docx")
    docx.Document().save(str(tmp_path / "blank.docx"))
    assert "no text" in refusal(tmp_path / "blank.docx")
    monkeypatch.setattr("report_site.source.intake.word.LARGEST_UNPACKED", 1000)
    assert "unpacks to" in refusal(report)


def test_numbers_that_word_counts_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("measure", "decide"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("a reed bed", style="List Bullet")
    document.add_table(1, 1).cell(0, 0).text = "A table that parts two lists."
    document.add_paragraph("publish", style="List Number")
    path = tmp_path / "steps.docx"
    document.save(str(path))
    lines = taken_in(path).text.split("\n")
    start = lines.index("1. measure")
    assert lines[start : start + 4] == ["1. measure", "2. decide", "- a reed bed", ""]
    assert lines[lines.index("3. publish") - 1] == ""
