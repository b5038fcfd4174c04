"""The chain from an extraction to the typed report, in order; nothing else orders the stages.

read → clean → correct → find furniture → classify → rule → assemble → shape → outline → pages → translate → ledger
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .assemble import Element, ElementKind, Piece, assemble
from .catalogue import Translations
from .characters import bare
from .classify import ClassifiedLine, classify
from .cleaning import clean_line
from .errors import InputError, Problem
from .figures import entries_by_line, lines_holding, own_text, shape_diagram, shape_figure
from .furniture import Furniture, find_furniture
from .key_figures import Prose, shape_figure_lines
from .ledger import Ledger, keep_ledger
from .model import (
    Block,
    Cell,
    DataTable,
    Figure,
    Flag,
    Heading,
    KeyFigure,
    KeyFigures,
    KeyValueTable,
    List,
    Note,
    Page,
    Paragraph,
    Quote,
    Row,
    Section,
    SourceLine,
    TagList,
    Text,
)
from .noise import Vocabulary, learn_vocabulary
from .outline import Branch, grow, opens_page, plan_headings
from .pages import name_sections, paginate
from .profile import (
    Bilingual,
    Correction,
    FigureEntry,
    OutlineEntry,
    Place,
    ReportFolder,
    TableRuling,
)
from .reading import read_source
from .rulings import Docket, align, apply_corrections, rule_elements, rule_lines
from .strings import LANGUAGES, words
from .tables import cell_of, continue_index, shape_table
from .texts import texts_of
from .translate import translate

_MARK = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+)")
PROSE_REACH = 12
"""How many paragraphs around a key-figure strip may speak of its values."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the outputs are written from."""

    folder: ReportFolder
    pages: tuple[Page, ...]
    untranslated: tuple[Page, ...]
    """The pages as they were before translation: what the catalogue is made from."""
    ledger: Ledger
    printed_pages: Mapping[int, int]
    corrections: tuple[Correction, ...]
    flags: tuple[Flag, ...]
    missing: tuple[tuple[str, Place], ...]
    """Rulings whose place this source doesn't have: (section of report.yml, place)."""


def convert(folder: ReportFolder, translations: Translations, source: Path | None = None) -> Report:
    """The report of `source` (the folder's own by default)."""
    path = source or folder.source
    received = read_source(path)
    moved = align(read_source(folder.source), received) if source and folder.source.exists() else {}
    return build_report(folder, translations, received, str(path), moved)


def build_report(
    folder: ReportFolder,
    translations: Translations,
    received: Sequence[SourceLine],
    name: str,
    moved: Mapping[int, int] | None = None,
) -> Report:
    """The report of the lines received; `moved` tells where the lines of the folder's own source stand in them."""
    profile = folder.profile
    docket = Docket(received, moved or {})
    cleaned = tuple(clean_line(line, match[0] if (match := _MARK.match(line.text)) else "") for line in received)
    corrected, applied = apply_corrections(cleaned, profile.corrections, docket)
    furniture = find_furniture(corrected)
    vocabulary = learn_vocabulary(corrected, frozenset(furniture.rules))
    classified = rule_lines(classify(corrected, furniture, vocabulary), profile.lines, profile.outline, docket)
    elements = _overrun_titles(continue_index(assemble(classified, furniture.contents), furniture.contents), classified)
    ruled = rule_elements(elements, profile, [entry.at for entry in folder.figures], docket)
    shop = _Workshop(folder, vocabulary, ruled.elements, ruled.tables, _found_figures(folder, docket), classified)
    pages = paginate(
        name_sections(_sections(ruled.elements, shop, furniture, docket), furniture),
        furniture.printed_pages,
    )
    if not pages:
        raise InputError(
            Problem(
                name,
                "nothing but furniture and noise: no text to publish",
                "check that this is the extraction of a report",
            )
        )
    if shop.problems or docket.problems:
        raise InputError(*shop.problems, *docket.problems)
    ledger = keep_ledger(classified, pages, furniture.printed_pages, shop.dropped, shop.silent, len(received))
    translated = translate(pages, translations, profile.language)
    return Report(
        folder,
        translated,
        pages,
        ledger,
        furniture.printed_pages,
        applied,
        _flags(folder, pages, docket),
        tuple(docket.missing),
    )


# --- sections ------------------------------------------------------------------------------------------------------


def _sections(
    elements: Sequence[Element], shop: _Workshop, furniture: Furniture, docket: Docket
) -> tuple[Section, ...]:
    entries = _entries(shop.folder.profile.outline, docket)
    branches = grow(elements, plan_headings(elements, entries, furniture))
    return tuple(shop.section(branch, None) for branch in branches)


def _entries(outline: Sequence[OutlineEntry], docket: Docket) -> dict[int, tuple[int, OutlineEntry]]:
    """Outline entries by the line where this source has them, with their depth."""
    quiet = Docket(docket.lines, docket.moved)
    found: dict[int, tuple[int, OutlineEntry]] = {}

    def visit(entries: Sequence[OutlineEntry], depth: int) -> None:
        for entry in entries:
            if span := quiet.find(entry.at):
                found[span[0]] = (depth, entry)
            visit(entry.sections, depth + 1)

    visit(outline, 1)
    return found


