"""What stands beside the report's own lines: findings that somebody lets stand, summaries, translations for the
publisher's wording, pages and files. Each holds for the new source as long as the page or text that it is about does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ....folder.handing_on import names_in, settings_of
from ....folder.layout import FIGURES_NAME, PROFILE_NAME
from ....folder.loading import ReportFolder
from ....model.texts import texts_on
from ....report import Report
from ..settling import dumped
from .lines import Moved
from .rulings import Kept

IGNORES_NAME = "ignores.yml"
MISSING = "translation-missing"
LEFT = ("published", "dated", "restated")
"""Settings that are true of one edition alone."""
_MADE_ANEW = frozenset({PROFILE_NAME, FIGURES_NAME, "source.md", "source.txt", "todo.md", "intake.json", IGNORES_NAME})
_MADE = re.compile(r"(?:preflight|comparison)\.(?:html|csv)|(?:zh|en)\.po|(?:docs|site|build|pictures|pages)|\..*")
"""Made by commands, or carried over by its parts."""
_LINE = re.compile(r"\bsource\.\w+:(\d+)")
_TEXT = re.compile(r"\b(?P<slug>[a-z0-9-]+)(?P<between>#|/index\.html#)(?P<id>[\w-]+)")
_PAGE = re.compile(r"^(?:[a-z]{2}(?:-\w+)?/)?(?P<slug>[a-z0-9-]+)/index\.html$")


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of two reports, by what names them: `page#text`."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    old_pages: Collection[str]
    new_pages: Collection[str]

    @classmethod
    def of(cls, old: Report, new: Report) -> Texts:
        named = (
            {f"{page.slug}#{text.id}": text.source for page in one.pages for text in texts_on(page) if text.lines}
            for one in (old, new)
        )
        slugs = ([page.slug for page in one.pages] for one in (old, new))
        return cls(*named, *slugs)

    def moved(self, name: str) -> str | None:
        """What names the same text in the new report; None where it says something else, or nothing does."""
        text = self.old.get(name)
        if text is None or self.new.get(name) == text:
            return name if text is not None else None
        same = [other for other, said in self.new.items() if said == text]
        return same[0] if len(same) == 1 else None

    def is_same(self, slug: str) -> bool:
        """Whether the page says what it said."""
        old, new = ([text for name, text in one.items() if name.startswith(f"{slug}#")] for one in (self.old, self.new))
        return old == new


@dataclass(frozen=True, slots=True)
class Told:
    """Entries by their key, of those that still apply; keys of the others, and of those to look at again."""

    entries: Mapping[str, object]
    dropped: tuple[str, ...]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What became of all of it."""

    ignores: Kept
    summaries: Told
    official: Told
    left: tuple[str, ...]
    """Settings and files that don't carry over."""

    @property
    def settings(self) -> dict[str, dict[str, object]]:
        """For report.yml."""
        named = (("summaries", self.summaries), ("official", self.official))
        return {key: dict(one.entries) for key, one in named if one.entries}

    @property
    def files(self) -> dict[str, bytes]:
        entries = list(self.ignores.entries)
        return {IGNORES_NAME: dumped({"ignores": entries}).encode("utf-8")} if entries else {}

    @property
    def dropped(self) -> Iterator[str]:
        yield from (f"ignores: {place}" for place in self.ignores.dropped)
        yield from (f"summaries: {slug}" for slug in self.summaries.dropped)
        yield from (f"official: {name}" for name in self.official.dropped)
        yield from self.left

    @property
    def counts(self) -> Iterator[str]:
        """How many of each still apply."""
        for name, kept, gone in (
            ("ignores", self.ignores.entries, self.ignores.dropped),
            ("summaries", self.summaries.entries, self.summaries.dropped),
            ("official", self.official.entries, self.official.dropped),
        ):
            if total := len(kept) + len(gone):
                yield f"{name}: {len(kept)} of {total} still apply"


def carried_beside(
    old: ReportFolder, given: Mapping[str, object], texts: Texts, moved: Moved, kept: Collection[str]
) -> Beside:
    """`given`: the old report.yml; `kept`: the files that carry over as they are."""
    left = (*_left_settings(given), *(f"file: {name}" for name in _left_files(old, kept)))
    summaries, official = _summaries(given.get("summaries"), texts), _official(given.get("official"), texts)
    return Beside(_ignores(old.root, texts, moved), summaries, official, left)


def _ignores(root: Path, texts: Texts, moved: Moved) -> Kept:
    """Findings that were let stand, at the new places of their lines and texts."""
    entries: list[Mapping[str, object]] = []
    dropped: list[str] = []
    given = settings_of(root, IGNORES_NAME).get("ignores")
    for entry in given if isinstance(given, list) else ():
        place = None if _hides_all(entry) else _moved_place(str(entry["place"]), texts, moved)
        if place is None:
            dropped.append(f"{entry['code']} {entry['place']}")
        else:
            entries.append({**entry, "place": place})
    return Kept(tuple(entries), tuple(dropped))


def _hides_all(entry: Mapping[str, object]) -> bool:
    """Of the old report's state, not of a text: it would hide what nobody has looked at in the new one."""
    return entry["code"] == MISSING or not str(entry["place"]).strip("*? ")


def _moved_place(place: str, texts: Texts, moved: Moved) -> str | None:
    """The place in the new report; None where what it names isn't there any more."""
    page = _PAGE.match(place)
    if page and page["slug"] in texts.old_pages and page["slug"] not in texts.new_pages:
        return None
    lines = {number: moved.same.get(int(number)) for number in _LINE.findall(place)}
    named = {match[0]: texts.moved(f"{match['slug']}#{match['id']}") for match in _TEXT.finditer(place)}
    if None in lines.values() or None in named.values():
        return None
    place = _LINE.sub(lambda match: f"{match[0][: -len(match[1])]}{lines[match[1]]}", place)
    return _TEXT.sub(lambda match: str(named[match[0]]).replace("#", match["between"]), place)


def _summaries(given: object, texts: Texts) -> Told:
    """Of pages that there are; one whose page says something else now is to be looked at."""
    told = dict(given) if isinstance(given, dict) else {}
    kept = {slug: text for slug, text in told.items() if slug in texts.new_pages}
    changed = tuple(slug for slug in kept if not texts.is_same(slug))
    return Told(kept, tuple(slug for slug in told if slug not in kept), changed)


def _official(given: object, texts: Texts) -> Told:
    """Translations for the publisher's wording, of texts that are the same."""
    told = dict(given) if isinstance(given, dict) else {}
    moved = {name: texts.moved(name) for name in told}
    kept = {new: told[name] for name, new in moved.items() if new is not None}
    return Told(kept, tuple(name for name, new in moved.items() if new is None))


def _left_settings(given: Mapping[str, object]) -> Iterator[str]:
    """Settings of the old edition alone, with their values."""
    yield from (f"{key}: {given[key]}" for key in LEFT if key in given)


def _left_files(old: ReportFolder, kept: Collection[str]) -> Iterator[str]:
    """Files and folders of somebody's own that nothing takes over."""
    tops = {name.partition("/")[0] for name in kept}
    for name in names_in(old.root):
        if name not in tops and name not in _MADE_ANEW and not _MADE.fullmatch(name):
            yield name


def outdated_lines(files: Mapping[str, bytes], year: int | None) -> Iterator[str]:
    """Lines of written pages that name the old report's year."""
    for name, data in files.items():
        lines = data.decode("utf-8").splitlines() if year and name.startswith("pages/") else ()
        yield from (f"{name}:{number}: names {year}" for number, line in enumerate(lines, 1) if str(year) in line)
