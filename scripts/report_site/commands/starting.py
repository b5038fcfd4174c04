"""The start of a folder for another report: what `new` makes, tries and says."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from ..folder.loading import ReportFolder, load_folder
from ..language.progress import Progress
from ..model import DataTable, Figure, KeyFigures, KeyValueTable, List, Paragraph
from ..model.errors import InputError, Problem
from ..publish.docs import render_site
from ..publish.writing import require_new, require_output, write_folder
from ..report import Report
from ..site.build import build_site
from .editor.editions.carrying import carry_over
from .editor.files import PREFLIGHT_NAME, preflight_page, write_page
from .editor.scaffold import Started, start_folder
from .making import pictures_of, report_of
from .options import kept

TODO_SHOWN = 12
"""Items of the list for a person that are printed; the file has them all."""


def start(
    directory: Path, source: Path, encoding: str | None, voice: str | None, page: Path | None, earlier: Path | None
) -> Report:
    """Makes the folder and says what is in it; `page`: where the preflight page goes. The report that comes of it."""
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
    return report


def _trial(files: Mapping[str, bytes], source: Path) -> tuple[ReportFolder, Report]:
    """The folder and the report that it gives, when a site comes of it; built in a temporary place."""
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


def _carried(earlier: Path, started: Started) -> Started:
    """The new folder with what holds of the earlier one; prints what became of it."""
    old = load_folder(earlier)
    carried = carry_over(old, report_of(old), started)
    for line in (*carried.summary, *carried.listed(TODO_SHOWN)):
        click.echo(line)
    return carried.started
