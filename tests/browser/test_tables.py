"""Tables: a stop and a landmark only where they scroll, captions that stay, focus that no column hides."""

import pytest
from playwright.sync_api import Browser

from .modes import holding, opened

pytestmark = pytest.mark.browser

REGIONS = """[...document.querySelectorAll(".table-region")].map((region) => ({
  scrolls: region.scrollWidth > region.clientWidth + 1,
  stop: region.tabIndex === 0,
  named: region.role === "region" && document.getElementById(region.getAttribute("aria-labelledby"))?.textContent.trim() !== "",
  bare: !region.hasAttribute("role") && !region.hasAttribute("aria-labelledby"),
}))"""


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_region_is_a_stop_only_where_it_scrolls(browser: Browser, swept: list[str], width: int) -> None:
    """Where a table fits, a region would only say its caption once more."""
    with opened(browser, width) as page:
        for url in holding(swept, ".table-region"):
            page.goto(url)
            for region in page.evaluate(REGIONS):
                assert region["named" if region["scrolls"] else "bare"], (url, region)
                assert region["stop"] == region["scrolls"], (url, region)


def test_a_table_that_outgrows_its_region_is_a_stop(browser: Browser, pages: list[str]) -> None:
    """A font that comes late widens the table, not its region."""
    with opened(browser, 1280) as page:
        page.goto(holding(pages, ".table-region table")[0])
        page.locator(".table-region table").first.evaluate("table => { table.style.minWidth = '4000px' }")
        page.locator(".table-region[tabindex='0']").first.wait_for(timeout=5_000)


def test_caption_and_first_column_stay(browser: Browser, pages: list[str]) -> None:
    with opened(browser, 320) as page:
        region = page.locator(".table-region:has(.data-table tbody th)").first
        for url in holding(pages, ".table-region .data-table tbody th"):
            page.goto(url)
            if region.count() and region.evaluate("region => region.scrollWidth > region.clientWidth"):
                break
        region.evaluate("region => { region.scrollLeft = region.scrollWidth }")
        left = region.evaluate("region => region.getBoundingClientRect().left")
        for part in ("caption", "tbody th"):
            box = region.locator(part).first.bounding_box()
            assert box is not None
            assert abs(box["x"] - left) <= 1, part
            assert box["width"] <= 320


def test_no_column_hides_the_focus(browser: Browser, pages: list[str]) -> None:
    """WCAG 2.4.11: a link in a scrolled table shows from under the column that stays."""
    with opened(browser, 320) as page:
        for url in holding(pages, ".data-table td a"):
            page.goto(url)
            for link in page.locator(".data-table td a").all()[:8]:
                link.evaluate("link => { link.closest('.table-region').scrollLeft = 1e6; link.focus() }")
                assert link.evaluate(
                    "link => { const box = link.getBoundingClientRect(); const top = document.elementFromPoint(box.left + 2, box.top + box.height / 2); return link.contains(top) }"
                ), url


def test_every_data_cell_has_a_header(pages: list[str]) -> None:
    assert holding(pages, "main table:not(:has(caption)), main th:not([scope])") == []
