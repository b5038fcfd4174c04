"""Bad input through the command line: every problem named at once, exit status 2, no traceback, nothing written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report_site.commands.cli import main
from report_site.convert import convert
from report_site.report import Report
from report_site.site import PROJECT_ROOT

PROFILE = """\
title: {zh: 蓝湖集团 2023 年报告, en: Lanhu Group 2023 Report}
publisher: {zh: 蓝湖集团, en: Lanhu Group}
"""
SOURCE = "# 节约用水\n\n三座工厂共节水 12 万吨。\n\n图：净水池\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small report folder in which everything is right, beside docs and a site of an earlier run."""
    root = tmp_path / "report"
    root.mkdir()
    (root / "report.yml").write_text(PROFILE, "utf-8")
    (root / "source.md").write_text(SOURCE, "utf-8")
    for name in ("docs", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "before.txt").write_text("as it was", "utf-8")
        (tmp_path / name / ".report-site").write_text("ours", "utf-8")
    return root


def fingerprint(root: Path) -> dict[str, str]:
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def refused(folder: Path, *says: str, command: str = "convert", source: Path | None = None) -> Result:
    """Runs the command, which must refuse, name each of `says` on standard error, and leave every file as it was."""
    before = fingerprint(folder.parent)
    name = {"convert": "docs", "build": "site"}[command]
    options = ["--report", folder, f"--{name}", folder.parent / name, *([f"--source={source}"] if source else [])]
    result = run(command, *map(str, options))
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)
    for said in says:
        assert said in result.stderr
    assert all(line.startswith("error: ") for line in result.stderr.splitlines())
    assert fingerprint(folder.parent) == before
    return result


def test_the_folder_is_right(folder: Path) -> None:
    result = run("convert", "--report", folder, "--docs", folder.parent / "docs")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("5 lines: ")
    assert "0 unaccounted" in result.output


def test_says_the_encoding_and_hears_a_persons(folder: Path, tmp_path: Path) -> None:
    (folder / "source.md").write_bytes("# 節約用水\n\n三座工廠共節水 12 萬噸。\n".encode("big5"))
    arguments: list[str | Path] = ["--report", folder, "--docs", tmp_path / "docs"]
    assert "source.md: read as Big5, dialect markdown (# 節)\n" in run("convert", *arguments).output
    assert "source.md: read as BIG5HKSCS (as told), " in run("convert", *arguments, "--encoding", "big5hkscs").output
    started = run("new", tmp_path / "new", "--source", folder / "source.md", "--encoding", "Big5")
    assert "source.md: read as BIG5 (as told), " in started.output
    assert "節約用水" in (tmp_path / "new" / "source.md").read_text("utf-8")


@pytest.mark.parametrize("command", ["convert", "build"])
def test_missing_source(folder: Path, command: str) -> None:
    (folder / "source.md").unlink()
    refused(folder, "source.md: no such file", command=command)


@pytest.mark.parametrize("command", ["convert", "build"])
def test_missing_other_source(folder: Path, command: str) -> None:
    refused(folder, "gone.txt: no such file", command=command, source=folder / "gone.txt")


def test_a_directory_for_a_source(folder: Path) -> None:
    refused(folder, "this is a folder", source=folder)


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", b"\xef\xbb\xbf", "\u200b\n\ufeff\n".encode()])
def test_empty_source(folder: Path, data: bytes) -> None:
    (folder / "source.md").write_bytes(data)
    refused(folder, "source.md")


def test_undecodable_source(folder: Path) -> None:
    (folder / "source.md").write_bytes("节约\n用水".encode() + b"\xff\xfe\x00\n")
    refused(folder, "source.md:2: byte 0x", "save the text as UTF-8")


@pytest.mark.parametrize("command", ["convert", "build"])
def test_only_furniture(folder: Path, command: str) -> None:
    heads = "".join(f"{n}\n\f" for n in range(1, 9))
    (folder / "source.md").write_text(heads, "utf-8")
    refused(folder, "nothing but furniture and noise", command=command)


def test_only_noise(folder: Path) -> None:
    (folder / "source.md").write_text("{{ |]* #~ }}\n\n[[ <> ]] ##\n", "utf-8")
    refused(folder, "nothing but furniture and noise")


def test_missing_folder(tmp_path: Path) -> None:
    result = run("convert", "--report", tmp_path / "gone", "--docs", tmp_path / "docs")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr
    assert "report-site new" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_mistakes_of_the_profile_are_named_at_once(folder: Path) -> None:
    (folder / "report.yml").write_text(
        PROFILE
        + """\
year: 22
outlines: []
outline:
- {at: 节约用水, slug: water}
- {at: 1 节约用水, slug: Save Water}
lines:
- {at: 3, as: titel, why: 试}
- {at: 3-1, as: text}
corrections:
- {at: 3 三座, wrong: "", right: 四座, why: {zh: 试}}
""",
        "utf-8",
    )
    result = refused(
        folder,
        "report.yml:3: year",
        "report.yml:4: outlines",
        "did you mean 'outline'?",
        "report.yml:6: outline[0].at: '节约用水' is no place",
        "report.yml:7: outline[1].slug: 'Save Water' is no slug",
        "report.yml:9: lines[0].as",
        "found 'titel'",
        "report.yml:10: lines[1].at: '3-1': a range of lines goes upwards",
        "report.yml:10: lines[1].why: is missing",
        "report.yml:12: corrections[0].wrong",
        "report.yml:12: corrections[0].why.en: is missing",
    )
    assert len(result.stderr.splitlines()) == 9


