"""How far something is that takes longer than a second, and about how long the rest will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

import click

Told = Callable[[int, int], None]
"""Hears how much is done, of how much."""

PATIENCE = 1.0
"""Seconds before anything is said, and between one line and the next."""


def nobody(done: int, total: int) -> None:
    """Where nobody waits."""


class Progress:
    """Called as `progress(done, total)`; says it on a terminal alone, where a person waits, a line at a time.

    A line of its own each time: a screen reader reads new lines, and not what a line becomes.
    """

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._begin = self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said < PATIENCE or done >= total or not self._stream.isatty():
            return
        self._said = now
        click.echo(f"{self._what}: {done} of {total}{left(now - self._begin, done, total)}", file=self._stream)


def left(seconds: float, done: int, total: int) -> str:
    """`; about 1 min 20 s left`, as the part that is done went; empty at the end."""
    if done >= total:
        return ""
    rest = round(seconds / done * (total - done))
    return f"; about {f'{rest // 60} min ' if rest >= 60 else ''}{rest % 60} s left"
