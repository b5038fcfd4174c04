"""The structure tree of a tagged page: the PDF's own word on paragraphs, headings, tables and pictures."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .page import Element, Tag, TaggedCell, TaggedTable
from .turning import Handle


def _string(call: Callable[..., int], element: Handle) -> str:
    size = int(call(element, None, 0))
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


_INLINE = frozenset({"Span", "Link", "Em", "Strong", "Code", "Quote", "Reference", "Annot", "Sub", "Lbl", "LBody", ""})
"""Roles that break no paragraph. A list item's label and body are the item's."""
_GROUPS = frozenset(
    {"Document", "Part", "Art", "Sect", "Div", "Story", "NonStruct", "Private", "Aside", "DocumentFragment"}
)
"""Roles of what holds paragraphs: text that stands right in one is tagged as no paragraph."""
_WITHIN_ITEM = frozenset({"L", "LI", "Table", "Figure", "H1", "H2", "H3", "H4", "H5", "H6"})
"""What stands for itself within a list item; other elements there are the item's text."""
DEEPEST_TAG = 64
MOST_ELEMENTS = 10_000_000
"""Of a page."""


class StructureTree:
    """The structure tree of a tagged page: tag by marked content, alternative texts, tables."""

    def __init__(self, page: pdfium.PdfPage, number: int) -> None:
        """`number`: the page's, so that an element of it is never taken for one of another page."""
        self._elements = itertools.count(number * MOST_ELEMENTS + 1)
        self.tags: dict[int, Tag] = {}
        self.figures: list[Element] = []
        self.tables: list[TaggedTable] = []
        tree = raw.FPDF_StructTree_GetForPage(page)
        if not tree:
            return
        for k in range(max(0, raw.FPDF_StructTree_CountChildren(tree))):
            if child := raw.FPDF_StructTree_GetChildAtIndex(tree, k):
                self._visit(child, Tag(0, ""), 0)
        raw.FPDF_StructTree_Close(tree)

    def _visit(self, element: Handle, home: Tag, depth: int) -> set[int]:
        """Marks in the element. `home`: the paragraph around it."""
        role = _string(raw.FPDF_StructElement_GetType, element)
        if role not in _INLINE and (home.role != "LI" or role in _WITHIN_ITEM):
            home = Tag(0 if role in _GROUPS else next(self._elements), role)
        marks = _own_marks(element)
        for mark in marks:
            self.tags[mark] = Tag(home.element, home.role, mark)
        rows: list[tuple[TaggedCell, ...]] = []
        for child in _children(element) if depth < DEEPEST_TAG else ():
            marks |= self._visit(child, home, depth + 1)
        if role == "Table":
            rows = list(_rows(element))
            if rows:
                self.tables.append(tuple(rows))
        if alt := _string(raw.FPDF_StructElement_GetAltText, element).strip():
            self.figures.append(Element(role, alt, frozenset(marks)))
        return marks


def _children(element: Handle) -> list[Handle]:
    count = max(0, raw.FPDF_StructElement_CountChildren(element))
    return [child for k in range(count) if (child := raw.FPDF_StructElement_GetChildAtIndex(element, k))]


def _own_marks(element: Handle) -> set[int]:
    """Marks of this page: an element that a page's end tears has marks of the next one too, under the same numbers."""
    count = max(0, raw.FPDF_StructElement_CountChildren(element))
    return {raw.FPDF_StructElement_GetChildMarkedContentID(element, k) for k in range(count)} - {-1}


def _all_marks(element: Handle, depth: int = 0) -> set[int]:
    marks = _own_marks(element)
    for child in _children(element) if depth < DEEPEST_TAG else ():
        marks |= _all_marks(child, depth + 1)
    return marks


def _rows(table: Handle, depth: int = 0) -> Iterator[tuple[TaggedCell, ...]]:
    for child in _children(table):
        role = _string(raw.FPDF_StructElement_GetType, child)
        if role == "TR":
            yield tuple(_tagged_cells(child))
        elif role in ("THead", "TBody", "TFoot") and depth < 2:
            yield from _rows(child, depth + 1)


def _tagged_cells(row: Handle) -> Iterator[TaggedCell]:
    for cell in _children(row):
        role = _string(raw.FPDF_StructElement_GetType, cell)
        if role in ("TH", "TD"):
            spans = _number(cell, b"RowSpan"), _number(cell, b"ColSpan")
            yield TaggedCell(role == "TH", *spans, frozenset(_all_marks(cell)))


def _number(element: Handle, name: bytes) -> int:
    for k in range(max(0, raw.FPDF_StructElement_GetAttributeCount(element))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, k)
        value = raw.FPDF_StructElement_Attr_GetValue(attribute, name) if attribute else None
        number = ctypes.c_float()
        if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, number):
            return min(100, max(1, int(number.value)))
    return 1
