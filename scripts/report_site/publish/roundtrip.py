"""Proof by the parser that reads it: each rendered page, parsed again, shows every text of the model.

`convert` parses for the proof; a build takes the HTML that MkDocs makes of the same Markdown anyway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib import import_module

from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..language.characters import note_labels
from ..language.progress import Told, nobody
from ..language.strings import words
from ..model import Block, List, Page, Text
from ..model.errors import InputError, Problem
from ..model.texts import blocks_of, texts_of
from .cache import NO_CACHE, Cache
from .inline import PageContext
from .markdown import STROKES, list_mark

_FENCE = re.compile(r"^[ \t]*/{3,}(?:[ \t]*[\w-]+(?:[ \t]*\|(?P<argument>.*))?)?[ \t]*$", re.MULTILINE)
_BLOCKS = "report_site.site.blocks"
MARKDOWN_EXTENSIONS: tuple[str, ...] = ("markdown.extensions.attr_list", "markdown.extensions.tables", _BLOCKS)


def to_html(text: str, language: str) -> str:
    """The HTML that the site will have for a page's Markdown (front matter aside)."""
    return page_parser(language).convert(without_front_matter(text))


def page_parser(language: str) -> Markdown:
    """The parser that the site reads its pages with, as if it had read none; one a language: it takes long to make."""
    return _parser(language).reset()


@cache
def _parser(language: str) -> Markdown:
    """Imports the extensions itself: given their names, Markdown reads the metadata of all packages first."""
    options = {_BLOCKS: {"language": language}}
    return Markdown(
        extensions=[import_module(name).makeExtension(**options.get(name, {})) for name in MARKDOWN_EXTENSIONS]
    )


def without_front_matter(text: str) -> str:
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def parse_markdown(text: str, language: str) -> LexborHTMLParser:
    return _tree(to_html(text, language))


def _tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(f"<main>{html}</main>")


@dataclass(frozen=True, slots=True)
class Proof:
    """What the HTML of a page has to show."""

    page: Page
    context: PageContext
    strokes: int
    """How often `///` stands in its texts, those of notes and options too: more of them are fences that broke."""

    @classmethod
    def of(cls, page: Page, context: PageContext, markdown: str) -> Proof:
        texts = _FENCE.sub(lambda fence: fence["argument"] or "", markdown)
        return cls(page, context, unescape(texts).replace("\\", "").count("///"))

    def problems(self, html: str) -> list[Problem]:
        """Texts that the page doesn't show at their id, and blocks that broke."""
        tree = _tree(html)
        problems = _losses(tree, self.page, self.context)
        drawn = sum(node.text().count("///") for node in tree.css(".chart"))
        if tree.text().count("///") - drawn > self.strokes:
            message = "a block's fence stays as text"
            problems.append(Problem(f"{self.page.slug}.md", message, "report this as a bug"))
        return problems


def prove(
    files: Mapping[str, bytes], proofs: Mapping[str, Proof], cache: Cache = NO_CACHE, told: Told = nobody
) -> None:
    """Raises `InputError` with every text that got lost: such a page is never written.

    The HTML of a page may be one made before; the proof itself is made each time.
    """
    problems: list[Problem] = []
    for done, (path, proof) in enumerate(proofs.items(), start=1):
        problems += proof.problems(_html(files[path].decode(), proof.context.language, cache))
        told(done, len(proofs))
    if problems:
        raise InputError(*problems)


def _html(text: str, language: str, cache: Cache) -> str:
    """Of a page's Markdown, which isn't held beside it: both are large where the report is."""
    return cache.kept(["proof", language, text], lambda: to_html(text, language).encode()).decode()


def _losses(tree: LexborHTMLParser, page: Page, context: PageContext) -> list[Problem]:
    shown = {node.attributes["id"] or "": Shown(_squeezed(_spoken(node))) for node in tree.css("[id]")}
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
        if isinstance(block, List):
            problems += _lost_marks(tree, block, page, context)
    return problems


def _lost_marks(tree: LexborHTMLParser, block: List, page: Page, context: PageContext) -> list[Problem]:
    """Items whose number or letter the page doesn't show: counted by the list itself, or printed before the text."""
    lost: list[str] = []
    nodes = {node.attributes["id"]: node for node in reversed(tree.css("li[id]"))} if block.ordered else {}
    for i, item in enumerate(block.items if block.ordered else ()):
        node = nodes.get(item.id)
        mark = list_mark(block, i, context.language)
        counted = node is not None and node.parent is not None and node.parent.tag == "ol"
        printed = node is not None and _squeezed(node.text()).startswith(_squeezed(mark))
        if not printed and not (counted and mark == f"{block.start + i}."):
            lost.append(mark)
    return [
        Problem(f"{page.slug}.md#{block.id}", f"the list's mark {mark!r} is lost in rendering", "report this as a bug")
        for mark in lost
    ]


@dataclass(slots=True)
class Shown:
    """What a part of a page shows. Texts are asked for in their order: each is looked for behind the one before."""

    text: str
    at: int = 0
    """Where the last text that was asked for begins."""

    def holds(self, text: str) -> bool:
        found = self.text.find(text, self.at)
        if found < 0:
            found = self.text.find(text)
        self.at = max(found, self.at)
        return found >= 0


def _squeezed(text: str) -> str:
    """Without blanks: lines may break anywhere, but no mark may be lost."""
    return "".join(text.split())


def _spoken(node: LexborNode) -> str:
    """The node's text, and what its pictures say instead of it."""
    return " ".join([note_labels(node.text()), *(image.attributes.get("alt") or "" for image in node.css("img"))])


def _shows(shown: Mapping[str, Shown], block: Block, text: Text, context: PageContext) -> bool:
    said = context.say(text)
    keys = {_squeezed(note_labels(said)), *([_squeezed(words("none", context.voice))] if said in STROKES else [])}
    places = [shown.get(identity) for identity in (text.id, block.id, f"{block.id}-caption", f"{block.id}-loose")]
    return any(place is not None and place.holds(key) for place in places for key in keys)
