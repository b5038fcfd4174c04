"""Nothing is done by the press alone: who moves away before letting go has done nothing (WCAG 2.5.2); motion stops when asked (2.3.3)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .modes import opened

pytestmark = pytest.mark.browser

# One of each kind of control, marked: as many as look and work alike are one kind.
MARKED = """() => {
  const kinds = new Map();
  for (const control of document.querySelectorAll("a[href], button, summary, label, input, [role=button]")) {
    const box = control.getBoundingClientRect();
    const kind = [control.tagName, control.className, control.type, ...Object.keys(control.dataset)].join();
    if (box.width && box.height && !kinds.has(kind)) kinds.set(kind, control);
  }
  [...kinds.values()].forEach((control, n) => control.setAttribute("data-pressed", n));
  return kinds.size;
}"""
STATE = """() => JSON.stringify([
  location.href, document.querySelectorAll("details[open], dialog[open], :checked, [aria-expanded=true], [aria-pressed=true]").length,
  {...document.documentElement.dataset}, document.querySelector("main").textContent.length,
])"""
MOVING = """() => [...document.styleSheets].flatMap(sheet => {
  const moving = rules => [...rules].flatMap(rule => {
    if (rule.media && !matchMedia(rule.media.mediaText).matches) return [];
    const { style } = rule;
    const moves = style && (!/^(0s(, )?)*$/.test(style.transitionDuration) || !/^(none)?$/.test(style.animationName)
      || style.scrollBehavior === "smooth");
    return [...(moves ? [rule.cssText] : []), ...(rule.cssRules ? moving(rule.cssRules) : [])];
  });
  return moving(sheet.cssRules);
})"""


STARTED = re.compile(r"\.animate\(|startViewTransition|[\"']smooth[\"']")
INLINE = re.compile(
    r"\sstyle=[\"'][^\"']*(?:transition|animation|scroll-behavior)|<style\b[^<]*(?:transition|animation)"
)


def pressed_and_left(page: Page) -> list[str]:
    """Controls that did something between press and release, by their markup."""
    acted = []
    for number in range(page.evaluate(MARKED)):
        control = page.locator(f"[data-pressed='{number}']")
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box
        before = page.evaluate(STATE)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        after = page.evaluate(STATE)
        page.mouse.move(1, 1)
        page.mouse.up()
        if not before == after == page.evaluate(STATE):
            acted.append(control.evaluate("control => control.outerHTML")[:200])
    return acted


def test_a_press_that_is_taken_back_does_nothing(browser: Browser, swept_files: list[str]) -> None:
    with opened(browser) as page:
        for url in swept_files:
            page.goto(url)
            assert pressed_and_left(page) == [], url


def test_a_control_that_acts_on_the_press_is_found(browser: Browser) -> None:
    with opened(browser) as page:
        page.set_content("<main><button onpointerdown=\"this.setAttribute('aria-pressed', true)\">A</button></main>")
        assert len(pressed_and_left(page)) == 1


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_who_asks_for_less(browser: Browser, built_site: Path, motion: str) -> None:
    """Without the wish, colours of links and buttons fade: the check does see what moves."""
    sheets, scripts = (sorted(built_site.rglob(kind)) for kind in ("*.css", "*.js"))
    with opened(browser, reduced_motion=motion) as page:
        page.set_content("<main>A</main>")
        for sheet in sheets:
            page.add_style_tag(content=sheet.read_text("utf-8"))
        moving = page.evaluate(MOVING)
    assert bool(moving) == (motion == "no-preference"), moving
    assert [script.name for script in scripts if STARTED.search(script.read_text("utf-8"))] == []
    assert [path.name for path in built_site.rglob("*.html") if INLINE.search(path.read_text("utf-8"))] == []


def test_motion_in_scripts_and_attributes_is_found() -> None:
    assert STARTED.search("node.animate([a, b])")
    assert STARTED.search('scrollTo({ behavior: "smooth" })')
    assert INLINE.search('<p style="transition: all 1s">')
