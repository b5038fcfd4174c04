"""A PDF taken in: the stages in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from ...language.progress import Told, nobody
from ...model.errors import InputError, Problem
from . import dialect
from .account import lost_characters, page_account, taken_runs, unread_words
from .blocks import (
    LARGE,
    Block,
    Hyphens,
    blocks_of,
    contents_pages,
    ends_sentence,
    is_entry,
    joined_text,
    rejoined,
    usual_pitch,
)
from .captions import Captioned, captioned
from .drawings import areas, bulleted, panel_boxes, paneled
from .edges import Edges, find_edges, printed_numbers
from .extraction import Account, Doubt, Extraction, Missing, Picture
from .grids import grid_tables
from .headings import headed
from .layout import Drawing, Item, flows_of
from .lines import Line, body_size, lines_of
from .page import PageContent
from .pdfium import bookmarks, open_pdf, read_page
from .pictures import Shot, shots_of, without_repeats
from .ruled import ruled_tables
from .steps import Steps
from .strips import strips_of
from .tables import Table
from .tagged import tagged_tables, with_untagged_rows
from .visible import hidden_runs
from .witness import LACKS, Testimony, Witness, disagreements, reordered, table_of

LARGER = 1.06
LEAST_PROSE = 300
"""Characters outside tables, from which on their size is the text's."""
ENGINES = ("pypdfium2",)
SECOND = "opendataloader-pdf"
SCAN_SHARE = 0.6


@dataclass(slots=True)
class _Page:
    """A page on its way."""

    content: PageContent
    edges: Edges
    blocks: list[Block]
    shots: list[Shot]
    doubts: list[Doubt]


def pdf_taken_in(path: Path, second: bool = True, told: Told = nobody) -> Extraction:
    """The extraction of the PDF at `path`. `second`: ask the second witness where it is installed.

    `told` hears of each page as it is read and as it is laid out, and how the second witness's time goes by.
    """
    document = open_pdf(path)
    steps = Steps(told, len(document), second)
    try:
        with Witness(path, bool(document.is_tagged())) if second else nullcontext() as witness:
            contents = [_content(document, number, path, steps) for number in range(1, len(document) + 1)]
            _refuse_scans(path, contents)
            heights = [content.height for content in contents]
            testimony = witness.testimony(heights, steps.waits) if witness else None
        return _Intake(document, contents, testimony, second, steps).extraction()
    finally:
        document.close()


def _content(document: pdfium.PdfDocument, number: int, path: Path, steps: Steps) -> PageContent:
    steps.read(number - 1)
    try:
        return read_page(document, number)
    except pdfium.PdfiumError:
        problem = Problem(
            f"{path}, page {number}", "this page is damaged", "save the PDF again with the program that made it"
        )
        raise InputError(problem) from None


def _refuse_scans(path: Path, contents: Sequence[PageContent]) -> None:
    if any(run.text.strip() for content in contents for run in content.runs):
        return
    if any(content.images for content in contents):
        remedy = "recognise its text first, for example: ocrmypdf --language chi_sim+eng scan.pdf report.pdf"
        raise InputError(Problem(str(path), "a scan: its pages are pictures without text", remedy))
    raise InputError(Problem(str(path), "its pages hold no text", "give the report as PDF with text, or as .docx"))


