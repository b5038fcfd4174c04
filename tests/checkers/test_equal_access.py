"""IBM Equal Access with all it asks for: no violation and no recommendation on any page."""

from collections.abc import Iterable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import WIDTHS, opened, widened

from . import script

pytestmark = [pytest.mark.browser, pytest.mark.checkers]

ENGINE = ("accessibility-checker-engine", "ace.js")
# What a person has to judge (POTENTIAL, MANUAL) is asked on every page, whatever is there.
RUN = """async () => {
  const { results } = await new ace.Checker().check(document, ["IBM_Accessibility", "WCAG_2_2"]);
  return results.filter(({ value }) => value[1] === "FAIL").map(({ ruleId, snippet }) => `${ruleId}: ${snippet.slice(0, 160)}`);
}"""
# The rule takes any `http-equiv` for deprecated. The HTML standard defines this one (4.2.5.3), and it is the only way
# to a policy for files that a host such as GitHub Pages, or a folder on disk, gives without headers of their own.
POLICY = ("element_attribute_deprecated: <meta ", 'http-equiv="Content-Security-Policy">')


def findings(page: Page, url: str, widths: Iterable[int] = WIDTHS) -> Iterator[tuple[int, str]]:
    """What is found, with the width: one visit shows them all, as the engine is larger than any page."""
    page.goto(url)
    for width in widths:
        widened(page, width)
        for finding in page.evaluate(RUN):
            yield width, f"{url} {finding}"


@pytest.fixture(scope="module")
def found(browser: Browser, seen_at: dict[str, tuple[int, ...]]) -> list[tuple[int, str]]:
    with opened(browser) as page:
        page.add_init_script(f"{script(*ENGINE)}; window.ace = ace")
        return [finding for url, widths in seen_at.items() for finding in findings(page, url, widths)]


def is_policy(finding: str) -> bool:
    return POLICY[0] in finding and finding.endswith(POLICY[1])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_violates_a_rule(found: list[tuple[int, str]], width: int) -> None:
    said = [line for seen, line in found if seen == width]
    assert [line for line in said if not is_policy(line)] == []
    assert any(map(is_policy, said)), "the exception for the policy is no longer needed"


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        page.add_init_script(f"{script(*ENGINE)}; window.ace = ace")
        said = list(findings(page, broken_page))
    assert {width for width, line in said if "img_alt_valid: <img" in line} == set(WIDTHS)
