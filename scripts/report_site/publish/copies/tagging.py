"""What typst-py can't say yet of a PDF's structure: heads of rows, captions of split tables, deep headings."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

RowHeads = Sequence[Sequence[bool]]
"""For each row, which of its leading cells head it: those that hold text."""


def mended(pdf: bytes, data: Mapping[str, Any], tag: str) -> tuple[bytes, int]:
    """The file with its structure completed, and the count of its pages. Same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        _mark_row_heads(root, list(heads_of(data)))
        _captions_into_tables(root)
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


def elements(node: Object) -> Iterator[Object]:
    """Structure elements below it, in reading order."""
    for kid in children(node):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def _is(element: Object, kind: Object) -> bool:
    return bool(kind == element.S)


def _mark_row_heads(root: Object, heads: Sequence[RowHeads]) -> None:
    tables = [one for one in elements(root) if _is(one, Name.Table)]
    for table, rows in zip(tables, heads, strict=True):
        found = [one for one in elements(table) if _is(one, Name.TR)]
        for row, filled in zip(found[len(found) - len(rows) :], rows, strict=True):
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


def _captions_into_tables(root: Object) -> None:
    """Of a table over a page break, Div > (Caption, Div > Table) becomes Div > Div > Table > Caption."""
    for div in [one for one in elements(root) if _is(one, Name.Div)]:
        inside = [kid for kid in children(div) if isinstance(kid, Dictionary) and "/S" in kid]
        table = next((one for one in elements(div) if _is(one, Name.Table)), None)
        if len(inside) == 2 and _is(inside[0], Name.Caption) and table is not None:
            caption = inside[0]
            caption.P = table
            table.K = Array([caption, *children(table)])
            div.K = Array(inside[1:])