class _Intake:
    """The stages share the document and what was learnt of all pages."""

    def __init__(
        self,
        document: pdfium.PdfDocument,
        contents: Sequence[PageContent],
        told: Testimony | None,
        second: bool,
        steps: Steps,
    ) -> None:
        self._steps = steps
        self._document, self._contents, self._told, self._second = document, contents, told, second
        self._hidden = {content.number: hidden_runs(document, content) for content in contents}
        lines = [
            lines_of([run for run in content.runs if run.first not in self._hidden[content.number]], content.walls)
            for content in contents
        ]
        self._body = body_size(line for found in lines for line in found)
        self._hyphens = Hyphens([line.text for found in lines for line in found])
        self._pitch = usual_pitch([line for found in lines for line in found])
        self._edges = find_edges(contents, lines)
        labels = [document.get_page_label(i) for i in range(len(contents))]
        self._printed = printed_numbers(contents, self._edges, labels)
        self._pages = [
            self._page(content, found, edges)
            for content, found, edges in zip(contents, lines, self._edges, strict=True)
        ]

    def _page(self, content: PageContent, lines: Sequence[Line], edges: Edges) -> _Page:
        furniture = {id(line) for line in edges.lines}
        free = [line for line in lines if id(line) not in furniture and content.box.meets(line.box)]
        free = bulleted(free, content.shapes)
        tables = self._tables(content, free)
        free = _outside(free, tables)
        found = areas(content, free, tables, self._body)
        shots = list(shots_of(self._document, content, found))
        in_drawing = {id(line) for shot in shots if not shot.decoration for line in shot.area.labels}
        loose = [line for line in free if id(line) not in in_drawing]
        strips = strips_of(loose)
        in_strip = {id(line) for strip in strips for line in strip.lines}
        items: list[Item] = [line for line in loose if id(line) not in in_strip]
        items += [*tables, *strips]
        items += [Drawing(s.area.box, s.area.labels, i) for i, s in enumerate(shots) if not s.decoration]
        blocks = blocks_of(flows_of(paneled(items, panel_boxes(content, free))), content.number, self._pitch)
        blocks, doubts = self._second_opinion(content, blocks)
        self._steps.laid_out(content.number)
        return _Page(content, edges, blocks, shots, [*doubts, *_page_doubts(content)])

    def _tables(self, content: PageContent, lines: Sequence[Line]) -> list[Table]:
        """By the PDF's own tags, by a full grid of lines, by the second witness, by rules alone."""
        tables = with_untagged_rows(tagged_tables(lines, content.tables), grid_tables(lines, content.shapes))
        tables += grid_tables(_outside(lines, tables), content.shapes)
        grids = self._told.tables.get(content.number, ()) if self._told else ()
        for grid in grids:
            table = table_of(grid, _outside(lines, tables))
            if table is not None and not _is_contents(table):
                tables.append(table)
        return tables + ruled_tables(_outside(lines, tables), content.shapes)

    def _second_opinion(self, content: PageContent, blocks: list[Block]) -> tuple[list[Block], list[Doubt]]:
        """Where the two witnesses order the page otherwise, the order whose sentences go on better stands."""
        order = self._told.order.get(content.number, ()) if self._told else ()
        boxes = [block.box for block in blocks]
        if not order or disagreements(order, boxes) == 0:
            return blocks, []
        other = [blocks[i] for i in reordered(order, boxes)]
        better = _coherence(other) > _coherence(blocks) + 1
        choice = f"{SECOND}'s order was taken" if better else "PDFium's place was kept"
        doubt = Doubt(content.number, f"the two readings order this page's columns otherwise: {choice}")
        return (other if better else blocks), [doubt]

    def extraction(self) -> Extraction:
        blocks = rejoined([block for page in self._pages for block in page.blocks], self._body)
        texts = [joined_text(block.lines, self._hyphens) if block.lines else "" for block in blocks]
        prose = [line for block in blocks if block.kind in ("text", "item") for line in block.lines]
        enough = sum(len(line.text) for line in prose) >= LEAST_PROSE
        # Tables in small type may hold most characters: titles are larger than the text around them.
        larger = max(LARGE * self._body, LARGER * body_size(prose) if enough else 0)
        blocks = headed(blocks, texts, bookmarks(self._document), self._body, larger)
        shots = {page.content.number: page.shots for page in self._pages}
        shots = _with_repeats(shots)
        captions = captioned(blocks, texts, shots, self._body)
        return _Writer(self, blocks, texts, shots, captions).written()

    def account(self, taken: Sequence[tuple[int, Line]], pictures: Sequence[Picture], text: str) -> Account:
        runs = taken_runs(taken)
        told = [
            page_account(content, printed, runs, pictures, self._hidden[content.number])
            for content, printed in zip(self._contents, self._printed, strict=True)
        ]
        missing = [entry for _, entries in told for entry in entries]
        doubts = [doubt for page in self._pages for doubt in page.doubts]
        if lost := lost_characters(self._contents, missing, text):
            doubts.append(Doubt(0, f"characters that the text has too few of: {lost}"))
        for number, count in unread_words(self._contents).items():
            missing.append(Missing(number, self._contents[number - 1].box, f"{count} characters", "not read"))
        engines = (*ENGINES, SECOND) if self._told else ENGINES
        lacks = (LACKS,) if self._second and self._told is None else ()
        return Account(engines, lacks, tuple(page for page, _ in told), tuple(missing), tuple(doubts))

    @property
    def hyphens(self) -> Hyphens:
        return self._hyphens

    @property
    def pages(self) -> Sequence[_Page]:
        return self._pages

    @property
    def printed(self) -> Sequence[int | None]:
        return self._printed


