"""From a report folder to a site: what `build`, `serve` and the archive do alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..convert import convert
from ..folder.catalogue import load_catalogue, renewed, translations_of
from ..folder.loading import ReportFolder, load_folder
from ..folder.po import dump_po, parse_po
from ..language.progress import Told, nobody
from ..report import Report
from ..source.structure.translation import messages
from .options import kept

if TYPE_CHECKING:
    from ..publish.pictures import PictureFile


def report_of(
    folder: ReportFolder, source: Path | None = None, encoding: str | None = None, told: Told = nobody
) -> Report:
    """The folder's report with its translation; of `source`, where another extraction is given."""
    catalogue = load_catalogue(folder.catalogue)
    return convert(folder, translations_of(catalogue, folder.profile.language), source, encoding, told)


def renewed_catalogue(folder: ReportFolder, report: Report) -> bytes:
    """The folder's catalogue: new texts get an empty message, changed ones turn fuzzy.

    Nobody reads it a third time, so that it needn't wait in memory.
    """
    old = load_catalogue(folder.catalogue)
    parse_po.cache_clear()
    return dump_po(renewed(old, messages(report.untranslated, folder.profile.language)))


def pictures_of(folder: ReportFolder, report: Report, told: Told = nobody) -> tuple[PictureFile, ...]:
    """Those that figures.yml names and those that the source's own marks brought in."""
    names = {**dict.fromkeys(report.picture_names, folder.source.name), **folder.picture_names}
    if not names:
        return ()
    from ..publish.pictures import publish_pictures

    return publish_pictures(folder.root, names, told)


def make_site(folder_path: Path, site: Path, address: str = "", *, in_archive: bool = False) -> Report:
    """Builds the site of a folder to stand at `address`; nothing of the folder itself is renewed."""
    from ..publish.docs import render_site
    from ..site.build import build_site

    folder = load_folder(folder_path)
    report = report_of(folder)
    source = render_site(report, pictures_of(folder, report), kept())
    build_site(source, site, address=address, cache=kept(), in_archive=in_archive)
    return report
