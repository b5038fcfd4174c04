"""Elements to blocks: each element's shape by its kind, with what report.yml and figures.yml say of it.

A shaper belongs to one conversion: beside the blocks it notes which lines and cells turned out to be noise, and which
rulings don't fit the lines that they name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..errors import Problem
from ..folder.loading import ReportFolder
from ..folder.profile import FigureEntry, TableRuling
from ..language.characters import NOTE_MARK, plain_digits
from ..model import (
    Block,
    DataTable,
    Figure,
    Footnote,
    Footnotes,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Paragraph,
    Quote,
    RuleName,
    TagList,
    Text,
)
from ..texts import texts_of
from .amounts import with_amounts
from .elements import Element, ElementKind, Piece
from .figures import entries_by_line, own_text, shape_diagram, shape_figure
from .key_figures import SpokenProse, shape_figure_lines
from .periods import with_periods
from .ruled import cells_left, shape_ruled
from .tables import TableKind, shape_table


@dataclass(slots=True)
class Shaper:
    """Shapes elements into blocks, with what the folder says of tables and figures; notes noise and mistakes."""

    folder: ReportFolder
    prose: SpokenProse
    tables: Mapping[int, TableRuling]
    figures: Mapping[int, FigureEntry]
    quotes: frozenset[int]
    """Lines that a mark or report.yml says are quoted."""
    dropped: dict[int, str] = field(default_factory=dict)
    silent: dict[int, str] = field(default_factory=dict)
    moved: dict[int, str] = field(default_factory=dict)
    """Rows of an index, as printed, whose cells went to the column of their type."""
    left_out: dict[int, str] = field(default_factory=dict)
    """Printed cells with numbers that a ruling leaves out."""
    ends: dict[int, str] = field(default_factory=dict)
    """What a page's end left between the halves of a table."""
    problems: list[Problem] = field(default_factory=list)

    def shape(self, element: Element, title: Text) -> list[Block]:
        return [
            self._read(block, element) if isinstance(block, KeyFigures) else block
            for block in self._blocks(element, title)
        ]

    def _read(self, block: KeyFigures, element: Element) -> KeyFigures:
        """Key figures with their amounts, and the year that the prose gives them."""
        profile = self.folder.profile
        block = with_amounts(block, profile.language)
        return with_periods(block, self.prose.around(element), profile.year) if profile.year else block

    def _blocks(self, element: Element, title: Text) -> list[Block]:
        if element.kind is ElementKind.TABLE:
            return self._table(element, title)
        if element.kind is ElementKind.NOTES:
            return [Footnotes(lines=element.lines, notes=tuple(map(_footnote, element.pieces)))]
        if element.kind is ElementKind.KEY_FIGURES:
            return [shape_figure_lines(element, self.prose.around(element))]
        entry = entries_by_line(self.figures, element)
        if element.kind is ElementKind.FIGURE:
            return self._figure(element, entry)
        if element.kind is ElementKind.WORDS:
            return [self._diagram(element, entry)]
        text = text_of(element.pieces[0])
        if element.kind is ElementKind.LIST:
            marks = tuple(mark.mark for mark in element.marks)
            start = element.marks[0].value if element.marks else 1
            return [List(lines=element.lines, items=tuple(map(text_of, element.pieces)), marks=marks, start=start)]
        if element.kind is ElementKind.QR:
            return [Note(lines=element.lines, text=text, purpose="qr")]
        return [
            Quote(lines=element.lines, text=text)
            if self._is_quote(element)
            else Paragraph(lines=element.lines, text=text)
        ]

    def _figure(self, element: Element, entry: FigureEntry | None) -> list[Block]:
        """A picture of which nothing is left, neither file nor words, is a mark without anything to show."""
        figure = shape_figure(element, entry, self.folder.profile.language)
        if not figure.picture and (file := self.folder.picture_of(element.picture)):
            figure = replace(figure, picture=file)
        if figure.picture or figure.caption or figure.alternative or figure.description:
            return [figure]
        self.silent |= dict.fromkeys(element.lines, "picture-without-words")
        return []

    def _is_quote(self, element: Element) -> bool:
        """A paragraph that is one quotation from end to end, or that report.yml says is one."""
        return not self.quotes.isdisjoint(element.lines) or bool(re.fullmatch(r"“[^”]{20,}”", element.text))

    def _table(self, element: Element, title: Text) -> list[Block]:
        blocks = self._table_itself(replace(element, notes=()), title)
        notes = tuple(map(text_of, element.notes))
        if not notes:
            return blocks
        last = blocks[-1] if blocks else None
        if isinstance(last, DataTable | KeyValueTable):
            lines = {*last.lines, *(n for note in notes for n in note.lines)}
            return [*blocks[:-1], replace(last, notes=notes, lines=tuple(sorted(lines)))]
        return [*blocks, *(Paragraph(lines=note.lines, text=note) for note in notes)]

    def _table_itself(self, element: Element, title: Text) -> list[Block]:
        ruling = next((self.tables[n] for n in element.lines if n in self.tables), None)
        self.ends |= dict.fromkeys(element.extra, "page-end")
        kind = TableKind(ruling.kind) if ruling and ruling.kind else None
        if kind is TableKind.FIGURE:
            return self._table_as_figure(element)
        if ruling is not None and kind is TableKind.CAPTIONS:
            texts = texts_of(self._ruled(element, ruling))
            return [Figure(lines=text.lines, caption=text) for text, _ in texts]
        if element.rule == RuleName.AS_PRINTED and not kind:
            kind = TableKind.DATA
        block = self._ruled(element, ruling) if ruling and ruling.rows else self._shaped(element, kind)
        return [self._captioned(block, ruling, title)] if block else []

    def _shaped(self, element: Element, kind: TableKind | None) -> Block | None:
        shaped = shape_table(element, self.prose.around(element), kind)
        self.silent |= dict.fromkeys(shaped.noise, "ruling-noise" if kind is TableKind.NOISE else "noise-table")
        self.dropped |= shaped.dropped
        self.moved |= shaped.moved
        return shaped.block

    def _ruled(self, element: Element, ruling: TableRuling) -> Block:
        """The table as report.yml sets it; what it leaves out is noted."""
        ruled = shape_ruled(element, ruling, self.folder.profile.language)
        self.problems += ruled.problems
        self.left_out |= ruled.left_out
        self._note_silence(element, ruled.block.lines, "ruling-drop")
        self._note_drops(element, ruled.block)
        return ruled.block

    def _table_as_figure(self, element: Element) -> list[Block]:
        pieces = tuple(cell for row in element.rows for cell in row if cell.text)
        words = replace(element, kind=ElementKind.WORDS, pieces=pieces, rows=())
        figure = self._diagram(words, entries_by_line(self.figures, element))
        self._note_drops(element, figure)
        return [figure]

    def _diagram(self, element: Element, entry: FigureEntry | None) -> Figure:
        figure, problems = shape_diagram(element, entry, self.folder.profile.language)
        self.problems += problems
        self._note_silence(element, figure.lines, "diagram-rubble")
        return figure

    def _captioned(self, block: Block, ruling: TableRuling | None, title: Text) -> Block:
        """Every table has a caption: its own, the editor's, or its section's title."""
        language = self.folder.profile.language
        if ruling and isinstance(block, DataTable | KeyValueTable):
            block = replace(block, chart=ruling.chart)
        if ruling and ruling.header and isinstance(block, DataTable):
            block = self._reheaded(block, ruling)
        if ruling and ruling.caption and isinstance(block, DataTable | KeyValueTable | KeyFigures | TagList):
            return replace(block, caption=own_text(ruling.caption, language))
        if isinstance(block, DataTable | KeyValueTable) and block.caption is None:
            return replace(block, caption=Text(title.source, lines=(), translation=title.translation))
        return block

    def _reheaded(self, block: DataTable, ruling: TableRuling) -> DataTable:
        """The editor's column heads in place of the printed ones, which the ledger notes as dropped."""
        lines = tuple(sorted({n for text in block.header for n in text.lines}))
        for text in block.header:
            for number in text.lines:
                self.dropped[number] = f"{self.dropped.get(number, '')} {text.source}".strip()
        heads = (own_text(text, self.folder.profile.language) for text in ruling.header)
        return replace(block, header=tuple(replace(head, lines=lines) for head in heads))

    def _note_silence(self, element: Element, kept: Sequence[int], rule: str) -> None:
        self.silent |= {n: rule for n in element.lines if n not in kept and n not in element.extra}

    def _note_drops(self, element: Element, block: Block) -> None:
        """Cells that the block doesn't hold are noise, line by line."""
        for number, cells in cells_left(element, [text.source for text, _ in texts_of(block) if text.lines]).items():
            self.dropped[number] = f"{self.dropped.get(number, '')} {cells}".strip()


def _footnote(piece: Piece) -> Footnote:
    mark = NOTE_MARK.match(piece.text)
    assert mark is not None, "a line is a note by its mark"
    return Footnote(plain_digits(mark[1]), Text(piece.text[mark.end() :].strip(), lines=piece.lines))


def text_of(piece: Piece) -> Text:
    return Text(piece.text, lines=piece.lines)