def _overrun_titles(elements: Sequence[Element], lines: Sequence[ClassifiedLine]) -> list[Element]:
    """A quoted phrase that ran over from a title into the paragraph goes back to the title."""
    ruled = {line.number for line in lines if line.rule == "ruling-title-overrun"}
    result: list[Element] = []
    for element in elements:
        match = (
            re.match(r"^([“《\"][^”》\"]{1,24}[”》\"])\s*(?=\S)", element.text)
            if element.lines and element.lines[0] in ruled
            else None
        )
        if match and result and result[-1].kind is ElementKind.HEADING:
            title, piece = result[-1].pieces[0], element.pieces[0]
            result[-1] = replace(result[-1], pieces=(Piece(title.text + match[1], (*title.lines, *piece.lines)),))
            element = replace(element, pieces=(Piece(piece.text[match.end() :].strip(), piece.lines),))
        result.append(element)
    return result


# --- shapes --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Workshop:
    """Shapes elements into blocks, with what the folder says of tables and figures; notes noise and mistakes."""

    folder: ReportFolder
    vocabulary: Vocabulary
    elements: Sequence[Element]
    tables: Mapping[int, TableRuling]
    figures: Mapping[int, FigureEntry]
    lines: Sequence[ClassifiedLine]
    dropped: dict[int, str] = field(default_factory=dict)
    silent: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def section(self, branch: Branch, parent: Branch | None) -> Section:
        title = branch.heading.pieces[0] if branch.heading else None
        text = _text(title) if title else own_text(self.folder.profile.title, self.folder.profile.language)
        heading = Heading(lines=branch.heading.lines if branch.heading else (), text=text)
        blocks = tuple(block for element in branch.body for block in self.shape(element, text))
        return Section(
            heading,
            branch.plan.kind,
            branch.plan.slug,
            blocks,
            tuple(self.section(child, branch) for child in branch.children),
            opens_page(branch, parent),
            branch.plan.accent,
        )

    def shape(self, element: Element, title: Text) -> list[Block]:
        language = self.folder.profile.language
        if element.kind is ElementKind.TABLE:
            return self._table(element, title)
        if element.kind is ElementKind.KEY_FIGURES:
            return [shape_figure_lines(element, self._prose(element))]
        entry = entries_by_line(self.figures, element)
        if element.kind is ElementKind.FIGURE:
            return [shape_figure(element, entry, language)]
        if element.kind is ElementKind.WORDS:
            figure = shape_diagram(element, entry, language, self.problems)
            self._note_silence(element, figure.lines, "diagram-rubble")
            return [figure]
        text = _text(element.pieces[0])
        if element.kind is ElementKind.LIST:
            return [List(lines=element.lines, items=tuple(map(_text, element.pieces)))]
        if element.kind is ElementKind.QR:
            return [Note(lines=element.lines, text=text, purpose="qr")]
        return [
            Quote(lines=element.lines, text=text)
            if self._is_quote(element)
            else Paragraph(lines=element.lines, text=text)
        ]

    def _is_quote(self, element: Element) -> bool:
        """A paragraph that is one quotation from end to end, or that report.yml says is one."""
        ruled = any(line.rule in ("ruling-quote", "quote-mark") for line in self.lines if line.number in element.lines)
        return ruled or bool(re.fullmatch(r"“[^”]{20,}”", element.text))

    def _prose(self, element: Element) -> Prose:
        at = self.elements.index(element) if element in self.elements else 0
        spoken = [
            (abs(i - at), e.text)
            for i, e in enumerate(self.elements)
            if e.kind in (ElementKind.PARAGRAPH, ElementKind.LIST)
        ]
        return Prose.of([text for _, text in sorted(spoken)[:PROSE_REACH]], self.folder.profile.language)

    def _table(self, element: Element, title: Text) -> list[Block]:
        ruling = next((self.tables[n] for n in element.lines if n in self.tables), None)
        if ruling is not None and ruling.kind == "figure":
            return self._table_as_figure(element, ruling)
        if ruling is not None and ruling.kind == "captions":
            return self._captions(element, ruling)
        if ruling is not None and ruling.rows:
            block: Block | None = self._ruled_rows(element, ruling)
        else:
            shaped = shape_table(
                element,
                self._prose(element),
                self.vocabulary,
                (ruling.kind or None) if ruling else None,
            )
            block = shaped.block
            self.silent |= dict.fromkeys(shaped.noise, "noise-table")
        if block is None:
            return []
        self._note_drops(element, block)
        return [self._captioned(block, ruling, title)]

    def _table_as_figure(self, element: Element, ruling: TableRuling) -> list[Block]:
        pieces = tuple(cell for row in element.rows for cell in row if cell.text)
        words = replace(element, kind=ElementKind.WORDS, pieces=pieces, rows=())
        figure = shape_diagram(
            words,
            entries_by_line(self.figures, element),
            self.folder.profile.language,
            self.problems,
        )
        self._note_silence(element, figure.lines, "diagram-rubble")
        self._note_drops(element, figure)
        return [figure]

    def _captions(self, element: Element, ruling: TableRuling) -> list[Block]:
        """Each cell that the ruling names is the caption of a picture."""
        block = self._ruled_rows(element, ruling)
        self._note_drops(element, block)
        return [Figure(lines=text.lines, caption=text) for text, _ in texts_of(block)]

    def _captioned(self, block: Block, ruling: TableRuling | None, title: Text) -> Block:
        """Every table has a caption: its own, the editor's, or its section's title."""
        language = self.folder.profile.language
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

    def _ruled_rows(self, element: Element, ruling: TableRuling) -> Block:
        """The table as report.yml sets its cells; each printed cell must stand in the element's lines."""
        pieces = (*element.pieces, *(cell for row in element.rows for cell in row))
        rows = tuple(Row(tuple(self._ruled_cell(cell, pieces, ruling) for cell in row)) for row in ruling.rows)
        used = {n for row in rows for cell in row.cells for text in cell for n in text.lines}
        caption = _text(element.caption) if element.caption else None
        lines = tuple(sorted(used | set(element.caption.lines if element.caption else ())))
        self._note_silence(element, lines, "ruling-drop")
        if ruling.kind == "key-figures":
            figures = tuple(_ruled_figure(row) for row in rows)
            return KeyFigures(lines=lines, figures=figures, caption=caption)
        if ruling.kind == "tag-list":
            return TagList(
                lines=lines,
                items=tuple(t for row in rows for cell in row.cells for t in cell),
                caption=caption,
            )
        if ruling.kind in ("data", "headless"):
            return DataTable(lines=lines, header=(), rows=rows, caption=caption)
        return KeyValueTable(lines=lines, rows=rows, caption=caption)

    def _ruled_cell(
        self,
        cell: str | tuple[str, ...] | Bilingual | None,
        pieces: tuple[Piece, ...],
        ruling: TableRuling,
    ) -> Cell:
        if cell is None:
            return ()
        if isinstance(cell, Bilingual):
            return (own_text(cell, self.folder.profile.language),)
        texts = (cell,) if isinstance(cell, str) else cell
        return tuple(self._ruled_text(text, pieces, ruling) for text in texts)

    def _ruled_text(self, text: str, pieces: tuple[Piece, ...], ruling: TableRuling) -> Text:
        lines = lines_holding(text, pieces)
        if not lines:
            place = f"{self.folder.root / 'report.yml'}: tables at {ruling.at}"
            self.problems.append(
                Problem(
                    place,
                    f"the cell {text!r} doesn't stand in these lines",
                    "write it as printed, or give it in both languages",
                )
            )
        return cell_of(Piece(text, lines))[0] if lines else Text(text)

    def _note_silence(self, element: Element, kept: Sequence[int], rule: str) -> None:
        self.silent |= {n: rule for n in element.lines if n not in kept and n not in element.extra}

    def _note_drops(self, element: Element, block: Block) -> None:
        """Cells that the block doesn't hold are noise, line by line."""
        kept = " ".join(text.source for text, _ in texts_of(block) if text.lines)
        for row in element.rows:
            for cell in row:
                if cell.text and bare(cell.text) not in bare(kept) and not _in_pieces(cell.text, kept):
                    for number in cell.lines:
                        self.dropped[number] = f"{self.dropped.get(number, '')} {cell.text}".strip()


