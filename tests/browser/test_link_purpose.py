"""Links whose words alone don't tell where they lead say it to a screen reader (WCAG 2.4.9)."""

import pytest
from playwright.sync_api import Browser

from .modes import opened

pytestmark = pytest.mark.browser

DESCRIBED = """[...document.querySelectorAll("main a[href*='/glossary']")].map(link => link.title)"""
NUMBERS = """[...document.querySelectorAll("main[data-kind=report] td a")].filter(link => /^\\d+$/.test(link.textContent))
  .map(link => [link.textContent, link.ariaLabel ?? ""])"""


def test_a_word_that_leads_to_the_glossary_says_so(browser: Browser, texts: list[str]) -> None:
    with opened(browser) as page:
        for url in texts:
            page.goto(url)
            said = page.evaluate("document.getElementById('said').dataset.inGlossary")
            assert said, url
            assert set(page.evaluate(DESCRIBED)) <= {said}, url


def test_a_printed_page_in_an_index_isnt_a_number_alone(browser: Browser, pages: list[str]) -> None:
    with opened(browser) as page:
        for url in pages:
            page.goto(url)
            for number, name in page.evaluate(NUMBERS):
                assert number in name != number, (url, number, name)
