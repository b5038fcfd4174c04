"""The built package is whole: theme, settings and words travel in it, and it works where the repository isn't."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from places import ROOT, SAMPLES

pytestmark = pytest.mark.slow

SOURCES = ("scripts", "overrides", "mkdocs.yml", "pyproject.toml", "MANIFEST.in", "LICENSE")
WITHOUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the repository and nothing left there gets into it."""
    place = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / "sources" / name, ignore=WITHOUT)
        else:
            shutil.copy2(ROOT / name, place / "sources" / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", place / "made", place / "sources"], check=True)
    return next((place / "made").glob("*.whl"))


def test_all_that_is_no_code_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {path for path in (ROOT / "scripts" / "report_site").rglob("*") if path.is_file()}
    own = {
        path.relative_to(ROOT / "scripts").as_posix()
        for path in data
        if path.suffix != ".pyc" and "egg-info" not in str(path)
    }
    theme = {
        f"report_site/site/shipped/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "overrides").rglob("*")
        if path.is_file()
    }
    wanted = own | theme | {"report_site/site/shipped/mkdocs.yml"}
    assert {name for name in names if not name.startswith("report_site-")} == wanted


def test_it_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, which borrows the libraries, but not the sources, of this one."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    target = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GITHUB_REPOSITORY")}
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target]
    subprocess.run([*pip, str(wheel)], check=True, env=environment)
    environment["PYTHONPATH"] = os.pathsep.join([target, sysconfig.get_path("purelib")])
    folder = tmp_path / "empty"
    folder.mkdir()

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [python, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert Path(run("-c", "import report_site; print(report_site.__file__)").strip()).is_relative_to(home)
    tool = ("-m", "report_site")
    run(*tool, "new", "report", "--source", str(SAMPLES / "levelled-en.md"))
    run(*tool, "build", "--url", "https://foods.org/")
    assert run(*tool, "check").endswith("0 findings\n")
    assert run(*tool, "deploy", "--check").endswith("ready for https://foods.org/\n")
    assert (folder / "site" / "assets" / "site.css").stat().st_size > 10_000
    assert "Harbour Foods" in (folder / "site" / "index.html").read_text("utf-8")
