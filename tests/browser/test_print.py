"""On paper: no shell, always light, addresses of outward links, titles and page numbers in the margin, nothing torn."""

import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from report_site.language.characters import CJK_RADICALS, KANGXI_RADICALS

from .modes import holding, opened

pytestmark = pytest.mark.browser

SHELL = ".header, .footer, .aside, .breadcrumbs, .page-end, .sequence, .skip, .preferences, .reader"


# Chromium names a glyph by the first character that the font gives it: the radical ⻚ for 页, the old 戶 for 户.
IDEOGRAPHS = str.maketrans({**KANGXI_RADICALS, **CJK_RADICALS, "戶": "户"})
# The texts of what has to stand on one sheet: a row; what names something, with the beginning of that.
WHOLE = """() => {
  const main = document.querySelector("main");
  const texts = [];
  for (const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT); walker.nextNode();) texts.push(walker.currentNode);
  const shown = texts.filter(text => text.data.trim() && text.parentElement.checkVisibility());
  return [...main.querySelectorAll("tr, h1, h2, h3, h4, h5, h6, caption, figcaption, .case-label, .note-title, [class$=-caption]")].map(element => {
    const own = shown.filter(text => element.contains(text));
    const next = shown[shown.indexOf(own.at(-1)) + 1];
    return element.matches("tr") || !next
      ? own.map(text => text.data)
      : [own.map(text => text.data).join(""), next.data.trim().slice(0, 12)];
  });
}"""


def printed(page: Page, folder: Path) -> list[str]:
    """The text of each sheet."""
    file = folder / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True, tagged=True)
    return [sheet.extract_text().translate(IDEOGRAPHS) for sheet in PdfReader(file).pages]


@pytest.mark.parametrize("theme", ["dark", "contrast-dark"])
def test_paper_is_light_and_bare(browser: Browser, sample: list[str], theme: str) -> None:
    with opened(browser, choices={"theme": theme}) as page:
        page.emulate_media(media="print")
        for url in sample:
            page.goto(url)
            assert page.locator(SHELL).locator("visible=true").count() == 0, url
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
            assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_margin_names_report_page_and_number(browser: Browser, sample: list[str], tmp_path: Path) -> None:
    with opened(browser) as page:
        page.goto(sample[2])
        root = page.locator("html")
        sheets = printed(page, tmp_path)
        for number, sheet in enumerate(sheets, 1):
            for name in ("data-running", "data-page", "data-address"):
                assert (root.get_attribute(name) or "?") in sheet, name
            assert f"{number} / {len(sheets)}" in sheet


def test_no_row_is_cut_and_no_total_repeated(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        page.emulate_media(media="print")
        page.goto(sample[2])
        assert set(
            page.evaluate("[...document.querySelectorAll('main tr')].map(row => getComputedStyle(row).breakInside)")
        ) == {"avoid"}
        assert page.evaluate(
            "[...document.querySelectorAll('.table-region')].every(region => getComputedStyle(region).overflowX === 'visible')"
        )
        foot = page.evaluate(
            "{ const foot = document.createElement('tfoot'); document.querySelector('main table').append(foot); getComputedStyle(foot).display }"
        )
        assert foot == "table-row-group"


def squeezed(text: str) -> str:
    """Without spaces and ligatures, which a sheet of paper has elsewhere than the page."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(IDEOGRAPHS)


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, pytest.param(1, marks=pytest.mark.audit)])
def test_no_row_and_no_title_is_torn_over_sheets(
    browser: Browser, site_url: str, tongues: tuple[str, ...], place: int, tmp_path: Path
) -> None:
    with opened(browser) as page:
        page.goto(f"{site_url}{tongues[place % len(tongues)]}print/")
        sheets = [squeezed(sheet) for sheet in printed(page, tmp_path)]
        wholes = [[squeezed(piece) for piece in pieces] for pieces in page.evaluate(WHOLE)]
    assert wholes
    assert [pieces for pieces in wholes if not any(all(piece in sheet for piece in pieces) for sheet in sheets)] == []


OUTWARD = """() => document.querySelector("main").append(
  Object.assign(document.createElement("a"), { href: "https://example.org/outward", textContent: "there" }))"""


def test_outward_links_show_their_address(browser: Browser, pages: list[str], sample: list[str]) -> None:
    """Those of the site, and one that is added: a report may have none."""
    with opened(browser) as page:
        page.emulate_media(media="print")
        for url in [sample[2], *holding(pages, "main a[href^=http]")]:
            page.goto(url)
            page.evaluate(OUTWARD)
            for link in page.locator("main a[href^=http]").all():
                shown = link.evaluate("link => getComputedStyle(link, '::after').content")
                assert (link.get_attribute("href") or "?") in shown.replace('" "', ""), url
