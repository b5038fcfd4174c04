"""PDFs with known truth through the intake: nothing lost, whole sentences in order, tables, pictures, furniture."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from report_site.model.errors import InputError
from report_site.source.intake import Extraction, taken_in
from report_site.source.intake.__main__ import main
from typeset import CHINESE, ENERGY, PEOPLE, TABLE, WATER, compiled, photograph, table_rows


def columns(*groups: tuple[str, ...]) -> str:
    return "#columns(2, gutter: 16pt)[" + "\n\n".join(" ".join(group) for group in groups) + "]\n"


@pytest.fixture(scope="module")
def designed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two columns, a ruled table, pictures with captions, a logo on each page, running heads, bookmarks, Chinese."""
    folder = tmp_path_factory.mktemp("designed")
    photograph(folder / "mill.png")
    photograph(folder / "lake.png", seed=3)
    photograph(folder / "logo.png", (40, 40), seed=5)
    logo = '#place(top + right, dx: 20pt, dy: -40pt, image("logo.png", width: 20pt))\n'
    body = f"""
{logo}#align(center)[#text(28pt, weight: "bold")[Lakeside Mills Responsibility Report 2031]]
#pagebreak()
{logo}= Water
{columns(WATER[:3], WATER[3:])}
#v(1em)
#figure(image("mill.png", width: 200pt), caption: [The paper mill at Aldhaven seen from the lake])
{columns(PEOPLE[:3], PEOPLE[3:])}
#pagebreak()
{logo}= Figures
== Four years of numbers
#table(columns: 4, stroke: none, table.hline(), {table_rows(TABLE[:1])}, table.hline(),
  {table_rows(TABLE[1:])}, table.hline())
{" ".join(ENERGY)}

#image("lake.png", width: 160pt)
#pagebreak()
{logo}= 水资源
{"".join(CHINESE)}

#circle(radius: 40pt, fill: blue)[#polygon(fill: red, (0pt, 0pt), (40pt, 30pt), (0pt, 30pt))]
"""
    return compiled(folder, body)


@pytest.fixture(scope="module")
def extraction(designed: Path) -> Extraction:
    return taken_in(designed, second=False)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


