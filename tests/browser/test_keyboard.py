"""The whole site by Tab alone: every stop is seen, marked and uncovered, and the text is near."""

import itertools
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .modes import WIDTHS, opened, tab_stop

pytestmark = pytest.mark.browser

MOST_STOPS_TO_TEXT = {320: 6, 1280: 12}
FOCUSABLE = "document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex]').length"
ROUND = 20
"""Stops beyond those that a page holds: more of them, and the focus goes in a circle."""
STOPS_IN_MAIN = "document.querySelectorAll('main :is(a[href], button, summary, input, select)').length"
STATE = "[location.href, document.documentElement.outerHTML, scrollY]"
Stop = dict[str, Any]


def walk(page: Page, url: str, key: str) -> list[Stop]:
    """Every stop of the focus until it leaves the page, or has gone round all of it: a browser may have nothing else to stop at."""
    page.goto(url)
    stops: list[Stop] = []
    for _ in range(page.evaluate(FOCUSABLE) + ROUND):
        page.keyboard.press(key)
        stop = tab_stop(page)
        if stop is None:
            return stops
        stops.append(stop)
    again = next((place for place, stop in enumerate(stops) if place and stop == stops[0]), None)
    assert again, f"{url}: the focus is caught"
    return stops[:again]


@pytest.fixture(scope="module", params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def walks(browser: Browser, swept: list[str], width: int) -> dict[str, list[Stop]]:
    """The stops of each page from its head to its foot."""
    with opened(browser, width, reduced_motion="reduce") as page:
        return {url: walk(page, url, "Tab") for url in swept}


def test_every_stop_is_seen_marked_and_uncovered(walks: dict[str, list[Stop]]) -> None:
    for url, stops in walks.items():
        for stop in stops:
            assert stop["seen"], (url, stop)
            assert not stop["covered"], (url, stop)
            assert stop["outline"] >= 3, (url, stop)


def test_text_is_near_and_the_skip_link_is_first(walks: dict[str, list[Stop]], width: int) -> None:
    for url, stops in walks.items():
        assert stops[0]["href"] == "#content", url
        before = itertools.takewhile(lambda stop: not stop["inMain"], stops)
        assert len(list(before)) < MOST_STOPS_TO_TEXT[width], (url, stops)


@pytest.mark.parametrize(("width", "size"), [(1920, "150"), (2560, "200")])
def test_a_head_that_stays_covers_no_stop_on_the_way_back(
    browser: Browser, swept_in_turn: list[str], width: int, size: str
) -> None:
    """The head grows with the text, and on a wide window it stays in view."""
    with opened(browser, width, choices={"size": size}, reduced_motion="reduce") as page:
        for url in swept_in_turn:
            for stop in walk(page, url, "Shift+Tab"):
                assert not stop["covered"], (url, stop)


def test_skip_link_skips(browser: Browser, swept: list[str], width: int) -> None:
    with opened(browser, width) as page:
        for url in swept:
            page.goto(url)
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.keyboard.press("Tab")
            stop = tab_stop(page)
            # A text without a link is followed by the foot.
            assert stop is None or stop["inMain"] or not page.evaluate(STOPS_IN_MAIN), url


def test_single_keys_do_nothing(browser: Browser, swept: list[str]) -> None:
    """WCAG 2.1.4: no shortcut of one character."""
    with opened(browser) as page:
        for url in swept:
            page.goto(url)
            page.evaluate("document.activeElement.blur()")
            before = page.evaluate(STATE)
            for key in "abcdefghijklmnopqrstuvwxyz0123456789/?.,[]":
                page.keyboard.press(key)
            assert page.evaluate(STATE) == before, url


def test_dialog_gives_the_focus_back(browser: Browser, swept: list[str]) -> None:
    with opened(browser, 320) as page:
        for url in swept:
            page.goto(url)
            opener = page.locator("[data-open=preferences]")
            opener.press("Enter")
            page.locator("#preferences[open]").wait_for()
            assert page.evaluate("document.activeElement.closest('dialog') !== null"), url
            page.keyboard.press("Escape")
            assert opener.evaluate("button => button === document.activeElement"), url
