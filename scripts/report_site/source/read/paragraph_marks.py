"""Paragraphs whose last printed line ends with a blank, as Word sets their marks and readers of its PDFs write them.

The lines themselves must show it: those that break in mid-sentence because they are full have no blank, those that
end a sentence before they are full have one. Where lines of Latin letters wrap behind a blank, it is the other way
round, and nothing is read from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...language.patterns import ITEM_MARKS
from ...model import SourceLine
from .furniture.lines import FULL, LEAST_WIDTH, body, ends_sentence, full_width, heading_mark, is_row, width

LEAST_WRAPPED = 6
"""Full lines that break in mid-sentence, from which on their ends are evidence; of ended paragraphs half as many."""
MOST_ASTRAY = 0.1
"""Share of either kind that may end like the other."""
LEAST_MARKED = 0.4
"""Share of a run's short lines that end cells."""


@dataclass(frozen=True, slots=True)
class ParagraphMarks:
    full: float
    """Width from which on a line may break because it is full; 0 where the source doesn't mark its paragraphs."""

    @classmethod
    def of(cls, lines: Sequence[SourceLine]) -> ParagraphMarks:
        plain = [line for line in lines if not line.blank and not heading_mark(line) and not is_row(line)]
        full = max(LEAST_WIDTH, FULL * full_width(map(body, plain)))
        wrapped = [_has_blank(line) for line in plain if _is_full(line, full) and not ends_sentence(line.text)]
        ended = [_has_blank(line) for line in plain if not _is_full(line, full) and ends_sentence(line.text)]
        enough = len(wrapped) >= LEAST_WRAPPED and len(ended) >= LEAST_WRAPPED / 2
        told = sum(wrapped) <= MOST_ASTRAY * len(wrapped) and sum(ended) >= (1 - MOST_ASTRAY) * len(ended)
        return cls(full if enough and told else 0)

    def ends(self, line: SourceLine) -> bool:
        """The line is its paragraph's last; a blank behind a Latin word at the end of a full line may part words."""
        last = body(line)[-1:]
        parts_words = _is_full(line, self.full) and last.isascii() and not ends_sentence(line.text)
        return bool(self.full) and _has_blank(line) and not parts_words

    def goes_on(self, line: SourceLine, following: SourceLine) -> bool:
        """The paragraph of a full line without a blank goes on in the next line, if need be over the end of a page."""
        if not self.full or not _is_full(line, self.full) or _has_blank(line):
            return False
        marked = ITEM_MARKS.match(body(following)) or following.number > line.number + 1
        return not (marked and ends_sentence(line.text))

    def tell_cells(self, run: Sequence[SourceLine]) -> bool:
        """The short lines of a run are cells that end with the mark too."""
        return bool(self.full) and sum(map(self.ends, run)) >= LEAST_MARKED * len(run)


def read_paragraph_marks(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """What follows the last line of a paragraph opens the next, where the source marks that."""
    marks = ParagraphMarks.of(lines)
    ended = [False, *(not line.blank and marks.ends(line) for line in lines)]
    return [
        replace(line, opens=True) if after and not line.blank else line
        for after, line in zip(ended, lines, strict=False)
    ]


def _has_blank(line: SourceLine) -> bool:
    return line.raw[-1:] in (" ", "\u3000", "\xa0")


def _is_full(line: SourceLine, full: float) -> bool:
    return width(body(line)) >= full
