"""The offline edition, unpacked and opened from a disk, without a network: all that the site does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from .modes import opened, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Disk:
    """A page that sees files alone; what it asks for beyond them, and what goes wrong, is written down."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.context.set_offline(True)
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        page.on("console", lambda said: self.faults.append(f"{said.type} {said.text}"))

    def _failed(self, request: Request) -> None:
        """One that the page was left before is no fault."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed {request.url}: {request.failure}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith("file:"):
            self.faults.append(f"asks {request.url}")


@contextmanager
def from_disk(browser: Browser, width: int = 1280) -> Iterator[Disk]:
    with opened(browser, width, fresh=True, reduced_motion="reduce") as page:
        disk = Disk(page)
        yield disk
        assert disk.faults == []


def uri(folder: Path, path: str = "") -> str:
    return (folder / path / "index.html").as_uri()


def test_every_page_opens_with_its_settings(browser: Browser, offline: dict[str, Path]) -> None:
    with from_disk(browser) as disk:
        for folder in offline.values():
            for file in sorted(folder.rglob("*.html")):
                disk.page.goto(file.as_uri())
                disk.page.locator("[data-open=preferences]").click()
                disk.page.locator("#preferences[open]").wait_for()
                disk.page.keyboard.press("Escape")
                assert not disk.page.locator(".needs-server").count()


def test_settings_are_kept_from_page_to_page(browser: Browser, offline: dict[str, Path]) -> None:
    for folder in offline.values():
        with from_disk(browser) as disk:
            disk.page.goto(uri(folder))
            disk.page.locator("[data-open=preferences]").click()
            disk.page.locator("#pref-theme").select_option("dark")
            disk.page.keyboard.press("Escape")
            disk.page.locator("[rel=search]").click()
            disk.page.wait_for_url(uri(folder, "search"))
            assert disk.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_search_finds_a_word_and_a_number_and_its_hits_open(browser: Browser, offline: dict[str, Path]) -> None:
    for folder in offline.values():
        with from_disk(browser) as disk:
            page = disk.page
            page.goto(uri(folder, "search"))
            title = page.locator("[data-search-contents] a").nth(1)
            table = sorted(folder.glob("numbers-*/index.html")) or [folder / "data" / "index.html"]
            number = re.search(r'<th[^>]*scope="row"[^>]*>([\d.]+)', table[0].read_text("utf-8"))
            for query in filter(None, (title.inner_text(), number and number[1])):
                page.goto(uri(folder, "search"))
                page.locator("#search-field").fill(query)
                page.locator(".search-hit a").first.wait_for()
                until(page, "document.querySelector('.search-status').textContent !== ''")
                until(page, "location.search.startsWith('?q=')")
                page.locator(".search-hit a").first.click()
                page.wait_for_url(lambda url: "#" in url)
                assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


def test_traditional_characters_find_simplified_ones(browser: Browser, offline: dict[str, Path]) -> None:
    if "zh" not in offline:
        pytest.skip("report/ has no Chinese")
    with from_disk(browser) as disk:
        disk.page.goto(uri(offline["zh"], "search"))
        for query in ("报告", "報告"):
            disk.page.locator("#search-field").fill(query)
            until(disk.page, f"document.querySelector('.search-status').textContent.includes('{query}')")
        assert disk.page.locator(".search-hit").count() > 0


def test_numbers_are_filtered_and_shown_and_pages_cited(browser: Browser, offline: dict[str, Path]) -> None:
    for folder in offline.values():
        with from_disk(browser) as disk:
            page = disk.page
            tables = [*folder.glob("numbers-*/index.html"), folder / "data" / "index.html"]
            page.goto(max(tables, key=lambda table: table.read_text("utf-8").count("<tr")).as_uri())
            rows = page.locator("#numbers-table tbody tr:visible")
            total = rows.count()
            page.locator("#data-field").fill(rows.last.locator("th, td").first.inner_text())
            assert 0 < rows.count() < total
            page.locator(".card-button:visible").first.click()
            page.locator("dialog.card[open]").wait_for()
            page.keyboard.press("Escape")
            page.locator(".cite-summary").click()
            until(page, "document.querySelector('[data-cite=day]').textContent !== ''")


def test_key_figures_open_their_cards(browser: Browser, offline: dict[str, Path]) -> None:
    for folder in offline.values():
        found = (file for file in sorted(folder.rglob("*.html")) if 'class="figure-link"' in file.read_text("utf-8"))
        if (file := next(found, None)) is None:
            pytest.skip("report/ has no key figures")
        with from_disk(browser) as disk:
            disk.page.goto(file.as_uri())
            disk.page.locator(".figure-link").first.click()
            disk.page.locator("dialog.card[open]").wait_for()


def test_reading_aloud_says_how_it_stands(browser: Browser, offline: dict[str, Path]) -> None:
    """With a voice the bar appears; without one the page says so."""
    for folder in offline.values():
        with from_disk(browser) as disk:
            disk.page.goto(uri(folder, "how-to-read" if (folder / "how-to-read").is_dir() else ""))
            disk.page.locator("[data-open=preferences]").click()
            disk.page.locator("[data-read]").click()
            until(
                disk.page,
                "document.querySelector('aside.reader') !== null || document.querySelector('#said').textContent !== ''",
                15,
            )


def test_the_switch_says_that_it_leads_online(browser: Browser, offline: dict[str, Path]) -> None:
    if len(offline) < 2:
        pytest.skip("report/ is in one language alone: there is nothing to switch to")
    for folder in offline.values():
        with from_disk(browser) as disk:
            disk.page.goto(uri(folder))
            switch = disk.page.locator("a[data-language]")
            assert urlsplit(switch.get_attribute("href") or "").scheme == "https"
            assert re.search(r"online|在线|線上", switch.inner_text())
            assert switch.get_attribute("lang") == switch.get_attribute("hreflang")


def test_without_javascript_every_page_is_whole(browser: Browser, offline: dict[str, Path]) -> None:
    with opened(browser, java_script_enabled=False) as page:
        for folder in offline.values():
            page.goto(uri(folder))
            link = page.locator("main a[href$='index.html']").first
            target = link.evaluate("link => link.href")
            link.click()
            page.wait_for_url(target)
            assert page.locator("main h1").is_visible()
            assert not page.locator("[data-open=preferences]").is_visible()
