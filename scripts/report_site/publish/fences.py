"""Blocks of the report's own Markdown as text: name, argument, options, body."""

from __future__ import annotations

import json
from collections.abc import Sequence


def fence(name: str, argument: str, options: Sequence[str], body: str) -> str:
    head = f"/// {name}" + (f" | {shielded(argument)}" if argument else "")
    lines = [head, *(f"    {option}" for option in options)]
    return "\n".join(lines) + (f"\n\n{body}\n\n///" if body else "\n///")


def quoted(text: str) -> str:
    """A YAML string in double quotes."""
    return json.dumps(shielded(text), ensure_ascii=False)


def shielded(text: str) -> str:
    """One line; Markdown would put a semicolon behind `&#3`, so the sign is written out; the blocks read it back."""
    return " ".join(text.split()).replace("&#", "&#38;#")
