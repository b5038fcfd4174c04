"""Search as a reader meets it: typed into the built site's own page, in both languages.

`site_url` (from the conftest) is the address of a built site, at whatever path it is served.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from report_site.publish.docs import render_site
from report_site.site.build import build_site
from served import served
from stages import ReportOf

from .modes import opened, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = ("zh", "en")
SAMPLES, MANY_SAMPLES = 100, 500
SEED = 2022


# --- the site ---


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


def root(site_url: str) -> str:
    return site_url.rstrip("/") + "/"


def own_language(site_url: str) -> str:
    """Of the report: its pages stand at the root of the site."""
    found = re.search(r'<html[^>]* lang="(\w+)', read(root(site_url)))
    assert found
    return found[1]


def search_url(site_url: str, language: str) -> str:
    return root(site_url) + ("search/" if language == own_language(site_url) else f"{language}/search/")


def is_in_language(url: str, site_url: str, language: str) -> bool:
    other = next(name for name in LANGUAGES if name != own_language(site_url))
    return url.startswith(root(site_url)) and (url.startswith(f"{root(site_url)}{other}/") == (language == other))


@pytest.fixture(autouse=True)
def _has_the_language(request: pytest.FixtureRequest, site_url: str, tongues: tuple[str, ...]) -> None:
    """A report in one language alone has no search in the other."""
    language = request.node.callspec.params.get("language") if hasattr(request.node, "callspec") else None
    if language in LANGUAGES and language != own_language(site_url) and len(tongues) == 1:
        pytest.skip(f"report/ has no text in {language}")


def words_of(site_url: str, language: str) -> Iterator[str]:
    """Beginnings of passages, each found by its own and by no other's."""
    for passage in passages(site_url, language):
        if len(passage.text) > 30:
            yield passage.text[:12].strip()


@cache
def read(url: str) -> str:
    with urlopen(url) as response:
        return str(response.read().decode("utf-8"))


def index_of(site_url: str, language: str) -> Any:
    return json.loads(read(f"{root(site_url)}search/index.{language}.json"))


# --- passages, read from the pages and not from the index ---


@dataclass(frozen=True)
class Passage:
    """Text of one innermost block, and where a hit in it must lead."""

    text: str
    address: str


PASSAGES = "p[id], li[id], caption[id], h1[id], h2[id], h3[id], h4[id], tr[id] th, tr[id] td, dl [id] dt, dl [id] dd"
INNER_BLOCKS = "p, li, ul, ol, table, div, tr, caption"
NOT_TEXT = "[role=doc-pagebreak], [aria-hidden=true], .headerlink, .cell-mark, .case-label, .case-end, button, nav, form, script"


def passages(site_url: str, language: str) -> list[Passage]:
    pages = (root(site_url) + url for url, *_ in index_of(site_url, language)["pages"])
    return [passage for url in pages for passage in passages_of(url)]


def passages_of(url: str) -> Iterator[Passage]:
    main = LexborHTMLParser(read(url)).css_first("main")
    assert main is not None
    for node in main.css(NOT_TEXT):
        node.decompose()
    for node in main.css("br"):
        node.insert_before(" ")
    for node in main.css(PASSAGES):
        text = " ".join(node.text().split())
        if text and not any(inner != node for inner in node.css(INNER_BLOCKS)):
            yield Passage(text, f"{url}#{owner_id(node)}")


def owner_id(node: LexborNode) -> str:
    """A cell belongs to its row, a label to its figure; anything else has an id of its own."""
    own = node if node.tag not in ("th", "td", "dt", "dd") else node.parent
    while own is not None and not own.attributes.get("id"):
        own = own.parent
    assert own is not None
    return own.attributes.get("id") or ""


def substrings(site_url: str, language: str, samples: int = SAMPLES) -> Iterator[tuple[str, Passage]]:
    """One to twelve characters from anywhere, words cut as chance has it."""
    chance = random.Random(SEED)
    pool = passages(site_url, language)
    count = 0
    while count < samples:
        passage = chance.choice(pool)
        start = chance.randrange(len(passage.text))
        text = passage.text[start : start + chance.randint(1, 12)].strip()
        if any(char.isalnum() for char in text):
            count += 1
            yield text, passage


# --- searching ---


def status_of(page: Page) -> Locator:
    return page.locator("[data-search] [role=status]")


SEARCH = """async query => {
  const field = document.querySelector("#search-field");
  field.value = query;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise(done => setTimeout(done));
  return [...document.querySelectorAll("[data-search-results] a")].map(link => link.href);
}"""


def open_search(page: Page, site_url: str, language: str) -> None:
    page.goto(search_url(site_url, language))
    with page.expect_response(re.compile(r"/search/index\.\w+\.json$")):
        page.locator("#search-field").focus()
    page.wait_for_load_state("networkidle")


