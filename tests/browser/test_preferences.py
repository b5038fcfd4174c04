"""The reading preferences: kept, applied before the first paint, never seen by a screen reader."""

import pytest
from playwright.sync_api import Browser, Page

from .modes import CHOICES, WIDTHS, opened, until

pytestmark = pytest.mark.browser


def choose(page: Page) -> None:
    open_settings(page)
    for name, value in CHOICES["everything"].items():
        control = page.locator(f"#preferences [name={name}]")
        if control.evaluate("control => control.type") == "checkbox":
            control.check()
        else:
            control.select_option(value)
    page.keyboard.press("Escape")


def open_settings(page: Page) -> None:
    page.locator("[data-open=preferences]").click()
    page.locator("#preferences[open]").wait_for()


def tree(page: Page) -> str:
    """Without the regions that large text makes of tables: they are there to be scrolled."""
    page.evaluate("document.querySelectorAll('.table-region').forEach(region => region.removeAttribute('role'))")
    return page.locator("body").aria_snapshot()


def test_accessibility_tree_is_the_same_with_everything_on(browser: Browser, swept_in_turn: list[str]) -> None:
    for url in swept_in_turn:
        # At 320 px: where large text gives the slim form anyway, so that the form is equal on both sides.
        with opened(browser, 320) as page:
            page.goto(url)
            before = tree(page)
            choose(page)
            page.reload()
            assert page.evaluate("Object.keys(document.documentElement.dataset).length") >= len(CHOICES["everything"])
            assert tree(page) == before, url


def test_choices_stay_and_can_be_undone(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        page.goto(sample[2])
        choose(page)
        page.goto(sample[-2])
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        page.locator("[data-open=preferences]").click()
        page.locator("#preferences [data-reset]").click()
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"
        page.reload()
        assert page.evaluate("localStorage.getItem('reading')") == "{}"


def test_opening_and_each_choice_are_said(browser: Browser, sample: list[str]) -> None:
    """WCAG 4.1.3: in a modal dialog Orca hears neither the new focus nor a new choice of Chromium's."""
    for url in (sample[2], sample[-2]):
        with opened(browser) as page:
            page.goto(url)
            open_settings(page)
            said = page.locator("#preferences [role=status]")
            assert said.inner_text() == said.get_attribute("data-opened") != ""
            for name in ("size", "theme"):
                control = page.locator(f"#preferences [name={name}]")
                control.select_option(index=2)
                label, value = control.evaluate(
                    "control => [control.labels[0].innerText, control.selectedOptions[0].text]"
                )
                assert said.inner_text().startswith(label), url
                assert said.inner_text().endswith(value), url
            page.locator("#preferences [name=ruler]").check()
            assert said.inner_text() == "", "a box says its own state"


def test_choices_stand_before_the_first_paint(browser: Browser, sample: list[str]) -> None:
    with opened(browser, choices=CHOICES["everything"]) as page:
        page.route("**/site.js", lambda route: route.abort())
        page.goto(sample[2])
        assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_storage_that_is_shut_does_no_harm(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('shut') } })")
        page.goto(sample[2])
        choose(page)
        assert errors == []
        assert page.evaluate("document.documentElement.dataset.size") == "200"


def test_by_keyboard_to_large_text_and_high_contrast(browser: Browser, sample: list[str]) -> None:
    """Reader task 10."""
    with opened(browser) as page:
        page.goto(sample[2])
        page.locator("[data-open=preferences]").press("Enter")
        page.locator("#preferences[open]").wait_for()
        page.locator("#preferences [name=size]").focus()
        page.keyboard.press("End")
        page.locator("#preferences [name=theme]").focus()
        page.keyboard.press("End")
        page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.dataset.size") == "200"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("speech", [True, False])
def test_enter_on_a_check_box_is_done_and_no_wish_to_hear(browser: Browser, sample: list[str], speech: bool) -> None:
    """Enter in a form presses its default button, which is the first of those that submit."""
    with opened(browser) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        if not speech:
            page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
        page.goto(sample[2])
        open_settings(page)
        page.locator("#preferences [name=ruler]").press("Enter")
        until(page, "!document.getElementById('preferences').open")
        page.wait_for_timeout(300)
        assert page.locator(".reader").count() == 0
        assert errors == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_reader_keeps_the_place_when_the_text_flows_anew(browser: Browser, sample: list[str], width: int) -> None:
    """Larger text, wider spacing, and all of it undone: what stood at the head of the window still does."""
    with opened(browser, width, height=500) as page:
        page.goto(sample[2])
        page.evaluate("document.querySelectorAll('main p[id]')[3].scrollIntoView()")
        # Not by locator, which scrolls.
        page.evaluate("document.querySelector('[data-open=preferences]').click()")
        page.locator("#preferences[open]").wait_for()
        # Below the bar at the head of the window, which grows with the text.
        top = """Math.round(document.querySelectorAll('main p[id]')[3].getBoundingClientRect().top
          - parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart))"""
        before = page.evaluate(top)
        assert 0 <= before < 36
        for name, value in (("size", "200"), ("spacing", "looser"), ("width", "narrower")):
            page.locator(f"#preferences [name={name}]").select_option(value)
            page.wait_for_timeout(100)
            assert abs(page.evaluate(top) - before) <= 2, name
        page.locator("#preferences [data-reset]").click()
        page.wait_for_timeout(100)
        assert abs(page.evaluate(top) - before) <= 2


def test_the_browser_wears_the_colour_that_the_reader_chose(browser: Browser, sample: list[str]) -> None:
    colours = "[...document.querySelectorAll('meta[name=theme-color]')].map(meta => meta.content)"
    with opened(browser) as page:
        page.goto(sample[2])
        first = page.evaluate(colours)
        assert len(set(first)) == 2
        open_settings(page)
        page.locator("#preferences [name=theme]").select_option("contrast-dark")
        assert set(page.evaluate(colours)) == {"rgb(0, 0, 0)"}
        page.goto(sample[3])
        until(page, f"new Set({colours}).size === 1")
        assert set(page.evaluate(colours)) == {"rgb(0, 0, 0)"}
