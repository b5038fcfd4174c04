"""Many reports to one site: a broken one stops none, the front page lists and searches all, the whole is put in place at once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from places import ROOT, SAMPLES
from report_site.commands.archive import building, named
from report_site.commands.archive.front import merged_index
from report_site.commands.cli import main
from report_site.commands.editor.scaffold import start_folder
from report_site.commands.making import make_site
from report_site.model.errors import InputError
from report_site.publish.writing import write_folder
from report_site.report import Report

ADDRESS = "https://reports.foods.org/"


def run(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["archive", *map(str, arguments), "--url", ADDRESS])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Three small reports, one of them broken."""
    samples = {"foods": "levelled-en.md", "nongye": "numbered-zh.txt", "rail": "form-feeds-en.txt"}
    for name, sample in samples.items():
        write_folder(start_folder(SAMPLES / sample).files, tmp_path / name)
    spoil(tmp_path / "rail")
    return [tmp_path / name for name in samples]


def spoil(folder: Path) -> None:
    (folder / "report.yml").write_text("titel: {en: Rail}\n", "utf-8")


def names_on(page: Path) -> list[str]:
    tree = LexborHTMLParser(page.read_text("utf-8"))
    return [link.attributes["href"] or "" for link in tree.css("main h3 a")]


# --- the whole -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_broken_report_stops_none_and_is_named(folders: list[Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run(*folders, "--site", site, "--workers", 1, code=1)
    assert f"{site}: 2 of 3 reports built" in done.output
    assert f"error: {folders[2]}/report.yml:1: titel: no such key — did you mean 'title'?" in done.stderr
    assert "[3/3] " in done.stderr
    assert "s left\n" in done.stderr
    assert sorted(path.name for path in site.iterdir() if path.is_dir()) == [
        "assets",
        "foods",
        "nongye",
        "search",
        "zh",
    ]
    assert names_on(site / "index.html") == ["foods/", "nongye/"]
    assert names_on(site / "404.html") == ["/foods/", "/nongye/"]
    assert re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8")) == [
        f"{ADDRESS}{name}" for name in ("pages.xml", "foods/sitemap.xml", "nongye/sitemap.xml")
    ]
    front = LexborHTMLParser((site / "nongye" / "index.html").read_text("utf-8"))
    assert ADDRESS in {urljoin(f"{ADDRESS}nongye/", link.attributes["href"] or "") for link in front.css("footer a")}
    assert names_on(site / "zh" / "index.html") == ["../foods/", "../nongye/"]
    assert f'rel="canonical" href="{ADDRESS}foods/"' in (site / "foods" / "index.html").read_text("utf-8")
    for page in (site / "index.html", site / "zh" / "index.html"):
        for node in LexborHTMLParser(page.read_text("utf-8")).css("[href], [src]"):
            to = node.attributes.get("href") or node.attributes.get("src") or ""
            if not to.startswith(("http", "#")):
                assert (page.parent / to).exists(), to


@pytest.mark.slow
def test_a_report_that_fails_later_keeps_its_edition(folders: list[Path], tmp_path: Path) -> None:
    site, good = tmp_path / "site", folders[:2]
    run(*good, "--site", site, "--workers", 2)
    before = (site / "foods" / "index.html").read_bytes()
    spoil(good[0])
    done = run(*good, "--site", site, "--workers", 1, code=1)
    assert "foods: failed, its last edition stays" in done.stderr
    assert (site / "foods" / "index.html").read_bytes() == before
    assert names_on(site / "index.html") != []


@pytest.mark.slow
def test_where_nothing_is_left_the_archive_stays_as_it_was(folders: list[Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = run(folders[2], "--site", site, "--workers", 1, code=2)
    assert "error: " in done.stderr
    assert not site.exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".site")]


# --- what a worker gives back --------------------------------------------------------------------------------------


def test_a_worker_names_the_folder_of_each_problem(folders: list[Path], tmp_path: Path) -> None:
    outcome = building.build_one("rail", str(folders[2]), str(tmp_path / "site"), ADDRESS)
    assert not outcome.is_built
    assert all(str(folders[2]) in problem.place for problem in outcome.problems)


def test_a_worker_that_fails_in_another_way_is_one_line(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "x"))

    monkeypatch.setattr(building, "make_site", fail)
    outcome = building.build_one("foods", str(folders[0]), str(tmp_path / "site"), ADDRESS)
    assert [str(problem) for problem in outcome.problems] == [
        f"{tmp_path / 'x'}: no permission — give yourself the rights to it, or name another place"
    ]


