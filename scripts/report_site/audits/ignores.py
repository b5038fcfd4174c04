"""Findings that a person has judged and lets stand: report/ignores.yml. Each needs a reason, and must be used."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ..folder.validation import Checked, Fault, load_model
from .finding import Finding

IGNORES_NAME = "ignores.yml"
UNUSED = "ignores-unused"
UNUSED_RULE = "every ignore matches a finding"
UNUSED_REMEDY = "take it out of ignores.yml"


class Ignore(BaseModel):
    """One code at one place; `*` in the place stands for anything."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    place: str = Field(min_length=1)
    why: str = Field(min_length=1)

    def matches(self, finding: Finding) -> bool:
        return finding.code == self.code and fnmatchcase(finding.place, self.place.replace("[", "[[]"))


class Ignores(Checked):
    model_config = ConfigDict(extra="forbid", frozen=True)
    ignores: tuple[Ignore, ...] = ()


@dataclass(frozen=True, slots=True)
class Sifted:
    kept: tuple[Finding, ...]
    unused: tuple[Finding, ...]


def load_ignores(root: Path, codes: Collection[str]) -> tuple[Ignore, ...]:
    """The folder's ignores; none where it has no such file."""
    path = root / IGNORES_NAME
    if not os.path.lexists(path):
        return ()

    class Known(Ignores):
        """The codes are those of the audits, which the file's model doesn't know."""

        def faults(self) -> Iterator[Fault]:
            for i, ignore in enumerate(self.ignores):
                if ignore.code not in codes:
                    message = f"no audit has the code {ignore.code!r}"
                    yield ("ignores", i, "code"), message, _nearest(ignore.code, codes)

    return load_model(path, root, Known).ignores


def _nearest(code: str, codes: Collection[str]) -> str:
    near = difflib.get_close_matches(code, codes, 1)
    return f"did you mean {near[0]!r}?" if near else f"codes are: {', '.join(codes)}"


def sift(findings: Sequence[Finding], ignores: Sequence[Ignore]) -> Sifted:
    """Findings that no ignore lets stand, and a finding for each ignore that lets none stand."""
    kept = tuple(finding for finding in findings if not any(ignore.matches(finding) for ignore in ignores))
    idle = [ignore for ignore in ignores if not any(ignore.matches(finding) for finding in findings)]
    return Sifted(
        kept,
        tuple(
            Finding(UNUSED, f"{IGNORES_NAME}: {one.code} {one.place}", "matches no finding", UNUSED_REMEDY)
            for one in idle
        ),
    )
