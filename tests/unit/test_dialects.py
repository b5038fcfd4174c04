"""Reports never seen, in other extractors' dialects: `new` starts a folder, `build` gives a first site, by rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from places import SAMPLES
from report_site.commands.cli import main
from report_site.convert import convert
from report_site.folder.catalogue import Translations
from report_site.folder.loading import load_folder
from report_site.model import DataTable, Figure, KeyFigures, List, Quote, Section
from report_site.model.texts import blocks_of
from report_site.report import Report

OUTLINES = {
    "numbered-zh.txt": """
一、公司概况
  （一）发展历程
  （二）治理结构
    1. 董事会多元
    2. 商业道德
二、环境
  （一）节约用水
    1.1 雨水收集
  （二）减少包装
三、社会
  （一）员工关怀
  （二）社区公益
""",
    "levelled-en.md": """
Harbour Foods plc Sustainability Report 2023
1 Our approach
  1.1 Governance
  1.2 Listening to people
2 Planet
  2.1 Energy
  2.2 Food waste
3 People
  3.1 Safety
    Case study: The night shift at Dundalk
Appendix
  About this report
""",
    "form-feeds-en.txt": """
Our railway
  Our people
Safety first
  Night work
  Level crossings
Cleaner trains
About this report
""",
}

TITLES = {
    "numbered-zh.txt": "青禾农业集团 2023 年可持续发展报告",
    "levelled-en.md": "Harbour Foods plc Sustainability Report 2023",
    "form-feeds-en.txt": "Northwind Rail Sustainability Report 2022",
}
BANDS = {
    "numbered-zh.txt": ["一、公司概况", "二、环境", "三、社会"],
    "levelled-en.md": ["1 Our approach", "2 Planet", "3 People", "Appendix"],
    "form-feeds-en.txt": ["Our railway", "Safety first", "Cleaner trains", "About this report"],
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(params=sorted(OUTLINES))
def sample(request: pytest.FixtureRequest) -> Path:
    return SAMPLES / str(request.param)


@pytest.fixture
def started(sample: Path, tmp_path: Path) -> Path:
    """A report folder that `new` made from the sample."""
    folder = tmp_path / "report"
    assert run("new", folder, "--source", sample).exit_code == 0
    return folder


def outline(report: Report) -> str:
    lines: list[str] = []

    def visit(section: Section, depth: int) -> None:
        lines.append("  " * depth + section.heading.text.source)
        for child in section.children:
            visit(child, depth + 1)

    for page in report.pages:
        visit(page.section, len(page.parents))
    return "\n".join(lines)


def test_finds_the_outline(sample: Path, started: Path) -> None:
    report = convert(load_folder(started), Translations("zh"))
    assert outline(report) == OUTLINES[sample.name].strip("\n")
    assert report.ledger.unaccounted == ()
    assert report.missing == ()


def test_finds_the_title(started: Path, sample: Path) -> None:
    profile = load_folder(started).profile
    assert profile.title[profile.language] == TITLES[sample.name]


def test_every_chapter_has_its_band(sample: Path, started: Path, tmp_path: Path) -> None:
    """Chapters without pages below them too; no list of the home page is empty; titles that count are not counted."""
    assert run("build", "--report", started, "--site", tmp_path / "site").exit_code == 0
    home = LexborHTMLParser((tmp_path / "site" / "index.html").read_text("utf-8"))
    assert [title.text() for title in home.css(".band-title")] == BANDS[sample.name]
    assert len(home.css(".band-number")) == (0 if BANDS[sample.name][0][0] in "1一" else len(BANDS[sample.name]))
    accents = [band.attributes["data-accent"] for band in home.css(".band")]
    assert accents == ["blue", "plum", "terracotta", "green"][: len(accents)]
    assert all(section.css_first("li") for section in home.css(".home-list"))


def test_says_what_needs_a_person(started: Path) -> None:
    todo = (started / "todo.md").read_text("utf-8")
    assert "publisher" in todo
    assert "outline" in todo
    assert "texts to translate" in todo


def test_builds_a_first_site(started: Path, tmp_path: Path) -> None:
    result = run("build", "--report", started, "--site", tmp_path / "site")
    assert result.exit_code == 0, result.output
    assert result.output.strip().endswith("0 unaccounted")
    report = convert(load_folder(started), Translations("zh"))
    for page in report.pages:
        tree = LexborHTMLParser((tmp_path / "site" / page.slug / "index.html").read_text("utf-8"))
        assert len(tree.css("h1")) == 1
        assert all(table.css_first("caption") for table in tree.css("main table"))


def test_will_not_start_in_a_folder_that_is_in_use(sample: Path, started: Path) -> None:
    result = run("new", started, "--source", sample)
    assert result.exit_code == 2
    assert "not empty" in result.output


def blocks(name: str, tmp_path: Path) -> list[object]:
    folder = tmp_path / "report"
    run("new", folder, "--source", SAMPLES / name)
    report = convert(load_folder(folder), Translations("zh"))
    return [block for page in report.pages for block in blocks_of(page)]


def test_numbered_headings_and_a_titled_table(tmp_path: Path) -> None:
    found = blocks("numbered-zh.txt", tmp_path)
    table = next(block for block in found if isinstance(block, DataTable))
    assert table.caption is not None
    assert table.caption.source == "表 1 近三年环境数据"
    assert [head.source for head in table.header] == ["指标", "单位", "2021", "2022", "2023"]
    assert [row.cells[0][0].source for row in table.rows] == ["用电量", "用水量", "废弃物回收率"]
    assert [block.caption.source for block in found if isinstance(block, Figure) and block.caption] == [
        "图 1：眉山基地的滴灌设备"
    ]


def test_levels_lists_quotes_and_key_figures(tmp_path: Path) -> None:
    found = blocks("levelled-en.md", tmp_path)
    assert [len(block.items) for block in found if isinstance(block, List)] == [3]
    assert [block.text.source for block in found if isinstance(block, Quote)] == [
        "Nothing edible should be thrown away."
    ]
    strip = next(block for block in found if isinstance(block, KeyFigures))
    assert [(f.value.source, f.label.source if f.label else None) for f in strip.figures] == [
        ("1.2 million", "meals given"),
        ("38%", "less waste than in 2019"),
        ("212", "shops that take part"),
    ]


def test_form_feeds_and_printed_pages(tmp_path: Path) -> None:
    found = blocks("form-feeds-en.txt", tmp_path)
    report_pages = {block.lines[0]: block.printed_page for block in found if getattr(block, "lines", ())}  # type: ignore[attr-defined]
    assert report_pages[12] == 3
    assert report_pages[63] == 7
    texts = " ".join(str(block) for block in found)
    assert "programme checks each week" in texts
    assert "Northwind Rail Sustainability Report 2022" not in texts
