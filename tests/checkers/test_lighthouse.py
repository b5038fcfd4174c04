"""Lighthouse as a phone: full marks for accessibility, best practices and SEO on every kind of page. Its mark for
performance is a matter of time: `benchmarks/compare.py` prints it.
"""

from pathlib import Path

import pytest

from served import served

from . import lighthouse

CATEGORIES = ("accessibility", "best-practices", "seo")

pytestmark = [pytest.mark.browser, pytest.mark.checkers, pytest.mark.audit]


def test_every_kind_of_page_has_full_marks(sample: list[str]) -> None:
    for visit in lighthouse(sample, *CATEGORIES):
        assert visit["scores"] == dict.fromkeys(CATEGORIES, 100), visit


def test_a_broken_page_is_found(broken_page: str, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        visit = lighthouse([f"{address}{Path(broken_page).name}"], *CATEGORIES)[0]
    # Without an alternative; nothing for the list of results.
    assert {"image-alt", "meta-description"} <= set(visit["failed"])
