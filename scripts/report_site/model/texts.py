"""The texts of any block, reached in one way: to number, translate, count or print them.

One function a block type in a read-only mapping; each hands every text with its role to a function and builds the
block anew from what comes back. The role, joined to the block's id, makes the text's id: `caption`, `r2-c1`, `3`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from operator import is_
from types import MappingProxyType
from typing import TypeVar, cast

from . import (
    Block,
    Cell,
    DataTable,
    Figure,
    Footnote,
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
T = TypeVar("T")


def map_texts(block: B, change: TextMap) -> B:
    """`block` with each text replaced by `change(text, role)`."""
    return cast(B, _MAPPERS[type(block)](block, change))


def texts_of(block: Block) -> Iterator[tuple[Text, str]]:
    """Each text of the block with its role, in reading order. Nothing changes, so that no block is built anew."""
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


R = TypeVar("R", bound=Block | KeyFigure | Row | Footnote)


def _renewed(record: R, **parts: object) -> R:
    """The record with these parts, itself where they are what it has."""
    same = all(part is getattr(record, name) for name, part in parts.items())
    return record if same else replace(record, **parts)  # type: ignore[arg-type]


def _kept(before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """`before` where each is what it was."""
    return before if all(map(is_, before, after)) else after


def _optional(text: Text | None, role: str, change: TextMap) -> Text | None:
    return change(text, role) if text is not None else None


def _numbered(texts: tuple[Text, ...], change: TextMap, prefix: str = "") -> tuple[Text, ...]:
    return _kept(texts, tuple(change(text, f"{prefix}{i}") for i, text in enumerate(texts, 1)))


def _single(block: Paragraph | Quote | Note | Heading, change: TextMap) -> Block:
    return _renewed(block, text=change(block.text, ""))


def _list(block: List, change: TextMap) -> Block:
    return _renewed(block, items=_numbered(block.items, change))


def _tag_list(block: TagList, change: TextMap) -> Block:
    return _renewed(
        block,
        caption=_optional(block.caption, "caption", change),
        items=_numbered(block.items, change),
    )


def _key_figures(block: KeyFigures, change: TextMap) -> Block:
    def one(figure: KeyFigure, i: int) -> KeyFigure:
        label = _optional(figure.label, f"{i}-label", change)
        return _renewed(figure, label=label, value=change(figure.value, f"{i}-value"))

    return _renewed(
        block,
        caption=_optional(block.caption, "caption", change),
        figures=_kept(block.figures, tuple(one(figure, i) for i, figure in enumerate(block.figures, 1))),
        loose_labels=_numbered(block.loose_labels, change, "loose"),
    )


def _cell(cell: Cell, role: str, change: TextMap) -> Cell:
    if len(cell) == 1:
        return _kept(cell, (change(cell[0], role),))
    return _numbered(cell, change, f"{role}-")


def _row(row: Row, i: int, change: TextMap) -> Row:
    cells = tuple(_cell(cell, f"r{i}-c{j}", change) for j, cell in enumerate(row.cells, 1))
    return _renewed(row, cells=_kept(row.cells, cells))


def _rows(rows: tuple[Row, ...], change: TextMap) -> tuple[Row, ...]:
    return _kept(rows, tuple(_row(row, i, change) for i, row in enumerate(rows, 1)))


def _heads(heads: tuple[Text, ...], change: TextMap, prefix: str) -> tuple[Text, ...]:
    """An empty corner is no text: nobody translates it."""
    return _kept(heads, tuple(change(text, f"{prefix}{i}") if text.source else text for i, text in enumerate(heads, 1)))


def _data_table(block: DataTable, change: TextMap) -> Block:
    subheads = tuple(_heads(row, change, f"h{i}-") for i, row in enumerate(block.subheads, 2))
    return _renewed(
        block,
        caption=_optional(block.caption, "caption", change),
        header=_heads(block.header, change, "h"),
        subheads=_kept(block.subheads, subheads),
        rows=_rows(block.rows, change),
        notes=_numbered(block.notes, change, "note"),
    )


def _key_value_table(block: KeyValueTable, change: TextMap) -> Block:
    rows, notes = _rows(block.rows, change), _numbered(block.notes, change, "note")
    return _renewed(block, caption=_optional(block.caption, "caption", change), rows=rows, notes=notes)


def _figure(block: Figure, change: TextMap) -> Block:
    return _renewed(
        block,
        caption=_optional(block.caption, "caption", change),
        alternative=_optional(block.alternative, "alt", change),
        description=_numbered(block.description, change, "d"),
        words=_numbered(block.words, change, "w"),
    )


def _footnotes(block: Footnotes, change: TextMap) -> Block:
    notes = tuple(_renewed(note, text=change(note.text, str(i))) for i, note in enumerate(block.notes, 1))
    return _renewed(block, notes=_kept(block.notes, notes))


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
