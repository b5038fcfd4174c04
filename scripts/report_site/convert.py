"""The chain from an extraction to the typed report, in order; nothing else orders the stages.

read → clean → correct → find furniture → classify → rule → assemble → shape → outline → pages → translate → ledger
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import InputError, Problem
from .folder.catalogue import Translations
from .folder.profile import Correction, FigureEntry, Headline, OutlineEntry, Place, ReportFolder
from .language.strings import LANGUAGES, words
from .model import Flag, Heading, KeyFigure, KeyFigures, Page, Section, SourceLine
from .read.classify import ClassifiedLine, classify
from .read.cleaning import clean
from .read.decoding import read_source
from .read.furniture import Furniture, find_furniture
from .read.noise import learn_vocabulary
from .shape.assemble import assemble
from .shape.elements import Element
from .shape.figures import own_text
from .shape.key_figures import SpokenProse
from .shape.rulings import Docket, align, apply_corrections, find_headlines, overrun_titles, rule_elements, rule_lines
from .shape.shaper import Shaper, text_of
from .shape.tables import continue_index
from .structure.ledger import Ledger, keep_ledger
from .structure.outline import Branch, grow, opens_page, plan_headings
from .structure.pages import name_sections, paginate
from .structure.translation import translate


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the outputs are written from."""

    folder: ReportFolder
    pages: tuple[Page, ...]
    untranslated: tuple[Page, ...]
    """The pages as they were before translation: what the catalogue is made from."""
    ledger: Ledger
    printed_pages: Mapping[int, int]
    corrections: tuple[Correction, ...]
    headlines: Mapping[str, tuple[Headline, ...]]
    """Slug of a chapter -> the figures that report.yml chose for it."""
    flags: tuple[Flag, ...]
    missing: tuple[tuple[str, Place], ...]
    """Rulings whose place this source doesn't have: (section of report.yml, place)."""


def convert(folder: ReportFolder, translations: Translations, source: Path | None = None) -> Report:
    """The report of `source` (the folder's own by default)."""
    path = source or folder.source
    received = read_source(path)
    moved = align(read_source(folder.source), received) if source and folder.source.exists() else {}
    return build_report(folder, translations, received, str(path), moved)


def build_report(
    folder: ReportFolder,
    translations: Translations,
    received: Sequence[SourceLine],
    name: str,
    moved: Mapping[int, int] | None = None,
) -> Report:
    """The report of the lines received; `moved` tells where the lines of the folder's own source stand in them."""
    profile = folder.profile
    docket = Docket(received, moved or {})
    cleaned = clean(received)
    corrected, applied = apply_corrections(cleaned, profile.corrections, docket)
    furniture = find_furniture(corrected)
    vocabulary = learn_vocabulary(corrected, frozenset(furniture.rules))
    classified = rule_lines(classify(corrected, furniture, vocabulary), profile.lines, profile.outline, docket)
    assembled = assemble(classified, furniture.contents, profile.language)
    elements = overrun_titles(continue_index(assembled, furniture.contents), classified)
    ruled = rule_elements(elements, profile, [entry.at for entry in folder.figures], docket)
    shaper = Shaper(
        folder,
        SpokenProse(ruled.elements, profile.language),
        ruled.tables,
        _found_figures(folder, docket),
        _quotes(classified),
    )
    pages = paginate(
        name_sections(_sections(ruled.elements, shaper, furniture, docket), furniture),
        furniture.printed_pages,
    )
    if not pages:
        raise InputError(
            Problem(
                name,
                "nothing but furniture and noise: no text to publish",
                "check that this is the extraction of a report",
            )
        )
    headlines = find_headlines(corrected, profile.outline, profile.language, docket)
    if shaper.problems or docket.problems:
        raise InputError(*shaper.problems, *docket.problems)
    ledger = keep_ledger(
        classified,
        pages,
        furniture.printed_pages,
        shaper.dropped,
        shaper.silent,
        len(received),
        moved=shaper.moved,
        ends=shaper.ends,
        left_out=shaper.left_out,
    )
    translated = translate(pages, translations, profile.language)
    return Report(
        folder,
        translated,
        pages,
        ledger,
        furniture.printed_pages,
        applied,
        headlines,
        _flags(folder, pages, docket),
        tuple(docket.missing),
    )


# --- sections ------------------------------------------------------------------------------------------------------


def _sections(elements: Sequence[Element], shaper: Shaper, furniture: Furniture, docket: Docket) -> tuple[Section, ...]:
    entries = _entries(shaper.folder.profile.outline, docket)
    branches = grow(elements, plan_headings(elements, entries, furniture))
    return tuple(_section(branch, None, shaper) for branch in branches)


def _section(branch: Branch, parent: Branch | None, shaper: Shaper) -> Section:
    title = branch.heading.pieces[0] if branch.heading else None
    profile = shaper.folder.profile
    text = text_of(title) if title else own_text(profile.title, profile.language)
    return Section(
        Heading(lines=branch.heading.lines if branch.heading else (), text=text),
        branch.plan.kind,
        branch.plan.slug,
        tuple(block for element in branch.body for block in shaper.shape(element, text)),
        tuple(_section(child, branch, shaper) for child in branch.children),
        opens_page(branch, parent),
        branch.plan.accent,
    )


def _entries(outline: Sequence[OutlineEntry], docket: Docket) -> dict[int, tuple[int, OutlineEntry]]:
    """Outline entries by the line where this source has them, with their depth."""
    quiet = Docket(docket.lines, docket.moved)
    found: dict[int, tuple[int, OutlineEntry]] = {}

    def visit(entries: Sequence[OutlineEntry], depth: int) -> None:
        for entry in entries:
            if span := quiet.find(entry.at):
                found[span[0]] = (depth, entry)
            visit(entry.sections, depth + 1)

    visit(outline, 1)
    return found


def _found_figures(folder: ReportFolder, docket: Docket) -> dict[int, FigureEntry]:
    found: dict[int, FigureEntry] = {}
    for entry in folder.figures:
        if span := docket.find(entry.at, "figures"):
            found |= dict.fromkeys(range(span[0], span[1] + 1), entry)
    return found


def _quotes(lines: Sequence[ClassifiedLine]) -> frozenset[int]:
    return frozenset(line.number for line in lines if line.rule in ("ruling-quote", "quote-mark"))


def _flags(folder: ReportFolder, pages: Sequence[Page], docket: Docket) -> tuple[Flag, ...]:
    """The editor's doubts, and the key figures that nothing pairs."""
    given = [
        Flag(tuple(range(span[0], span[1] + 1)), "editor", {"zh": flag.what.zh, "en": flag.what.en})
        for flag in folder.profile.flags
        if (span := docket.find(flag.at, "flags"))
    ]
    found: list[Flag] = []
    for page in pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    found += [_unpaired(figure) for figure in block.figures if figure.label is None]
    return (
        *given,
        *(flag for flag in found if not any(set(flag.lines) & set(g.lines) for g in given)),
    )


def _unpaired(figure: KeyFigure) -> Flag:
    value = figure.value.source
    return Flag(
        figure.value.lines,
        "unpaired-figure",
        {language: words("unpaired-figure", language, value=value) for language in LANGUAGES},
    )
