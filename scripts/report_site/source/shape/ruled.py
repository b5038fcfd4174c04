"""Tables whose cells report.yml sets: each printed cell must stand in the lines, each row fill the head, each number
of the lines be used once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ...folder.layout import PROFILE_NAME
from ...folder.profile import Bilingual, TableRuling
from ...language.characters import bare
from ...model import Block, Cell, DataTable, KeyFigure, KeyFigures, KeyValueTable, Language, Row, TagList, Text
from ...model.errors import Problem
from .elements import Element, Piece
from .figures import lines_holding, own_text
from .tables import TableKind, cell_of, printed_head

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
RuledCell = str | tuple[str, ...] | Bilingual | None


@dataclass(frozen=True, slots=True)
class Ruled:
    """The block that a ruling gives, what it leaves out of the lines, and what is wrong with it."""

    block: Block
    problems: tuple[Problem, ...] = ()
    left_out: Mapping[int, str] = field(default_factory=dict)
    """Printed cells with numbers that no cell of the ruling holds, by line."""


def shape_ruled(element: Element, ruling: TableRuling, language: Language) -> Ruled:
    kind = TableKind(ruling.kind) if ruling.kind else None
    pieces = (*element.pieces, *(cell for row in element.rows for cell in row))
    place = f"{ruling.at.in_file(PROFILE_NAME)}: tables at {ruling.at}"
    rows = tuple(Row(tuple(_cell(cell, pieces, language) for cell in row)) for row in ruling.rows)
    head = _head(element, ruling, pieces, rows, language) if kind in _HEADED else ()
    used = {n for row in rows for cell in row.cells for text in cell for n in text.lines}
    used |= {n for text in head for n in text.lines}
    caption = Text(element.caption.text, lines=element.caption.lines) if element.caption else None
    lines = tuple(sorted(used | set(caption.lines if caption else ())))
    build = _BUILD.get(kind) if kind else _data if any(len(row.cells) > 2 for row in rows) else None
    block = (build or _pairs)(_Parts(lines, head, rows, caption))
    problems = [*_lost(ruling, pieces, place), *_widths(ruling, kind, head, place)]
    if kind in _PICTURES:
        return Ruled(block, tuple(problems))
    printed, told = _numbers(piece.text for piece in pieces), _numbers(_told(block, ruling, language))
    problems += [
        Problem(place, f"the number {number} is used {told[number]} times, printed {times}", "use each number once")
        for number, times in printed.items()
        if told[number] > times
    ]
    return Ruled(block, tuple(problems), _left_out(pieces, printed - told))


_PICTURES = (TableKind.CAPTIONS, TableKind.FIGURE, TableKind.NOISE, TableKind.TAG_LIST)
"""Kinds whose numbers may be what recognition made of a picture."""
_HEADED = (TableKind.DATA, TableKind.INDEX, TableKind.HEADLESS)


def _numbers(texts: Iterator[str]) -> Counter[str]:
    return Counter(number for text in texts for number in _NUMBER.findall(text))


def _told(block: Block, ruling: TableRuling, language: Language) -> Iterator[str]:
    """Texts of the ruling's cells, its head and caption in the report's language."""
    for row in ruling.rows:
        for cell in row:
            yield from (cell,) if isinstance(cell, str) else cell if isinstance(cell, tuple) else ()
            if isinstance(cell, Bilingual):
                yield cell[language]
    yield from (text[language] for text in ruling.header)
    if not ruling.header and isinstance(block, DataTable):
        yield from (text.source for text in block.header)
    if ruling.caption:
        yield ruling.caption[language]


def _left_out(pieces: Sequence[Piece], numbers: Counter[str]) -> dict[int, str]:
    left: dict[int, list[str]] = {}
    for piece in pieces:
        if any(numbers[number] for number in _NUMBER.findall(piece.text)):
            left.setdefault(piece.lines[0], []).append(piece.text)
    return {line: " | ".join(texts) for line, texts in left.items()}


# --- cells and heads -----------------------------------------------------------------------------------------------


def _cell(cell: RuledCell, pieces: tuple[Piece, ...], language: Language) -> Cell:
    if cell is None:
        return ()
    if isinstance(cell, Bilingual):
        return (own_text(cell, language),)
    return tuple(_text(text, pieces) for text in ((cell,) if isinstance(cell, str) else cell))


def _text(text: str, pieces: tuple[Piece, ...]) -> Text:
    lines = lines_holding(text, pieces)
    return cell_of(Piece(text, lines))[0] if lines and text else Text(text)


def _lost(ruling: TableRuling, pieces: tuple[Piece, ...], place: str) -> Iterator[Problem]:
    for row in ruling.rows:
        for cell in row:
            for text in (cell,) if isinstance(cell, str) else cell if isinstance(cell, tuple) else ():
                if not lines_holding(text, pieces):
                    yield Problem(
                        place,
                        f"the cell {text!r} doesn't stand in these lines",
                        "write it as printed, or give it in both languages",
                    )


def _head(
    element: Element, ruling: TableRuling, pieces: tuple[Piece, ...], rows: Sequence[Row], language: Language
) -> tuple[Text, ...]:
    """The printed head: what the editor's heads stand in the place of, or the head itself where none is given."""
    printed = printed_head(element)
    if not ruling.header:
        return printed if printed and all(len(row.cells) == len(printed) for row in rows) else ()
    if len(printed) == len(ruling.header):
        return printed
    found = (Text(text[language], lines=lines_holding(text[language], pieces)) for text in ruling.header)
    return tuple(found)


