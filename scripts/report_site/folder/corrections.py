"""Certain errors of the printed text, mended in the place named and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import SourceLine
from .places import Finder, Lookup
from .profile import Correction


@dataclass(frozen=True, slots=True)
class Applied:
    """One correction: the line of this source, and whether it needed it."""

    correction: Correction
    line: int
    applied: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    lines: tuple[SourceLine, ...]
    corrections: tuple[Applied, ...]
    lookups: tuple[Lookup, ...]
    """Corrections whose place is missing, holds neither wording, or was found elsewhere."""


def correct(lines: Iterable[SourceLine], corrections: Iterable[Correction], finder: Finder) -> Corrected:
    by_number = {line.number: line for line in lines}
    done: list[Applied] = []
    lookups: list[Lookup] = []
    for correction in corrections:
        lookup = finder.find(correction.at, "corrections")
        number = lookup.span[0] if lookup.span else correction.at.first
        line = by_number.get(number) if lookup.span else None
        applies = line is not None and correction.wrong in line.text
        if line is not None and applies:
            by_number[number] = line.changed("correction", line.text.replace(correction.wrong, correction.right))
        elif line is not None and correction.wording == "any" and correction.right not in line.text:
            lookup = Lookup("corrections", correction.at, None)
        if lookup.span is None or lookup.how != "there":
            lookups.append(lookup)
        done.append(Applied(correction, number, applies))
    return Corrected(tuple(by_number[number] for number in by_number), tuple(done), tuple(lookups))
