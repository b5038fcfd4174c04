"""The switch leads to the twin page; with JavaScript it keeps the place and brings the focus there."""

import pytest
from playwright.sync_api import Browser, Page

from .modes import WIDTHS, opened, until

pytestmark = pytest.mark.browser

SETTLED = 400
# Two frames: what a key has moved is drawn, and its scroll event is over.
SHOWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
# Scrolls by script, and waits until the page has looked where it stands: 120 ms after the last of its scroll events.
SCROLLED = """(y) => new Promise((done) => {
  const looked = () => setTimeout(done, 160);
  addEventListener("scrollend", looked, { once: true });
  setTimeout(looked, 400);
  scrollTo(0, y);
})"""


def walk_back(page: Page) -> None:
    """By Shift+Tab alone, from what the reader looks at to the switch."""
    for _ in range(200):
        page.keyboard.press("Shift+Tab")
        page.evaluate(SHOWN)
        if page.evaluate("document.activeElement.matches('a[data-language]')"):
            return
    pytest.fail("Shift+Tab never comes to the switch")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("by", ["mouse", "links list", "walk back"])
def test_switch_keeps_the_place(browser: Browser, sample: list[str], twin: str, width: int, by: str) -> None:
    with opened(browser, width) as page:
        page.goto(sample[2])
        middle = page.evaluate(
            """() => {
              const blocks = [...document.querySelectorAll("main p[id], main h2[id], main tr[id]")];
              const block = blocks[Math.floor(blocks.length / 2)];
              block.scrollIntoView({ block: "start" });
              return block.id;
            }"""
        )
        page.wait_for_timeout(SETTLED)
        switch = page.locator("a[data-language]")
        if by == "mouse":
            # Where it is: a click by locator may scroll first, which is a change of place.
            box = switch.bounding_box()
            assert box is not None
            assert 0 <= box["y"] < 60
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        elif by == "links list":
            # As a screen reader's list of links does.
            switch.focus()
            page.wait_for_timeout(SETTLED)
            switch.press("Enter")
        else:
            walk_back(page)
            page.keyboard.press("Enter")
        page.wait_for_url(f"**/{twin}**")
        until(page, "document.activeElement !== document.body")
        assert page.evaluate("document.activeElement.id") == middle
        assert page.evaluate("document.activeElement.tabIndex") == -1
        assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")


def test_switch_without_javascript_leads_to_the_twin(
    browser: Browser, sample: list[str], site_url: str, twin: str
) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(sample[2])
        page.locator("a[data-language]").click()
        assert page.url == sample[2].replace(site_url, f"{site_url}{twin}")
        page.locator("a[data-language]").click()
        assert page.url == sample[2]


