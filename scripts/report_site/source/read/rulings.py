"""What a line is, where an editor has said so: uses of single lines, and the headings of the outline."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from .classify import ClassifiedLine, LineKind

_USES: Mapping[str, LineKind] = MappingProxyType(
    {
        "text": LineKind.TEXT,
        "quote": LineKind.TEXT,
        "heading": LineKind.HEADING,
        "title-overrun": LineKind.TEXT,
        "caption": LineKind.CAPTION,
        "lead-in": LineKind.LEAD_IN,
        "run-in": LineKind.RUN_IN,
        "noise": LineKind.NOISE,
        "furniture": LineKind.FURNITURE,
        "qr-label": LineKind.QR_LABEL,
        "key-figure": LineKind.KEY_FIGURE,
        "list-item": LineKind.LIST_ITEM,
    }
)


def rule_lines(
    lines: Sequence[ClassifiedLine], uses: Mapping[int, str], headings: Collection[int], *, outlined: bool
) -> tuple[ClassifiedLine, ...]:
    """Lines with their uses overruled; `headings`: lines of the outline, where the report is `outlined` by a person."""
    return tuple(_ruled(line, uses.get(line.number), line.number in headings, outlined) for line in lines)


def _ruled(line: ClassifiedLine, use: str | None, heading: bool, outlined: bool) -> ClassifiedLine:
    if use is not None:
        return replace(line, kind=_USES[use], rule=f"ruling-{use}")
    if heading and line.kind not in (LineKind.RUN_IN, LineKind.TABLE_ROW):
        # Under its own rule: a heading of the outline is never taken for the caption of the table below it.
        return replace(line, kind=LineKind.HEADING, rule="outline")
    if outlined and not heading and line.kind is LineKind.RUN_IN:
        # Titles within a paragraph are a guess; an outline that doesn't name one has decided.
        return replace(line, kind=LineKind.TEXT, rule="outline-text")
    return line
