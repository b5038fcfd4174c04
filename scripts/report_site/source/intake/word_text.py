"""The words of a Word paragraph: raised and lowered characters as such, marks of notes, nothing that was deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

from ...language.characters import subscript, superscript

Node = Any
"""An element of the file's XML."""
_REFERENCES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_BLANKS = frozenset(map(qn, ("w:tab", "w:br", "w:cr")))
_SIGNS = {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
_GONE = frozenset(map(qn, ("w:del", "w:moveFrom")))
_NO_TEXT = _GONE | {qn("w:txbxContent"), qn("w:rt")}
"""What stands in them is said elsewhere, was deleted or moved, or is the reading above a character."""


def words_of(paragraph: Node, style_of: Callable[[str], Node | None], note: Callable[[str, str], str]) -> str:
    """`style_of` gives a style by its id; `note` the mark of a note by its kind and id. Tabs and breaks are blanks."""
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == qn("w:t") and not _is_aside(node, paragraph):
            parts.append(_in_its_place(node, style_of))
        elif node.tag == qn("m:t"):
            parts.append(_in_formula(node))
        elif node.tag in _BLANKS and node.getparent().tag == qn("w:r"):
            parts.append(" ")
        elif node.tag in _SIGNS:
            parts.append(_SIGNS[node.tag])
        elif node.tag in _REFERENCES:
            parts.append(note(_REFERENCES[node.tag], node.get(qn("w:id"))))
    return " ".join("".join(parts).split())


def is_shown(node: Node) -> bool:
    """Neither deleted, nor moved elsewhere, nor hidden."""
    parents = list(node.iterancestors())
    return not any(parent.tag in _GONE or (parent.tag == qn("w:r") and _is_hidden(parent)) for parent in parents)


def hidden_words(body: Node) -> str:
    """All that the body's runs hide, in its order."""
    runs = [run for run in body.iter(qn("w:r")) if _is_hidden(run)]
    return " ".join("".join(node.text or "" for run in runs for node in run.iter(qn("w:t"))).split())


def _is_aside(node: Node, paragraph: Node) -> bool:
    parent = node.getparent()
    while parent is not None and parent is not paragraph:
        if parent.tag in _NO_TEXT or (parent.tag == qn("w:r") and _is_hidden(parent)):
            return True
        parent = parent.getparent()
    return False


def _is_hidden(run: Node) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return found is not None and found.get(qn("w:val")) not in ("0", "false")


def _in_its_place(node: Node, style_of: Callable[[str], Node | None]) -> str:
    """A raised 1 behind 4,210 must not make it 42,101."""
    text = node.text or ""
    place = _vertical(node.getparent(), style_of)
    if place == "superscript":
        return superscript(text.strip())
    return subscript(text) if place == "subscript" else text


def _in_formula(node: Node) -> str:
    text = node.text or ""
    places = {parent.tag for parent in node.iterancestors()}
    if qn("m:sup") in places:
        return superscript(text)
    return subscript(text) if qn("m:sub") in places else text


def _vertical(run: Node, style_of: Callable[[str], Node | None]) -> str:
    """By the run itself, else by its style."""
    found = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    if found is None and (named := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None:
        style = style_of(named.get(qn("w:val")))
        found = style.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") if style is not None else None
    return str(found.get(qn("w:val"))) if found is not None else ""