def _outside(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line]:
    """Lines that no table holds; a table's cells may hold parts of a line."""
    held = {id(run) for table in tables for line in table.lines for run in line.runs}
    return [line for line in lines if not any(id(run) in held for run in line.runs)]


def _is_contents(table: Table) -> bool:
    """A contents list set as columns: titles and page numbers."""
    return table.width == 2 and all(
        cell.column == 0 or all(line.text.isdigit() for line in cell.lines) for cell in table.cells
    )


def _page_doubts(content: PageContent) -> Iterator[Doubt]:
    if content.unreadable:
        yield Doubt(content.number, f"{content.unreadable} characters whose font doesn't say what they are")
    if not content.runs and any(image.visible.area > SCAN_SHARE * content.box.area for image in content.images):
        yield Doubt(content.number, "this page is a scan without text: recognise its text first (for example ocrmypdf)")
    if any(run.style.invisible for run in content.runs):
        yield Doubt(content.number, "invisible text (the text layer of a scan) was taken in")


def _coherence(blocks: Sequence[Block]) -> int:
    """How many sentences that a block's end tears go on in the next block, less those that don't."""
    texts = [block for block in blocks if block.lines and not block.lines[0].bold and len(block.lines) > 1]
    score = 0
    for before, after in itertools.pairwise(texts):
        torn, goes_on = not ends_sentence(before.lines[-1].text), after.lines[0].text[:1].islower()
        score += (torn and goes_on) - (torn != goes_on)
    return score


def _with_repeats(shots: dict[int, list[Shot]]) -> dict[int, list[Shot]]:
    flat = without_repeats([shot for found in shots.values() for shot in found])
    result: dict[int, list[Shot]] = {number: [] for number in shots}
    for shot in flat:
        result[shot.page].append(shot)
    return result


def _number_apart(line: Line) -> list[str]:
    """A running head and the page number beside it, a line each."""
    for cut in (1, len(line.runs) - 1):
        parts = [Line(line.runs[:cut]), Line(line.runs[cut:])] if 0 < cut < len(line.runs) else []
        if parts and any(part.text.isdigit() for part in parts):
            return [parts[0].text, "", parts[1].text]
    return [line.text]


