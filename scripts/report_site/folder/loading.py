"""A report folder as a whole: its profile, figures, glossary and hand-written pages, read and validated together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from ..model import Language
from ..model.errors import InputError, Problem
from .files import require_inside
from .glossary import GLOSSARY_NAME, Glossary, Term
from .layout import FIGURES_NAME, PICTURES_NAME, PROFILE_NAME, source_in
from .profile import FigureEntry, Figures, Profile
from .style import Style, StyleWord, style_name
from .validation import Checked, load_model
from .written_pages import LANGUAGES, load_official_pages, load_written_pages

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
LARGEST_PICTURE = 32 * 1024 * 1024
_Model = TypeVar("_Model", bound=Checked)
_Loaded = TypeVar("_Loaded")


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A report folder read and validated; `root` holds the pictures, the catalogue and the hand-written pages."""

    root: Path
    profile: Profile
    figures: tuple[FigureEntry, ...] = ()
    terms: tuple[Term, ...] = ()
    written_pages: Mapping[str, str] = field(default_factory=dict)
    """Path in the docs folder -> Markdown of a page that somebody wrote by hand."""
    styles: Mapping[Language, tuple[StyleWord, ...]] = field(default_factory=dict)
    """For each language with a style sheet: the words that its texts don't use."""
    picture_files: frozenset[str] = frozenset()
    """What lies in pictures/."""
    official_pages: Mapping[str, str] = field(default_factory=dict)
    """Those that speak otherwise where another extraction, in the publisher's own words, is published."""

    def picture_of(self, file: str) -> str:
        """The name in pictures/ of the file that a mark in the source names; empty where it isn't there."""
        return name if (name := picture_name(file)) in self.picture_files else ""

    @property
    def source(self) -> Path:
        return source_in(self.root)

    @property
    def picture_names(self) -> dict[str, str]:
        """Name of each picture -> where figures.yml names it first."""
        named = ((entry.picture, entry.at.in_file(FIGURES_NAME)) for entry in reversed(self.figures))
        return dict(reversed([(name, place) for name, place in named if name]))

    @property
    def translation_language(self) -> Language:
        return "en" if self.profile.language == "zh" else "zh"

    @property
    def catalogue(self) -> Path:
        return self.root / f"{self.translation_language}.po"


def picture_name(file: str) -> str:
    """Name in pictures/ of a picture that an extraction left in another folder: `images/a.jpg` is `images-a.jpg`."""
    path = unquote(file).strip().removeprefix("./")
    if "://" in path or path.startswith(("/", "data:")) or ".." in path.split("/") or "\\" in path:
        return ""
    return path.removeprefix("pictures/").replace("/", "-")


def read_picture(root: Path, file: str) -> bytes | None:
    """The bytes of a picture below `root`; None where there is none, or it is no picture of a report's size."""
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()) or path.suffix.casefold() not in PICTURE_SUFFIXES:
        return None
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST_PICTURE else None
    except OSError:
        return None


def load_folder(root: Path) -> ReportFolder:
    """The folder's files, or an `InputError` that names every problem in all of them."""
    if not root.is_dir():
        raise InputError(Problem(str(root), "no such folder", "start one with: report-site new DIR --source FILE"))
    problems: list[Problem] = []

    def attempt(load: Callable[[], _Loaded]) -> _Loaded | None:
        try:
            return load()
        except InputError as error:
            problems.extend(error.problems)
            return None

    profile = attempt(lambda: load_model(root / PROFILE_NAME, root, Profile))
    figures = attempt(lambda: _optional(root / FIGURES_NAME, root, Figures)) or Figures()
    glossary = attempt(lambda: _optional(root / GLOSSARY_NAME, root, Glossary)) or Glossary()
    pages = attempt(lambda: load_written_pages(root))
    official = attempt(lambda: load_official_pages(root))
    styles = {one: attempt(partial(_optional, root / style_name(one), root, Style)) for one in LANGUAGES}
    if problems or profile is None or pages is None or official is None:
        raise InputError(*problems)
    sheets = {language: sheet.words for language, sheet in styles.items() if sheet}
    folder = ReportFolder(root, profile, figures.figures, glossary.terms, pages, sheets, _pictures(root), official)
    if folder.source.exists():
        require_inside(folder.source, root)
    return folder


def _pictures(root: Path) -> frozenset[str]:
    folder = root / PICTURES_NAME
    return frozenset(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else frozenset()


def _optional(path: Path, root: Path, model: type[_Model]) -> _Model | None:
    return load_model(path, root, model) if os.path.lexists(path) else None
