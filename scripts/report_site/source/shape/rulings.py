"""What report.yml decides of elements: ranges of lines that are one table or diagram, blocks that moved, titles that
ran over.

A ruling whose place isn't in the source is passed over and named, since another wording or year may not have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...folder.places import Places, Span
from ...folder.profile import Place, TableRuling
from ...model import RuleName
from ..read.classify import ClassifiedLine
from .elements import Element, ElementKind, Piece


@dataclass(frozen=True, slots=True)
class RuledElements:
    elements: tuple[Element, ...]
    tables: dict[int, TableRuling]
    """Table rulings by the first line of their element."""
    unmoved: tuple[Place, ...]
    """Places of moves where no element begins."""


def rule_elements(elements: Sequence[Element], places: Places) -> RuledElements:
    """Ranges of lines gathered into tables or diagrams, then blocks moved to where they are read."""
    result = list(elements)
    tables: dict[int, TableRuling] = {}
    for span, ruling in places.tables:
        result, first = _gather(result, span, ElementKind.TABLE)
        if first is not None:
            tables[first] = ruling
    for span in places.diagrams:
        result, _ = _gather(result, span, ElementKind.WORDS)
    unmoved: list[Place] = []
    for move, what, after in places.moves:
        moving = [e for e in result if e.lines and what[0] <= e.lines[0] <= what[1]]
        rest = [e for e in result if e not in moving]
        at = next((i for i in range(len(rest) - 1, -1, -1) if after[0] in rest[i]), None)
        if moving and at is not None:
            result = [*rest[: at + 1], *moving, *rest[at + 1 :]]
        else:
            unmoved.append(move.after if moving else move.move)
    return RuledElements(tuple(result), tables, tuple(unmoved))


def _gather(elements: list[Element], span: Span, kind: ElementKind) -> tuple[list[Element], int | None]:
    """All elements that begin in the span become one; a single element stays as it is."""
    inside = [e for e in elements if e.lines and span[0] <= _start(e) <= span[1]]
    if not inside:
        return elements, None
    if len(inside) == 1 and inside[0].kind is kind:
        return elements, _start(inside[0])
    rows = tuple(row for e in inside for row in _rows_of(e))
    pieces = tuple(piece for row in rows for piece in row if piece.text)
    extra = tuple(n for e in inside for n in e.extra)
    one = Element(
        kind,
        () if kind is ElementKind.TABLE else pieces,
        rows if kind is ElementKind.TABLE else (),
        rule="ruling",
        extra=extra,
    )
    at = elements.index(inside[0])
    rest = [e for e in elements if e not in inside]
    return [*rest[:at], one, *rest[at:]], one.lines[0]


def _start(element: Element) -> int:
    """The first line of its own: a table's first row, not the title above it."""
    return element.rows[0][0].lines[0] if element.rows else element.lines[0]


def _rows_of(element: Element) -> Iterable[tuple[Piece, ...]]:
    caption = [(element.caption,)] if element.caption else []
    return [*caption, *(element.rows or [(piece,) for piece in element.pieces])]


def overrun_titles(elements: Sequence[Element], lines: Sequence[ClassifiedLine]) -> list[Element]:
    """A quoted phrase that ran over from a title into the paragraph goes back to the title."""
    ruled = {line.number for line in lines if line.rule == RuleName.RULING_TITLE_OVERRUN}
    result: list[Element] = []
    for element in elements:
        match = (
            re.match(r"^([“《\"][^”》\"]{1,24}[”》\"])\s*(?=\S)", element.text)
            if element.lines and element.lines[0] in ruled
            else None
        )
        if match and result and result[-1].kind is ElementKind.HEADING:
            title, piece = result[-1].pieces[0], element.pieces[0]
            result[-1] = replace(result[-1], pieces=(Piece(title.text + match[1], (*title.lines, *piece.lines)),))
            element = replace(element, pieces=(Piece(piece.text[match.end() :].strip(), piece.lines),))
        result.append(element)
    return result