def test_focus_is_not_moved_for_who_comes_from_elsewhere(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        page.goto(sample[2])
        target = page.locator("main [id]").last.get_attribute("id")
        page.goto("about:blank")
        page.goto(f"{sample[2]}#{target}")
        page.wait_for_timeout(SETTLED)
        assert page.evaluate("document.activeElement === document.body")


WITHIN = "([aim, read]) => read.some((id) => document.getElementById(aim).contains(document.getElementById(id)))"
SWITCH = "document.querySelector('a[data-language]')"
# What a mouse above the switch does, and whether its script has come.
AIMED = f"({SWITCH}.dispatchEvent(new Event('pointerover')), {SWITCH}.hash.length > 1)"
# Written on its own, not with the script's help: the innermost block that the line of reading crosses, or that begins just above it.
UNDER_THE_EYE = """() => {
  const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart);
  const eye = top + 1.5 * parseFloat(getComputedStyle(document.querySelector("main")).lineHeight);
  const blocks = [...document.querySelectorAll("main [id]:not([role=doc-pagebreak])")]
    .map(block => ({ id: block.id, block, box: block.getBoundingClientRect() })).filter(({ box }) => box.height);
  const crossed = blocks.filter(({ box }) => box.top <= eye && box.bottom > top);
  const inner = crossed.filter(({ block }) => !crossed.some(other => other.block !== block && block.contains(other.block)));
  const next = blocks.find(({ box }) => box.top > eye);
  return (inner.length ? inner : [next ?? blocks.at(-1)]).map(({ id }) => id);
}"""


@pytest.mark.parametrize(
    "place", [0, pytest.param(1, marks=pytest.mark.audit), pytest.param(2, marks=pytest.mark.audit), 3]
)
def test_the_paragraph_under_the_eye_is_the_one_arrived_at(
    browser: Browser, texts: list[str], twin: str, place: int
) -> None:
    """On a phone a paragraph fills the window: most of the time the one that is read has begun above it."""
    lost, url = [], texts[place]
    with opened(browser, 320) as page:
        page.goto(url)
        page.evaluate("scrollTo(0, 20)")
        until(page, AIMED)
        foot = page.evaluate("document.querySelector('main').getBoundingClientRect().bottom")
        # The way itself now and then; the aim each time.
        for step, y in enumerate(range(257, int(foot) - 640, 257)):
            page.evaluate(SCROLLED, y)
            read, aim = page.evaluate(UNDER_THE_EYE), page.evaluate(f"{AIMED} && {SWITCH}.hash.slice(1)")
            if aim not in read:
                lost.append((y, read, aim))
            if step % 10 == 5:
                page.evaluate(f"{SWITCH}.click()")
                page.wait_for_url(f"**/*#{aim}")
                until(page, "document.activeElement !== document.body")
                # Of a block that is nearly gone by, the last thing in it may be under the eye in the other language.
                read = page.evaluate(UNDER_THE_EYE)
                if not page.evaluate(WITHIN, [aim, read]) or page.evaluate("document.activeElement.id") != aim:
                    lost.append((y, read, aim))
                page.goto(url)
                page.evaluate("scrollTo(0, 20)")
                until(page, AIMED)
    assert lost == []


def test_half_way_through_a_paragraph_is_half_way_through_its_twin(
    browser: Browser, texts: list[str], twin: str
) -> None:
    longest = "[...document.querySelectorAll('main p[id]')].reduce((a, b) => a.offsetHeight < b.offsetHeight ? b : a)"
    through = "(block => (64 - block.getBoundingClientRect().top) / block.offsetHeight)"
    with opened(browser, 320) as page:
        own, other = texts[-2:]
        page.goto(other)
        paragraph = page.evaluate(f"{longest}.id")
        page.evaluate(f"scrollBy(0, {longest}.getBoundingClientRect().top + {longest}.offsetHeight / 2 - 64)")
        page.wait_for_timeout(SETTLED)
        # Not by locator, which scrolls.
        page.evaluate(f"{AIMED} && {SWITCH}.click()")
        page.wait_for_url(f"{own}#*")
        until(page, "document.activeElement !== document.body")
        assert page.evaluate("document.activeElement.id") == paragraph
        assert page.evaluate(f"{through}(document.activeElement)") == pytest.approx(0.5, abs=0.06)


def test_storage_that_is_shut_keeps_nobody_from_arriving(browser: Browser, sample: list[str], twin: str) -> None:
    with opened(browser) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        for storage in ("localStorage", "sessionStorage"):
            page.add_init_script(
                f"Object.defineProperty(window, '{storage}', {{ get() {{ throw new Error('shut') }} }})"
            )
        page.goto(sample[2])
        block = page.evaluate("document.querySelectorAll('main p[id]')[9].id")
        page.evaluate(f"document.getElementById('{block}').scrollIntoView()")
        page.wait_for_timeout(SETTLED)
        page.evaluate("document.querySelector('a[data-language]').click()")
        page.wait_for_url(f"**/{twin}**")
        until(page, "document.activeElement !== document.body")
        assert page.evaluate("document.activeElement.id") == block
        assert errors == []
        # A page loaded anew is no arrival.
        page.reload()
        page.wait_for_timeout(SETTLED)
        assert page.evaluate("document.activeElement === document.body")


def test_a_hash_that_is_no_text_does_no_harm(browser: Browser, sample: list[str], twin: str) -> None:
    with opened(browser) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{sample[2]}#%E4%")
        page.locator(".cite-summary").click()
        until(page, "document.querySelector('[data-cite=day]').textContent !== ''")
        page.evaluate("document.querySelectorAll('main p[id]')[9].scrollIntoView()")
        page.wait_for_timeout(SETTLED)
        page.locator("a[data-language]").hover()
        assert page.evaluate("document.querySelector('a[data-language]').hash.length > 1")
        assert errors == []
