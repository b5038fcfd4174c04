"""Columns of a table whose content was lost: nobody hears `blank` once a row; their heads are named below the table."""

from __future__ import annotations

from dataclasses import replace

from ..language.strings import words
from ..model import DataTable, Row, Text
from .inline import PageContext, escape_marked

_FEWEST = 2
"""Columns that stay: with less than a name and what is said of it, a table is a form to be filled in."""


def part_lost_columns(block: DataTable) -> tuple[DataTable, tuple[Text, ...]]:
    """The table without columns that have a head and nothing below it, and the heads of these.

    A head over several columns names more than one of them: such tables stay as printed.
    """
    width = max([len(block.header), *(len(row.cells) for row in block.rows)])
    filled = {i for row in block.rows for i, cell in enumerate(row.cells) if cell}
    lost = {i for i, head in enumerate(block.header) if head.source.strip() and i not in filled}
    if not lost or block.subheads or not block.rows or width - len(lost) < _FEWEST:
        return block, ()
    kept = [i for i in range(width) if i not in lost]

    def narrowed(row: Row) -> Row:
        return replace(row, cells=tuple(row.cells[i] for i in kept if i < len(row.cells)))

    table = replace(
        block,
        header=tuple(block.header[i] for i in kept if i < len(block.header)),
        rows=tuple(map(narrowed, block.rows)),
        row_headers=sum(i < block.row_headers for i in kept),
    )
    return table, tuple(block.header[i] for i in sorted(lost))


def lost_columns_note(heads: tuple[Text, ...], context: PageContext) -> list[str]:
    if not heads:
        return []
    named = [f"**{escape_marked(head, context)}**{{: #{head.id} }}" for head in heads]
    listed = words("list-comma", context.voice).join(named)
    return [words("columns-lost", context.voice, heads=listed)]
