"""Abbreviations say what they stand for where a page first uses them (WCAG 3.1.4): `*[ESG]: …` of Markdown Extra."""

from __future__ import annotations

from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from markdown import Markdown
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ...language.abbreviations import standing


class FirstAbbreviations(Treeprocessor):
    """Marks the first use of each, but not in what names a part: headings, of which a page's contents are made, and
    captions and heads of tables, which Orca else leaves unsaid or says in pieces.
    """

    _SKIP = frozenset(
        {"code", "pre", "script", "style", "svg", "abbr", "caption", "thead", *(f"h{level}" for level in range(1, 7))}
    )

    def __init__(self, md: Markdown, expansions: dict[str, str]) -> None:
        super().__init__(md)
        self._expansions = expansions

    def run(self, root: etree.Element) -> None:
        self._mark(root, dict(self._expansions))

    def _mark(self, element: etree.Element, left: dict[str, str]) -> None:
        if not left or element.tag in self._SKIP:
            return
        children = list(element)
        self._split(element, None, left)
        for child in children:
            self._mark(child, left)
            self._split(element, child, left)

    def _split(self, parent: etree.Element, after: etree.Element | None, left: dict[str, str]) -> None:
        """Cuts the parent's text (`after` is None) or the text behind `after` where an abbreviation stands first."""
        while text := (parent.text if after is None else after.tail):
            there = (form for form in left if form in text)
            hits = [(match.start(), form) for form in there if (match := standing(form).search(text))]
            if not hits:
                return
            start, form = min(hits, key=lambda hit: (hit[0], -len(hit[1])))
            made = etree.Element("abbr", {"title": left.pop(form)})
            made.text, made.tail = AtomicString(form), text[start + len(form) :]
            if after is None:
                parent.text = text[:start]
            else:
                after.tail = text[:start]
            parent.insert(0 if after is None else list(parent).index(after) + 1, made)
            after = made


def register(md: Markdown) -> dict[str, str]:
    """Reads the definitions of a page and marks what they define; the caller empties them for the next page."""
    expansions: dict[str, str] = {}
    md.parser.blockprocessors.register(AbbrBlockprocessor(md.parser, expansions), "abbr", 16)
    md.treeprocessors.register(FirstAbbreviations(md, expansions), "first-abbreviations", 8)
    return expansions
