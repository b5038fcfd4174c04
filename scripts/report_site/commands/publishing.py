"""Commands around publishing (a repository, many reports to one site, a site to its branch) and for the editor."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..language.progress import left
from ..language.strings import LANGUAGES
from ..model import Language
from ..model.errors import InputError, Problem
from ..publish.writing import require_output, write_file
from ..site import PROJECT_ROOT
from .options import (
    FolderPath,
    address_of,
    encoding_option,
    language_option,
    report_option,
    site_of,
    site_option,
    url_option,
)

if TYPE_CHECKING:
    from .archive import Outcome

DEFAULT_BRANCH = "gh-pages"


@click.command(short_help="Push the built site to a branch for GitHub.")
@report_option
@site_option
@click.option("--remote", default="origin", show_default=True, help="Repository that it is pushed to.")
@click.option("--branch", default=DEFAULT_BRANCH, show_default=True, help="Branch that the site becomes.")
@click.option(
    "--check", "only_check", is_flag=True, help="Push nothing; fail where the site's address is a placeholder."
)
def deploy(folder_path: Path, site: Path | None, remote: str, branch: str, only_check: bool) -> None:
    """Push the built site to a branch for GitHub Pages; refuses a site that doesn't name its own address."""
    from .deploying import address_in, deploy

    built = site or site_of(folder_path)
    if only_check:
        click.echo(f"{built}: ready for {address_in(built)}")
        return
    address = deploy(built, remote, branch)
    click.echo(f"{built}: pushed to {remote} {branch}; GitHub shows it at {address} once Pages is set to that branch")


@click.command(short_help="The report, or a chapter, as accessible PDF.")
@report_option
@click.option("--source", type=FolderPath, default=None, help="Another extraction of the same report.")
@encoding_option
@click.option("--language", type=click.Choice(LANGUAGES), default=None, help="The report's own where not said.")
@click.option("--chapter", default=None, metavar="SLUG", help="One page of the report with those below it.")
@click.option("--output", type=FolderPath, required=True, help="The PDF file.")
@url_option
def pdf(
    folder_path: Path,
    source: Path | None,
    encoding: str | None,
    language: Language | None,
    chapter: str | None,
    output: Path,
    url: str | None,
) -> None:
    """The report, or a chapter of it, as accessible PDF (PDF/UA-1)."""
    from ..folder.loading import load_folder
    from ..publish.copies.pdf import pdf_of
    from .making import pictures_of, report_of

    folder = load_folder(folder_path)
    require_output(output, [folder_path, source or folder.source])
    report = report_of(folder, source, encoding)
    language = language or report.language
    if language not in report.varieties:
        raise InputError(Problem(f"--language {language}", "the report has no translation", "translate its catalogue"))
    files = {
        f"{language}/pictures/{name}": data for one in pictures_of(folder, report) for name, data in one.files.items()
    }
    address = address_of(url, folder_path)
    made = pdf_of(report, language, files, root=PROJECT_ROOT, address=address, chapter=chapter)
    write_file(made.data, output)
    for note in made.missing:
        click.echo(f"note: {note}")
    click.echo(f"{output}: {made.pages} pages, {len(made.data) / 1_000_000:.1f} MB")


@click.command(short_help="Build many reports to one site.")
@click.argument("folders", metavar="FOLDER…", nargs=-1, required=True, type=FolderPath)
@click.option("--site", type=FolderPath, required=True, help="Where the archive goes; replaced as a whole.")
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes: by default one a core.")
@click.option("--scheduler", default=None, metavar="tcp://…", help="A Dask cluster, instead of processes here.")
@url_option
def archive(folders: tuple[Path, ...], site: Path, workers: int | None, scheduler: str | None, url: str | None) -> None:
    """Many reports to one site, with a front page that lists them and searches all."""
    from ..site.address import ASK, site_address
    from .archive import make_archive, named
    from .archive.building import cluster_client, local_client

    if workers and scheduler:
        raise InputError(Problem("--workers", "the cluster has its own", "leave out --workers or --scheduler"))
    names = named(folders)
    address = site_address(url, (Path(),), os.environ)
    if not address:
        click.echo(f"note: the site's address isn't known: {ASK}", err=True)
    count = workers or min(os.cpu_count() or 1, len(names))
    begin = time.monotonic()

    def told(outcome: Outcome, done: int) -> None:
        click.echo(
            f"[{done}/{len(names)}] {_told(outcome)}{left(time.monotonic() - begin, done, len(names))}", err=True
        )

    outcomes = make_archive(
        names, site, address, lambda: cluster_client(scheduler) if scheduler else local_client(count), told
    )
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        click.echo(f"error: {problem}", err=True)
    built = sum(outcome.is_built for outcome in outcomes)
    seconds = time.monotonic() - begin
    click.echo(f"{site}: {built} of {len(outcomes)} reports built in {seconds:.0f} s; next: put it on a web server")
    sys.exit(1 if any(outcome.problems for outcome in outcomes) else 0)


