"""Options that several commands take, what they mean when they aren't given, and what a command names as the next."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..folder.layout import PROFILE_NAME
from ..language.strings import voices
from ..publish.cache import Cache
from ..site import KEPT, PROJECT_ROOT

OWN_REPORT = PROJECT_ROOT / "report"
FolderPath = click.Path(path_type=Path)


def own_folder() -> Path:
    """The report that is meant when none is named: the one that a person stands in or beside, else the shipped one."""
    near = next((path for path in (Path(), Path("report")) if (path / PROFILE_NAME).is_file()), None)
    return near or (OWN_REPORT if OWN_REPORT.is_dir() else Path("report"))


def site_of(folder_path: Path) -> Path:
    """Where a site goes, and is looked for, when no place is named."""
    return PROJECT_ROOT / "site" if folder_path.resolve() == OWN_REPORT else Path("site")


report_option = click.option(
    "--report",
    "folder_path",
    type=FolderPath,
    default=own_folder,
    help="Report folder: by default the folder that you are in, or report/ in it.",
)
site_option = click.option("--site", type=FolderPath, default=None, help="The built site: by default site/.")
url_option = click.option(
    "--url",
    default=None,
    help="Address that the site will stand at; else SITE_URL, CNAME or GITHUB_REPOSITORY tells it.",
)

encoding_option = click.option(
    "--encoding", default=None, metavar="NAME", help="Encoding of the source, where it can't be told: Big5, GBK …"
)
language_option = click.option(
    "--language",
    "voice",
    type=click.Choice(voices()),
    default=None,
    help="What the page speaks: by default your computer's language, else the report's.",
)


def address_of(url: str | None, folder_path: Path) -> str:
    """Where the site will stand; empty where nobody says it, and `check` names it then."""
    from ..site.address import site_address  # MkDocs' settings: only a build needs them.

    return site_address(url, (folder_path, Path()), os.environ)


def kept() -> Cache:
    """Results of earlier runs."""
    named = os.environ.get("REPORT_SITE_CACHE")
    return Cache(Path(named) if named else KEPT)


def again(command: str, folder_path: Path) -> str:
    """The command to give next, for the same report."""
    return f"report-site {command}" + ("" if folder_path == own_folder() else f" --report {folder_path}")
