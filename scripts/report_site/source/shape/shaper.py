"""Elements to blocks: each element's shape by its kind, with what report.yml and figures.yml say of it.

Beside the blocks stands which lines and cells turned out to be noise, and which rulings don't fit their lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...folder.loading import ReportFolder
from ...folder.profile import FigureEntry, TableRuling
from ...language.characters import NOTE_MARK, bare, plain_digits
from ...model import (
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
from ...model.texts import texts_of
from .amounts import with_amounts
from .elements import Element, ElementKind, Piece
from .figures import entries_by_line, own_text, shape_diagram, shape_figure
from .key_figures import SpokenProse, shape_figure_lines
from .periods import with_periods
from .ruled import cells_left, shape_ruled
from .tables import TableKind, shape_table
from .taken import Made, Taken, together


@dataclass(frozen=True, slots=True)
class Shaper:
    """Shapes elements into blocks, with what the folder says of tables and figures."""

    folder: ReportFolder
    prose: SpokenProse
    tables: Mapping[int, TableRuling]
    figures: Mapping[int, FigureEntry]
    quotes: frozenset[int]
    """Lines that a mark or report.yml says are quoted."""

    def shape(self, element: Element, title: Text) -> Made:
        made = self._made(element, title)
        blocks = (self._read(block, element) if isinstance(block, KeyFigures) else block for block in made.blocks)
        return replace(made, blocks=tuple(blocks))

    def _read(self, block: KeyFigures, element: Element) -> KeyFigures:
        """Key figures with their amounts, and the year that the prose gives them."""
        profile = self.folder.profile
        block = with_amounts(block, profile.language)
        return with_periods(block, self.prose.around(element), profile.year) if profile.year else block

    def _made(self, element: Element, title: Text) -> Made:
        entry = entries_by_line(self.figures, element)
        if element.kind is ElementKind.TABLE:
            return self._table(element, title)
        if element.kind is ElementKind.FIGURE:
            return self._figure(element, entry)
        if element.kind is ElementKind.WORDS:
            return self._diagram(element, entry)
        return Made((self._block(element),))

    def _block(self, element: Element) -> Block:
        """The block of an element of which nothing can be lost."""
        if element.kind is ElementKind.NOTES:
            return Footnotes(lines=element.lines, notes=tuple(map(_footnote, element.pieces)))
        if element.kind is ElementKind.KEY_FIGURES:
            return shape_figure_lines(element, self.prose.around(element))
        text = text_of(element.pieces[0])
        if element.kind is ElementKind.LIST:
            marks = tuple(mark.mark for mark in element.marks)
            start = element.marks[0].value if element.marks else 1
            return List(lines=element.lines, items=tuple(map(text_of, element.pieces)), marks=marks, start=start)
        if element.kind is ElementKind.QR:
            return Note(lines=element.lines, text=text, purpose="qr")
        kind = Quote if self._is_quote(element) else Paragraph
        return kind(lines=element.lines, text=text)

    def _figure(self, element: Element, entry: FigureEntry | None) -> Made:
        """A picture of which nothing is left, neither file nor words, is a mark without anything to show."""
        figure = shape_figure(element, entry, self.folder.profile.language)
        if not figure.picture and (file := self.folder.picture_of(element.picture)):
            figure = replace(figure, picture=file)
        if figure.picture or figure.caption or figure.alternative or figure.description:
            return Made((figure,), Taken(replaced=_replaced(element, figure)))
        return Made(taken=Taken(silent=dict.fromkeys(element.lines, "picture-without-words")))

    def _is_quote(self, element: Element) -> bool:
        """A paragraph that is one quotation from end to end, or that report.yml says is one."""
        return not self.quotes.isdisjoint(element.lines) or bool(re.fullmatch(r"“[^”]{20,}”", element.text))

    def _table(self, element: Element, title: Text) -> Made:
        made = self._table_itself(replace(element, notes=()), title)
        made = replace(made, taken=replace(made.taken, ends=dict.fromkeys(element.extra, "page-end")))
        notes = tuple(map(text_of, element.notes))
        if not notes:
            return made
        last = made.blocks[-1] if made.blocks else None
        if isinstance(last, DataTable | KeyValueTable):
            lines = {*last.lines, *(n for note in notes for n in note.lines)}
            noted = replace(last, notes=notes, lines=tuple(sorted(lines)))
            return replace(made, blocks=(*made.blocks[:-1], noted))
        return replace(made, blocks=(*made.blocks, *(Paragraph(lines=note.lines, text=note) for note in notes)))

    def _table_itself(self, element: Element, title: Text) -> Made:
        ruling = next((self.tables[n] for n in element.lines if n in self.tables), None)
        kind = TableKind(ruling.kind) if ruling and ruling.kind else None
        if kind is TableKind.FIGURE:
            return self._table_as_figure(element)
        if ruling is not None and kind is TableKind.CAPTIONS:
            ruled = self._ruled(element, ruling)
            texts = [text for block in ruled.blocks for text, _ in texts_of(block)]
            return replace(ruled, blocks=tuple(Figure(lines=text.lines, caption=text) for text in texts))
        if element.rule == RuleName.AS_PRINTED and not kind:
            kind = TableKind.DATA
        made = self._ruled(element, ruling) if ruling and ruling.rows else self._shaped(element, kind)
        captioned = [self._captioned(block, ruling, title) for block in made.blocks]
        return Made(
            tuple(block for one in captioned for block in one.blocks),
            together([made.taken, *(one.taken for one in captioned)]),
        )

    def _shaped(self, element: Element, kind: TableKind | None) -> Made:
        shaped = shape_table(element, self.prose.around(element), kind)
        silent = dict.fromkeys(shaped.noise, "ruling-noise" if kind is TableKind.NOISE else "noise-table")
        taken = Taken(dropped=shaped.dropped, silent=silent, moved=shaped.moved)
        return Made((shaped.block,) if shaped.block else (), taken)

    def _ruled(self, element: Element, ruling: TableRuling) -> Made:
        """The table as report.yml sets it, with what it leaves out."""
        ruled = shape_ruled(element, ruling, self.folder.profile.language)
        taken = Taken(
            dropped=_cells_without(element, ruled.block),
            silent=_silenced(element, ruled.block.lines, "ruling-drop"),
            left_out=ruled.left_out,
            problems=ruled.problems,
        )
        return Made((ruled.block,), taken)

    def _table_as_figure(self, element: Element) -> Made:
        pieces = tuple(cell for row in element.rows for cell in row if cell.text)
        words = replace(element, kind=ElementKind.WORDS, pieces=pieces, rows=())
        made = self._diagram(words, entries_by_line(self.figures, element))
        dropped = [Taken(dropped=_cells_without(element, block)) for block in made.blocks]
        return replace(made, taken=together([made.taken, *dropped]))

    def _diagram(self, element: Element, entry: FigureEntry | None) -> Made:
        figure, problems = shape_diagram(element, entry, self.folder.profile.language)
        silent = _silenced(element, figure.lines, "diagram-rubble")
        return Made((figure,), Taken(silent=silent, problems=tuple(problems)))

    def _captioned(self, block: Block, ruling: TableRuling | None, title: Text) -> Made:
        """Every table has a caption: its own, the editor's, or its section's title."""
        language = self.folder.profile.language
        heads: Mapping[int, str] = {}
        if ruling and isinstance(block, DataTable | KeyValueTable):
            block = replace(block, chart=ruling.chart)
        if ruling and ruling.header and isinstance(block, DataTable):
            heads = _heads_of(block)
            block = self._reheaded(block, ruling)
        if ruling and ruling.caption and isinstance(block, DataTable | KeyValueTable | KeyFigures | TagList):
            block = replace(block, caption=own_text(ruling.caption, language))
        elif isinstance(block, DataTable | KeyValueTable) and block.caption is None:
            block = replace(block, caption=Text(title.source, lines=(), translation=title.translation))
        return Made((block,), Taken(dropped=heads))

    def _reheaded(self, block: DataTable, ruling: TableRuling) -> DataTable:
        """The editor's column heads in place of the printed ones."""
        lines = tuple(sorted({n for text in block.header for n in text.lines}))
        heads = (own_text(text, self.folder.profile.language) for text in ruling.header)
        return replace(block, header=tuple(replace(head, lines=lines) for head in heads))


