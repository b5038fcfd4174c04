"""The chain from an extraction to the typed report, in order; nothing else orders the stages.

read → clean → correct → find furniture → classify → rule → assemble → shape → outline → pages → translate → ledger
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from .errors import InputError, Problem
from .folder.catalogue import Translations
from .folder.loading import ReportFolder
from .folder.profile import Correction, FigureEntry, OutlineEntry, Profile, wording
from .folder.profile import Headline as HeadlineEntry
from .language.tags import VARIETIES, Variety, other_than
from .model import Flag, Heading, KeyFigure, KeyFigures, Language, Page, Section, SourceLine
from .read.classify import ClassifiedLine, classify
from .read.cleaning import clean
from .read.decoding import read_source
from .read.furniture import Furniture, find_furniture
from .read.noise import learn_vocabulary
from .report import CorrectionNote, Report
from .shape.assemble import Element, assemble
from .shape.figures import own_text
from .shape.rulings import Docket, align, apply_corrections, find_headlines, overrun_titles, rule_elements, rule_lines
from .shape.shaper import Shaper, text_of
from .shape.tables import continue_index
from .structure.ledger import keep_ledger
from .structure.navigation import Headline, map_site
from .structure.outline import Branch, grow, plan_headings
from .structure.pages import on_one_page, paginate
from .structure.paging import settle_pages
from .structure.slugs import name_sections
from .structure.translation import has_translation, translate


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
    elements = overrun_titles(continue_index(assemble(classified, furniture.contents), furniture.contents), classified)
    ruled = rule_elements(elements, profile, [entry.at for entry in folder.figures], docket)
    shaper = Shaper(
        folder, vocabulary, ruled.elements, ruled.tables, _found_figures(folder, docket), _quotes(classified)
    )
    pages = paginate(
        name_sections(_sections(ruled.elements, shaper, furniture, docket), furniture.titles),
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
    ledger = keep_ledger(classified, pages, furniture.printed_pages, shaper.dropped, shaper.silent, len(received))
    flags = _flags(folder, pages, docket)
    translated = translate(pages, translations, profile.language)
    return Report(
        language=profile.language,
        varieties=_varieties(profile, translated),
        title=wording(profile.title),
        publisher=wording(profile.publisher),
        year=profile.year,
        intro=wording(profile.intro),
        pages=translated,
        printed_whole=on_one_page(translated, furniture.printed_pages),
        untranslated=pages,
        site_map=map_site(translated, _chosen(headlines, profile.language)),
        ledger=ledger,
        printed_pages=furniture.printed_pages,
        corrections=_corrections(profile.corrections, applied, docket),
        flags=flags,
        terms=folder.terms,
        written_pages=folder.written_pages,
        missing=tuple(docket.missing),
    )


# --- sections ------------------------------------------------------------------------------------------------------


def _sections(elements: Sequence[Element], shaper: Shaper, furniture: Furniture, docket: Docket) -> tuple[Section, ...]:
    entries = _entries(shaper.folder.profile.outline, docket)
    branches = settle_pages(grow(elements, plan_headings(elements, entries, furniture)))
    return tuple(_section(branch, shaper) for branch in branches)


def _section(branch: Branch, shaper: Shaper) -> Section:
    title = branch.heading.pieces[0] if branch.heading else None
    profile = shaper.folder.profile
    text = text_of(title) if title else own_text(profile.title, profile.language)
    return Section(
        Heading(lines=branch.heading.lines if branch.heading else (), text=text),
        branch.plan.kind,
        branch.plan.slug,
        tuple(block for element in branch.body for block in shaper.shape(element, text)),
        tuple(_section(child, shaper) for child in branch.children),
        bool(branch.plan.page),
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
        Flag(tuple(range(span[0], span[1] + 1)), "editor", what=wording(flag.what))
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


def _varieties(profile: Profile, pages: Sequence[Page]) -> dict[Language, Variety]:
    """The source's language, and the other where a person has translated anything into it."""
    other = other_than(profile.language)
    spoken = {profile.language: VARIETIES[profile.variety]}
    return spoken | ({other: VARIETIES[other]} if has_translation(pages, profile.language) else {})


def _chosen(given: Mapping[str, Sequence[HeadlineEntry]], language: Language) -> dict[str, tuple[Headline, ...]]:
    return {
        slug: tuple(Headline(own_text(one.value, language), own_text(one.label, language)) for one in chosen)
        for slug, chosen in given.items()
    }


def _unpaired(figure: KeyFigure) -> Flag:
    return Flag(figure.value.lines, "unpaired-figure", figure.value.source)


def _corrections(
    given: Sequence[Correction], applied: Sequence[Correction], docket: Docket
) -> tuple[CorrectionNote, ...]:
    quiet = Docket(docket.lines, docket.moved)
    return tuple(
        CorrectionNote(
            one.at,
            (quiet.find(one.at) or (one.at.first,))[0],
            one.wrong,
            one.right,
            wording(one.why),
            one.wording == "official",
            one in applied,
        )
        for one in given
    )
