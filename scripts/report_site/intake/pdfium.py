"""What stands on a page, by PDFium: runs of text with their type, images, drawn paths, tags, bookmarks.

All boxes are turned so that the page stands upright and start at its visible top left corner.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..errors import InputError, Problem
from ..language.characters import CJK_RADICALS, KANGXI_RADICALS
from .extraction import Box

MOST_PAGES = 2000
LARGEST_FILE = 1 << 30
MOST_CHARACTERS = 400_000
"""Of one page: no printed page holds more."""
MOST_OBJECTS = 60_000
"""Of one page: drawings beyond are not looked at (and said to be so)."""
DEEPEST_FORM = 8
BOLD = 600
_RADICALS = str.maketrans({**KANGXI_RADICALS, **CJK_RADICALS})
_LINE_ENDS = "\r\n"
_HYPHENS = "\x02\ufffe\u00ad"


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


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """The document, or one line on why it can't be taken in."""
    if path.stat().st_size > LARGEST_FILE:
        raise InputError(Problem(str(path), f"larger than {LARGEST_FILE >> 20} MiB", "give a smaller PDF"))
    try:
        document = pdfium.PdfDocument(path)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise InputError(_unopened(path, error)) from None
    if count == 0:
        raise InputError(Problem(str(path), "this PDF has no pages", "save it again from the program that made it"))
    if count > MOST_PAGES:
        raise InputError(Problem(str(path), f"{count} pages are more than {MOST_PAGES}", "give the report alone"))
    return document


def _unopened(path: Path, error: pdfium.PdfiumError) -> Problem:
    code = raw.FPDF_GetLastError()
    if code == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        return Problem(str(path), "this PDF is locked with a password", "save a copy without password and give that")
    if code == raw.FPDF_ERR_SECURITY:
        return Problem(str(path), "this PDF is encrypted in a way that can't be read", "save a copy without protection")
    return Problem(str(path), "this is no PDF, or a damaged one", "save it again from the program that made it")


def bookmarks(document: pdfium.PdfDocument) -> tuple[Bookmark, ...]:
    found: list[Bookmark] = []
    with suppress(pdfium.PdfiumError, ValueError):
        for item in document.get_toc(max_depth=6):
            target = item.get_dest()
            index = target.get_index() if target else None
            title = " ".join(item.get_title().translate(_RADICALS).split())
            if title and index is not None:
                found.append(Bookmark(item.level + 1, title, index + 1))
    return tuple(found)


def read_page(document: pdfium.PdfDocument, number: int) -> PageContent:
    page = document[number - 1]
    textpage = page.get_textpage()
    turn = _Turn(page)
    tree = _Tree(page)
    runs, unreadable = _Runs(textpage, turn, tree.tags).read()
    images, shapes = _objects(page, turn)
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    words = textpage.get_text_range(0, count) if count > 0 else ""
    return PageContent(
        number,
        turn.width,
        turn.height,
        tuple(runs),
        images,
        shapes,
        words,
        tuple(tree.figures),
        tuple(tree.tables),
        unreadable,
    )