@pytest.mark.slow
def test_a_fault_of_the_program_stops_no_other_report(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a worker in this process, which sees the fault that is put in."""
    from distributed import Client

    def fail(folder: Path, site: Path, address: str, *, in_archive: bool) -> Report:
        if folder.name == "foods":
            raise RuntimeError("a line\nand another")
        return make_site(folder, site, address, in_archive=in_archive)

    monkeypatch.setattr(building, "make_site", fail)
    heard: list[tuple[str, int]] = []
    outcomes = building.make_archive(
        {folder.name: folder for folder in folders[:2]},
        tmp_path / "site",
        ADDRESS,
        lambda: Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None),
        lambda outcome, done: heard.append((outcome.name, done)),
    )
    assert [done for _, done in heard] == [1, 2]
    failed = next(outcome for outcome in outcomes if not outcome.is_built)
    assert [str(one) for one in failed.problems] == [
        f"{folders[0]}: RuntimeError: a line and another — report this as a bug"
    ]
    assert names_on(tmp_path / "site" / "index.html") != []


# --- names ---------------------------------------------------------------------------------------------------------


def test_a_folder_names_its_report(tmp_path: Path) -> None:
    own = tmp_path / "Harbour Foods 2023" / "report"
    own.mkdir(parents=True)
    (own / "report.yml").touch()
    places = [tmp_path / "r1", tmp_path / "青禾", own]
    assert dict(named(places)) == {"r1": places[0], "qing-he": places[1], "harbour-foods-2023": own}


@pytest.mark.parametrize(("first", "second"), [("a/foods", "b/foods"), ("a/Foods", "b/foods")])
def test_two_reports_never_share_an_address(tmp_path: Path, first: str, second: str) -> None:
    with pytest.raises(InputError, match="rename one of the two"):
        named([tmp_path / first, tmp_path / second])


@pytest.mark.parametrize("name", ["assets", "en", "search", "…"])
def test_a_name_of_the_archive_itself_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="can't be a report's address"):
        named([tmp_path / name])


# --- without Dask, without a cluster -------------------------------------------------------------------------------


def test_without_dask_the_command_says_how_to_get_it(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = run(*folders, "--site", tmp_path / "site", code=2).output
    assert said.startswith("error: report-site archive: Dask isn't installed — run: pip install ")
    assert not (tmp_path / "site").exists()


def test_the_line_names_the_version_that_is_pinned() -> None:
    pin = building.MISSING.remedy.split('"')[1]
    assert f'"{pin}"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("scheduler", ["tcp://127.0.0.1:9", "nowhere"])
def test_a_scheduler_that_does_not_answer_is_one_line(folders: list[Path], tmp_path: Path, scheduler: str) -> None:
    """In a process of its own: Tornado leaves the socket open that it couldn't connect."""
    sooner = "from report_site.commands import archive, cli; archive.building.PATIENCE = '1s'; cli.main()"
    command = [sys.executable, "-c", sooner, "archive", *map(str, folders), "--site", str(tmp_path / "site")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(
        [*command, "--scheduler", scheduler], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert f"error: {scheduler}: no Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_builds_as_the_machine_does(folders: list[Path], tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        run(*folders[:2], "--site", tmp_path / "site", "--scheduler", cluster.scheduler_address)
    assert names_on(tmp_path / "site" / "index.html") == ["foods/", "nongye/"]


# --- search --------------------------------------------------------------------------------------------------------


def test_one_index_finds_the_pages_of_each_report(tmp_path: Path) -> None:
    """Page, heading and characters' variants of every block are those of its own report."""
    for name, text in (("one", "節水"), ("two", "节水")):
        index = {
            "pages": [["a/", "A", 1], ["b/", "B", 0]],
            "blocks": {
                "page": [0, 1, 1],
                "id": ["", "h", "~-p1"],
                "heading": [-1, 1, 1],
                "text": ["x", "B", text],
                "numbers": [[], [], ["2", 0, 1]],
            },
            "folds": ["", ""],
            "numberWords": {},
        }
        (tmp_path / name).write_text(json.dumps(index), "utf-8")
    merged: dict[str, Any] = json.loads(
        merged_index([("one", "First", tmp_path / "one"), ("two", "B", tmp_path / "two")])
    )
    assert merged["pages"] == [
        ["one/a/", "A – First", 1],
        ["one/b/", "B – First", 0],
        ["two/a/", "A – B", 1],
        ["two/b/", "B", 0],
    ]
    assert merged["blocks"]["page"] == [0, 1, 1, 2, 3, 3]
    assert merged["blocks"]["heading"] == [-1, 1, 1, -1, 4, 4]
    assert merged["blocks"]["text"][2::3] == ["節水", "节水"]
    folded = dict(zip(*merged["folds"], strict=True))
    assert folded.get("節", "節") == folded.get("节", "节")
