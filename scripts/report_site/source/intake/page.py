"""What stands on a page, as values: runs of text with their type, images, drawn paths, what the structure tree says.

All boxes are turned so that the page stands upright and start at its visible top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass

from .extraction import Box


@dataclass(frozen=True, slots=True)
class Style:
    """Type of a run: what tells a heading from text."""

    size: float
    bold: bool
    italic: bool
    colour: int
    font: str
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """The PDF's own word on a run: its element (the same number, the same paragraph) and role."""

    element: int
    role: str
    """Of the paragraph, heading or list item around it; spans and links are no elements of their own."""
    mark: int = -1
    """Number of the marked content."""


@dataclass(frozen=True, slots=True)
class Wall:
    """An upright line that parts what stands left and right of it."""

    x: float
    top: float
    bottom: float

    def parts(self, left: Box, right: Box) -> bool:
        return left.right - 1 <= self.x <= right.left + 1 and self.top <= right.middle[1] <= self.bottom


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line and one style without a wide gap."""

    text: str
    box: Box
    style: Style
    angle: int = 0
    tag: Tag | None = None
    first: int = 0
    last: int = 0
    """Numbers of the first and last character by PDFium."""
    hyphen: bool = False
    """Ends in a hyphen of the line break."""
    clipped: bool = False
    """A clipping path hides it."""

    @property
    def baseline(self) -> float:
        return self.box.bottom


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path."""

    box: Box
    filled: bool
    stroked: bool
    straight: bool
    """Only lines along the page's edges: a rule, a frame, a bar."""
    colour: int = 0

    @property
    def rule(self) -> str:
        """`h` or `v` for a thin straight line, else empty."""
        if not self.straight:
            return ""
        if self.box.height <= 2.5 and self.box.width >= 12:
            return "h"
        return "v" if self.box.width <= 2.5 and self.box.height >= 12 else ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image object."""

    box: Box
    visible: Box
    """What its clipping path leaves of it."""
    index: int
    """Its place among all objects of the page: what finds its pixels again."""
    mark: int = -1
    """Marked content that the structure tree knows it by."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure tree that has an alternative text, with the content that it marks on the page."""

    role: str
    alt: str
    marks: frozenset[int]


@dataclass(frozen=True, slots=True)
class TaggedCell:
    head: bool
    rows: int
    columns: int
    marks: frozenset[int]


TaggedTable = tuple[tuple[TaggedCell, ...], ...]
"""Rows of a table by the structure tree."""


@dataclass(frozen=True, slots=True)
class PageContent:
    number: int
    """From 1."""
    width: float
    height: float
    runs: tuple[Run, ...]
    images: tuple[Image, ...]
    shapes: tuple[Shape, ...]
    words: str
    """The page's text as PDFium gives it: what the account is measured against."""
    figures: tuple[Element, ...] = ()
    tables: tuple[TaggedTable, ...] = ()
    walls: tuple[Wall, ...] = ()
    unreadable: int = 0
    """Characters whose font doesn't say what they are."""

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Bookmark:
    level: int
    title: str
    page: int
