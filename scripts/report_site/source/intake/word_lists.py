"""What Word prints before an item: it keeps numbers out of the text and counts when it shows the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

Node = Any
"""An element of the file's XML."""
BULLET = "- "
_PLACE = re.compile(r"%\d")


@dataclass(slots=True)
class ItemMarks:
    """Counts the items of each list and level as the document is walked from its beginning on."""

    document: Document
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    def before(self, paragraph: Node, style: Node | None) -> str:
        """`1. `, `(a) ` or a bullet; nothing for what is no item."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if found is None and style is not None:
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number, level = _value(found, "w:numId"), whole(_value(found, "w:ilvl"), 0)
        if number in ("", "0"):
            return ""
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]
        self.counts[number, level] += 1
        return self._mark(number, level)

    def _mark(self, number: str, level: int) -> str:
        """As the list's definition spells it; a bullet where it counts upper levels too, or by other signs."""
        shape = self._definition(number, level)
        text, sign = _value(shape, "w:lvlText"), _value(shape, "w:numFmt")
        count = self.counts[number, level] + whole(_value(shape, "w:start"), 1) - 1
        if len(_PLACE.findall(text)) != 1 or not (said := _counted(count, sign)):
            return BULLET
        return f"{_PLACE.sub(said, text).strip()} "

    def _definition(self, number: str, level: int) -> Node | None:
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return None
        lists = {one.get(qn("w:numId")): _value(one, "w:abstractNumId") for one in root.iter(qn("w:num"))}
        for one in root.iter(qn("w:abstractNum")):
            if one.get(qn("w:abstractNumId")) == lists.get(number):
                levels = (shape for shape in one.iter(qn("w:lvl")) if shape.get(qn("w:ilvl")) == str(level))
                return next(levels, None)
        return None


def _value(node: Node | None, tag: str) -> str:
    found = node.find(qn(tag)) if node is not None else None
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def whole(value: str | None, default: int) -> int:
    """A number of the file's; the default where it is none, or none that Word writes."""
    return int(value) if value and re.fullmatch(r"[0-9]{1,3}", value) else default


def _counted(count: int, sign: str) -> str:
    if sign == "decimal":
        return str(count)
    if sign in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((96 if sign == "lowerLetter" else 64) + count)
    return ""