class _Writer:
    """Blocks to text, page by page, with the line of each picture."""

    def __init__(
        self,
        intake: _Intake,
        blocks: Sequence[Block],
        texts: Sequence[str],
        shots: dict[int, list[Shot]],
        captions: Captioned,
    ) -> None:
        self._intake, self._shots, self._captions = intake, shots, captions
        self._blocks = list(zip(blocks, texts, strict=True))
        self._contents = contents_pages(blocks, texts)
        self._lines: list[str] = [dialect.MARK, ""]
        self._taken: list[tuple[int, Line]] = []
        self._pictures: list[Picture] = []

    def written(self) -> Extraction:
        by_page: dict[int, list[int]] = {}
        for i, (block, _) in enumerate(self._blocks):
            by_page.setdefault(block.page, []).append(i)
        for page in self._intake.pages:
            self._page(page, by_page.get(page.content.number, []))
        text = "\n".join(self._lines).rstrip("\n") + "\n"
        pictures = tuple(self._pictures)
        return Extraction(text, pictures, self._intake.account(self._taken, pictures, text))

    def _page(self, page: _Page, indices: Sequence[int]) -> None:
        start = len(self._lines)
        number = page.content.number
        if page.edges.side:
            self._say(" ".join(line.text for line in page.edges.side))
        for text in map(_number_apart, page.edges.top):
            self._say(*text)
        left = min((self._blocks[i][0].box.left for i in indices if self._is_entry(i)), default=0.0)
        for i in indices:
            self._block(i, left)
        for text in map(_number_apart, page.edges.bottom):
            self._say(*text)
        self._taken += [(number, line) for line in page.edges.lines]
        for index, shot in enumerate(self._shots[number]):
            if shot.decoration:
                self._pictures.append(self._picture(shot, index, 0))
        if len(self._lines) == start:
            self._say("")
        if number > 1:
            self._lines[start] = "\f" + self._lines[start]

    def _say(self, *lines: str) -> None:
        self._lines += [*lines, ""]

    def _is_entry(self, i: int) -> bool:
        block, text = self._blocks[i]
        return not block.level and is_entry(block, text, self._contents)

    def _block(self, i: int, left: float) -> None:
        block, text = self._blocks[i]
        self._taken += [(line_page, line) for line_page, line in self._paged(block)]
        if i in self._captions.taken:
            return
        if block.drawing is not None:
            self._drawing(i, block, block.drawing)
        elif block.table is not None:
            self._say(*dialect.table(block.table, self._intake.hyphens))
        elif block.strip is not None:
            self._say(*dialect.strip(block.strip, self._intake.hyphens))
        elif block.level:
            self._say(dialect.heading(text, block.level))
        elif block.kind == "item":
            self._item(i, text)
        elif self._is_entry(i):
            self._say(("  " if block.box.left > left + 5 else "") + text)
        else:
            self._say(dialect.plain(text))

    def _item(self, i: int, text: str) -> None:
        """Items of one list follow each other without a blank line."""
        before = self._blocks[i - 1][0] if i else None
        if before is not None and before.kind == "item" and len(self._lines) > 1 and self._lines[-2].startswith("- "):
            self._lines.pop()
        self._say(dialect.item(text))

    def _paged(self, block: Block) -> Iterator[tuple[int, Line]]:
        """A paragraph over a page's end has its last lines on the next: they know by their place in the blocks."""
        lines = (
            block.lines or (block.table.lines if block.table else ()) or (block.drawing.words if block.drawing else ())
        )
        page = block.page
        for before, line in zip((None, *lines), lines, strict=False):
            if block.lines and before is not None and line.runs[0].first < before.runs[0].first:
                page = self._home(line, page)
            yield self._home(line, page), line

    def _home(self, line: Line, page: int) -> int:
        for number in (page, page + 1, page + 2):
            if number <= len(self._intake.pages):
                runs = self._intake.pages[number - 1].content.runs
                if any(run is line.runs[0] for run in runs):
                    return number
        return page

    def _drawing(self, i: int, block: Block, drawing: Drawing) -> None:
        shot = self._shots[block.page][drawing.index]
        if shot.decoration:
            if drawing.words:
                self._say(*dialect.labels(drawing.words, self._intake.hyphens))
            return
        picture = self._picture(shot, drawing.index, len(self._lines) + 1, self._captions.of.get(i, -1), i)
        self._pictures.append(picture)
        words = dialect.labels(drawing.words, self._intake.hyphens) if drawing.words else []
        self._say(dialect.picture(picture.alt, picture.name, picture.caption), *words)

    def _picture(self, shot: Shot, index: int, line: int, caption: int = -1, block: int = -1) -> Picture:
        text = self._blocks[caption][1] if caption >= 0 else ""
        offered = tuple(self._blocks[k][1] for k in self._captions.offered.get(block, ()))
        name = f"p{shot.page:03d}-{index + 1}.{shot.kind}" if shot.data else ""
        printed = self._intake.printed[shot.page - 1]
        drawn = bool(shot.area.shapes)
        return Picture(
            name, shot.data, shot.page, printed, shot.area.box, text, offered, shot.alt, shot.decoration, line, drawn
        )
