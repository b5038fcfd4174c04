"""Search by words and figures of this report: digits inside longer numbers, one query in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.modes import opened
from browser.test_search import open_search, search_url, status_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


@pytest.mark.parametrize(
    ("language", "query", "said", "apart"),
    [
        ("zh", "100", r"“100”：\d+ 页中共有 \d+ 处。另有 \d+ 处只是更长数字的一部分。", False),
        ("en", "9,500", r"“9,500”: \d+ match(es)? on \d+ pages?\.", None),
        ("zh", "726亿", r"没有单独的“726亿”，只在更长的数字里有 \d+ 处。", True),
        ("en", "72.6", r"“72.6” stands only inside longer numbers: \d+ match(es)?\.", True),
    ],
)
def test_digits_inside_longer_numbers_are_told_apart(
    page: Page, site_url: str, language: str, query: str, said: str, apart: bool | None
) -> None:
    """`apart`: whether their list is open, as it is where it's all there is; None where there is no such list."""
    open_search(page, site_url, language)
    page.keyboard.type(query)
    expect(status_of(page)).to_have_text(re.compile(f"^{said}$"))
    lists = page.locator("[data-search-results] > details").evaluate_all("lists => lists.map(list => list.open)")
    assert lists == ([] if apart is None else [apart])
    if apart is not None:
        page.locator("[data-search-results] > :last-child:is(details)").wait_for()


def test_the_language_switch_takes_the_query_along(page: Page, site_url: str) -> None:
    page.goto(f"{search_url(site_url, 'zh')}?q=GRI")
    page.locator("[data-search-results] mark").first.wait_for()
    page.locator("a[data-language]").click()
    page.wait_for_url(re.compile(r"/en/search/\?q=GRI(#|$)"))
    page.locator("[data-search-results] mark").first.wait_for()
    page.locator("#search-field").fill("R&D 5%")
    expect(page.locator("a[data-language]")).to_have_attribute("href", re.compile(r"\?q=R%26D(\+|%20)5%25(#|$)"))
    page.locator("#search-field").fill("")
    page.locator("a[data-language]").click()
    page.wait_for_url(re.compile(r"/report/search/(#|$)"))
