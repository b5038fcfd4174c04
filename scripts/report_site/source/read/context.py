"""What a line may be, and all that a rule may look at to decide it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...language.characters import CLOSING_MARKS, bare
from ...language.patterns import YEAR_ONLY
from ...model import SourceLine
from .furniture import Furniture, body, heading_mark
from .marks import ListMark, list_marks
from .noise import Vocabulary, find_noise
from .sentences import Sentences, find_sentences
from .titles import Titles, find_titles

LONGEST_BLOCK = 16
"""Lines of a block of figures."""


LEAST_DENSE = 8
DENSE = 1.5
"""Lines of the source for each that isn't blank, up to which blank lines part pages and no paragraphs."""
ENDS = tuple("。！？；.!?")


class LineKind(StrEnum):
    FURNITURE = "furniture"
    NOISE = "noise"
    CONTINUED = "continued"
    """Its text was taken into an earlier line."""
    TABLE_ROW = "table-row"
    TABLE_RULE = "table-rule"
    CAPTION = "caption"
    PICTURE = "picture"
    QR_LABEL = "qr-label"
    LIST_ITEM = "list-item"
    FOOTNOTE = "footnote"
    KEY_FIGURE = "key-figure"
    HEADING = "heading"
    RUN_IN = "run-in"
    LEAD_IN = "lead-in"
    FIGURE_LABEL = "figure-label"
    """A short line beside a value, in a block of values and such lines."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    line: SourceLine
    kind: LineKind
    rule: str
    text: str
    """The text without the marks that told the kind."""
    level: int = 0
    """Depth that a heading's own mark or number tells; 0 when it tells nothing."""
    mark: ListMark | None = None
    """What counts a list's item in print: `1.`, `(a)`; a bullet is none."""

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def numbers(self) -> tuple[int, ...]:
        """All lines whose text this is."""
        return (self.line.number, *self.line.parts)


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: LineKind
    rule: str
    text: str
    level: int = 0
    mark: ListMark | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The non-blank lines, their neighbours, and what was learnt of the whole source."""

    lines: Sequence[SourceLine]
    furniture: Furniture
    vocabulary: Vocabulary
    marked: bool
    """The extractor marks headings with `#`."""
    levelled: bool
    """... and on more than one level, which no numbering contradicts."""
    noise: Mapping[int, str]
    marks: Mapping[int, ListMark]
    sentences: Sentences
    titles: Titles
    rest: Sequence[int]
    """Places of the lines that are no furniture."""
    contents_titles: frozenset[str]
    """Bare titles of the contents list."""

    dense: bool
    """Hardly a blank line stands in the source: none parts its paragraphs."""
    years: int
    """Different years that are marked as headings, with nothing beside them."""

    @classmethod
    def of(cls, texts: Sequence[SourceLine], furniture: Furniture, vocabulary: Vocabulary) -> Context:
        rest = [i for i, line in enumerate(texts) if line.number not in furniture.rules]
        body_lines = [texts[i] for i in rest]
        marks = [mark for line in body_lines if (mark := heading_mark(line))]
        openings = {texts[i].number for i in rest if texts[i].page_break or texts[i - 1].number in furniture.rules}
        sentences = find_sentences(body_lines, openings)
        titles = find_titles(body_lines, furniture)
        return cls(
            texts,
            furniture,
            vocabulary,
            len(marks) >= 3,
            len(set(marks)) > 1 and not titles.contradicts_marks,
            find_noise(texts, furniture.rules, vocabulary),
            list_marks(body_lines),
            sentences,
            titles,
            rest,
            frozenset(bare(entry.title) for entry in furniture.contents.entries),
            len(texts) > LEAST_DENSE and texts[-1].number - texts[0].number < DENSE * _told(texts),
            len({bare(body(line)) for line in body_lines if heading_mark(line) and YEAR_ONLY.match(body(line))}),
        )

    def following(self, i: int) -> SourceLine | None:
        """The next line that is no furniture."""
        place = bisect_left(self.rest, i + 1)
        return self.lines[self.rest[place]] if place < len(self.rest) else None

    def preceding(self, i: int) -> SourceLine | None:
        place = bisect_left(self.rest, i) - 1
        return self.lines[self.rest[place]] if place >= 0 else None

    def paragraph_ends(self, first: SourceLine) -> bool:
        """The lines from `first` on without a blank between come to the end of a sentence, as running text does."""
        i = bisect_left(self.lines, first.number, key=lambda line: line.number)
        for last in range(i, min(i + LONGEST_BLOCK, len(self.lines))):
            text = body(self.lines[last]).rstrip(CLOSING_MARKS)
            if text[-1:] in ENDS and (last > i or self.dense):
                return True
            if text[-1:] in ENDS or last + 1 == len(self.lines) or not self._follows(last):
                return False
        return False

    def wraps(self, i: int) -> bool:
        """The line after the next one that is no furniture follows without a blank: a paragraph broken into lines."""
        place = bisect_left(self.rest, i + 1)
        at = self.rest[place] if place < len(self.rest) else len(self.lines)
        return at + 1 < len(self.lines) and self.lines[at + 1].number == self.lines[at].number + 1

    def block(self, i: int) -> Sequence[SourceLine]:
        """The lines around line `i` without a blank between; none where they are too many to be anything but text."""
        first = last = i
        while first and i - first < LONGEST_BLOCK and self.lines[first - 1].number == self.lines[first].number - 1:
            first -= 1
        while last + 1 < len(self.lines) and last - i < LONGEST_BLOCK and self._follows(last):
            last += 1
        block = self.lines[first : last + 1]
        return block if len(block) <= LONGEST_BLOCK and not any(n.number in self.furniture.rules for n in block) else ()

    def _follows(self, i: int) -> bool:
        return self.lines[i + 1].number == self.lines[i].number + 1

    def listed(self, text: str) -> bool:
        """The contents list names it."""
        return bare(text) in self.contents_titles

    def touches(self, i: int) -> list[SourceLine]:
        """Neighbours with no blank line between."""
        here = self.lines[i]
        before = self.lines[max(0, i - 1) : i] if not here.opens else []
        after = [line for line in self.lines[i + 1 : i + 2] if not line.opens]
        return [line for line in (*before, *after) if abs(line.number - here.number) == 1]


def _told(lines: Sequence[SourceLine]) -> int:
    """How many lines of the source hold their text."""
    return len({number for line in lines for number in (line.number, *line.parts)})


Rule = Callable[[Context, int], Verdict | None]
