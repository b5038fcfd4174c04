"""Citing: permanent address, printed page and two styles at the page's end; links at paragraphs on request."""

import pytest
from playwright.sync_api import Browser

from .modes import opened, until

pytestmark = pytest.mark.browser


def test_citation_follows_the_paragraph(browser: Browser, sample: list[str]) -> None:
    """Reader task 9."""
    with opened(browser) as page:
        page.goto(sample[2])
        page.locator(".cite-summary").click()
        canonical = page.locator("link[rel=canonical]").get_attribute("href") or "?"
        cite = page.locator(".cite")
        assert canonical in cite.inner_text()
        assert "[R/OL]" in cite.inner_text()
        button = cite.locator("button")
        button.click()
        link = page.locator("main p[id] > .permalink").last
        assert link.get_attribute("aria-label")
        link.click()
        target = page.evaluate("location.hash")
        until(page, f"document.querySelector('.cite').innerText.includes('{target}')")
        button.click()
        assert page.locator(".permalink").count() == 0


def test_the_text_as_a_whole_is_no_paragraph(browser: Browser, sample: list[str]) -> None:
    """The skip link leads to #content; who comes by it cites the page."""
    with opened(browser) as page:
        page.goto(sample[2])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        until(page, "location.hash === '#content'")
        page.locator(".cite-summary").click()
        until(page, "document.querySelector('[data-cite=day]').textContent !== ''")
        assert "#" not in page.locator(".cite").inner_text()


def test_links_for_the_mouse_are_quiet(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        page.goto(sample[2])
        before = page.locator("main").aria_snapshot()
        page.locator("main p[id]").first.hover()
        hover = page.locator(".permalink-hover")
        hover.wait_for(state="attached")
        page.locator("main p[id]").nth(1).hover()
        assert hover.get_attribute("tabindex") == "-1"
        assert hover.get_attribute("aria-hidden") == "true"
        assert page.locator("main").aria_snapshot() == before
