"""Whoever publishes another report from a copy of the repository has a suite that passes: nothing of it is the first report's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import ROOT, SAMPLES
from report_site.commands.cli import main

pytestmark = pytest.mark.slow

COPIED = (
    ".github",
    "guide",
    "CONTRIBUTING.md",
    "LICENSE",
    "MANIFEST.in",
    "Makefile",
    "README.md",
    "mkdocs.yml",
    "overrides",
    "pyproject.toml",
    "scripts",
    "tests",
)
WITHOUT = shutil.ignore_patterns("node_modules", "__pycache__", ".hypothesis", ".*_cache", "*.egg-info")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with a report in English alone, as `report-site new` starts it, and its docs."""
    root = tmp_path_factory.mktemp("repository")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=WITHOUT)
        else:
            shutil.copy2(ROOT / name, root / name)
    report = str(root / "report")
    for command in (["new", report, "--source", str(SAMPLES / "levelled-en.md")], ["convert", "--report", report]):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    return root


def suite(repository: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *options]
    environment |= {"PYTHONPATH": os.pathsep.join([str(repository / "scripts"), str(repository)])}
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, encoding="utf-8")


LISTING = """
def pytest_itemcollected(item):
    with open("collected", "a", encoding="utf-8") as file:
        print(item.nodeid, file=file)
"""


@pytest.fixture(scope="module")
def of_the_report(repository: Path) -> subprocess.CompletedProcess[str]:
    """What looks at the report, run there; all that was collected on the way stands in a file, since that takes longest."""
    (repository / "listing.py").write_text(LISTING, "utf-8")
    return suite(repository, "-p", "listing", "--gear=report", "--no-header", "-r", "fE")


def test_all_of_it_is_collected_but_the_first_report(
    of_the_report: subprocess.CompletedProcess[str], repository: Path
) -> None:
    assert of_the_report.returncode in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED), of_the_report.stdout[-4000:]
    collected = (repository / "collected").read_text("utf-8").splitlines()
    assert any(line.startswith("tests/browser/test_search.py::") for line in collected)
    assert not [line for line in collected if line.startswith("tests/first_report/")]


def test_what_looks_at_the_report_passes(of_the_report: subprocess.CompletedProcess[str]) -> None:
    assert of_the_report.returncode == 0, of_the_report.stdout[-8000:]


@pytest.mark.audit
def test_its_fast_half_passes(repository: Path) -> None:
    done = suite(repository, "--gear=unit", "--no-header", "-r", "fE")
    assert done.returncode == 0, done.stdout[-8000:]
