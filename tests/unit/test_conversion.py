"""A conversion whose results are kept says and writes what it did, and is made anew as soon as anything differs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report_site.commands import conversion
from report_site.commands.cli import main
from report_site.commands.conversion import conversion_of
from report_site.folder.layout import contents
from report_site.publish.cache import Cache

PROFILE = """language: en
year: 2031
title: {zh: 报告, en: Report}
publisher: {zh: 公司, en: Company}
lines:
  - {at: "5 Nothing that stands there", as: noise, why: no line has these words}
"""
SOURCE = "# About us\n\nWe planted 300 trees in 2031.\n\nNobody was hurt.\n"
PAGE = "# About this site\n\nWords of its own.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "report"
    (root / "pages" / "en").mkdir(parents=True)
    (root / "report.yml").write_text(PROFILE, "utf-8")
    (root / "source.md").write_text(SOURCE, "utf-8")
    (root / "pages" / "en" / "about.md").write_text(PAGE, "utf-8")
    return root


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were converted, and not taken from what is kept."""
    made: list[Path] = []
    make = conversion._made

    def noted(root: Path, source: Path | None, encoding: str | None, cache: Cache) -> conversion.Conversion:
        made.append(root)
        return make(root, source, encoding, cache)

    monkeypatch.setattr(conversion, "_made", noted)
    return made


def run(root: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["convert", "--report", str(root), *more])


def written(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_unchanged_it_writes_and_says_the_same(folder: Path, counted: list[Path]) -> None:
    run(folder)  # Begins the catalogue, which is read too.
    first = run(folder)
    there = written(folder)
    (folder / "docs" / "en" / "about-us.md").unlink()
    before = len(counted)
    again = run(folder)
    assert len(counted) == before
    assert written(folder) == there
    assert (again.exit_code, again.stdout, again.stderr) == (first.exit_code, first.stdout, first.stderr)
    assert (again.exit_code, again.stderr.count("error: ")) == (1, 1), "the ruling without a place is named each time"


def test_a_check_finds_what_differs_though_all_is_kept(folder: Path, counted: list[Path]) -> None:
    run(folder)
    assert run(folder, "--check").exit_code == 0
    before = len(counted)
    (folder / "docs" / "en" / "about-us.md").write_text("other words", "utf-8")
    checked = run(folder, "--check")
    assert (checked.exit_code, len(counted)) == (1, before)
    assert "about-us.md: is not what the sources give" in checked.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "source.md").write_text(SOURCE.replace("300", "301"), "utf-8"),
        lambda root: (root / "report.yml").write_text(PROFILE.replace("noise", "text"), "utf-8"),
        lambda root: (root / "figures.yml").write_text("figures: []\n", "utf-8"),
        lambda root: (root / "pages" / "en" / "about.md").write_text(f"{PAGE}\nMore.\n", "utf-8"),
        lambda root: (root / "pages" / "en" / "about.md").rename(root / "pages" / "en" / "else.md"),
        lambda root: (root / "zh.po").unlink(),
        lambda root: (root / "figures.yml").mkdir(),
    ],
    ids=["source", "profile", "a new file", "a page", "a page's name", "the catalogue", "a folder in a file's place"],
)
def test_whatever_changes_is_converted(folder: Path, counted: list[Path], change: Callable[[Path], object]) -> None:
    run(folder)
    run(folder)
    before = len(counted)
    change(folder)
    run(folder)
    assert len(counted) == before + 1


def test_a_link_that_leads_out_is_seen(folder: Path, tmp_path: Path) -> None:
    """The same bytes, but not in the folder: the stages refuse that."""
    before = list(contents(folder))
    (folder / "source.md").rename(tmp_path / "source.md")
    (folder / "source.md").symlink_to(tmp_path / "source.md")
    assert list(contents(folder)) != before
    assert run(folder).exit_code == 2


def test_what_was_made_is_not_read(folder: Path, counted: list[Path]) -> None:
    run(folder)
    run(folder)
    (folder / "docs" / "index.html").write_text("not read", "utf-8")
    before = len(counted)
    run(folder)
    assert len(counted) == before


def test_another_source_is_another_conversion(folder: Path, tmp_path: Path, counted: list[Path]) -> None:
    other = tmp_path / "other.md"
    other.write_text(SOURCE.replace("trees", "oaks"), "utf-8")
    cache = Cache(tmp_path / "kept")
    own, given = conversion_of(folder, None, None, cache), conversion_of(folder, other, None, cache)
    assert [b"oaks" in made.docs["en/about-us.md"] for made in (own, given)] == [False, True]
    assert conversion_of(folder, other, None, cache) == given
    assert len(counted) == 2
    other.write_text(SOURCE.replace("trees", "elms"), "utf-8")
    assert b"elms" in conversion_of(folder, other, None, cache).docs["en/about-us.md"]


def test_what_is_saved_meanwhile_is_converted_the_next_time(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, make = Cache(tmp_path / "kept"), conversion._made

    def slow(root: Path, source: Path | None, encoding: str | None, cache: Cache) -> conversion.Conversion:
        made = make(root, source, encoding, cache)
        (root / "source.md").write_text(SOURCE.replace("trees", "elms"), "utf-8")
        return made

    monkeypatch.setattr(conversion, "_made", slow)
    conversion_of(folder, None, None, cache)
    monkeypatch.undo()
    assert b"elms" in conversion_of(folder, None, None, cache).docs["en/about-us.md"]
    (folder / "source.md").write_text(SOURCE, "utf-8")
    assert b"trees" in conversion_of(folder, None, None, cache).docs["en/about-us.md"]


def test_a_mistake_is_named_each_time(folder: Path) -> None:
    (folder / "report.yml").write_text("title: {zh: 报告}\n", "utf-8")
    first, again = run(folder), run(folder)
    assert (first.exit_code, first.stderr) == (again.exit_code, again.stderr)
    assert (first.exit_code, first.stdout) == (2, "")
    assert "report.yml:1: title.en: is missing" in first.stderr


def test_what_is_kept_comes_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    made = conversion_of(folder, None, None, Cache())
    assert conversion._unpacked(conversion._packed(made)) == made
