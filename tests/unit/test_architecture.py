from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from dataclasses import is_dataclass

import pytest

from modules import CODE, saying
from modules import texts as module_texts
from places import ROOT
from report_site import model
from report_site.language.strings import REFERENCE, all_words, differences, voices
from report_site.model import (
    Block,
    DataTable,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    KeyFigure,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Page,
    Paragraph,
    Quote,
    Row,
    Section,
    SectionKind,
    TagList,
    Text,
    texts,
)
from report_site.publish import markdown as markdown_writer
from report_site.publish.inline import PageContext
from report_site.publish.report_json import _page
from report_site.source.structure import pages

THEME = ROOT / "overrides"
BLOCKS = [c for c in vars(model).values() if isinstance(c, type) and issubclass(c, Block) and c is not Block]
EDITOR = CODE / "commands" / "editor"
LANGUAGE = "language/"
"""Where Chinese may stand: named tables of characters and patterns of any report's language."""
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

T = Text("甲", "x", (1,), "A")
SAMPLES: dict[type[Block], Block] = {
    Footnotes: Footnotes(lines=(1,), id="x", notes=(Footnote("1", T), Footnote("*", T))),
    Paragraph: Paragraph(lines=(1,), id="x", text=T),
    Quote: Quote(lines=(1,), id="x", text=T),
    Note: Note(lines=(1,), id="x", text=T),
    Heading: Heading(lines=(1,), id="x", text=T),
    List: List(lines=(1,), id="x", items=(T,)),
    TagList: TagList(lines=(1,), id="x", items=(T,)),
    KeyFigures: KeyFigures(lines=(1,), id="x", figures=(KeyFigure(T, T),)),
    DataTable: DataTable(lines=(1,), id="x", header=(T,), subheads=((T,),), rows=(Row(((T,),)),), notes=(T,)),
    KeyValueTable: KeyValueTable(lines=(1,), id="x", rows=(Row(((T,), (T,))),)),
    Figure: Figure(lines=(1,), id="x", caption=T),
}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_every_block_type_is_handled_everywhere(block: type[Block]) -> None:
    """Mapper of its texts, id letter, Markdown, JSON; a heading's id and Markdown are its section's."""
    assert block in texts._MAPPERS
    assert block in SAMPLES, "give the new type a sample here"
    if block is not Heading:
        assert block in pages.ID_LETTERS
        assert block in markdown_writer._RENDERERS


def test_the_mappings_know_nothing_else() -> None:
    assert set(texts._MAPPERS) == set(BLOCKS)
    assert set(pages.ID_LETTERS) == set(markdown_writer._RENDERERS) == set(BLOCKS) - {Heading}


@pytest.mark.parametrize("block", [b for b in BLOCKS if b is not Heading], ids=lambda block: block.__name__)
def test_every_text_of_a_block_is_in_its_json_and_markdown(block: type[Block]) -> None:
    sample = SAMPLES[block]
    section = Section(Heading(lines=(1,), id="h", text=T), SectionKind.CHAPTER, "h", (sample,))
    data = json.loads(json.dumps(_page(Page("h", section), "zh")))
    (told,) = data["section"]["blocks"]
    assert {"id", "kind", "lines", "printed_page", "text"} <= set(told)
    count = len(list(texts.texts_of(sample)))
    assert told["text"]["zh"].split("\n") == ["甲"] * count
    markdown = markdown_writer.render_block(sample, PageContext("zh", "zh", "zh", "zh-CN"))
    assert markdown.count("甲") == count


def test_the_model_is_frozen_and_slotted() -> None:
    classes = [c for c in vars(model).values() if isinstance(c, type) and is_dataclass(c)]
    assert len(classes) > 15
    for cls in classes:
        assert vars(cls)["__dataclass_params__"].frozen, cls
        assert "__slots__" in vars(cls), cls


