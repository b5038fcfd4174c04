"""What a tagged PDF says: its structure in reading order with the text of each element, and what stands outside it."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pikepdf import Array, Dictionary, Object


@dataclass(frozen=True)
class Element:
    """`kind` without its stroke: `H2`, `TH`; `parts`: texts and elements inside, in order."""

    kind: str
    scope: str
    alternative: str = ""
    parts: list[str | Element] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    """Of its own texts, counted from 0, in order."""

    def walk(self) -> Iterator[Element]:
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def all_pages(self) -> set[int]:
        return {page for one in self.walk() for page in one.pages}

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True)
class Tagged:
    root: Element
    artifacts: list[str]
    """Text outside the structure, one string a page."""


def read(data: bytes) -> Tagged:
    marked, artifacts = _texts(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        root = _element(pdf.Root.StructTreeRoot, None, pages, marked)
    return Tagged(root, artifacts)


def _texts(data: bytes) -> tuple[dict[tuple[int, int], str], list[str]]:
    """Text by (page, id of marked content), and the unmarked text of each page; in the order of the content."""
    marked: dict[tuple[int, int], str] = {}
    artifacts: list[str] = []
    with pdfium.PdfDocument(data) as document:
        for number, page in enumerate(document):
            textpage = page.get_textpage()
            loose = ""
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=15):
                identity, text = raw.FPDFPageObj_GetMarkedContentID(item.raw), _text(item.raw, textpage.raw)
                if identity < 0:
                    loose += text
                else:
                    marked[number, identity] = marked.get((number, identity), "") + text
            artifacts.append(loose)
    return marked, artifacts


def _text(item: object, textpage: object) -> str:
    size = raw.FPDFTextObj_GetText(item, textpage, None, 0)
    buffer = (ctypes.c_ushort * size)()
    raw.FPDFTextObj_GetText(item, textpage, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _element(
    node: Object, page: Object | None, pages: dict[tuple[int, int], int], marked: dict[tuple[int, int], str]
) -> Element:
    page = node.get("/Pg", page)
    one = Element(str(node.get("/S", "")).removeprefix("/"), _scope(node), str(node.get("/Alt", "")))
    kids = node.get("/K")
    for kid in [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            one.parts.append(_element(kid, page, pages, marked))
        elif not isinstance(kid, Dictionary) or "/MCID" in kid:
            at, identity = (kid.get("/Pg", page), kid.MCID) if isinstance(kid, Dictionary) else (page, kid)
            assert at is not None
            one.pages.append(pages[at.objgen])
            one.parts.append(marked.get((pages[at.objgen], int(identity)), ""))
    return one


def _scope(node: Object) -> str:
    found = node.get("/A")
    for one in [] if found is None else list(found) if isinstance(found, Array) else [found]:
        if "/Scope" in one:
            return str(one.Scope).removeprefix("/")
    return ""


def right_edges(data: bytes) -> list[float]:
    """Of the text of each page: how far it reaches, as a share of the page's width."""
    edges = []
    with pdfium.PdfDocument(data) as document:
        for page in document:
            bounds = (item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=15))
            edges.append(max((right for _, _, right, _ in bounds), default=0) / page.get_width())
    return edges
