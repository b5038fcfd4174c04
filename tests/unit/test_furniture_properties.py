"""Generated reports with pages: the text is never furniture, what is printed on each page is, and the work grows evenly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gears import examples
from report_site.source.read.cleaning import clean
from report_site.source.read.furniture import find_furniture
from stages import assembled, classified, furniture_of, received

SENTENCES = st.sampled_from(
    [
        "集团全年节水 12 万吨。",
        "员工共 3,200 人，同比增长 4%。",
        "We saved water at every site.",
        "董事会召开会议 6 次。",
        "Our plants run on green power.",
        "单位：元",
        "1. 节约用电",
        "- 回收纸张",
        "目标 3",
        "图 3-1",
        "≥ 99.99%",
        "GRI 403-1",
    ]
)
BODIES = st.tuples(st.lists(SENTENCES, max_size=3, unique=True), st.lists(SENTENCES, max_size=3, unique=True))
PAGES = st.lists(BODIES, min_size=4, max_size=12).map(
    lambda pages: [[*above, f"第 {chr(0x4E00 + n)} 页讲一件小事。", *below] for n, (above, below) in enumerate(pages)]
)
"""Pages of a report: each says something of its own."""
HEAD = "蓝湖集团 2031 年可持续发展报告"


def with_form_feeds(pages: list[list[str]]) -> str:
    return "\f".join("\n\n".join([HEAD, *(f"{text}\n" for text in page), f"{n}\n"]) for n, page in enumerate(pages, 5))


def with_numbered_heads(pages: list[list[str]]) -> str:
    return "\n\n".join("\n\n".join([f"{HEAD} {n}", *page]) for n, page in enumerate(pages, 5)) + "\n"


LAYOUTS: tuple[Callable[[list[list[str]]], str], ...] = (with_form_feeds, with_numbered_heads)


@examples(60)
@given(PAGES, st.sampled_from(LAYOUTS))
def test_the_text_is_never_furniture(pages: list[list[str]], layout: Callable[[list[list[str]]], str]) -> None:
    source = layout(pages)
    furniture = furniture_of(source)
    wanted = {text for page in pages for text in page}
    taken = {line.text.strip() for line in received(source) if line.number in furniture.rules}
    assert not taken & wanted
    heads = [line.number for line in received(source) if HEAD in line.text]
    assert set(heads) <= set(furniture.rules)


@examples(40)
@given(PAGES)
def test_each_line_knows_its_printed_page(pages: list[list[str]]) -> None:
    source = with_form_feeds(pages)
    printed = furniture_of(source).printed_pages
    page = 4
    for line in received(source):
        page += HEAD in line.text
        if not line.blank:
            assert printed[line.number] == page


@examples(40)
@given(st.lists(SENTENCES, min_size=3, max_size=20), st.lists(st.integers(1, 300), max_size=12))
def test_numbers_without_a_proof_are_text(texts: list[str], numbers: list[int]) -> None:
    """No form feed, head or contents list: no page is claimed, no number goes."""
    pieces = [piece for text, n in zip(texts, [*numbers, *[0] * 20], strict=False) for piece in (str(n), text)]
    furniture = furniture_of("\n\n".join([*pieces, "结束。"]))
    assert furniture.printed_pages == {}
    assert "page-number" not in furniture.rules.values()


def test_a_contents_list_of_many_entries() -> None:
    entries = "".join(f"标题甲{i}号\n{i // 3 + 1}\n" for i in range(1200))
    text = "".join(f"# 标题甲{i}号\n第 {i} 段讲一件小事。\n" for i in range(1200))
    furniture = furniture_of(f"目录\n{entries}\n{text}")
    assert len(furniture.contents.entries) == 1200
    assert not any(rule != "contents-list" for rule in furniture.rules.values())


def calls(function: Callable[[str], object], source: str) -> int:
    """Python calls that the work takes: what time would tell, without the clock's noise."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        function(source)
    finally:
        sys.setprofile(None)
    return count


SHAPES: dict[str, Callable[[int], str]] = {
    "contents": lambda n: (
        "目录\n"
        + "".join(f"标题{i}号\n{i // 3 + 1}\n" for i in range(n))
        + "".join(f"# 标题{i}号\n话。\n" for i in range(n))
    ),
    "numbers": lambda n: "".join(f"Text {i} is here.\n\n{i % 900}\n\n" for i in range(n)),
    "pages": lambda n: "\f".join(f"Alder Report 2031 | Chapter {i // 10}\nText {i} is here.\n{i}\n" for i in range(n)),
    "items": lambda n: "".join(f"{i % 90 + 1}. item {i}\n" for i in range(n)),
    "decimals": lambda n: "".join(f"{i // 9 + 1}.{i % 9 + 1} Title {i}\n\nText is here.\n\n" for i in range(n)),
    "torn": lambda n: "".join(f"this is a line of text that goes on and on number {i}\n\n" for i in range(n)),
    "words": lambda n: "".join(f"水厂{i}号节水\n\n河流水源保护工作\n\n" for i in range(n)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_grows_with_the_lines(shape: str) -> None:
    small, large = (calls(assembled, SHAPES[shape](n)) for n in (60, 240))
    assert large < 6 * small


@pytest.mark.parametrize("length", [500, 2000])
def test_long_lines_of_dots_and_blanks_end(length: int) -> None:
    source = f"目录\n甲 {'.' * length} x\n乙{' ' * length}x\n丙 .{'. ' * length}y\n"
    assert find_furniture(clean(received(source))).rules == {}


@given(st.lists(SENTENCES, min_size=1, max_size=12))
def test_each_line_has_one_verdict(texts: list[str]) -> None:
    source = "\n\n".join(texts)
    assert [line.number for line in classified(source)] == list(range(1, 2 * len(texts), 2))
