"""Folders and files put in place as wholes: only what is ours is replaced, and a kill at any moment leaves old or new."""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import report_site
from report_site.commands.cli import main
from report_site.model.errors import InputError
from report_site.publish import writing
from report_site.publish.writing import MARKER, replacing, write_file, write_files, write_folder

OLD = {"ledger.json": b"{}", "outline.json": b"{}", "zh/water.md": b"old", "zh/gone.md": b"old"}
NEW = {"ledger.json": b"{}", "outline.json": b"{}", "zh/water.md": b"new", "zh/air.md": b"new"}

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(report_site.__file__).parents[1])}
"""For processes of their own: the code that is tested, wherever another one is installed."""
KILLED_AT = """
import os, sys
from pathlib import Path
from report_site.publish import writing

wanted, place, exchange = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "exchange"
if not exchange:
    writing._swapped = lambda one, other: False
seen = 0

def hook(event, args):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod") and place in str(args[0]):
        seen += 1
        if seen == wanted:
            os._exit(9)

sys.addaudithook(hook)
"""


def killed_at(number: int, place: Path, work: str, *, exchange: bool = True) -> bool:
    """Runs `work` in a process that dies at its `number`-th step on the disk; False where it ended before."""
    code = KILLED_AT + work
    args = [sys.executable, "-c", code, str(number), str(place), "exchange" if exchange else "rename"]
    return subprocess.run(args, check=False, timeout=60, env=ENVIRONMENT).returncode == 9


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("exchange", [True, False])
def test_a_kill_at_any_step_leaves_the_old_folder_or_the_new_one(tmp_path: Path, exchange: bool) -> None:
    docs = tmp_path / "docs"
    work = f"writing.write_folder({NEW!r}, Path({str(docs)!r}))"
    for number in range(1, 100):
        write_folder(OLD, docs)
        if not killed_at(number, tmp_path, work, exchange=exchange):
            break
        if exchange:
            assert content(docs) in (OLD, NEW), number
        # The next run that gets so far finds the folder whole, and nothing of the killed one stays.
        with pytest.raises(RuntimeError), replacing(docs):
            raise RuntimeError
        assert content(docs) in (OLD, NEW), number
        assert [path.name for path in tmp_path.iterdir()] == ["docs"], number
    assert number > 10
    assert content(docs) == NEW


def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "en.po"
    work = f"writing.write_file(b'new' * 9999, Path({str(path)!r}))"
    for number in range(1, 100):
        write_file(b"old" * 9999, path)
        if not killed_at(number, tmp_path, work):
            break
        assert path.read_bytes() in (b"old" * 9999, b"new" * 9999), number
    assert number > 4
    assert path.read_bytes() == b"new" * 9999
    assert [p.name for p in tmp_path.iterdir()] == ["en.po"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "en.po"
    path.write_bytes(b"old")
    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(OSError, match="space"):
        write_file(b"new", path)
    assert content(tmp_path) == {"en.po": b"old"}


def test_a_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    real = tmp_path / "real.po"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "en.po").symlink_to(real)
    write_file(b"new", tmp_path / "en.po")
    assert (tmp_path / "en.po").is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o640)


@pytest.mark.parametrize("files", [OLD, {MARKER: b""}, {"ledger.json": b"", "report.json": b"", "index.html": b""}, {}])
def test_replaces_what_is_ours(tmp_path: Path, files: dict[str, bytes]) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    write_files(files, docs)
    write_folder(NEW, docs)
    assert content(docs) == NEW


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"letter.txt": b"mine"}, "letter.txt"),
        ({"source.md": b"", "report.yml": b"", "en.po": b""}, "source.md"),
        ({"ledger.json": b"an accountant's"}, "ledger.json"),
        ({MARKER: b"", ".git": b"gitdir: elsewhere"}, ".git"),
        ({"photos/a/b.jpg": b""}, "photos"),
    ],
)
def test_refuses_what_is_not(tmp_path: Path, files: dict[str, bytes], says: str) -> None:
    write_files(files, tmp_path / "mine")
    with pytest.raises(InputError, match="not made by report-site") as caught:
        write_folder(NEW, tmp_path / "mine")
    assert says in str(caught.value)
    assert content(tmp_path) == {f"mine/{name}": data for name, data in files.items()}


def test_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")
    with pytest.raises(InputError, match="a file, not a folder"):
        write_folder(NEW, tmp_path / "site")
    assert content(tmp_path) == {"site": b"mine"}


def test_refuses_the_folder_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(OLD, tmp_path / "docs")
    monkeypatch.chdir(tmp_path / "docs" / "zh")
    with pytest.raises(InputError, match="you are in"):
        write_folder(NEW, tmp_path / "docs")


def test_refuses_a_mount_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(OLD, tmp_path / "docs")
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name == "docs")
    with pytest.raises(InputError, match="mount point"):
        write_folder(NEW, tmp_path / "docs")
    assert content(tmp_path / "docs") == OLD


