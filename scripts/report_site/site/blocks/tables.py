"""Tables: heads, groups of rows, lists inside cells."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import ClassVar
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from pymdownx.blocks.block import Block, type_any, type_integer, type_string

from ...language.patterns import NUMBER_CELL, YEAR_ONLY
from .markup import NOTE_LINKS, Options, element, fill_marked

_LIST_ITEMS = re.compile(r"(?:^|\s)•\s")


class TableBlock(Block):
    """A table with caption and scoped heads (WCAG 1.3.1).

    The box around it is a region named by the caption, for where the table is wider than its box (WCAG 2.1.1): there
    site.js makes it a stop of the keyboard. Elsewhere site.js takes role and name away, and the caption is heard once.
    """

    NAME = "table"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {
        "row-headers": (1, type_integer),
        "kind": ("data-table", type_string),
        "head-rows": (1, type_integer),
        "groups": ("", type_string),
        "marks": ([], type_any),
        "row-ids": ("", type_string),
        "csv": ("", type_string),
        "csv-label": ("", type_string),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        identity = self.options["attrs"].pop("id", "")
        self._identity = identity
        return element(parent, "div", class_="table-region", role="region", aria_labelledby=f"{identity}-caption")

    def on_end(self, block: etree.Element) -> None:
        table = block.find("table")
        if table is None:
            return
        table.set("id", self._identity)
        table.set("class", self.options["kind"])
        caption = etree.Element("caption", {"id": f"{self._identity}-caption"})
        fill_marked(caption, self.argument, self.options["marks"])
        table.insert(0, caption)
        _drop_empty_head(table)
        _raise_heads(table, self.options["head-rows"] - 1)
        named = self.options["row-ids"].split()
        for number, row in enumerate(_body_rows(table), 1):
            row.set("id", named[number - 1] if named else f"{self._identity}-r{number}")
            _shape_row(row, self.options["row-headers"])
        _align_columns(table)
        _part_groups(table, {int(number) - 1 for number in self.options["groups"].split()})
        _name_cells(table)
        if self.options["csv"]:
            line = element(block, "p", class_="table-csv")
            element(line, "a", self.options["csv-label"], href=self.options["csv"])


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
        elif NUMBER_CELL.match(NOTE_LINKS.sub("", text)) and cell.tag == "td":
            cell.set("class", "number")


def _align_columns(table: etree.Element) -> None:
    """Numbers stand at the end of their cells, and their head too, where a column holds more of them than words.

    A column of years alone tells times, no amounts.
    """
    rows = [row for body in table.iterfind("tbody") for row in body]
    for place, column in enumerate(zip_longest(*rows)):
        filled = [cell for cell in column if cell is not None and "".join(cell.itertext()).strip()]
        numbers = [cell for cell in filled if cell.get("class") == "number"]
        amounts = any(not YEAR_ONLY.match("".join(cell.itertext()).strip()) for cell in numbers)
        if amounts and len(numbers) * 2 > len(filled):
            for head in (row[place] for row in table.iterfind("thead/tr") if place < len(row)):
                if head.tag == "th":
                    head.set("class", "number")
        else:
            for cell in numbers:
                del cell.attrib["class"]


def _name_cells(table: etree.Element) -> None:
    """Of a table with lists each filled cell carries its head, for narrow screens that set a row as a block."""
    heads = table.findall("thead/tr")
    if len(heads) != 1 or table.find("tbody/tr/td/ul") is None:
        return
    names = ["".join(head.itertext()).strip() for head in heads[0]]
    rows = _body_rows(table)
    if any("#" in name or "{" in name for name in names) or any(len(row) != len(names) for row in rows):
        return
    table.set("class", f"{table.get('class')} listed")
    for row in rows:
        for name, cell in zip(names, row, strict=True):
            if cell.tag == "td" and name and "".join(cell.itertext()).strip():
                cell.set("data-head", name)


def _itemise(cell: etree.Element, text: str) -> None:
    """`• one • two` becomes a real list inside the cell."""
    cell.text = None
    items = element(cell, "ul")
    for item in filter(None, (part.strip() for part in _LIST_ITEMS.split(text))):
        etree.SubElement(items, "li").text = item
