"""The folder of the next year's report: what people settled last year, as far as it holds for the new source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ....convert import build_report
from ....folder.catalogue import Translations, load_catalogue
from ....folder.guesses import Sure
from ....folder.handing_on import kept_files, settings_of, unsettled_in
from ....folder.layout import FIGURES_NAME, PROFILE_NAME
from ....folder.loading import ReportFolder, read_picture
from ....folder.po import dump_po
from ....folder.profile import BilingualName, FigureEntry, Profile
from ....language.reason import Reason, reason
from ....language.strings import words
from ....model.errors import InputError, Problem
from ....report import Report
from ....source.structure.translation import messages
from ..scaffold import TODO_NAME, Started, comment, outline_of, outline_setting, setting, todo_file
from ..settling import dumped
from .beside import Beside, Texts, carried_beside, outdated_lines
from .catalogue import CarriedCatalogue, carried_catalogue
from .lines import Moved
from .outline import CarriedOutline, carried_outline
from .rulings import SECTIONS, Kept, kept_entries

LONGEST_ITEM = 100
"""Characters of a text that a list quotes."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The folder to be written, and what became of last year's."""

    started: Started
    summary: tuple[str, ...]
    """In numbers, an item a line."""
    new: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]

    def listed(self, most: int) -> Iterator[str]:
        """The first of each; the rest in numbers."""
        for name, items in (("new", self.new), ("changed", self.changed), ("dropped", self.dropped)):
            yield from (f"{name}: {item}" for item in items[:most])
            if len(items) > most:
                yield f"{name}: … and {len(items) - most} more in {TODO_NAME}"


def carry_over(old: ReportFolder, earlier: Report, started: Started) -> Carried:
    """`earlier`: the report that `old` gives; `started`: what the rules make of the new source alone."""
    if old.profile.language != started.profile.language:
        message = f"is in {old.profile.language}, the new report in {started.profile.language}"
        raise InputError(Problem(str(old.root / PROFILE_NAME), message, "start the new folder without --from"))
    moved = Moved.between(earlier.basis.lines, started.report.basis.lines)
    given, unsettled = settings_of(old.root, PROFILE_NAME), unsettled_in(old)
    kept = {section: kept_entries(section, given.get(section), moved) for section in SECTIONS}
    drawn = kept_entries("figures", settings_of(old.root, FIGURES_NAME).get("figures"), moved)
    outline = carried_outline(
        (given.get("outline") or outline_of(earlier), earlier),
        (outline_of(started.report), started.report),
        moved,
        _no_headings(kept["lines"]),
        unsettled.headings,
    )
    settings = _settings(given, old, started, unsettled.keys)
    figures = tuple(FigureEntry.model_validate(entry) for entry in drawn.entries)
    report = _report_of(old, started, _profile(settings, outline, kept), figures)
    wanted = list(messages(report.untranslated, report.language))
    catalogue = carried_catalogue(load_catalogue(old.catalogue), wanted)
    pictures = {name: read_picture(old.root, name) for name in _pictures(figures)}
    as_they_are = kept_files(old.root)
    beside = carried_beside(old, given, Texts.of(earlier, report), moved, as_they_are)
    text = _profile_yaml(" ".join(old.root.name.split()), settings, started, outline, kept, beside)
    files = {
        **started.files,
        **as_they_are,
        **beside.files,
        **{name: data for name, data in pictures.items() if data is not None and name not in started.files},
        PROFILE_NAME: text.encode("utf-8"),
        **({FIGURES_NAME: dumped({"figures": list(drawn.entries)}).encode("utf-8")} if drawn.entries else {}),
        old.catalogue.name: dump_po(catalogue.catalogue),
    }
    gone = old.profile.year if old.profile.year != started.profile.year else None
    outdated = tuple(outdated_lines(as_they_are, gone))
    became = Became(outline, {**kept, "figures": drawn}, catalogue, beside, outdated)
    return _told(started, files, became, old.catalogue.name)


def _no_headings(lines: Kept) -> frozenset[int]:
    """Lines of the new source that a ruling says are something else."""
    places = (str(entry["at"]).split()[0] for entry in lines.entries if entry.get("as") != "heading")
    return frozenset(int(place.partition("-")[0]) for place in places)


def _pictures(figures: Sequence[FigureEntry]) -> list[str]:
    return [f"pictures/{entry.picture}" for entry in figures if entry.picture]


def _report_of(old: ReportFolder, started: Started, profile: Profile, figures: tuple[FigureEntry, ...]) -> Report:
    names = frozenset(name.removeprefix("pictures/") for name in started.files if name.startswith("pictures/"))
    folder = ReportFolder(old.root, profile, figures, old.terms, old.written_pages, old.styles, names)
    return build_report(folder, Translations(profile.language), started.lines, "source.md")


# --- report.yml ----------------------------------------------------------------------------------------------------


