"""The browser, and the pages of the built site at `site_url`, which `tests/conftest.py` serves."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from playwright.sync_api import Browser, sync_playwright

from .modes import read


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-transcripts", action="store_true", help="write tests/browser/transcripts anew; read the difference"
    )


@pytest.fixture
def renew_transcripts(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--renew-transcripts"))


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fontconfig's settings with the pinned Chinese font, so that layouts are measured with glyphs on any machine."""
    folder = tmp_path_factory.mktemp("fonts")
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{Path(pylopdf_fonts_zh_cn.__file__).parent}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        "utf-8",
    )
    return str(settings)


# A module, not a session: a module of its own mind may start Playwright itself, and two in one thread clash.
@pytest.fixture(scope="module")
def browser(fonts: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"], env={**os.environ, "FONTCONFIG_FILE": fonts}
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(site_url: str) -> list[str]:
    """Every page that the sitemap names, at the address where it is served now."""
    addresses = re.findall(r"<loc>([^<]+)</loc>", read(f"{site_url}sitemap.xml"))
    home = min(addresses, key=len)
    assert all(address.startswith(home) for address in addresses), addresses
    return [site_url + address.removeprefix(home) for address in addresses]


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
