"""Read aloud, with a speech engine that is all ears: what is said, in which language, and what it leaves alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .modes import opened, until

pytestmark = pytest.mark.browser

ENGINE = """
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "zh-CN", localService: true }, { lang: "en-US", localService: true }],
    cancel() { this.current?.onerror?.({ error: "canceled" }); this.current = null; },
    speak(utterance) {
      this.current = utterance;
      said.push({ text: utterance.text, lang: utterance.lang, voice: utterance.voice?.lang });
      if (said.length < 400) setTimeout(() => { if (this.current === utterance) { this.current = null; utterance.onend(); } }, 5);
    },
  } });
"""


def start(page: Page, url: str, engine: str = ENGINE) -> None:
    page.add_init_script(engine)
    page.goto(url)
    page.locator("[data-open=preferences]").click()
    page.locator("#preferences[open]").wait_for()


def test_reads_sentence_by_sentence_in_its_own_language(browser: Browser, sample: list[str]) -> None:
    for url in sample:
        with opened(browser) as page:
            start(page, url)
            before = page.evaluate("document.querySelector('main').innerHTML")
            page.locator("#preferences [data-read]").click()
            # This engine may be through a short page before anybody sees the bar; the bar is looked at below.
            until(page, "said.length > 30 || (said.length > 1 && !document.querySelector('.reader'))", seconds=30)
            said: list[dict[str, Any]] = page.evaluate("said")
            assert page.evaluate("document.querySelector('main').innerHTML") == before, url
            assert page.locator("main h1").inner_text()[:8] in "".join(part["text"] for part in said[:6])
            assert all(len(part["text"]) <= 160 for part in said), url
            assert all(part["voice"][:2] == part["lang"][:2] for part in said), url
            assert len({part["text"] for part in said}) > 1


def test_pause_and_stop(browser: Browser, sample: list[str]) -> None:
    with opened(browser, 320, height=256) as page:
        start(page, sample[2])
        page.locator("#preferences [data-read]").click()
        page.locator("[data-do=toggle]").click()
        count = page.evaluate("said.length")
        page.wait_for_timeout(100)
        assert page.evaluate("said.length") == count
        assert page.evaluate("CSS.highlights.has('reading')")
        assert page.locator(".reader").bounding_box()["height"] <= 48  # type: ignore[index]
        page.locator("[data-do=stop]").click()
        assert page.locator(".reader").count() == 0
        assert not page.evaluate("CSS.highlights.has('reading')")


def test_hidden_where_there_is_no_engine(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        start(page, sample[2], "delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
        assert not page.locator("#preferences [data-read]").is_visible()
