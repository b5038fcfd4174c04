"""axe-core with every rule on, those that are off by default and the experimental ones too, over every page."""

import itertools
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.modes import AS_IT_IS, CHOICES, SCHEMES, WIDTHS, size, widened
from browser.visits import Visit

from .axe import examined, findings, violations

pytestmark = [pytest.mark.browser, pytest.mark.checkers]


@cache
def found_in_each_way(
    browser: Browser,
    urls: tuple[str, ...],
    widths: tuple[int, ...] = tuple(WIDTHS),
    schemes: tuple[str, ...] = tuple(SCHEMES),
) -> dict[tuple[int, str], list[str]]:
    """What is found at each width in each scheme, by one visit to each page: to fetch it costs as much as to look at it."""
    found: dict[tuple[int, str], list[str]] = {way: [] for way in itertools.product(widths, schemes)}
    with examined(browser) as page:
        for url in urls:
            # Without the transition from one colour to the next.
            page.emulate_media(**AS_IT_IS, reduced_motion="reduce")
            page.set_viewport_size(size(widths[0]))
            page.goto(url)
            for width in widths:
                widened(page, width)
                for scheme in schemes:
                    page.emulate_media(**{**AS_IT_IS, **SCHEMES[scheme]})
                    found[width, scheme] += violations(page)
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_violates_a_rule(browser: Browser, swept: list[str], width: int, scheme: str) -> None:
    assert found_in_each_way(browser, tuple(swept))[width, scheme] == []


ASKED = {
    "light": "(prefers-color-scheme: light) and (prefers-contrast: no-preference) and (forced-colors: none)",
    "dark": "(prefers-color-scheme: dark) and (prefers-contrast: no-preference) and (forced-colors: none)",
    "more contrast": "(prefers-color-scheme: light) and (prefers-contrast: more) and (forced-colors: none)",
    "forced colours": "(forced-colors: active)",
}


def test_a_page_is_shown_in_each_scheme(browser: Browser, sample: list[str]) -> None:
    """Though it is fetched once: what `found_in_each_way` looks at is what readers with these wishes see."""
    shown = set[str]()
    with examined(browser) as page:
        page.emulate_media(**AS_IT_IS, reduced_motion="reduce")
        page.goto(sample[0])
        for scheme, wishes in SCHEMES.items():
            page.emulate_media(**{**AS_IT_IS, **wishes})
            assert page.evaluate("query => matchMedia(query).matches", ASKED[scheme]), scheme
            assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
            colours = "['body', 'main a'].map(one => getComputedStyle(document.querySelector(one))).map(one => one.color + one.backgroundColor)"
            shown.add(str(page.evaluate(colours)))
    assert len(shown) == len(SCHEMES)


def test_every_page_once(visits: Mapping[str, Visit], every_page: list[str], swept: list[str]) -> None:
    """Those that the sweep leaves out."""
    left = [url for url in every_page if url not in swept]
    assert [line for url in left for line in visits[url].violations or ()] == []
    assert all(visits[url].violations is not None for url in left)


@cache
def found_by_width(browser: Browser, urls: tuple[str, ...], choice: str) -> dict[int, list[str]]:
    """What is found at each width with a preference of the reader, by one visit to each page."""
    found: dict[int, list[str]] = {width: [] for width in WIDTHS}
    with examined(browser, choices=CHOICES[choice]) as page:
        for url in urls:
            page.set_viewport_size(size(min(WIDTHS)))
            page.goto(url)
            for width in WIDTHS:
                widened(page, width)
                found[width] += violations(page)
    return found


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_preference_violates_a_rule(browser: Browser, swept_in_turn: list[str], width: int, choice: str) -> None:
    assert found_by_width(browser, tuple(swept_in_turn), choice)[width] == []


def test_open_dialog_menu_and_citation_violate_no_rule(browser: Browser, swept_in_turn: list[str]) -> None:
    with examined(browser, 320) as page:
        for url in swept_in_turn:
            page.goto(url)
            for summary in page.locator("summary:visible").all():
                summary.click()
            page.locator("[data-open=preferences]").click()
            page.locator("#preferences[open]").wait_for()
            assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_open_cards_violate_no_rule(browser: Browser, strips: list[str], tables: list[str], width: int) -> None:
    with examined(browser, width) as page:
        for urls, opener in ((strips, ".figure-link"), (tables, ".card-button")):
            for url in urls:
                page.goto(url)
                page.locator(opener).first.click()
                page.locator("dialog.card[open]").wait_for()
                assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_offline_edition_violates_no_rule(
    browser: Browser, offline: dict[str, Path], scheme: str, thorough: bool
) -> None:
    """Its pages are those of the site but for a few words: before the audit one scheme sees all kinds, the others the first."""
    firsts = [folder / "index.html" for folder in offline.values()]
    others = [
        folder / name / "index.html"
        for folder in offline.values()
        for name in ("search", "data", *sorted(path.name for path in folder.glob("numbers-*"))[:1])
    ]
    found = list(found_in_each_way(browser, tuple(path.as_uri() for path in firsts), (1280,))[1280, scheme])
    if thorough or scheme == "light":
        schemes = tuple(SCHEMES) if thorough else ("light",)
        found += found_in_each_way(browser, tuple(path.as_uri() for path in others), (1280,), schemes)[1280, scheme]
    assert found == []


def test_the_page_that_is_not_there(browser: Browser, site_url: str) -> None:
    with examined(browser) as page:
        assert findings(page, f"{site_url}no/such/page/") == []


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with examined(browser) as page:
        found = " ".join(findings(page, broken_page))
    assert "image-alt: img" in found
