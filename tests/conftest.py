"""What the tests share: the report that ships, the extraction as received, small reports made on the spot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from measures import Reading
from report_site.convert import build_report, convert
from report_site.folder.catalogue import Translations, load_catalogue, translations_of
from report_site.folder.loading import ReportFolder, load_folder
from report_site.folder.profile import Profile
from report_site.publish.docs import render_docs, render_site
from report_site.publish.pictures import publish_pictures
from report_site.read.decoding import read_source
from report_site.report import Report
from report_site.site.build import build_site
from served import served
from stages import ReportOf, received

ROOT = Path(__file__).resolve().parents[1]
# The same examples on every run: a red test is a change, not luck. Deadlines measure the machine, not the code.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

EXTRACTION = ROOT.parent / "shared" / "report" / "extraction.txt"


@pytest.fixture(scope="session")
def extraction() -> Path:
    """The extraction as received; never part of the repository, so its absence is no failure."""
    if not EXTRACTION.is_file():
        pytest.skip(f"{EXTRACTION} isn't there: the official wording is tested where it is; report/source.md stands in")
    return EXTRACTION


@pytest.fixture(scope="session")
def shipped() -> ReportFolder:
    """The report folder of the repository."""
    return load_folder(ROOT / "report")


@pytest.fixture(scope="session")
def report(shipped: ReportFolder) -> Report:
    """report/source.md converted without its English."""
    return convert(shipped, Translations(shipped.profile.language))


@pytest.fixture(scope="session")
def official(shipped: ReportFolder, extraction: Path) -> Report:
    """The extraction through the same profile."""
    return convert(shipped, Translations(shipped.profile.language), extraction)


@pytest.fixture(scope="session", params=["source.md", "extraction.txt"])
def wording_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def wording(wording_name: str, request: pytest.FixtureRequest) -> Report:
    """The report in each wording: the lines correspond, so the same facts hold for both."""
    report: Report = request.getfixturevalue("report" if wording_name == "source.md" else "official")
    return report


@pytest.fixture(scope="session")
def reading(wording_name: str, wording: Report, shipped: ReportFolder) -> Reading:
    """What a reader gets of each wording."""
    path = shipped.source if wording_name == "source.md" else EXTRACTION
    return Reading(wording, {line.number: line.raw for line in read_source(path)})


@pytest.fixture(scope="session")
def docs_files(report: Report, shipped: ReportFolder) -> Mapping[str, bytes]:
    """The docs folder that `report` gives."""
    return render_docs(report, publish_pictures(shipped.root, shipped.picture_names))


@pytest.fixture
def report_of(tmp_path: Path) -> ReportOf:
    """A report from a text, or the path of one, and settings of report.yml; nothing is written."""

    def build(source: str | Path, profile: Mapping[str, object] | None = None) -> Report:
        text = source.read_text("utf-8") if isinstance(source, Path) else source
        names = {"title": {"zh": "样例报告", "en": "Sample report"}, "publisher": {"zh": "样例", "en": "Sample"}}
        chosen = Profile.model_validate({**names, **(profile or {})})
        return build_report(ReportFolder(tmp_path, chosen), Translations(chosen.language), received(text), "source.md")

    return build


@pytest.fixture(scope="session")
def built_site(shipped: ReportFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site of the shipped report, with its English."""
    catalogue = load_catalogue(shipped.catalogue)
    complete = convert(shipped, translations_of(catalogue, shipped.profile.language))
    site = tmp_path_factory.mktemp("built") / "site"
    build_site(render_site(complete, publish_pictures(shipped.root, shipped.picture_names)), site)
    return site


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """Where the built site is served, below a sub-path."""
    with served(built_site) as address:
        yield address
