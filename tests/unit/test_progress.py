"""What is said while something takes long: nothing in the first second, nothing into a file, a line at a time."""

from __future__ import annotations

import io
import time

import pytest

from report_site.commands.progress import Progress, left


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made.monotonic)
    return made


def test_it_says_how_far_it_is_once_a_second(clock: Clock) -> None:
    terminal = Terminal()
    progress = Progress("pages", terminal)
    for done in range(1, 9):
        clock.now += 0.6
        progress(done, 8)
    assert terminal.getvalue().splitlines() == [
        "pages: 2 of 8; about 4 s left",
        "pages: 4 of 8; about 2 s left",
        "pages: 6 of 8; about 1 s left",
    ]


def test_nothing_is_said_into_a_file(clock: Clock) -> None:
    file = io.StringIO()
    progress = Progress("pages", file)
    clock.now += 10
    progress(1, 8)
    assert file.getvalue() == ""


@pytest.mark.parametrize(
    ("seconds", "done", "total", "said"),
    [(10, 1, 11, "; about 1 min 40 s left"), (3, 3, 6, "; about 3 s left"), (9, 4, 4, ""), (9, 5, 4, "")],
)
def test_the_rest_goes_as_the_part_that_is_done_went(seconds: float, done: int, total: int, said: str) -> None:
    assert left(seconds, done, total) == said
