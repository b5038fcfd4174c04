"""What a folder hands on to the next year's: settings as people wrote them, files that hold for any year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .files import LARGEST_FILE, read_regular, read_text
from .glossary import GLOSSARY_NAME
from .guesses import Sure, guessed_keys, guesses_in
from .layout import PAGES_NAME, PROFILE_NAME
from .loading import ReportFolder
from .strict_yaml import read_yaml
from .written_pages import LANGUAGES, OFFICIAL_NAME


def settings_of(root: Path, name: str) -> dict[str, object]:
    """The data of a settings file, each value the text as written; empty where there is no such file."""
    path = root / name
    if not path.exists():
        return {}
    return {key: _plain(value) for key, value in read_yaml(read_text(path, root), path).data.items()}


def _plain(data: object) -> object:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data if data is None else str(data)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Guesses of a report.yml that nobody has settled: another year's folder doesn't make them sure."""

    keys: Mapping[str, Sure]
    headings: frozenset[int]
    """Lines that entries of the outline name."""


def unsettled_in(folder: ReportFolder) -> Unsettled:
    text = read_text(folder.root / PROFILE_NAME, folder.root)
    guesses = guesses_in(text)
    entries = (entry for top in folder.profile.outline for entry in top.walk())
    open_lines = (entry.at.first for entry in entries if guesses.get(entry.at.written, Sure.HIGH) is not Sure.HIGH)
    return Unsettled(guessed_keys(text), frozenset(open_lines))


def names_in(root: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in root.iterdir())


def kept_files(root: Path) -> dict[str, bytes]:
    """Glossary, names, words not to be used, address, and pages written by hand, by their path in the folder."""
    styles = [root / f"style.{language}.{suffix}" for language in LANGUAGES for suffix in ("yml", "md")]
    homes = [root / PAGES_NAME / below / language for below in ("", OFFICIAL_NAME) for language in LANGUAGES]
    pages = [path for home in homes for path in sorted(home.glob("*.md"))]
    named = [root / name for name in (GLOSSARY_NAME, "names.txt", "CNAME")]
    there = (path for path in (*named, *styles, *pages) if path.is_file())
    return {path.relative_to(root).as_posix(): read_regular(path, root, LARGEST_FILE) for path in there}
