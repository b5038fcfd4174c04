"""Word files with known truth through the intake."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from PIL import Image

from report_site.language.characters import NOTE_MARK
from report_site.model import Dialect, SourceLine
from report_site.model.errors import InputError
from report_site.source.intake import Extraction, taken_in
from report_site.source.read.dialects import read_dialect
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


def test_footnotes_stand_where_their_section_ends(report: Path, tmp_path: Path) -> None:
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
    heading = document.add_heading("Fire", 1)
    heading.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    document.save(str(tmp_path / "noted.docx"))
    text = taken_in(tmp_path / "noted.docx").text
    noted = (
        "\n\n206 people work here[^1]\n\n[^1]: Counted on 31 December.\n\n# Fire[^2]\n\n[^2]: Counted on 31 December.\n"
    )
    assert text.endswith(noted)
    assert "Counted on 31 December." in _notes_of(text)


def _notes_of(text: str) -> list[str]:
    """Those that the reader of the intake's dialect finds."""
    lines = [SourceLine(number, line, line) for number, line in enumerate(text.split("\n"), 1)]
    return [line.text.partition(" ")[2] for line in read_dialect(lines, Dialect.INTAKE) if NOTE_MARK.match(line.text)]


def _run(text: str, properties: str) -> str:
    return f'<w:r {nsdecls("w")}><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_what_is_raised_stays_apart_from_the_number_before_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("206 people work here").add_run("a").font.superscript = True
    cell = document.add_table(1, 2).cell(0, 1).paragraphs[0]
    cell.add_run("4,210")
    cell.add_run("1").font.superscript = True
    air = document.add_paragraph("3 m")
    air.add_run("3").font.superscript = True
    air.add_run(" of CO")
    air.add_run("2").font.subscript = True
    air.add_run("e on the 2")
    air.add_run("nd").font.superscript = True
    for mark, note in (("1", "Trainees included."), ("a", "In May.")):
        document.add_paragraph().add_run(mark).font.superscript = True
        document.paragraphs[-1].add_run(f" {note}")
    document.save(str(tmp_path / "raised.docx"))
    text = taken_in(tmp_path / "raised.docx").text
    assert "|  | 4,210¹ |" in text
    assert "3 m³ of CO₂e on the 2nd" in text
    assert _notes_of(text) == ["Trainees included.", "In May."]


@pytest.mark.parametrize(
    ("properties", "said"),
    [("<w:vanish/>", "Open."), ('<w:vanish w:val="0"/>', "Open. Shut."), ("<w:b/>", "Open. Shut.")],
)
def test_what_word_hides_is_no_text(tmp_path: Path, properties: str, said: str) -> None:
    document = docx.Document()
    document.add_paragraph("Open. ")._p.append(parse_xml(_run("Shut.", properties)))
    document.save(str(tmp_path / "hidden.docx"))
    taken = taken_in(tmp_path / "hidden.docx")
    assert taken.text.split("\n")[2] == said
    assert taken.account.taken == taken.account.words
    assert ["“Shut.”" in doubt.message for doubt in taken.account.doubts] == ([True] if said == "Open." else [])


def test_what_was_moved_stands_where_it_went(tmp_path: Path) -> None:
    document = docx.Document()
    for tag in ("moveFrom", "moveTo"):
        document.add_paragraph()._p.append(
            parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1">{_run(f"Seen in {tag}.", "")}</w:{tag}>')
        )
    document.save(str(tmp_path / "moved.docx"))
    assert taken_in(tmp_path / "moved.docx").text.split("\n")[2:] == ["Seen in moveTo.", ""]


def test_a_formula_keeps_its_powers(tmp_path: Path) -> None:
    document = docx.Document()
    formula = (
        f"<m:oMath {nsdecls('m')}><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>"
    )
    document.add_paragraph("It is ")._p.append(parse_xml(formula))
    document.save(str(tmp_path / "formula.docx"))
    assert "It is 10⁶" in taken_in(tmp_path / "formula.docx").text


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


TYPED = (
    ("Meadow Bank", True, 28),
    ("Our people", True, 16),
    ("We employ 420 people in two towns, most of them full time.", False, None),
    ("Pay", True, None),
    ("The lowest wage rose to EUR 15.20 an hour in all of our branches.", False, None),
    ("Climate", True, 16),
    ("We bought 30 electric cars and built two solar roofs on our own ground.", False, None),
    ("Important: read the note.", True, None),
    ("Energy", True, None),
    ("Electricity use fell by 8 per cent, and gas use by 12.", False, None),
)


def _typed(path: Path, *paragraphs: tuple[str, bool, int | None], title: str = "") -> list[str]:
    document = docx.Document()
    if title:
        document.add_heading(title, 1)
    for text, bold, size in paragraphs:
        run = document.add_paragraph().add_run(text)
        run.bold = bold or None
        run.font.size = Pt(size) if size else None
    document.save(str(path))
    return [line for line in taken_in(path).text.split("\n") if line.startswith("#")]


