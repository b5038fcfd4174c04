"""Gears of one suite, `--gear`: what a change can break at once, all that it can break, every page in every way, aloud."""

from __future__ import annotations

import pytest

GEARS = {
    "unit": "neither browser nor Node.js nor Java, nothing that takes long",
    "test": "all tests; the sweeps over engines, modes and widths see one page of each kind and language",
    "audit": "the sweeps over every page, and Lighthouse",
    "all": "all tests but Orca's, the sweeps over every page",
    "orca": "the reader's tasks as Orca speaks them, which wants a desktop",
}
SWEPT = {"swept", "swept_files"}
"""Fixtures of the pages that a sweep goes over: `tests/browsing.py`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    says = "; ".join(f"{name}: {what}" for name, what in GEARS.items())
    parser.addoption("--gear", choices=tuple(GEARS), default="all", help=says)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    gear = config.getoption("--gear")
    chosen = [item for item in items if runs_in(gear, item)]
    config.hook.pytest_deselected(items=[item for item in items if not runs_in(gear, item)])
    items[:] = chosen


def runs_in(gear: str, item: pytest.Item) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    sweeps = bool(SWEPT & set(getattr(item, "fixturenames", ())))
    if gear == "orca" or "orca" in marks:
        return gear == "orca" and "orca" in marks
    match gear:
        case "unit":
            return not marks & {"browser", "checkers", "slow", "audit"}
        case "test":
            return "audit" not in marks
        case "audit":
            return sweeps or "audit" in marks
    return True
