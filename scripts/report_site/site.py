"""The static site: MkDocs over a docs folder, built in a temporary place and swapped in when all went well."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from .cards import write_cards
from .docs import swap, write_folder
from .errors import InputError, Problem
from .search_index import index_site

PROJECT_ROOT = Path(__file__).resolve().parents[2]
"""Where mkdocs.yml and overrides/ are: the site layer belongs to the repository, not to one report."""


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of: any warning fails the build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def build_site(files: Mapping[str, bytes], site: Path, *, root: Path = PROJECT_ROOT) -> None:
    """Builds `files` (the docs folder's) into `site`; on any warning nothing is changed and `InputError` is raised."""
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as name:
        work = Path(name)
        write_folder(files, work / "docs")
        build_html(work / "docs", work / "site", root=root)
        for data in ("ledger.json", "report.json", "key-figures.csv"):
            (work / "site" / data).write_bytes(files[data])
        index_site(work / "site")
        titles = json.loads(files["outline.json"])["title"]
        write_cards(work / "docs", work / "site", titles)
        swap(work / "site", site, work / "old")


def build_html(docs: Path, site: Path, *, root: Path = PROJECT_ROOT) -> None:
    """Runs MkDocs over `docs`."""
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = site_config(docs, site, root)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except (Abort, MkDocsException) as error:
        messages = warnings.messages or [str(error)]
        raise InputError(*(Problem("mkdocs", message) for message in messages)) from error
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise InputError(*(Problem("mkdocs", message) for message in warnings.messages))


def site_config(docs: Path, site: Path, root: Path) -> MkDocsConfig:
    """mkdocs.yml of the project for this docs folder: titles, order of pages and chapters come from its outline."""
    outline = json.loads((docs / "outline.json").read_text("utf-8"))
    config = load_config(str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site))
    config.site_name = outline["title"][outline["source_language"]]
    config.extra["report"] = outline
    there = {path.name for path in (docs / outline["source_language"]).glob("*.md")}
    ordered = [f"{slug}.md" for slug in outline["order"]]
    config.nav = [*ordered, *sorted(there - set(ordered))]
    return config
