"""What an editor does wrong: named with file, line and remedy, with a status other than 0; what was there stays."""

from __future__ import annotations

import hashlib
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from case_files import cases, load_cases
from report_site.commands.cli import main

REPORT = """\
title: {zh: 蓝湖集团 2030 年报告, en: Lanhu Group 2030 Report}
publisher: {zh: 蓝湖集团, en: Lanhu Group}
year: 2030
outline:
- at: 1 节约用水
  slug: water
  sections:
  - at: 12 员工成长
    slug: staff
    kind: topic
"""
SOURCE = """\
# 节约用水

三座工厂共节水 12 万吨。

图：净水池

| 指标 | 2029 | 2030 |
|---|---|---|
| 用水 | 38,200 | 39,610 |
| 用电 | 512 | 498 |

## 员工成长

员工参加培训。
"""
MISTAKES_OF_AN_EDITOR = 38


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A report folder in which all is right, a site of an earlier run, and a folder of somebody's own files."""
    for name, text in {
        "report/report.yml": REPORT,
        "report/source.md": SOURCE,
        "report/pages/zh/about.md": "# 关于\n\n文字。\n",
        "report/pages/en/about.md": "# About\n\nText.\n",
        "site/.report-site": "ours",
        "site/index.html": "before",
        "other/mine.txt": "mine",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def spoil(root: Path, case: dict[str, Any]) -> None:
    path = root / case["file"]
    text = str(case.get("text", ""))
    if "bytes" in case:
        path.write_bytes(bytes.fromhex(case["bytes"]))
    elif "from" in case:
        before = path.read_text("utf-8")
        assert case["from"] in before
        path.write_text(before.replace(case["from"], case["to"]), "utf-8")
    elif "text" in case:
        path.write_text(path.read_text("utf-8") + text[1:] if text.startswith("+") else text, "utf-8")
    else:
        path.unlink()
    if "also" in case:
        (root / case["also"]).write_text(text, "utf-8")


def run(place: Path, line: str) -> Result:
    names = {"REPORT": "report", "OTHER": "other", "SITE": "site", "OUT": "out"}
    words = [re.sub(r"^[A-Z]{3,}", lambda m: str(place / names[m[0]]), word) for word in shlex.split(line)]
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def fingerprint(root: Path) -> dict[str, str]:
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@cases("mistakes", "mistakes")
def test_a_mistake_is_named_with_its_place_and_its_remedy(place: Path, case: dict[str, Any]) -> None:
    if "file" in case:
        spoil(place / "report", case)
    before = fingerprint(place)
    result = run(place, case.get("run", "build --report REPORT --site SITE"))
    if case.get("by") == "check":
        assert result.exit_code == 0, result.output
        before = fingerprint(place)
        result = run(place, "check --report REPORT --site SITE")
    said = [line for line in result.output.splitlines() if case["says"][0] in line]
    assert result.exit_code != 0, result.output
    assert any(all(part in line for part in case["says"]) for line in said) or "run" in case, result.output
    assert all(part in result.output for part in case["says"]), result.output
    assert all(" — " in line for line in result.stderr.splitlines() if line.startswith("error: ")), result.stderr
    if result.exit_code == 2:
        assert fingerprint(place) == before


def test_all_is_right_before(place: Path) -> None:
    assert run(place, "build --report REPORT --site SITE").exit_code == 0
    assert len(load_cases("mistakes")["mistakes"]) >= MISTAKES_OF_AN_EDITOR
