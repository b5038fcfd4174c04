"""The command line: convert, build, new, check, serve. What goes wrong is said in a line each, no traceback.

What one command alone needs is imported by it: a conversion whose results are kept takes less time than any of it.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from .. import __version__
from ..folder.layout import own_folders, source_in
from ..language.progress import Progress
from ..model.errors import InputError, Problem, system_problem
from ..publish.writing import differences, require_apart, require_ours, write_file, write_folder
from ..site import PROJECT_ROOT
from .conversion import Account, account_of, conversion_of
from .options import (
    OWN_REPORT,
    FolderPath,
    address_of,
    again,
    encoding_option,
    kept,
    language_option,
    report_option,
    site_of,
    site_option,
    url_option,
)
from .publishing import COMMANDS

GARBAGE_AFTER = 200_000
"""Objects made, before circles among them are looked for. A run makes many values and hardly a circle."""


class _Commands(click.Group):
    """Problems of the input and of the machine go to standard error, one a line; exit status 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (Click's own signature)
        gc.set_threshold(GARBAGE_AFTER)
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # It reads all packages' metadata to find them.
        _speak_anywhere()
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except InputError as error:
            _fail(*error.problems)
        except RuntimeError as error:  # What Python before 3.13 says of a link that leads back to itself.
            if not str(error).startswith("Symlink loop"):
                raise
            path = str(error).partition("from ")[2].strip("'")
            _fail(Problem(path, "a link that leads back to itself", "take it out, or name another place"))
        except OSError as error:
            on_output = error.filename is None and _silenced()
            _fail(system_problem(error, "standard output" if on_output else None))


def _speak_anywhere() -> None:
    """What a terminal's encoding doesn't hold, as that of Windows may not hold Chinese, is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(*problems: Problem) -> NoReturn:
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
    sys.exit(2)


def _silenced() -> bool:
    """Whether standard output takes nothing more, an empty line being the trial; then what waits there is let go."""
    try:
        print(flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


@click.group(cls=_Commands)
@click.version_option(__version__)
def main() -> None:
    """Turns a company report into an accessible bilingual website.

    \b
    report-site new foods --source report.pdf    begins a folder for a report
    cd foods
    report-site serve                            shows its site while you edit
    report-site build --url https://foods.org/   makes the site
    report-site check                            names what is left to do

    Exit status: 0 all is well, 1 something is left to do, 2 the command couldn't be carried out.
    """


def _finish(account: Account, result: str, *, own: bool) -> None:
    """What a person should know, `result` and what comes next too; exit status 1 where text of the source is on no
    page, or a ruling has no place.

    `own`: the source is the folder's, so that every ruling has its place in it.
    """
    click.echo(account.origin)
    missing = frozenset(account.unplaced) if own else frozenset()
    for note in account.notes:
        click.echo(f"error: {note}" if note in missing else f"note: {note}", err=note in missing)
    click.echo(result)
    click.echo(account.lines)
    for problem in account.lost:
        click.echo(f"error: {problem}", err=True)
    if account.lost or missing:
        sys.exit(1)


def _docs_of(folder_path: Path) -> Path:
    """Where the Markdown of a report goes: the repository's own report has the repository's docs folder."""
    return PROJECT_ROOT / "docs" if folder_path.resolve() == OWN_REPORT else folder_path / "docs"


@main.command()
@report_option
@click.option("--source", type=FolderPath, default=None, help="Another extraction of the same report.")
@encoding_option
@click.option(
    "--docs",
    type=FolderPath,
    default=None,
    help="Where the Markdown goes: docs/ of the repository for its own report, of the report folder for another.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; fail when the folder is not what the sources give.",
)
def convert(folder_path: Path, source: Path | None, encoding: str | None, docs: Path | None, check: bool) -> None:
    """Extraction to Markdown pages in both languages."""
    target = docs or _docs_of(folder_path)
    if not check:
        require_ours(target, [folder_path, source or source_in(folder_path)])
        require_apart(target, own_folders(folder_path))
    made = conversion_of(folder_path, source, encoding, kept())
    if check:
        found = differences(made.docs, target)
        for problem in found:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1 if found or made.account.lost else 0)
    write_folder(made.docs, target)
    if source is None:
        _renew(folder_path / made.catalogue_name, made.catalogue)
    done = f"{target}: written; next: {again('build', folder_path)}"
    _finish(made.account, done, own=source is None)


def _renew(path: Path, data: bytes) -> None:
    """A catalogue that is as it was isn't touched."""
    if not path.exists() or path.read_bytes() != data:
        write_file(data, path)


@main.command(short_help="Convert and build the static site.")
@report_option
@click.option(
    "--source",
    type=FolderPath,
    default=None,
    help="Another extraction of the same report; docs/ is not touched.",
)
@encoding_option
@site_option
@url_option
@click.option("--copies/--no-copies", default=True, help="PDF, EPUB and offline edition, one a language.")
def build(
    folder_path: Path, source: Path | None, encoding: str | None, site: Path | None, url: str | None, copies: bool
) -> None:
    """Convert and build the static site; renews the report's catalogue, and its docs folder where it has one."""
    from ..folder.loading import load_folder
    from ..publish.docs import render_site
    from ..site.build import build_site
    from .making import pictures_of, renewed_catalogue, report_of

    folder = load_folder(folder_path)
    site, address = site or site_of(folder_path), address_of(url, folder_path)
    docs = _docs_of(folder_path)
    renews_docs = source is None and (docs.is_dir() or folder_path.resolve() == OWN_REPORT)
    require_ours(site, [folder_path, source or folder.source])
    require_apart(site, [*own_folders(folder_path), docs])
    if renews_docs:
        require_ours(docs)
    report = report_of(folder, source, encoding, Progress("reading"))
    pictures = pictures_of(folder, report, Progress("pictures"))
    rendered = render_site(report, pictures, kept(), Progress("writing"))
    account, catalogue = account_of(report, source or folder.source), renewed_catalogue(folder, report)
    copied = report if copies else None
    del report  # A large one, which nobody asks for any more where there are no copies.
    notes = build_site(rendered, site, address=address, cache=kept(), told=Progress("pages"), report=copied)
    if renews_docs:
        write_folder(rendered.docs, docs)
    if source is None:
        _renew(folder.catalogue, catalogue)
    for note in notes:
        click.echo(f"note: {note}")
    done = f"{site}: built; next: {again('check', folder_path)}, or look at it: {again('serve', folder_path)}"
    _finish(account, done, own=source is None)


@main.command(short_help="Start a folder for another report.")
@click.argument("directory", type=FolderPath)
@click.option("--source", type=FolderPath, required=True, help="Text extraction of the report.")
@encoding_option
@language_option
@click.option("--preflight", "page", type=FolderPath, default=None, help="Where the preflight page goes.")
@click.option(
    "--from", "earlier", type=FolderPath, default=None, help="Folder of an earlier year: what holds carries over."
)
def new(
    directory: Path,
    source: Path,
    encoding: str | None,
    voice: str | None,
    page: Path | None,
    earlier: Path | None,
) -> None:
    """Start a folder for another report: inferred profile, empty catalogue, and a list of what needs a person."""
    from .starting import start

    report = start(directory, source, encoding, voice, page, earlier)
    if report.ledger.unaccounted:
        # The folder stands: a person says what the lines are, as todo.md names them, and the build goes through.
        sys.exit(1)


@main.command()
@report_option
@click.option("--source", type=FolderPath, default=None, help="The extraction that the site stems from.")
@site_option
def check(folder_path: Path, source: Path | None, site: Path | None) -> None:
    """Every audit; one line a finding, exit status 1 on any."""
    from ..audits import run_audits
    from ..folder.loading import load_folder

    findings = run_audits(load_folder(folder_path), site or site_of(folder_path), source, Progress("audits"))
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)


@main.command(short_help="Show the site, and build it again on change.")
@report_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port of this machine.")
@language_option
def serve(folder_path: Path, port: int, voice: str | None) -> None:
    """Local preview that rebuilds when the report folder or the theme changes; /_preflight/ names what is doubtful."""
    from ..folder.loading import load_folder
    from ..site.preview import add_preflight, preview
    from .editor.files import preflight_page
    from .making import make_site

    def build_anew(site: Path) -> None:
        report = make_site(folder_path, site)
        add_preflight(site, preflight_page(load_folder(folder_path), report, voice, site="../"))

    preview(build_anew, folder_path, port)


for command in COMMANDS:
    main.add_command(command)
