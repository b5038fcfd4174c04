"""Siteimprove Alfa: no rule of level A, AA, AAA or best practice fails on any page."""

from collections.abc import Iterable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import WIDTHS, opened, widened

from . import FOLDER, NODE, said, script

pytestmark = [pytest.mark.browser, pytest.mark.checkers]


def serializer(package: str) -> str:
    """Alfa's own script for a page: an expression with the functions that describe it."""
    own = script("@siteimprove", package, "dist", "native.js").replace("export var", "var")
    return f"(() => {{ {own}\n return Native; }})()"


def snapshots(page: Page, url: str, widths: Iterable[int] = WIDTHS) -> Iterator[tuple[int, str]]:
    """The page as it is laid out at each width, by one visit."""
    page.goto(url)
    for width in widths:
        widened(page, width)
        described = f"""async () => JSON.stringify({{
          address: location.href,
          document: await {serializer("alfa-dom")}.fromNode(document),
          device: {serializer("alfa-device")}.fromWindow(),
        }})"""
        yield width, str(page.evaluate(described))


def failures(snapshots: Iterable[str]) -> list[str]:
    return said(NODE, FOLDER / "alfa.mjs", told="\n".join(snapshots))


@pytest.fixture(scope="module")
def seen(browser: Browser, seen_at: dict[str, tuple[int, ...]]) -> list[tuple[int, str]]:
    with opened(browser) as page:
        return [snapshot for url, widths in seen_at.items() for snapshot in snapshots(page, url, widths)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_fails_a_rule(seen: list[tuple[int, str]], width: int) -> None:
    assert failures(snapshot for at, snapshot in seen if at == width) == []


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        found = " ".join(failures(dict(snapshots(page, broken_page)).values()))
    # Without an alternative; too small for a finger.
    assert "sia-r2 " in found
    assert "sia-r111 " in found
