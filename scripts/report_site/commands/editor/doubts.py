"""A doubtful place of a report: what the tool did there, how sure it is, and what settles it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ...folder.guesses import Sure, guess_reasons, guessed_keys, guesses_in
from ...folder.loading import ReportFolder
from ...folder.profile import Place, Profile
from ...language.characters import bare
from ...model.texts import blocks_of
from ...report import Report

WORST_FIRST = (
    "lost",
    "place-missing",
    "columns-mixed",
    "cells-apart",
    "no-headings",
    "unpaired",
    "noise-number",
    "noise-cell",
    "not-found",
    "lost-glyph",
    "loose-label",
    "furniture",
    "cells-moved",
    "noise",
    "guess",
    "page-order",
    "no-head",
    "empty-cells",
    "heading",
    "by-prose",
    "no-alternative",
)
"""Kinds of doubt, from what a reader misses to what only reads less well."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to settle a doubt, `when` something is the case (a key of the words): lines for a file, to copy."""

    when: str
    file: str = ""
    lines: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    code: str
    """One of `WORST_FIRST`."""
    lines: tuple[int, ...]
    """Of the source, ascending; none where the doubt is about the whole report."""
    sure: Sure
    remedies: tuple[Remedy, ...]
    rule: str = ""
    """By which the tool decided."""
    value: str = ""
    """What it is about, as printed."""
    page: str = ""
    """Slug of the page that shows it."""
    basis: str = ""
    """What its comment in report.yml says that it rests on."""

    @property
    def id(self) -> str:
        place = f"line-{self.lines[0]}" if self.lines else "report"
        return f"{place}-{self.code}" + ("" if self.lines else f"-{self.value}")

    @property
    def order(self) -> tuple[int, int, tuple[int, ...]]:
        return WORST_FIRST.index(self.code), self.sure, self.lines


@dataclass(frozen=True, slots=True)
class Material:
    """What the doubts are found in."""

    report: Report
    profile: Profile
    guesses: Mapping[int, Sure] = field(default_factory=dict)
    """Line of report.yml -> how sure the guess there is."""
    guessed_keys: Mapping[str, Sure] = field(default_factory=dict)
    """Key of its top level -> the same."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """The same keys -> what the comments say that the guesses rest on."""
    voice: str = "en"
    """What the editor reads: reasons in lines to copy speak it."""
    _homes: Mapping[int, str] = field(init=False)

    def __post_init__(self) -> None:
        homes = {line: page.slug for page in self.report.pages for block in blocks_of(page) for line in block.lines}
        object.__setattr__(self, "_homes", MappingProxyType(homes))

    def text(self, number: int) -> str:
        """The line as the rules saw it."""
        lines = self.report.basis.lines
        return lines[number - 1].text.strip() if 0 < number <= len(lines) else ""

    def taken(self, lines: Sequence[int]) -> str:
        """What was taken of the lines, where their marks or columns were undone; else they speak for themselves."""
        found = [self.report.basis.lines[number - 1] for number in lines]
        told = any(bare(line.raw) != bare(line.text) for line in found)
        return " / ".join(line.text.strip() for line in found) if told else ""

    def home(self, number: int) -> str:
        """Slug of the page that shows the line, else what stands before it."""
        before = (n for n in range(number, 0, -1) if n in self._homes)
        return self._homes[found] if (found := next(before, 0)) else ""


def material_of(folder: ReportFolder, report: Report, profile_text: str, voice: str) -> Material:
    """`profile_text`: the folder's report.yml, whose comments tell which guesses nobody has settled."""
    guesses, keys = guesses_in(profile_text), guessed_keys(profile_text)
    return Material(report, folder.profile, guesses, keys, guess_reasons(profile_text), voice)


def place_of(material: Material, first: int, last: int = 0) -> str:
    """A place as report.yml names it; without the marks that would make the fragment look like a range."""
    return str(Place(first, max(first, last), fragment_of(material.text(first))))


def fragment_of(text: str) -> str:
    """The text's beginning; a stroke and a number behind the line's number would read as a range of lines."""
    return re.sub(r"^[-–\s]+(?=\d)", "", text.strip("#>*| \t"))[:LONGEST_FRAGMENT].strip()


LONGEST_FRAGMENT = 30
