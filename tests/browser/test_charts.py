"""Charts of a small report: within the page at each width, readable in each scheme, told to a screen reader."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from report_site.publish.docs import render_site
from report_site.site.build import build_site
from served import served
from stages import report_in

from .modes import AS_IT_IS, SCHEMES, WIDTHS, opened, widened

pytestmark = pytest.mark.browser

SOURCE = """# 河边的工厂

两座工厂都在节水，河水更清了。

表 1 各厂用水

| 厂 | 单位 | 2030 | 2031 |
| --- | --- | --- | --- |
| 东厂 | 吨 | 1,204,300 | 600,150 |
| 名字很长很长要写好几行才写得完的西边分厂 | 吨 | 300,000 | 900,000 |

河水一年比一年清。

表 2 历年用电

| 项目 | 单位 | 2027 | 2028 | 2029 | 2030 | 2031 |
| --- | --- | --- | --- | --- | --- | --- |
| 用电量 | kWh | 1,200 | 1,150 | 1,300 | 990 | 870 |
"""
OUTSIDE = """() => [...document.querySelectorAll(".chart svg text, .chart svg rect")].filter((one) => {
  const box = one.getBoundingClientRect(), svg = one.closest("svg").getBoundingClientRect();
  return box.left < svg.left - 2 || box.right > svg.right + 2 || box.bottom > svg.bottom + 2;
}).map((one) => one.outerHTML)"""
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".chart svg")].map((svg) => [...svg.querySelectorAll("text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()]));
  return boxes.flatMap((texts) => texts.flatMap(([a, one], i) => texts.slice(i + 1).filter(([, other]) =>
    one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 6 && other.top < one.bottom - 6
  ).map(([b]) => `${a} | ${b}`)));
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("charts")
    report = report_in(folder, SOURCE)
    build_site(render_site(report), folder / "site")
    with served(folder / "site") as root:
        yield f"{root}{report.pages[0].slug}/"


def test_a_chart_fits_every_width_and_scheme(browser: Browser, address: str) -> None:
    with opened(browser, 320) as page:
        page.goto(address)
        for width, wishes in itertools.product(WIDTHS, SCHEMES.values()):
            widened(page, width)
            page.emulate_media(**{**AS_IT_IS, **wishes}, reduced_motion="reduce")
            assert page.locator(".chart svg").count() == 2
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(OUTSIDE) == []
            assert page.evaluate(OVERLAPS) == []
            assert_seen(page)


def test_large_text_stays_apart(browser: Browser, address: str) -> None:
    with opened(browser, 640, choices={"size": "200"}) as page:
        page.goto(address)
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(OVERLAPS) == []


def assert_seen(page: Page) -> None:
    """Bars, lines and words stand off the page."""
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for selector, what in (("text", "fill"), (".chart-bar:not(.patterned)", "fill"), (".chart-line", "stroke")):
        colours = page.locator(f".chart {selector}").evaluate_all(
            "(all, what) => all.map((one) => getComputedStyle(one)[what])", what
        )
        assert colours
        assert ground not in colours


def test_its_name_and_values_are_told(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        told = page.get_by_role("img", name="条形图").evaluate(
            "(svg) => document.getElementById(svg.getAttribute('aria-describedby')).textContent"
        )
        printed = page.locator("table").first.locator("td.number").all_inner_texts()
        assert printed
        assert all(value in told for value in printed)
