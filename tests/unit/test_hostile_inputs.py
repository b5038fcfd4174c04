"""Every kind of hostile input that was ever found or thought of, with the answer that it has to get.

`pytest tests/unit/test_hostile_inputs.py` counts: one test an input, named `listed` (somebody's findings) or `own`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from case_files import Case, load_cases
from hostile import active_in, fingerprint, pages_of, put, run, seconds_of, text_of
from places import TESTS

BASE = load_cases("hostile")["base"][0]
DEFAULT_SECONDS = 20
"""Of processor time, where a case doesn't say."""


def _inputs(section: str) -> list[Any]:
    """Each input with its section's name. `make unit` tries what somebody found that is refused: no site is built of it."""
    return [
        pytest.param(case, id=f"{section}: {case['title']}", marks=list(_marks(section, case)))
        for case in load_cases("hostile")[section]
    ]


def _marks(section: str, case: Case) -> Iterator[pytest.MarkDecorator]:
    if "slow" in case:  # of a size that the audit alone tries
        yield pytest.mark.audit
    elif section == "own" or "refused" not in case:
        yield pytest.mark.slow


@pytest.mark.parametrize("case", [*_inputs("listed"), *_inputs("own")])
def test_a_hostile_input_gets_its_answer(case: Case, tmp_path: Path) -> None:
    put(tmp_path, BASE["put"])
    put(tmp_path, case.get("put", {}))
    if "new" in case:
        put(tmp_path, {"in.md": case["new"]})
        (tmp_path / "report" / "report.yml").rename(tmp_path / "unused.yml")
    line = case.get("run") or (
        "new OUT --source ROOT/in.md" if "new" in case else "build --no-copies --report REPORT --site SITE"
    )
    if "before" in case:
        assert run(tmp_path, case["before"]).exit_code == 0
    before, begin = fingerprint(tmp_path), time.process_time()
    result = run(tmp_path, line)
    assert seconds_of(begin) < case.get("seconds", DEFAULT_SECONDS)
    assert result.exit_code == case.get("status", 2 if "refused" in case else 0), result.output
    for said in (*case.get("refused", ()), *case.get("says", ())):
        assert said in result.output
    if result.exit_code == 2:
        _require_refused(tmp_path, result.stderr, before)
        return
    if after := case.get("after", "build --no-copies --report OUT --site SITE" if "new" in case else ""):
        built = run(tmp_path, after)
        assert built.exit_code == 0, built.output
    assert not [name for name in case.get("absent", ()) if (tmp_path / name).exists()]
    _require_site(tmp_path / "site", case)


def _require_refused(root: Path, said: str, before: dict[str, str]) -> None:
    """Lines with a remedy, no bug of ours, and everything as it was."""
    lines = [line for line in said.splitlines() if line]
    assert lines
    for line in lines:
        assert line.startswith(("error: ", "note: ")) or "Usage:" in said, said
        assert " — " in line or not line.startswith("error: "), line
        assert "report this as a bug" not in line
        assert line.isprintable()
    assert fingerprint(root) == before


def _require_site(site: Path, case: Case) -> None:
    trees = pages_of(site)
    for name, tree in trees.items():
        assert not active_in(tree), name
    shown = text_of(trees)
    for text in case.get("shows", ()):
        assert text in shown
    for text in case.get("hides", ()):
        assert not [path for path in site.rglob("*.html") if text in path.read_text("utf-8")], text
    for name, texts in case.get("files", {}).items():
        held = (site / name).read_text("utf-8")
        assert all(text in held for text in texts), held[:2000]


@pytest.mark.parametrize("case", load_cases("hostile")["elsewhere"], ids=lambda case: case["title"])
def test_what_no_file_says_is_tested_elsewhere(case: Case) -> None:
    """Kills, full disks, races, growth: each names the tests that hold it."""
    for name in case["tests"]:
        file, _, function = name.partition("::")
        assert re.search(rf"^def {function}\(", (TESTS / file).read_text("utf-8"), re.MULTILINE), name
