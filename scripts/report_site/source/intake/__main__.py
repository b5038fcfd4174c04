"""`python -m report_site.source.intake report.pdf OUTDIR`: the extraction, its pictures and the account as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...language.progress import Progress
from ...model.errors import InputError
from . import taken_in
from .writing import files_of, summary

FilePath = click.Path(path_type=Path)


@click.command()
@click.argument("source", type=FilePath)
@click.argument("directory", type=FilePath)
@click.option("--alone", is_flag=True, help="By PDFium alone, without the second witness.")
def main(source: Path, directory: Path, alone: bool) -> None:
    """Take a PDF or Word file in."""
    try:
        if directory.exists() and any(directory.iterdir() if directory.is_dir() else [directory]):
            raise click.ClickException(f"{directory}: is there already and not empty — name a new folder")
        extraction = taken_in(source, second=not alone, told=Progress("taking in"))
    except InputError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        sys.exit(2)
    for name, data in files_of(extraction).items():
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for line in summary(extraction):
        click.echo(line)
    click.echo(f"{directory}: extraction.md, pictures/ and account.json")


if __name__ == "__main__":
    main(prog_name="python -m report_site.source.intake")
