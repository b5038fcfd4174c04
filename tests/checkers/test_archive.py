"""The front page of many reports, in both languages: axe-core finds nothing, and its search finds pages of each report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from browser.modes import SCHEMES, WIDTHS, opened
from places import SAMPLES
from report_site.commands.cli import main
from report_site.commands.editor.scaffold import start_folder
from report_site.publish.writing import write_folder
from served import served

from .axe import examined, violations
from .test_axe import found_in_each_way

pytestmark = [pytest.mark.browser, pytest.mark.checkers]
PAGES = ("", "zh/")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two reports in English, one in Chinese, as a web server shows them."""
    place = tmp_path_factory.mktemp("archive")
    folders = {"foods": "levelled-en.md", "nongye": "numbered-zh.txt", "rail": "form-feeds-en.txt"}
    for name, sample in folders.items():
        write_folder(start_folder(SAMPLES / sample).files, place / name)
    command = ["archive", *(str(place / name) for name in folders), "--site", str(place / "site"), "--workers", "1"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    with served(place / "site") as address:
        yield address


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_front_page_violates_a_rule(browser: Browser, archive: str, width: int, scheme: str) -> None:
    assert found_in_each_way(browser, tuple(archive + name for name in PAGES))[width, scheme] == []


@pytest.mark.parametrize(
    ("name", "query", "found"),
    [("", "safety", {"foods/", "rail/"}), ("zh/", "农业", {"nongye/"}), ("zh/", "農業", {"nongye/"})],
)
def test_one_search_finds_pages_of_each_report(
    browser: Browser, archive: str, name: str, query: str, found: set[str]
) -> None:
    with examined(browser) as page:
        page.goto(archive + name)
        page.get_by_role("searchbox").fill(query)
        page.locator("[data-search-results] a").first.wait_for()
        links = page.locator("[data-search-results] .search-title a")
        hrefs = [link.evaluate("node => node.href") for link in links.all()]
        assert {href.removeprefix(archive).partition("/")[0] + "/" for href in hrefs} >= found
        assert violations(page) == []
        links.first.click()
        page.wait_for_url(hrefs[0])
        assert page.locator("main h1").count() == 1


def test_without_scripts_every_report_is_listed(browser: Browser, archive: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(archive)
        assert page.get_by_role("heading", level=3).count() == 3
        assert page.locator("[role=search]:visible").count() == 0
