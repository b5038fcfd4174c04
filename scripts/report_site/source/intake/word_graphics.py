"""Charts and diagrams that Word draws: the numbers that a chart is drawn from, the words in a diagram."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from .word_lists import whole

Node = Any
"""An element of the file's XML."""
_DIAGRAM_NODES = (None, "node", "asst")
"""Of a diagram's points those that hold words: the others are its lines and layout."""
MOST_DIGITS = 15
"""As many as Office shows: 0.1 + 0.2 is kept as 0.30000000000000004."""
MOST_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    rows: tuple[tuple[str, ...], ...]
    """The names of the series, then for each category its name and its values."""


@dataclass(frozen=True, slots=True)
class Diagram:
    words: tuple[str, ...]
    """In the file's order."""


def graphics_in(element: Node, document: Document) -> Iterator[Chart | Diagram]:
    """In the order of the text, each once."""
    for reference in element.iter(qn("c:chart"), qn("dgm:relIds")):
        if any(parent.tag.endswith("}Fallback") for parent in reference.iterancestors()):
            continue
        named = reference.get(qn("r:id")) or reference.get(qn("r:dm")) or ""
        if part := document.part.related_parts.get(named):
            root = parse_xml(part.blob)
            if found := _chart(root) if reference.tag == qn("c:chart") else _diagram(root):
                yield found


def _chart(root: Node) -> Chart | None:
    series = list(root.iter(qn("c:ser")))
    columns = [_points(one, "c:val", "c:yVal") for one in series]
    names = _first_names(series)
    count = max((max(column, default=-1) for column in columns), default=-1) + 1
    if not 0 < count <= MOST_POINTS:
        return None
    heads = ("", *(_joined(one.find(qn("c:tx"))) for one in series))
    rows = ((names.get(i, ""), *(column.get(i, "") for column in columns)) for i in range(count))
    return Chart(_joined(root.find(f"{qn('c:chart')}/{qn('c:title')}")), (heads, *rows))


def _first_names(series: Sequence[Node]) -> dict[int, str]:
    return next((found for one in series if (found := _points(one, "c:cat", "c:xVal"))), {})


def _points(series: Node, *holders: str) -> dict[int, str]:
    """By place; numbers as their format shows them."""
    for holder in holders:
        if (found := series.find(qn(holder))) is None:
            continue
        form = "".join(node.text or "" for node in found.iter(qn("c:formatCode")))
        points = [(whole(point.get("idx"), i), point) for i, point in enumerate(found.iter(qn("c:pt")))]
        return {at: _shown(_joined(point), point.get("formatCode") or form) for at, point in points}
    return {}


def _shown(value: str, form: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return value
    percent, grouping = "%" in form, "," if "," in form else ""
    shown = f"{Decimal(f'{number:.{MOST_DIGITS}g}') * (100 if percent else 1):{grouping}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + ("%" if percent else "")


def _joined(node: Node | None) -> str:
    """What is written in it, rich or kept from a cell."""
    if node is None:
        return ""
    return " ".join("".join(part.text or "" for part in node.iter(qn("a:t"), qn("c:v"))).split())


def _diagram(root: Node) -> Diagram | None:
    points = (point for point in root.iter(qn("dgm:pt")) if point.get("type") in _DIAGRAM_NODES)
    words = tuple(said for point in points if (said := _joined(point)))
    return Diagram(words) if words else None
