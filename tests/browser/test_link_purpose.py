"""Links whose words alone don't tell where they lead say it to a screen reader (WCAG 2.4.9)."""

import pytest
from playwright.sync_api import Browser, Page

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


NAMED = """[...document.querySelectorAll("a[href]")].map(link =>
  [`${link.ariaLabel ?? link.textContent} ${link.title}`.replace(/\\s+/g, " ").trim(), link.href])"""


def leading_apart(page: Page) -> dict[str, list[str]]:
    """Names that links to several places have."""
    led: dict[str, set[str]] = {}
    for name, where in page.evaluate(NAMED):
        led.setdefault(name, set()).add(where)
    return {name: sorted(where) for name, where in led.items() if len(where) > 1}


def test_no_two_links_of_a_page_sound_the_same_and_lead_apart(browser: Browser, every_page: list[str]) -> None:
    with opened(browser) as page:
        for url in every_page:
            page.goto(url)
            assert leading_apart(page) == {}, url


def test_links_that_sound_the_same_are_found(browser: Browser) -> None:
    with opened(browser) as page:
        page.set_content("<a href='/a'>More</a><a href='/b'> More </a><a href='/b' title='on b'>More</a>")
        assert list(leading_apart(page)) == ["More"]
