"""Elements whose texts no inline rule of Markdown touches: what all blocks are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as etree  # noqa: N813 (the name that Markdown's own code uses)

from markdown.util import AtomicString

from ...language.characters import NOTE_MARK, note_labels

Options = dict[str, tuple[Any, Callable[[Any], Any]]]
"""A block's options: default and validator by name, as pymdown-extensions declares them."""
NOTE_LINKS = re.compile(
    r"(?:\[\\\[[^\]]*\]\]\([^)\s]*\)\{: [^}]*\}| ?\[[^\]\[]*\]\([^)\s]*\)\{: [^}]*role=doc-noteref[^}]*\})+$"
)
"""Links to notes, as Markdown, at the end of a value: those of the report, `[\\[1]](…)`, and the editors'."""
_ENTITY = re.compile(r"&(?=#|\w+;)")


def element(parent: etree.Element, tag: str, text: str = "", **attributes: str) -> etree.Element:
    made = etree.SubElement(
        parent,
        tag,
        {name.rstrip("_").replace("_", "-"): meant(value).replace("&", "&amp;") for name, value in attributes.items()},
    )
    if text:
        made.text = plain(text)
    return made


def marked(parent: etree.Element, tag: str, text: str, marks: Sequence[object], **attributes: str) -> etree.Element:
    """An element whose marks of notes are links: `marks` holds attributes of each, nothing where no note answers."""
    made = element(parent, tag, **attributes)
    fill_marked(made, text, marks)
    return made


def fill_marked(made: etree.Element, text: str, marks: Sequence[object]) -> None:
    waiting = iter(marks)
    end, last = 0, None
    for match in NOTE_MARK.finditer(text):
        attributes = next(waiting, None)
        if not isinstance(attributes, Mapping):
            continue
        _append(made, last, text[end : match.start()])
        known = {"class": "note-mark", "role": "doc-noteref"}
        last = etree.SubElement(made, "a", known | {str(name): str(value) for name, value in attributes.items()})
        last.text = plain(note_labels(match[0]))
        end = match.end()
    _append(made, last, text[end:])


def _append(parent: etree.Element, last: etree.Element | None, text: str) -> None:
    if not text:
        return
    if last is None:
        parent.text = plain(text)
    else:
        last.tail = plain(text)


def plain(text: str) -> AtomicString:
    """Text that no inline rule touches; what Markdown's serializer would take for an entity is written out."""
    return AtomicString(_ENTITY.sub("&#38;", meant(text)))


def meant(text: str) -> str:
    """An argument or option as the converter meant it: it writes out the sign that Markdown acts on."""
    return text.replace("&#38;#", "&#")


def item_text(item: etree.Element) -> str:
    """A loose list item holds its text in a paragraph."""
    paragraph = item.find("p")
    return (paragraph.text if paragraph is not None else item.text) or ""
