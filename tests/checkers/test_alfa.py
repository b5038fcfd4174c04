"""Siteimprove Alfa: no rule of level A, AA, AAA or best practice fails on any page."""

from collections.abc import Iterable, Iterator
from pathlib import Path

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


def failures(snapshots: str) -> list[str]:
    """`snapshots`: a line each."""
    return said(NODE, FOLDER / "alfa.mjs", told=snapshots)


@pytest.fixture(scope="module")
def seen(
    browser: Browser, seen_at: dict[str, tuple[int, ...]], tmp_path_factory: pytest.TempPathFactory
) -> dict[int, Path]:
    """The snapshots at each width, on the disk: of all pages they are too much to hold."""
    folder = tmp_path_factory.mktemp("alfa")
    files = {width: folder / f"{width}.jsonl" for width in WIDTHS}
    with opened(browser) as page:
        for url, widths in seen_at.items():
            for width, snapshot in snapshots(page, url, widths):
                with files[width].open("a", encoding="utf-8") as file:
                    print(snapshot, file=file)
    return files


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_fails_a_rule(seen: dict[int, Path], width: int) -> None:
    assert failures(seen[width].read_text("utf-8")) == []


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        found = " ".join(failures("\n".join(dict(snapshots(page, broken_page)).values())))
    # Without an alternative; too small for a finger.
    assert "sia-r2 " in found
    assert "sia-r111 " in found
