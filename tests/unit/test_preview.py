"""`serve` says where it serves, what changed, how the rebuild went; a mistake leaves the last good site."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import ROOT, SAMPLES
from report_site.commands.cli import main
from report_site.commands.editor.scaffold import start_folder
from report_site.model.errors import InputError
from report_site.publish.writing import write_folder
from report_site.site.preview import changes, preview
from served import free_port

pytestmark = pytest.mark.slow
LONGEST = 120
"""Seconds that a loaded machine may take for a line."""


class Serving:
    """A running `serve`, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.said: list[str] = []
        self._process = process
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        self.said.extend(iter(self._process.stdout.readline, ""))

    def wait_for(self, pattern: str, after: int = 0) -> int:
        """The number of lines said once one of them matches."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end and self._process.poll() is None:
            for place, line in enumerate(self.said[after:], start=after + 1):
                if re.search(pattern, line):
                    return place
            time.sleep(0.05)
        raise AssertionError(f"never said {pattern!r}: {self.said}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(start_folder(SAMPLES / "levelled-en.md").files, tmp_path / "report")
    return tmp_path / "report"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A copy of the tool, whose settings a test may change."""
    for name in ("scripts", "overrides"):
        shutil.copytree(
            ROOT / name, tmp_path / "tool" / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    shutil.copy2(ROOT / "mkdocs.yml", tmp_path / "tool")
    return tmp_path / "tool"


@pytest.fixture
def serving(folder: Path, port: int, tool: Path) -> Iterator[Serving]:
    command = [sys.executable, "-m", "report_site", "serve", "--report", str(folder), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(tool / "scripts")}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        yield Serving(process)
        process.terminate()


def test_it_says_where_it_serves_what_changed_and_what_is_wrong(
    serving: Serving, folder: Path, port: int, tool: Path
) -> None:
    address = f"http://127.0.0.1:{port}/"
    at = serving.wait_for(rf"^serving at {re.escape(address)}")
    source, profile = folder / "source.md", folder / "report.yml"
    source.write_text(source.read_text("utf-8").replace("material topics", "weighty topics"), "utf-8")
    at = serving.wait_for(rf"^changed: {re.escape(str(source))}; building", at)
    at = serving.wait_for(r"^built in [\d.]+ s$", at)
    assert "weighty topics" in page(f"{address}our-approach/")
    good = profile.read_text("utf-8")
    profile.write_text(good.replace("year:", "yeer:"), "utf-8")
    at = serving.wait_for(r"^error: .*report\.yml:\d+: yeer: no such key", at)
    at = serving.wait_for("^the last good site stays", at)
    assert "weighty topics" in page(f"{address}our-approach/")
    profile.write_text(good, "utf-8")
    at = serving.wait_for(r"^built in [\d.]+ s$", at)
    settings = tool / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\n# changed\n", "utf-8")
    at = serving.wait_for(rf"^changed: {re.escape(str(settings))}; building", at)
    serving.wait_for(r"^built in [\d.]+ s$", at)


def page(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        text: str = answer.read().decode()
    return text


def test_a_port_in_use_is_one_line(folder: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = CliRunner().invoke(main, ["serve", "--report", str(folder), "--port", str(port)])
    assert done.exit_code == 2
    assert done.stderr == f"error: {TAKEN.format(port)}\n"


def test_a_port_that_is_taken_during_the_build_is_the_same_line(tmp_path: Path, port: int) -> None:
    with socket.socket() as other:

        def build(site: Path) -> None:
            site.mkdir()
            other.bind(("127.0.0.1", port))
            other.listen()

        with pytest.raises(InputError, match=f"^{re.escape(TAKEN.format(port))}$"):
            preview(build, tmp_path, port)


TAKEN = "127.0.0.1:{0}: port {0} is taken by another program — give another with --port, or end what is using it"


def test_what_changed_is_new_gone_or_written_since() -> None:
    before = {Path("same"): 1, Path("gone"): 1, Path("written"): 1}
    assert changes(before, {Path("same"): 1, Path("written"): 2, Path("new"): 1}) == [
        Path("gone"),
        Path("new"),
        Path("written"),
    ]
