"""What is said while something takes long: nothing in the first second, nothing into a file, a line at a time."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from report_site.commands.cli import main
from report_site.commands.editor.scaffold import start_folder
from report_site.convert import convert
from report_site.folder.catalogue import Translations
from report_site.folder.loading import load_folder
from report_site.language.progress import Progress, left
from report_site.publish.docs import render_docs
from report_site.publish.pictures import publish_pictures
from report_site.publish.writing import write_folder
from report_site.source.intake import taken_in
from typeset import WATER, compiled, photograph


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made.monotonic)
    return made


def test_it_says_how_far_it_is_once_a_second(clock: Clock) -> None:
    terminal = Terminal()
    progress = Progress("pages", terminal)
    for done in range(1, 9):
        clock.now += 0.6
        progress(done, 8)
    assert terminal.getvalue().splitlines() == [
        "pages: 2 of 8; about 4 s left",
        "pages: 4 of 8; about 2 s left",
        "pages: 6 of 8; about 1 s left",
    ]


def test_nothing_is_said_into_a_file(clock: Clock) -> None:
    file = io.StringIO()
    progress = Progress("pages", file)
    clock.now += 10
    progress(1, 8)
    assert file.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "done", "total", "said"),
    [(10, 1, 11, "; about 1 min 40 s left"), (3, 3, 6, "; about 3 s left"), (9, 4, 4, ""), (9, 5, 4, "")],
)
def test_the_rest_goes_as_the_part_that_is_done_went(seconds: float, done: int, total: int, said: str) -> None:
    assert left(seconds, done, total) == said


# --- who says it ---------------------------------------------------------------------------------------------------


class Heard:
    """What a stage told of how far it is."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def went_up_to_the_end(self) -> bool:
        done = [step for step, _ in self.steps]
        totals = {total for _, total in self.steps}
        return len(done) > 2 and done == sorted(done) and len(totals) == 1 and done[-1] in totals and done[0] >= 0


@pytest.mark.slow
def test_a_pdf_tells_each_page_twice_and_the_wait_between(tmp_path: Path) -> None:
    path = compiled(tmp_path, "\n#pagebreak()\n".join(f"= Part {n}\n{' '.join(WATER)}" for n in range(4)))
    alone, both = Heard(), Heard()
    taken_in(path, second=False, told=alone)
    assert alone.went_up_to_the_end()
    assert alone.steps[-1] == (8, 8)
    taken_in(path, told=both)
    assert both.went_up_to_the_end()
    assert both.steps[-1] == (12, 12)


def test_a_conversion_tells_its_stages_pictures_and_pages(tmp_path: Path) -> None:
    photograph(tmp_path / "mill.png")
    (tmp_path / "report.md").write_text("# 水\n\n![](mill.png)\n\n河水清。\n\n# 电\n\n灯亮。\n", "utf-8")
    write_folder(start_folder(tmp_path / "report.md").files, tmp_path / "report")
    folder, stages, pictures, pages = load_folder(tmp_path / "report"), Heard(), Heard(), Heard()
    report = convert(folder, Translations(folder.profile.language), told=stages)
    made = publish_pictures(folder.root, {"mill.png": "", **dict.fromkeys(report.picture_names, "")}, pictures)
    render_docs(report, made, told=pages)
    assert stages.went_up_to_the_end()
    assert pictures.steps == [(1, 1)]
    assert pages.went_up_to_the_end()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "stages"),
    [
        ("new OUT --source REPORT.pdf", {"taking in", "reading", "trial, pages"}),
        ("convert --report FOLDER", {"reading", "pictures", "writing"}),
        ("build --report FOLDER --site SITE", {"reading", "pictures", "writing", "pages"}),
    ],
)
def test_the_commands_that_take_long_say_it(
    command: str, stages: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph(tmp_path / "mill.png")
    compiled(tmp_path, f'= Water\n{" ".join(WATER)}\n#image("mill.png", width: 200pt)', "REPORT")
    write_folder(start_folder(tmp_path / "REPORT.pdf").files, tmp_path / "FOLDER")
    heard: set[str] = set()
    monkeypatch.setattr(Progress, "__call__", lambda self, done, total: heard.add(self._what))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, command.split())
    assert done.exit_code == 0, done.output
    assert stages <= heard
