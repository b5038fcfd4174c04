"""Tables that a page break cut, and lines beside a table that are part of it: one table with one head again.

Two tables are halves of one where a page ended between them (furniture, a form feed or a page mark stands there, and
nothing else) and either the second repeats the first one's head, or its rows hold the same kinds of cells in as many
columns. A blank line alone says nothing, unless the second has values of these kinds from its first row on and no head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....language.characters import bare
from ....language.patterns import CONTINUED
from ....language.values import is_note
from ...read.classify import ClassifiedLine, LineKind
from ..elements import Element, ElementKind, Piece
from .cells import CellKind, Grid, grid_of, kinds_of
from .heads import count_heads, declared_heads

_PAGE_MARK = re.compile(r"^(?:[-–—_=*\s]{3,}|[-–—\s]*\d{1,4}[-–—\s]*|\{\d+\}-+)$")
_NOTE_MARK = re.compile(r"^(?:[*†‡①-⑳¹²³⁴-⁹]+|\[\d{1,2}\]|[（(]\d{1,2}[）)])(?=\s*\S)")
MOST_BETWEEN = 4
"""Elements that a page's end leaves between two halves: a rule, a page number, `continued`."""


class PageEnds:
    """Where pages end: lines of furniture, and lines that a form feed stands before."""

    def __init__(self, lines: Sequence[ClassifiedLine]) -> None:
        ends = [n.number for n in lines if n.kind is LineKind.FURNITURE or n.line.page_break]
        self._before = [0] * (max((n.number for n in lines), default=0) + 2)
        for number in ends:
            self._before[number] = 1
        for i in range(1, len(self._before)):
            self._before[i] += self._before[i - 1]

    def between(self, first: int, last: int) -> bool:
        return self._before[last] > self._before[first]


def join_halves(elements: Sequence[Element], ends: PageEnds) -> list[Element]:
    """The elements with each table whole that a page's end cut in two or more."""
    result: list[Element] = []
    i = 0
    while i < len(elements):
        element = elements[i]
        i += 1
        while element.kind is ElementKind.TABLE:
            j = _next_half(elements, i)
            if j is None or (joined := _joined(element, elements[i:j], elements[j], ends)) is None:
                break
            element, i = joined, j + 1
        result.append(element)
    return result


def _next_half(elements: Sequence[Element], i: int) -> int | None:
    """The next table, where nothing but what a page's end leaves stands before it."""
    for j in range(i, min(i + MOST_BETWEEN + 1, len(elements))):
        if elements[j].kind is ElementKind.TABLE:
            return j
        if not all(_PAGE_MARK.match(piece.text) or CONTINUED.match(piece.text) for piece in elements[j].pieces):
            return None
    return None


def _joined(one: Element, between: Sequence[Element], other: Element, ends: PageEnds) -> Element | None:
    caption = other.caption
    continued = any(CONTINUED.search(e.text) for e in between) or bool(caption and CONTINUED.search(caption.text))
    if caption and not continued and (one.caption is None or bare(caption.text) != bare(one.caption.text)):
        return None
    ended = continued or bool(between) or ends.between(one.lines[-1], other.lines[0])
    grid, more = grid_of(one), grid_of(other)
    if not grid or not more or len(grid[0]) != len(more[0]):
        return None
    heads = count_heads(grid, declared_heads(one))
    repeated = _repeats(grid[: max(1, heads)], more) if ended else 0
    headless = heads and not count_heads(more, declared_heads(other))
    if not repeated and not ((ended or headless) and _is_alike(grid[heads:], more[0], continued)):
        return None
    marks = tuple(n for e in between for n in e.lines) + (caption.lines if caption else ())
    rows = _with_lines_of(grid[:repeated], more[:repeated]) + grid[repeated:] + more[repeated:]
    return replace(one, rows=tuple(map(tuple, rows)), extra=(*one.extra, *other.extra, *marks))


