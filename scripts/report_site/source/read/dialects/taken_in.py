"""Text of several lines taken into the first of them, so that the ledger still knows where each of them went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....model import SourceLine


def take_in(lines: list[SourceLine], places: Sequence[int], rule: str, text: str) -> None:
    """Sets `text` on the line at the first of `places`; the others, and what they took in, become parts of it."""
    home, *gone = places
    first, start = lines[home].number, lines[0].number
    parts = list(lines[home].parts)
    for i in gone:
        # A line may hold a text of its own and a part of this one: columns stand side by side.
        moved = [i, *(n - start for n in lines[i].parts if lines[n - start].part_of == lines[i].number)]
        parts += [lines[i].number, *lines[i].parts]
        for k in moved:
            lines[k] = replace(lines[k].changed(rule, ""), part_of=first, parts=())
    parts = [number for number in dict.fromkeys(parts) if number != first]
    lines[home] = replace(lines[home].changed(rule, text), parts=tuple(parts), opens=True)


def piped(cells: Sequence[str]) -> str:
    """A row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
