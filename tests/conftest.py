"""What the tests share: the report in `report/`, whichever it is, its site, built once a run, small reports made on the spot."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from places import ADDRESS, ROOT, once
from report_site.convert import convert
from report_site.folder.catalogue import Translations, load_catalogue, translations_of
from report_site.folder.loading import ReportFolder, load_folder
from report_site.publish.docs import render_docs, render_site
from report_site.publish.pictures import publish_pictures
from report_site.report import Report
from report_site.site.build import build_site
from served import served
from stages import ReportOf, report_in

pytest_plugins = ["gears", "browsing", "statement.recorder"]


def pytest_configure(config: pytest.Config) -> None:
    """Commands keep their results for this run alone: no test passes by what an earlier one left in `build/`."""
    if "REPORT_SITE_CACHE" not in os.environ:
        kept = tempfile.TemporaryDirectory(prefix="report-site-tests-")
        os.environ["REPORT_SITE_CACHE"] = kept.name
        config.add_cleanup(kept.cleanup)


@pytest.fixture(scope="session")
def shipped() -> ReportFolder:
    """The report folder of the repository."""
    return load_folder(ROOT / "report")


@pytest.fixture(scope="session")
def report(shipped: ReportFolder) -> Report:
    """report/source.md converted without its translation."""
    return convert(shipped, Translations(shipped.profile.language))


@pytest.fixture(scope="session")
def docs_files(report: Report, shipped: ReportFolder) -> Mapping[str, bytes]:
    """The docs folder that `report` gives."""
    return render_docs(report, publish_pictures(shipped.root, shipped.picture_names))


@pytest.fixture
def report_of(tmp_path: Path) -> ReportOf:
    """A report from a text, or the path of one, and settings of report.yml; nothing is written."""
    return partial(report_in, tmp_path)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the whole run: each worker of pytest-xdist has a folder of its own inside it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built_site(shipped: ReportFolder, run_folder: Path) -> Path:
    """The whole site of `report/`, with its translation: built by the process that asks first, read by all."""
    with once(run_folder / "site") as site:
        if not site.exists():
            catalogue = load_catalogue(shipped.catalogue)
            complete = convert(shipped, translations_of(catalogue, shipped.profile.language))
            pictures = publish_pictures(shipped.root, shipped.picture_names)
            build_site(render_site(complete, pictures), site, address=ADDRESS, report=complete)
    return site


@pytest.fixture(scope="session")
def offline(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The offline edition in each language of the built site, unpacked."""
    folder = tmp_path_factory.mktemp("offline")
    for packed in sorted((built_site / "copies").glob("*.zip")):
        zipfile.ZipFile(packed).extractall(folder)
    return {path.name.removeprefix("report-"): path for path in sorted(folder.iterdir())}


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """Where the built site is served, below a sub-path."""
    with served(built_site) as address:
        yield address
