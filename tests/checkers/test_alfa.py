"""Siteimprove Alfa: no rule of level A, AA, AAA or best practice fails on any page."""

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import WIDTHS, opened

from . import FOLDER, NODE, said, script

pytestmark = [pytest.mark.browser, pytest.mark.checkers]


def serializer(package: str) -> str:
    """Alfa's own script for a page: an expression with the functions that describe it."""
    own = script("@siteimprove", package, "dist", "native.js").replace("export var", "var")
    return f"(() => {{ {own}\n return Native; }})()"


def snapshot(page: Page, url: str) -> str:
    page.goto(url)
    described = f"""async () => JSON.stringify({{
      address: location.href,
      document: await {serializer("alfa-dom")}.fromNode(document),
      device: {serializer("alfa-device")}.fromWindow(),
    }})"""
    return str(page.evaluate(described))


def failures(snapshots: list[str]) -> list[str]:
    return said(NODE, FOLDER / "alfa.mjs", told="\n".join(snapshots))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_fails_a_rule(browser: Browser, swept_at_width: list[str], width: int) -> None:
    with opened(browser, width) as page:
        snapshots = [snapshot(page, url) for url in swept_at_width]
    assert failures(snapshots) == []


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        found = " ".join(failures([snapshot(page, broken_page)]))
    # Without an alternative; too small for a finger.
    assert "sia-r2 " in found
    assert "sia-r111 " in found
