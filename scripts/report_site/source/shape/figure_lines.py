"""Key figures that the extraction left as lines: which short line beside a value is its label.

An extraction gives a strip as value and label in turn, label and value in turn, or all values and then all labels. A
run of lone values and short lines is paired only where one of these orders fits it from end to end; a single pair
needs more: no blank line between the two, or a sentence that says the same. All else stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...language.characters import bare
from ...language.joining import join_lines
from ...language.units import is_unit
from ...language.values import is_marked, is_value, labelled_value
from ...model import RuleName
from .elements import Element, ElementKind, Piece, width_of
from .key_figures import LEAST_SHARE, Prose, SpokenProse, pair_strip

LONGEST_LABEL = 60
_NO_LABEL = re.compile(r"[。；！？!?;：:]|[，,]$|\.$")
_VALUES_FIRST = re.compile(r"(?:VL){2,}(?=L)")
"""A run that opens with a value pairs each value with the line behind it, whatever lines follow."""
_VALUES_LAST = re.compile(r"(?<=L)(?:LV){2,}$")
_WEAK_HEADINGS = (RuleName.UNMARKED_TITLE, RuleName.TITLE_ABOVE_TEXT, RuleName.MARKED_HEADING)
Rows = list[list[Piece]]


def pair_lines(elements: Sequence[Element], titles: frozenset[str], spoken: SpokenProse) -> list[Element]:
    """The elements with each run of lone values and labels made one strip; `titles`: those of the contents list."""
    result: list[Element] = []
    i = 0
    while i < len(elements):
        end = i
        while end < len(elements) and (_is_values(elements[end]) or _is_label(elements[end], titles)):
            end += 1
        run = elements[i:end]
        if any(_is_values(element) for element in run):
            result.extend(_paired(run, spoken))
        else:
            result.extend(run)
        i = max(end, i + 1)
        if not run:
            result.append(elements[i - 1])
    return [_alone(element) for element in result]


def _is_values(element: Element) -> bool:
    if element.kind is not ElementKind.KEY_FIGURES or element.rows:
        return False
    return all(is_value(piece.text) for piece in element.pieces)


def _is_label(element: Element, titles: frozenset[str]) -> bool:
    """A short line that is no sentence; a heading only where nothing but its place says that it is one."""
    if element.kind is ElementKind.HEADING and (element.level or element.rule not in _WEAK_HEADINGS):
        return False
    if element.kind not in (ElementKind.HEADING, ElementKind.PARAGRAPH) or len(element.lines) > 3:
        return False
    text = element.text
    return (
        any(char.isalpha() for char in text)
        and width_of(text) <= LONGEST_LABEL
        and not _NO_LABEL.search(text)
        and bare(text) not in titles
    )


def _paired(run: Sequence[Element], spoken: SpokenProse) -> list[Element]:
    """The run with the longest part of it that an order fits made a strip."""
    tokens = [(element, piece) for element in run for piece in element.pieces]
    marks = "".join("V" if _is_values(element) else "L" for element, _ in tokens)
    prose = spoken.around(next(element for element in run if _is_values(element)))
    found: list[tuple[float, list[Element]]] = []
    for start, end in _spans(run, tokens):
        rows = _rows([piece for _, piece in tokens[start:end]], marks[start:end], prose)
        if rows is not None:
            strip = _strip(rows, prose)
            around = _elements_of(run, tokens, 0, start), _elements_of(run, tokens, end, len(tokens))
            found.append((_told(strip, prose), [*around[0], strip, *around[1]]))
    return max(found, key=lambda one: one[0])[1] if found else list(run)


def _told(strip: Element, prose: Prose) -> float:
    """How much the sentences around say the same as the pairs."""
    pairs = [(value.text, label.text) for value, label in strip.rows if value.text and label.text]
    return sum(prose.affinities(value, [label])[0] for value, label in pairs)


Token = tuple[Element, Piece]


def _spans(run: Sequence[Element], tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The whole run; then without what may head it, or what follows. A heading marked as such is no label, unless
    values are marked too.
    """
    count = len(tokens)
    marks = "".join("V" if _is_values(element) else "L" for element, _ in tokens)
    loose = [match.span() for match in (_VALUES_FIRST.match(marks), _VALUES_LAST.search(marks)) if match]
    first = run[0].kind is ElementKind.HEADING and run[0].rule == RuleName.MARKED_HEADING
    if first and not any(element.rule == RuleName.MARKED_VALUE for element in run):
        return [(1, count), (1, count - 1)]
    return [(0, count), (1, count), (0, count - 1), *loose]