def by_pdfium(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_no_letter_of_pdfium_is_lost(designed: Path, extraction: Extraction) -> None:
    assert letters(by_pdfium(designed)) - letters(extraction.text) == Counter()
    assert extraction.account.missing == ()
    assert extraction.account.taken == extraction.account.words > 200


@pytest.mark.parametrize("sentence", [*WATER, *PEOPLE, *ENERGY])
def test_sentences_are_whole(extraction: Extraction, sentence: str) -> None:
    """Lines of a column joined, and never with a line of the column beside it."""
    assert sentence in extraction.text


def test_chinese_is_joined_without_blanks(extraction: Extraction) -> None:
    assert "".join(CHINESE) in squeezed(extraction.text)
    assert any("".join(CHINESE) in line for line in extraction.text.split("\n"))


def test_columns_stand_in_order(extraction: Extraction) -> None:
    places = [extraction.text.index(sentence) for sentence in (*WATER, *PEOPLE)]
    assert places == sorted(places)


def test_headings_by_bookmark_and_size(extraction: Extraction) -> None:
    headings = [line.lstrip("\f") for line in extraction.text.split("\n") if line.lstrip("\f").startswith("#")]
    assert headings[-4:] == ["# Water", "# Figures", "## Four years of numbers", "# 水资源"]


def test_a_table_with_rules_alone(extraction: Extraction) -> None:
    rows = [" | ".join(row) for row in TABLE]
    assert [
        line.strip("| ") for line in extraction.text.split("\n") if line.startswith("|") and "---" not in line
    ] == rows


def test_pages_start_with_a_form_feed(extraction: Extraction) -> None:
    pages = extraction.text.split("\f")
    assert len(pages) == 4
    assert "= Water" not in pages[0]
    assert "# Water" in pages[1]
    assert [page.printed_page for page in extraction.account.pages] == [1, 2, 3, 4]


def test_running_heads_and_numbers_stand_on_their_own_lines(extraction: Extraction) -> None:
    for number, page in enumerate(extraction.text.split("\f")[1:], 2):
        lines = [line for line in page.split("\n") if line]
        assert lines[0] == "Lakeside Mills Responsibility Report 2031"
        assert lines[-1] == str(number)


def test_pictures_with_place_and_caption(extraction: Extraction) -> None:
    kept = [picture for picture in extraction.pictures if not picture.decoration]
    assert [(p.page, p.printed_page, p.drawing) for p in kept] == [(2, 2, False), (3, 3, False), (4, 4, True)]
    assert kept[0].caption == "Figure 1: The paper mill at Aldhaven seen from the lake"
    assert all(picture.alt == "" for picture in kept)
    lines = extraction.text.split("\n")
    for picture in kept:
        assert (
            lines[picture.line - 1].lstrip("\f")
            == f"![{picture.alt}](pictures/{picture.name}) {picture.caption}".rstrip()
        )
    assert extraction.text.count(kept[0].caption) == 1


def test_stored_pictures_keep_their_size(extraction: Extraction, tmp_path: Path) -> None:
    picture = next(picture for picture in extraction.pictures if picture.page == 2 and not picture.decoration)
    (tmp_path / picture.name).write_bytes(picture.data)
    with Image.open(tmp_path / picture.name) as pixels:
        assert pixels.size == (320, 200)
        assert not pixels.getexif()


def test_what_stands_on_every_page_is_decoration(extraction: Extraction) -> None:
    reasons = [picture.decoration for picture in extraction.pictures if picture.decoration]
    assert reasons == ["the same on 4 pages"] * 4
    assert all(picture.line == 0 for picture in extraction.pictures if picture.decoration)


@pytest.mark.slow
def test_the_second_witness_changes_nothing_that_is_right(designed: Path, extraction: Extraction) -> None:
    both = taken_in(designed)
    assert both.account.engines == ("pypdfium2", "opendataloader-pdf")
    assert both.account.lacks == ()
    assert both.text == extraction.text


def test_without_java_it_says_what_it_lacks(designed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report_site.source.intake.witness.java", lambda: None)
    account = taken_in(designed).account
    assert account.engines == ("pypdfium2",)
    assert ["Java" in lack for lack in account.lacks] == [True]


# --- tables --------------------------------------------------------------------------------------------------------


def rows_of(text: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in text.split("\n") if line.startswith("|") and "---" not in line]


def test_a_table_without_any_rule(tmp_path: Path) -> None:
    path = compiled(tmp_path, f"#table(columns: 4, stroke: none, column-gutter: 20pt, {table_rows()})\n{ENERGY[0]}")
    assert rows_of(taken_in(path, second=False).text) == [list(row) for row in TABLE]


@pytest.mark.slow
def test_a_full_grid_with_spans(tmp_path: Path) -> None:
    body = """#table(columns: 3, [Site], table.cell(colspan: 2)[Water drawn and returned],
      [Aldhaven], [18.2], [17.9], [Northbridge], [12.0], [11.8])"""
    text = taken_in(compiled(tmp_path, body)).text
    assert '<th colspan="2">Water drawn and returned</th>' in text
    assert "<td>Aldhaven</td><td>18.2</td><td>17.9</td>" in text


def test_tagged_tables_keep_empty_cells_and_spans(tmp_path: Path) -> None:
    body = """#table(columns: 3, stroke: none, table.header([Site], [Drawn], [Returned]),
      table.cell(rowspan: 2)[Aldhaven], [18.2], [], [17.5], [17.1])"""
    text = taken_in(compiled(tmp_path, body, tags=True), second=False).text
    assert '<td rowspan="2">Aldhaven</td><td>18.2</td><td></td>' in text
    assert "<tr><td>17.5</td><td>17.1</td></tr>" in text


def test_two_columns_of_prose_are_no_table(tmp_path: Path) -> None:
    text = taken_in(compiled(tmp_path, columns(WATER, PEOPLE)), second=False).text
    assert "|" not in text
    assert "<table" not in text


def test_a_chart_is_a_picture_with_its_words(tmp_path: Path) -> None:
    bars = "".join(
        f"#place(bottom + left, dx: {20 + 40 * i}pt, rect(width: 24pt, height: {h}pt, fill: blue))"
        f"#place(bottom + left, dx: {20 + 40 * i}pt, dy: 9pt, text(6pt)[{year}])"
        for i, (year, h) in enumerate([("2028", 60), ("2029", 80), ("2030", 50), ("2031", 30), ("2032", 20)])
    )
    body = f"{WATER[0]}\n\n#block(width: 240pt, height: 100pt)[{bars}]\n#v(20pt)\nFigure 7: Water a year\n\n{WATER[1]}"
    extraction = taken_in(compiled(tmp_path, body), second=False)
    (picture,) = [picture for picture in extraction.pictures if not picture.decoration]
    assert picture.drawing
    assert picture.caption == "Figure 7: Water a year"
    assert "- 2028 2029 2030 2031 2032" in extraction.text


# --- tags ----------------------------------------------------------------------------------------------------------


def test_a_tagged_pdf_tells_headings_lists_and_alternative_texts(tmp_path: Path) -> None:
    photograph(tmp_path / "mill.png")
    body = f"""
= Water
{WATER[0]}
== Where it goes
- first the settling basin
- then the reed bed, which is
  long enough to wrap into a second line when the measure of the page is as narrow as it is here
=== Meters
#image("mill.png", width: 120pt, alt: "A paper mill with one chimney")
= People
{PEOPLE[0]}
"""
    plain = "#set page(width: 300pt, height: 500pt)\n#show heading: set text(9pt, weight: 400)\n"
    extraction = taken_in(compiled(tmp_path, body, tags=True, preamble=plain), second=False)
    lines = [line.lstrip("\f") for line in extraction.text.split("\n")]
    assert [line for line in lines if line.startswith("#")] == ["# Water", "## Where it goes", "### Meters", "# People"]
    assert "- first the settling basin" in lines
    assert any(line.startswith("- then the reed bed") and line.endswith("as it is here") for line in lines)
    assert [picture.alt for picture in extraction.pictures] == ["A paper mill with one chimney"]


def test_a_paragraph_over_a_page_s_end_is_whole(tmp_path: Path) -> None:
    text = " ".join((*WATER, *PEOPLE))
    small = "#set page(width: 300pt, height: 150pt, margin: 30pt, footer: context [#counter(page).display()])\n"
    extraction = taken_in(compiled(tmp_path, text, preamble=small), second=False)
    assert text in extraction.text
    assert len(extraction.account.pages) > 2


# --- what a page holds and doesn't show --------------------------------------------------------------------------------


def test_hidden_text_is_named_and_not_published(tmp_path: Path) -> None:
    body = f"{WATER[0]}\n\n#text(fill: white)[Draft of the printer]\n\n{WATER[1]}"
    extraction = taken_in(compiled(tmp_path, body), second=False)
    assert "Draft of the printer" not in extraction.text
    assert [(m.page, m.words, m.reason) for m in extraction.account.missing] == [
        (1, "Draft of the printer", "not visible on the page")
    ]


def test_plain_areas_and_backgrounds_are_decoration(tmp_path: Path) -> None:
    Image.new("RGB", (200, 100), "teal").save(tmp_path / "plain.png")
    photograph(tmp_path / "ground.png", (590, 840))
    body = f"""#page(background: image("ground.png", width: 595pt, height: 842pt))[{WATER[0]}]
{WATER[1]}
#image("plain.png", width: 100pt)"""
    extraction = taken_in(compiled(tmp_path, body), second=False)
    assert [p.decoration for p in extraction.pictures] == ["background of a whole page", "one colour"]


def test_no_radical_stands_for_an_ideograph(tmp_path: Path) -> None:
    extraction = taken_in(compiled(tmp_path, "⽔ ⼈ 水 人 " + WATER[0]), second=False)
    assert not re.search("[\u2e80-\u2fdf]", extraction.text)


# --- what can't be taken in -----------------------------------------------------------------------------------------


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        taken_in(path, second=False)
    assert len(caught.value.problems) == 1
    return str(caught.value.problems[0])


def test_a_scan_is_named_with_what_to_do(tmp_path: Path) -> None:
    photograph(tmp_path / "scan.png", (600, 800))
    bare = "#set page(width: 595pt, height: 842pt, margin: 0pt)\n"
    path = compiled(tmp_path, '#image("scan.png", width: 595pt, height: 842pt)', preamble=bare)
    assert "a scan" in refusal(path)
    assert "ocrmypdf" in refusal(path)


def test_locked_damaged_and_empty_files(designed: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(designed))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert "locked with a password" in refusal(tmp_path / "locked.pdf")
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + designed.read_bytes()[5000:9000])
    assert "damaged" in refusal(tmp_path / "damaged.pdf")
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert "empty" in refusal(tmp_path / "empty.pdf")
    (tmp_path / "letter.pdf").write_text("no PDF at all", "utf-8")
    assert "no PDF" in refusal(tmp_path / "letter.pdf")
    assert "no such file" in refusal(tmp_path / "nowhere.pdf")


def test_blank_pages_hold_no_text(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "blank.pdf")
    assert "hold no text" in refusal(tmp_path / "blank.pdf")


def test_too_many_pages(designed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report_site.source.intake.pdfium.MOST_PAGES", 3)
    assert "4 pages are more than 3" in refusal(designed)


def test_a_picture_of_too_many_pixels_is_rendered_instead(designed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report_site.source.intake.pictures.LARGEST_PIXELS", 50_000)
    kept = [picture for picture in taken_in(designed, second=False).pictures if not picture.decoration]
    assert len(kept) == 3
    assert all(picture.data for picture in kept)


# --- the entry point -----------------------------------------------------------------------------------------------


def test_writes_text_pictures_and_account(designed: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(designed), str(tmp_path / "out"), "--alone"])
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"extraction.md", "pictures", "account.json"}
    assert len(list((tmp_path / "out" / "pictures").iterdir())) == 3
    again = CliRunner().invoke(main, [str(designed), str(tmp_path / "out")])
    assert again.exit_code != 0
    assert "not empty" in again.output


def test_without_the_extra_one_line_says_what_to_install(designed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report_site.source.intake._NEEDS", {".pdf": "no_such_module", ".docx": "no_such_module"})
    assert "make intake" in refusal(designed)


def test_the_same_file_gives_the_same_bytes(designed: Path, extraction: Extraction) -> None:
    assert taken_in(designed, second=False) == extraction


def test_cells_merged_both_ways_by_the_lines_of_the_grid(tmp_path: Path) -> None:
    """Without tags and without Java: a cell ends where a line is drawn, however close the next one's text stands."""
    body = """#table(columns: 4, [指标], table.cell(colspan: 3)[年度], [], [2029], [2030], [2031],
      [用水总量（万立方米）], [4,770], [4,490], [4,170], table.cell(rowspan: 2)[员工], [206], [210], [], [男], [x], [y])"""
    text = taken_in(compiled(tmp_path, body), second=False).text
    assert '<tr><th>指标</th><th colspan="3">年度</th></tr>' in text
    assert "<tr><td>用水总量（万立方米）</td><td>4,770</td><td>4,490</td><td>4,170</td></tr>" in text
    assert '<tr><td rowspan="2">员工</td><td>206</td><td>210</td><td></td></tr>' in text


def test_a_map_of_thousands_of_paths_is_one_picture(tmp_path: Path) -> None:
    strokes = "".join(
        f"{x} {y} m {x + 5} {y + 9} {x + 9} {y} {x + 12} {y + 4} c S\n"
        for x in range(50, 500, 6)
        for y in range(90, 700, 12)
    )
    writer = PdfWriter(clone_from=PdfReader(compiled(tmp_path, WATER[0])))
    page = writer.pages[0]
    page.merge_page(_drawn(strokes))
    writer.write(tmp_path / "map.pdf")
    extraction = taken_in(tmp_path / "map.pdf", second=False)
    assert [picture.drawing for picture in extraction.pictures if not picture.decoration] == [True]
    assert WATER[0] in extraction.text


def _drawn(strokes: str) -> PageObject:
    page = PageObject.create_blank_page(width=595, height=842)
    content = DecodedStreamObject()
    content.set_data(strokes.encode())
    page[NameObject("/Contents")] = content
    return page


def test_a_drawn_mark_makes_an_item(tmp_path: Path) -> None:
    """Browsers draw the marks of a list as small shapes."""
    item = "#box(width: 3pt, height: 3pt, fill: black, baseline: -2pt)#h(4pt)"
    body = f"{WATER[0]}\n\n{item}first the settling basin\n\n{item}then the reed bed\n\n{WATER[1]}"
    text = taken_in(compiled(tmp_path, body), second=False).text
    assert "- first the settling basin\n- then the reed bed\n" in text


def test_a_strip_of_figures_over_two_columns_stands_before_them(tmp_path: Path) -> None:
    strip = (
        "#grid(columns: (1fr, 1fr, 1fr), [41.7 million litres drawn], [206 people at work], [3 lost days])\n#v(1em)\n"
    )
    text = taken_in(compiled(tmp_path, strip + columns(WATER, PEOPLE)), second=False).text
    assert text.index("3 lost days") < text.index(WATER[0])
    assert " ".join(WATER) in text
    assert " ".join(PEOPLE) in text
