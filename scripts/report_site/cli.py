"""The command line: convert, build, new, check, serve. What goes wrong is said in a line each, no traceback.

What one command alone needs (MkDocs, Pillow) is imported by it: a conversion takes less time than these imports.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__
from .convert import convert as convert_report
from .errors import InputError, Problem, system_problem
from .folder.catalogue import load_catalogue, renewed, translations_of
from .folder.loading import ReportFolder, load_folder
from .folder.po import dump_po
from .model import DataTable, Figure, KeyFigures, KeyValueTable, Language, List, Paragraph
from .publish.docs import render_docs, render_site
from .publish.writing import differences, require_ours, write_file, write_folder
from .report import Report
from .site import PROJECT_ROOT
from .structure.translation import messages

if TYPE_CHECKING:
    from .publish.pictures import PictureFile

OWN_REPORT = PROJECT_ROOT / "report"
FolderPath = click.Path(path_type=Path)
LOST_SHOWN = 8
"""Tokens of a line that a message names."""
TODO_SHOWN = 12
"""Items of the list for a person that `new` prints; the file has them all."""


report_option = click.option("--report", "folder_path", type=FolderPath, default=OWN_REPORT, help="Report folder.")


encoding_option = click.option(
    "--encoding", default=None, metavar="NAME", help="Encoding of the source, where it can't be told: Big5, GBK …"
)


class _Commands(click.Group):
    """Problems of the input and of the machine go to standard error, one a line; exit status 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (Click's own signature)
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except InputError as error:
            _fail(*error.problems)
        except OSError as error:
            on_output = error.filename is None and _silenced()
            _fail(system_problem(error, "standard output" if on_output else None))


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
    """Turns the text extraction of a company report into an accessible bilingual website."""


def _report(folder: ReportFolder, source: Path | None, encoding: str | None) -> Report:
    catalogue = load_catalogue(folder.catalogue)
    return convert_report(folder, translations_of(catalogue, folder.profile.language), source, encoding)


def _pictures(folder: ReportFolder, report: Report) -> tuple[PictureFile, ...]:
    """Those that figures.yml names and those that the source's own marks brought in."""
    names = {**dict.fromkeys(report.picture_names, folder.source.name), **folder.picture_names}
    if not names:
        return ()
    from .publish.pictures import publish_pictures

    return publish_pictures(folder.root, names)


def _finish(report: Report, source: Path) -> None:
    """What a person should know; exit status 1 where text of the source is on no page."""
    click.echo(report.origin)
    for note in report.notes:
        click.echo(f"note: {note}")
    click.echo(str(report.ledger))
    for number, tokens in report.ledger.lost.items():
        message = f"on no page: {' '.join(tokens[:LOST_SHOWN])}{' …' if len(tokens) > LOST_SHOWN else ''}"
        remedy = "say what the line is under `lines` in report.yml"
        click.echo(f"error: {Problem(f'{source}:{number}', message, remedy)}", err=True)
    if report.ledger.unaccounted:
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
    report = _report(folder, source, encoding)
    files = render_docs(report, _pictures(folder, report))
    if check:
        found = differences(files, target)
        for problem in found:
            click.echo(f"error: {problem}", err=True)
        sys.exit(1 if found or report.ledger.unaccounted else 0)
    write_folder(files, target)
    if source is None:
        _renew_catalogue(folder, report)
    _finish(report, source or folder.source)


def _renew_catalogue(folder: ReportFolder, report: Report) -> None:
    """New texts get an empty message, changed ones turn fuzzy; an unchanged catalogue isn't touched."""
    old = load_catalogue(folder.catalogue)
    data = dump_po(renewed(old, messages(report.untranslated, folder.profile.language)))
    if not folder.catalogue.exists() or folder.catalogue.read_bytes() != data:
        write_file(data, folder.catalogue)


@main.command()
@report_option
@click.option(
    "--source",
    type=FolderPath,
    default=None,
    help="Another extraction of the same report; docs/ is not touched.",
)
@encoding_option
@click.option("--site", type=FolderPath, default=PROJECT_ROOT / "site", help="Where the site goes.")
@click.option("--copies/--no-copies", default=True, help="PDF, EPUB and offline edition, one a language.")
def build(folder_path: Path, source: Path | None, encoding: str | None, site: Path, copies: bool) -> None:
    """Convert and build the static site; renews the report's catalogue, and its docs folder where it has one."""
    from .site.build import build_site

    folder = load_folder(folder_path)
    docs = _docs_of(folder_path)
    renews_docs = source is None and (docs.is_dir() or folder_path.resolve() == OWN_REPORT)
    require_ours(site, [folder_path, source or folder.source])
    if renews_docs:
        require_ours(docs)
    report = _report(folder, source, encoding)
    rendered = render_site(report, _pictures(folder, report))
    notes = build_site(rendered, site, report=report if copies else None)
    if renews_docs:
        write_folder(rendered.docs, docs)
    if source is None:
        _renew_catalogue(folder, report)
    for note in notes:
        click.echo(f"note: {note}")
    _finish(report, source or folder.source)


@main.command()
@report_option
@click.option("--source", type=FolderPath, default=None, help="Another extraction of the same report.")
@encoding_option
@click.option("--language", type=click.Choice(["zh", "en"]), default=None, help="The report's own where not said.")
@click.option("--chapter", default=None, metavar="SLUG", help="One page of the report with those below it.")
@click.option("--output", type=FolderPath, required=True, help="The PDF file.")
def pdf(
    folder_path: Path,
    source: Path | None,
    encoding: str | None,
    language: Language | None,
    chapter: str | None,
    output: Path,
) -> None:
    """The report, or a chapter of it, as accessible PDF (PDF/UA-1)."""
    from .copies.pdf import pdf_of
    from .site.build import site_address

    folder = load_folder(folder_path)
    report = _report(folder, source, encoding)
    language = language or report.language
    if language not in report.varieties:
        raise InputError(Problem(f"--language {language}", "the report has no translation", "translate its catalogue"))
    files = {f"{language}/pictures/{n}": d for one in _pictures(folder, report) for n, d in one.files.items()}
    made = pdf_of(report, language, files, root=PROJECT_ROOT, address=site_address(PROJECT_ROOT), chapter=chapter)
    write_file(made.data, output)
    for note in made.missing:
        click.echo(f"note: {note}")
    click.echo(f"{output}: {made.pages} pages, {len(made.data) / 1_000_000:.1f} MB")


@main.command()
@click.argument("directory", type=FolderPath)
@click.option("--source", type=FolderPath, required=True, help="Text extraction of the report.")
@encoding_option
def new(directory: Path, source: Path, encoding: str | None) -> None:
    """Start a folder for another report: inferred profile, empty catalogue, and a list of what needs a person."""
    from .scaffold import start_folder

    if directory.exists() and any(directory.iterdir() if directory.is_dir() else [directory]):
        raise InputError(Problem(str(directory), "is there already and not empty", "name a new folder"))
    started = start_folder(source, encoding)
    report = _trial(started.files, source)
    write_folder(started.files, directory)
    for item in started.todo[:TODO_SHOWN]:
        click.echo(item)
    if len(started.todo) > TODO_SHOWN:
        click.echo(f"… and {len(started.todo) - TODO_SHOWN} more in {directory / 'todo.md'}")
    click.echo(started.origin)
    click.echo(_contents(report))
    click.echo(str(report.ledger))
    click.echo(f"{directory}: started; build it with: report-site build --report {directory} --site SITE")


def _trial(files: Mapping[str, bytes], source: Path) -> Report:
    """The report that the folder gives, when a site comes of it; built in a temporary place."""
    from .site.build import build_site

    with tempfile.TemporaryDirectory(prefix="report-site-") as place:
        root = Path(place) / "report"
        write_folder(files, root)
        try:
            folder = load_folder(root)
            report = _report(folder, None, None)
            build_site(
                render_site(report, _pictures(folder, report)),
                Path(place) / "site",
            )
        except InputError as error:
            first = str(error.problems[0]).replace(f"{root}/", "")
            more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
            raise InputError(
                Problem(str(source), f"no site comes of it: {first}{more}", "no folder was made")
            ) from error
    return report


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
@click.option("--site", type=FolderPath, default=PROJECT_ROOT / "site", help="The built site.")
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
def serve(folder_path: Path, port: int) -> None:
    """Local preview that rebuilds when the report folder or the theme changes."""
    from .site.build import build_site
    from .site.preview import preview

    def build_anew(site: Path) -> None:
        folder = load_folder(folder_path)
        report = _report(folder, None, None)
        pictures = _pictures(folder, report)
        build_site(render_site(report, pictures), site)

    preview(build_anew, folder_path, port)
