"""What Windows doesn't have, nobody asks for: tried on this system as far as it can play the other's part."""

from __future__ import annotations

import ast
import ctypes
import os
import re
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from modules import saying
from places import SAMPLES
from report_site.commands.cli import main
from report_site.commands.editor.html import editors_voice
from report_site.model.slugs import is_free, slug_fault
from report_site.source.read.files import _ADDRESS

ABSENT = frozenset(
    """
    O_CLOEXEC O_NONBLOCK O_NOFOLLOW O_DIRECTORY O_SYNC O_DSYNC fork forkpty getuid geteuid getgid chown lchown sync
    mkfifo mknod killpg getpgid setsid nice uname sysconf statvfs fchdir fchown fdatasync WNOHANG waitid
    """.split()  # noqa: SIM905
)
"""Of `os`; on Windows an AttributeError. With `getattr` and something else in its place each is fine."""
FOREIGN = frozenset({"fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "posix", "syslog", "readline"})
TEXT = {"open": 1, "read_text": 0, "write_text": 1}
"""Reads or writes text -> how many arguments stand before the encoding."""
MODES = re.compile(r"[rwax+]*b[rwax+]*")


PROGRAMS = ("run", "Popen", "check_output")


def calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def foreign(tree: ast.Module) -> list[str]:
    """What the module asks of the system, or imports, and Windows lacks."""
    asked = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
    ]
    imported = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    return sorted({*ABSENT.intersection(asked), *FOREIGN.intersection(imported)})


def test_nothing_is_asked_of_the_system_that_windows_lacks() -> None:
    assert [(name, lacking) for name, tree in saying(ABSENT | FOREIGN) if (lacking := foreign(tree))] == []


def test_what_windows_lacks_is_found() -> None:
    assert foreign(ast.parse("import fcntl\nimport os\nos.fork()\nos.getpid()")) == ["fcntl", "fork"]


def unsaid(tree: ast.Module) -> list[str]:
    """Where text is read or written in whatever encoding the machine has."""
    found = []
    for call in calls(tree):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        keys = {key.arg: key.value for key in call.keywords}
        if name in TEXT and "encoding" not in keys and not _opens_bytes(call, name) and len(call.args) <= TEXT[name]:
            found.append(f"{call.lineno}: {name}")
        if name in PROGRAMS and keys.keys() & {"text", "universal_newlines"} and "encoding" not in keys:
            found.append(f"{call.lineno}: {name}(text=…)")
    return found


def test_text_is_never_read_in_the_machines_own_encoding() -> None:
    """`open`, `read_text`, `write_text`, and the output of other programs: UTF-8 is named, or bytes are read."""
    assert [(name, odd) for name, tree in saying([*TEXT, *PROGRAMS]) if (odd := unsaid(tree))] == []


@pytest.mark.parametrize(
    ("code", "odd"),
    [
        ("open('x')", ["1: open"]),
        ("path.read_text()", ["1: read_text"]),
        ("run(x, text=True)", ["1: run(text=…)"]),
        ("open('x', 'rb')\npath.read_text('utf-8')\nrun(x, text=True, encoding='utf-8')", []),
    ],
)
def test_an_encoding_that_is_not_named_is_found(code: str, odd: list[str]) -> None:
    assert unsaid(ast.parse(code)) == odd


def _opens_bytes(call: ast.Call, name: str) -> bool:
    """`open` of something that isn't a text file: a mode for bytes, or a class of somebody else's."""
    if name != "open":
        return False
    of = call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else ""
    modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return of[:1].isupper() or of in ("os", "pikepdf", "webbrowser") or any(map(MODES.fullmatch, modes))


def test_a_report_is_started_and_converted_without_what_windows_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ABSENT:
        monkeypatch.delattr(os, name, raising=False)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with monkeypatch.context() as patch:
        patch.setattr("report_site.publish.writing.sys", SimpleNamespace(platform="win32"))
        patch.setattr(ctypes, "CDLL", None)
        for command in (
            ["new", str(tmp_path / "report"), "--source", str(SAMPLES / "levelled-en.md")],
            ["convert", "--report", str(tmp_path / "report")],
        ):
            done = CliRunner().invoke(main, command)
            assert done.exit_code == 0, done.output
    assert (tmp_path / "report/docs/en/index.md").is_file()


def test_line_ends_of_windows_are_line_ends(tmp_path: Path) -> None:
    source = tmp_path / "report.md"
    source.write_bytes((SAMPLES / "levelled-en.md").read_bytes().replace(b"\n", b"\r\n"))
    for name, path in (("one", SAMPLES / "levelled-en.md"), ("other", source)):
        done = CliRunner().invoke(main, ["new", str(tmp_path / name), "--source", str(path)])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "one/source.md").read_bytes() == (tmp_path / "other/source.md").read_bytes()


def test_an_address_is_told_from_a_path_whose_strokes_were_turned() -> None:
    assert _ADDRESS.match(str(PureWindowsPath("https://example.com/report.txt")))
    assert not _ADDRESS.match(str(PureWindowsPath("C:/reports/report.txt")))


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_no_page_has_the_name_of_a_device(name: str) -> None:
    assert "Windows" in slug_fault(name)
    assert not is_free(name)
    assert slug_fault(f"{name}-x") == ""


@pytest.mark.parametrize(("tag", "voice"), [(0x0804, "zh"), (0x0404, "zh-Hant"), (0x0409, "en"), (0x040C, "zh")])
def test_the_editors_language_is_that_of_windows(tag: int, voice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: tag)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert editors_voice(None, "zh") == voice