class _Turn:
    """From PDF space (origin bottom left, page unturned) to the page as a reader sees it."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, right, top = page.get_bbox()
        self._width, self._height = right - self._left, top - self._bottom
        self._angle = page.get_rotation() % 360
        across = self._angle in (90, 270)
        self.width, self.height = (self._height, self._width) if across else (self._width, self._height)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (ax, ay), (bx, by) = self._point(left, top), self._point(right, bottom)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        if self._angle == 90:
            return y, x
        if self._angle == 180:
            return self._width - x, y
        if self._angle == 270:
            return self._height - y, self._width - x
        return x, self._height - y

    def angle(self, radians: float) -> int:
        """Of text, in quarter turns as seen; 0 stands upright."""
        return round((math.degrees(radians) + self._angle) / 90) * 90 % 360


# --- tags ----------------------------------------------------------------------------------------------------------


def _string(call: Callable[..., int], element: Any) -> str:
    size = int(call(element, None, 0))
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


_INLINE = frozenset({"Span", "Link", "Em", "Strong", "Code", "Quote", "Reference", "Annot", "Sub", "Lbl", "LBody", ""})
"""Roles that break no paragraph. A list item's label and body are the item's."""
DEEPEST_TAG = 64


class _Tree:
    """The structure tree of a tagged page: tag by marked content, alternative texts, tables."""

    def __init__(self, page: pdfium.PdfPage) -> None:
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

    def _visit(self, element: Any, home: Tag, depth: int) -> set[int]:
        """Marks in the element. `home`: the paragraph around it."""
        role = _string(raw.FPDF_StructElement_GetType, element)
        if role not in _INLINE and not (home.role == "LI" and role == "P"):
            home = Tag(ctypes.cast(element, ctypes.c_void_p).value or 0, role)
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


def _children(element: Any) -> list[Any]:
    count = max(0, raw.FPDF_StructElement_CountChildren(element))
    return [child for k in range(count) if (child := raw.FPDF_StructElement_GetChildAtIndex(element, k))]


def _own_marks(element: Any) -> set[int]:
    count = max(0, raw.FPDF_StructElement_GetMarkedContentIdCount(element))
    return {raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, k) for k in range(count)} - {-1}


def _all_marks(element: Any, depth: int = 0) -> set[int]:
    marks = _own_marks(element)
    for child in _children(element) if depth < DEEPEST_TAG else ():
        marks |= _all_marks(child, depth + 1)
    return marks


def _rows(table: Any, depth: int = 0) -> Iterator[tuple[TaggedCell, ...]]:
    for child in _children(table):
        role = _string(raw.FPDF_StructElement_GetType, child)
        if role == "TR":
            yield tuple(_tagged_cells(child))
        elif role in ("THead", "TBody", "TFoot") and depth < 2:
            yield from _rows(child, depth + 1)


def _tagged_cells(row: Any) -> Iterator[TaggedCell]:
    for cell in _children(row):
        role = _string(raw.FPDF_StructElement_GetType, cell)
        if role in ("TH", "TD"):
            spans = _number(cell, b"RowSpan"), _number(cell, b"ColSpan")
            yield TaggedCell(role == "TH", *spans, frozenset(_all_marks(cell)))


def _number(element: Any, name: bytes) -> int:
    for k in range(max(0, raw.FPDF_StructElement_GetAttributeCount(element))):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, k)
        value = raw.FPDF_StructElement_Attr_GetValue(attribute, name) if attribute else None
        number = ctypes.c_float()
        if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, number):
            return min(100, max(1, int(number.value)))
    return 1


# --- text ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Pending:
    """A run in the making."""

    style: Style
    angle: int
    tag: Tag | None
    first: int
    last: int
    box: Box
    letters: list[str]
    hyphen: bool = False


class _Runs:
    """Characters of a page to runs. A run ends where the line, the style or the place jumps."""

    def __init__(self, textpage: pdfium.PdfTextPage, turn: _Turn, tags: dict[int, Tag]) -> None:
        self._page, self._turn, self._tags = textpage, turn, tags
        self._styles: dict[tuple[int, float], tuple[Style, Tag | None]] = {}
        self._runs: list[Run] = []
        self._open: _Pending | None = None
        self._space = False
        self._unreadable = 0

    def read(self) -> tuple[list[Run], int]:
        count = min(self._page.count_chars(), MOST_CHARACTERS)
        high = 0
        for i in range(max(0, count)):
            code = raw.FPDFText_GetUnicode(self._page, i)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
            self._take(i, chr(code))
        self._close()
        return self._runs, self._unreadable

    def _take(self, i: int, char: str) -> None:
        generated = raw.FPDFText_IsGenerated(self._page, i) == 1
        if char in _LINE_ENDS or char == "\0":
            self._close()
        elif char in _HYPHENS:
            self._end_in_hyphen(i)
        elif char.isspace():
            if generated or self._open is not None:
                self._space = True
        else:
            if raw.FPDFText_HasUnicodeMapError(self._page, i) == 1:
                self._unreadable += 1
            self._put(i, char)

    def _end_in_hyphen(self, i: int) -> None:
        """PDFium marks a hyphen at a line's end by a sign of its own."""
        if self._open is not None:
            self._open.letters.append("-")
            self._open.hyphen, self._open.last = True, i
            self._close()

    def _put(self, i: int, char: str) -> None:
        style, tag = self._style(i)
        box = self._box(i)
        angle = self._turn.angle(raw.FPDFText_GetCharAngle(self._page, i))
        run = self._open
        if run is not None and self._continues(run, style, tag, box, angle):
            if self._space:
                run.letters.append(" ")
            run.letters.append(char)
            run.box, run.last = run.box | box, i
        else:
            self._close()
            self._open = _Pending(style, angle, tag, i, i, box, [char])
        self._space = False

    def _continues(self, run: _Pending, style: Style, tag: Tag | None, box: Box, angle: int) -> bool:
        if run.style != style or run.angle != angle or run.tag != tag:
            return False
        size = max(style.size, 1.0)
        if angle in (90, 270):
            gap = max(box.top - run.box.bottom, run.box.top - box.bottom)
            return abs(box.middle[0] - run.box.middle[0]) < 0.4 * size and gap < size
        gap = box.left - run.box.right
        level = abs(box.bottom - run.box.bottom) < 0.35 * size or abs(box.middle[1] - run.box.middle[1]) < 0.25 * size
        return level and -0.8 * size < gap < 1.1 * size

    def _close(self) -> None:
        run = self._open
        self._open, self._space = None, False
        if run is None:
            return
        text = "".join(run.letters).translate(_RADICALS)
        self._runs.append(Run(text, run.box, run.style, run.angle, run.tag, run.first, run.last, run.hyphen))

    def _box(self, i: int) -> Box:
        rect = raw.FS_RECTF()
        if raw.FPDFText_GetLooseCharBox(self._page, i, rect) and rect.right > rect.left and rect.top > rect.bottom:
            return self._turn.box(rect.left, rect.bottom, rect.right, rect.top)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._page, i, left, right, bottom, top)
        return self._turn.box(left.value, bottom.value, right.value, top.value)

    def _style(self, i: int) -> tuple[Style, Tag | None]:
        handle = raw.FPDFText_GetTextObject(self._page, i)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, i, matrix)
        size = raw.FPDFText_GetFontSize(self._page, i) * math.hypot(matrix.c, matrix.d)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        key = (address, round(size, 1))
        if key not in self._styles:
            self._styles[key] = self._look_up(handle, key[1])
        return self._styles[key]

    def _look_up(self, handle: Any, size: float) -> tuple[Style, Tag | None]:
        if not handle:
            return Style(size, False, False, 0, ""), None
        font = raw.FPDFTextObj_GetFont(handle)
        name, weight, slanted = _font(ctypes.cast(font, ctypes.c_void_p).value or 0, font) if font else ("", 400, False)
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        # Fill and stroke together is how word processors embolden a font that has no bold.
        bold = weight >= BOLD or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        tag = self._tags.get(raw.FPDFPageObj_GetMarkedContentID(handle))
        return Style(size, bold, slanted, _colour(handle), name, invisible), tag


