"""Reflow, text spacing, target sizes, what stays on screen; the same without JavaScript and with large text."""

import gzip
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .modes import CHOICES, WIDTHS, opened, read, widened
from .visits import OVERFLOW, Visit, first_visits

pytestmark = pytest.mark.browser

SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"
CLIPPED = """[...document.querySelectorAll("body *:not(.skip, .unseen)")].filter((element) => {
  const style = getComputedStyle(element);
  if (!element.textContent.trim() || style.visibility === "hidden" || !element.checkVisibility()) return false;
  // For ears alone: the head of a table whose cells bear their heads themselves.
  if (style.clipPath.startsWith("inset(50%") && element.clientWidth <= 1) return false;
  return (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 2)
    || (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2);
}).map((element) => element.outerHTML.slice(0, 100))"""
STICKY_HEIGHT = """() => {
  scrollTo(0, 600);
  const held = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return /fixed|sticky/.test(getComputedStyle(element).position) && box.width > 200 && box.height > 0 && (box.top <= 1 || box.bottom >= innerHeight - 1);
  });
  return held.filter((element) => !element.closest("table")).reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
}"""
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, summary, select, input")].filter((target) => {
  const box = target.getBoundingClientRect();
  // WCAG excepts links in a line of text; a table's cell is one too.
  const inText = target.matches("a") && (target.closest("td, th") || target.parentElement.textContent.trim() !== target.textContent.trim());
  return target.checkVisibility() && !inText && !target.matches(".skip") && (box.height < least - .5 || box.width < Math.min(least, 44) - .5);
}).map((target) => `${target.outerHTML.slice(0, 90)} ${Math.round(target.getBoundingClientRect().width)} × ${Math.round(target.getBoundingClientRect().height)}`)"""

# Numbers that stand on another line than their scale, and with `units` than their unit: in running text a line may break before 个 in 3 万个.
TORN = r"""([selector, units]) => {
  const quantity = /\d[\d.,]*[+%]?(?:\s?(?:[万亿千百]+|(?:hundred|thousand|million|billion|trillion)\b))?/gu;
  const unit = /(?<=[\d万亿千百])\s?[\u4e00-\u9fff]{1,2}(?![\u4e00-\u9fff])/gu;
  const torn = [];
  for (const value of document.querySelectorAll(selector)) {
    const texts = [...(function* () {
      const walker = document.createTreeWalker(value, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) yield walker.currentNode;
    })()];
    const places = texts.flatMap((node) => [...node.data].map((_, index) => [node, index]));
    const said = texts.map((node) => node.data).join("");
    for (const pattern of units ? [quantity, unit] : [quantity]) {
      for (const { 0: found, index } of said.matchAll(pattern)) {
        const range = document.createRange();
        range.setStart(...places[index]);
        range.setEnd(places[index + found.length - 1][0], places[index + found.length - 1][1] + 1);
        const tops = [...range.getClientRects()].filter((box) => box.width > 0);
        const lines = tops.filter((box, place) => !tops.slice(0, place).some((other) => box.top < other.bottom && other.top < box.bottom));
        if (lines.length > 1) torn.push(`${found.replace(/\s/g, " ")} in ${value.textContent.trim().slice(0, 60)}`);
      }
    }
  }
  return torn;
}"""
# Words of Latin letters that stand on two lines without a hyphen, of their own or of the browser's.
TORN_WORDS = r"""(selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).flatMap((element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const torn = [];
  while (walker.nextNode()) {
    for (const { 0: word, index } of walker.currentNode.data.matchAll(/[A-Za-z\d]{2,}/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, index);
      range.setEnd(walker.currentNode, index + word.length);
      if (range.getClientRects().length > 1 && getComputedStyle(element).hyphens !== "auto") torn.push(`${word} in ${element.localName}`);
    }
  }
  return torn;
})"""
# Where the words begin in the header, in the footer and in what stands leftmost between them.
LEFT_EDGES = """[".site-link", ".footer-text", ".contents .nav-title, .content-home h1, .content-missing h1", ".seek h2", ".band-title"]
  .map((selector) => document.querySelector(selector)).filter(Boolean).map((element) => {
    const words = document.createRange();
    words.selectNodeContents(element);
    return Math.round(words.getClientRects()[0].left);
  })"""
VALUES = ".key-figures dd, .band-value, .section-value"
HIDDEN_OR_SPILLED = f"""[...document.querySelectorAll("{VALUES}")].filter((value) => !value.checkVisibility()
  || value.scrollWidth > value.clientWidth + 1 && getComputedStyle(value).display !== "inline").map((value) => value.textContent)"""


def visit(page: Page, url: str) -> Page:
    page.goto(url)
    return page


def test_no_page_scrolls_sideways_at_320(visits: Mapping[str, Visit], pages: list[str]) -> None:
    """WCAG 1.4.10; 320 px is 1280 px at 400 %."""
    assert [url for url in pages if visits[url].overflow > 0] == []


def test_first_load_is_light(visits: Mapping[str, Visit], pages: list[str], built_site: Path, site_url: str) -> None:
    """Packed as servers pack, 5 kB of it scripts, all from this host, and no complaint of the policy.

    The goal is 20 kB: three long sections are still up to 2 kB above it.
    """
    packed = cache(lambda file: len(gzip.compress(file.read_bytes())))
    for url in pages:
        seen = visits[url]
        assert all(request.startswith(site_url) for request in seen.requests), seen.requests
        assert seen.said == (), url
        paths = [request.removeprefix(site_url) for request in seen.requests]
        files = [built_site / (f"{path}index.html" if path.endswith("/") or not path else path) for path in paths]
        assert sum(map(packed, files)) <= 22_500, url
        assert sum(packed(file) for file in files if file.suffix == ".js") <= 5_000 or url.endswith("search/"), url


def test_a_page_asks_for_little(browser: Browser, sample: list[str], site_url: str) -> None:
    """Few requests, all of them to this host, and no complaint of the policy. The search page may load its own; home and chapters have a sheet."""
    for url, seen in first_visits(browser, sample, "networkidle"):
        requests = seen.requests
        pictures = [request for request in requests if request.endswith((".png", ".webp", ".jpg"))]
        assert all(request.startswith(site_url) for request in requests), requests
        assert len(requests) - len(pictures) <= (8 if url.endswith("search/") else 7), requests
        assert seen.said == (), url


Looks = dict[tuple[str, int], dict[str, Any]]


def looks_at(
    page: Page, urls: Iterable[str], widths: Iterable[int], questions: Mapping[str, str], style: str = ""
) -> Looks:
    """What each page answers at each width, by one visit; `style`: a reader's own style sheet."""
    found: Looks = {}
    for url in urls:
        page.goto(url)
        if style:
            page.add_style_tag(content=style)
        for width in widths:
            widened(page, width)
            found[url, width] = {name: page.evaluate(question) for name, question in questions.items()}
    return found


