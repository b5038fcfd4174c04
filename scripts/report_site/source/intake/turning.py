"""From PDF space to the page as a reader sees it."""

from __future__ import annotations

import math
from typing import Any

import pypdfium2 as pdfium

from .extraction import Box

Handle = Any
"""A pointer of PDFium's, which has no types."""


class Turn:
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
        return int(round((math.degrees(radians) + self._angle) / 90) * 90 % 360)
