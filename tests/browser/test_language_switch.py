"""The switch leads to the twin page; with JavaScript it keeps the place and brings the focus there."""

import pytest
from playwright.sync_api import Browser, Page

from .modes import WIDTHS, opened, until

pytestmark = pytest.mark.browser

SETTLED = 400


def walk_back(page: Page) -> None:
    """By Shift+Tab alone, from what the reader looks at to the switch."""
    for _ in range(200):
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(30)
        if page.evaluate("document.activeElement.matches('a[data-language]')"):
            return
    pytest.fail("Shift+Tab never comes to the switch")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("by", ["mouse", "links list", "walk back"])
def test_switch_keeps_the_place(browser: Browser, sample: list[str], width: int, by: str) -> None:
    with opened(browser, width) as page:
        page.goto(sample[2])
        middle = page.evaluate(
            """() => {
              const blocks = [...document.querySelectorAll("main p[id], main h2[id], main tr[id]")];
              const block = blocks[Math.floor(blocks.length / 2)];
              block.scrollIntoView({ block: "start" });
              return block.id;
            }"""
        )
        page.wait_for_timeout(SETTLED)
        switch = page.locator("a[data-language]")
        if by == "mouse":
            # Where it is: a click by locator may scroll first, which is a change of place.
            box = switch.bounding_box()
            assert box is not None
            assert 0 <= box["y"] < 60
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        elif by == "links list":
            # As a screen reader's list of links does.
            switch.focus()
            page.wait_for_timeout(SETTLED)
            switch.press("Enter")
        else:
            walk_back(page)
            page.keyboard.press("Enter")
        page.wait_for_url("**/en/**")
        until(page, "document.activeElement !== document.body")
        assert page.evaluate("document.activeElement.id") == middle
        assert page.evaluate("document.activeElement.tabIndex") == -1
        assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")


def test_switch_without_javascript_leads_to_the_twin(browser: Browser, sample: list[str], site_url: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(sample[2])
        page.locator("a[data-language]").click()
        assert page.url == sample[2].replace(site_url, f"{site_url}en/")
        page.locator("a[data-language]").click()
        assert page.url == sample[2]


def test_focus_is_not_moved_for_who_comes_from_elsewhere(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        page.goto(sample[2])
        target = page.locator("main [id]").last.get_attribute("id")
        page.goto("about:blank")
        page.goto(f"{sample[2]}#{target}")
        page.wait_for_timeout(SETTLED)
        assert page.evaluate("document.activeElement === document.body")
