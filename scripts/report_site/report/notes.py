"""Marks of footnotes in the texts, and the notes that they lead to: told once, for every output that links them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..language.characters import NOTE_MARK, plain_digits
from ..model import Footnotes, Page, Text
from ..model.texts import blocks_of, texts_of

UNLINKED = "alt"
"""Role of texts that are plain text in the page: a mark in them stays a mark."""


@dataclass(frozen=True, slots=True)
class MarkLink:
    """A mark in a text: its own id, and where its note stands."""

    id: str
    note: str
    page: str


@dataclass(frozen=True, slots=True)
class NoteLinks:
    marks: Mapping[str, tuple[MarkLink | None, ...]]
    """Text id -> the marks in it, in order; None where no note answers."""
    places: Mapping[str, tuple[tuple[str, str], ...]]
    """Id of a note -> (page, id) of each mark that leads to it."""


@dataclass(frozen=True, slots=True)
class _Place:
    page: str
    id: str
    label: str
    line: int


def link_notes(pages: Sequence[Page]) -> NoteLinks:
    """Each mark with the next note of its label, else the last one before it: notes count anew on each printed page."""
    notes = [note for page in pages for note in _notes(page)]
    marks: dict[str, tuple[MarkLink | None, ...]] = {}
    places: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        for text in _marked(page):
            found: list[MarkLink | None] = []
            for i, label in enumerate(labels_in(text.source), 1):
                note = _answer(notes, label, max(text.lines, default=0))
                found.append(MarkLink(f"{text.id}-mark{i}", note.id, note.page) if note else None)
                if note:
                    places.setdefault(note.id, []).append((page.slug, f"{text.id}-mark{i}"))
            marks[text.id] = tuple(found)
    return NoteLinks(marks, {note: tuple(found) for note, found in places.items()})


def labels_in(text: str) -> list[str]:
    return [plain_digits(match[1]) for match in NOTE_MARK.finditer(text)]


def _notes(page: Page) -> Iterator[_Place]:
    for block in blocks_of(page):
        if isinstance(block, Footnotes):
            for note in block.notes:
                yield _Place(page.slug, note.text.id, note.label, min(note.text.lines, default=0))


def _marked(page: Page) -> Iterator[Text]:
    for block in blocks_of(page):
        for text, role in texts_of(block):
            told_above = role.endswith("caption") and not text.lines  # the section's title once more
            if NOTE_MARK.search(text.source) and not role.endswith(UNLINKED) and not told_above:
                yield text


def _answer(notes: Sequence[_Place], label: str, line: int) -> _Place | None:
    same = [note for note in notes if note.label == label]
    below = [note for note in same if note.line > line]
    return min(below, key=lambda note: note.line) if below else max(same, key=lambda note: note.line, default=None)
