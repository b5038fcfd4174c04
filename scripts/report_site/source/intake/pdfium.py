"""PDFium opens the document and says what stands on its pages."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ...model.errors import InputError, Problem
from .nesting import require_few_forms
from .objects import objects_of, walls_of
from .page import Bookmark, PageContent
from .runs import MOST_CHARACTERS, RADICALS, RunReader
from .structure import StructureTree
from .turning import Turn

MOST_PAGES = 2000
LARGEST_FILE = 1 << 30


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """The document, or one line on why it can't be taken in."""
    if path.stat().st_size > LARGEST_FILE:
        raise InputError(Problem(str(path), f"larger than {LARGEST_FILE >> 20} MiB", "give a smaller PDF"))
    require_few_forms(path)
    try:
        document = pdfium.PdfDocument(path)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise InputError(_unopened(path, error)) from None
    if count == 0:
        raise InputError(Problem(str(path), "this PDF has no pages", "save it again from the program that made it"))
    if count > MOST_PAGES:
        raise InputError(Problem(str(path), f"{count} pages are more than {MOST_PAGES}", "give the report alone"))
    return document


def _unopened(path: Path, error: pdfium.PdfiumError) -> Problem:
    code = raw.FPDF_GetLastError()
    if code == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        return Problem(str(path), "this PDF is locked with a password", "save a copy without password and give that")
    if code == raw.FPDF_ERR_SECURITY:
        return Problem(str(path), "this PDF is encrypted in a way that can't be read", "save a copy without protection")
    return Problem(str(path), "this is no PDF, or a damaged one", "save it again from the program that made it")


def bookmarks(document: pdfium.PdfDocument) -> tuple[Bookmark, ...]:
    found: list[Bookmark] = []
    with suppress(pdfium.PdfiumError, ValueError):
        for item in document.get_toc(max_depth=6):
            target = item.get_dest()
            index = target.get_index() if target else None
            title = " ".join(item.get_title().translate(RADICALS).split())
            if title and index is not None:
                found.append(Bookmark(item.level + 1, title, index + 1))
    return tuple(found)


def read_page(document: pdfium.PdfDocument, number: int) -> PageContent:
    page = document[number - 1]
    textpage = page.get_textpage()
    turn = Turn(page)
    tree = StructureTree(page, number)
    objects = objects_of(page, turn)
    walls = walls_of(objects.shapes)
    runs, unreadable = RunReader(textpage, turn, tree.tags, walls, objects.clipped).read()
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    words = textpage.get_text_range(0, count) if count > 0 else ""
    return PageContent(
        number,
        turn.width,
        turn.height,
        tuple(runs),
        objects.images,
        objects.shapes,
        words,
        tuple(tree.figures),
        tuple(tree.tables),
        walls,
        unreadable,
    )
