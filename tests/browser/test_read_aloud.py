"""Read aloud, with a speech engine that is all ears: what is said, in which language, and what it leaves alone."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .modes import opened, read, until

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

# Never ends, never says a word of it.
SLOW = """
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    MUTE, getVoices: () => [{ lang: "cmn", localService: true }, { lang: "en-US", localService: true }], cancel() {}, speak: utterance => said.push({ text: utterance.text }),
  } });
"""


def start(page: Page, url: str, engine: str = ENGINE) -> None:
    page.add_init_script(engine)
    page.goto(url)
    page.locator("[data-open=preferences]").click()
    page.locator("#preferences[open]").wait_for()


def test_reads_sentence_by_sentence_in_its_own_language(browser: Browser, swept_in_turn: list[str]) -> None:
    for url in swept_in_turn:
        with opened(browser) as page:
            start(page, url)
            before = page.evaluate("document.querySelector('main').innerHTML")
            page.locator("#preferences [data-read]").click()
            # This engine may be through a short page before anybody sees the bar; the bar is looked at below.
            until(page, "said.length > 30 || (said.length > 1 && !document.querySelector('.reader'))", seconds=30)
            said: list[dict[str, Any]] = page.evaluate("said")
            # At the end the last sentence takes the focus.
            page.evaluate("document.activeElement.blur()")
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


def test_stop_leaves_the_reader_where_the_reading_was(browser: Browser, sample: list[str]) -> None:
    with opened(browser, 320) as page:
        start(page, sample[2], SLOW.replace("MUTE", "speaking: true"))
        page.locator("#preferences [data-read]").click()
        for _ in range(12):
            page.locator("[data-do=forward]").click()
        heard = page.evaluate("said.at(-1).text")
        before = page.evaluate("scrollY")
        assert before > 0
        page.locator("[data-do=stop]").press("Enter")
        assert heard[:20] in page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ')")
        assert page.evaluate("scrollY") == before
        assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")


def test_page_numbers_are_not_read(browser: Browser, texts: list[str]) -> None:
    for path in texts:
        with opened(browser) as page:
            start(page, path)
            page.locator("#preferences [data-read]").click()
            until(page, "said.length > 20 || (said.length > 1 && !document.querySelector('.reader'))", seconds=30)
            numbers = page.evaluate(
                "[...document.querySelectorAll('main [role=doc-pagebreak]')].map(mark => mark.textContent)"
            )
            assert not {part["text"] for part in page.evaluate("said")} & set(numbers), path


def test_long_sentences_break_at_their_own_pauses(browser: Browser, texts: list[str]) -> None:
    """At a comma where there is one within reach, at a space else; and no crumb is left over."""
    words = " ".join(["responsibility"] * 7)
    sentences = {
        f"{words}, {words}, so it is.": [f"{words},", f"{words}, so it is."],
        " ".join(["word"] * 33) + ".": None,
        "一" * 100 + "，" + "二" * 100 + "。": ["一" * 100 + "，", "二" * 100 + "。"],
        "一，" + "二" * 165 + "。": None,
    }
    with opened(browser) as page:
        for sentence, wanted in sentences.items():
            page.add_init_script(ENGINE)
            page.goto(texts[-1])
            page.evaluate(
                """text => {
              document.querySelector("main").innerHTML = "<p></p>";
              document.querySelector("main p").textContent = text;
            }""",
                sentence,
            )
            page.locator("[data-open=preferences]").click()
            page.locator("#preferences [data-read]").click()
            until(page, "said.length > 1 && !document.querySelector('.reader')")
            said = [part["text"] for part in page.evaluate("said")]
            assert "".join(said).replace(" ", "") == sentence.replace(" ", "")
            assert all(20 <= len(part) <= 160 for part in said), said
            assert wanted is None or said == wanted


@pytest.mark.parametrize(
    ("language", "claims", "longest"),
    [
        ("en", "speaking: false, pending: false", 3),
        ("en", "speaking: true, pending: false", 60),
        ("zh", "speaking: true, pending: false", 180),
    ],
)
def test_goes_on_when_the_engine_has_fallen_silent(
    browser: Browser, texts: list[str], language: str, claims: str, longest: int
) -> None:
    """Some never say that they ended. Who admits to be silent is believed soon; who doesn't has the longest plausible time."""
    url = next((url for url in reversed(texts) if f'<html lang="{language}' in read(url)), None)
    if url is None:
        pytest.skip(f"report/ has no text in {language}")
    with opened(browser, fresh=True) as page:  # The clock is the context's.
        page.clock.install()
        start(page, url, SLOW.replace("MUTE", claims))
        page.locator("#preferences [data-read]").click()
        page.locator(".reader").wait_for()
        page.clock.pause_at("2050-01-01")
        page.clock.run_for(300)
        count = page.evaluate("said.length")
        page.clock.run_for(1000)
        assert page.evaluate("said.length") == count, "cut off within a second"
        for _ in range(8):
            count = page.evaluate("said.length")
            page.clock.run_for(longest * 1000)
            assert page.evaluate("said.length") > count, page.evaluate("said.at(-1)")


