"""A Word file taken in: headings, lists, tables with spans, footnotes and pictures with their alternative text.

A .docx has no pages but those that its author's program noted at its last save; they become page starts.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from PIL import Image as Pixels
from PIL import ImageOps, UnidentifiedImageError

from ...language.patterns import NUMBERED_CAPTION, TABLE_TITLE
from ...model.errors import InputError, Problem
from . import dialect
from .extraction import Account, Box, Doubt, Extraction, PageAccount, Picture
from .pictures import LARGEST_PIXELS, SMALLEST_PIXELS, _encoded, _is_plain
from .word_graphics import Diagram, graphics_in
from .word_headings import Headings, name_of
from .word_lists import BULLET, ItemMarks, whole
from .word_text import hidden_words, is_shown, words_of

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
LARGEST_UNPACKED = 512 << 20
LONGEST_QUOTED = 40
Node = Any
"""An element of the file's XML."""
_NO_BOX = Box(0, 0, 0, 0)
_IMAGE_ERRORS = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Pixels.DecompressionBombError)


def word_taken_in(path: Path) -> Extraction:
    try:
        return _Word(_opened(path)).extraction(path)
    except SyntaxError as error:  # lxml's word for XML that breaks off, goes too deep, or multiplies.
        raise InputError(Problem(str(path), "this .docx is damaged", "open it in Word and save it again")) from error


def _opened(path: Path) -> Document:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST_UNPACKED:
            problem = Problem(str(path), f"unpacks to {size >> 20} MiB", "give a smaller file")
            raise InputError(problem)
        return docx.Document(str(path))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError) as error:
        with path.open("rb") as file:
            locked = file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        if locked:
            problem = Problem(str(path), "locked with a password, or an old .doc", "save it as .docx without password")
        else:
            problem = Problem(str(path), "this is no .docx, or a damaged one", "open it in Word and save it again")
        raise InputError(problem) from error


