"""The browser, and the pages of the built site at `site_url`, which `tests/conftest.py` serves."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from playwright.sync_api import Browser, sync_playwright

from checkers import chromium

from .modes import read


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-transcripts", action="store_true", help="write tests/browser/transcripts anew; read the difference"
    )


@pytest.fixture
def renew_transcripts(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--renew-transcripts"))


# A module, not a session: a module of its own mind may start Playwright itself, and two in one thread clash.
@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium with a Chinese font on every machine: boxes in place of characters have neither width nor text."""
    data = tmp_path_factory.mktemp("data")
    (data / "fonts").mkdir()
    (data / "fonts" / "sans.otf").symlink_to(pylopdf_fonts_zh_cn.sans_path())
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"], env={**os.environ, "XDG_DATA_HOME": str(data)}
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(site_url: str) -> list[str]:
    """Every page that the sitemap names, at the address where it is served now."""
    addresses = re.findall(r"<loc>([^<]+)</loc>", read(f"{site_url}sitemap.xml"))
    home = min(addresses, key=len)
    assert all(address.startswith(home) for address in addresses), addresses
    return [site_url + address.removeprefix(home) for address in addresses]


@pytest.fixture(scope="module")
def every_page(site_url: str, built_site: Path) -> list[str]:
    """Those of the sitemap and those that it leaves out: the report on one page, the page that is not there."""
    files = sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html"))
    return [site_url + file.removesuffix("index.html") for file in files]


@pytest.fixture
def broken_page(tmp_path: Path) -> str:
    """What every checker has to object to: a picture without alternative, in a link that no finger can hit."""
    file = tmp_path / "broken.html"
    file.write_text(
        '<!DOCTYPE html><html lang="en"><title>Broken</title><main><h1>Broken</h1>'
        '<div><a href="#"><img src="none.png" width="9" height="9"></a></div></main></html>',
        "utf-8",
    )
    return file.as_uri()


@pytest.fixture(scope="module")
def sample(site_url: str, pages: list[str]) -> list[str]:
    """Homes, a chapter, the page of the report with most tables, the search page, in both languages: one of a kind."""
    chinese = [page for page in pages if not page.startswith(f"{site_url}en/")]
    source = {page: read(page) for page in chinese}
    report = [page for page in chinese if 'data-kind="report"' in source[page]]
    tables = max(report, key=lambda page: source[page].count('class="table-region"'))
    chapter = next(page for page in chinese if "content-chapter" in source[page])
    paths = ["", *(page.removeprefix(site_url) for page in (chapter, tables)), "search/"]
    return [f"{site_url}{language}{path}" for language in ("", "en/") for path in paths]
