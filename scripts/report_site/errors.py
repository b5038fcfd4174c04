"""Errors that a person who runs the tool can mend: one line each, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where, what was found, what to do."""

    place: str
    """File, with line or path inside it: `report.yml: outline[3].at`."""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" — {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.message}{remedy}"


class InputError(Exception):
    """Bad input: carries every problem found, so that a person mends them in one go."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
