"""Charts as inline SVG; colours and strokes come from the style sheet."""

from __future__ import annotations

from typing import ClassVar
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from pymdownx.blocks.block import Block, type_any, type_string

from ...publish.charts import Shape, drawing_of, read_groups
from .markup import Options, element


class ChartBlock(Block):
    """A chart named by its kind and described by its values, captioned; its table follows it (WCAG 1.1.1, 1.4.1)."""

    NAME = "chart"
    ARGUMENT = True
    OPTIONS: ClassVar[Options] = {
        "kind": ("bars", type_string),
        "name": ("", type_string),
        "description": ("", type_string),
        "values": ([], type_any),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        figure = element(parent, "figure", class_="chart")
        element(figure, "figcaption", self.argument)
        groups = read_groups(self.options["values"])
        if groups:
            identity = self.options["attrs"].get("id", "chart")
            svg = element(figure, "svg", role="img", width="100%", aria_labelledby=f"{identity}-name")
            svg.set("aria-describedby", f"{identity}-values")
            element(svg, "title", self.options["name"], id=f"{identity}-name")
            element(svg, "desc", self.options["description"], id=f"{identity}-values")
            drawing = drawing_of(self.options["kind"], groups, identity)
            for one in drawing.shapes:
                _put(svg, one)
            svg.set("height", f"{drawing.height:.1f}em")
        return figure


def _put(parent: etree.Element, shape: Shape) -> None:
    made = element(parent, shape.tag, shape.text)
    for name, value in shape.attributes.items():
        made.set(name, value)
    for one in shape.inside:
        _put(made, one)
