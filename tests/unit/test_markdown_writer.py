"""Whatever the report says, it is text: no character of it may act as Markdown, HTML, attribute list or block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gears import examples
from report_site.language.strings import words
from report_site.model import (
    Block,
    DataTable,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    KeyValueTable,
    Language,
    List,
    Note,
    Paragraph,
    Quote,
    Row,
    TagList,
    Text,
)
from report_site.publish.figures import caption_list, runs
from report_site.publish.inline import PageContext, PictureFiles, Remark, escape
from report_site.publish.markdown import list_mark, render_block, render_heading
from report_site.publish.printed_pages import PageMarks
from report_site.publish.roundtrip import parse_markdown
from report_site.site.blocks import OWN_BLOCKS

CONTEXT = PageContext("zh", "zh", "zh", "zh-CN")


def visible(text: str) -> str:
    return " ".join(text.split())


HOSTILE = [
    *("# ", "## 标题", "- ", "* ", "+ ", "1. ", "1) ", "> ", "---", "***", "===", "```", "~~~", "    代码", "***粗***"),
    *(
        "**",
        "__",
        "_",
        "*",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "![图](x)",
        "[链](http://example.org)",
        "<http://example.org>",
    ),
    *(
        "<script>alert(1)</script>",
        "<b>",
        "</p>",
        "<!-- -->",
        "<![CDATA[",
        "<?php",
        "&amp;",
        "&lt;",
        "&#35;",
        "&",
        "<",
        ">",
    ),
    *(
        "{{ page }}",
        "{% if %}",
        "{#",
        "#}",
        "{: #id }",
        "{: .c }",
        "{:",
        ":}",
        "{ .c }",
        "///",
        "/// note",
        "////",
        "--8<--",
    ),
    *(
        '--8<-- "x"',
        "|",
        "| 甲 | 乙 |",
        "|---|---|",
        "\\",
        "\\\\",
        "\\*",
        "\\|",
        "^1^",
        "~1~",
        "==标==",
        "++",
        "[^1]",
        "[^1]: 注",
    ),
    *(
        ": 定义",
        "*[HTML]: 缩写",
        "http://example.org",
        "a@example.org",
        "@小林.",
        "#话题",
        "!!! note",
        '=== "一"',
        "$$x$$",
        ":smile:",
    ),
    *(
        "“引语”",
        "'",
        '"',
        "…",
        "·",
        "•",
        "①",
        "，",
        "。",
        "甲乙丙",
        "Latin words",
        "3.15 亿次",
        "12%",
        "X^2-VLM",
        "a_b_c",
        " ",
        "\t",
    ),
    *("\u2028", "\u00a0", "\U0001f600", "é", "‹", "e\u0301", "٣", "אב"),
]
FRAGMENTS = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=8).map("".join)
ANYTHING = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=40)
TEXTS = (FRAGMENTS | ANYTHING).filter(lambda text: bool(text.split()))
few = examples(50)


def tags(tree: LexborHTMLParser) -> list[str]:
    """Elements of the page, the marks of languages aside."""
    main = tree.css_first("main")
    assert main is not None
    nodes = [node for node in main.traverse(include_text=False) if node.tag != "main"]
    return [str(node.tag) for node in nodes if not (node.tag == "span" and "lang" in node.attributes)]


def shown(tree: LexborHTMLParser, selector: str) -> str:
    nodes = tree.css(selector)
    assert len(nodes) == 1, f"{selector}: {len(nodes)} times"
    return visible(nodes[0].text())


def text(source: str, identity: str = "x-p1") -> Text:
    return Text(source, identity, (1,))


def parsed(markdown: str) -> LexborHTMLParser:
    return parse_markdown(markdown, "zh")


@few
@given(TEXTS)
@example("///")
@example("| 甲 |")
@example("{: #stolen }")
@example("甲 {: .c }")
def test_paragraph(source: str) -> None:
    tree = parsed(render_block(Paragraph(lines=(1,), id="x-p1", text=text(source)), CONTEXT))
    assert shown(tree, "p#x-p1") == visible(source)
    assert tags(tree) == ["p"]


@few
@given(TEXTS)
def test_quote(source: str) -> None:
    tree = parsed(render_block(Quote(lines=(1,), id="x-p1", text=text(source)), CONTEXT))
    assert shown(tree, "blockquote.quote > p#x-p1") == visible(source)
    assert tags(tree) == ["blockquote", "p"]


@few
@given(TEXTS)
def test_note(source: str) -> None:
    tree = parsed(render_block(Note(lines=(1,), id="x-n1", text=text(source, "x-n1")), CONTEXT))
    assert shown(tree, "div.note > p#x-n1") == visible(source)
    assert tags(tree) == ["div", "p"]


@few
@given(TEXTS)
@example("标题 {: #stolen }")
def test_heading(source: str) -> None:
    tree = parsed(render_heading(Heading(lines=(1,), id="x", text=text(source, "x")), 3, CONTEXT))
    assert shown(tree, "h3#x") == visible(source)
    assert tags(tree) == ["h3"]


@few
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_list(sources: list[str]) -> None:
    items = tuple(text(source, f"x-{i}") for i, source in enumerate(sources, 1))
    tree = parsed(render_block(List(lines=(1,), id="x-list1", items=items), CONTEXT))
    assert [shown(tree, f"ul > li#x-{i}") for i in range(1, len(sources) + 1)] == [visible(s) for s in sources]
    assert tags(tree) == ["ul", *["li"] * len(sources)]


@few
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(1, 9))
def test_a_list_that_counts(sources: list[str], start: int) -> None:
    """`1.` is the list's own number; a mark that HTML can't write stands before the text."""
    items = tuple(text(source, f"x-{i}") for i, source in enumerate(sources, 1))
    for shape, own in (("{}.", True), ("({})", False), ("{})", False)):
        marks = tuple(shape.format(start + i) for i in range(len(items)))
        tree = parsed(render_block(List(lines=(1,), id="x-list1", items=items, marks=marks, start=start), CONTEXT))
        before = ["" if own else f"{mark} " for mark in marks]
        found = [shown(tree, f"ol > li#x-{i}") for i in range(1, len(sources) + 1)]
        assert found == [visible(mark + source) for mark, source in zip(before, sources, strict=True)]
        first = tree.css_first("li")
        assert first is not None
        assert int(first.attributes.get("value") or 1) == (start if own else 1)


@pytest.mark.parametrize(
    ("marks", "language", "found"),
    [
        (("（三）", "（四）"), "zh", ["（三）", "（四）"]),
        (("（三）", "（四）"), "en", ["(3)", "(4)"]),
        (("三、", "四、"), "en", ["3.", "4."]),
        (("③", "④"), "en", ["③", "④"]),
        (("3、", "4、"), "zh", ["3.", "4."]),
    ],
)
def test_marks_in_ideographs_are_read_as_numbers_in_english(
    marks: tuple[str, ...], language: Language, found: list[str]
) -> None:
    block = List(lines=(1,), items=(text("甲"), text("乙")), marks=marks, start=3)
    assert [list_mark(block, i, language) for i in range(2)] == found


@few
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_tag_list(sources: list[str], caption: str) -> None:
    block = TagList(lines=(1,), id="x-words1", items=tuple(map(text, sources)), caption=text(caption))
    tree = parsed(render_block(block, CONTEXT))
    assert [visible(li.text()) for li in tree.css("div#x-words1 > ul > li")] == [visible(s) for s in sources]
    assert shown(tree, "p.word-list-caption") == visible(caption)
    assert tags(tree) == ["div", "p", "ul", *["li"] * len(sources), "p"]


CELLS = TEXTS.filter(lambda text: visible(text) != "/" and "•" not in text)


@few
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=4), TEXTS)
def test_data_table(grid: list[list[str]], caption: str) -> None:
    header, *body = grid
    rows = tuple(Row(tuple((text(cell),) for cell in row), f"x-table1-r{i}") for i, row in enumerate(body, 1))
    block = DataTable(lines=(1,), id="x-table1", header=tuple(map(text, header)), rows=rows, caption=text(caption))
    tree = parsed(render_block(block, CONTEXT))
    assert [visible(th.text()) for th in tree.css("thead th[scope=col]")] == [visible(cell) for cell in header]
    found = [[visible(cell.text()) for cell in tr.css("th[scope=row], td")] for tr in tree.css("tbody > tr")]
    assert found == [[visible(cell) for cell in row] for row in body]
    assert shown(tree, "caption#x-table1-caption") == visible(caption)
    own = ["div", "table", "caption", "thead", "tr", *["th"] * 3, "tbody", *["tr", "th", "td", "td"] * len(body)]
    assert tags(tree) == own


def table_of(header: list[str], *body: list[str]) -> DataTable:
    rows = tuple(
        Row(tuple((text(cell),) if cell else () for cell in row), f"x-table1-r{i}") for i, row in enumerate(body, 1)
    )
    heads = tuple(text(head, f"x-table1-h{i}") for i, head in enumerate(header, 1))
    return DataTable(lines=(1,), id="x-table1", header=heads, rows=rows, row_headers=2)


@pytest.mark.parametrize(
    ("header", "body", "kept", "named"),
    [
        (["项", "目标", "值"], [["水", "", "3"], ["电", "", "4"]], ["项", "值"], ["目标"]),
        (["项", "值", "目标"], [["水", "3"], ["电", "4", ""]], ["项", "值"], ["目标"]),
        (["项", "值", "目标"], [["水", "3", ""], ["电", "4", "是"]], ["项", "值", "目标"], []),
        (["项", "甲", "乙"], [["水", "", ""], ["电", "", ""]], ["项", "甲", "乙"], []),
        (["项", "", "值"], [["水", "", "3"]], ["项", "", "值"], []),
    ],
    ids=["in the middle", "at the end, rows cut short", "one cell is filled", "a form", "no head to name"],
)
def test_a_column_without_content_is_named_below_the_table(
    header: list[str], body: list[list[str]], kept: list[str], named: list[str]
) -> None:
    tree = parsed(render_block(table_of(header, *body), CONTEXT))
    assert [cell.text().strip() for cell in tree.css("thead th, thead td")] == kept
    assert {len(row.css("th, td")) for row in tree.css("tbody > tr")} == {len(kept)}
    assert [strong.text() for strong in tree.css("p > strong")] == named
    assert [strong.attributes["id"] for strong in tree.css("p > strong")] == [
        f"x-table1-h{header.index(name) + 1}" for name in named
    ]
    heads = {cell.text().strip() for cell in tree.css("th[scope=row]")}
    assert not heads & {row[-1] for row in body if len(row) == 3}, "a value heads no row"


def test_a_head_over_columns_without_content_stays() -> None:
    table = table_of(["项", "值", "目标"], ["水", "3", ""])
    below = replace(table, subheads=((text(""), text("年"), text("年")),))
    assert [cell.text().strip() for cell in parsed(render_block(below, CONTEXT)).css("thead th")][:3] == [
        "项",
        "值",
        "目标",
    ]


@few
@given(st.lists(CELLS, min_size=2, max_size=4))
def test_lists_in_cells(items: list[str]) -> None:
    rows = (Row((((text("名")),), tuple(map(text, items)))),)
    tree = parsed(render_block(KeyValueTable(lines=(1,), id="x-table1", rows=rows, caption=text("表")), CONTEXT))
    assert [visible(li.text()) for li in tree.css("tbody td > ul > li")] == [visible(item) for item in items]


@few
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3), TEXTS)
def test_key_figures(pairs: list[tuple[str, str]], caption: str) -> None:
    figures = tuple(KeyFigure(text(value), text(label)) for value, label in pairs)
    tree = parsed(
        render_block(KeyFigures(lines=(1,), id="x-figures1", figures=figures, caption=text(caption)), CONTEXT)
    )

    def squeezed(source: str) -> str:
        """A value is set as number and unit, with a blank between them."""
        return "".join(source.split())

    assert [squeezed(dd.text()) for dd in tree.css("dl > div > dd")] == [squeezed(value) for value, _ in pairs]
    assert [visible(dt.text()) for dt in tree.css("dl > div > dt")] == [visible(label) for _, label in pairs]
    assert shown(tree, "p.key-figures-caption") == visible(caption)
    units = tags(tree)
    assert [tag for tag in units if tag != "span"] == ["div", "p", "dl", *["div", "dt", "dd"] * len(pairs)]


@few
@given(TEXTS, st.lists(TEXTS, max_size=2), st.lists(TEXTS, max_size=3))
def test_figure(caption: str, description: list[str], words: list[str]) -> None:
    block = Figure(
        lines=(1,),
        id="x-picture1",
        caption=text(caption),
        description=tuple(map(text, description)),
        words=tuple(map(text, words)),
    )
    tree = parsed(render_block(block, CONTEXT))
    assert shown(tree, "figure#x-picture1 > figcaption#x-picture1-caption") == visible(caption)
    told = [visible(p.text()) for p in tree.css("div.figure-description > p")]
    assert told[: len(description)] == [visible(s) for s in description]
    assert [visible(li.text()) for li in tree.css("div.figure-description > ul > li")] == [visible(w) for w in words]


def lost(name: str, *description: str) -> Figure:
    return Figure(
        lines=(1,), id=name, caption=text(f"图{name}", f"{name}-caption"), description=tuple(map(text, description))
    )


def runs_of(blocks: list[Block], context: PageContext) -> list[list[str]]:
    made = runs(blocks, begins=context.breaks.pages, shown=context.pictures, remarked=context.remarks)
    return [[block.id for block in run] for run in made]


def test_pictures_that_left_captions_alone_are_listed_together() -> None:
    between = Paragraph(lines=(2,), id="p", text=text("字", "p"))
    uncaptioned = Figure(lines=(3,), id="none", caption=None)
    blocks: list[Block] = [lost("a"), lost("b"), between, lost("c"), lost("d", "说明"), lost("e"), uncaptioned]
    assert runs_of(blocks, CONTEXT) == [["a", "b"], ["p"], ["c"], ["d"], ["e"], ["none"]]
    tree = parsed(caption_list(blocks[:2], CONTEXT))
    assert [(li.attributes["id"], li.text()) for li in tree.css("ul > li")] == [("a", "图a"), ("b", "图b")]
    assert [p.text() for p in tree.css("p")] == [words("pictures-lost-here", "zh")]


def test_a_printed_page_or_a_remark_parts_pictures() -> None:
    blocks: list[Block] = [lost("a"), lost("b"), lost("c"), lost("d")]
    context = replace(CONTEXT, breaks=PageMarks({"b": 7}), remarks={"c": (Remark("存疑", 1, frozenset({3})),)})
    assert runs_of(blocks, context) == [["a"], ["b"], ["c"], ["d"]]


def test_a_picture_that_was_kept_stays_a_figure() -> None:
    kept = replace(lost("b"), picture="b.png")
    assert runs_of([lost("a"), kept], replace(CONTEXT, pictures={"b.png": PictureFiles("b.png", 1, 1)})) == [
        ["a"],
        ["b"],
    ]


@pytest.mark.parametrize(("level", "selector"), [(6, "h6:not([aria-level])"), (7, "h6[aria-level='7']")])
def test_levels_go_on_below_the_last_of_html(level: int, selector: str) -> None:
    tree = parsed(render_heading(Heading(lines=(1,), id="x", text=text("标题", "x")), level, CONTEXT))
    assert shown(tree, selector) == "标题"


def test_a_heading_keeps_its_last_hash() -> None:
    tree = parsed(render_heading(Heading(lines=(1,), id="x", text=text("标题 ##", "x")), 3, CONTEXT))
    assert shown(tree, "h3#x") == "标题 ##"


def test_a_caption_keeps_what_looks_like_an_entity() -> None:
    tree = parsed(render_block(Figure(lines=(1,), id="x", caption=text("&#35;节水")), CONTEXT))
    assert shown(tree, "figcaption") == "&#35;节水"


def test_a_dot_inside_a_name_makes_no_list() -> None:
    rows = (Row(((text("作者"),), (text("列奥纳多•达•芬奇"),))),)
    tree = parsed(render_block(KeyValueTable(lines=(1,), id="x", rows=rows, caption=text("表")), CONTEXT))
    assert shown(tree, "tbody td") == "列奥纳多•达•芬奇"


@few
@given(TEXTS)
def test_escape_keeps_to_one_line(source: str) -> None:
    assert "\n" not in escape(source)


RENDERED: dict[str, Callable[[Text], Block]] = {
    "paragraph": lambda t: Paragraph(lines=(1,), id="x", text=t),
    "figure caption": lambda t: Figure(lines=(1,), id="x", caption=t),
    "table caption": lambda t: DataTable(lines=(1,), id="x", header=(), rows=(Row(((Text("甲"),),)),), caption=t),
}


@pytest.mark.parametrize("render", RENDERED.values(), ids=RENDERED.keys())
@pytest.mark.parametrize("block", OWN_BLOCKS, ids=lambda block: str(block.NAME))
def test_names_of_blocks_are_harmless(render: Callable[[Text], Block], block: type) -> None:
    source = f"/// {block.NAME} | 甲"  # type: ignore[attr-defined]
    tree = parsed(render_block(render(text(source, "x")), CONTEXT))
    assert source in visible(tree.text())
    assert "///" in tree.text()