def links_for(page: Page, query: str) -> list[str]:
    return [str(link) for link in page.evaluate(SEARCH, query)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_substring_finds_its_passage_and_no_other_language(
    page: Page, site_url: str, language: str, thorough: bool
) -> None:
    open_search(page, site_url, language)
    lost, foreign = [], []
    for query, passage in substrings(site_url, language, MANY_SAMPLES if thorough else SAMPLES):
        links = links_for(page, query)
        if passage.address not in links:
            lost.append((query, passage))
        foreign += [link for link in links if not is_in_language(link, site_url, language)]
    assert (lost, foreign) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pages_title_finds_that_page_first(page: Page, site_url: str, language: str) -> None:
    index = index_of(site_url, language)
    titles = [title for _, title, _ in index["pages"]]
    open_search(page, site_url, language)
    for url, title, is_report in index["pages"]:
        if is_report and titles.count(title) == 1 and not any(title in other for other in titles if other != title):
            assert links_for(page, title)[0] == root(site_url) + url, title


# --- numbers ---


def writings(value: str) -> Iterator[str]:
    """Ways to write a plain value, whatever the page's language."""
    number = Decimal(value.rstrip("%"))
    if value.endswith("%"):
        yield from (value, f"{number} %", f"{number} percent", f"百分之{number}")
        return
    yield from (f"{number:f}", f"{number:,f}")
    scales = (
        (10**4, " 万"),
        (10**8, "亿"),
        (10**3, " thousand"),
        (10**6, " million"),
        (10**9, " Billion"),
    )
    for scale, name in scales:
        if number >= scale and (number / scale * 1000) % 1 == 0:
            yield f"{(number / scale).normalize():f}{name}"
    yield f"{number:f}".translate({ord("0") + i: chr(0xFF10 + i) for i in range(10)})


def address_of(site_url: str, index: Any, place: int) -> str:
    url, *_ = index["pages"][index["blocks"]["page"][place]]
    ids, heading = index["blocks"]["id"], index["blocks"]["heading"][place]
    id_ = ids[place].replace("~", ids[heading])
    return f"{root(site_url)}{url}" + (f"#{id_}" if id_ else "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_found_in_either_writing(page: Page, site_url: str, language: str, thorough: bool) -> None:
    index = index_of(site_url, language)
    values = [
        (row[i], address_of(site_url, index, place))
        for place, row in enumerate(index["blocks"]["numbers"])
        for i in range(0, len(row), 3)
    ]
    if not values:
        pytest.skip("report/ has no numbers")
    open_search(page, site_url, language)
    chosen = random.Random(SEED).sample(values, min(60 if thorough else 12, len(values)))
    lost = [
        (query, address)
        for value, address in chosen
        for query in writings(value)
        if address not in links_for(page, query)
    ]
    assert lost == []


# --- what the reader is told ---

COUNTS = {"zh": r"^“的”：\d+ 页中共有 \d+ 处。$", "en": r"^“e”: \d+ match(es)? on \d+ pages?\.$"}
NOTHING = {"zh": "没有找到“qxzjqxzj”", "en": "Nothing found for “qxzjqxzj”"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_count_is_announced_in_the_language_of_the_page(page: Page, site_url: str, language: str) -> None:
    open_search(page, site_url, language)
    status = status_of(page)
    page.keyboard.type("的" if language == "zh" else "e")
    expect(status).to_have_text(re.compile(COUNTS[language]))
    text = status.text_content() or ""
    hits = page.locator("[data-search-results] li").count()
    pages = page.locator("[data-search-results] h2").count()
    assert sorted(map(int, re.findall(r"\d+", text))) == sorted([hits, pages])
    page.locator("#search-field").fill("qxzjqxzj")
    expect(status).to_contain_text(NOTHING[language])


def test_a_screen_reader_hears_one_count_a_query(page: Page, site_url: str) -> None:
    open_search(page, site_url, own_language(site_url))
    page.evaluate(
        "() => { window.heard = 0; new MutationObserver(() => { window.heard += 1; })"
        ".observe(document.querySelector('[data-search] [role=status]'), { childList: true }); }"
    )
    # In one go: on a busy machine single keys may come further apart than a reader's.
    page.evaluate(
        """() => {
          const field = document.querySelector("input[type=search]");
          for (const letter of "report") {
            field.value += letter;
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
        }"""
    )
    until(page, "window.heard > 0")
    page.wait_for_timeout(1_000)
    assert page.evaluate("window.heard") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hit_marks_what_was_found(page: Page, site_url: str, language: str) -> None:
    open_search(page, site_url, language)
    chance = random.Random(SEED)
    for query in chance.sample([text for text, _ in substrings(site_url, language)], 20):
        links_for(page, query)
        assert (
            page.locator("[data-search-results] li").count()
            == page.locator("[data-search-results] li:has(mark)").count()
        )


def test_an_input_method_is_waited_for(page: Page, site_url: str) -> None:
    open_search(page, site_url, own_language(site_url))
    compose = """composing => {
      const field = document.querySelector("#search-field");
      field.value = composing ? "zhong" : "中";
      field.dispatchEvent(new InputEvent("input", { isComposing: composing, bubbles: true }));
      if (!composing) field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    }"""
    page.evaluate(compose, True)
    page.wait_for_timeout(800)
    expect(status_of(page)).to_be_empty()
    page.evaluate(compose, False)
    expect(status_of(page)).to_contain_text("中")


# --- how it works ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_from_the_field_to_the_passage(page: Page, site_url: str, language: str) -> None:
    passage = next(p for p in passages(site_url, language) if len(p.text) > 30)
    page.goto(search_url(site_url, language))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search-field":
            break
    page.keyboard.type(passage.text[:20])
    page.keyboard.press("Enter")
    page.locator("[data-search-results] mark").first.wait_for()
    for _ in range(3):
        page.keyboard.press("Tab")
    focused = str(page.evaluate("document.activeElement.href"))
    assert "#" in focused
    page.keyboard.press("Enter")
    page.wait_for_url(focused)
    assert page.locator(f"[id='{urlsplit(focused).fragment}']").count() == 1


def test_the_address_carries_the_query(page: Page, site_url: str) -> None:
    language = own_language(site_url)
    word, other = list(words_of(site_url, language))[:2]
    page.goto(f"{search_url(site_url, language)}?q={quote(word)}")
    page.locator("[data-search-results] mark").first.wait_for()
    assert page.locator("#search-field").input_value() == word
    page.locator("#search-field").fill(other)
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"q": [other]})
    page.locator("#search-field").fill("")
    page.wait_for_url(re.compile(r"/search/$"))
    assert page.locator("[data-search-results] a").count() == 0


def test_results_link_within_the_site(page: Page, site_url: str) -> None:
    """Paper writes out the address of every link that begins with http: of those that lead elsewhere."""
    language = own_language(site_url)
    open_search(page, site_url, language)
    links_for(page, next(words_of(site_url, language)))
    links = page.locator("[data-search-results] a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert links
    assert [link for link in links if not link.startswith("../")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_page_is_not_cited_nor_one_of_a_sequence(page: Page, site_url: str, language: str) -> None:
    page.goto(search_url(site_url, language))
    assert page.locator(".page-end, .sequence").count() == 0


def test_the_index_is_fetched_on_first_use_only_and_nothing_from_elsewhere(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    language = own_language(site_url)
    page.goto(search_url(site_url, language), wait_until="networkidle")
    assert not [url for url in asked if "/search/index." in url or "search-match" in url]
    page.locator("#search-field").focus()
    page.wait_for_load_state("networkidle")
    page.keyboard.type(next(words_of(site_url, language)))
    page.locator("[data-search-results] mark").first.wait_for()
    assert [urlsplit(url).path.rsplit("/", 1)[1] for url in asked if "/search/index." in url] == [
        f"index.{language}.json"
    ]
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {urlsplit(site_url).netloc}


def test_a_strict_policy_is_kept(page: Page, site_url: str) -> None:
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    language = own_language(site_url)
    open_search(page, site_url, language)
    links_for(page, next(words_of(site_url, language)))
    assert complaints == []


def test_a_site_in_one_language_is_searched_in_either_characters(
    page: Page, report_of: ReportOf, tmp_path: Path
) -> None:
    """It has no switch to take the query along; what is found is shown as it is printed."""
    report = report_of("# 節約用水\n\n全年節水十二萬噸。\n", {"language": "zh-Hant"})
    build_site(render_site(report), tmp_path / "site")
    with served(tmp_path / "site") as address:
        page.goto(f"{root(address)}search/?q=全年节水")
        page.locator("[data-search-results] mark").first.wait_for()
        assert set(page.locator("[data-search-results] mark").all_text_contents()) == {"全年節水"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_index_is_said(page: Page, site_url: str, language: str) -> None:
    page.route("**/search/index.*.json", lambda route: route.abort())
    page.goto(f"{search_url(site_url, language)}?q={quote(next(words_of(site_url, language)))}")
    expect(status_of(page)).not_to_be_empty()
    assert page.locator("[data-search-contents]").is_visible()
    page.unroute("**/search/index.*.json")
    page.locator("#search-field").press("Enter")
    page.locator("[data-search-results] mark").first.wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_page_says_so_and_offers_the_contents(
    browser: Browser, site_url: str, language: str
) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(search_url(site_url, language))
        assert page.locator(".search-needs-script").is_visible()
        assert not page.locator("#search-field").is_visible()
        links = page.locator("[data-search-contents] a").evaluate_all("links => links.map(link => link.href)")
        assert links
        assert all(is_in_language(link, site_url, language) for link in links)
