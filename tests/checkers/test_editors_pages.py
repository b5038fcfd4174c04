"""The pages for the editor are as accessible as those of the site: axe-core, narrow and wide, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.modes import SCHEMES, WIDTHS, opened
from checkers.test_axe import found_in_each_way
from report_site.commands.editor.doubts import Material
from report_site.commands.editor.editions.comparing import compare
from report_site.commands.editor.editions.comparison_page import comparison_html
from report_site.commands.editor.preflight import preflight
from report_site.folder.guesses import Sure
from report_site.folder.profile import Profile
from stages import report_in

pytestmark = [pytest.mark.browser, pytest.mark.checkers]

STRIP = "# 水\n\n| {value} | 62% | 7 座 |\n| --- | --- | --- |\n| {label} | | 净水池 |\n\n新增 □□ 设备。\n"
VOICES = ("zh", "en")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both pages in both languages, with something of each kind on them."""
    folder = tmp_path_factory.mktemp("editor")
    old = report_in(folder, STRIP.format(value="18 万吨", label="节水总量"), {"year": 2030})
    new = report_in(folder, STRIP.format(value="20 万吨", label="全年节水总量"), {"year": 2031})
    profile = Profile.model_validate({"title": {"zh": "样例报告", "en": "Sample report"}})
    material = Material(new, profile, {}, {"title": Sure.LOW})
    made: list[Path] = []
    for voice in VOICES:
        found = preflight(material, voice)
        assert len(found.doubts) > 2
        pages = {"preflight": found.html, "comparison": comparison_html(compare(old, new), old, new, voice)}
        for name, html in pages.items():
            made.append(folder / f"{name}.{voice}.html")
            made[-1].write_text(html, "utf-8")
    return made


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_rule_is_violated(browser: Browser, files: list[Path], width: int, scheme: str, thorough: bool) -> None:
    """In the audit each page in each language, else each in one."""
    chosen = files if thorough else [files[0], files[-1]]
    assert found_in_each_way(browser, tuple(file.as_uri() for file in chosen))[width, scheme] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(browser: Browser, files: list[Path], width: int) -> None:
    with opened(browser, width) as page:
        for file in files:
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file