def _in_pieces(cell: str, kept: str) -> bool:
    """A cell with list items: each stands on its own."""
    parts = [bare(part) for part in re.split(r"[•●、,;；|/]", cell) if bare(part)]
    return bool(parts) and all(part in bare(kept) for part in parts)


def _text(piece: Piece) -> Text:
    return Text(piece.text, lines=piece.lines)


def _ruled_figure(row: Row) -> KeyFigure:
    value, *rest = row.cells
    label = rest[0][0] if rest and rest[0] else None
    return KeyFigure(value[0] if value else Text(""), label)


def _found_figures(folder: ReportFolder, docket: Docket) -> dict[int, FigureEntry]:
    found: dict[int, FigureEntry] = {}
    for entry in folder.figures:
        if span := docket.find(entry.at, "figures"):
            found |= dict.fromkeys(range(span[0], span[1] + 1), entry)
    return found


def _flags(folder: ReportFolder, pages: Sequence[Page], docket: Docket) -> tuple[Flag, ...]:
    """The editor's doubts, and the key figures that nothing pairs."""
    given = [
        Flag(tuple(range(span[0], span[1] + 1)), "editor", {"zh": flag.what.zh, "en": flag.what.en})
        for flag in folder.profile.flags
        if (span := docket.find(flag.at, "flags"))
    ]
    found: list[Flag] = []
    for page in pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    found += [_unpaired(figure) for figure in block.figures if figure.label is None]
    return (
        *given,
        *(flag for flag in found if not any(set(flag.lines) & set(g.lines) for g in given)),
    )


def _unpaired(figure: KeyFigure) -> Flag:
    value = figure.value.source
    return Flag(
        figure.value.lines,
        "unpaired-figure",
        {language: words("unpaired-figure", language, value=value) for language in LANGUAGES},
    )
