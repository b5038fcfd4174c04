"""What typst-py can't say yet of a PDF's structure: heads of rows, captions of split tables, deep headings."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_HOLDING = frozenset(f"/{name}" for name in ("Document", "Part", "Sect", "Div", "Table", "THead", "TBody", "TFoot"))
"""Kinds of elements that may hold tables or their rows."""

RowHeads = Sequence[Sequence[bool]]
"""For each row, which of its leading cells head it: those that hold text."""


def mended(pdf: bytes, data: Mapping[str, Any], tag: str) -> tuple[bytes, int]:
    """The file with its structure completed, and the count of its pages. Same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        found = _elements(root)
        _mark_row_heads(found, list(heads_of(data)))
        _captions_into_tables(found)
        if "/RoleMap" in root:
            # Typst takes a seventh level for a paragraph.
            for level in range(7, 20):
                if f"/H{level}" in root.RoleMap:
                    root.RoleMap[f"/H{level}"] = Name.H6
        document.Root.Lang = pikepdf.String(tag)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), len(document.pages)


def heads_of(data: Mapping[str, Any]) -> Iterator[RowHeads]:
    """Heads of rows of each table, in reading order."""
    for part in (*data["parts"], *data["closing"]):
        for block in part["body"]:
            for one in block["body"] if block["kind"] == "case" else [block]:
                if one["kind"] == "table":
                    yield [[bool(cell["items"]) for cell in row["cells"][: one["heads"]]] for row in one["rows"]]


def children(node: Object) -> list[Object]:
    kids = node.get("/K")
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]


@dataclass(frozen=True, slots=True)
class _Element:
    """A structure element, and how many of those below it were looked at: they follow it in reading order."""

    node: Object
    kind: str
    below: int


def _elements(root: Object) -> list[_Element]:
    """The tree in reading order, down to the rows of tables. Each is fetched once: that takes longer than all else."""
    found: list[_Element] = []

    def walk(node: Object) -> None:
        for kid in children(node):
            if isinstance(kid, Dictionary) and (kind := kid.get("/S")) is not None:
                at = len(found)
                found.append(_Element(kid, str(kind), 0))
                if found[at].kind in _HOLDING:
                    walk(kid)
                found[at] = _Element(kid, found[at].kind, len(found) - at - 1)

    walk(root)
    return found


def _below(found: Sequence[_Element], at: int, kind: str) -> list[Object]:
    return [one.node for one in found[at + 1 : at + 1 + found[at].below] if one.kind == kind]


def _kids(found: Sequence[_Element], at: int) -> Iterator[_Element]:
    """Those right below it."""
    kid, end = at + 1, at + 1 + found[at].below
    while kid < end:
        yield found[kid]
        kid += 1 + found[kid].below


def _mark_row_heads(found: Sequence[_Element], heads: Sequence[RowHeads]) -> None:
    tables = [at for at, one in enumerate(found) if one.kind == "/Table"]
    for at, rows in zip(tables, heads, strict=True):
        printed = _below(found, at, "/TR")
        for row, filled in zip(printed[len(printed) - len(rows) :], rows, strict=True):
            for cell, is_head in zip(children(row), filled, strict=False):
                if is_head:
                    _head_of_row(cell)


def _head_of_row(cell: Object) -> None:
    cell.S = Name.TH
    old = cell.get("/A")
    attributes = list(old) if isinstance(old, Array) else [old] if old is not None else []
    table = next((one for one in attributes if one.get("/O") == Name.Table), None)
    if table is None:
        table = Dictionary(O=Name.Table)
        attributes.append(table)
    table.Scope = Name.Row
    cell.A = Array(attributes)


def _captions_into_tables(found: Sequence[_Element]) -> None:
    """Of a table over a page break, Div > (Caption, Div > Table) becomes Div > Div > Table > Caption."""
    for at, div in enumerate(found):
        kids = [one.kind for one in islice(_kids(found, at), 3)] if div.kind == "/Div" else []
        tables = _below(found, at, "/Table") if len(kids) == 2 and kids[0] == "/Caption" else []
        if tables:
            caption, table = found[at + 1].node, tables[0]
            caption.P = table
            table.K = Array([caption, *children(table)])
            div.node.K = Array([one.node for one in islice(_kids(found, at), 1, None)])