@dataclass(slots=True)
class _Word:
    """Walks the body once; `lines` is what was written."""

    document: Document
    lines: list[str] = field(default_factory=lambda: [dialect.MARK, ""])
    pictures: list[Picture] = field(default_factory=list)
    notes: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Those whose mark was written and that aren't told yet, by kind."""
    noted: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    page: int = 1
    marks: ItemMarks = field(init=False)
    headings: Headings = field(init=False)
    item: bool = False
    """An item was written last."""

    def __post_init__(self) -> None:
        self.marks = ItemMarks(self.document)
        self.headings = Headings(self.document)
        if count := len(self.headings.by_type):
            said = f"{count} headings are told by their type alone: check the outline, or give them styles in Word"
            self._doubt(said)

    def extraction(self, path: Path) -> Extraction:
        for element in self.document.element.body.iterchildren():
            self._element(element)
        self._write_notes("footnotes", "endnotes")
        pictures = _captioned(self.pictures, self.lines)
        text = "\n".join(self.lines).rstrip("\n") + "\n"
        words = sum(len((node.text or "").split()) for node in self.document.element.body.iter(qn("w:t")))
        if not words:
            raise InputError(Problem(str(path), "this document holds no text", "give the report itself"))
        if hidden := hidden_words(self.document.element.body):
            self._doubt(
                f"text that Word hides is left out: “{hidden[:LONGEST_QUOTED]}”: unhide in Word what readers should get"
            )
        page = PageAccount(1, None, words, words - _lost(self.document, text), len(pictures))
        return Extraction(text, pictures, Account(("python-docx",), (), (page,), (), tuple(self.doubts)))

    def _element(self, element: Node) -> None:
        if element.tag == qn("w:p"):
            self._paragraph(element)
        elif element.tag == qn("w:tbl"):
            self._table(element)
        else:
            for child in element.iterchildren():
                if child.tag in (qn("w:p"), qn("w:tbl"), qn("w:sdtContent"), qn("w:sdt")):
                    self._element(child)

    def _say(self, *lines: str) -> None:
        self.lines += [*lines, ""]
        self.item = False

    def _paragraph(self, element: Node) -> None:
        if self.headings.level(element):
            self._write_notes("footnotes")
        text = self._text(element)
        if _breaks(element):
            self.page += 1
            self.item = False
            self.lines.append("\f" + self.lines.pop() if self.lines[-1] else "\f")
        if text:
            self._write(element, text)
        self._drawn(element)
        for box in _text_boxes(element):
            for inner in box.iter(qn("w:p")):
                self._say(dialect.plain(self._text(inner)))

    def _write(self, element: Node, text: str) -> None:
        level, style = self.headings.level(element), self.headings.style(element)
        mark = self.marks.before(element, style) or (BULLET if name_of(style).startswith("list") else "")
        if level:
            self._say(dialect.heading(text, level))
        elif mark:
            if self.item:
                self.lines.pop()
            self._say(f"{mark}{text}")
            self.item = True
        else:
            self._say(dialect.plain(text))

    def _text(self, element: Node) -> str:
        return words_of(element, self.document.styles.element.get_by_id, self._note)

    def _note(self, kind: str, identity: str) -> str:
        """Its mark where the text refers to it; footnotes are told where their section ends, endnotes at the end."""
        for relation in self.document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}"):
                for note in parse_xml(relation.target_part.blob):
                    if note.get(qn("w:id")) == identity:
                        return self._noted(kind, " ".join(self._text(p) for p in note.iter(qn("w:p"))))
        return ""

    def _noted(self, kind: str, text: str) -> str:
        self.noted += 1
        self.notes[kind].append(f"[^{self.noted}]: {' '.join(text.split())}")
        return f"[^{self.noted}]"

    def _write_notes(self, *kinds: str) -> None:
        for kind in kinds:
            for note in self.notes.pop(kind, ()):
                self._say(note)

    # --- tables

    def _table(self, element: Node) -> None:
        rows = [self._row(row) for row in element.iterchildren(qn("w:tr"))]
        if not rows:
            return
        spans = any(span > 1 or merge for row in rows for _, span, merge in row)
        if not spans and len({len(row) for row in rows}) == 1:
            self._say(*_pipes([[text for text, _, _ in row] for row in rows]))
        else:
            self._say(_html(rows))
        self._drawn(element)

    def _row(self, row: Node) -> list[tuple[str, int, str]]:
        """Text, columns and vertical merge (`restart`, `continue` or empty) of each cell."""
        cells: list[tuple[str, int, str]] = []
        for cell in row.iterchildren(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            text = " ".join(filter(None, (self._text(p) for p in cell.iter(qn("w:p")) if not _is_fallback(p))))
            kind = (merge.get(qn("w:val")) or "continue") if merge is not None else ""
            cells.append((text, whole(span.get(qn("w:val")), 1) if span is not None else 1, kind))
        return cells

    # --- pictures

    def _drawn(self, element: Node) -> None:
        """What stands in a paragraph or table and isn't written."""
        for drawing in _drawings(element):
            self._picture(*drawing)
        for graphic in graphics_in(element, self.document):
            if isinstance(graphic, Diagram):
                self._say(*(f"{BULLET}{words}" for words in graphic.words))
                self._doubt("the words of a diagram stand in the file's order: see whether that is how they are read")
                continue
            if graphic.title:
                self._say(dialect.plain(graphic.title))
            self._say(*_pipes(graphic.rows))
            self._doubt("a chart is given as a table of the numbers that Word keeps with it: see that it shows them")

    def _doubt(self, said: str) -> None:
        self.doubts.append(Doubt(self.page, said))

    def _picture(self, relation: str, alt: str) -> None:
        number = len(self.pictures) + 1
        try:
            blob = self.document.part.related_parts[relation].blob
            kind, data, reason = _pixels(blob)
        except KeyError:
            return
        except _IMAGE_ERRORS as error:
            self._doubt(f"picture {number} can't be read ({error}): save it as PNG or JPEG")
            return
        name = f"w{number:03d}.{kind}"
        line = 0 if reason else len(self.lines) + 1
        self.pictures.append(Picture(name, data, self.page, None, _NO_BOX, "", (), alt, reason, line))
        if not reason:
            self._say(dialect.picture(alt, name, ""))


def _pixels(blob: bytes) -> tuple[str, bytes, str]:
    # Pillow would hand PostScript to a program that runs it: so the formats are named.
    with Pixels.open(io.BytesIO(blob), formats=FORMATS) as image:
        if image.width * image.height > LARGEST_PIXELS:
            raise ValueError(f"{image.width} × {image.height} pixels are too many")
        image.load()
        upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    reason = f"smaller than {SMALLEST_PIXELS} pixels" if min(upright.size) < SMALLEST_PIXELS else ""
    reason = reason or ("one colour" if _is_plain(upright) else "")
    return (*_encoded(upright, photo=True), reason)


def _captioned(pictures: list[Picture], lines: list[str]) -> tuple[Picture, ...]:
    """The line below, else above, that names itself a caption moves into the picture's line."""
    done: list[Picture] = []
    for picture in pictures:
        caption = ""
        for place in (picture.line + 1, picture.line - 3) if picture.line else ():
            text = lines[place] if 0 <= place < len(lines) else ""
            if not caption and NUMBERED_CAPTION.match(text) and not TABLE_TITLE.match(text):
                caption, lines[place] = text, ""
        if caption:
            lines[picture.line - 1] = dialect.picture(picture.alt, picture.name, caption)
        done.append(
            Picture(
                picture.name,
                picture.data,
                picture.page,
                None,
                _NO_BOX,
                caption,
                (),
                picture.alt,
                picture.decoration,
                picture.line,
            )
        )
    return tuple(done)


def _pipes(rows: Sequence[Sequence[str]]) -> list[str]:
    texts = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in rows]
    return [texts[0], "|" + " --- |" * len(rows[0]), *texts[1:]]


