"""The texts of any block, reached in one way: to number, translate, count or print them.

One function a block type in a read-only mapping; each hands every text with its role to a function and builds the
block anew from what comes back. The role, joined to the block's id, makes the text's id: `caption`, `r2-c1`, `3`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar, cast

from .model import (
    Block,
    Cell,
    DataTable,
    Figure,
    Footnotes,
    Heading,
    KeyFigure,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Page,
    Paragraph,
    Quote,
    Row,
    TagList,
    Text,
)

TextMap = Callable[[Text, str], Text]
B = TypeVar("B", bound=Block)


def map_texts(block: B, change: TextMap) -> B:
    """`block` with each text replaced by `change(text, role)`."""
    return cast(B, _MAPPERS[type(block)](block, change))


def texts_of(block: Block) -> Iterator[tuple[Text, str]]:
    """Each text of the block with its role, in reading order."""
    found: list[tuple[Text, str]] = []

    def collect(text: Text, role: str) -> Text:
        found.append((text, role))
        return text

    map_texts(block, collect)
    return iter(found)


def blocks_of(page: Page) -> list[Block]:
    """Every block of the page, headings included, in reading order."""
    return [block for section in page.section.walk() for block in (section.heading, *section.blocks)]


def first_paragraph(page: Page) -> Text | None:
    return next((block.text for block in blocks_of(page) if isinstance(block, Paragraph)), None)


def texts_on(page: Page) -> list[Text]:
    return [text for block in blocks_of(page) for text, _ in texts_of(block)]


def _optional(text: Text | None, role: str, change: TextMap) -> Text | None:
    return change(text, role) if text is not None else None


def _numbered(texts: tuple[Text, ...], change: TextMap, prefix: str = "") -> tuple[Text, ...]:
    return tuple(change(text, f"{prefix}{i}") for i, text in enumerate(texts, 1))


def _single(block: Paragraph | Quote | Note | Heading, change: TextMap) -> Block:
    return replace(block, text=change(block.text, ""))


def _list(block: List, change: TextMap) -> Block:
    return replace(block, items=_numbered(block.items, change))


def _tag_list(block: TagList, change: TextMap) -> Block:
    return replace(
        block,
        caption=_optional(block.caption, "caption", change),
        items=_numbered(block.items, change),
    )


def _key_figures(block: KeyFigures, change: TextMap) -> Block:
    def one(figure: KeyFigure, i: int) -> KeyFigure:
        label = _optional(figure.label, f"{i}-label", change)
        return replace(figure, label=label, value=change(figure.value, f"{i}-value"))

    return replace(
        block,
        caption=_optional(block.caption, "caption", change),
        figures=tuple(one(figure, i) for i, figure in enumerate(block.figures, 1)),
        loose_labels=_numbered(block.loose_labels, change, "loose"),
    )


def _cell(cell: Cell, role: str, change: TextMap) -> Cell:
    if len(cell) == 1:
        return (change(cell[0], role),)
    return _numbered(cell, change, f"{role}-")


def _row(row: Row, i: int, change: TextMap) -> Row:
    return replace(row, cells=tuple(_cell(cell, f"r{i}-c{j}", change) for j, cell in enumerate(row.cells, 1)))


def _heads(heads: tuple[Text, ...], change: TextMap, prefix: str) -> tuple[Text, ...]:
    """An empty corner is no text: nobody translates it."""
    return tuple(change(text, f"{prefix}{i}") if text.source else text for i, text in enumerate(heads, 1))


def _data_table(block: DataTable, change: TextMap) -> Block:
    return replace(
        block,
        caption=_optional(block.caption, "caption", change),
        header=_heads(block.header, change, "h"),
        subheads=tuple(_heads(row, change, f"h{i}-") for i, row in enumerate(block.subheads, 2)),
        rows=tuple(_row(row, i, change) for i, row in enumerate(block.rows, 1)),
        notes=_numbered(block.notes, change, "note"),
    )


def _key_value_table(block: KeyValueTable, change: TextMap) -> Block:
    rows = tuple(_row(row, i, change) for i, row in enumerate(block.rows, 1))
    notes = _numbered(block.notes, change, "note")
    return replace(block, caption=_optional(block.caption, "caption", change), rows=rows, notes=notes)


def _figure(block: Figure, change: TextMap) -> Block:
    return replace(
        block,
        caption=_optional(block.caption, "caption", change),
        alternative=_optional(block.alternative, "alt", change),
        description=_numbered(block.description, change, "d"),
        words=_numbered(block.words, change, "w"),
    )


def _footnotes(block: Footnotes, change: TextMap) -> Block:
    notes = tuple(replace(note, text=change(note.text, str(i))) for i, note in enumerate(block.notes, 1))
    return replace(block, notes=notes)


_MAPPERS: Mapping[type[Block], Callable[..., Block]] = MappingProxyType(
    {
        Paragraph: _single,
        Quote: _single,
        Note: _single,
        Heading: _single,
        List: _list,
        TagList: _tag_list,
        KeyFigures: _key_figures,
        DataTable: _data_table,
        KeyValueTable: _key_value_table,
        Figure: _figure,
        Footnotes: _footnotes,
    }
)