def test_headings_are_told_by_their_type_where_no_style_names_them(tmp_path: Path) -> None:
    expected = ["# Meadow Bank", "## Our people", "### Pay", "## Climate", "### Energy"]
    assert _typed(tmp_path / "typed.docx", *TYPED) == expected
    (doubt,) = taken_in(tmp_path / "typed.docx").account.doubts
    assert "5 headings are told by their type alone" in doubt.message


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        pytest.param(TYPED, "A style names one", id="styled"),
        pytest.param(TYPED[2:5], "", id="one bold line"),
        pytest.param([(text, True, None) for text, _, _ in TYPED], "", id="all bold"),
        pytest.param([(text, False, None) for text, _, _ in TYPED], "", id="nothing stands out"),
        pytest.param([TYPED[2], ("End", True, 16)], "", id="nothing follows"),
        pytest.param([("Small print", False, 6), TYPED[2], ("More of it", False, 6), TYPED[4]], "", id="smaller"),
    ],
)
def test_what_is_bold_or_large_is_no_heading_without_evidence(
    tmp_path: Path, paragraphs: Sequence[tuple[str, bool, int | None]], title: str
) -> None:
    assert _typed(tmp_path / "plain.docx", *paragraphs, title=title) == ([f"# {title}"] if title else [])


def test_a_style_that_rests_on_a_headings_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("Chapter of ours", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Water", style=style)
    document.add_paragraph("The mills used 41.7 million litres.")
    document.save(str(tmp_path / "based.docx"))
    assert "\n## Water\n" in taken_in(tmp_path / "based.docx").text


SERIES = (
    "<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    "<c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>2030</c:v></c:pt><c:pt idx='1'><c:v>2031</c:v></c:pt></c:strCache>"
    "</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>{form}</c:formatCode>{points}</c:numCache></c:numRef>"
    "</c:val></c:ser>"
)
POINT = "<c:pt idx='{}'><c:v>{}</c:v></c:pt>"


def _chart(title: str, *series: tuple[str, str, dict[int, str]]) -> str:
    drawn = "".join(
        SERIES.format(name=name, form=form, points="".join(POINT.format(*pair) for pair in points.items()))
        for name, form, points in series
    )
    return (
        f"<c:chartSpace {nsdecls('c', 'a')}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich>"
        f"</c:tx></c:title><c:plotArea><c:barChart>{drawn}</c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )


def _with_graphic(path: Path, kind: str, blob: str, reference: str) -> Extraction:
    """`reference`: the element that names the part by `{}`."""
    document = docx.Document()
    part = Part(PackURI(f"/word/{kind}1.xml"), "application/xml", blob.encode(), document.part.package)
    named = document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
    paragraph = document.add_paragraph("Above the drawing.")
    paragraph.add_run()._r.append(parse_xml(f"<w:drawing {nsdecls('w')}>{reference.format(named)}</w:drawing>"))
    document.save(str(path))
    return taken_in(path)


def test_a_chart_is_a_table_of_the_numbers_that_it_is_drawn_from(tmp_path: Path) -> None:
    blob = _chart(
        "Water drawn",
        ("Megalitres", "#,##0.0", {0: "1204.5", 1: "30.299999999999997"}),
        ("Share", "0%", {1: "0.29"}),
        ("Odd", "General", {0: "1e999999", 1: "n/a"}),
    )
    reference = f'<c:chart {nsdecls("c", "r")} r:id="{{}}"/>'
    taken = _with_graphic(tmp_path / "chart.docx", "chart", blob, reference)
    assert "Water drawn\n\n|  | Megalitres | Share | Odd |\n| --- | --- | --- | --- |\n" in taken.text
    assert "| 2030 | 1,204.5 |  | 1e999999 |\n| 2031 | 30.3 | 29% | n/a |" in taken.text
    (doubt,) = taken.account.doubts
    assert "the numbers that Word keeps with it" in doubt.message


def test_the_words_of_a_diagram_are_kept(tmp_path: Path) -> None:
    point = "<dgm:pt {}><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    points = "".join(point.format(*one) for one in (("", "Measure"), ('type="parTrans"', "no"), ('type="node"', "Cut")))
    blob = f"<dgm:dataModel {nsdecls('dgm', 'a')}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    reference = f'<dgm:relIds {nsdecls("dgm", "r")} r:dm="{{}}"/>'
    taken = _with_graphic(tmp_path / "diagram.docx", "diagramData", blob, reference)
    assert "\n- Measure\n- Cut\n" in taken.text
    assert "\nno" not in taken.text
