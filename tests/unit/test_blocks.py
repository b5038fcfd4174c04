from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.util import AtomicString
from selectolax.lexbor import LexborHTMLParser, LexborNode

from case_files import Case, cases, load_cases
from report_site.publish.roundtrip import MARKDOWN_EXTENSIONS, parse_markdown
from report_site.site.blocks import OWN_BLOCKS
from report_site.site.blocks.parsing import PlainTexts


def canonical(node: LexborNode) -> str:
    """Attributes in order, blanks between elements gone and all of one kind, so that two spellings are one text."""
    attributes = "".join(f' {name}="{value}"' for name, value in sorted(node.attributes.items()))
    inner = "".join(
        (child.text_content or "").strip("\n").replace("\u00a0", " ") if child.tag == "-text" else canonical(child)
        for child in node.iter(include_text=True)
    )
    inner = re.sub(r"(?<=>)\s+(?=<)|^\s+|\s+$", "", inner)
    return f"\n<{node.tag}{attributes}>{inner}</{node.tag}>"


def tree_of(html: str) -> str:
    main = LexborHTMLParser(html).css_first("main")
    assert main is not None
    return canonical(main)


def rendered(markdown: str, language: str = "zh") -> str:
    return parse_markdown(markdown, language).css_first("main").html or ""  # type: ignore[union-attr]


@cases("blocks", "blocks")
def test_renders(case: Case) -> None:
    assert tree_of(rendered(case["markdown"])) == tree_of(f"<main>{case['html']}</main>")


@cases("blocks", "languages")
def test_marks_the_language_of_parts(case: Case) -> None:
    assert tree_of(rendered(case["markdown"], case["language"])) == tree_of(f"<main>{case['html']}</main>")


@cases("blocks", "line-breaks")
def test_keeps_numbers_with_what_they_count(case: Case) -> None:
    (paragraph,) = parse_markdown(case["markdown"], case["language"]).css("main > p")
    assert paragraph.text().replace("\u00a0", "~") == case["text"]


def test_every_block_has_a_case() -> None:
    assert {case.get("block", case["title"]) for case in load_cases("blocks")["blocks"]} == {b.NAME for b in OWN_BLOCKS}


def parser_of(*extensions: Extension) -> Markdown:
    return Markdown(extensions=[*MARKDOWN_EXTENSIONS, *extensions])


SIGNS = (
    "plain, a–b; 30% (c) \"d\" 'e' ~f~ {g} #h $i$ j|k =l= :m: n! o? p/q r^s",
    "`code` \\* \\[ [link](x.md) [a][b] ![image](y.png) <https://example.org> <a@example.org> <b>html</b>",
    "line  \nbreak &amp; &#8212; *em* **strong** _em_ __strong__ a_b a*b",
)


def test_texts_without_a_sign_become_what_they_became_with_all_rules_tried() -> None:
    known = parser_of()
    page = "\n\n".join([*SIGNS, f"- {SIGNS[0]}\n- {SIGNS[1]}", f"# {SIGNS[0]}", "| a | b |\n|---|---|\n| c | *d* |"])
    tried = parser_of()
    tried.treeprocessors.deregister("plain-texts")
    assert known.convert(page) == tried.convert(page)


@pytest.mark.parametrize("text", [*"`\\[<&*_", "![", "  \n"])
def test_a_text_with_a_sign_is_left_to_the_rules(text: str) -> None:
    tree = etree.fromstring(f"<div><p>a{escape(text)}b</p></div>")
    PlainTexts(parser_of()).run(tree)
    assert not isinstance(tree[0].text, AtomicString)


def test_a_rule_of_another_extension_sees_every_text() -> None:
    class Loud(Extension):
        def extendMarkdown(self, md: Markdown) -> None:
            md.inlinePatterns.register(SimpleTagInlineProcessor("(q)(uay)", "b"), "loud", 55)

    assert ">uay</b>" in parser_of(Loud()).convert("The quay is open.")