def _title(old: ReportFolder, started: Started) -> tuple[BilingualName, Sure, Reason]:
    """Last year's title with this year in it, where the source says so; else the source's."""
    year, before = started.profile.year, old.profile.year
    language = started.profile.language
    if year and before:
        named = {one: old.profile.title[one].replace(str(before), str(year)) for one in ("zh", "en")}
        if "".join(named[language].split()) == "".join(started.profile.title[language].split()):
            return BilingualName.model_validate(named), Sure.MEDIUM, reason("guess-with-this-year")
    return started.profile.title, Sure.LOW, reason("guess-of-this-source")


Settings = Mapping[str, tuple[object, Sure, Reason]]
"""Key of report.yml -> value, how sure it is, why."""


def _settings(
    given: Mapping[str, object], old: ReportFolder, started: Started, guessed: Mapping[str, Sure]
) -> Settings:
    """What stands above the outline: what last year's folder settles is sure, what was `guessed` there still is."""
    title, sure, basis = _title(old, started)
    as_before = reason("guess-as-before")
    settings: dict[str, tuple[object, Sure, Reason]] = {
        "language": (old.profile.variety, Sure.HIGH, as_before),
        "dialect": (started.dialect.value, Sure.HIGH, reason("guess-source-marks")),
        "title": (title.model_dump(), min(sure, guessed.get("title", sure)), basis),
    }
    if started.profile.year:
        settings["year"] = (started.profile.year, Sure.MEDIUM, reason("guess-by-title"))
    for key in ("publisher", "contact", "site", "data"):
        if key in given:
            settings[key] = (given[key], guessed.get(key, Sure.HIGH), as_before)
    if "intro" in given:
        settings["intro"] = (given["intro"], Sure.LOW, reason("guess-earlier-intro"))
    return settings


def _profile(settings: Settings, outline: CarriedOutline, kept: Mapping[str, Kept]) -> Profile:
    data = {key: value for key, (value, _, _) in settings.items()}
    rulings = {section: list(one.entries) for section, one in kept.items()}
    return Profile.model_validate({**data, "outline": outline.data, **rulings})


def _profile_yaml(
    name: str,
    settings: Settings,
    started: Started,
    outline: CarriedOutline,
    kept: Mapping[str, Kept],
    beside: Beside,
) -> str:
    voice = started.voice
    parts = [
        comment(words("guess-carried", voice, name=name)),
        *(setting(key, value, sure, basis.said(voice)) for key, (value, sure, basis) in settings.items()),
        outline_setting(outline.data, started.report, voice, outline.settled),
        *(dumped({section: list(one.entries)}) for section, one in kept.items() if one.entries),
        *(dumped({key: entries}) for key, entries in beside.settings.items()),
    ]
    return "".join(part.rstrip("\n") + "\n" for part in parts)


# --- what became of it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Became:
    """What became of each part of the old folder."""

    outline: CarriedOutline
    kept: Mapping[str, Kept]
    catalogue: CarriedCatalogue
    beside: Beside
    outdated: tuple[str, ...]
    """Lines of written pages that name the old year."""

    @property
    def new(self) -> Iterator[str]:
        yield from (f"heading: {title}" for title in self.outline.new)
        yield from (f"text: {_cut(text)}" for text in self.catalogue.new)

    @property
    def changed(self) -> Iterator[str]:
        yield from (f"heading: {title}" for title in self.outline.changed)
        yield from (f"summaries: {slug}" for slug in self.beside.summaries.changed)
        yield from self.outdated
        yield from (f"text: {_cut(text)}" for text in self.catalogue.near)

    @property
    def dropped(self) -> Iterator[str]:
        yield from (f"heading: {title}" for title in self.outline.dropped)
        yield from (f"headlines: {place}" for place in self.outline.headlines)
        for section, one in self.kept.items():
            yield from (f"{section}: {place}" for place in one.dropped)
        yield from self.beside.dropped

    @property
    def summary(self) -> Iterator[str]:
        catalogue, outline = self.catalogue, self.outline
        total = catalogue.same + len(catalogue.near) + len(catalogue.new)
        yield f"translations: {catalogue.same} of {total} carried over, {len(catalogue.near)} to look at again, " + (
            f"{len(catalogue.new)} to write; {catalogue.gone} kept for texts that are gone"
        )
        yield f"headings: {outline.kept} of {len(outline.heads)} keep their addresses, {len(outline.new)} are new, " + (
            f"{len(outline.dropped)} are gone"
        )
        for section, one in self.kept.items():
            if total := len(one.entries) + len(one.dropped):
                yield f"{section}: {len(one.entries)} of {total} still apply"
        yield from self.beside.counts


def _told(started: Started, files: Mapping[str, bytes], became: Became, catalogue_name: str) -> Carried:
    new, changed, dropped = tuple(became.new), tuple(became.changed), tuple(became.dropped)
    # Of the new source alone; which texts are to be translated is said above.
    rest = tuple(item for item in started.todo if not item.startswith(f"{catalogue_name}: "))
    told = [*(f"new: {item}" for item in new), *(f"changed: {item}" for item in changed)]
    told += [f"dropped: {item}" for item in dropped]
    fresh = replace(started, files={**files, TODO_NAME: todo_file([*told, *rest])}, todo=rest)
    return Carried(fresh, tuple(became.summary), new, dropped, changed)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_ITEM else f"{plain[:LONGEST_ITEM]}…"
