"""The page of numbers: a filter with a script, a whole table without."""

import pytest
from playwright.sync_api import Browser

from .modes import opened

pytestmark = pytest.mark.browser

ROWS = "#numbers-table tbody tr:visible"


@pytest.fixture
def data_pages(every_page: list[str]) -> list[str]:
    """One of each language that has a table."""
    tables = [page for page in every_page if "/numbers-" in page] or [page for page in every_page if "/data/" in page]
    return [tables[0], tables[-1]]


def test_the_filter_leaves_the_rows_that_hold_the_words(browser: Browser, data_pages: list[str]) -> None:
    with opened(browser, 1280) as page:
        for url in data_pages:
            page.goto(url)
            field = page.locator("#data-field")
            field.wait_for()
            rows = page.locator(ROWS)
            total, value = rows.count(), rows.last.locator("th, td").first.inner_text()
            field.fill(value.upper())
            left = page.locator(ROWS)
            assert 0 < left.count() < max(total, 2), "a table of one row keeps it"
            assert all(value.casefold() in text.casefold() for text in left.all_inner_texts())
            assert f"{left.count()}" in page.locator(".data-status").inner_text()
            field.fill("")
            assert page.locator(ROWS).count() == total


def test_without_a_script_the_whole_table_stands(browser: Browser, data_pages: list[str]) -> None:
    with opened(browser, java_script_enabled=False) as page:
        for url in data_pages:
            page.goto(url)
            assert page.locator(ROWS).count() > 0
            assert page.locator("#data-field").count() == 0


def test_every_file_is_there(browser: Browser, pages: list[str]) -> None:
    with opened(browser, 1280) as page:
        for url in (one for one in pages if one.endswith("/data/")):
            page.goto(url)
            links = page.locator("main a").evaluate_all(
                "links => links.map((a) => a.href).filter((a) => /\\.(csv|json|xlsx)$/.test(a))"
            )
            assert len(links) > 4
            for link in links:
                assert page.request.get(link).ok, link