def test_a_mount_point_that_only_the_exchange_notices_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bool:
        raise OSError(errno.EBUSY, "Device or resource busy")

    write_files(OLD, tmp_path / "docs")
    monkeypatch.setattr(writing, "_swapped", busy)
    with pytest.raises(InputError, match="mount point"):
        write_folder(NEW, tmp_path / "docs")
    assert content(tmp_path) == {f"docs/{name}": data for name, data in OLD.items()}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    write_files(OLD, tmp_path / "real")
    (tmp_path / "docs").symlink_to(tmp_path / "real")
    write_folder(NEW, tmp_path / "docs")
    assert (tmp_path / "docs").is_symlink()
    assert content(tmp_path / "real") == NEW


def test_two_at_once_are_told_apart(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write_folder(OLD, docs)
    with replacing(docs) as work:
        with pytest.raises(InputError, match="another report-site is writing"):
            write_folder(NEW, docs)
        write_folder(NEW, tmp_path / "other")
        write_files(NEW, work / "new")
    assert content(docs) == content(tmp_path / "other") == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "other"]


def test_a_failure_leaves_no_folders_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), replacing(tmp_path / "a" / "b" / "docs"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x.md", "zh/../../x.md", "/tmp/x.md"])
def test_no_file_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        write_folder({name: b""}, tmp_path / "docs")
    assert list(tmp_path.iterdir()) == []


# --- through the command line --------------------------------------------------------------------------------------

PROFILE = "title: {zh: 蓝湖集团 2023 年报告, en: Lanhu Group 2023 Report}\npublisher: {zh: 蓝湖集团, en: Lanhu Group}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "report"
    root.mkdir()
    (root / "report.yml").write_text(PROFILE, "utf-8")
    (root / "source.md").write_text("# 节约用水\n\n三座工厂共节水 12 万吨。\n", "utf-8")
    return root


def refused(command: str, folder: Path, target: Path, *says: str) -> None:
    name = {"convert": "--docs", "build": "--site"}[command]
    result = CliRunner().invoke(main, [command, "--report", str(folder), name, str(target)])
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert len(result.stderr.splitlines()) == 1
    for said in says:
        assert said in result.stderr


@pytest.mark.parametrize("command", ["convert", "build"])
@pytest.mark.parametrize("target", ["report", ".", "report/source.md"])
def test_the_inputs_are_no_target(folder: Path, command: str, target: str) -> None:
    before = content(folder.parent)
    refused(command, folder, folder.parent / target)
    assert content(folder.parent) == before


@pytest.mark.parametrize("command", ["convert", "build"])
@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("report/source.md/x", "a file stands where a folder is needed"),
        ("x" * 300, "too long"),
        ("/proc/x", "/proc/x"),
        ("/dev/full/x", "a file stands"),
    ],
)
def test_what_the_system_refuses_is_one_line(folder: Path, command: str, target: str, says: str) -> None:
    before = content(folder.parent)
    refused(command, folder, folder.parent / target, says)
    assert content(folder.parent) == before


def test_a_full_disk_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    refused("convert", folder, folder.parent / "docs", "no space left", "free some space")
    assert sorted(path.name for path in folder.parent.iterdir()) == ["report"]


@pytest.mark.parametrize("args", [["--help"], ["convert", "--report", "{report}", "--docs", "{docs}"]])
def test_a_full_standard_output_is_one_line(folder: Path, args: list[str]) -> None:
    filled = [arg.format(report=folder, docs=folder.parent / "docs") for arg in args]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-c", "from report_site.commands.cli import main; main()", *filled],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=ENVIRONMENT,
        )
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "error: standard output: no space left on the disk — free some space, then run this again"
    ]


def test_another_reports_docs_and_catalogue_are_its_own(folder: Path) -> None:
    from report_site.site import PROJECT_ROOT

    before = content(PROJECT_ROOT / "docs")
    result = CliRunner().invoke(main, ["convert", "--report", str(folder)])
    assert result.exit_code == 0, result.output
    assert (folder / "docs" / "zh" / "index.md").is_file()
    assert "节约用水" in (folder / "en.po").read_text("utf-8")
    assert content(PROJECT_ROOT / "docs") == before


# --- systems that know less ----------------------------------------------------------------------------------------


def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as this module asks: no fcntl, no folder that can be opened, no call that exchanges two folders."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr(ctypes, "CDLL", None)


def old_libc(monkeypatch: pytest.MonkeyPatch) -> None:
    """A C library without renameat2."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())


@pytest.mark.parametrize("system", [windows, old_libc])
def test_a_folder_is_replaced_on_systems_that_know_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: Callable[[pytest.MonkeyPatch], None]
) -> None:
    write_folder(OLD, tmp_path / "docs")
    with monkeypatch.context() as patch:
        system(patch)
        write_folder(NEW, tmp_path / "docs")
        write_file(b"mine", tmp_path / "en.po")
        write_file(b"mine again", tmp_path / "en.po")
    assert content(tmp_path / "docs") == NEW
    assert (tmp_path / "en.po").read_bytes() == b"mine again"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "en.po"]


def test_two_runs_are_told_apart_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        windows(patch)
        with replacing(tmp_path / "docs") as work:
            write_files(OLD, work / "new")
            with pytest.raises(InputError, match="another report-site"):
                write_folder(NEW, tmp_path / "docs")
    assert content(tmp_path / "docs") == OLD
