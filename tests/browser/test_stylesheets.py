"""Made small, each stylesheet still says to a browser what its source says."""

import re

import pytest
from playwright.sync_api import Browser

from places import ROOT
from report_site.site.hooks import stylesheets

from .modes import opened

pytestmark = pytest.mark.browser

CSS = ROOT / "overrides" / "assets" / "css"
PLAN = dict(line.split(": ") for line in (CSS / "sheets.txt").read_text("utf-8").splitlines())
RULES = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return [...sheet.cssRules].map((rule) => rule.cssText);
}"""


def meaning(rule: str) -> str:
    """Values of the sheet's own names are kept as they are written: blanks in them don't count."""
    return re.sub(r",\s+", ",", re.sub(r"\s+", " ", rule))


@pytest.mark.parametrize("sheet", sorted(PLAN))
def test_a_small_sheet_means_the_same(browser: Browser, sheet: str) -> None:
    source = "".join((CSS / name).read_text("utf-8") for name in PLAN[sheet].split())
    with opened(browser, 1280) as page:
        page.goto("about:blank")
        wanted, found = (page.evaluate(RULES, css) for css in (source, stylesheets(CSS)[sheet]))
    assert list(map(meaning, found)) == list(map(meaning, wanted))
