"""Siteimprove Alfa: no rule of level A, AA, AAA or best practice fails on any page."""

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import WIDTHS, opened

from . import FOLDER, MODULES, NODE, said

pytestmark = [pytest.mark.browser, pytest.mark.checkers]


def serializer(package: str) -> str:
    """Alfa's own script for a page: an expression with the functions that describe it."""
    script = (MODULES / "@siteimprove" / package / "dist" / "native.js").read_text("utf-8")
    return f"(() => {{ {script.replace('export var', 'var')}\n return Native; }})()"


SNAPSHOT = f"""async () => JSON.stringify({{
  address: location.href,
  document: await {serializer("alfa-dom")}.fromNode(document),
  device: {serializer("alfa-device")}.fromWindow(),
}})"""


def snapshot(page: Page, url: str) -> str:
    page.goto(url)
    return str(page.evaluate(SNAPSHOT))


def failures(snapshots: list[str]) -> list[str]:
    return said(NODE, FOLDER / "alfa.mjs", told="\n".join(snapshots))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_fails_a_rule(browser: Browser, swept_files: list[str], width: int) -> None:
    with opened(browser, width) as page:
        snapshots = [snapshot(page, url) for url in swept_files]
    assert failures(snapshots) == []


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        found = " ".join(failures([snapshot(page, broken_page)]))
    # Without an alternative; too small for a finger.
    assert "sia-r2 " in found
    assert "sia-r111 " in found
