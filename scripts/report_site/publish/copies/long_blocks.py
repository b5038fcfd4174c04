"""Tables and lists too long for Typst as several: it lays a block out anew for each page that the block runs over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

MOST_ROWS = 300
"""Of one table or list in a copy: about ten pages."""
_PARTED: Mapping[str, str] = MappingProxyType({"table": "rows", "list": "items", "words": "items"})
"""Kinds of block that may be long, and what of them is parted."""


def parted(document: Mapping[str, Any]) -> dict[str, Any]:
    """The data that the template reads, its long blocks in parts."""
    parts = {
        name: [{**part, "body": in_parts(part["body"])} for part in document[name]] for name in ("parts", "closing")
    }
    return {**document, **parts}


def in_parts(body: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The blocks, with each long one as several of its kind, one after the other; nothing of it is left out."""
    return [part for block in body for part in _parts(block)]


def _parts(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if block["kind"] == "case":
        yield {**block, "body": in_parts(block["body"])}
        return
    key = _PARTED.get(block["kind"], "")
    rows = block.get(key, ())
    if len(rows) <= MOST_ROWS:
        yield block
        return
    starts = range(0, len(rows), MOST_ROWS)
    for number, start in enumerate(starts, 1):
        part = {**block, key: rows[start : start + MOST_ROWS]}
        if caption := block.get("caption"):
            part["caption"] = [*caption, {"text": f" ({number}/{len(starts)})"}]
        if "start" in block:
            part["start"] = block["start"] + start
        part |= {} if number == 1 else {"id": None}
        yield part if number == len(starts) else {**part, **_only_at_the_end(block)}


def _only_at_the_end(block: Mapping[str, Any]) -> dict[str, object]:
    """Without what stands below the whole."""
    empty: Mapping[str, object] = {"notes": [], "note": None}
    return {name: nothing for name, nothing in empty.items() if name in block}