def test_hidden_where_there_is_no_engine(browser: Browser, sample: list[str]) -> None:
    with opened(browser) as page:
        start(page, sample[2], "delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
        assert not page.locator("#preferences [data-read]").is_visible()


# Names of voices as engines give them; the first list is empty, as in Chromium.
LATE = """
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const listeners = [];
  let known = [];
  setTimeout(() => { known = VOICES; for (const listener of listeners) listener(); }, 300);
  Object.defineProperty(window, "speechSynthesis", { value: {
    speaking: true, getVoices: () => known, cancel() {}, addEventListener: (type, listener) => listeners.push(listener),
    speak: ({ text, lang, voice }) => said.push({ text, lang, voice: voice?.name }),
  } });
"""


def page_in(texts: list[str], language: str) -> str:
    url = next((url for url in reversed(texts) if f'<html lang="{language}' in read(url)), None)
    if url is None:
        pytest.skip(f"report/ has no text in {language}")
    return url


@pytest.mark.parametrize(
    ("voices", "chosen"),
    [
        ([("yue", "Cantonese"), ("cmn", "Mandarin, latin as English"), ("cmn", "Mandarin")], "Mandarin"),
        ([("en-US", "English"), ("yue", "Cantonese")], "Cantonese"),
        ([("cmn-latn-pinyin", "Pinyin"), ("zh_CN", "Own tag")], "Own tag"),
    ],
)
def test_finds_a_chinese_voice_by_its_language(
    browser: Browser, texts: list[str], voices: list[tuple[str, str]], chosen: str
) -> None:
    listed = json.dumps([{"lang": lang, "name": name, "localService": True} for lang, name in voices])
    with opened(browser) as page:
        start(page, page_in(texts, "zh"), LATE.replace("VOICES", listed))
        page.locator("#preferences [data-read]").click()
        until(page, "said.length > 0")
        assert page.evaluate("said[0].voice") == chosen


@pytest.mark.parametrize(("language", "voices"), [("zh", '[{ lang: "en-US" }]'), ("en", "[]")])
def test_says_that_there_is_no_voice_and_leaves_the_focus(
    browser: Browser, texts: list[str], language: str, voices: str
) -> None:
    with opened(browser) as page:
        start(page, page_in(texts, language), LATE.replace("VOICES", voices))
        page.locator("#preferences [data-read]").click()
        until(page, "document.querySelector('#said').textContent")
        assert page.locator("#said").is_visible()
        assert page.locator(".reader").count() == 0
        assert page.evaluate("said.length") == 0
        assert page.evaluate("document.activeElement.dataset.open") == "preferences"


def test_says_that_the_network_is_gone(browser: Browser, texts: list[str]) -> None:
    with opened(browser, fresh=True) as page:
        page.goto(texts[-1])
        page.context.set_offline(True)
        page.locator("[data-open=preferences]").click()
        until(page, "document.querySelector('#said').textContent")
        page.context.set_offline(False)
        page.locator("[data-open=preferences]").click()
        page.locator("#preferences[open]").wait_for()
