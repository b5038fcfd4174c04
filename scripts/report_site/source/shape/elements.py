"""Elements: blocks in the making, which know their lines and texts, not yet their shape, place in the outline or id."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ...language.characters import han_count
from ..read.marks import ListMark


class ElementKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    FIGURE = "figure"
    KEY_FIGURES = "key-figures"
    QR = "qr"
    WORDS = "words"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with the lines it stems from."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Element:
    kind: ElementKind
    pieces: tuple[Piece, ...]
    """Heading, paragraph, figure: one; list, words, key figures: one an item; table: none."""
    rows: tuple[tuple[Piece, ...], ...] = ()
    level: int = 0
    rule: str = ""
    caption: Piece | None = None
    heads: int = 0
    """How many rows of a table stand above its rule: the source says that they are heads."""
    marks: tuple[ListMark, ...] = ()
    """Of a list that counts its items, one an item."""
    notes: tuple[Piece, ...] = ()
    """Notes and sources below a table."""
    extra: tuple[int, ...] = ()
    """Lines that carry no text of the element: the rule below a table's first row, a picture's mark."""
    marked: bool = False
    """A figure that the extraction marks as a picture."""
    picture: str = ""
    """Its file, as the mark names it."""
    alternative: Piece | None = None
    """What the mark of a picture says of it."""
    lines: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """All its lines in order, told once: each ruling looks for its place in every element."""

    def __post_init__(self) -> None:
        pieces = [
            *self.pieces,
            *(cell for row in self.rows for cell in row),
            *(piece for piece in (self.caption, self.alternative) if piece),
            *self.notes,
        ]
        lines = {n for piece in pieces for n in piece.lines} | set(self.extra)
        if self.kind is ElementKind.HEADING:
            # Two headings may stem from one line of two columns: each is known by the line that it was put on.
            object.__setattr__(self, "lines", tuple(dict.fromkeys(n for piece in self.pieces for n in piece.lines)))
        else:
            object.__setattr__(self, "lines", tuple(sorted(lines)))

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces if piece.text)

    def __contains__(self, line: int) -> bool:
        return line in self.lines


def width_of(text: str) -> int:
    return len(text) + han_count(text)