def _html(rows: list[list[tuple[str, int, str]]]) -> str:
    lines: list[str] = []
    for r, row in enumerate(rows):
        cells, column = [], 0
        for text, span, merge in row:
            if merge != "continue":
                height = _height(rows, r, column) if merge == "restart" else 1
                tag = "th" if r == 0 else "td"
                spans = (f' rowspan="{height}"' if height > 1 else "") + (f' colspan="{span}"' if span > 1 else "")
                cells.append(f"<{tag}{spans}>{html.escape(text, quote=False)}</{tag}>")
            column += span
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</table>"


def _height(rows: list[list[tuple[str, int, str]]], first: int, column: int) -> int:
    height = 1
    for row in rows[first + 1 :]:
        at = 0
        for _, span, merge in row:
            if at == column:
                if merge != "continue":
                    return height
                height += 1
                break
            at += span
        else:
            return height
    return height


def _breaks(element: Node) -> bool:
    """A page begins with this paragraph, as far as the file tells."""
    if element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
        return True
    if any(node.get(qn("w:type")) == "page" for node in element.iter(qn("w:br"))):
        return True
    return element.find(f".//{qn('w:lastRenderedPageBreak')}") is not None


def _is_fallback(node: Node) -> bool:
    """Old and new drawing formats hold the same text twice."""
    return any(parent.tag.endswith("}Fallback") for parent in node.iterancestors())


def _text_boxes(element: Node) -> Iterator[Node]:
    for box in element.iter(qn("w:txbxContent")):
        if not _is_fallback(box):
            yield box


def _drawings(element: Node) -> Iterator[tuple[str, str]]:
    """Relation and alternative text of each picture."""
    for drawing in element.iter(qn("w:drawing")):
        properties = next(drawing.iter(qn("wp:docPr")), None)
        alt = (properties.get("descr") or "").strip() if properties is not None else ""
        for blip in drawing.iter(qn("a:blip")):
            if relation := blip.get(qn("r:embed")):
                yield relation, alt


def _lost(document: Document, text: str) -> int:
    """Words of the body that are shown and that the text has too few of, whatever way they took."""
    wanted: Counter[str] = Counter()
    for node in document.element.body.iter(qn("w:t")):
        if not _is_fallback(node) and is_shown(node):
            wanted.update(char for char in node.text or "" if char.isalnum())
    wanted.subtract(char for char in text if char.isalnum())
    return sum(count for count in wanted.values() if count > 0)
