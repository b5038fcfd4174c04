"""Proof by the parser that will read it: each rendered page, parsed again, shows every text of the model."""

from __future__ import annotations

from collections.abc import Mapping

from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .errors import InputError, Problem
from .markdown_writer import STROKES, PageContext
from .model import Block, Page, Text
from .pages import blocks_of, texts_on
from .strings import words
from .texts import texts_of

MARKDOWN_EXTENSIONS: tuple[str, ...] = ("attr_list", "tables", "report_site.blocks")


def parse_markdown(text: str, language: str) -> LexborHTMLParser:
    """The HTML that the site will have for a page's Markdown (front matter aside)."""
    configs: Mapping[str, dict[str, object]] = {"report_site.blocks": {"language": language}}
    markdown = Markdown(extensions=list(MARKDOWN_EXTENSIONS), extension_configs=dict(configs))
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    return LexborHTMLParser(f"<main>{markdown.convert(body)}</main>")


def verify_page(page: Page, markdown: str, context: PageContext) -> list[Problem]:
    """Texts that the parsed page doesn't show at their id, and blocks that broke."""
    tree = parse_markdown(markdown, context.language)
    shown = {node.attributes["id"] or "": _squeezed(_spoken(node)) for node in tree.css("[id]")}
    problems: list[Problem] = []
    for block in blocks_of(page):
        missing = [text for text, _ in texts_of(block) if not _shows(shown, block, text, context)]
        problems += [
            Problem(
                f"{page.slug}.md#{block.id}",
                f"the text {context.say(text)[:40]!r} is lost in rendering",
                "report this as a bug",
            )
            for text in missing
        ]
    if tree.text().count("///") > sum(context.say(text).count("///") for text in texts_on(page)):
        problems.append(Problem(f"{page.slug}.md", "a block's fence stays as text", "report this as a bug"))
    return problems


def _squeezed(text: str) -> str:
    """Without blanks: lines may break anywhere, but no mark may be lost."""
    return "".join(text.split())


def _spoken(node: LexborNode) -> str:
    """The node's text, and what its pictures say instead of it."""
    return " ".join([node.text(), *(image.attributes.get("alt") or "" for image in node.css("img"))])


def _shows(shown: Mapping[str, str], block: Block, text: Text, context: PageContext) -> bool:
    said = context.say(text)
    key = _squeezed(words("none", context.language) if said in STROKES else said)
    places = [shown.get(identity) for identity in (text.id, block.id, f"{block.id}-caption", f"{block.id}-loose")]
    return any(place is not None and key in place for place in places)


def verify(pages: Mapping[Page, str], context: PageContext) -> None:
    """Raises `InputError` with every text that got lost: such a page is never written."""
    problems = [problem for page, markdown in pages.items() for problem in verify_page(page, markdown, context)]
    if problems:
        raise InputError(*problems)