def _widths(ruling: TableRuling, kind: TableKind | None, head: Sequence[Text], place: str) -> Iterator[Problem]:
    """A row that has other cells than the head would put them under the wrong one."""
    if kind in (TableKind.TAG_LIST, TableKind.CAPTIONS, TableKind.RAGGED):
        return
    width = _WIDTHS.get(kind) if kind else None
    width = width or len(ruling.header) or len(head) or max(map(len, ruling.rows))
    for row in ruling.rows:
        if len(row) != width:
            cells = ", ".join("null" if cell is None else str(cell) for cell in row)
            yield Problem(
                place,
                f"the row [{cells}] has {len(row)} cells, not {width}",
                "give every column its cell; write null where none is printed",
            )


_WIDTHS: Mapping[TableKind, int] = MappingProxyType({TableKind.KEY_VALUE: 2, TableKind.KEY_FIGURES: 2})


# --- blocks --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parts:
    lines: tuple[int, ...]
    head: tuple[Text, ...]
    rows: tuple[Row, ...]
    caption: Text | None


def _data(parts: _Parts) -> Block:
    return DataTable(lines=parts.lines, header=parts.head, rows=parts.rows, caption=parts.caption)


def _pairs(parts: _Parts) -> Block:
    return KeyValueTable(lines=parts.lines, rows=parts.rows, caption=parts.caption)


def _figures(parts: _Parts) -> Block:
    return KeyFigures(lines=parts.lines, figures=tuple(map(_figure, parts.rows)), caption=parts.caption)


def _figure(row: Row) -> KeyFigure:
    value, *rest = row.cells
    return KeyFigure(value[0] if value else Text(""), rest[0][0] if rest and rest[0] else None)


def _words(parts: _Parts) -> Block:
    items = tuple(text for row in parts.rows for cell in row.cells for text in cell)
    return TagList(lines=parts.lines, items=items, caption=parts.caption)


_BUILD: Mapping[TableKind, Callable[[_Parts], Block]] = MappingProxyType(
    {
        TableKind.DATA: _data,
        TableKind.HEADLESS: _data,
        TableKind.INDEX: _data,
        TableKind.KEY_VALUE: _pairs,
        TableKind.RAGGED: _pairs,
        TableKind.KEY_FIGURES: _figures,
        TableKind.TAG_LIST: _words,
    }
)


def cells_left(element: Element, kept: Sequence[str]) -> dict[int, str]:
    """Cells that no text of a block holds, line by line."""
    told = bare(" ".join(kept))
    left: dict[int, str] = {}
    for cell in (cell for row in element.rows for cell in row if cell.text):
        if bare(cell.text) not in told and not _in_pieces(cell.text, told):
            for number in cell.lines:
                left[number] = f"{left.get(number, '')} {cell.text}".strip()
    return left


def _in_pieces(cell: str, told: str) -> bool:
    """A cell with list items: each stands on its own."""
    parts = [bare(part) for part in re.split(r"[•●、,;；|/]", cell) if bare(part)]
    return bool(parts) and all(part in told for part in parts)
