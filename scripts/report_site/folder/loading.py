"""A report folder as a whole: its profile, figures, glossary and hand-written pages, read and validated together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError, Problem
from ..model import Language
from .glossary import GLOSSARY_NAME, Glossary, Term
from .profile import FIGURES_NAME, PROFILE_NAME, FigureEntry, Figures, Profile, load_model

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
    return ReportFolder(root, profile, figures.figures, glossary.terms, dict(_written_pages(root / "pages")))


def _written_pages(folder: Path) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.md")):
            yield f"{language}/{path.name}", path.read_text("utf-8")
