"""The chain from an extraction to the typed report, in order; nothing else orders the stages.

read → clean → correct → find furniture → classify → rule → assemble → shape → outline → pages → translate → ledger
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import InputError, Problem
from .folder.catalogue import Translations
from .folder.corrections import Applied, correct
from .folder.headlines import find_headlines
from .folder.loading import ReportFolder
from .folder.places import Finder, Lookup, Places, align, find_places
from .folder.profile import Headline as HeadlineEntry
from .folder.profile import Profile, SiteEntry, TableRuling, wording
from .language.tags import VARIETIES, Variety, other_than
from .model import Flag, Heading, KeyFigure, KeyFigures, Language, Page, Section, SourceLine
from .read.classify import ClassifiedLine, LineKind, classify
from .read.cleaning import clean
from .read.decoding import receive
from .read.furniture import Furniture, body, find_furniture
from .read.noise import learn_vocabulary
from .read.rulings import rule_lines
from .references import find_references
from .report import Basis, CorrectionNote, Maker, Report
from .shape.as_printed import AS_PRINTED, ROUNDS, as_printed
from .shape.assemble import assemble
from .shape.elements import Element
from .shape.figures import own_text
from .shape.key_figures import SpokenProse
from .shape.rulings import overrun_titles, rule_elements
from .shape.shaper import Shaper, text_of
from .shape.tables import continue_index
from .structure.ledger import Dropped, Ledger, keep_ledger
from .structure.navigation import Headline, map_site
from .structure.outline import Branch, grow, plan_headings
from .structure.pages import on_one_page, paginate
from .structure.paging import settle_pages
from .structure.slugs import name_sections
from .structure.translation import has_translation, translate


def convert(
    folder: ReportFolder, translations: Translations, source: Path | None = None, encoding: str | None = None
) -> Report:
    """The report of `source` (the folder's own by default), in the `encoding` that a person named."""
    told = folder.profile.dialect
    received = receive(source, encoding) if source else receive(folder.source, encoding, folder.root, told)
    own = receive(folder.source, None, folder.root, told) if source and folder.source.exists() else None
    moved = align(own.lines, received.lines) if own else {}
    report = build_report(folder, translations, received.lines, str(source or folder.source), moved)
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
) -> Report:
    """The report of the lines received; `moved` tells where the lines of the folder's own source stand in them."""
    profile = folder.profile
    moved = moved or {}
    corrected = correct(clean(received), profile.corrections, Finder(received, moved))
    furniture = find_furniture(corrected.lines)
    vocabulary = learn_vocabulary(corrected.lines, frozenset(furniture.rules))
    guessed = classify(corrected.lines, furniture, vocabulary)
    finder = Finder(received, moved, frozenset(furniture.rules), _headings(guessed))
    places = find_places(profile, folder.figures, finder)
    classified = rule_lines(guessed, places.uses, places.headings, outlined=bool(profile.outline))
    assembled = assemble(classified, furniture.contents, profile.language)
    elements = overrun_titles(continue_index(assembled, furniture.contents), classified)
    ruled = rule_elements(elements, places)
    known = _Known(folder, places, furniture, classified, ruled.tables, len(received))
    pages, ledger, problems, stand = _proved(ruled.elements, known)
    if not pages:
        raise InputError(
            Problem(
                name,
                "nothing but furniture and noise: no text to publish",
                "check that this is the extraction of a report",
            )
        )
    flags = _flags(places, pages, stand)
    doubtful = frozenset(line for flag in flags for line in flag.lines)
    headlines = find_headlines(corrected.lines, places, profile.language, doubtful)
    if problems := [*places.problems, *problems, *headlines.problems]:
        raise InputError(*problems)
    lookups = (*corrected.lookups, *places.lookups, *(Lookup("moves", place, None) for place in ruled.unmoved))
    translated = translate(pages, translations, profile.language)
    return Report(
        language=profile.language,
        varieties=_varieties(profile, translated),
        title=wording(profile.title),
        publisher=wording(profile.publisher),
        year=profile.year,
        published=profile.published,
        restated=profile.restated,
        dated=profile.dated,
        maker=_maker(profile.site),
        contact=profile.contact,
        intro=wording(profile.intro),
        pages=translated,
        printed_whole=on_one_page(translated, furniture.printed_pages),
        untranslated=pages,
        site_map=map_site(translated, _chosen(headlines.by_slug, profile.language), doubtful),
        ledger=ledger,
        printed_pages=furniture.printed_pages,
        corrections=tuple(map(_correction, corrected.corrections)),
        flags=flags,
        terms=folder.terms,
        written_pages=folder.written_pages,
        missing=tuple((lookup.section, lookup.place) for lookup in lookups if lookup.span is None),
        references=find_references(corrected.lines, pages),
        notes=tuple(map(str, lookups)),
        unplaced=tuple(str(lookup) for lookup in lookups if lookup.span is None),
        basis=Basis(
            tuple(corrected.lines),
            furniture.contents.entries,
            {line.number: line.rule for line in guessed},
            _settled(places, corrected.corrections),
        ),
    )


# --- pages and their proof -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """All that making pages of elements needs beside the elements."""

    folder: ReportFolder
    places: Places
    furniture: Furniture
    lines: Sequence[ClassifiedLine]
    tables: Mapping[int, TableRuling]
    total: int


