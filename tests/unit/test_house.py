"""The plan of the house: who touches the disk, how long things are, and that CONTRIBUTING shows the rooms as they are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from modules import saying, texts
from places import ROOT

MOST_LINES, LONGEST_FUNCTION, MOST_ROOMS = 400, 40, 10
LONG_FUNCTIONS: set[str] = set()
"""Too long, and known to be: none may join them."""
READS = {"read_text", "read_bytes", "open", "iterdir", "rglob", "glob", "is_file", "is_dir", "exists", "stat"}
WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "touch", "symlink_to", "chmod"}
ON_DISK = re.compile(
    r"folder/|source/(?:read/(?:files|decoding)\.py|intake/)|publish/(?:cache|writing|pictures)\.py|site/|commands/cli\.py|commands/editor/(?:files|scaffold)\.py|"
    # Publishing: folders of reports, built sites.
    r"commands/(?:archive/|starter/|deploying\.py|options\.py)|publish/copies/(?:epub|offline|pdf|tagging)\.py|"
    # Asks whether a report has a source at all; ignores.yml; words and titles that are part of the program.
    r"convert/__init__\.py|audits/(?:evidence|ignores)\.py|language/(?:shipped|strings|standards/__init__|generic_pages|starting)\.py"
)
PICTURE = ("scripts/report_site", "scripts/report_site/source", "tests")


def on_disk(tree: ast.Module) -> list[tuple[int, str]]:
    """Calls that read from the disk or write to it, each with its line."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [(c.lineno, c.func.attr if isinstance(c.func, ast.Attribute) else getattr(c.func, "id", "")) for c in calls]
    return [(line, call) for line, call in named if call in READS | WRITES]


def test_only_few_modules_touch_the_disk() -> None:
    """What they read goes on as values: a stage can be tried without a folder."""
    touching = {name: found for name, tree in saying(READS | WRITES) if (found := on_disk(tree))}
    assert {name: found for name, found in touching.items() if not ON_DISK.match(name)} == {}
    assert touching


def test_no_file_is_long() -> None:
    lengths = {name: len(text.splitlines()) for name, text in texts().items()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_is_long() -> None:
    long = {
        f"{name}: {node.name}"
        for name, tree in saying(["def"])
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert long <= LONG_FUNCTIONS
    assert long >= LONG_FUNCTIONS, "one has become short: take it off the list"


@pytest.mark.parametrize("folder", PICTURE)
def test_the_picture_in_contributing_shows_the_rooms(folder: str) -> None:
    """One line a room: its name, then what it is for."""
    picture = re.search(
        rf"```text\n{re.escape(folder)}/\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
    )
    assert picture
    shown = set(re.findall(r"^  ([\w.]+/?) ", picture[1], re.MULTILINE))
    assert shown == rooms(ROOT / folder)


def test_no_more_rooms_than_can_be_held_in_the_head() -> None:
    folder = ROOT / PICTURE[0]
    assert len(rooms(folder) - {"__main__.py"}) <= MOST_ROOMS


def rooms(folder: Path) -> set[str]:
    """Its folders, and the modules that stand beside them; those of tests only serve the rooms."""
    found = {f"{path.name}/" for path in folder.iterdir() if path.is_dir() and any(path.iterdir())}
    if folder.name != "tests":
        found |= {path.name for path in folder.glob("*.py") if path.name != "__init__.py"}
    return found - {"__pycache__/"}
