"""All that came of the chain as the one value that outputs are written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..folder.catalogue import Translations
from ..folder.corrections import Applied, Corrected
from ..folder.headlines import Headlines
from ..folder.layout import PROFILE_NAME
from ..folder.loading import ReportFolder
from ..folder.places import Lookup, Places
from ..folder.profile import Headline as HeadlineEntry
from ..folder.profile import Profile, SiteEntry, wording
from ..language.tags import VARIETIES, Variety, other_than
from ..model import Flag, KeyFigure, KeyFigures, Language, Page, RuleName
from ..report import Basis, CorrectionNote, Maker, Report
from ..report.references import find_references
from ..source.read.classify import ClassifiedLine
from ..source.read.furniture import Furniture
from ..source.shape.figures import own_text
from ..source.structure.navigation import Headline, map_site
from ..source.structure.pages import on_one_page
from ..source.structure.proving import Proved
from ..source.structure.summaries import with_summaries
from ..source.structure.topics import RuledTopics, topic_faults
from ..source.structure.translation import has_translation, translate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each stage of the chain made, as far as the report tells of it."""

    corrected: Corrected
    furniture: Furniture
    guessed: Sequence[ClassifiedLine]
    places: Places
    proved: Proved
    headlines: Headlines
    lookups: tuple[Lookup, ...]
    """Of every place that the folder's files name."""


def as_report(outcome: Outcome, folder: ReportFolder, translations: Translations) -> Report:
    profile, places, proved = folder.profile, outcome.places, outcome.proved
    translated = translate(proved.pages, translations, profile.language)
    headlines = _chosen(outcome.headlines.by_slug, profile.language)
    varieties = _varieties(profile, translated)
    shown = with_summaries(translated, profile.summaries, profile.language, varieties)
    lost = [lookup for lookup in outcome.lookups if lookup.span is None]
    flags = _flags(places, proved)
    doubtful = doubtful_lines(places, proved)
    site_map = map_site(translated, headlines, doubtful, _topics(places))
    faults = [str(fault) for fault in topic_faults(translated, site_map.topics, _topics(places))]
    return Report(
        language=profile.language,
        varieties=varieties,
        title=wording(profile.title),
        publisher=wording(profile.publisher),
        year=profile.year,
        published=profile.published,
        restated=profile.restated,
        dated=profile.dated,
        parquet=profile.data.parquet,
        maker=_maker(profile.site),
        contact=profile.contact,
        intro=wording(profile.intro),
        pages=shown,
        printed_whole=on_one_page(shown, outcome.furniture.printed_pages),
        untranslated=proved.pages,
        site_map=site_map,
        ledger=proved.ledger,
        printed_pages=outcome.furniture.printed_pages,
        corrections=tuple(map(_correction, outcome.corrected.corrections)),
        flags=flags,
        terms=folder.terms,
        written_pages=folder.written_pages,
        missing=tuple((lookup.section, lookup.place) for lookup in lost),
        references=find_references(outcome.corrected.lines, proved.pages),
        notes=(*map(str, outcome.lookups), *faults),
        unplaced=(*map(str, lost), *faults),
        basis=_basis(outcome),
    )


def _basis(outcome: Outcome) -> Basis:
    return Basis(
        tuple(outcome.corrected.lines),
        outcome.furniture.contents.entries,
        {line.number: line.rule for line in outcome.guessed},
        _settled(outcome.places, outcome.corrected.corrections),
    )


def doubted_lines(places: Places) -> frozenset[int]:
    """Lines that the editor doubts."""
    return frozenset(line for _, (first, last) in places.flags for line in range(first, last + 1))


def doubtful_lines(places: Places, proved: Proved) -> frozenset[int]:
    """Lines whose values readers are told to doubt."""
    return frozenset(line for flag in _flags(places, proved) for line in flag.lines)


def _maker(site: SiteEntry) -> Maker:
    return Maker(wording(site.name), site.address, wording(site.licence), site.contact)


def _flags(places: Places, proved: Proved) -> tuple[Flag, ...]:
    """The editor's doubts, the key figures that nothing pairs, and what stands as it was extracted."""
    given = [Flag(tuple(range(span[0], span[1] + 1)), "editor", what=wording(flag.what)) for flag, span in places.flags]
    found = [Flag((number,), RuleName.AS_PRINTED) for number in proved.stand]
    for page in proved.pages:
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


def _topics(places: Places) -> tuple[RuledTopics, ...]:
    return tuple(
        RuledTopics(
            range(first, last + 1),
            {one.topic: one.sections for one in entry.answered},
            f"{entry.at.in_file(PROFILE_NAME)}: topics",
        )
        for entry, (first, last) in places.topics
    )


def _chosen(given: Mapping[str, Sequence[HeadlineEntry]], language: Language) -> dict[str, tuple[Headline, ...]]:
    return {
        slug: tuple(Headline(own_text(one.value, language), own_text(one.label, language)) for one in chosen)
        for slug, chosen in given.items()
    }


def _unpaired(figure: KeyFigure) -> Flag:
    return Flag(figure.value.lines, "unpaired-figure", figure.value.source)


def _correction(one: Applied) -> CorrectionNote:
    given = one.correction
    return CorrectionNote(
        at=given.at,
        line=one.line,
        wrong=given.wrong,
        right=given.right,
        why=wording(given.why),
        official_only=given.wording == "official",
        applied=one.applied,
        glosses=(given.gloss.wrong or "", given.gloss.right or ""),
    )
