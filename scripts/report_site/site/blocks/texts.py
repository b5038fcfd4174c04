"""Blocks of text: cases, word lists, notes, quotes, and the mark of a printed page."""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from pymdownx.blocks.block import Block, type_any, type_boolean, type_integer, type_string

from .markup import Options, element, item_text, marked, plain

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_NOTE_ITEM = re.compile(
    r"^\*\*(?P<label>.+?)\*\* (?P<text>.*?)(?P<back>(?: \[↩\]\([^)\s]+\))*)\s*"
    r"\{: #(?P<id>[\w-]+)(?: lang=\"(?P<lang>[\w-]+)\")? \}$",
    re.DOTALL,
)


class CaseBlock(Block):
    """A case study: an article named by its heading, which says what it is; its end is said too (WCAG 1.3.1)."""

    NAME = "case"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {"heading": ("", type_string)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        return element(parent, "article", class_="case", aria_labelledby=self.options["heading"])

    def on_end(self, block: etree.Element) -> None:
        heading = next((one for one in block if one.tag in _HEADINGS), None)
        if heading is None:
            block.insert(0, etree.Element("p", {"class": "case-label"}))
            block[0].text = plain(self.argument)
        else:
            label = etree.Element("span", {"class": "case-label"})
            said = self.config["labelled"].format(label=self.argument, text="")
            # The label has a line of its own, at whose end browsers drop a plain blank from the heading's name.
            label.text = plain(said).rstrip() + ("\xa0" if said.endswith(" ") else "")
            label.tail, heading.text = heading.text, ""
            heading.insert(0, label)
        if self.config["case_end"]:
            element(block, "p", self.config["case_end"], class_="case-end unseen")


class WordListBlock(Block):
    """Words of a grid or cloud as a list that claims no order."""

    NAME = "word-list"
    ARGUMENT = None
    OPTIONS: ClassVar[Options] = {"note": ("", type_string), "marks": ([], type_any)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = element(parent, "div", class_="word-list")
        if self.argument:
            marked(box, "p", self.argument, self.options["marks"], class_="word-list-caption")
        return box

    def on_end(self, block: etree.Element) -> None:
        if self.options["note"]:
            element(block, "p", self.options["note"], class_="word-list-note")


class NotesBlock(Block):
    """Footnotes of a section, each with its label and a way back to its mark (DPUB-ARIA doc-endnotes, WCAG 2.4.4)."""

    NAME = "notes"
    ARGUMENT = False
    OPTIONS: ClassVar[Options] = {"title": ("", type_string), "back": ("", type_string)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        return element(parent, "section", class_="notes", role="doc-endnotes", aria_label=self.options["title"])

    def on_end(self, block: etree.Element) -> None:
        for item in block.iter("li"):
            match = _NOTE_ITEM.match(item_text(item).strip())
            if match:
                self._note(item, match)

    def _note(self, item: etree.Element, match: re.Match[str]) -> None:
        for child in list(item):
            item.remove(child)
        item.text = ""
        item.set("id", match["id"])
        if match["lang"]:
            item.set("lang", match["lang"])
        element(item, "span", match["label"].replace("\\", ""), class_="note-label").tail = " "
        text = element(item, "span", class_="note-text")
        text.text, text.tail = match["text"].strip(), " "
        for address in re.findall(r"\]\(([^)\s]+)\)", match["back"]):
            etree.SubElement(
                item, "a", {"href": address, "role": "doc-backlink", "aria-label": self._back(match)}
            ).text = "↩"

    def _back(self, match: re.Match[str]) -> str:
        label = match["label"].replace("\\", "")
        return f"{self.options['back']} [{label}]".strip()


class NoteBlock(Block):
    """A remark of this site's editors, told apart from the report's own text (role note)."""

    NAME = "note"
    ARGUMENT = None
    OPTIONS: ClassVar[Options] = {"kind": ("", type_string)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        note = element(parent, "div", class_=f"note {self.options['kind']}".strip(), role="note")
        if self.argument:
            element(note, "p", self.argument, class_="note-title")
        return note


class QuoteBlock(Block):
    """Direct speech."""

    NAME = "quote"
    ARGUMENT = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        return element(parent, "blockquote", class_="quote")


class PageBreakBlock(Block):
    """Where a printed page begins (DPUB-ARIA doc-pagebreak), so that a reader can cite it; or that what follows is
    from a page that begins elsewhere (`again`).
    """

    NAME = "page-break"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {"page": (0, type_integer), "again": (False, type_boolean)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        paragraph = element(parent, "p", class_="page-break")
        page = str(self.options["page"])
        element(
            paragraph,
            "span",
            page,
            role="doc-pagebreak",
            aria_label=self.argument,
            **({} if self.options["again"] else {"id": f"page-{page}"}),
            **({"data_mark": mark} if (mark := self.config["page_mark"]) else {}),
        )
        return paragraph
