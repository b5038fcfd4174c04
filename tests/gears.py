"""Gears of one suite, `--gear`: what a change can break at once, all that it can break, every page in every way, aloud."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

GEARS = {
    "unit": "neither browser nor Node.js nor Java, nothing that takes long",
    "report": "of `unit`, what looks at `report/`: what another report can break",
    "test": "all tests; the sweeps over engines, modes and widths see one page of each kind and language",
    "audit": "the sweeps over every page, properties on many examples, and what is marked `audit`",
    "all": "all tests but Orca's, the sweeps over every page",
    "orca": "the reader's tasks as Orca speaks them, on a desktop that nobody sees",
}
QUICK, MANY = 20, 100
"""Examples of a property in `unit` and `test`, and in the other gears, where it doesn't say how many it wants."""
SWEPT = {"swept", "swept_files", "swept_in_turn", "thorough"}
"""Fixtures that give the audit more than the other gears: pages (`tests/browsing.py`), tries."""
OTHERS = {"java", "node", "npm"}
"""Programs that `unit` may not start: it is Python alone."""
WHOLE_SITE = "built_site"
"""The fixture that takes as long as a hundred tests."""
LONG = {"browser", "checkers", "slow", "audit"}
"""What takes long says so by one of these marks."""
OF_REPORT = "shipped"
"""The fixture that all others of `report/` rest on."""


def pytest_addoption(parser: pytest.Parser) -> None:
    says = "; ".join(f"{name}: {what}" for name, what in GEARS.items())
    parser.addoption("--gear", choices=tuple(GEARS), default="all", help=says)


def pytest_configure(config: pytest.Config) -> None:
    """The same examples on every run: a red test is a change, not luck. Deadlines measure the machine, not the code."""
    settings.register_profile(
        "gear", deadline=None, derandomize=True, database=None, max_examples=QUICK if is_quick(config) else MANY
    )
    settings.load_profile("gear")
    if config.getoption("--gear") in ("unit", "report"):
        sys.addaudithook(_python_alone)


def _python_alone(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen" and Path(os.fsdecode(arguments[0])).stem in OTHERS:
        raise AssertionError(
            f"{arguments[0]}: a test of `make unit` starts no other program; mark it `checkers` or `slow`"
        )


def examples(many: int, *allowed: HealthCheck) -> settings:
    """`many` examples of a property, in the gears that are run often the first fifth of them; `allowed`: what Hypothesis would complain of."""
    default = settings.default
    assert default is not None
    return settings(max_examples=many * default.max_examples // MANY, suppress_health_check=allowed)


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether chance is tried often."""
    return not is_quick(pytestconfig)


def is_quick(config: pytest.Config) -> bool:
    return config.getoption("--gear") in ("unit", "report", "test")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    gear = config.getoption("--gear")
    chosen = [item for item in items if runs_in(gear, item)]
    config.hook.pytest_deselected(items=[item for item in items if not runs_in(gear, item)])
    items[:] = in_turn(chosen)


def in_turn(items: list[pytest.Item]) -> list[pytest.Item]:
    """Files that take long first, so that no process is left with one of them when the others have done.

    One of those that need the built site begins: while a process builds it, the others run what needs none.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long, short = _parted(files.values(), lambda item: bool(LONG & _marks(item)))
    visiting, alone = _parted(long, lambda item: WHOLE_SITE in getattr(item, "fixturenames", ()))
    checking, looking = _parted(visiting, lambda item: _marks(item) >= {"browser", "checkers"})
    first, *others = [*checking, *looking] or [[]]
    return [item for file in (first, *alone, *others, *short) for item in file]


def _parted(
    files: Iterable[list[pytest.Item]], holds: Callable[[pytest.Item], bool]
) -> tuple[list[list[pytest.Item]], list[list[pytest.Item]]]:
    """Files with a test of which it holds, and those without."""
    found = [(any(map(holds, file)), file) for file in files]
    return [file for held, file in found if held], [file for held, file in found if not held]


def _marks(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: no search for garbage need look at them again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Below pytest's own, which leaves out what there is none of."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and config.getoption("--gear") == "orca":
        passed, failed, broken = (len(reporter.getreports(kind)) for kind in ("passed", "failed", "error"))
        print(f"{passed} passed, {failed + broken} failed")


def runs_in(gear: str, item: pytest.Item) -> bool:
    marks = _marks(item)
    fixtures = set(getattr(item, "fixturenames", ()))
    if gear == "orca" or "orca" in marks:
        return gear == "orca" and "orca" in marks
    match gear:
        case "unit":
            return not marks & {"browser", "checkers", "slow", "audit"} and WHOLE_SITE not in fixtures
        case "report":
            return OF_REPORT in fixtures and runs_in("unit", item)
        case "test":
            return "audit" not in marks
        case "audit":
            return bool(SWEPT & fixtures) or "audit" in marks or is_hypothesis_test(getattr(item, "obj", None))
    return True
