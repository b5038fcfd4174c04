"""axe-core with every rule on, those that are off by default and the experimental ones too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from browser.modes import opened

from . import script

ENGINE = ("axe-core", "axe.min.js")
RUN = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations } = await axe.run(document, { rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`));
}"""


@contextmanager
def examined(browser: Browser, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A page as `opened` gives it, where the engine is at hand whichever document it shows.

    The browser keeps it: to hand it over for each document costs as much as half a page.
    """
    with opened(browser, width, **options) as page:
        page.add_init_script(script(*ENGINE))
        yield page


def violations(page: Page) -> list[str]:
    """What is found on the page as it is shown, each with its address."""
    return [f"{page.url} {finding}" for finding in page.evaluate(RUN)]


def findings(page: Page, url: str) -> list[str]:
    page.goto(url)
    return violations(page)