_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "medium")


@lru_cache(maxsize=4096)
def _font_facts(name: str, weight: int, angle: int) -> tuple[str, int, bool]:
    plain = name.split("+")[-1]
    lower = plain.lower()
    if any(word in lower for word in _BOLD_NAMES):
        weight = max(weight, BOLD)
    return plain, weight, angle != 0 or "italic" in lower or "oblique" in lower


def _font(_address: int, font: Any) -> tuple[str, int, bool]:
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    angle = ctypes.c_int()
    raw.FPDFFont_GetItalicAngle(font, angle)
    return _font_facts(buffer.value.decode("latin-1"), raw.FPDFFont_GetWeight(font), angle.value)


def _colour(handle: Any) -> int:
    """Fill colour as 0xRRGGBB."""
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(handle, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red << 16 | green << 8 | blue


# --- images and paths ----------------------------------------------------------------------------------------------

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _through(m: Matrix, n: Matrix) -> Matrix:
    """`m` first, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _matrix(handle: Any) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _objects(page: pdfium.PdfPage, turn: _Turn) -> tuple[tuple[Image, ...], tuple[Shape, ...]]:
    images: list[Image] = []
    shapes: list[Shape] = []
    whole = Box(0, 0, turn.width, turn.height)
    for index, (handle, matrix) in enumerate(_walk(page)):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            continue
        box = _bounds(handle, matrix, turn)
        visible = _clipped(handle, matrix, turn, box) & whole
        if visible.width < 0 or visible.height < 0:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(Image(box, visible, index, raw.FPDFPageObj_GetMarkedContentID(handle)))
        else:
            shapes.append(_shape(handle, kind, visible))
    return tuple(images), tuple(shape for shape in shapes if shape.filled or shape.stroked)


def image_handle(page: pdfium.PdfPage, index: int) -> Any:
    """The object that `Image.index` names."""
    return next(handle for i, (handle, _) in enumerate(_walk(page)) if i == index)


def _walk(page: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Objects of the page and of the forms in it, with the matrix of the forms around."""
    budget = MOST_OBJECTS
    stack: list[tuple[Any, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, i), _IDENTITY, 0)
        for i in reversed(range(min(MOST_OBJECTS, raw.FPDFPage_CountObjects(page))))
    ]
    while stack and budget:
        handle, matrix, depth = stack.pop()
        if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
            budget -= 1
            yield handle, matrix
        elif depth < DEEPEST_FORM:
            inner = _through(_matrix(handle), matrix)
            count = min(budget, max(0, raw.FPDFFormObj_CountObjects(handle)))
            stack += [(raw.FPDFFormObj_GetObject(handle, i), inner, depth + 1) for i in reversed(range(count))]


