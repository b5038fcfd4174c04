"""Citing: permanent address, printed page and two styles at the page's end; links at paragraphs on request."""

import re

import pytest
from playwright.sync_api import Browser

from .modes import opened, until

pytestmark = pytest.mark.browser

# The script has come.
FILLED = "document.querySelector('[data-cite=day]').textContent !== ''"
HEADINGS = "[...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)[id]')].map(heading => heading.textContent)"
BESIDE = """(() => {
  const link = document.querySelector("main h1 + .permalink").getBoundingClientRect();
  const heading = document.querySelector("main h1").getBoundingClientRect();
  return link.top < heading.bottom && link.left >= heading.right;
})()"""


def test_citation_follows_the_paragraph(browser: Browser, sample: list[str]) -> None:
    """Reader task 9."""
    with opened(browser) as page:
        page.goto(sample[2])
        page.locator(".cite-summary").click()
        until(page, FILLED)
        canonical = page.locator("link[rel=canonical]").get_attribute("href") or "?"
        cite = page.locator(".cite")
        assert canonical in cite.inner_text()
        assert "[R/OL]" in cite.inner_text()
        button = cite.locator("[data-paragraph-links]")
        button.click()
        link = page.locator("main p[id] > .permalink").last
        assert link.get_attribute("aria-label")
        link.click()
        target = page.evaluate("location.hash")
        until(page, f"document.querySelector('.cite').innerText.includes('{target}')")
        for style in cite.locator("dd:has([data-cite=url])").all():
            assert target in style.inner_text()
        cite.locator("[data-copy]").nth(2).click()
        until(page, "document.querySelector('.cite-status').textContent !== ''")
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
        until(page, FILLED)
        assert "#" not in page.locator(".cite").inner_text()


def test_a_failed_fetch_is_tried_again(browser: Browser, sample: list[str], twin: str) -> None:
    with opened(browser, fresh=True) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(sample[2])
        page.context.set_offline(True)
        page.locator(".cite-summary").click()
        page.locator("main p[id]").first.hover()
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(400)
        page.context.set_offline(False)
        page.locator(".cite-summary").click()
        page.locator(".cite-summary").click()
        until(page, FILLED)
        page.locator("[data-paragraph-links]").click()
        assert page.locator(".permalink").count() > 0
        page.locator("main p[id]").nth(9).hover()
        page.locator(".permalink-hover").wait_for(state="attached")
        page.wait_for_timeout(400)
        page.locator("a[data-language]").hover()
        assert page.evaluate("document.querySelector('a[data-language]').hash.length > 1")
        assert errors == []


def test_every_link_says_where_it_leads_and_no_heading_says_it(browser: Browser, texts: list[str]) -> None:
    for path in texts:
        with opened(browser) as page:
            page.goto(path)
            headings = page.evaluate(HEADINGS)
            page.locator(".cite-summary").click()
            until(page, FILLED)
            page.locator("[data-paragraph-links]").click()
            page.locator(".permalink").first.wait_for()
            names = page.evaluate("[...document.querySelectorAll('.permalink')].map(link => link.ariaLabel)")
            same = {name for name in names if names.count(name) > 1}
            assert not same, (path, same)
            assert max(map(len, names)) <= 90, path
            assert not any("·" in name for name in names), "screen readers say ‘middle dot’"
            # The words of the paragraph first, and no number that doesn't say of what.
            patterns = page.evaluate("Object.values(document.querySelector('[data-paragraph-links]').dataset)")
            for name in names:
                assert any(
                    re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(pattern)), name) for pattern in patterns
                ), name
            assert page.evaluate(HEADINGS) == headings, path
            assert page.locator("main :is(h1, h2, h3, h4, h5, h6) + .permalink").count() == len(headings), path
            # Beside its heading, not on a line of its own.
            assert page.evaluate(BESIDE), path


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


def test_the_first_paragraph_under_the_mouse_has_its_link(browser: Browser, sample: list[str]) -> None:
    """It stands while the mouse is on the text or on the link itself; what moves the text takes it away."""
    with opened(browser) as page:
        page.goto(sample[2])
        first = page.locator("main p[id]").first
        link = page.locator(".permalink-hover")
        first.hover(position={"x": 5, "y": 5})
        link.wait_for()
        assert page.evaluate("document.querySelector('.permalink-hover').hash.slice(1)") == first.get_attribute("id")
        box, text = link.bounding_box(), first.bounding_box()
        assert box is not None
        assert text is not None
        assert abs(box["x"] + box["width"] - text["x"]) <= 1
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8)
        page.wait_for_timeout(100)
        assert link.is_visible()
        page.mouse.move(box["x"] + box["width"] / 2, 2)
        link.wait_for(state="hidden")
        for leave in ("scrollBy(0, 40)", "dispatchEvent(new Event('resize'))"):
            first.hover(position={"x": 9, "y": 9})
            link.wait_for()
            page.mouse.move(9, 899)
            first.dispatch_event("pointerover")
            assert link.is_visible()
            page.evaluate(leave)
            link.wait_for(state="hidden")