@pytest.fixture(scope="module")
def largest_text(browser: Browser, swept: list[str]) -> Looks:
    with opened(browser, choices=CHOICES["everything"]) as page:
        return looks_at(page, swept, (320, 768, 1280), {"overflow": OVERFLOW})


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_largest_text_scrolls_no_page_sideways(largest_text: Looks, swept: list[str], width: int) -> None:
    assert [url for url in swept if largest_text[url, width]["overflow"] > 0] == []


@pytest.fixture(scope="module")
def figured(swept: list[str], pages: list[str]) -> list[str]:
    """The pages that set numbers large: those of the sweep, and the one of each language that has most of them."""
    large = {page: len(re.findall(r'class="(?:key-figures|band-value|section-value)"', read(page))) for page in pages}
    most = sorted(pages, key=lambda page: -large[page])[:2]
    return [page for page in dict.fromkeys([*swept, *most]) if large[page]]


@pytest.mark.parametrize("size", ["100", "200"])
def test_key_figures_keep_number_scale_and_unit_on_a_line(browser: Browser, figured: list[str], size: str) -> None:
    if not figured:
        pytest.skip("report/ has no key figures")
    with opened(browser, choices={"size": size}) as page:
        for url in figured:
            visit(page, url)
            for width in (1280, 768, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate(TORN, [VALUES, True]) == [], (url, width)
                assert page.evaluate(HIDDEN_OR_SPILLED) == [], (url, width)


@pytest.mark.parametrize("width", [320, 1280])
def test_text_keeps_a_number_and_its_scale_on_a_line(browser: Browser, figured: list[str], width: int) -> None:
    with opened(browser, width) as page:
        for url in figured:
            assert visit(page, url).evaluate(TORN, ["main :is(p, li, td, dt)", False]) == [], url


@pytest.mark.parametrize(("size", "widths"), [("100", (1280, 768, 320)), ("150", (1280,)), ("200", (320,))])
def test_titles_and_heads_tear_no_word(browser: Browser, sample: list[str], size: str, widths: tuple[int, ...]) -> None:
    with opened(browser, widths[0], choices={"size": size}) as page:
        for url in sample:
            visit(page, url)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                torn = page.evaluate(TORN_WORDS, "main :is(h1, h2, h3, h4, h5, h6, caption, th)")
                assert torn == [], (url, width)


def test_what_a_link_meant_is_marked(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        for mark in ("main p[id]", "main .data-table tr[id] > :first-child"):
            page.goto(sample[2])
            place = page.locator(mark).first
            before = place.evaluate("place => getComputedStyle(place).boxShadow")
            page.evaluate("id => { location.hash = id }", place.evaluate("place => place.closest('[id]').id"))
            assert place.evaluate("place => getComputedStyle(place).boxShadow") not in ("none", before), mark


def test_only_the_reader_s_place_is_marked_in_forced_colours(browser: Browser, sample: list[str]) -> None:
    with opened(browser, forced_colors="active") as page:
        page.goto(sample[2])
        shades = page.evaluate(
            """[...document.querySelectorAll(".contents .nav-link")].filter(link => link.checkVisibility())
              .map(link => [link.hasAttribute("aria-current"), getComputedStyle(link).borderInlineStartColor === getComputedStyle(document.body).backgroundColor])"""
        )
        assert {current for current, _ in shades} == {True, False}
        assert all(current is not unseen for current, unseen in shades), shades


@pytest.fixture(scope="module")
def spaced(browser: Browser, swept: list[str]) -> Looks:
    """With the policy set aside, which binds no style sheet of a reader."""
    with opened(browser, bypass_csp=True) as page:
        return looks_at(page, swept, WIDTHS, {"clipped": CLIPPED, "overflow": OVERFLOW}, SPACING)


@pytest.mark.parametrize("width", WIDTHS)
def test_text_spacing_clips_nothing(spaced: Looks, swept: list[str], width: int) -> None:
    """WCAG 1.4.12."""
    for url in swept:
        assert spaced[url, width]["clipped"] == [], url
        assert spaced[url, width]["overflow"] == 0, url


@pytest.fixture(scope="module")
def plain(browser: Browser, swept: list[str]) -> Looks:
    """As it is, with a page that is not there."""
    with opened(browser) as page:
        questions = {"edges": LEFT_EDGES, "small": f"({SMALL_TARGETS})(44)"}
        return looks_at(page, [*swept, f"{swept[0]}no-such-page/"], (320, 1280, 1440, 1920), questions)


@pytest.mark.parametrize("width", [1280, 1440, 1920])
def test_header_and_footer_begin_where_the_columns_do(plain: Looks, sample: list[str], width: int) -> None:
    for url in [*sample, f"{sample[0]}no-such-page/"]:
        edges = plain[url, width]["edges"]
        assert len(edges) >= 3, url
        assert len(set(edges)) == 1, (url, edges)


def test_little_is_held_on_a_small_screen(browser: Browser, sample: list[str]) -> None:
    with opened(browser, 320, height=256) as page:
        for url in sample:
            assert visit(page, url).evaluate(STICKY_HEIGHT) <= 48, url


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large(plain: Looks, swept: list[str], width: int) -> None:
    """44 px (WCAG 2.5.5), links inside sentences and cells aside."""
    for url in swept:
        assert plain[url, width]["small"] == [], url


@pytest.mark.parametrize("width", WIDTHS)
def test_whole_without_javascript(browser: Browser, sample: list[str], width: int) -> None:
    with opened(browser, width, java_script_enabled=False) as page:
        for url in sample:
            page.goto(url)
            assert page.locator("main h1").is_visible()
            assert page.locator("a[data-language]").is_visible()
            assert page.locator("a[rel=search]").is_visible()
            assert not page.locator("[data-open=preferences]").is_visible()
            if width == 320:
                page.locator(".menu-summary").click()
                assert page.locator(".menu .nav-link:visible").count() > 5
