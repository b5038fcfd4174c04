from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from case_files import Case, cases, load_cases
from report_site.publish.roundtrip import parse_markdown
from report_site.site.blocks import OWN_BLOCKS


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
