import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from selectolax.lexbor import LexborNode as Node

from report_site.model.errors import InputError
from report_site.site.index_files import index_site
from report_site.site.search_index import (
    IndexedBlock,
    IndexedPage,
    build_index,
    numbers_in,
    read_blocks,
    read_page,
)


def page_html(body: str, *, lang: str = "zh-CN", kind: str = "report", head: str = "") -> str:
    return f'<html lang="{lang}"><head>{head}</head><body><nav>目录</nav><main id="content" data-kind="{kind}">{body}</main></body></html>'


def main_of(body: str) -> Node:
    main = LexborHTMLParser(page_html(body)).css_first("main")
    assert main is not None
    return main


def texts(body: str) -> list[tuple[str, str]]:
    return [(block.id, block.text) for block in read_blocks(main_of(body), "zh")]


# --- blocks ---


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            '<h1 id="a">题</h1><p id="b">正 <b>文</b>。</p>',
            [("a", "题"), ("b", "正 文。")],
            id="heading and paragraph",
        ),
        pytest.param(
            '<ul id="l"><li id="l-1">甲</li><li id="l-2">乙</li></ul>',
            [("l-1", "甲"), ("l-2", "乙")],
            id="items with ids",
        ),
        pytest.param(
            '<ul id="l"><li>甲</li><li>乙。</li><li>丙</li></ul>',
            [("l", "甲；乙。丙")],
            id="items without ids",
        ),
        pytest.param(
            '<table id="t"><caption id="t-caption">表</caption><thead><tr><th scope="col">年</th><th scope="col">人数</th></tr></thead>'
            '<tbody><tr id="t-r1"><th scope="row">2021</th><td class="number">35</td><td><ul><li id="x">甲</li><li>乙</li></ul></td></tr></tbody></table>',
            [("t", "年；人数"), ("t-caption", "表"), ("t-r1", "2021：35；甲；乙")],
            id="a row is one block, ids of cells or not",
        ),
        pytest.param(
            '<div class="key-figures" id="k"><dl><div id="k-1"><dt>播放</dt><dd>3.15 <span class="unit">亿次</span></dd></div></dl></div>',
            [("k-1", "播放：3.15 亿次")],
            id="key figure",
        ),
        pytest.param(
            '<h3 id="h">前</h3><article class="case" id="c-case"><p class="case-label">案例</p><h4 id="c">救灾</h4><p>无编号</p></article>',
            [("h", "前"), ("c", "救灾"), ("c", "无编号")],
            id="text without id has the last id before it",
        ),
        pytest.param(
            '<figure id="f"><img src="x.png" alt="海报"><div class="figure-description"><p>说明</p></div><figcaption>图一</figcaption></figure>',
            [("f", "海报；说明；图一")],
            id="figure with alternative text",
        ),
        pytest.param("引言<p>段</p>", [("", "引言"), ("", "段")], id="no id at all"),
        pytest.param(
            '<p id="b">甲<a class="headerlink" href="#b">¶</a><span role="doc-pagebreak" id="page-3">3</span><span aria-hidden="true">※</span>'
            "<!-- 注 --><script>x</script></p><div data-nosearch><p>引用本页</p></div><nav>下一页</nav>",
            [("b", "甲")],
            id="shell is no text",
        ),
    ],
)
def test_blocks(body: str, expected: list[tuple[str, str]]) -> None:
    assert texts(body) == expected


@dataclass(frozen=True)
class Markup:
    html: str
    words: tuple[str, ...]


@st.composite
def markup(draw: st.DrawFn) -> Markup:
    """Nested blocks, with and without ids, whose words are all different."""
    counter = iter(range(10_000))

    def nested(depth: int) -> Iterator[str]:
        for _ in range(draw(st.integers(0, 3))):
            tag = draw(
                st.sampled_from(
                    [
                        "p",
                        "div",
                        "ul",
                        "li",
                        "section",
                        "h2",
                        "figure",
                        "blockquote",
                        "span",
                        "text",
                    ]
                )
            )
            number = next(counter)
            if tag in ("text", "p", "h2", "span") or depth == 0:
                name = "p" if tag in ("ul", "section") else tag
                yield (f"词{number}。" if tag == "text" else f"<{name}{_id(number)}>词{number}。</{name}>")
            else:
                yield f"<{tag}{_id(number)}>{''.join(nested(depth - 1))}</{tag}>"

    def _id(number: int) -> str:
        return f' id="i{number}"' if draw(st.booleans()) else ""

    html = "".join(nested(3))
    return Markup(html, tuple(part.split("。")[0] for part in html.split("词")[1:]))


@given(markup())
def test_every_word_stands_in_exactly_one_block(markup: Markup) -> None:
    found = "".join(block.text for block in read_blocks(main_of(markup.html), "zh"))
    assert sorted(found.replace("；", "").replace("。", "").split("词")[1:]) == sorted(markup.words)


@given(markup())
def test_every_id_leads_to_its_text(markup: Markup) -> None:
    main = main_of(markup.html)
    for block in read_blocks(main, "zh"):
        target = main.css_first(f"#{block.id}") if block.id else main
        assert target is not None


# --- numbers ---


