"""What leads from a place in the report to the editors' notes about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..language.strings import words
from ..model import Block, DataTable, KeyValueTable, Text
from .inline import PageContext, Remark

Place = tuple[int, int]
"""Row and column of a cell below the heads."""


def remarks_on(block: Block, context: PageContext) -> list[str]:
    """Leads from the place to what the editors say of it, in words, right after the block in the order of speech."""
    links = [_link(remark, context) for remark in beside_cells(block, context.remarks.get(block.id, ()))]
    return [f"{' '.join(links)}\n{{: .editors-mark }}"] if links else []


def marks_in_cells(block: DataTable | KeyValueTable, context: PageContext) -> Mapping[Place, str]:
    """The same for one row of a table: within it, so that nobody has to find the row again from below the table."""
    return {
        place: " ".join(_link(remark, context, ".cell-mark ") for remark in remarks)
        for place, remarks in by_cell(block, context.remarks.get(block.id, ())).items()
    }


def _link(remark: Remark, context: PageContext, kind: str = "") -> str:
    said = words("note-reference", context.voice, label=remark.label, number=remark.number)
    return f"[{said}](#editors-note-{remark.number}){{: #editors-mark-{remark.number} {kind}role=doc-noteref }}"


def beside_cells(block: Block, remarks: Sequence[Remark]) -> list[Remark]:
    """Those that have no cell of their own."""
    placed = {remark for found in by_cell(block, remarks).values() for remark in found}
    return [remark for remark in remarks if remark not in placed]


def by_cell(block: Block, remarks: Sequence[Remark]) -> dict[Place, list[Remark]]:
    """Only what is said of one row and nothing else has a cell: the last of that row that stands on those lines."""
    found: dict[Place, list[Remark]] = {}
    if not isinstance(block, DataTable | KeyValueTable):
        return found
    for remark in remarks:
        places = [
            (i, column)
            for i, row in enumerate(block.rows)
            for column, cell in enumerate(row.cells)
            if _stands_on(cell, remark.lines)
        ]
        if len({row for row, _ in places}) == 1 and not _stands_on(_beside_rows(block), remark.lines):
            found.setdefault(places[-1], []).append(remark)
    return found


def _beside_rows(block: DataTable | KeyValueTable) -> Sequence[Text]:
    heads = (text for row in (block.header, *block.subheads) for text in row) if isinstance(block, DataTable) else ()
    return [*heads, *block.notes, *filter(None, [block.caption])]


def _stands_on(texts: Iterable[Text], lines: frozenset[int]) -> bool:
    return any(not lines.isdisjoint(text.lines) for text in texts)