def _repeats(head: Grid, more: Grid) -> int:
    """How many rows of the second half repeat the head of the first."""
    first, second = ([[bare(cell.text) for cell in row] for row in half] for half in (head, more[: len(head)]))
    return len(head) if len(more) > len(head) and first == second else 0


def _with_lines_of(head: Grid, again: Grid) -> Grid:
    """The head stems from both places."""
    return [
        [replace(cell, lines=(*cell.lines, *double.lines)) for cell, double in zip(row, twice, strict=True)]
        for row, twice in zip(head, again, strict=True)
    ]


def _is_alike(body: Grid, row: Sequence[Piece], continued: bool) -> bool:
    """The second half goes on with a row of data like the last one above it, and has no head of its own."""
    if not body:
        return False
    kinds, above = kinds_of(row), kinds_of(body[-1])
    loose = (CellKind.EMPTY, CellKind.SIGN)
    same = all(a is b or a in loose or b in loose for a, b in zip(kinds, above, strict=True))
    return same and (CellKind.VALUE in kinds or (continued and CellKind.TEXT in kinds))


def attach_notes(elements: Sequence[Element]) -> list[Element]:
    """Notes and sources right below a table belong to it; so does a line that explains a mark in its cells."""
    result: list[Element] = []
    for element in elements:
        table = result[-1] if result else None
        if table is not None and table.kind is ElementKind.TABLE and _is_note_of(element, table):
            result[-1] = replace(table, notes=(*table.notes, element.pieces[0]))
        else:
            result.append(element)
    return result


def _is_note_of(element: Element, table: Element) -> bool:
    if element.kind is not ElementKind.PARAGRAPH:
        return False
    if element.text.startswith("※"):
        return True
    mark = _NOTE_MARK.match(element.text)
    marked = mark is not None and any(mark[0] in cell.text for row in table.rows for cell in row)
    return is_note(element.text) or marked


# --- lines beside a table ------------------------------------------------------------------------------------------


def absorb_columns(elements: Sequence[Element]) -> list[Element]:
    """Short lines right before a table that repeat one of its columns from the top belong to its cells."""
    result: list[Element] = []
    for element in elements:
        if element.kind is ElementKind.TABLE:
            element = _with_repeated(result, element)
        result.append(element)
    return result


def _with_repeated(before: list[Element], table: Element) -> Element:
    """`table` with the lines of the elements that repeat a column; those are taken from the end of `before`."""
    width = min((len(row) for row in table.rows), default=0)
    for i in range(width):
        texts = [bare(row[i].text) for row in table.rows]
        for start in (0, 1):
            taken = _ending(before, texts[start:])
            if taken:
                pieces = [piece for element in before[-taken:] for piece in element.pieces]
                del before[-taken:]
                return _with_column(table, i, start, pieces)
    return table


def _ending(before: Sequence[Element], texts: Sequence[str]) -> int:
    """How many elements at the end of `before` say just `texts`; at least three lines, none of them empty."""
    if len(texts) < 3 or not all(texts):
        return 0
    told: list[str] = []
    plain = (ElementKind.PARAGRAPH, ElementKind.HEADING, ElementKind.WORDS)
    for taken in range(1, min(len(texts), len(before)) + 1):
        element = before[-taken]
        if element.kind not in plain or element.level or any(len(piece.lines) > 1 for piece in element.pieces):
            return 0
        told = [*(bare(piece.text) for piece in element.pieces), *told]
        if told == list(texts):
            return taken
        if told != list(texts[-len(told) :]):
            return 0
    return 0


def _with_column(table: Element, i: int, start: int, pieces: Sequence[Piece]) -> Element:
    lines = [piece.lines for piece in pieces]
    rows = list(table.rows)
    for k, more in enumerate(lines, start):
        row = list(rows[k])
        row[i] = replace(row[i], lines=(*row[i].lines, *more))
        rows[k] = tuple(row)
    return replace(table, rows=tuple(rows))
