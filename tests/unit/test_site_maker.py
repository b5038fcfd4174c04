"""`site:`, `contact:` and `dated:` of report.yml: said where readers look for them, and nothing where they are missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import SAMPLES
from report_site.commands.cli import main
from report_site.commands.making import report_of
from report_site.folder.loading import load_folder
from report_site.language.joining import filled
from report_site.model.errors import InputError
from report_site.publish.imprint import imprint, run_by
from report_site.report import Maker, Report

MAKER = Maker({"zh": "Reading 小组", "en": "Reading Group"}, "https://r.example.org/", {}, "us@example.org")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("maker") / "foods"
    done = CliRunner().invoke(main, ["new", str(folder), "--source", str(SAMPLES / "levelled-en.md")])
    assert done.exit_code == 0, done.output
    return report_of(load_folder(folder))


def test_nothing_is_said_of_what_is_not_given(report: Report) -> None:
    assert run_by(report, "en") == ""
    assert imprint(report, "en") == ""


def test_who_runs_the_site_and_that_it_is_not_the_publisher(report: Report) -> None:
    named = replace(report, maker=MAKER, publisher={"en": "Foods", "zh": "食品"}, contact="csr@example.org")
    assert run_by(named, "en") == "This site is run by Reading Group, independently of Foods."
    assert "not by the publisher" in run_by(replace(named, publisher={}), "en")
    own = replace(named, maker=Maker({"en": "Foods", "zh": "食品"}))
    assert run_by(own, "en") == "This site is run by Foods."
    section = imprint(named, "en")
    assert "[us@example.org](mailto:us@example.org)" in section
    assert "Publisher's contact: [csr@example.org]" in section
    assert "Licence" not in section


def test_where_to_report_an_error_is_said_with_and_without_a_contact(report: Report) -> None:
    named = replace(report, maker=MAKER, publisher={"en": "Foods", "zh": "食品"}, contact="csr@example.org")
    assert "please report it: [us@example.org](mailto:us@example.org)" in imprint(named, "en")
    silent = imprint(replace(named, maker=Maker(MAKER.name)), "en")
    assert "it has not named a contact" in silent
    assert "report it:" not in silent
    own = imprint(replace(named, maker=Maker({"en": "Foods"})), "en")
    assert "please report it: [csr@example.org](mailto:csr@example.org)" in own


def test_ideographs_and_letters_stand_apart() -> None:
    assert filled("由{by}重写", by="A") == "由 A 重写"
    assert filled("由{by}重写", by="甲") == "由甲重写"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("dated: 2031-13", "is no date — write 2031, 2031-04 or 2031-04-05"),
        ("dated: 20310405", "is no date"),
        ("site: {address: ftp://x}", "is no address"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "report.yml").write_text(f"title: {{zh: 报告, en: Report}}\n{line}\n", "utf-8")
    with pytest.raises(InputError, match=message):
        load_folder(tmp_path)
