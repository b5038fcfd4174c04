"""The chain from an extraction to the typed report, in order; nothing else orders the stages.

read → clean → correct → find furniture → classify → rule → assemble → shape → outline → pages → translate → ledger
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..folder.catalogue import Translations
from ..folder.corrections import correct
from ..folder.headlines import find_headlines
from ..folder.loading import ReportFolder
from ..folder.places import Finder, Lookup, align, find_places
from ..language.progress import Told, nobody
from ..model import Page, SourceLine
from ..model.errors import InputError, Problem
from ..report import Report
from ..source.read.classify import ClassifiedLine, LineKind, classify
from ..source.read.cleaning import clean
from ..source.read.decoding import receive
from ..source.read.furniture import find_furniture
from ..source.read.noise import learn_vocabulary
from ..source.read.rulings import rule_lines
from ..source.shape.assemble import assemble
from ..source.shape.rulings import overrun_titles, rule_elements
from ..source.shape.tables import continue_index
from ..source.structure.proving import Known, prove
from ..source.structure.summaries import unknown_pages
from .outcome import Outcome, as_report, doubted_lines

STAGES = 8
"""Of about the same length, as told to who waits."""


def convert(
    folder: ReportFolder,
    translations: Translations,
    source: Path | None = None,
    encoding: str | None = None,
    told: Told = nobody,
) -> Report:
    """The report of `source` (the folder's own by default), in the `encoding` that a person named."""
    dialect = folder.profile.dialect
    received = receive(source, encoding) if source else receive(folder.source, encoding, folder.root, dialect)
    own = receive(folder.source, None, folder.root, dialect) if source and folder.source.exists() else None
    moved = align(own.lines, received.lines) if own else {}
    if source:
        translations = replace(translations, official=folder.profile.official)
    report = build_report(folder, translations, received.lines, str(source or folder.source), moved, told)
    basis = replace(report.basis, encoding=received.encoding, dialect=received.dialect.value)
    report = replace(report, origin=str(received), basis=basis)
    if source is None:
        return report
    pages = {**report.written_pages, **folder.official_pages}
    return replace(report, restated=False, written_pages=pages)


def build_report(
    folder: ReportFolder,
    translations: Translations,
    received: Sequence[SourceLine],
    name: str,
    moved: Mapping[int, int] | None = None,
    told: Told = nobody,
) -> Report:
    """The report of the lines received; `moved` tells where the lines of the folder's own source stand in them."""
    profile = folder.profile
    told(0, STAGES)
    corrected = correct(clean(received), profile.corrections, Finder(received, moved or {}))
    told(1, STAGES)
    furniture = find_furniture(corrected.lines)
    told(2, STAGES)
    vocabulary = learn_vocabulary(corrected.lines, frozenset(furniture.rules))
    guessed = classify(corrected.lines, furniture, vocabulary)
    told(4, STAGES)
    finder = Finder(received, moved or {}, frozenset(furniture.rules), _headings(guessed))
    places = find_places(profile, folder.figures, finder)
    classified = rule_lines(guessed, places.uses, places.headings, outlined=bool(profile.outline))
    assembled = assemble(classified, furniture.contents, profile.language)
    elements = overrun_titles(continue_index(assembled, furniture.contents), classified)
    ruled = rule_elements(elements, places)
    told(5, STAGES)
    proved = prove(ruled.elements, Known(folder, places, furniture, classified, ruled.tables, len(received)))
    told(7, STAGES)
    require_pages(proved.pages, name)
    headlines = find_headlines(corrected.lines, places, profile.language, doubted_lines(places))
    unknown = unknown_pages(folder, proved.pages)
    if problems := [*places.problems, *proved.problems, *headlines.problems, *unknown]:
        raise InputError(*problems)
    unmoved = (Lookup("moves", place, None) for place in ruled.unmoved)
    lookups = (*corrected.lookups, *places.lookups, *unmoved)
    outcome = Outcome(corrected, furniture, guessed, places, proved, headlines, lookups)
    report = as_report(outcome, folder, translations)
    told(STAGES, STAGES)
    return report


def require_pages(pages: Sequence[Page], name: str) -> None:
    if not pages:
        remedy = "check that this is the extraction of a report"
        raise InputError(Problem(name, "nothing but furniture and noise: no text to publish", remedy))


def _headings(lines: Sequence[ClassifiedLine]) -> frozenset[int]:
    return frozenset(line.number for line in lines if line.kind is LineKind.HEADING)