def literals(text: str) -> list[tuple[int, str]]:
    """Strings (docstrings too) and comments, with their line."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    kinds = {tokenize.STRING, tokenize.COMMENT}
    return [(token.start[0], token.string) for token in tokens if token.type in kinds]


def test_no_chinese_in_code() -> None:
    """Words of one report belong to report/, words of the site to strings.yml."""
    chinese = {name: text for name, text in module_texts().items() if HAN.search(text)}
    odd = [(name, line) for name, text in chinese.items() for line, said in literals(text) if HAN.search(said)]
    assert [(name, line) for name, line in odd if not name.startswith(LANGUAGE)] == []
    assert odd, "none where it may stand either: nothing was looked at"


def test_no_place_of_a_report_in_code() -> None:
    """Comparisons with a line number (`line.number == 580`) would fit one report only."""
    place = re.compile(r"(?:number|line|lines?\[\d*\]|first|last)\s*(?:==|in|>=?|<=?)\s*\(?\{?\d{3,}")
    assert place.search("if line.number == 580")
    assert [(name, found[0]) for name, text in module_texts().items() if (found := place.search(text))] == []


def test_no_name_of_the_report_in_code() -> None:
    title = re.compile("douyin|bytedance|toutiao|抖音|字节跳动|今日头条", re.IGNORECASE)
    assert [(name, found[0]) for name, text in module_texts().items() if (found := title.search(text))] == []


@pytest.mark.parametrize("voice", voices())
def test_every_interface_language_has_the_same_words(voice: str) -> None:
    assert differences(all_words(voice), all_words(REFERENCE), voice) == []


def test_a_missing_and_an_unused_word_are_named() -> None:
    reference = {"home": "Home", "page": "Page {page}"}
    found = differences({"page": "Page {number}", "hom": "Home"}, reference, "xx.yml")
    assert [problem.place + ": " + problem.message for problem in found] == [
        "xx.yml: the key 'home' is missing",
        "xx.yml: nothing uses the key 'hom'",
        "xx.yml: page: names ['number'], expected ['page']",
    ]


def spelt(key: str) -> tuple[str, ...]:
    """As code, a template and the search's script write it."""
    inner = key.replace("-", "_")
    counted = re.sub(r"-(?:one|other)$", "", key)
    return (
        f'counted("{counted}"',
        f"counted('{counted}'",
        f'"{key}"',
        f"'{key}'",
        f"words.{inner}",
        f'words["{inner}"]',
        f'"{inner.removeprefix("search_")}"',
    )


def test_every_word_is_said_somewhere() -> None:
    """A word that nothing says any more is taken out of every file."""
    pages = [path for place in (THEME, EDITOR) for path in place.rglob("*") if path.suffix in (".html", ".js")]
    said = "\n".join([*module_texts().values(), *(path.read_text("utf-8") for path in pages)])
    computed = re.compile(
        r"kind-|by-|qualifier-|search-(?:matches|pages)-|archive-search-"
        r"|preflight-(?:what|did|why|when|rule|sure)-|compare-(?:why|only|both|caption|nothing)-"
    )
    unsaid = [key for key in all_words(REFERENCE) if not computed.match(key) and not any(map(said.count, spelt(key)))]
    assert unsaid == []


def test_what_an_archive_says_of_its_search_stands_for_what_a_report_says() -> None:
    known = all_words(REFERENCE)
    taken = [key for key in known if key.startswith("archive-search-")]
    assert taken
    assert [key for key in taken if key.removeprefix("archive-") not in known] == []


def test_no_chinese_in_the_theme() -> None:
    """Every word of the shell has one home: language/words."""
    odd = [str(path) for path in THEME.rglob("*") if path.is_file() and HAN.search(path.read_text("utf-8"))]
    assert odd == []


def rules_spelt(tree: ast.Module) -> list[int]:
    """Lines that compare a rule with a word."""
    compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    asked = [node for node in compared if getattr(node.left, "attr", "") == "rule"]
    return [node.lineno for node in asked for other in node.comparators if holds_name(other)]


def test_no_rule_is_asked_for_by_its_spelling() -> None:
    """`RuleName` has those that others ask for: a rule that is renamed is renamed everywhere."""
    assert [(name, lines) for name, tree in saying(["rule"]) if (lines := rules_spelt(tree))] == []
    assert rules_spelt(ast.parse("line.rule in ('heading', 'h')")) == [1]


def holds_name(node: ast.expr) -> bool:
    """A word; one letter is the direction of a rule drawn on a page."""
    texts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return any(len(text) > 1 for text in texts)
