"""The browser, and the pages of the built site at `site_url`, which `tests/conftest.py` serves.

A sweep over engines, modes and widths takes `swept` or `swept_files`: one page of each kind and language in `--gear=test`,
every page else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.modes import WIDTHS, read
from browser.visits import Visit, first_visits, keep, kept
from checkers import chromium
from places import once


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def tongues(built_site: Path) -> tuple[str, ...]:
    """Where each language of the site begins below its address: the report's own at the root, the other where there is one."""
    others = [f"{name}/" for name in ("en", "zh") if (built_site / name / "index.html").is_file()]
    return ("", *others)


@pytest.fixture(scope="session")
def twin(tongues: tuple[str, ...]) -> str:
    """Where the other language begins."""
    if len(tongues) == 1:
        pytest.skip("report/ is in one language alone: there is nothing to switch to")
    return tongues[1]


@pytest.fixture(scope="session")
def pages(site_url: str) -> list[str]:
    """Every page that the sitemap names, at the address where it is served now."""
    addresses = re.findall(r"<loc>([^<]+)</loc>", read(f"{site_url}sitemap.xml"))
    home = min(addresses, key=len)
    assert all(address.startswith(home) for address in addresses), addresses
    return [site_url + address.removeprefix(home) for address in addresses]


@pytest.fixture(scope="session")
def every_page(site_url: str, built_site: Path) -> list[str]:
    """Those of the sitemap and those that it leaves out: the report on one page, the page that is not there."""
    files = sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html"))
    return [site_url + file.removesuffix("index.html") for file in files]


@pytest.fixture(scope="session")
def sample(site_url: str, pages: list[str], tongues: tuple[str, ...]) -> list[str]:
    """Home, a chapter, the page of the report with most tables, the search page, in each language: one of a kind."""
    own = [page for page in pages if not any(page.startswith(site_url + other) for other in tongues[1:])]
    source = {page: read(page) for page in own}
    report = [page for page in own if 'data-kind="report"' in source[page]]
    tables = max(report, key=lambda page: source[page].count('class="table-region"'))
    chapter = next((page for page in own if "content-chapter" in source[page]), report[0])
    paths = ["", *(page.removeprefix(site_url) for page in (chapter, tables)), "search/"]
    return [f"{site_url}{language}{path}" for language in tongues for path in paths]


@pytest.fixture(scope="session")
def texts(site_url: str, pages: list[str], sample: list[str], tongues: tuple[str, ...]) -> list[str]:
    """Pages of the report in each language: the chapter of `sample`, and the page with most paragraphs, which is the last."""
    chapter = sample[1].removeprefix(site_url)
    own = [page for page in pages if not any(page.startswith(site_url + other) for other in tongues[1:])]
    longest = max(own, key=lambda page: read(page).count("<p id=")).removeprefix(site_url)
    return [f"{site_url}{language}{path}" for path in (chapter, longest) for language in tongues]


@pytest.fixture(scope="session")
def kinds(site_url: str, sample: list[str], tongues: tuple[str, ...]) -> list[str]:
    """`sample` and what stands for itself: about the report, the glossary, the page not there, and the report on one page,
    which is as long as all others: in its own language alone.
    """
    alone = [f"{site_url}{language}{path}" for language in tongues for path in ("about/", "glossary/")]
    return [*sample, *(url for url in [*alone, f"{site_url}print/"] if exists(url)), f"{site_url}404.html"]


def exists(url: str) -> bool:
    try:
        read(url)
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def strips(pages: list[str], site_url: str, tongues: tuple[str, ...]) -> list[str]:
    """The page of each language with most key figures."""
    counted = {page: read(page).count('class="figure-link"') for page in pages}
    if not max(counted.values()):
        pytest.skip("report/ has no key figures")
    best = max(counted, key=lambda page: counted[page])
    path = best.removeprefix(site_url)
    own = next((path.removeprefix(one) for one in tongues if one and path.startswith(one)), path)
    return [f"{site_url}{tongue}{own}" for tongue in tongues]


@pytest.fixture(scope="session")
def tables(every_page: list[str], site_url: str, tongues: tuple[str, ...]) -> list[str]:
    """A page of each language that lists numbers."""
    found = [page for page in every_page if re.search(r"/numbers-[^/]+/$", page)]
    found = found or [page for page in every_page if page.endswith("/data/")]
    roots = [site_url + tongue for tongue in tongues]
    return [found[0], *(next(page for page in found if page.startswith(root)) for root in roots[1:])]


@pytest.fixture(scope="session")
def swept(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> list[str]:
    """What a sweep goes over, of the sitemap's pages."""
    return list(request.getfixturevalue("sample" if pytestconfig.getoption("--gear") == "test" else "pages"))


@pytest.fixture(scope="session")
def swept_files(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> list[str]:
    """What a sweep goes over, of all files."""
    return list(request.getfixturevalue("kinds" if pytestconfig.getoption("--gear") == "test" else "every_page"))


@pytest.fixture(scope="session")
def seen_at(pytestconfig: pytest.Config, swept_files: list[str], site_url: str) -> dict[str, tuple[int, ...]]:
    """`swept_files`, each with its widths, for engines that take as long over the report on one page as over all others:
    before the audit they see that page at the largest width alone, as a screen shows what is meant for paper.
    """
    long = f"{site_url}print/" if pytestconfig.getoption("--gear") == "test" else None
    return {url: (max(WIDTHS),) if url == long else tuple(WIDTHS) for url in swept_files}


@pytest.fixture(scope="session")
def visits(
    request: pytest.FixtureRequest, browser: Browser, site_url: str, every_page: list[str], run_folder: Path
) -> dict[str, Visit]:
    """A first visit to every page, by the process that asks first; the audit, whose sweeps go everywhere, needs it of those
    that they leave out. axe-core looks at these: it need not fetch them once more.
    """
    # Not by name: who asks for the visits sees every page, in every gear.
    left = set(every_page) - set(request.getfixturevalue("swept"))
    urls = [url for url in every_page if url in left or request.config.getoption("--gear") != "audit"]
    with once(run_folder / "visits.json") as path:
        if not path.exists():
            keep(dict(first_visits(browser, urls, examine=left)), site_url, path)
        return kept(path, site_url)


@pytest.fixture(scope="session")
def swept_in_turn(pytestconfig: pytest.Config, sample: list[str], tongues: tuple[str, ...]) -> list[str]:
    """For what hardly depends on language or kind: `sample`, of which `make test` takes each kind in one language, by turns."""
    if pytestconfig.getoption("--gear") != "test" or len(tongues) == 1:
        return sample
    kinds = len(sample) // len(tongues)
    return [sample[kind + kinds * (kind % len(tongues))] for kind in range(kinds)]


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
