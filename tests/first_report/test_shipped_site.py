"""The site that ships, whole: every audit finds nothing, and so it does with the official wording where that is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from places import ADDRESS
from report_site.audits import run_audits
from report_site.convert import convert
from report_site.folder.catalogue import load_catalogue, translations_of
from report_site.folder.loading import ReportFolder
from report_site.publish.docs import render_site
from report_site.publish.pictures import publish_pictures
from report_site.report import Report
from report_site.site.build import build_site


@pytest.mark.slow
def test_every_audit_is_content(shipped: ReportFolder, built_site: Path) -> None:
    assert [str(finding) for finding in run_audits(shipped, built_site)] == []


@pytest.mark.slow
def test_every_audit_is_content_with_the_official_wording(
    shipped: ReportFolder, extraction: Path, tmp_path: Path
) -> None:
    catalogue = load_catalogue(shipped.catalogue)
    report = convert(shipped, translations_of(catalogue, shipped.profile.language), extraction)
    source = render_site(report, publish_pictures(shipped.root, shipped.picture_names))
    build_site(source, tmp_path / "site", address=ADDRESS)
    assert [str(finding) for finding in run_audits(shipped, tmp_path / "site", extraction)] == []


def test_the_shipped_report_is_whole_in_english(shipped: ReportFolder) -> None:
    catalogue = load_catalogue(shipped.catalogue)
    messages = [message for message in catalogue if message.id]
    assert len(messages) > 900
    assert [message.context for message in messages if message.fuzzy or not message.string] == []


@pytest.mark.slow
def test_every_page_below_another_is_reached_from_it_and_leads_back(report: Report, built_site: Path) -> None:
    """Breadcrumbs name every page above; the page above and the contents list around it link to the page."""
    below = [page for page in report.pages if page.parents]
    assert max(len(page.parents) for page in below) == 2
    for page in below:
        crumbs = _links(built_site, page.slug, ".crumb-link")
        assert crumbs == ["..", *(f"../{slug}/" for slug in page.parents)], page.slug
        address = f"../{page.slug}/"
        assert address in _links(built_site, page.parents[-1], ".section-link"), page.slug
        assert address in _links(built_site, page.parents[-1], ".contents .nav-link"), page.slug
        assert "./" in _links(built_site, page.slug, ".contents .nav-link[aria-current=page]"), page.slug


def _links(site: Path, slug: str, selector: str) -> list[str]:
    tree = LexborHTMLParser((site / slug / "index.html").read_text("utf-8"))
    return [node.attributes["href"] or "" for node in tree.css(selector)]
