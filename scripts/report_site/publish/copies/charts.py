"""A chart as an SVG file of its own: for the PDF, where no style sheet reaches it. Same bytes for the same values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.etree import ElementTree as etree  # noqa: N813

from ..charts import Shape, Told, drawing_of, read_groups

EM, WIDTH = 10, 400
"""Units of the drawing: a line of labels is forty em long at the most, as on the site."""
_LINE = MappingProxyType({"fill": "none", "stroke": "currentColor", "stroke-width": "1.2"})
_LOOKS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "chart-bar": {"fill": "currentColor", "stroke": "currentColor", "stroke-width": ".6"},
        "chart-bar patterned": {"stroke": "currentColor", "stroke-width": ".6"},
        "chart-line": _LINE,
        "chart-base": {**_LINE, "stroke": "#888", "stroke-width": ".6"},
        "chart-point": {**_LINE, "fill": "#fff"},
        "chart-group": {"font-weight": "600"},
        "chart-value": {"font-weight": "600"},
    }
)
"""By the class that a style sheet would ask for. `currentColor` is the template's to settle."""


def svg_of(told: Told, families: Sequence[str]) -> bytes:
    """`families`: fonts that its texts are set with."""
    drawing = drawing_of(told.kind, read_groups(told.values), told.id)
    height = f"{drawing.height * EM:.0f}"
    size = {"width": str(WIDTH), "height": height, "viewBox": f"0 0 {WIDTH} {height}"}
    font = {"font-family": ", ".join(f"'{name}'" for name in families), "font-size": str(EM), "fill": "#1B1A17"}
    svg = etree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, **font})
    for one in drawing.shapes:
        _put(svg, one)
    return bytes(etree.tostring(svg, encoding="utf-8"))


def _put(parent: etree.Element, shape: Shape) -> None:
    attributes = dict(shape.attributes)
    look = _LOOKS.get(attributes.pop("class", ""), {})
    made = etree.SubElement(parent, shape.tag, {**look, **attributes})
    made.text = shape.text or None
    for one in shape.inside:
        _put(made, one)
