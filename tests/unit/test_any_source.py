"""Any source gives a folder that converts, or one clear refusal: nothing that a text holds ends in a traceback or a bug."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from gears import examples
from report_site.commands.cli import main
from report_site.commands.editor.editions.carrying import carry_over
from report_site.commands.editor.files import preflight_page
from report_site.commands.editor.scaffold import Started, start_folder
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.loading import ReportFolder, load_folder
from report_site.model.errors import InputError
from report_site.model.texts import blocks_of
from report_site.publish.docs import render_docs
from report_site.publish.writing import write_folder
from report_site.report import Report

TITLES = (
    *("Water", "Our people", "Search", "index", "yes", "null", "on", "1e3", "2030", "2030-06-30", "0x1f", "404", "5G"),
    *("Base", "Base 2", "base-2", "P1", "Table 1", "Page 3", "Case", "Case study: the pond", "/", "|", "—", "★", "🌊"),
    *(
        "概况",
        "水资源",
        "一、环境",
        "（一）节水",
        "1.1 用电",
        "第一章 治理",
        "关于本报告",
        "晨星集团 2030 年社会责任报告",
    ),
    *("# #", "**Bold**", "a|b", "<b>", "{{ x }}", "目录", "Contents", "年龄 <35 岁", "Ünïcode № 5", "Вода", "水 water"),
)
SENTENCES = (
    "Every site measured its water and reported the result to the board.",
    "公司在各个厂区开展节水工作，全年节水 12 万吨。",
    "全年节电 3,120 万度，同比增长 -12.5%。",
    "See `code`, *stars*, [a](b), ![p](q.png), {: #id } and /// table.",
    "/// note",
    "&lt;b&gt; &amp; <script>alert(1)</script>",
)
CELLS = (
    "",
    "/",
    "-",
    "—",
    "●",
    "√",
    "12",
    "3.5%",
    "1,284 人",
    "m3",
    "FY30",
    "Item",
    "项目",
    "合计",
    "//",
    "///",
    "a b",
    "[x]",
    "*",
    "`",
)
LINES = (
    "12",
    "3",
    "图：净水池",
    "Figure 2",
    "98%",
    "3000+ 供应商",
    "扫码观看",
    "---",
    "***",
    "===",
    "```",
    "> quoted words",
    "\f",
    "单位：元",
    "晨星集团 2030",
    "{23}----",
    "&nbsp;",
    "|",
    "||",
    "| |",
    "|---|",
    "///",
    "[^1]: note",
    "关于我们 ........ 3",
    "&#3 and &#x4 and &copy and &amp",
    "图：&#3 池 &#38;# &lt",
    "约 1/3 的员工",
    "<!-- note",
    "-->",
    "-12.5%的增幅",
    "a" + " " * 900 + "b",
    "*_[]{}" * 200,
)

REFUSALS = ("nothing but furniture and noise", "the file is empty", "the file holds no text")


def _table(rows: list[list[str]]) -> str:
    piped = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([piped[0], "|" + "---|" * len(rows[0]), *piped[1:]])


words = st.one_of(st.sampled_from(TITLES), st.text(max_size=12), st.text("0123456789-. /#|*_年", max_size=8))
headings = st.tuples(st.integers(1, 6), words).map(lambda pair: f"{'#' * pair[0]} {pair[1]}")
cells = st.one_of(st.sampled_from(CELLS), st.text("|/-0123456789. 万%*", max_size=5))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=4).map(_table)
)
items = st.lists(st.tuples(st.sampled_from(("- ", "1. ", "• ", "a) ", "* ")), words), min_size=1, max_size=4).map(
    lambda pairs: "\n".join(mark + text for mark, text in pairs)
)
prose = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES).map(lambda text: text * 60), words)
blocks = st.one_of(headings, headings, tables, items, prose, st.sampled_from(LINES))
sources = st.lists(st.tuples(blocks, st.sampled_from(("\n", "\n\n", "\n\n", "\n\f"))), max_size=14).map(
    lambda parts: "".join(text + end for text, end in parts)
)


def addresses(report: Report) -> list[tuple[str, tuple[str, ...], list[str]]]:
    return [(page.slug, page.parents, [block.id for block in blocks_of(page)]) for page in report.pages]


def outcome(text: str) -> str:
    """What the commands would say: nothing where the folder that `new` writes gives all its pages."""
    with tempfile.TemporaryDirectory() as place:
        root, source = Path(place) / "report", Path(place) / "extraction.md"
        source.write_bytes(text.encode("utf-8"))
        try:
            started = start_folder(source)
        except InputError as error:
            return str(error)
        write_folder(started.files, root)
        folder = load_folder(root)
        catalogue = load_catalogue(folder.catalogue)
        report = convert(folder, translations_of(catalogue, folder.profile.language))
        render_docs(report)
        assert report.missing == ()
        assert not started.report.ledger.unaccounted
        assert not report.ledger.unaccounted
        assert addresses(report) == addresses(started.report)
        for remedy in (remedy for doubt in preflight_page(folder, report, "en").doubts for remedy in doubt.remedies):
            assert isinstance(yaml.safe_load(remedy.lines), dict | None)
        assert same_again(folder, report, started, Path(place) / "next") == addresses(report)
    return ""


def same_again(folder: ReportFolder, report: Report, started: Started, root: Path) -> list[object]:
    """Addresses of the next year's report when it is the same text."""
    write_folder(carry_over(folder, report, started).started.files, root)
    following = load_folder(root)
    again = convert(following, translations_of(load_catalogue(following.catalogue), following.profile.language))
    assert again.missing == ()
    return list(addresses(again))


@pytest.mark.slow
@given(sources)
@example("## :：\n\n公司节水。\n")
@example("（1）;`½％+&#3^3&节\n")
@example("3000+ 供应商\n1.1 用电\n#### {{ x }}\n")
@example("# \x1b0\n")
@example("\n# -1 °C and more\n\nIt was cold at all of our sites.\n")
@examples(150, HealthCheck.too_slow)
def test_a_source_gives_pages_or_is_refused_in_plain_words(text: str) -> None:
    said = outcome(text)
    assert "bug" not in said
    assert len(said.splitlines()) <= 1
    assert not said or any(reason in said for reason in REFUSALS)


@pytest.mark.slow
@given(sources)
@examples(25, HealthCheck.too_slow)
def test_a_whole_site_comes_of_a_source_or_a_refusal_in_plain_words(text: str) -> None:
    """`new` ends with a build by MkDocs, whose pages are proven too."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "extraction.md"
        source.write_bytes(text.encode("utf-8"))
        result = CliRunner().invoke(main, ["new", str(Path(place) / "report"), "--source", str(source)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "bug" not in result.stderr
    assert result.exit_code == 0 or any(reason in result.stderr for reason in REFUSALS)