def _replaced(element: Element, figure: Figure) -> dict[int, str]:
    """The source's alternative text where the figure says something else, by line."""
    said = element.alternative
    if said is None or any(bare(said.text) in bare(text.source) for text, _ in texts_of(figure)):
        return {}
    return dict.fromkeys(said.lines, said.text)


def _heads_of(block: DataTable) -> dict[int, str]:
    """The printed column heads, by line."""
    return dict(together(Taken(dropped=dict.fromkeys(text.lines, text.source)) for text in block.header).dropped)


def _silenced(element: Element, kept: Sequence[int], rule: str) -> dict[int, str]:
    return {n: rule for n in element.lines if n not in kept and n not in element.extra}


def _cells_without(element: Element, block: Block) -> Mapping[int, str]:
    """Cells that the block doesn't hold are noise, line by line."""
    return cells_left(element, [text.source for text, _ in texts_of(block) if text.lines])


def _footnote(piece: Piece) -> Footnote:
    mark = NOTE_MARK.match(piece.text)
    assert mark is not None, "a line is a note by its mark"
    return Footnote(plain_digits(mark[1]), Text(piece.text[mark.end() :].strip(), lines=piece.lines))


def text_of(piece: Piece) -> Text:
    return Text(piece.text, lines=piece.lines)
