"""What is done to the finished tree: languages of parts, numbers kept whole, lists that can be linked to."""

from __future__ import annotations

from types import MappingProxyType
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ...language.line_breaks import keep_together
from ...language.parts import foreign_as_a_whole, pieces
from ...model import Language


class LanguageOfParts(Treeprocessor):
    """Marks English in Chinese text and Chinese in English text (WCAG 3.1.2), by the page's language."""

    _LABELS = frozenset({"aria-label", "title", "alt"})
    """Attributes that are read out in the language of their element."""
    _SKIP = frozenset({"code", "pre", "script", "style", "defs"})
    _PART = MappingProxyType({"text": "tspan", "tspan": "tspan"})
    """What marks a part of a text that is drawn; elsewhere it is a `span`."""
    _WHOLE = frozenset({"title", "desc"})
    """Hold text alone, no part of which can be marked."""

    def __init__(self, md: Markdown, language: Language, other_tag: str) -> None:
        super().__init__(md)
        self._language = language
        self._tag = other_tag

    def run(self, root: etree.Element) -> None:
        self._mark(root)

    def _mark(self, element: etree.Element) -> None:
        if element.tag in self._SKIP or element.get("lang"):
            return
        if self._is_foreign(element):
            element.set("lang", self._tag)
            return
        if element.tag in self._WHOLE:
            return
        for child in list(element):
            self._mark(child)
            if child.tail:
                self._split(element, child)
        if element.text:
            self._split(element, None)

    def _is_foreign(self, element: etree.Element) -> bool:
        """The element says its language itself: no span is needed."""
        return (
            not len(element)
            and self._LABELS.isdisjoint(element.keys())
            and foreign_as_a_whole(element.text or "", self._language)
        )

    def _split(self, parent: etree.Element, after: etree.Element | None) -> None:
        """Cuts the parent's text (`after` is None) or the text behind `after` into runs; foreign ones get a span."""
        text = (parent.text if after is None else after.tail) or ""
        runs = list(pieces(text, self._language))
        if not any(foreign for _, foreign in runs):
            return
        at = 0 if after is None else list(parent).index(after) + 1
        last = after
        if last is None:
            parent.text = ""
        else:
            last.tail = ""
        for run, foreign in runs:
            if foreign:
                last = etree.Element(self._PART.get(parent.tag, "span"), {"lang": self._tag})
                last.text = AtomicString(run)
                parent.insert(at, last)
                at += 1
            elif last is None:
                parent.text = (parent.text or "") + run
            else:
                last.tail = (last.tail or "") + run


class LineBreaks(Treeprocessor):
    """Keeps each number on one line with its scale or unit."""

    _SKIP = frozenset({"code", "pre"})

    def __init__(self, md: Markdown, language: Language) -> None:
        super().__init__(md)
        self._language = language

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.text and element.tag not in self._SKIP:
                element.text = keep_together(element.text, self._language)
            if element.tail:
                element.tail = keep_together(element.tail, self._language)


class ListIdentities(Treeprocessor):
    """Gives a list the id that its items' ids begin with, so that the list as a whole can be linked to."""

    def run(self, root: etree.Element) -> None:
        for tag in ("ul", "ol"):
            for items in root.iter(tag):
                first = items.find("li")
                identity = first.get("id", "") if first is not None else ""
                if identity.endswith("-1") and not items.get("id"):
                    items.set("id", identity.removesuffix("-1"))
