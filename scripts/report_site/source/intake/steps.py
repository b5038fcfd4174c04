"""How far the intake of a PDF is."""

from __future__ import annotations

import time

from ...language.progress import Told


class Steps:
    """A step for each page read, waited for (the second witness takes about as long) and laid
    out.
    """

    def __init__(self, told: Told, pages: int, second: bool) -> None:
        self._told, self._pages, self._rounds = told, pages, 3 if second else 2
        self._begin = time.monotonic()
        self._reading = 0.0

    def read(self, page: int) -> None:
        self._told(page, self._rounds * self._pages)
        self._reading = time.monotonic() - self._begin

    def waits(self, seconds: float) -> None:
        share = seconds / (seconds + max(self._reading, 1.0))
        self._told(self._pages + int(share * self._pages), self._rounds * self._pages)

    def laid_out(self, page: int) -> None:
        self._told((self._rounds - 1) * self._pages + page, self._rounds * self._pages)
