"""Characters of a page, by PDFium, to runs of one line and one style."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ...language.characters import CJK_RADICALS, KANGXI_RADICALS, REPLACEMENT, superscript
from .extraction import Box
from .page import Run, Style, Tag, Wall
from .turning import Handle, Turn

MOST_CHARACTERS = 400_000
"""Of one page: no printed page holds more."""
BOLD = 600
RAISED = 0.2
"""Of the type's size: how far a raised digit stands above the baseline."""
WIDEST_BETWEEN_NUMBERS = 0.6
"""Of the type's size: two numbers further apart stand in two cells."""
RADICALS = str.maketrans({**KANGXI_RADICALS, **CJK_RADICALS})
_LINE_ENDS = "\r\n"
_HYPHENS = "\x02\ufffe\u00ad"
_NUMBER_ENDS, _NUMBER_STARTS = "0123456789%)）", "(（+−-"


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
    glyph: Box
    """Of the last character: those of a ligature share it."""
    hyphen: bool = False


class RunReader:
    """Characters of a page to runs. A run ends where the line, the style or the place jumps."""

    def __init__(
        self,
        textpage: pdfium.PdfTextPage,
        turn: Turn,
        tags: Mapping[int, Tag],
        walls: Sequence[Wall] = (),
        clipped: Set[int] = frozenset(),
    ) -> None:
        self._page, self._turn, self._tags, self._walls, self._clipped = textpage, turn, tags, walls, clipped
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
        if char in _LINE_ENDS or (char == "\0" and generated):
            self._close()
        elif char in _HYPHENS:
            self._end_in_hyphen(i)
        elif char.isspace():
            if generated or self._open is not None:
                self._space = True
        else:
            unknown = category(char) in ("Cc", "Cn")
            if unknown or raw.FPDFText_HasUnicodeMapError(self._page, i) == 1:
                self._unreadable += 1
            self._put(i, REPLACEMENT if unknown else char)

    def _end_in_hyphen(self, i: int) -> None:
        """PDFium marks a hyphen at a line's end by a sign of its own."""
        if self._open is not None:
            self._open.letters.append("-")
            self._open.hyphen, self._open.last = True, i
            self._close()

    def _put(self, i: int, char: str) -> None:
        style, tag = self._style(i)
        if char.isdecimal() and self._is_raised(i, style.size):
            char = superscript(char)
        box = self._box(i)
        angle = self._turn.angle(raw.FPDFText_GetCharAngle(self._page, i))
        run = self._open
        goes_on = (
            run is not None and self._continues(run, style, tag, box, angle) and not _are_two_numbers(run, char, box)
        )
        if run is not None and (goes_on or _is_ligature(run, tag, box)):
            if self._space:
                run.letters.append(" ")
            run.letters.append(char)
            run.box, run.last, run.glyph = run.box | box, i, box
        else:
            self._close()
            self._open = _Pending(style, angle, tag, i, i, box, [char], box)
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
        if not (level and -0.8 * size < gap < 1.1 * size):
            return False
        return gap < 0.4 * size or not any(wall.parts(run.box, box) for wall in self._walls)

    def _close(self) -> None:
        run = self._open
        self._open, self._space = None, False
        if run is None:
            return
        text = "".join(run.letters).translate(RADICALS)
        self._runs.append(
            Run(
                text,
                run.box,
                run.style,
                run.angle,
                run.tag,
                run.first,
                run.last,
                run.hyphen,
                self._is_clipped(run.first),
            )
        )

    def _is_clipped(self, i: int) -> bool:
        handle = raw.FPDFText_GetTextObject(self._page, i)
        return (ctypes.cast(handle, ctypes.c_void_p).value or 0) in self._clipped if self._clipped else False

    def _is_raised(self, i: int, size: float) -> bool:
        """A font's own raised digit, of the line's size and on its baseline: only its shape stands high."""
        if raw.FPDFText_GetCharAngle(self._page, i) != 0:
            return False
        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        shaped = raw.FPDFText_GetCharBox(self._page, i, left, right, bottom, top)
        return (
            bool(shaped and raw.FPDFText_GetCharOrigin(self._page, i, x, y)) and bottom.value - y.value > RAISED * size
        )

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

    def _look_up(self, handle: Handle, size: float) -> tuple[Style, Tag | None]:
        if not handle:
            return Style(size, False, False, 0, ""), None
        font = raw.FPDFTextObj_GetFont(handle)
        name, weight, slanted = _font(ctypes.cast(font, ctypes.c_void_p).value or 0, font) if font else ("", 400, False)
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        # Fill and stroke together is how word processors embolden a font that has no bold.
        bold = weight >= BOLD or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        tag = self._tags.get(raw.FPDFPageObj_GetMarkedContentID(handle))
        return Style(size, bold, slanted, colour_of(handle), name, invisible), tag


def _are_two_numbers(run: _Pending, char: str, box: Box) -> bool:
    """Cells of a narrow table: no number has such a gap within, and justified text hardly has it between two."""
    gap = box.left - run.box.right
    both = run.letters[-1] in _NUMBER_ENDS and (char.isdecimal() or char in _NUMBER_STARTS)
    return both and gap > WIDEST_BETWEEN_NUMBERS * max(run.style.size, 1.0)


def _is_ligature(run: _Pending, tag: Tag | None, box: Box) -> bool:
    return run.glyph == box and run.tag == tag


_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "medium")


@lru_cache(maxsize=4096)
def _font_facts(name: str, weight: int, angle: int) -> tuple[str, int, bool]:
    plain = name.split("+")[-1]
    lower = plain.lower()
    if any(word in lower for word in _BOLD_NAMES):
        weight = max(weight, BOLD)
    return plain, weight, angle != 0 or "italic" in lower or "oblique" in lower


def _font(_address: int, font: Handle) -> tuple[str, int, bool]:
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    angle = ctypes.c_int()
    raw.FPDFFont_GetItalicAngle(font, angle)
    return _font_facts(buffer.value.decode("latin-1"), raw.FPDFFont_GetWeight(font), angle.value)


def colour_of(handle: Handle) -> int:
    """Fill colour as 0xRRGGBB."""
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(handle, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red << 16 | green << 8 | blue