@pytest.mark.parametrize(
    ("zh", "en", "values"),
    [
        ("播放 6 亿次", "played 600 million times", ["600000000"]),
        ("播放 3.15 亿次", "315 million plays", ["315000000"]),
        ("1.5 万人", "15,000 people", ["15000"]),
        ("达 96.72 %", "at 96.72 per cent", ["96.72%"]),
        ("5 至 10 万人", "50,000 to 100,000 people", ["50000", "100000"]),
        ("三千万元", "thirty million yuan", ["30000000"]),
        ("截至 2022 年", "by 2022", ["2022"]),
        ("数万人、一次", "thousands, once", []),
        ("见 GRI 203-1", "see GRI 203-1", []),
    ],
)
def test_numbers_have_one_value_in_both_languages(zh: str, en: str, values: list[str]) -> None:
    assert [n.value for n in numbers_in(zh, "zh")] == values
    assert [n.value for n in numbers_in(en, "en")] == values


def test_numbers_of_neighbouring_cells_stay_apart() -> None:
    (row,) = read_blocks(
        main_of('<table><tr id="r"><th scope="row">2021</th><td>35</td><td>6 亿</td></tr></table>'),
        "zh",
    )
    assert [(n.value, row.text[n.start : n.end]) for n in row.numbers] == [
        ("2021", "2021"),
        ("35", "35"),
        ("600000000", "6 亿"),
    ]


def test_places_are_counted_as_javascript_counts() -> None:
    (block,) = read_blocks(main_of('<p id="p">😀😀 有 35 项</p>'), "zh")
    index = json.loads(build_index([page("", block)]))
    value, start, end = index["blocks"]["numbers"][0]
    assert (value, block.text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")) == (
        "35",
        "35",
    )


# --- the index ---


def page(url: str, *blocks: IndexedBlock, **fields: Any) -> IndexedPage:
    return IndexedPage(url=url, title=url, language="zh", blocks=blocks, **fields)


def test_index_names_page_and_nearest_heading_of_each_block() -> None:
    first = page(
        "a/",
        IndexedBlock("x", "前"),
        IndexedBlock("h", "题", is_heading=True),
        IndexedBlock("y", "文"),
        printed_page=1,
    )
    second = page("b/", IndexedBlock("z", "他"), printed_page=2)
    index = json.loads(build_index([second, first]))
    assert index["pages"] == [["a/", "a/", 1], ["b/", "b/", 1]]
    assert index["blocks"]["page"] == [0, 0, 0, 1]
    assert index["blocks"]["heading"] == [-1, 1, 1, -1]
    assert index["blocks"]["id"] == ["x", "h", "y", "z"]


def test_an_id_is_shortened_by_its_headings() -> None:
    ids = [IndexedBlock("safe", "题", is_heading=True), IndexedBlock("safe-p1", "文"), IndexedBlock("other", "他")]
    assert json.loads(build_index([page("a/", *ids)]))["blocks"]["id"] == ["safe", "~-p1", "other"]


def test_report_pages_come_first_and_in_printed_order() -> None:
    pages = [
        page("about/", is_report=False),
        page("z/"),
        page("b/", printed_page=20),
        page("c/", printed_page=3),
    ]
    assert [url for url, *_ in json.loads(build_index(pages))["pages"]] == [
        "c/",
        "b/",
        "z/",
        "about/",
    ]


def test_order_of_the_files_changes_nothing() -> None:
    pages = [page("a/", printed_page=2), page("b/", printed_page=2), page("c/")]
    assert build_index(pages) == build_index(reversed(pages))


# --- pages and sites ---


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            page_html("<p>文</p>", head='<meta name="robots" content="noindex, follow">'),
            id="repeats others",
        ),
        pytest.param(page_html('<div data-search><p id="p">文</p></div>', kind="site"), id="search page"),
        pytest.param("<html><body><p>文</p></body></html>", id="no page of the report"),
    ],
)
def test_pages_that_search_leaves_out(html: str) -> None:
    assert read_page(html, Path("x/index.html")) is None


def test_page_knows_its_title_address_and_printed_page() -> None:
    html = page_html(
        '<h1 id="t">信息安全</h1><p><span role="doc-pagebreak" id="page-13">13</span></p><p><span role="doc-pagebreak" id="page-14">14</span></p>'
    )
    found = read_page(html, Path("trust/security/index.html"))
    assert found is not None
    assert (found.title, found.url, found.printed_page, found.is_report) == (
        "信息安全",
        "trust/security/",
        13,
        True,
    )


def test_page_in_another_language_is_named() -> None:
    with pytest.raises(InputError, match=r"x/index\.html: the page's language is “fr”"):
        read_page(page_html("<p>texte</p>", lang="fr"), Path("x/index.html"))


def test_each_language_has_its_own_index(tmp_path: Path) -> None:
    for folder, lang, text in (
        ("", "zh-CN", "文字"),
        ("en", "en", "Words"),
        ("en/a", "en", "More"),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "index.html").write_text(page_html(f'<p id="p">{text}</p>', lang=lang), "utf-8")
    index_site(tmp_path)
    found = {lang: json.loads((tmp_path / f"search/index.{lang}.json").read_bytes()) for lang in ("zh", "en")}
    assert found["zh"]["blocks"]["text"] == ["文字"]
    assert [url for url, *_ in found["en"]["pages"]] == ["en/", "en/a/"]
