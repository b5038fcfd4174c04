"""Where a site says that it stands: who decides, what is refused, what only stands in for an address."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_site.language.addresses import is_placeholder
from report_site.model.errors import InputError
from report_site.site.address import own_setting, require_address, site_address

ON_GITHUB = {"GITHUB_REPOSITORY": "Harbour-Foods/reports"}


def test_the_nearest_word_holds(tmp_path: Path) -> None:
    everything = {**ON_GITHUB, "SITE_URL": "https://foods.org/2031"}
    assert site_address("https://given.org/a", [tmp_path], everything) == "https://given.org/a/"
    (tmp_path / "CNAME").write_text("Reports.Foods.org\n", "utf-8")
    assert site_address(None, [tmp_path], everything) == "https://foods.org/2031/"
    assert site_address(None, [tmp_path], ON_GITHUB) == "https://reports.foods.org/"
    assert site_address(None, [], ON_GITHUB) == "https://harbour-foods.github.io/reports/"
    assert site_address(None, [], {}) == ""


def test_a_repository_named_as_its_host_stands_at_the_root() -> None:
    assert site_address(None, [], {"GITHUB_REPOSITORY": "Foods/foods.github.io"}) == "https://foods.github.io/"


@pytest.mark.parametrize(
    "url", ["foods.org", "ftp://foods.org/", "https://", "https://foods.org/?a=b", "https://foods.org/#x"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="is no address of a site"):
        site_address(url, [], {})


@pytest.mark.parametrize("text", ["https://foods.org", "foods", "a.org b.org", ""])
def test_what_is_no_domain_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "CNAME").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"CNAME:1: .* is no domain"):
        site_address(None, [tmp_path], {})


def test_a_repository_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="GITHUB_REPOSITORY"):
        site_address(None, [], {"GITHUB_REPOSITORY": "reports"})


@pytest.mark.parametrize(
    ("address", "stands_in"),
    [
        ("https://example.github.io/report/", True),
        ("http://localhost:8000/", True),
        ("https://reports.example/", True),
        ("", True),
        ("https://examples.github.io/report/", False),
        ("https://foods.org/example.com/", False),
    ],
)
def test_what_only_stands_in_for_an_address(address: str, stands_in: bool) -> None:
    assert is_placeholder(address) == stands_in


def test_the_setting_of_the_project_is_a_placeholder_that_nothing_is_published_with() -> None:
    assert is_placeholder(own_setting())
    with pytest.raises(InputError, match="--url"):
        require_address("")
    assert require_address("https://foods.org/") == "https://foods.org/"
