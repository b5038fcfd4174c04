"""The card of a number: opens from its key figure and its row, by keyboard and mouse; without it the row tells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .modes import AS_IT_IS, SCHEMES, WIDTHS, opened, until, widened

pytestmark = pytest.mark.browser

CARD = "dialog.card[open]"


def open_first(page: Page, url: str, opener: str) -> None:
    page.goto(url)
    page.locator(opener).first.focus()
    page.keyboard.press("Enter")
    page.locator(CARD).wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_and_closes_by_keyboard(browser: Browser, strips: list[str], width: int) -> None:
    """Its name says which number; the focus goes in, stays in and comes back."""
    with opened(browser, width) as page:
        for url in strips:
            open_first(page, url, ".figure-link")
            label = " ".join(page.locator(".figure-link").first.inner_text().split())
            assert label in page.get_by_role("dialog").aria_snapshot().splitlines()[0]
            # Orca may miss the focus that goes into a modal dialog; it doesn't miss a status.
            until(page, "document.querySelector('dialog.card [role=status].unseen').textContent !== ''")
            for _ in range(9):
                page.keyboard.press("Tab")
                assert page.evaluate(
                    "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
                )
            page.keyboard.press("Escape")
            until(page, "document.querySelector('dialog.card') === null")
            assert page.evaluate("document.activeElement === document.querySelector('.figure-link')")
            page.locator(".figure-link").first.click()
            page.locator(f"{CARD} .card-bar button").click()
            until(page, "document.querySelector('dialog.card') === null")


def test_it_cites_the_number_s_own_place(browser: Browser, strips: list[str], built_site: Path, site_url: str) -> None:
    """As the page's own citation does when the address names the number."""
    with opened(browser) as page:
        for url in strips:
            open_first(page, url, ".figure-link")
            target = page.locator(".figure-link").first.evaluate("link => link.href")
            path, _, identity = target.removeprefix(site_url).partition("#")
            data = json.loads((built_site / path / "cards.json").read_text("utf-8"))
            figure = data["figures"][identity]
            place = f"{data['addresses'][figure['page']]}#{figure['at']}"
            said = [one.inner_text() for one in page.locator(f"{CARD} .cite-list dd").all()]
            assert len(said) == 4
            assert all(place in text for text in said)
            if figure["printed"]:
                assert f"(p. {figure['printed']})" in said[1]
                assert f"pages = {{{figure['printed']}}}" in said[2]
                assert f"SP  - {figure['printed']}" in said[3]
            day = page.evaluate("new Date().toLocaleDateString('sv-SE')")
            assert f"[{day}]" in said[0]
            page.locator(f"{CARD} .cite-list button").nth(1).click()
            until(page, "document.querySelector('dialog.card .cite-status').textContent !== ''")


def test_each_row_opens_its_card(browser: Browser, tables: list[str]) -> None:
    with opened(browser) as page:
        for url in tables:
            page.goto(url)
            page.locator(".card-button").first.wait_for()
            rows, buttons = page.locator("#numbers-table tbody tr"), page.locator(".card-button")
            assert buttons.count() == rows.count()
            names = [button.get_attribute("aria-label") or "" for button in buttons.all()]
            value = rows.last.locator("th").inner_text()
            assert value in names[-1]
            buttons.last.click()
            page.locator(CARD).wait_for()
            assert page.locator(f"{CARD} .card-value").inner_text().split() == value.split()
            page.keyboard.press("Escape")
            until(page, "document.querySelector('dialog.card') === null")
            assert page.evaluate("document.activeElement === [...document.querySelectorAll('.card-button')].at(-1)")


def test_the_filter_finds_no_button(browser: Browser, tables: list[str]) -> None:
    with opened(browser) as page:
        page.goto(tables[0])
        page.locator(".card-button").first.wait_for()
        page.locator("#data-field").fill(page.locator(".card-button").first.inner_text())
        until(page, "document.querySelector('.data-status').textContent !== ''")
        assert page.locator(".card-button:visible").count() < page.locator(".card-button").count()


def test_without_javascript_the_label_leads_to_the_row(browser: Browser, strips: list[str]) -> None:
    with opened(browser, java_script_enabled=False) as page:
        for url in strips:
            page.goto(url)
            link = page.locator(".figure-link").first
            target = link.evaluate("link => link.href")
            link.press("Enter")
            page.wait_for_url(target)
            assert page.locator("tr:target").is_visible()
            assert page.locator(".card-button").count() == 0


def test_where_the_card_cannot_come_the_row_does(browser: Browser, strips: list[str]) -> None:
    with opened(browser) as page:
        page.goto(strips[0])
        page.route("**/cards.json", lambda route: route.abort())
        link = page.locator(".figure-link").first
        target = link.evaluate("link => link.href")
        link.click()
        page.wait_for_url(target)


@dataclass(frozen=True, slots=True)
class Shown:
    """An open card, in CSS pixels: by how much it is too wide for itself, its edges, the height of each button."""

    overflow: float
    left: float
    right: float
    buttons: tuple[float, ...]


SHOWN = """() => {
  const card = document.querySelector("dialog.card[open]");
  const { left, right } = card.getBoundingClientRect();
  const buttons = [...card.querySelectorAll("button")].filter((button) => button.checkVisibility());
  return { overflow: card.scrollWidth - card.clientWidth, left, right, buttons: buttons.map((button) => button.getBoundingClientRect().height) };
}"""


@pytest.fixture(scope="module")
def shown(browser: Browser, strips: list[str]) -> dict[tuple[str, int, str], Shown]:
    """The first card of each page at each width in each scheme, by one visit."""
    found = {}
    with opened(browser) as page:
        for url in strips:
            open_first(page, url, ".figure-link")
            for width in WIDTHS:
                widened(page, width)
                for scheme, wishes in SCHEMES.items():
                    page.emulate_media(**{**AS_IT_IS, **wishes})
                    seen = page.evaluate(SHOWN)
                    found[url, width, scheme] = Shown(**{**seen, "buttons": tuple(seen["buttons"])})
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_cut_off(
    shown: dict[tuple[str, int, str], Shown], strips: list[str], width: int, scheme: str
) -> None:
    for url in strips:
        card = shown[url, width, scheme]
        assert card.overflow <= 0, url
        assert card.left >= 0, url
        assert card.right <= width, url
        assert card.buttons, url
        assert min(card.buttons) >= 43.5, url


def test_paper_has_neither_card_nor_buttons(browser: Browser, strips: list[str], tables: list[str]) -> None:
    with opened(browser) as page:
        open_first(page, strips[0], ".figure-link")
        page.emulate_media(media="print")
        assert not page.locator("dialog.card").is_visible()
        page.goto(tables[0])
        page.locator(".card-button").first.wait_for(state="attached")
        assert page.locator(".card-button:visible").count() == 0
