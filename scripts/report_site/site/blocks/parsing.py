"""Parsing of blocks in time that grows as the page does: as pymdown-extensions, but for its steps over the whole page.

The outcome is the same. For every piece of a block pymdown-extensions maps the parents of all that was parsed before,
and Python-Markdown shifts all that is left: both grow with the square of a page's length.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, cast
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

import yaml
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksMgrExtension, BlocksProcessor, BlocksTreeprocessor
from pymdownx.util import escape_chars

from ...language.shipped import YAML_LOADER

_INLINE_SIGNS = re.compile(r"[`\\\[<&*_\x02]|  \n")
"""What `_INLINE_RULES` begin with, and what stands for a part that was taken out already."""
_INLINE_NAMES = (
    "backtick escape reference link image_link image_reference short_reference short_image_ref autolink automail"
    " linebreak html entity em_strong"
)
_INLINE_RULES = frozenset(_INLINE_NAMES.split())
_IN_LISTS = frozenset(("li", "dd", "blockquote"))
_FENCE = re.compile(r"^(?P<before>[\s>*+.)\d-]*)(?P<fence>/{3,})[ ]*(?P<name>[\w-]*)")
_STARTS_ANEW = re.compile(r"[^\s>*+:\d-]")
"""Begins a line that no list, quote or code before it can take in."""


class _Parentless(etree.Element):
    """Stands for an element whose parents need no map: no block of it is inside a list."""

    def iter(self, tag: str | None = None) -> Iterator[etree.Element]:  # type: ignore[override]
        return iter(())


_NO_PARENTS = _Parentless("div")


class GrowingBlocks(BlocksProcessor):
    """Reads options in C, and maps parents only where a list holds a block: only there they say anything."""

    def split_header(self, block: str, length: int) -> tuple[dict[str, Any] | None, str]:
        end = next((match for match in self.end.finditer(block) if len(match[1]) == length), None)
        block, rest = (block[: end.start()], [block[end.start() :]]) if end else (block, [])
        match = self.yaml_line.match(block)
        if match is None:
            return {}, "\n".join([block, *rest])
        rest = [block[match.end() :], *rest]
        config = textwrap.dedent(match[0])
        return (_options(config), "\n".join(rest)) if config.strip() else ({}, "\n".join([block, *rest]))

    def parse_blocks(self, blocks: list[str], current_parent: etree.Element) -> None:
        in_list = any(entry.parent.tag in _IN_LISTS for entry in self.stack)
        super().parse_blocks(blocks, current_parent if in_list else _NO_PARENTS)


@lru_cache(maxsize=1 << 10)
def _options(config: str) -> dict[str, Any] | None:
    """None for what is no mapping: then the fence opens no block. Kept, since both languages number and name alike."""
    try:
        options = yaml.load(config, Loader=YAML_LOADER)
    except Exception:  # as pymdown-extensions has it: whatever is wrong with it, it's no option
        return None
    if options is None:
        return {}
    return cast("dict[str, Any]", options) if isinstance(options, dict) else None


class GrowingBlocksManager(BlocksMgrExtension):
    """Registers `GrowingBlocks` as pymdown-extensions registers its own."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        escape_chars(md, ["/"])
        self.extension = GrowingBlocks(md.parser, md)
        md.parser.blockprocessors.register(self.extension, "blocks", 89.99)
        md.treeprocessors.register(BlocksTreeprocessor(md, self.extension), "blocks_on_inline_end", 19.99)


class PlainTexts(Treeprocessor):
    """Lets the inline rules leave alone what no rule has a sign in: most texts of a report, of which each rule would
    look at every one.
    """

    def run(self, root: etree.Element) -> None:
        rules = self.md.inlinePatterns
        if len(rules) != len(_INLINE_RULES) or not all(name in rules for name in _INLINE_RULES):
            return  # An extension brought one of its own.
        for element in root.iter():
            if element.text and not _INLINE_SIGNS.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _INLINE_SIGNS.search(element.tail):
                element.tail = AtomicString(element.tail)


class Released(Treeprocessor):
    """Lets go of the tree and the page's lines when nothing more is done to them: a parser and its steps hold each
    other, so that the largest page would stay in memory until Python looks for such rings.
    """

    def run(self, root: etree.Element) -> None:
        parser: Any = self.md
        inline: Any = parser.treeprocessors["inline"]
        inline.parent_map, inline.stashed_nodes = {}, {}
        parser.lines = []


def parse_in_parts(md: Markdown, names: Iterable[str]) -> None:
    """Lets the parser take a page part by part; `names` are those of the blocks."""
    known = frozenset(names)

    def parse(lines: Iterable[str]) -> etree.ElementTree:
        root = etree.Element(md.doc_tag)  # Not `md.parser.root`, which would hold it.
        for part in parts(list(lines), known):
            parent = etree.Element(md.doc_tag)
            md.parser.parseChunk(parent, part)
            root.extend(parent)
        return etree.ElementTree(root)

    md.parser.parseDocument = parse  # type: ignore[method-assign]


def parts(lines: Sequence[str], names: frozenset[str]) -> list[str]:
    """The page in pieces that don't touch each other; all of it in one where its fences aren't told apart for sure."""
    found: list[str] = []
    begin = 0
    opened: list[str] = []
    for number, line in enumerate(lines):
        if not opened and number > begin + 1 and _begins(lines, number):
            found.append("\n".join(lines[begin : number - 1]))
            begin = number
        if "///" in line and (fence := _FENCE.match(line)) and not _follow(opened, fence, names, line):
            return ["\n".join(lines)]
    found.append("\n".join(lines[begin:]))
    return ["\n".join(lines)] if opened else found


def _begins(lines: Sequence[str], number: int) -> bool:
    """Behind one blank line, with something that joins nothing above it."""
    return not lines[number - 1] and bool(lines[number - 2]) and bool(_STARTS_ANEW.match(lines[number]))


def _follow(opened: list[str], fence: re.Match[str], names: frozenset[str], line: str) -> bool:
    """Opens or closes a block; false where it is neither for sure."""
    if fence["before"] not in ("", " ", "  ", "   "):
        return False
    if fence["name"]:
        opened.append(fence["fence"])
        return fence["name"].lower() in names
    return line.strip() == fence["fence"] and bool(opened) and opened.pop() == fence["fence"]