_Made = tuple[tuple[Page, ...], Ledger, list[Problem]]


def _proved(elements: Sequence[Element], known: _Known) -> tuple[*_Made, tuple[int, ...]]:
    """Pages, ledger, problems, and the lines that had to be published as they stand to lose nothing of them."""
    texts = {line.number: body(line.line) for line in known.lines}
    ruled = _ruled_lines(known.places)
    kept = ruled | {n for element in elements if not ruled.isdisjoint(element.lines) for n in element.lines}
    stand: set[int] = set()
    made = _made(elements, known, stand)
    for _ in range(ROUNDS):
        lost = {number for number in made[1].lost if number not in kept}
        if not lost:
            break
        stand |= lost
        elements = as_printed(elements, lost, texts)
        made = _made(elements, known, stand)
    return (*made, tuple(sorted(stand)))


def _made(elements: Sequence[Element], known: _Known, stand: Collection[int]) -> _Made:
    folder, places, furniture = known.folder, known.places, known.furniture
    prose = SpokenProse(elements, folder.profile.language)
    shaper = Shaper(folder, prose, known.tables, places.figures, _quotes(known.lines))
    sections = _sections(elements, shaper, furniture, places)
    pages = paginate(name_sections(sections, furniture.titles), furniture.printed_pages)
    dropped = replace(_dropped(shaper, places), heads=_heads_around(known), stand=frozenset(stand))
    return pages, keep_ledger(known.lines, pages, furniture.printed_pages, dropped, known.total), shaper.problems


def _ruled_lines(places: Places) -> frozenset[int]:
    """Lines that an editor has said something of: what is lost there is the editor's to mend."""
    spans = (*(span for span, _ in places.tables), *places.diagrams)
    return frozenset({*places.uses, *places.figures, *(n for first, last in spans for n in range(first, last + 1))})


# --- sections ------------------------------------------------------------------------------------------------------


def _sections(elements: Sequence[Element], shaper: Shaper, furniture: Furniture, places: Places) -> tuple[Section, ...]:
    branches = settle_pages(grow(elements, plan_headings(elements, places.headings, furniture)))
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


def _dropped(shaper: Shaper, places: Places) -> Dropped:
    """What the shapes took away, line by line."""
    ruled = frozenset(line for (first, last), _ in places.tables for line in range(first, last + 1))
    return Dropped(shaper.dropped, shaper.silent, shaper.moved, shaper.ends, shaper.left_out, ruled)


def _heads_around(known: _Known) -> dict[int, str]:
    """Line that opens a chapter -> the running head without the chapter's title."""
    titles = known.furniture.opened_texts
    lines = {line.number: body(line.line) for line in known.lines if line.number in titles}
    return {number: " ".join(text.replace(titles[number], " ", 1).split()) for number, text in lines.items()}


def _headings(lines: Sequence[ClassifiedLine]) -> frozenset[int]:
    return frozenset(line.number for line in lines if line.kind is LineKind.HEADING)


def _quotes(lines: Sequence[ClassifiedLine]) -> frozenset[int]:
    return frozenset(line.number for line in lines if line.rule in ("ruling-quote", "quote-mark"))


def _flags(places: Places, pages: Sequence[Page], stand: Sequence[int]) -> tuple[Flag, ...]:
    """The editor's doubts, the key figures that nothing pairs, and what stands as it was extracted."""
    given = [Flag(tuple(range(span[0], span[1] + 1)), "editor", what=wording(flag.what)) for flag, span in places.flags]
    found = [Flag((number,), AS_PRINTED) for number in stand]
    for page in pages:
        for section in page.section.walk():
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    found += [_unpaired(figure) for figure in block.figures if figure.label is None]
    return (
        *given,
        *(flag for flag in found if not any(set(flag.lines) & set(g.lines) for g in given)),
    )


def _settled(places: Places, corrections: Sequence[Applied]) -> frozenset[int]:
    """Lines that a person has ruled on."""
    spans = [*(span for span, _ in places.tables), *(span for _, span in places.flags), *places.diagrams]
    spans += [span for _, *both in places.moves for span in both]
    ranges = (range(first, last + 1) for first, last in spans)
    corrected = (one.line for one in corrections if one.applied)
    return frozenset().union(places.uses, places.figures, corrected, *ranges)


def _varieties(profile: Profile, pages: Sequence[Page]) -> dict[Language, Variety]:
    """The source's language, and the other where a person has translated anything into it."""
    other = other_than(profile.language)
    spoken = {profile.language: VARIETIES[profile.variety]}
    return spoken | ({other: VARIETIES[other]} if has_translation(pages, profile.language) else {})


def _maker(site: SiteEntry) -> Maker:
    return Maker(wording(site.name), site.address, wording(site.licence), site.contact)


def _chosen(given: Mapping[str, Sequence[HeadlineEntry]], language: Language) -> dict[str, tuple[Headline, ...]]:
    return {
        slug: tuple(Headline(own_text(one.value, language), own_text(one.label, language)) for one in chosen)
        for slug, chosen in given.items()
    }


def _unpaired(figure: KeyFigure) -> Flag:
    return Flag(figure.value.lines, "unpaired-figure", figure.value.source)


def _correction(one: Applied) -> CorrectionNote:
    given = one.correction
    official = given.wording == "official"
    return CorrectionNote(given.at, one.line, given.wrong, given.right, wording(given.why), official, one.applied)