def _told(outcome: Outcome) -> str:
    if outcome.is_built:
        return f"{outcome.name}: built in {outcome.seconds:.1f} s"
    return f"{outcome.name}: failed" + (", its last edition stays" if outcome.is_kept else "")


@click.command(short_help="Make a repository around a report.")
@click.argument("directory", type=FolderPath)
@click.option("--source", type=FolderPath, default=None, help="Start report/ from this extraction, PDF or Word file.")
@click.option("--report", "folder_path", type=FolderPath, default=None, help="Take this report folder, as a copy.")
@click.option("--url", default=None, help="Address that the site will stand at; else the repository's name tells it.")
@click.option("--requirement", default=None, metavar="TEXT", help="What pip installs: by default this very version.")
@click.pass_context
def init(
    context: click.Context,
    directory: Path,
    source: Path | None,
    folder_path: Path | None,
    url: str | None,
    requirement: str | None,
) -> None:
    """Make a repository of one's own around a report: workflow, pinned requirement, README."""
    from ..folder.loading import load_folder
    from ..publish.writing import require_new, write_files, write_folder
    from ..site.address import site_address
    from .starter import own_requirement, report_files, repository_files

    if (source is None) == (folder_path is None):
        raise InputError(
            Problem("report-site init", "needs one report", "give either --source FILE or --report FOLDER")
        )
    require_new(directory)
    address, report, wanted = site_address(url, (), {}), directory / "report", requirement or own_requirement()
    if folder_path:
        language, files = report_files(folder_path)
        copied = {f"report/{name}": data for name, data in files.items()}
        write_folder({**copied, **repository_files(language, wanted, address)}, directory)
    else:
        context.invoke(_sibling(context, "new"), directory=report, source=source)
        write_files(repository_files(load_folder(report).profile.language, wanted, address), directory)
    click.echo(f"{directory}: a repository around {report}; requirements.txt installs {wanted}")
    if " @ " not in wanted and requirement is None:
        remedy = "where no package index has it, name its repository: --requirement 'report-site @ git+https://…@v…'"
        click.echo(f"note: requirements.txt: pip has to find {wanted}; {remedy}")
    click.echo(f"next: cd {directory}, then: report-site serve; README.md tells how to publish it")


def _sibling(context: click.Context, name: str) -> click.Command:
    group = context.parent.command if context.parent else None
    if not isinstance(group, click.Group):
        raise TypeError("a command of the group `report-site`")
    return group.commands[name]


# --- what only the editor sees -------------------------------------------------------------------------------------


@click.command(short_help="Show the editor what is doubtful.")
@report_option
@language_option
@click.option("--out", type=FolderPath, default=None, help="The page's file: by default preflight.html in the folder.")
def preflight(folder_path: Path, voice: str | None, out: Path | None) -> None:
    """A page for the editor: what was recognised, each doubtful place, and the lines that settle it."""
    from ..folder.loading import load_folder
    from .editor.files import PREFLIGHT_NAME, preflight_page, write_page
    from .making import report_of

    folder = load_folder(folder_path)
    target = out or folder_path / PREFLIGHT_NAME
    require_output(target, [folder_path, folder.source])
    found = preflight_page(folder, report_of(folder), voice)
    write_page(found.html, target)
    click.echo(f"{target}: {len(found.doubts)} places to check")


@click.command(short_help="Set two years' figures and tables side by side.")
@click.argument("old", type=FolderPath)
@click.argument("new", type=FolderPath)
@language_option
@click.option("--out", type=FolderPath, default=None, help="The page's file: by default comparison.html in NEW.")
def compare(old: Path, new: Path, voice: str | None, out: Path | None) -> None:
    """Key figures and tables of two years side by side, as a page and, beside it, as CSV: folder OLD and folder NEW."""
    from ..folder.loading import load_folder
    from .editor.files import COMPARISON_NAME, write_comparison
    from .making import report_of

    target = out or new / COMPARISON_NAME
    require_output(target, [old, new])
    before, after = (report_of(load_folder(path)) for path in (old, new))
    found = write_comparison(before, after, voice, target)
    for what, part in (("key figures", found), ("rows of tables", found.rows)):
        doubtful = sum(not match.sure for match in part.matches)
        click.echo(f"{target}: {len(part.matches)} {what} in both, {doubtful} of them to be confirmed")
        click.echo(f"only in {old}: {len(part.only_old)}; only in {new}: {len(part.only_new)}")


COMMANDS = (pdf, archive, compare, deploy, init, preflight)
