"""Charts as shapes: lengths in em and per cent, so that text keeps its size at any width.

Colours and strokes come from whoever sets the shapes. Each value is printed beside its mark, so no colour says anything
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from types import MappingProxyType

from ...language.characters import is_han

_LABEL_WIDTH, _VALUE_WIDTH = 10.0, 6.0
"""In em: together they fit a screen of 320 pixels."""
_LINE, _BAR, _GAP, _PLOT = 1.4, 0.9, 0.5, 6.0
_PATTERNS: Mapping[int, str] = MappingProxyType({1: "M0 8 8 0M-2 2 2-2M6 10 10 6", 2: "M0 4H8", 3: "M0 4H8M4 0V8"})
"""Strokes that fill the second bar of each group and those after it, in squares of eight pixels; the first is full."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A value with its share of the largest, in per cent."""

    label: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    label: str
    marks: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of SVG."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""
    inside: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    shapes: tuple[Shape, ...]
    height: float
    """In em."""


def shape(tag: str, text: str = "", **attributes: str) -> Shape:
    return Shape(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}, text)


def drawing_of(kind: str, groups: Sequence[DrawnGroup], identity: str) -> Drawing:
    """`kind`: `bars` or `lines`; `identity`: what ids inside begin with."""
    pen = Pen()
    height = draw_lines(pen, groups) if kind == "lines" else draw_bars(pen, groups, identity)
    return Drawing(tuple(pen.shapes), height)


class Pen:
    def __init__(self) -> None:
        self.shapes: list[Shape] = []

    def draw(self, tag: str, text: str = "", **attributes: str) -> None:
        self.shapes.append(shape(tag, text, **attributes))


def read_groups(values: object) -> tuple[DrawnGroup, ...]:
    """From `[label, [label, value, digits], …]` for each, as the converter writes them; none where that is broken."""
    try:
        rows = [_read_group(*row) for row in values]  # type: ignore[attr-defined]
    except (TypeError, ValueError, InvalidOperation):
        return ()
    most = max((number for _, marks in rows for *_, number in marks if number.is_finite()), default=Decimal(0))
    if most <= 0 or any(not (number.is_finite() and number >= 0) for _, marks in rows for *_, number in marks):
        return ()
    return tuple(
        DrawnGroup(label, tuple(Drawn(name, value, float(100 * number / most)) for name, value, number in marks))
        for label, marks in rows
    )


def _read_group(label: object, *marks: Iterable[object]) -> tuple[str, list[tuple[str, str, Decimal]]]:
    return str(label), [(str(name), str(value), Decimal(str(digits))) for name, value, digits in marks]


# --- bars ----------------------------------------------------------------------------------------------------------


def draw_bars(pen: Pen, groups: Sequence[DrawnGroup], identity: str) -> float:
    """A bar below each label and value, from zero; returns the height in em."""
    patterned = len(groups) > 1
    if patterned:
        pen.shapes.append(Shape("defs", {}, inside=tuple(_patterns(identity))))
    y = 0.0
    for group in groups:
        y = _heading(pen, group.label, y)
        for i, mark in enumerate(group.marks):
            y = _labelled(pen, mark, y)
            number = i % (len(_PATTERNS) + 1) if patterned else 0
            look = {"class": "chart-bar patterned", "fill": f"url(#{identity}-fill-{number})"} if number else {}
            size = {"x": "0", "y": _em(y), "width": _percent(mark.share), "height": _em(_BAR)}
            pen.draw("rect", **{"class": "chart-bar", **size, **look})
            y += _BAR + _GAP
        y += _GAP
    return y


def _patterns(identity: str) -> Iterator[Shape]:
    for number, strokes in _PATTERNS.items():
        path = shape("path", class_="chart-line", d=strokes)
        size = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
        yield Shape("pattern", {"id": f"{identity}-fill-{number}", **size}, inside=(path,))


def _heading(pen: Pen, label: str, y: float) -> float:
    for line in _lines(label, _LABEL_WIDTH + _VALUE_WIDTH):
        pen.draw("text", line, class_="chart-group", x="0", y=_em(y + 1))
        y += _LINE
    return y


def _labelled(pen: Pen, mark: Drawn, y: float) -> float:
    """Label at the start, value at the end of its last line, or of one of its own where it is long."""
    for line in _lines(mark.label, _LABEL_WIDTH):
        pen.draw("text", line, x="0", y=_em(y + 1))
        y += _LINE
    if _width(mark.value) > _VALUE_WIDTH:
        y += _LINE
    at = _em(y - _LINE + 1)
    pen.draw("text", mark.value, class_="chart-value", x="100%", y=at, text_anchor="end")
    return y


# --- lines ---------------------------------------------------------------------------------------------------------


def draw_lines(pen: Pen, groups: Sequence[DrawnGroup]) -> float:
    """A panel a series, all on one scale from zero; the first and the last value are printed."""
    y = 0.0
    for group in groups:
        y = _heading(pen, group.label, y)
        top, bottom = y + _LINE + _GAP, y + _LINE + _GAP + _PLOT
        points = list(_points(group, top))
        pen.draw("line", class_="chart-base", x1="0", y1=_em(bottom), x2="100%", y2=_em(bottom))
        for (x1, y1), (x2, y2) in pairwise(points):
            pen.draw("line", class_="chart-line", x1=_percent(x1), y1=_em(y1), x2=_percent(x2), y2=_em(y2))
        for x, at in points:
            pen.draw("circle", class_="chart-point", cx=_percent(x), cy=_em(at), r="0.25em")
        for end, place, anchor in ((0, "0", "start"), (-1, "100%", "end")):
            mark, (_, at) = group.marks[end], points[end]
            pen.draw("text", mark.value, class_="chart-value", x=place, y=_em(at - 0.6), text_anchor=anchor)
            pen.draw("text", mark.label, x=place, y=_em(bottom + 1.2), text_anchor=anchor)
        y = bottom + 2 * _LINE
    return y


def _points(group: DrawnGroup, top: float) -> Iterator[tuple[float, float]]:
    """Per cent from the left by the mark's place, em from the top by its share."""
    years = [int(digits) if (digits := "".join(filter(str.isdigit, mark.label))) else 0 for mark in group.marks]
    first, span = years[0], years[-1] - years[0]
    for i, (mark, year) in enumerate(zip(group.marks, years, strict=True)):
        along = (year - first) / span if span > 0 else i / max(len(years) - 1, 1)
        yield 2 + 96 * along, top + _PLOT * (1 - mark.share / 100)


# --- text ----------------------------------------------------------------------------------------------------------


def _width(text: str) -> float:
    return sum(1.0 if is_han(char) or ord(char) > 0x2E80 else 0.6 for char in text)


def _lines(text: str, widest: float) -> list[str]:
    """The text in lines of that width: SVG breaks none."""
    lines: list[str] = [""] if text else []
    for word in _words(text):
        if lines[-1] and _width(lines[-1] + word.rstrip()) > widest:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]


def _words(text: str) -> Iterator[str]:
    """What a line may begin with: an ideograph, or a word with the blank behind it."""
    word = ""
    for char in text:
        if word and (is_han(char) or word[-1] == " " or is_han(word[-1])):
            yield word
            word = ""
        word += char
    if word:
        yield word


def _em(length: float) -> str:
    return f"{length:.2f}em"


def _percent(share: float) -> str:
    return f"{share:.2f}%"
