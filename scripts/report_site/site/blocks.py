"""The report's own Markdown blocks (pymdown-extensions' block API) and the HTML that they become.

A block's argument and options are plain text, never markup: they go into the tree as atomic strings. Its body is
Markdown. README.md is the reference of the format; each class names the accessibility criteria that it serves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import Any, ClassVar
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block, type_integer, type_string

from ..language.characters import is_han
from ..language.line_breaks import NO_BREAK_SPACE, keep_together
from ..language.parts import foreign_as_a_whole, pieces
from ..language.patterns import NUMBER_CELL, VALUE_PARTS
from ..language.tags import VARIETIES, other_than
from ..model import Language
from .block_parsing import GrowingBlocksManager, parse_in_parts

LONG, LONGEST = 5.2, 7.5
"""Widths of a strip's widest number from which all are set smaller where there is little room: see key-figures.css."""
Options = dict[str, tuple[Any, Callable[[Any], Any]]]
"""A block's options: default and validator by name, as pymdown-extensions declares them."""

_ENTITY = re.compile(r"&(?=#|\w+;)")
_LIST_ITEMS = re.compile(r"(?:^|\s)•\s")
_FIGURE_ITEM = re.compile(r"^\*\*(?P<value>.+?)\*\*(?:\s+(?P<label>.*?))??(?:\s+\*(?P<period>[^*]+)\*)?$", re.DOTALL)

_NOTE_ITEM = re.compile(
    r"^\*\*(?P<label>.+?)\*\* (?P<text>.*?)(?P<back>(?: \[↩\]\([^)\s]+\))*)\s*"
    r"\{: #(?P<id>[\w-]+)(?: lang=\"(?P<lang>[\w-]+)\")? \}$",
    re.DOTALL,
)


def _element(parent: etree.Element, tag: str, text: str = "", **attributes: str) -> etree.Element:
    element = etree.SubElement(
        parent,
        tag,
        {name.rstrip("_").replace("_", "-"): _read(value).replace("&", "&amp;") for name, value in attributes.items()},
    )
    if text:
        element.text = _plain(text)
    return element


def _plain(text: str) -> AtomicString:
    """Text that no inline rule touches; what Markdown's serializer would take for an entity is written out."""
    return AtomicString(_ENTITY.sub("&#38;", _read(text)))


def _read(text: str) -> str:
    """An argument or option as the converter meant it: it writes out the sign that Markdown acts on."""
    return text.replace("&#38;#", "&#")


