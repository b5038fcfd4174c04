"""Pages for the editor as files: beside the report's folder, never in a site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...folder.files import read_text
from ...folder.layout import PROFILE_NAME
from ...folder.loading import ReportFolder
from ...model.errors import InputError, Problem
from ...publish.writing import MARKER, write_file
from ...report import Report
from .doubts import material_of
from .editions.comparing import Comparison, compare
from .editions.comparison_page import comparison_csv, comparison_html
from .html import editors_voice
from .preflight import Preflight, preflight

PREFLIGHT_NAME = "preflight.html"
COMPARISON_NAME = "comparison.html"


def preflight_page(
    folder: ReportFolder,
    report: Report,
    voice: str | None,
    files: Mapping[str, bytes] | None = None,
    site: str = "",
) -> Preflight:
    """`files`: of a folder that isn't written yet; `site`: address of the site that the page stands beside."""
    written = files[PROFILE_NAME].decode("utf-8") if files else read_text(folder.root / PROFILE_NAME, folder.root)
    spoken = editors_voice(voice, report.voice(report.language))
    return preflight(material_of(folder, report, written, spoken), spoken, site)


def write_comparison(old: Report, new: Report, voice: str | None, target: Path) -> Comparison:
    """The page at `target`, and beside it the same as CSV."""
    if target.suffix.lower() == ".csv":
        raise InputError(Problem(str(target), "is the name of the table", f"name the page, such as {COMPARISON_NAME}"))
    found = compare(old, new)
    spoken = editors_voice(voice, new.voice(new.language))
    write_page(comparison_html(found, old, new, spoken), target)
    write_file(comparison_csv(found, spoken), target.with_suffix(".csv"))
    return found


def write_page(html: str, target: Path) -> None:
    """A page for the editor alone: nowhere in a built site, which is for everybody."""
    if site := next((path for path in target.resolve().parents if (path / MARKER).exists()), None):
        raise InputError(Problem(str(target), f"lies in the built site {site}", "name a place outside of it"))
    if target.is_dir():
        raise InputError(Problem(str(target), "this is a folder", "name a file"))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_file(html.encode("utf-8"), target)
