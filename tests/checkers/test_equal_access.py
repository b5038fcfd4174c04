"""IBM Equal Access with all it asks for: no violation and no recommendation on any page."""

import pytest
from playwright.sync_api import Browser, Page

from browser.modes import WIDTHS, opened

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


def findings(page: Page, url: str) -> list[str]:
    page.goto(url)
    # An expression that gives nothing back: Playwright would copy the engine out of the page.
    page.evaluate(f"{script(*ENGINE)}; window.ace = ace; null")
    return [f"{url} {finding}" for finding in page.evaluate(RUN)]


def is_policy(finding: str) -> bool:
    return POLICY[0] in finding and finding.endswith(POLICY[1])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_violates_a_rule(browser: Browser, swept_at_width: list[str], width: int) -> None:
    with opened(browser, width) as page:
        found = [line for url in swept_at_width for line in findings(page, url)]
    assert [line for line in found if not is_policy(line)] == []
    assert any(map(is_policy, found)), "the exception for the policy is no longer needed"


def test_a_broken_page_is_found(browser: Browser, broken_page: str) -> None:
    with opened(browser) as page:
        found = " ".join(findings(page, broken_page))
    assert "img_alt_valid: <img" in found
