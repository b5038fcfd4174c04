"""Cells of a grid: what each of them is, told by its text alone; nothing here drops or alters one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from ....language.characters import SENTENCE_END
from ....language.patterns import NONE_CELLS
from ....language.values import is_period, is_quantity
from ....model import Cell, Row, Text
from ...read.cleaning import LABEL_BREAK
from ..elements import Element, Piece, width_of

BULLET = re.compile(r"(?:^|\s)•\s*(?=\S)")
_DOT = re.compile(r"(?:^|\s)[●▪■·]\s*(?=\S)")
"""Opens an item too, but by itself it may be a mark of its own (`● high`) or a part of a name."""
CODE = re.compile(
    r"\b(?:[A-Z]{2,6}\s*\d+(?:-\d+)?(?:\.\d+)?|\d{3}-\d+|[A-Z]{2}-[A-Z]{2}-\d{3}[a-z]?\.\d+|[A-D]\d{1,2}\.\d{1,2})"
)
CODE_LIST = re.compile(rf"^(?:{CODE.pattern}[、,，;；\s]*)+$")
PAGE = re.compile(r"^(?:p\.?\s*)?\d{1,3}(?:[-–](?:p\.?\s*)?\d{1,3})?$", re.IGNORECASE)
SHORT = 12
"""Ideographs (or twice as many Latin letters) of a cell that names rather than tells."""
LONGEST_HEAD = 80
"""Width of a head that says in full what its column holds."""

Grid = list[list[Piece]]


class CellKind(StrEnum):
    EMPTY = "empty"
    SIGN = "sign"
    """A tick, a stroke, a dot: no letter and no digit, or a word for none."""
    PERIOD = "period"
    VALUE = "value"
    CODE = "code"
    NAME = "name"
    TEXT = "text"
    """Tells rather than names: a sentence, items of a list, many words."""


@lru_cache(maxsize=1 << 14)
def kind_of(text: str) -> CellKind:
    if not text.strip():
        return CellKind.EMPTY
    if text in NONE_CELLS or not any(char.isalnum() for char in text):
        return CellKind.SIGN
    if is_period(text):
        return CellKind.PERIOD
    if is_quantity(text):
        return CellKind.VALUE
    if CODE_LIST.match(text):
        return CellKind.CODE
    sentence = len(text) > SHORT and text[-1] in SENTENCE_END
    return CellKind.TEXT if sentence or width_of(text) > LONGEST_HEAD or BULLET.search(text) else CellKind.NAME


MEASURED = (CellKind.VALUE, CellKind.SIGN, CellKind.EMPTY)
"""What a column of data holds below its head."""
NAMES = (CellKind.NAME, CellKind.PERIOD, CellKind.CODE)


def kinds_of(row: Sequence[Piece]) -> list[CellKind]:
    return [kind_of(cell.text) for cell in row]


def filled(row: Iterable[Piece]) -> list[Piece]:
    return [cell for cell in row if cell.text]


def column(grid: Sequence[Sequence[Piece]], i: int) -> list[Piece]:
    return [row[i] for row in grid]


def mean_width(rows: Grid, i: int) -> float:
    widths = [width_of(row[i].text) for row in rows if row[i].text]
    return sum(widths) / len(widths) if widths else 0.0


def is_short(text: str, factor: float = 1) -> bool:
    return width_of(text) <= 2 * SHORT * factor and not BULLET.search(text)


def grid_of(element: Element) -> Grid:
    """The element's rows in one width, without columns and rows that hold no text at all."""
    width = max((len(row) for row in element.rows), default=0)
    rows = [[*row, *(Piece("", row[0].lines) for _ in range(width - len(row)))] for row in element.rows]
    used = [i for i in range(width) if any(row[i].text for row in rows)]
    return [[row[i] for i in used] for row in rows if any(cell.text for cell in row)]


def cell_of(piece: Piece) -> Cell:
    """A cell's text, or its items where bullets stand inside."""
    if not piece.text:
        return ()
    text = LABEL_BREAK.sub("", piece.text)
    return tuple(Text(item, lines=piece.lines) for item in _items(text))


def _items(text: str) -> list[str]:
    for mark in (BULLET, _DOT):
        if mark.search(text) and (mark is BULLET or (mark.match(text) and len(mark.findall(text)) > 1)):
            return [item.strip() for item in mark.split(text) if item.strip()]
    return [text]


def rows_of(grid: Grid) -> tuple[Row, ...]:
    return tuple(Row(tuple(cell_of(piece) for piece in row)) for row in grid)


def head_of(piece: Piece) -> Text:
    return Text(LABEL_BREAK.sub("", piece.text), lines=piece.lines)


def with_text(piece: Piece, text: str) -> Piece:
    return replace(piece, text=text)
