"""The site asks nothing of any other host, obeys its own policy, and is whole without JavaScript."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

from .modes import opened, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Set by script of the test, which the policy of the page doesn't bind.
LISTEN = """
  window.violations = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => violations.push(`${effectiveDirective} ${blockedURI}`));
"""
# What a reader can see and use of the text and of the way through the site. Texts that scripts write are empty without them.
CONTENT = """() => ({
  text: document.querySelector("main").innerText.replace(/\\s+/g, " ").trim(),
  links: [...document.querySelectorAll("body a[href]")].filter(link => link.checkVisibility()).map(link => link.href),
})"""
DEAD_CONTROLS = """[...document.querySelectorAll("button, input, select, [role=button]")]
  .filter(control => control.checkVisibility()).map(control => control.outerHTML)"""


class Watched:
    """A page for which there is no other host; all that goes wrong is written down."""

    def __init__(self, page: Page, site_url: str) -> None:
        self.page = page
        self.faults: list[str] = []
        self._host = urlsplit(site_url).netloc
        page.add_init_script(LISTEN)
        page.context.route("**/*", self._only_home)
        page.on("console", self._spoken)
        page.on("pageerror", lambda error: self._note(f"error {error}"))
        page.on("requestfailed", self._failed)

    def visit(self, url: str) -> None:
        """The page, and all that it fetches only when asked."""
        self.page.goto(url)
        for summary in self.page.locator("summary:visible").all():
            summary.click()
        self.page.locator("[data-open=preferences]").click()
        self.page.locator("#preferences[open]").wait_for()
        self.page.keyboard.press("Escape")
        self.collect()

    def collect(self) -> None:
        for violation in self.page.evaluate("window.violations"):
            self._note(f"policy {violation}")

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.page.url}: {fault}")

    def _failed(self, request: Request) -> None:
        # Who leaves a page while it fetches something breaks that off; nothing is wrong with it.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"failed {request.url} {request.failure}")

    def _spoken(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console {message.text}")

    def _only_home(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.netloc == self._host or url.scheme in ("data", "blob"):
            route.continue_()
        else:
            self._note(f"asks {route.request.url}")
            route.abort()


def test_no_page_asks_another_host_or_breaks_its_policy(browser: Browser, swept: list[str], site_url: str) -> None:
    """With all that opens opened. What each page does unasked: `test_first_load_is_light`."""
    with opened(browser, fresh=True, reduced_motion="reduce") as page:
        watched = Watched(page, site_url)
        for url in swept:
            watched.visit(url)
        assert watched.faults == []


@pytest.mark.parametrize("place", [0, 1])
def test_neither_search_nor_citation_asks_another_host(
    browser: Browser, site_url: str, sample: list[str], tongues: tuple[str, ...], place: int
) -> None:
    language, chapter = tongues[place % len(tongues)], sample[1 + 4 * (place % len(tongues))]
    with opened(browser, fresh=True, reduced_motion="reduce") as page:
        watched = Watched(page, site_url)
        page.goto(chapter)
        title = page.locator("main h1").inner_text()
        page.goto(f"{site_url}{language}search/")
        page.locator("#search-field").fill(title)
        page.locator(".search-hit").first.wait_for()
        watched.collect()
        page.locator(".search-hit").first.click()
        page.wait_for_url(f"{site_url}{language}*/#*")
        page.locator(".cite summary").click()
        until(page, "document.querySelector('[data-cite=day]').textContent !== ''")
        page.locator("[data-paragraph-links]").click()
        page.locator(".permalink").first.wait_for()
        watched.collect()
        assert watched.faults == []


def test_the_watch_sees(browser: Browser, site_url: str) -> None:
    """The tests above could be blind: a page that does ask and does break the policy is caught."""
    with opened(browser, fresh=True) as page:
        watched = Watched(page, site_url)
        page.goto(site_url)
        page.evaluate("document.body.append(Object.assign(new Image(), { src: 'https://example.com/pixel.png' }))")
        until(page, "violations.length > 0")
        watched.collect()
        assert any("policy img-src" in fault for fault in watched.faults), watched.faults
        page.goto("data:text/html,<img src='https://example.com/pixel.png'>")
        assert any("asks https://example.com/pixel.png" in fault for fault in watched.faults), watched.faults


@pytest.mark.parametrize("width", [320, 1280])
def test_without_javascript_all_text_and_every_way_is_there(browser: Browser, swept: list[str], width: int) -> None:
    with opened(browser, width) as scripted, opened(browser, width, java_script_enabled=False) as bare:
        for url in swept:
            scripted.goto(url)
            bare.goto(url)
            with_scripts, without = scripted.evaluate(CONTENT), bare.evaluate(CONTENT)
            assert without["links"] == with_scripts["links"], url
            # The search page says that it needs JavaScript, and shows the contents list.
            if not urlsplit(url).path.endswith("/search/"):
                assert without["text"] == with_scripts["text"], url
            assert bare.evaluate(DEAD_CONTROLS) == [], url


@pytest.mark.parametrize("width", [320, 1280])
def test_without_javascript_navigation_and_language_switch_work(
    browser: Browser, swept: list[str], site_url: str, twin: str, width: int
) -> None:
    """Every page's switch leads to its twin and back; the menu of the narrow page opens by keyboard."""
    with opened(browser, width, java_script_enabled=False) as page:
        for url in swept:
            if url.startswith(f"{site_url}{twin}"):
                continue
            page.goto(url)
            page.locator("a[data-language]").press("Enter")
            page.wait_for_url(url.replace(site_url, f"{site_url}{twin}"))
            page.locator("a[data-language]").press("Enter")
            page.wait_for_url(url)
        page.goto(f"{site_url}search/")
        if width == 320:
            page.locator(".menu-summary").press("Enter")
        contents = page.locator("nav a.nav-link:visible").last
        target = contents.evaluate("link => link.href")
        contents.press("Enter")
        page.wait_for_url(target)
        assert page.locator("main h1").is_visible()


def test_without_javascript_search_says_so(browser: Browser, site_url: str, tongues: tuple[str, ...]) -> None:
    with opened(browser, java_script_enabled=False) as page:
        for language in tongues:
            page.goto(f"{site_url}{language}search/")
            assert "JavaScript" in page.locator("main").inner_text()
            assert page.locator("main [data-search-contents] a:visible").count() > 3
