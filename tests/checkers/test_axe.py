"""axe-core with every rule on, those that are off by default and the experimental ones too, over every page."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import CHOICES, SCHEMES, WIDTHS, opened

from . import script

pytestmark = [pytest.mark.browser, pytest.mark.checkers]

PARTS = 4
AS_IT_IS: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
"""What a browser tells of a reader who has no wishes."""
ENGINE = ("axe-core", "axe.min.js")
RUN = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations } = await axe.run(document, { rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`));
}"""


def findings(page: Page, url: str) -> list[str]:
    page.goto(url)
    page.evaluate(script(*ENGINE))
    return [f"{url} {finding}" for finding in page.evaluate(RUN)]


@cache
def found_by_scheme(browser: Browser, width: int, urls: tuple[str, ...]) -> dict[str, list[str]]:
    """What is found in each scheme, by one visit to each page: to fetch it and the engine costs as much as to look at it."""
    found: dict[str, list[str]] = {scheme: [] for scheme in SCHEMES}
    with opened(browser, width) as page:
        for url in urls:
            # Without the transition from one colour to the next.
            page.emulate_media(**AS_IT_IS, reduced_motion="reduce")
            page.goto(url)
            page.evaluate(script(*ENGINE))
            for scheme, wishes in SCHEMES.items():
                page.emulate_media(**{**AS_IT_IS, **wishes})
                found[scheme] += [f"{url} {finding}" for finding in page.evaluate(RUN)]
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_violates_a_rule(browser: Browser, swept: list[str], width: int, scheme: str) -> None:
    assert found_by_scheme(browser, width, tuple(swept))[scheme] == []


ASKED = {
    "light": "(prefers-color-scheme: light) and (prefers-contrast: no-preference) and (forced-colors: none)",
    "dark": "(prefers-color-scheme: dark) and (prefers-contrast: no-preference) and (forced-colors: none)",
    "more contrast": "(prefers-color-scheme: light) and (prefers-contrast: more) and (forced-colors: none)",
    "forced colours": "(forced-colors: active)",
}


def test_a_page_is_shown_in_each_scheme(browser: Browser, sample: list[str]) -> None:
    """Though it is fetched once: what `found_by_scheme` looks at is what readers with these wishes see."""
    shown = set[str]()
    with opened(browser) as page:
        page.emulate_media(**AS_IT_IS, reduced_motion="reduce")
        page.goto(sample[0])
        for scheme, wishes in SCHEMES.items():
            page.emulate_media(**{**AS_IT_IS, **wishes})
            assert page.evaluate("query => matchMedia(query).matches", ASKED[scheme]), scheme
            assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
            colours = "['body', 'main a'].map(one => getComputedStyle(document.querySelector(one))).map(one => one.color + one.backgroundColor)"
            shown.add(str(page.evaluate(colours)))
    assert len(shown) == len(SCHEMES)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_once(browser: Browser, every_page: list[str], swept: list[str], part: int) -> None:
    """Those that the sweep leaves out; in parts, so that no process waits for one that has them all."""
    with opened(browser) as page:
        left = [url for url in every_page if url not in swept]
        assert [line for url in left[part::PARTS] for line in findings(page, url)] == []


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_preference_violates_a_rule(browser: Browser, swept_in_turn: list[str], width: int, choice: str) -> None:
    with opened(browser, width, choices=CHOICES[choice]) as page:
        assert [line for url in swept_in_turn for line in findings(page, url)] == []


def test_open_dialog_menu_and_citation_violate_no_rule(browser: Browser, swept_in_turn: list[str]) -> None:
    with opened(browser, 320) as page:
        for url in swept_in_turn:
            page.goto(url)
            for summary in page.locator("summary:visible").all():
                summary.click()
            page.locator("[data-open=preferences]").click()
            page.locator("#preferences[open]").wait_for()
            page.evaluate(script(*ENGINE))
            assert page.evaluate(RUN) == [], url


@pytest.mark.parametrize("width", WIDTHS)
def test_open_cards_violate_no_rule(browser: Browser, strips: list[str], tables: list[str], width: int) -> None:
    with opened(browser, width) as page:
        for urls, opener in ((strips, ".figure-link"), (tables, ".card-button")):
            for url in urls:
                page.goto(url)
                page.locator(opener).first.click()
                page.locator("dialog.card[open]").wait_for()
                page.evaluate(script(*ENGINE))
                assert page.evaluate(RUN) == [], url


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_offline_edition_violates_no_rule(
    browser: Browser, offline: dict[str, Path], scheme: str, thorough: bool
) -> None:
    """Its pages are those of the site but for a few words: before the audit one scheme sees all kinds, the others the first."""
    kinds = None if thorough or scheme == "light" else 1
    with opened(browser, **SCHEMES[scheme]) as page:
        for folder in offline.values():
            paths = ["", "search", "data", *sorted(path.name for path in folder.glob("numbers-*"))[:1]]
            assert [
                line for one in paths[:kinds] for line in findings(page, (folder / one / "index.html").as_uri())
            ] == []


def test_the_page_that_is_not_there(browser: Browser, site_url: str) -> None:
    with opened(browser) as page:
        assert findings(page, f"{site_url}no/such/page/") == []


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        found = " ".join(findings(page, broken_page))
    assert "image-alt: img" in found
