"""The command line: convert, build, new, check, serve. What goes wrong is said in a line each, no traceback.

What one command alone needs (MkDocs, Pillow) is imported by it: a conversion takes less time than these imports.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .. import __version__
from ..folder.catalogue import load_catalogue, renewed
from ..folder.loading import ReportFolder, load_folder
from ..folder.po import dump_po
from ..language.progress import Progress
from ..model import DataTable, Figure, KeyFigures, KeyValueTable, List, Paragraph
from ..model.errors import InputError, Problem, system_problem
from ..publish.docs import render_docs, render_site
from ..publish.writing import (
    differences,
    require_apart,
    require_new,
    require_ours,
    require_output,
    write_file,
    write_folder,
)
from ..report import Report
from ..site import PROJECT_ROOT
from ..structure.translation import messages
from .making import kept, make_site, pictures_of, report_of
from .options import (
    OWN_REPORT,
    FolderPath,
    address_of,
    again,
    encoding_option,
    language_option,
    report_option,
    site_of,
    site_option,
    url_option,
)
from .publishing import COMMANDS

if TYPE_CHECKING:
    from ..editor.scaffold import Started

LOST_SHOWN = 8
"""Tokens of a line that a message names."""
TODO_SHOWN = 12
"""Items of the list for a person that `new` prints; the file has them all."""


GARBAGE_AFTER = 50_000
"""Objects made, before circles among them are looked for. A run makes many values and hardly a circle."""


class _Commands(click.Group):
    """Problems of the input and of the machine go to standard error, one a line; exit status 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (Click's own signature)
        gc.set_threshold(GARBAGE_AFTER)
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


def _finish(report: Report, source: Path, result: str, *, own: bool) -> None:
    """What a person should know, `result` and what comes next too; exit status 1 where text of the source is on no
    page, or a ruling has no place.

    `own`: the source is the folder's, so that every ruling has its place in it.
    """
    click.echo(report.origin)
    missing = frozenset(report.unplaced) if own else frozenset()
    for note in report.notes:
        click.echo(f"error: {note}" if note in missing else f"note: {note}", err=note in missing)
    click.echo(result)
    click.echo(str(report.ledger))
    for number, tokens in report.ledger.lost.items():
        message = f"on no page: {' '.join(tokens[:LOST_SHOWN])}{' …' if len(tokens) > LOST_SHOWN else ''}"
        remedy = "say what the line is under `lines` in report.yml"
        click.echo(f"error: {Problem(f'{source}:{number}', message, remedy)}", err=True)
    if report.ledger.unaccounted or missing:
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
    folder = load_folder(folder_path)
    if not check:
        require_ours(target, [folder_path, source or folder.source])
        require_apart(target, folder.own_folders)
    report = report_of(folder, source, encoding, Progress("reading"))
    pictures = pictures_of(folder, report, Progress("pictures"))
    files = render_docs(report, pictures, kept(), Progress("writing"))
    if check:
        found = differences(files, target)
        for problem in found:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1 if found or report.ledger.unaccounted else 0)
    write_folder(files, target)
    if source is None:
        _renew_catalogue(folder, report)
    done = f"{target}: written; next: {again('build', folder_path)}"
    _finish(report, source or folder.source, done, own=source is None)