def _bounds(handle: Any, matrix: Matrix, turn: _Turn) -> Box:
    values = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *values)
    left, bottom, right, top = (value.value for value in values)
    return _placed(turn, matrix, left, bottom, right, top)


def _placed(turn: _Turn, matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    corners = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x in (left, right)
        for y in (bottom, top)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return turn.box(min(xs), min(ys), max(xs), max(ys))


def _clipped(handle: Any, matrix: Matrix, turn: _Turn, box: Box) -> Box:
    clip = raw.FPDFPageObj_GetClipPath(handle)
    for p in range(max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for s in range(min(2000, max(0, raw.FPDFClipPath_CountPathSegments(clip, p)))):
            x, y = ctypes.c_float(), ctypes.c_float()
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, p, s), x, y):
                points.append((x.value, y.value))
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = box & _placed(turn, matrix, min(xs), min(ys), max(xs), max(ys))
    return box


def _shape(handle: Any, kind: int, box: Box) -> Shape:
    if kind == raw.FPDF_PAGEOBJ_SHADING:
        return Shape(box, True, False, False)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, mode, stroke)
    filled = mode.value != raw.FPDF_FILLMODE_NONE
    return Shape(box, filled, bool(stroke.value), _is_straight(handle), _colour(handle) if filled else 0)


def _is_straight(handle: Any) -> bool:
    before: tuple[float, float] | None = None
    for s in range(min(400, max(0, raw.FPDFPath_CountSegments(handle)))):
        segment = raw.FPDFPath_GetPathSegment(handle, s)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        if kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            if min(abs(point[0] - before[0]), abs(point[1] - before[1])) > 0.6:
                return False
        before = point
    return True
