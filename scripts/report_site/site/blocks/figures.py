"""Strips of key figures, and pictures."""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from pymdownx.blocks.block import Block, type_any, type_integer, type_string

from ...language.characters import is_han
from ...language.line_breaks import NO_BREAK_SPACE
from ..headline_values import value_parts
from .markup import NOTE_LINKS, Options, element, item_text, marked, plain

LONG, LONGEST = 5.2, 7.5
"""Widths of a strip's widest number from which all are set smaller where there is little room: see key-figures.css."""
_FIGURE_ITEM = re.compile(r"^\*\*(?P<value>.+?)\*\*(?:\s+(?P<label>.*?))??(?:\s+\*(?P<period>[^*]+)\*)?$", re.DOTALL)


def _parted(value: str) -> tuple[str, str]:
    """A value, and the links to notes behind it."""
    match = NOTE_LINKS.search(value)
    return (value[: match.start()].rstrip(), match[0]) if match else (value, "")


def _append(parent: etree.Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _width(number: str) -> float:
    """In widths of an ideograph, roughly."""
    return sum(1 if is_han(char) else 0.57 if char.isalnum() else 0.3 for char in number)


class KeyFiguresBlock(Block):
    """Figures as label, value and year in one group each: `what: value unit, year` is heard in a row (WCAG 1.3.1)."""

    NAME = "key-figures"
    ARGUMENT = None
    OPTIONS: ClassVar[Options] = {
        "unlabelled": ("", type_string),
        "period": ("", type_string),
        "rows": ("", type_string),
        "marks": ([], type_any),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = element(parent, "div", class_="key-figures")
        self._widest = 0.0
        if self.argument:
            marked(box, "p", self.argument, self.options["marks"], class_="key-figures-caption")
        if self.options["period"]:
            element(box, "p", self.options["period"], class_="period")
        return box

    def on_end(self, block: etree.Element) -> None:
        items = block.find("ul")
        if items is None:
            return
        figures = etree.Element("dl")
        block.insert(list(block).index(items), figures)
        block.remove(items)
        rows = self.options["rows"].split()
        for number, item in enumerate(items):
            row = rows[min(number, len(rows) - 1)] if rows else ""
            self._figure(figures, item, f"{self.options['attrs'].get('id', '')}-{number + 1}", row)
        if self._widest > LONG:
            block.set("class", f"key-figures {'longest' if self._widest > LONGEST else 'long'}")

    def _figure(self, parent: etree.Element, item: etree.Element, identity: str, row: str) -> None:
        match = _FIGURE_ITEM.match(item_text(item).strip())
        if match is None:
            return
        group = element(parent, "div", id=identity)
        said, marks = _parted(match["value"])
        self._label(group, (match["label"] or "").strip(), said, f"{row}#{identity}" if row else "")
        value = etree.SubElement(group, "dd")
        parts = value_parts(said)
        self._widest = max(self._widest, _width(parts.number))
        number = parts.number + (NO_BREAK_SPACE if parts.unit and is_han(parts.unit[0]) else " " * bool(parts.unit))
        if parts.qualifier:
            element(value, "span", parts.qualifier, class_="qualifier").tail = f" {number}"
        else:
            value.text = number
        if parts.unit:
            etree.SubElement(value, "span", {"class": "unit"}).text = parts.unit
        _append(value, marks)
        if match["period"]:
            element(group, "dd", match["period"], class_="period")

    def _label(self, group: etree.Element, label: str, value: str, row: str) -> None:
        """It leads to the figure's row among all numbers; with a script its card opens instead."""
        term = etree.SubElement(group, "dt")
        said, marks = _parted(label)
        if not row or "](" in said:
            term.text = label or plain(self.options["unlabelled"])
            return
        link = etree.SubElement(term, "a", {"class": "figure-link", "href": row})
        link.text, link.tail = said or plain(self.options["unlabelled"]), marks
        if not said:
            link.set("aria-label", f"{self.options['unlabelled']}: {value}")


class FigureBlock(Block):
    """A picture with its caption; what it shows is said in words that everybody sees (WCAG 1.1.1, 1.3.1)."""

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
        "marks": ([], type_any),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        figure = element(parent, "figure", class_="figure")
        if self.argument:
            # Not its name too: screen readers would say the caption twice.
            caption = f"{self.options['attrs'].get('id', 'figure')}-caption"
            marked(figure, "figcaption", self.argument, self.options["marks"], id=caption)
        if self.options["src"]:
            self._picture(figure)
        elif self.options["lost"]:
            element(figure, "p", self.options["lost"], class_="figure-status")
        self._body = element(figure, "div", class_="figure-description")
        return figure

    def _picture(self, figure: etree.Element) -> None:
        frame = element(figure, "picture")
        sizes = "(min-width: 60em) 44rem, 100vw"
        if self.options["webp"]:
            element(frame, "source", type="image/webp", srcset=self.options["webp"], sizes=sizes)
        image = element(
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


class LostPicturesBlock(Block):
    """Pictures of which captions alone are left: why is said once, then they are listed (WCAG 1.1.1, 1.3.1)."""

    NAME = "pictures"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {}

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = element(parent, "div", class_="lost-pictures")
        element(box, "p", self.argument, class_="figure-status")
        return box