def _renew_catalogue(folder: ReportFolder, report: Report) -> None:
    """New texts get an empty message, changed ones turn fuzzy; an unchanged catalogue isn't touched."""
    old = load_catalogue(folder.catalogue)
    data = dump_po(renewed(old, messages(report.untranslated, folder.profile.language)))
    if not folder.catalogue.exists() or folder.catalogue.read_bytes() != data:
        write_file(data, folder.catalogue)


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
    from ..site.build import build_site

    folder = load_folder(folder_path)
    site, address = site or site_of(folder_path), address_of(url, folder_path)
    docs = _docs_of(folder_path)
    renews_docs = source is None and (docs.is_dir() or folder_path.resolve() == OWN_REPORT)
    require_ours(site, [folder_path, source or folder.source])
    require_apart(site, [*folder.own_folders, docs])
    if renews_docs:
        require_ours(docs)
    report = report_of(folder, source, encoding, Progress("reading"))
    pictures = pictures_of(folder, report, Progress("pictures"))
    rendered = render_site(report, pictures, kept(), Progress("writing"))
    copied = report if copies else None
    notes = build_site(rendered, site, address=address, cache=kept(), told=Progress("pages"), report=copied)
    if renews_docs:
        write_folder(rendered.docs, docs)
    if source is None:
        _renew_catalogue(folder, report)
    for note in notes:
        click.echo(f"note: {note}")
    done = f"{site}: built; next: {again('check', folder_path)}, or look at it: {again('serve', folder_path)}"
    _finish(report, source or folder.source, done, own=source is None)


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
    from ..editor.files import PREFLIGHT_NAME, preflight_page, write_page
    from ..editor.scaffold import start_folder

    require_new(directory)
    if page:
        require_output(page, [source, *([earlier] if earlier else [])])
    started = start_folder(source, encoding, voice, Progress("taking in"))
    if earlier:
        started = _carried(earlier, started)
    folder, report = _trial(started.files, source)
    found = preflight_page(folder, report, voice, started.files)
    beside = {} if page else {PREFLIGHT_NAME: found.html.encode("utf-8")}
    write_folder({**started.files, **beside}, directory)
    if page:
        write_page(found.html, page)
    for item in started.todo[:TODO_SHOWN]:
        click.echo(item)
    if len(started.todo) > TODO_SHOWN:
        click.echo(f"… and {len(started.todo) - TODO_SHOWN} more in {directory / 'todo.md'}")
    click.echo(started.origin)
    click.echo(_contents(report))
    click.echo(str(report.ledger))
    click.echo(f"{page or directory / PREFLIGHT_NAME}: {len(found.doubts)} places to check")
    click.echo(
        f"{directory}: started; go through {directory / 'todo.md'}, then: report-site build --report {directory}"
    )
    if report.ledger.unaccounted:
        # The folder stands: a person says what the lines are, as todo.md names them, and the build goes through.
        sys.exit(1)


def _trial(files: Mapping[str, bytes], source: Path) -> tuple[ReportFolder, Report]:
    """The folder and the report that it gives, when a site comes of it; built in a temporary place."""
    from ..site.build import build_site

    with tempfile.TemporaryDirectory(prefix="report-site-") as place:
        root = Path(place) / "report"
        write_folder(files, root)
        try:
            folder = load_folder(root)
            report = report_of(folder, told=Progress("reading"))
            pictures = pictures_of(folder, report, Progress("pictures"))
            build_site(
                render_site(report, pictures, told=Progress("writing")),
                Path(place) / "site",
                cache=kept(),
                told=Progress("trial, pages"),
            )
        except InputError as error:
            first = str(error.problems[0]).replace(f"{root}/", "")
            more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
            raise InputError(
                Problem(str(source), f"no site comes of it: {first}{more}", "no folder was made")
            ) from error
    return folder, report


def _contents(report: Report) -> str:
    """What came out, in numbers."""
    sections = [section for page in report.pages for section in page.section.walk()]
    kinds = Counter(type(block) for section in sections for block in section.blocks)
    counts = {
        "pages": len(report.pages),
        "headings": len(sections),
        "tables": kinds[DataTable] + kinds[KeyValueTable],
        "groups of key figures": kinds[KeyFigures],
        "pictures": kinds[Figure],
        "lists": kinds[List],
        "paragraphs": kinds[Paragraph],
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


@main.command()
@report_option
@click.option("--source", type=FolderPath, default=None, help="The extraction that the site stems from.")
@site_option
def check(folder_path: Path, source: Path | None, site: Path | None) -> None:
    """Every audit; one line a finding, exit status 1 on any."""
    from ..audits import run_audits

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
    from ..editor.files import preflight_page
    from ..site.preview import add_preflight, preview

    def build_anew(site: Path) -> None:
        report = make_site(folder_path, site)
        add_preflight(site, preflight_page(load_folder(folder_path), report, voice, site="../"))

    preview(build_anew, folder_path, port)


def _carried(earlier: Path, started: Started) -> Started:
    """The new folder with what holds of the earlier one; prints what became of it."""
    from ..editor.editions.carrying import carry_over

    old = load_folder(earlier)
    carried = carry_over(old, report_of(old), started)
    for line in (*carried.summary, *carried.listed(TODO_SHOWN)):
        click.echo(line)
    return carried.started


for command in COMMANDS:
    main.add_command(command)
