"""The command line: convert, build, new, check, serve. Errors of the input are said in a line each, no traceback."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from . import __version__
from .convert import convert as convert_report
from .errors import InputError
from .folder.catalogue import dump, load_catalogue, renewed, translations_of
from .folder.loading import ReportFolder, load_folder
from .publish.docs import differences, render_docs, render_site, write_folder
from .publish.pictures import publish_pictures
from .report import Report
from .site.build import PROJECT_ROOT, build_site
from .structure.translation import messages

P = ParamSpec("P")
R = TypeVar("R")
FolderPath = click.Path(path_type=Path)


report_option = click.option(
    "--report", "folder_path", type=FolderPath, default=PROJECT_ROOT / "report", help="Report folder."
)


def _plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Problems of the input go to standard error, one a line; exit status 2."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except InputError as error:
            for problem in error.problems:
                click.echo(f"error: {problem}", err=True)
            sys.exit(2)

    return wrapped


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Turns the text extraction of a company report into an accessible bilingual website."""


def _report(folder: ReportFolder, source: Path | None) -> Report:
    catalogue = load_catalogue(folder.catalogue, folder.profile.language)
    return convert_report(folder, translations_of(catalogue, folder.profile.language), source)


def _summary(report: Report) -> None:
    for section, place in report.missing:
        click.echo(f"note: report.yml: {section}: {place} is not in this source")
    click.echo(str(report.ledger))


@main.command()
@report_option
@click.option("--source", type=FolderPath, default=None, help="Another extraction of the same report.")
@click.option("--docs", type=FolderPath, default=PROJECT_ROOT / "docs", help="Where the Markdown goes.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail when the folder is not what the sources give.",
)
@_plain_errors
def convert(folder_path: Path, source: Path | None, docs: Path, check: bool) -> None:
    """Extraction to Markdown pages in both languages."""
    folder = load_folder(folder_path)
    report = _report(folder, source)
    files = render_docs(report, publish_pictures(folder.root, folder.picture_names))
    if check:
        found = differences(files, docs)
        for problem in found:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1 if found else 0)
    write_folder(files, docs)
    if source is None:
        _renew_catalogue(folder, report)
    _summary(report)


def _renew_catalogue(folder: ReportFolder, report: Report) -> None:
    """New texts get an empty message, changed ones turn fuzzy; an unchanged catalogue isn't touched."""
    old = load_catalogue(folder.catalogue, folder.profile.language)
    data = dump(renewed(old, messages(report.untranslated, folder.profile.language), folder.translation_language))
    if not folder.catalogue.exists() or folder.catalogue.read_bytes() != data:
        folder.catalogue.write_bytes(data)


@main.command()
@report_option
@click.option(
    "--source",
    type=FolderPath,
    default=None,
    help="Another extraction of the same report; docs/ is not touched.",
)
@click.option("--site", type=FolderPath, default=PROJECT_ROOT / "site", help="Where the site goes.")
@_plain_errors
def build(folder_path: Path, source: Path | None, site: Path) -> None:
    """Convert and build the static site."""
    folder = load_folder(folder_path)
    report = _report(folder, source)
    rendered = render_site(report, publish_pictures(folder.root, folder.picture_names))
    build_site(rendered, site)
    if source is None and folder_path.resolve() == PROJECT_ROOT / "report":
        write_folder(rendered.docs, PROJECT_ROOT / "docs")
        _renew_catalogue(folder, report)
    _summary(report)


@main.command()
@click.argument("directory", type=FolderPath)
@click.option("--source", type=FolderPath, required=True, help="Text extraction of the report.")
@_plain_errors
def new(directory: Path, source: Path) -> None:
    """Start a folder for another report: inferred profile, empty catalogue, and a list of what needs a person."""
    from .scaffold import start_folder

    for line in start_folder(directory, source):
        click.echo(line)


@main.command()
@report_option
@click.option("--source", type=FolderPath, default=None, help="The extraction that the site stems from.")
@click.option("--site", type=FolderPath, default=PROJECT_ROOT / "site", help="The built site.")
@_plain_errors
def check(folder_path: Path, source: Path | None, site: Path) -> None:
    """Every audit; one line a finding, exit status 1 on any."""
    from .audits import run_audits

    findings = run_audits(load_folder(folder_path), site, source)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)


@main.command()
@report_option
@click.option("--port", type=int, default=8000)
@_plain_errors
def serve(folder_path: Path, port: int) -> None:
    """Local preview that rebuilds when the report folder or the theme changes."""
    from .site.preview import preview

    def build_anew(site: Path) -> None:
        folder = load_folder(folder_path)
        build_site(render_site(_report(folder, None), publish_pictures(folder.root, folder.picture_names)), site)

    preview(build_anew, folder_path, port)
