"""What leads from a place in the report to the editors' notes about it."""

from __future__ import annotations

from ..language.strings import words
from ..model import Block
from .inline import PageContext


def remarks_on(block: Block, context: PageContext) -> list[str]:
    """Leads from the place to what the editors say of it, in words, right after the block in the order of speech."""
    links = [
        f"[{words('note-reference', context.voice, label=label, number=number)}](#editors-note-{number})"
        f"{{: #editors-mark-{number} role=doc-noteref }}"
        for label, number in context.remarks.get(block.id, ())
    ]
    return [f"{' '.join(links)}\n{{: .editors-mark }}"] if links else []
