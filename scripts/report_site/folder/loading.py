"""A report folder as a whole: its profile, figures, glossary and hand-written pages, read and validated together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from ..errors import InputError, Problem
from ..model import Language
from .glossary import GLOSSARY_NAME, Glossary, Term
from .profile import FIGURES_NAME, PROFILE_NAME, FigureEntry, Figures, Profile, load_model

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
LARGEST_PICTURE = 32 * 1024 * 1024
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class ReportFolder:
    """A report folder read and validated; `root` holds the pictures, the catalogue and the hand-written pages."""

    root: Path
    profile: Profile
    figures: tuple[FigureEntry, ...] = ()
    terms: tuple[Term, ...] = ()
    written_pages: Mapping[str, str] = field(default_factory=dict)
    """Path in the docs folder -> Markdown of a page that somebody wrote by hand."""
    picture_files: frozenset[str] = frozenset()
    """What lies in pictures/."""

    def picture_of(self, file: str) -> str:
        """The name in pictures/ of the file that a mark in the source names; empty where it isn't there."""
        return name if (name := picture_name(file)) in self.picture_files else ""

    @property
    def source(self) -> Path:
        found = next(
            (self.root / name for name in ("source.md", "source.txt") if (self.root / name).exists()),
            None,
        )
        return found or self.root / "source.md"

    @property
    def picture_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.picture for entry in self.figures if entry.picture))

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
    profile = load_model(root / PROFILE_NAME, Profile, problems)
    figures = load_model(root / FIGURES_NAME, Figures, problems) if (root / FIGURES_NAME).exists() else Figures()
    glossary = load_model(root / GLOSSARY_NAME, Glossary, problems) if (root / GLOSSARY_NAME).exists() else Glossary()
    if problems or profile is None or figures is None or glossary is None:
        raise InputError(*problems)
    return ReportFolder(
        root, profile, figures.figures, glossary.terms, dict(_written_pages(root / "pages")), _pictures(root)
    )


def _pictures(root: Path) -> frozenset[str]:
    folder = root / "pictures"
    return frozenset(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else frozenset()


def _written_pages(folder: Path) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.md")):
            yield f"{language}/{path.name}", path.read_text("utf-8")
