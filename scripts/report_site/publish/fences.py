"""How a block of ours is fenced in Markdown: its argument, its options, what it is called, ids of its texts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..model import Text
from ..report.notes import labels_in
from .inline import PageContext, mark_attributes


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


def attributes(identity: str, text: Text, context: PageContext, *more: str) -> str:
    language = [f'lang="{context.source_tag}"'] if context.untranslated(text) else []
    return "{: " + " ".join([f"#{identity}", *more, *language]) + " }"


def caption_of(caption: Text | None, context: PageContext) -> str:
    return context.say(caption) if caption else ""


def caption_marks(caption: Text | None, context: PageContext) -> list[str]:
    """A caption is no Markdown: where the marks of notes in it lead, one after the other."""
    links = context.notes.marks.get(caption.id, ()) if caption else ()
    if caption is None or not any(links):
        return []
    labels = labels_in(caption.source)
    told = [link and mark_attributes(label, link, context) for label, link in zip(labels, links, strict=False)]
    return [f"marks: {shielded(json.dumps(told, ensure_ascii=False))}"]
