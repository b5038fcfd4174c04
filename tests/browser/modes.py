"""The ways in which a page is looked at: width, and colours as the system or the reader wishes them."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from selectolax.lexbor import LexborHTMLParser

WIDTHS = {320: 640, 1280: 900}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "more contrast": {"contrast": "more"},
    "forced colours": {"forced_colors": "active"},
}
AS_IT_IS: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
"""What a browser tells of a reader who has no wishes."""
CHOICES: dict[str, dict[str, str]] = {
    "high contrast, light": {"theme": "contrast-light"},
    "high contrast, dark": {"theme": "contrast-dark"},
    "everything": {
        "size": "200", "leading": "looser", "spacing": "looser", "width": "narrower",
        "theme": "dark", "ruler": "on", "pointer": "on",
    },
}  # fmt: skip


_KEPT: dict[tuple[object, ...], BrowserContext] = {}
"""Contexts by browser and options: one costs more to start than three pages to load."""


@contextmanager
def opened(
    browser: Browser,
    width: int = 1280,
    *,
    height: int | None = None,
    choices: dict[str, str] | None = None,
    fresh: bool = False,
    **options: Any,
) -> Iterator[Page]:
    """A page where nothing is stored; `choices` are reading preferences that the reader has made before.

    `fresh`: nothing fetched before is at hand, and what is done to the page's context is done to no other's.
    """
    kept = (browser, *sorted(options.items()))
    context = None if fresh else _KEPT.pop(kept, None)
    context = context or browser.new_context(**options)
    page = context.new_page()
    page.set_viewport_size(size(width, height))
    if choices:
        stored = json.dumps(json.dumps(choices))
        page.add_init_script(f"localStorage.setItem('reading', {stored})")
    yield page
    # After a failure the context isn't kept: nobody knows what it holds.
    if fresh or kept in _KEPT:
        context.close()
        return
    page.evaluate(FORGET)
    page.close()
    _KEPT[kept] = context


def size(width: int, height: int | None = None) -> ViewportSize:
    return {"width": width, "height": height or WIDTHS.get(width, 900)}


def widened(page: Page, width: int) -> None:
    """The page at another width, when all that waits for that has seen it: to fetch it anew costs as much as to look at it."""
    page.set_viewport_size(size(width))
    page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")


FORGET = "try { localStorage.clear() } catch { /* a page without an address of its own stores nothing */ }"


def read(url: str) -> str:
    with urlopen(url) as response:
        return str(response.read().decode("utf-8"))


def holding(pages: Iterable[str], selector: str) -> list[str]:
    """Those whose markup has what the selector finds: no browser need go to the others."""
    return [url for url in pages if LexborHTMLParser(read(url)).css(selector)]


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Waits until the expression is true. Playwright's own `wait_for_function` needs `eval`, which the page's policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def tab_stop(page: Page) -> dict[str, Any] | None:
    """What has the focus: can it be seen, is it covered, is it marked? None when the focus has left the page."""
    found: dict[str, Any] | None = page.evaluate(
        """() => {
          const focused = document.activeElement;
          if (!focused || focused === document.body) return null;
          const box = focused.getClientRects()[0];  // of a link on two lines the first: the middle of both may be another's
          const style = getComputedStyle(focused);
          const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
          // Of what fills the window the part below the bar counts: coming from below, its foot is shown.
          const bar = box.height > innerHeight / 2 ? parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) : 0;
          const y = Math.min(Math.max(box.top, bar) + Math.min(box.height / 2, 20), innerHeight - 1);
          const top = document.elementFromPoint(x, y);
          const name = (focused.getAttribute("aria-label") || focused.textContent).trim().slice(0, 40);
          return {
            name: `${focused.localName} ${name}`,
            href: focused.getAttribute("href"),
            inMain: Boolean(focused.closest("main")),
            seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            covered: !(top && (focused.contains(top) || top.contains(focused))),
            outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
          };
        }"""
    )
    return found
