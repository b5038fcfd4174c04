"""The last resort: what the shapes would lose a token of is published as it stands, and flagged.

It runs on proof alone, after the ledger has found tokens that no page would show. A table is tried once more with every
cell in its place; anything else becomes paragraphs. What an editor has ruled is left to the editor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import RuleName
from .elements import Element, ElementKind, Piece

ROUNDS = 2
"""A table first as a plain table, then as text."""


def as_printed(elements: Sequence[Element], lost: Collection[int], texts: Mapping[int, str]) -> tuple[Element, ...]:
    """`elements` with those of the lines `lost` as they stand; `texts`: what each line says."""
    result = [one for element in elements for one in _kept_or_plain(element, lost, texts)]
    for number in sorted(set(lost) - {n for element in result for n in element.lines}):
        later = (i for i, element in enumerate(result) if element.lines and element.lines[0] > number)
        place = next(later, len(result))
        result.insert(place, _paragraph([number], texts))
    return tuple(result)


def _kept_or_plain(element: Element, lost: Collection[int], texts: Mapping[int, str]) -> Iterator[Element]:
    if not any(number in lost for number in element.lines):
        yield element
        return
    if element.kind is ElementKind.HEADING:
        # Its section stays; the line stands whole below it.
        yield element
        yield _paragraph(element.lines, texts)
    elif element.kind is ElementKind.TABLE and element.rule != RuleName.AS_PRINTED:
        yield replace(element, rule=RuleName.AS_PRINTED)
    elif element.kind is ElementKind.PARAGRAPH:
        yield _paragraph(element.lines, texts)
    else:
        yield from (_paragraph([number], texts) for number in element.lines if texts.get(number))


def _paragraph(lines: Sequence[int], texts: Mapping[int, str]) -> Element:
    piece = Piece(" ".join(texts[number] for number in lines if texts.get(number)), tuple(lines))
    return Element(ElementKind.PARAGRAPH, (piece,), rule=RuleName.AS_PRINTED)
