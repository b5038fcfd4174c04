"""From a PDF or Word file to a built site with its pictures: two commands."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from report_site.commands.cli import main
from report_site.commands.editor.scaffold import start_folder
from report_site.model import Figure
from report_site.model.texts import blocks_of
from typeset import ENERGY, PEOPLE, TABLE, WATER, compiled, photograph, table_rows

pytestmark = pytest.mark.slow


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    photograph(folder / "mill.png")
    body = f"""
#align(center)[#text(26pt)[Lakeside Mills Responsibility Report 2031]]
#pagebreak()
= Water
{" ".join(WATER)}
#figure(image("mill.png", width: 200pt), caption: [The paper mill at Aldhaven])
#pagebreak()
= People
{" ".join(PEOPLE)}
#pagebreak()
= Figures
{" ".join(ENERGY)}
#table(columns: 4, stroke: none, table.hline(), {table_rows(TABLE[:1])}, table.hline(), {table_rows(TABLE[1:])},
  table.hline())
"""
    return compiled(folder, body)


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("built")
    started = run("new", folder / "report", "--source", source)
    assert started.exit_code == 0, started.output
    done = run("build", "--report", folder / "report", "--site", folder / "site")
    assert done.exit_code == 0, done.output
    assert done.output.strip().endswith("0 unaccounted")
    return folder / "report", folder / "site"


def pages(site: Path) -> list[LexborHTMLParser]:
    return [LexborHTMLParser(path.read_text("utf-8")) for path in sorted(site.glob("*/index.html"))]


def test_sentences_are_published_whole(built: tuple[Path, Path]) -> None:
    text = " ".join(" ".join(page.text().split()) for page in pages(built[1]))
    assert [sentence for sentence in (*WATER, *PEOPLE, *ENERGY) if sentence not in text] == []


def test_the_picture_is_published_with_its_caption(built: tuple[Path, Path]) -> None:
    figure = next(found for page in pages(built[1]) if (found := page.css_first("main figure")))
    caption, image = figure.css_first("figcaption"), figure.css_first("img")
    assert caption is not None
    assert "The paper mill at Aldhaven" in caption.text()
    assert image is not None
    assert image.attributes["src"]


def test_the_table_is_a_table(built: tuple[Path, Path]) -> None:
    table = next(found for page in pages(built[1]) if (found := page.css_first("main[data-kind=report] table")))
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in table.css("tr")]
    assert rows == [list(row) for row in TABLE]


def test_the_folder_says_what_needs_a_person(built: tuple[Path, Path]) -> None:
    todo = (built[0] / "todo.md").read_text("utf-8")
    assert "printed page 2" in todo
    assert "write its alternative text" in todo
    account = json.loads((built[0] / "intake.json").read_text("utf-8"))
    assert account["taken"] == account["words"]
    assert account["missing"] == []


def test_a_word_file_starts_a_folder(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Lakeside Mills Responsibility Report 2031", 0)
    for title, sentences in (("Water", WATER), ("People", PEOPLE)):
        document.add_heading(title, 1)
        document.add_paragraph(" ".join(sentences))
    document.save(str(tmp_path / "report.docx"))
    result = run("new", tmp_path / "report", "--source", tmp_path / "report.docx")
    assert result.exit_code == 0, result.output
    assert "# People" in (tmp_path / "report" / "source.md").read_text("utf-8")


def test_a_file_that_cannot_be_taken_in_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    result = run("new", tmp_path / "report", "--source", tmp_path / "broken.pdf")
    assert result.exit_code == 2
    assert "damaged" in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("caption", ["图：芦苇塘", "图片：芦苇塘", "图 3 芦苇塘", "Photo: the pond", "照片：芦苇塘"])
def test_a_caption_with_its_word_in_front_is_a_caption(caption: str, tmp_path: Path) -> None:
    photograph(tmp_path / "p1.jpg")
    text = f"# 水\n\n河水清，井水甜。\n\n![](p1.jpg) {caption}\n\n河水清，井水甜，员工爱喝。\n"
    (tmp_path / "report.md").write_text(f"<!-- report-site intake 1 -->\n\n{text}", "utf-8")
    report = start_folder(tmp_path / "report.md").report
    figures = [block for page in report.pages for block in blocks_of(page) if isinstance(block, Figure)]
    assert [figure.picture for figure in figures] == ["p1.jpg"]
    assert figures[0].caption is not None
    assert figures[0].caption.source.endswith(caption[-3:])
    assert report.flags == ()