class TableBlock(Block):
    """A table with caption and scoped heads in a named region (WCAG 1.3.1; region focusable when it scrolls: 2.1.1)."""

    NAME = "table"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {
        "row-headers": (1, type_integer),
        "caption-id": ("", type_string),
        "kind": ("data-table", type_string),
        "head-rows": (1, type_integer),
        "groups": ("", type_string),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        identity = self.options["attrs"].pop("id", "")
        self._identity = identity
        return _element(
            parent,
            "div",
            class_="table-region",
            role="region",
            aria_labelledby=f"{identity}-caption",
        )

    def on_end(self, block: etree.Element) -> None:
        table = block.find("table")
        if table is None:
            return
        table.set("id", self._identity)
        table.set("class", self.options["kind"])
        caption = etree.Element("caption", {"id": f"{self._identity}-caption"})
        caption.text = _plain(self.argument)
        table.insert(0, caption)
        _drop_empty_head(table)
        _raise_heads(table, self.options["head-rows"] - 1)
        for number, row in enumerate(_body_rows(table), 1):
            row.set("id", f"{self._identity}-r{number}")
            _shape_row(row, self.options["row-headers"])
        _align_heads(table)
        _part_groups(table, {int(number) - 1 for number in self.options["groups"].split()})


def _drop_empty_head(table: etree.Element) -> None:
    head = table.find("thead")
    if head is not None and not any((cell.text or "").strip() for cell in head.iter("th")):
        table.remove(head)


def _raise_heads(table: etree.Element, further: int) -> None:
    """The first rows of the body to the head, where it has more than one row; a head without a text is a plain cell."""
    head, body = table.find("thead"), table.find("tbody")
    if head is None or body is None:
        return
    for row in list(body)[:further]:
        body.remove(row)
        head.append(row)
    for cell in [cell for row in head for cell in row]:
        if "".join(cell.itertext()).strip():
            cell.tag = "th"
            cell.set("scope", "col")
        else:
            cell.tag = "td"


def _part_groups(table: etree.Element, groups: set[int]) -> None:
    """A row that names a group heads all of it (scope rowgroup): so each group is a body of its own (WCAG 1.3.1)."""
    body = table.find("tbody")
    if body is None or not groups:
        return
    part = body
    for number, row in enumerate(list(body)):
        if number in groups:
            _head_group(row)
            part = etree.SubElement(table, "tbody") if number else part
        if part is not body:
            body.remove(row)
            part.append(row)


def _head_group(row: etree.Element) -> None:
    head, *rest = row
    head.tag = "th"
    head.attrib.pop("class", None)
    head.set("scope", "rowgroup")
    head.set("colspan", str(1 + len(rest)))
    for cell in rest:
        row.remove(cell)


def _body_rows(table: etree.Element) -> list[etree.Element]:
    body = table.find("tbody")
    return list(body) if body is not None else []


def _shape_row(row: etree.Element, heads: int) -> None:
    for index, cell in enumerate(row):
        text = (cell.text or "").strip()
        if index < heads and text:
            cell.tag = "th"
            cell.set("scope", "row")
        if _LIST_ITEMS.search(text):
            _itemise(cell, text)
        elif NUMBER_CELL.match(text) and cell.tag == "td":
            cell.set("class", "number")


def _align_heads(table: etree.Element) -> None:
    """A head stands over its column as the cells do: at the end where most of those that are filled hold numbers."""
    columns = list(zip_longest(*_body_rows(table)))
    for row in table.iterfind("thead/tr"):
        for head, column in zip(row, columns, strict=False):
            filled = [cell for cell in column if cell is not None and "".join(cell.itertext()).strip()]
            if head.tag == "th" and sum(cell.get("class") == "number" for cell in filled) * 2 > len(filled):
                head.set("class", "number")


def _itemise(cell: etree.Element, text: str) -> None:
    """`• one • two` becomes a real list inside the cell."""
    cell.text = None
    items = _element(cell, "ul")
    for item in filter(None, (part.strip() for part in _LIST_ITEMS.split(text))):
        etree.SubElement(items, "li").text = item


def _width(number: str) -> float:
    """In widths of an ideograph, roughly; of the words before a number a line may break."""
    last = re.split(r"(?<=[A-Za-z]) (?=\d)", number)[-1]
    return sum(1 if is_han(char) else 0.57 if char.isalnum() else 0.3 for char in last)


class KeyFiguresBlock(Block):
    """Figures as label, value and year in one group each: `what: value unit, year` is heard in a row (WCAG 1.3.1)."""

    NAME = "key-figures"
    ARGUMENT = None
    OPTIONS: ClassVar[Options] = {
        "unlabelled": ("", type_string),
        "caption-id": ("", type_string),
        "period": ("", type_string),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = _element(parent, "div", class_="key-figures")
        self._widest = 0.0
        if self.argument:
            _element(box, "p", self.argument, class_="key-figures-caption")
        if self.options["period"]:
            _element(box, "p", self.options["period"], class_="period")
        return box

    def on_end(self, block: etree.Element) -> None:
        items = block.find("ul")
        if items is None:
            return
        figures = etree.Element("dl")
        block.insert(list(block).index(items), figures)
        block.remove(items)
        for number, item in enumerate(items, 1):
            self._figure(figures, item, f"{self.options['attrs'].get('id', '')}-{number}")
        if self._widest > LONG:
            block.set("class", f"key-figures {'longest' if self._widest > LONGEST else 'long'}")

    def _figure(self, parent: etree.Element, item: etree.Element, identity: str) -> None:
        match = _FIGURE_ITEM.match(_item_text(item).strip())
        if match is None:
            return
        group = _element(parent, "div", id=identity)
        label = etree.SubElement(group, "dt")
        label.text = (match["label"] or "").strip() or _plain(self.options["unlabelled"])
        value = etree.SubElement(group, "dd")
        parts = VALUE_PARTS.match(match["value"])
        number, unit = (parts["number"].strip(), parts["unit"]) if parts else (match["value"], "")
        self._widest = max(self._widest, _width(number))
        value.text = number
        if unit:
            value.text += NO_BREAK_SPACE if is_han(unit[0]) else " "
            etree.SubElement(value, "span", {"class": "unit"}).text = unit
        if match["period"]:
            _element(group, "dd", match["period"], class_="period")


def _item_text(item: etree.Element) -> str:
    """A loose list item holds its text in a paragraph."""
    paragraph = item.find("p")
    return (paragraph.text if paragraph is not None else item.text) or ""


class FigureBlock(Block):
    """A picture named by its caption; what it shows is said in words that everybody sees (WCAG 1.1.1, 1.3.1)."""

    NAME = "figure"
    ARGUMENT = None
    OPTIONS: ClassVar[Options] = {
        "src": ("", type_string),
        "srcset": ("", type_string),
        "webp": ("", type_string),
        "width": (0, type_integer),
        "height": (0, type_integer),
        "alt": ("", type_string),
        "lost": ("", type_string),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        figure = _element(parent, "figure", class_="figure")
        if self.argument:
            caption = f"{self.options['attrs'].get('id', 'figure')}-caption"
            _element(figure, "figcaption", self.argument, id=caption)
            figure.set("aria-labelledby", caption)  # Chromium 156 names no figure by its figcaption alone
        if self.options["src"]:
            self._picture(figure)
        elif self.options["lost"]:
            _element(figure, "p", self.options["lost"], class_="figure-status")
        self._body = _element(figure, "div", class_="figure-description")
        return figure

    def _picture(self, figure: etree.Element) -> None:
        frame = _element(figure, "picture")
        sizes = "(min-width: 60em) 44rem, 100vw"
        if self.options["webp"]:
            _element(frame, "source", type="image/webp", srcset=self.options["webp"], sizes=sizes)
        image = _element(
            frame,
            "img",
            src=self.options["src"],
            alt=self.options["alt"],
            loading="lazy",
            decoding="async",
        )
        for name in ("width", "height", "srcset"):
            if self.options[name]:
                image.set(name, str(self.options[name]))
        if self.options["srcset"]:
            image.set("sizes", sizes)

    def on_add(self, block: etree.Element) -> etree.Element:
        return self._body

    def on_end(self, block: etree.Element) -> None:
        if not len(self._body):
            block.remove(self._body)
        for items in block.iter("ul"):
            items.set("class", "word-list-items")


class CaseBlock(Block):
    """A case study: an article named by its heading, so that its begin and end can be heard (WCAG 1.3.1)."""

    NAME = "case"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {"heading": ("", type_string)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        article = _element(parent, "article", class_="case", aria_labelledby=self.options["heading"])
        _element(article, "p", self.argument, class_="case-label")
        return article


class WordListBlock(Block):
    """Words of a grid or cloud as a list that claims no order."""

    NAME = "word-list"
    ARGUMENT = None
    OPTIONS: ClassVar[Options] = {"note": ("", type_string)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = _element(parent, "div", class_="word-list")
        if self.argument:
            _element(box, "p", self.argument, class_="word-list-caption")
        return box

    def on_end(self, block: etree.Element) -> None:
        if self.options["note"]:
            _element(block, "p", self.options["note"], class_="word-list-note")


class NotesBlock(Block):
    """Footnotes of a section, each with its label and a way back to its mark (DPUB-ARIA doc-endnotes, WCAG 2.4.4)."""

    NAME = "notes"
    ARGUMENT = False
    OPTIONS: ClassVar[Options] = {"title": ("", type_string), "back": ("", type_string)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        return _element(parent, "section", class_="notes", role="doc-endnotes", aria_label=self.options["title"])

    def on_end(self, block: etree.Element) -> None:
        for item in block.iter("li"):
            match = _NOTE_ITEM.match(_item_text(item).strip())
            if match:
                self._note(item, match)

    def _note(self, item: etree.Element, match: re.Match[str]) -> None:
        for child in list(item):
            item.remove(child)
        item.text = ""
        item.set("id", match["id"])
        if match["lang"]:
            item.set("lang", match["lang"])
        _element(item, "span", match["label"].replace("\\", ""), class_="note-label").tail = " "
        text = _element(item, "span", class_="note-text")
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
        note = _element(parent, "div", class_=f"note {self.options['kind']}".strip(), role="note")
        if self.argument:
            _element(note, "p", self.argument, class_="note-title")
        return note


class QuoteBlock(Block):
    """Direct speech."""

    NAME = "quote"
    ARGUMENT = False

    def on_create(self, parent: etree.Element) -> etree.Element:
        return _element(parent, "blockquote", class_="quote")


class PageBreakBlock(Block):
    """Where a printed page begins (DPUB-ARIA doc-pagebreak), so that a reader can cite it."""

    NAME = "page-break"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {"page": (0, type_integer)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        paragraph = _element(parent, "p", class_="page-break")
        page = str(self.options["page"])
        _element(
            paragraph,
            "span",
            page,
            role="doc-pagebreak",
            id=f"page-{page}",
            aria_label=self.argument,
            **({"data_mark": mark} if (mark := self.config["page_mark"]) else {}),
        )
        return paragraph


OWN_BLOCKS: tuple[type[Block], ...] = (
    TableBlock,
    KeyFiguresBlock,
    FigureBlock,
    CaseBlock,
    WordListBlock,
    NotesBlock,
    NoteBlock,
    QuoteBlock,
    PageBreakBlock,
)


class LanguageOfParts(Treeprocessor):
    """Marks English in Chinese text and Chinese in English text (WCAG 3.1.2), by the page's language."""

    _LABELS = frozenset({"aria-label", "title", "alt"})
    """Attributes that are read out in the language of their element."""
    _SKIP = frozenset({"code", "pre", "script", "style"})

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
                last = etree.Element("span", {"lang": self._tag})
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


class ReportBlocks(BlocksExtension):
    """Registers the blocks and the marking of languages with Python-Markdown."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "language": ["zh", "The page's language; a hook sets it for each page."],
            "other_tag": ["", "Tag of what is foreign on the page; by default that of the other language."],
            "page_mark": ["", "What stands for the eye before the number of a printed page."],
        }
        super().__init__(**options)

    def register_block_mgr(self, md: Markdown) -> BlocksProcessor:
        manager = GrowingBlocksManager()
        manager.extendMarkdown(md)
        return manager.extension

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        for block in OWN_BLOCKS:
            block_mgr.register(block, self.getConfigs())
        parse_in_parts(md, (block.NAME for block in OWN_BLOCKS))

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.treeprocessors.register(ListIdentities(md), "list-identities", 7)
        language = self.getConfig("language")
        other_tag = self.getConfig("other_tag") or VARIETIES[other_than(language)].tag
        md.treeprocessors.register(LineBreaks(md, language), "line-breaks", 6)
        md.treeprocessors.register(LanguageOfParts(md, language, other_tag), "language-of-parts", 5)


def makeExtension(**options: object) -> ReportBlocks:  # noqa: N802 (Python-Markdown looks for this name)
    """For `markdown_extensions: [report_site.site.blocks]`."""
    return ReportBlocks(**options)
