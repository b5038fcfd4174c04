"""The wordings of the first report: as it ships, and as received where that is at hand. Another report has other facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import ROOT
from report_site.convert import convert
from report_site.folder.catalogue import Translations
from report_site.folder.loading import ReportFolder, load_folder
from report_site.report import Report
from report_site.source.read.decoding import receive

from .measures import Reading

TITLE = "抖音集团 2022 企业社会责任报告"
EXTRACTION = ROOT.parent / "shared" / "report" / "extraction.txt"

collect_ignore_glob = [] if load_folder(ROOT / "report").profile.title.zh == TITLE else ["test_*.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-transcripts", action="store_true", help="write transcripts/ anew; read the difference")


@pytest.fixture
def renew_transcripts(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--renew-transcripts", False))


@pytest.fixture(scope="session")
def extraction() -> Path:
    """The extraction as received; never part of the repository, so its absence is no failure."""
    if not EXTRACTION.is_file():
        pytest.skip(f"{EXTRACTION} isn't there: the official wording is tested where it is; report/source.md stands in")
    return EXTRACTION


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
    return Reading(wording, {line.number: line.raw for line in receive(path).lines})
