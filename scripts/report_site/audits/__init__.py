"""Every audit of `report-site check`, in order: what was lost comes first, matters of form last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..folder.loading import ReportFolder
from ..language.progress import Told, nobody
from . import (
    abbreviations,
    address,
    conservation,
    dropped,
    glossary,
    html,
    language,
    links,
    names,
    noise,
    numbers,
    parity,
    pictures,
    places,
    rulings,
    style,
    summaries,
    translation,
)
from .evidence import Evidence, gather
from .finding import Audit, Finding
from .ignores import load_ignores, sift

__all__ = ["AUDITS", "Audit", "Evidence", "Finding", "audit", "run_audits"]

_FAMILIES = (
    conservation,
    dropped,
    places,
    rulings,
    noise,
    translation,
    numbers,
    glossary,
    names,
    abbreviations,
    style,
    summaries,
    pictures,
    parity,
    language,
    html,
    links,
    address,
)
AUDITS: Mapping[str, Audit] = MappingProxyType({one.code: one for family in _FAMILIES for one in family.AUDITS})


def run_audits(folder: ReportFolder, site: Path, source: Path | None = None, told: Told = nobody) -> list[Finding]:
    """Findings of all audits; `source` is the other extraction that the site was built from, if it was; `told` hears
    how many are done, of how many.

    The folder's ignores are judged on its own source alone.
    """
    ignores = load_ignores(folder.root, tuple(AUDITS))
    sifted = sift(audit(gather(folder, site, source), told), ignores)
    return [*sifted.kept, *(() if source else sifted.unused)]


def audit(evidence: Evidence, told: Told = nobody) -> list[Finding]:
    """Findings before report/ignores.yml is heard."""
    found: list[Finding] = []
    for done, one in enumerate(AUDITS.values(), start=1):
        found += one.findings(evidence)
        told(done, len(AUDITS))
    return found
