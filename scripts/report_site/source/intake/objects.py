"""Images and drawn paths of a page, those in forms too, with what their clipping path leaves of them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .extraction import Box
from .page import Image, Shape, Wall
from .runs import colour_of
from .turning import Handle, Turn

MOST_OBJECTS = 60_000
"""Of one page: drawings beyond are not looked at."""
DEEPEST_FORM = 8
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


def _matrix(handle: Handle) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


@dataclass(frozen=True, slots=True)
class Objects:
    images: tuple[Image, ...]
    shapes: tuple[Shape, ...]
    clipped: frozenset[int]
    """Addresses of the text objects that a clipping path hides whole."""


def objects_of(page: pdfium.PdfPage, turn: Turn) -> Objects:
    images: list[Image] = []
    shapes: list[Shape] = []
    clipped: set[int] = set()
    whole = Box(0, 0, turn.width, turn.height)
    for index, (handle, matrix) in enumerate(_walk(page)):
        kind = raw.FPDFPageObj_GetType(handle)
        box = _bounds(handle, matrix, turn)
        clip = _clipped(handle, matrix, turn, box)
        if kind == raw.FPDF_PAGEOBJ_TEXT and not clip.grown(0.5).meets(box):
            clipped.add(ctypes.cast(handle, ctypes.c_void_p).value or 0)
        visible = clip & whole
        if visible.width < 0 or visible.height < 0:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(Image(box, visible, index, raw.FPDFPageObj_GetMarkedContentID(handle)))
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            shapes.append(_shape(handle, kind, visible))
    return Objects(tuple(images), tuple(s for s in shapes if s.filled or s.stroked), frozenset(clipped))


def walls_of(shapes: Sequence[Shape]) -> tuple[Wall, ...]:
    """Upright rules, and the sides of stroked boxes."""
    found = [Wall(shape.box.middle[0], shape.box.top, shape.box.bottom) for shape in shapes if shape.rule == "v"]
    for shape in shapes:
        if shape.straight and not shape.rule and shape.stroked and min(shape.box.width, shape.box.height) > 6:
            found += [Wall(x, shape.box.top, shape.box.bottom) for x in (shape.box.left, shape.box.right)]
    return tuple(found)


def image_handle(page: pdfium.PdfPage, index: int) -> Handle:
    """The object that `Image.index` names."""
    return next(handle for i, (handle, _) in enumerate(_walk(page)) if i == index)


def _walk(page: pdfium.PdfPage) -> Iterator[tuple[Handle, Matrix]]:
    """Objects of the page and of the forms in it, with the matrix of the forms around."""
    budget = MOST_OBJECTS
    stack: list[tuple[Handle, Matrix, int]] = [
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


def _bounds(handle: Handle, matrix: Matrix, turn: Turn) -> Box:
    values = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *values)
    left, bottom, right, top = (value.value for value in values)
    return _placed(turn, matrix, left, bottom, right, top)


def _placed(turn: Turn, matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    corners = [
        (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        for x in (left, right)
        for y in (bottom, top)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return turn.box(min(xs), min(ys), max(xs), max(ys))


def _clipped(handle: Handle, matrix: Matrix, turn: Turn, box: Box) -> Box:
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


def _shape(handle: Handle, kind: int, box: Box) -> Shape:
    if kind == raw.FPDF_PAGEOBJ_SHADING:
        return Shape(box, True, False, False)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, mode, stroke)
    filled = mode.value != raw.FPDF_FILLMODE_NONE
    return Shape(box, filled, bool(stroke.value), _is_straight(handle), colour_of(handle) if filled else 0)


def _is_straight(handle: Handle) -> bool:
    before: tuple[float, float] | None = None
    for s in range(min(400, max(0, raw.FPDFPath_CountSegments(handle)))):
        segment = raw.FPDFPath_GetPathSegment(handle, s)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        step = min(abs(point[0] - before[0]), abs(point[1] - before[1])) if before else 0.0
        if kind == raw.FPDF_SEGMENT_LINETO and step > 0.6:
            return False
        before = point
    return True
