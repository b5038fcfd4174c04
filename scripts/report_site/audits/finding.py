"""What an audit is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..model.errors import on_one_line
from .evidence import Evidence


class Spot(NamedTuple):
    """One thing that an audit found."""

    place: str
    """A page's file in the site with `#id`, a line of the source, a message of the catalogue, a key of report.yml."""
    what: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A pure function from the evidence to findings, with what a person needs to understand one."""

    code: str
    rule: str
    """What holds of a sound report, in one line."""
    reference: str
    """WCAG criterion or house rule."""
    remedy: str
    find: Callable[[Evidence], Iterable[Spot]]

    def findings(self, evidence: Evidence) -> tuple[Finding, ...]:
        return tuple(Finding(self.code, spot.place, spot.what, self.remedy) for spot in self.find(evidence))


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return on_one_line(f"{self.code}: {self.place}: {' '.join(self.what.split())} — {self.remedy}")


NAMED = 5
"""How many ids or words a finding names before it counts the rest."""


def listed(names: Iterable[object]) -> str:
    """`a, b, c and 7 more`."""
    every = [str(name) for name in names]
    rest = len(every) - NAMED
    return ", ".join(every[:NAMED]) + (f" and {rest} more" if rest > 0 else "")


def excerpt(text: str, limit: int = 60) -> str:
    """The text in quotation marks, cut where it is long."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= limit else plain[:limit] + '…'}”"
