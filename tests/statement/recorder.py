"""pytest's option `--earl FILE`: what each test found, as EARL 1.0 in JSON-LD.

How far a test reaches is taken from the pages that it asks for and the values that it runs with, not from what anyone says.
"""

from __future__ import annotations

import subprocess
from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from places import ROOT
from statement.results import PROPERTY, Finding, Outcome, Scope, dump

ALL_PAGES = {"pages", "every_page"}
SOME_PAGES = {"sample", "texts", "kinds"}
SWEPT = {"swept", "swept_files"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--earl", type=Path, help="write what each test found to this file (EARL, JSON-LD)")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--earl")
    # The workers of pytest-xdist report to the process that started them, which writes.
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(path, str(config.getoption("--gear"))))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--earl") is None:
        return
    for item in items:
        called = getattr(item, "callspec", None)
        values = {name: str(value) for name, value in called.params.items()} if called else {}
        scope = scope_of(set(getattr(item, "fixturenames", ())), set(_arguments(item)), str(config.getoption("--gear")))
        item.user_properties.append((PROPERTY, {"scope": scope.value, "values": values}))


def _arguments(item: pytest.Item) -> Collection[str]:
    code = getattr(getattr(item, "function", None), "__code__", None)
    return code.co_varnames[: code.co_argcount] if code else ()


def scope_of(fixtures: Collection[str], arguments: Collection[str], gear: str) -> Scope:
    """`fixtures`: with those that fixtures ask for; `arguments`: what the test itself asks for."""
    if SWEPT & set(fixtures):
        return Scope.KINDS if gear == "test" else Scope.PAGES
    if SOME_PAGES & set(fixtures):
        return Scope.KINDS
    if ALL_PAGES & set(fixtures) or "built_site" in arguments:
        return Scope.PAGES
    return Scope.SAMPLES


class Recorder:
    """Keeps the outcome of every test, set-up and tear-down included."""

    def __init__(self, path: Path, gear: str) -> None:
        self.path, self.gear = path, gear
        self.findings: dict[str, Finding] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            told = dict(report.user_properties).get(PROPERTY)
            reach: dict[str, Any] = told if isinstance(told, dict) else {}
            values = tuple(sorted(reach.get("values", {}).items()))
            outcome = {"passed": Outcome.PASSED, "failed": Outcome.FAILED}.get(report.outcome, Outcome.UNTESTED)
            self.findings[report.nodeid] = Finding(
                report.nodeid, outcome, Scope(reach.get("scope", Scope.SAMPLES)), values, self.gear, _now(), _commit()
            )

    def pytest_sessionfinish(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(dump(self.findings.values(), {}), "utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def _commit() -> str:
    """The project's version where the commit has one, else the commit."""
    ways = ["--tags", "--exact-match"], ["--always", "--abbrev=40", "--exclude=*"]
    told = (_git("describe", "--dirty", *way) for way in ways)
    return next(filter(None, told), "unknown")


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8").stdout.strip()
