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
from .language.strings import voices
from .model import DataTable, Figure, KeyFigures, KeyValueTable, List, Paragraph
from .publish.docs import render_docs, render_site
from .publish.writing import differences, require_ours, write_file, write_folder
from .report import Report
from .site import PROJECT_ROOT
from .structure.translation import messages

if TYPE_CHECKING:
    from .publish.pictures import PictureFile
    from .scaffold import Started

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


language_option = click.option(
    "--language",
    "voice",
    type=click.Choice(voices()),
    default=None,
    help="What the page speaks: by default your computer's language, else the report's.",
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
def build(folder_path: Path, source: Path | None, encoding: str | None, site: Path) -> None:
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
    build_site(rendered, site)
    if renews_docs:
        write_folder(rendered.docs, docs)
    if source is None:
        _renew_catalogue(folder, report)
    _finish(report, source or folder.source)


@main.command()
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
    from .editing import PREFLIGHT_NAME, preflight_page, write_page
    from .scaffold import start_folder

    if directory.exists() and any(directory.iterdir() if directory.is_dir() else [directory]):
        raise InputError(Problem(str(directory), "is there already and not empty", "name a new folder"))
    started = start_folder(source, encoding)
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
    click.echo(f"{directory}: started; build it with: report-site build --report {directory} --site SITE")


def _trial(files: Mapping[str, bytes], source: Path) -> tuple[ReportFolder, Report]:
    """The folder and the report that it gives, when a site comes of it; built in a temporary place."""
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
@language_option
def serve(folder_path: Path, port: int, voice: str | None) -> None:
    """Local preview that rebuilds when the report folder or the theme changes; /_preflight/ names what is doubtful."""
    from .editing import preflight_page
    from .site.build import build_site
    from .site.preview import add_preflight, preview

    def build_anew(site: Path) -> None:
        folder = load_folder(folder_path)
        report = _report(folder, None, None)
        pictures = _pictures(folder, report)
        build_site(render_site(report, pictures), site)
        add_preflight(site, preflight_page(folder, report, voice, site="../"))

    preview(build_anew, folder_path, port)


# --- what only the editor sees -------------------------------------------------------------------------------------


@main.command()
@report_option
@language_option
@click.option("--out", type=FolderPath, default=None, help="The page's file: by default preflight.html in the folder.")
def preflight(folder_path: Path, voice: str | None, out: Path | None) -> None:
    """A page for the editor: what was recognised, each doubtful place, and the lines that settle it."""
    from .editing import PREFLIGHT_NAME, preflight_page, write_page

    folder = load_folder(folder_path)
    found = preflight_page(folder, _report(folder, None, None), voice)
    target = out or folder_path / PREFLIGHT_NAME
    write_page(found.html, target)
    click.echo(f"{target}: {len(found.doubts)} places to check")


@main.command()
@click.argument("old", type=FolderPath)
@click.argument("new", type=FolderPath)
@language_option
@click.option("--out", type=FolderPath, default=None, help="The page's file: by default comparison.html in NEW.")
def compare(old: Path, new: Path, voice: str | None, out: Path | None) -> None:
    """The key figures of two years side by side, as a page and, beside it, as CSV: folder OLD and folder NEW."""
    from .editing import COMPARISON_NAME, write_comparison

    before, after = (_report(load_folder(path), None, None) for path in (old, new))
    target = out or new / COMPARISON_NAME
    found = write_comparison(before, after, voice, target)
    doubtful = sum(not match.sure for match in found.matches)
    click.echo(f"{target}: {len(found.matches)} figures in both, {doubtful} of them to be confirmed")
    click.echo(f"only in {old}: {len(found.only_old)}; only in {new}: {len(found.only_new)}")


def _carried(earlier: Path, started: Started) -> Started:
    """The new folder with what holds of the earlier one; prints what became of it."""
    from .editions.carrying import carry_over

    old = load_folder(earlier)
    carried = carry_over(old, _report(old, None, None), started)
    for line in (*carried.summary, *carried.listed(TODO_SHOWN)):
        click.echo(line)
    return carried.started