def test_mistakes_of_several_files_are_named_at_once(folder: Path) -> None:
    (folder / "report.yml").write_text(PROFILE + "yeer: 2023\n", "utf-8")
    (folder / "figures.yml").write_text("figures:\n- {at: 5 净水池, captoin: {zh: 池, en: Pond}}\n", "utf-8")
    refused(
        folder,
        "report.yml:3: yeer",
        "did you mean 'year'?",
        "figures.yml:2: figures[0].captoin",
        "did you mean 'caption'?",
    )


def test_broken_yaml(folder: Path) -> None:
    (folder / "report.yml").write_text(PROFILE + "outline: [\n", "utf-8")
    refused(folder, "report.yml:", "no valid YAML")


def test_a_profile_that_is_no_mapping(folder: Path) -> None:
    (folder / "report.yml").write_text("- 一\n- 二\n", "utf-8")
    refused(folder, "expected a mapping of settings")


def test_missing_profile(folder: Path) -> None:
    (folder / "report.yml").unlink()
    refused(folder, "report.yml: no such file")


@pytest.mark.parametrize("command", ["convert", "build"])
def test_broken_catalogue(folder: Path, command: str) -> None:
    (folder / "en.po").write_text('msgid "节约用水"\nmsgid "二"\n', "utf-8")
    refused(folder, "en.po:", "no valid catalogue", command=command)


@pytest.mark.parametrize("command", ["convert", "build"])
def test_missing_and_broken_pictures_are_named_at_once(folder: Path, command: str) -> None:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    (folder / "figures.yml").write_text(
        "figures:\n- {at: 5 净水池, picture: broken.png}\n- {at: 3, picture: gone.jpg}\n- {at: 1, picture: ../../x.png}\n",
        "utf-8",
    )
    refused(folder, "broken.png", "gone.jpg: no such picture", "outside the folder pictures/", command=command)


def test_a_ruling_that_does_not_fit(folder: Path) -> None:
    (folder / "source.md").write_text(SOURCE + "\n| 雨水 | 中水 |\n|---|---|\n| 一 | 二 |\n", "utf-8")
    (folder / "report.yml").write_text(
        PROFILE + "tables:\n- {at: 7 雨水, kind: key-value, rows: [[雨水, 海水], [河水, 二]], why: 试}\n", "utf-8"
    )
    refused(folder, "tables at 7 雨水", "'海水' doesn't stand in these lines", "'河水' doesn't stand in these lines")


def test_check_of_other_docs_writes_nothing(folder: Path) -> None:
    before = fingerprint(folder.parent)
    result = run("convert", "--report", folder, "--docs", folder.parent / "docs", "--check")
    assert result.exit_code == 1
    assert "before.txt: no source gives this file" in result.stderr
    assert "index.md: is missing" in result.stderr
    assert fingerprint(folder.parent) == before


def test_new_does_not_overwrite(folder: Path) -> None:
    before = fingerprint(folder.parent)
    result = run("new", folder, "--source", folder / "source.md")
    assert result.exit_code == 2
    assert "not empty" in result.stderr
    assert fingerprint(folder.parent) == before


def test_new_from_nothing_starts_nothing(tmp_path: Path) -> None:
    result = run("new", tmp_path / "report", "--source", tmp_path / "gone.txt")
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["convert", "build"])
def test_text_that_no_page_has_is_named_and_fails(folder: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(*args: object) -> Report:
        report = convert(*args)  # type: ignore[arg-type]
        return replace(report, ledger=replace(report.ledger, lost={3: ("12",)}))

    monkeypatch.setattr("report_site.commands.making.convert", lossy)
    name = {"convert": "docs", "build": "site"}[command]
    result = run(command, "--report", folder, f"--{name}", folder.parent / name)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"error: {folder / 'source.md'}:3: on no page: 12 — ")
    assert "1 unaccounted" in result.stdout


def test_building_another_report_renews_its_own_catalogue(folder: Path) -> None:
    docs = fingerprint(PROJECT_ROOT / "docs") | fingerprint(PROJECT_ROOT / "report")
    assert run("build", "--report", folder, "--site", folder.parent / "site").exit_code == 0
    assert "节约用水" in (folder / "en.po").read_text("utf-8")
    assert not (folder / "docs").exists()
    assert run("convert", "--report", folder).exit_code == 0
    (folder / "source.md").write_text(SOURCE.replace("三座", "四座"), "utf-8")
    assert run("build", "--report", folder, "--site", folder.parent / "site").exit_code == 0
    assert any("四座" in path.read_text("utf-8") for path in (folder / "docs" / "zh").glob("*.md"))
    assert fingerprint(PROJECT_ROOT / "docs") | fingerprint(PROJECT_ROOT / "report") == docs


def test_a_page_with_the_address_of_a_chapter(folder: Path) -> None:
    (folder / "report.yml").write_text(PROFILE + "outline:\n- {at: 1 节约用水, slug: water, page: true}\n", "utf-8")
    for language in ("zh", "en"):
        (folder / "pages" / language).mkdir(parents=True)
        (folder / "pages" / language / "water.md").write_text("# 水\n", "utf-8")
    refused(folder, "pages/zh/water.md: has the address of a chapter")
