"""The report between conversion and outputs: one frozen value, all that `publish` and `site` may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..folder.glossary import Kind, Term
from ..folder.profile import Place
from ..language.strings import counted, words
from ..language.tags import Variety
from ..model import Figure, Flag, Language, Page, SourceLine, Text
from ..model.texts import blocks_of
from ..source.read.furniture import ContentsEntry
from ..source.structure.disclosures import Address, Disclosure, Link
from ..source.structure.ledger import Ledger
from ..source.structure.navigation import Chapter, Entry, Headline, SiteMap
from ..source.structure.topics import Topic
from .references import Reference

__all__ = [
    "Address",
    "Basis",
    "Chapter",
    "CorrectionNote",
    "Disclosure",
    "Entry",
    "Headline",
    "Kind",
    "Ledger",
    "Link",
    "Maker",
    "Report",
    "SiteMap",
    "Term",
    "Topic",
    "Wording",
]

Wording = Mapping[Language, str]
"""What the project says itself, by language; a language that it isn't written in is missing."""


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A certain error of the print with its reason."""

    at: Place
    line: int
    wrong: str
    right: str
    why: Wording
    official_only: bool
    """It stands in the publisher's wording only."""
    applied: bool
    """This source has it."""
    glosses: tuple[str, str] = ("", "")
    """What is wrong and what is right, in the other language; empty where nobody has said it."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who runs the site and made this edition of the report; empty where nobody has said it."""

    name: Wording = field(default_factory=dict)
    address: str = ""
    licence: Wording = field(default_factory=dict)
    """Of the edition's texts."""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the rules went by, for the person who checks them: no page shows it."""

    lines: tuple[SourceLine, ...] = ()
    """Of the source, blank ones included, as far as they were repaired."""
    contents: tuple[ContentsEntry, ...] = ()
    rules: Mapping[int, str] = field(default_factory=dict)
    """Line -> the rule that said what it is, before report.yml had its say."""
    settled: frozenset[int] = frozenset()
    """Lines that rulings of report.yml and figures.yml are about; its outline aside."""
    encoding: str = ""
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the outputs are written from."""

    language: Language
    """Of the source; the site's root."""
    varieties: Mapping[Language, Variety]
    """The languages that have something to show, the source's first, and which variety of each."""
    title: Wording
    publisher: Wording
    """Empty while nobody has named it."""
    year: int | None
    """The reporting year."""
    intro: Wording
    pages: tuple[Page, ...]
    printed_whole: tuple[Page, ...]
    """The same pages with ids that are unique when all of them stand in one document."""
    untranslated: tuple[Page, ...]
    """The pages as they were before translation: what the catalogue is made from."""
    site_map: SiteMap
    ledger: Ledger
    printed_pages: Mapping[int, int]
    """Line -> printed page that it stands on."""
    corrections: tuple[CorrectionNote, ...]
    flags: tuple[Flag, ...]
    terms: tuple[Term, ...]
    written_pages: Mapping[str, str]
    """Path in the docs folder -> Markdown of a page that somebody wrote by hand."""
    missing: tuple[tuple[str, Place], ...]
    """Rulings whose place this source doesn't have: (section of report.yml, place)."""
    published: int | None = None
    """When the report came out, which its reporting year doesn't tell; None: not known."""
    restated: bool = False
    """The text is the site's own wording of the report, not the publisher's."""
    dated: str = ""
    """When this edition was made: `2031`, `2031-04` or `2031-04-05`; empty: not said."""
    parquet: bool = False
    """The numbers as Parquet are asked for."""
    maker: Maker = field(default_factory=Maker)
    contact: str = ""
    """The publisher's."""
    references: tuple[Reference, ...] = ()
    """Links within the source, by line."""
    origin: str = ""
    """What was recognised of the source's bytes and marks, in a line for people."""
    notes: tuple[str, ...] = ()
    """What the editor of report.yml and figures.yml should know, a line each: places missing or found elsewhere."""
    unplaced: tuple[str, ...] = ()
    """Those of the notes that name a ruling without a place."""
    basis: Basis = Basis()

    @property
    def languages(self) -> tuple[Language, ...]:
        return tuple(self.varieties)

    @property
    def picture_names(self) -> tuple[str, ...]:
        """Names in pictures/ of the pictures on its pages."""
        blocks = (block for page in self.pages for block in blocks_of(page))
        return tuple(dict.fromkeys(one.picture for one in blocks if isinstance(one, Figure) and one.picture))

    def voice(self, language: Language) -> str:
        """The interface language of pages in the language."""
        return self.varieties[language].voice

    def words(self, key: str, language: Language, **values: object) -> str:
        """The site's own words on pages in the language."""
        return words(key, self.voice(language), **values)

    def counted(self, key: str, language: Language, count: int, **values: object) -> str:
        """The site's own words for one or for more things."""
        return counted(key, self.voice(language), count, **values)

    def say(self, text: Text, language: Language) -> str:
        """The text in the language, or the source's where there is no translation."""
        return text.in_language(language, self.language) or text.source

    def called(self, wording: Wording, language: Language) -> str:
        """The wording in the language, else in the report's own; empty where there is none."""
        return wording.get(language) or wording.get(self.language) or next(iter(wording.values()), "")