def _elements_of(run: Sequence[Element], tokens: Sequence[Token], start: int, end: int) -> list[Element]:
    kept = {id(element) for element, _ in tokens[start:end]}
    return [element for element in run if id(element) in kept]


def _are_cells(labels: Sequence[Piece], prose: Prose) -> bool:
    """A name and its unit beside each other: cells of a table's row, none of which names one of the values alone."""
    units = [is_unit(label.text, prose.language) for label in labels]
    return any(units) and not all(units)


def _rows(pieces: Sequence[Piece], marks: str, prose: Prose) -> Rows | None:
    """Values and labels side by side or in two rows, by the first order that fits."""
    if re.search("LL", marks) and _are_cells([p for p, mark in zip(pieces, marks, strict=True) if mark == "L"], prose):
        return None
    for order, lay in _ORDERS:
        if re.fullmatch(order, marks) and (marks.count("V") > 1 or _belongs(pieces, marks.index("V"), prose)):
            rows = lay(pieces, marks)
            values = [cell.text for row in rows for cell in row if is_value(cell.text)]
            told = [is_marked(value) or "," in value for value in values]
            if rows and (all(told) or (any(told) and _touching(pieces))):
                return rows
    return None


def _belongs(pieces: Sequence[Piece], at: int, prose: Prose) -> bool:
    """A single pair: no blank line between value and label, or a sentence that holds both."""
    value = pieces[at]
    labels = [piece for piece in pieces if piece is not value]
    label = join_lines([piece.text for piece in labels])
    return _touching(pieces) or max(prose.affinities(value.text, [label]), default=0.0) >= LEAST_SHARE


def _touching(pieces: Sequence[Piece]) -> bool:
    """No blank line parts any two of them."""
    return all(abs(a.lines[0] - b.lines[-1]) == 1 for a, b in zip(pieces[1:], pieces, strict=False))


def _each(pieces: Sequence[Piece], marks: str) -> Rows:
    """A value, then its label; the label may take two lines."""
    rows: Rows = []
    for piece, mark in zip(pieces, marks, strict=True):
        if mark == "V":
            rows.append([piece])
        else:
            rows[-1].append(piece)
    return rows if len({len(row) for row in rows}) == 1 else []


def _before(pieces: Sequence[Piece], marks: str) -> Rows:
    return [[value, label] for label, value in zip(pieces[::2], pieces[1::2], strict=True)]


def _after(pieces: Sequence[Piece], marks: str) -> Rows:
    """All values, then all labels, or the other way round."""
    half = len(pieces) // 2
    return [list(pieces[:half]), list(pieces[half:])] if set(marks[:half]) != set(marks[half:]) else []


_ORDERS: tuple[tuple[str, Callable[[Sequence[Piece], str], Rows]], ...] = (
    (r"(?:VL{1,2})+", _each),
    (r"(?:LV)+", _before),
    (r"VV+LL+|LL+VV+", _after),
)


def _strip(rows: Rows, prose: Prose) -> Element:
    """Pairs as rows of an element of key figures: value, label; one of the two may be empty."""
    pairs, caption = pair_strip(rows, prose)
    nothing = Piece("", ())
    return Element(
        ElementKind.KEY_FIGURES,
        (),
        rows=tuple((pair.value or nothing, pair.label or nothing) for pair in pairs),
        rule="paired-lines",
        caption=caption,
    )


def _alone(element: Element) -> Element:
    """A single `label: value` is a line of text: only several of them make a strip."""
    lone = element.kind is ElementKind.KEY_FIGURES and len(element.pieces) == 1 and not element.rows
    return replace(element, kind=ElementKind.PARAGRAPH) if lone and labelled_value(element.text) else element
