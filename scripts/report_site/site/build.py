"""The static site: MkDocs over a docs folder, built in a temporary place and swapped in when all went well."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from ..copies.making import Copies, copies_of
from ..errors import InputError, Problem
from ..model import Language
from ..publish.docs import SiteSource
from ..publish.roundtrip import Proof
from ..publish.writing import MARKER, replacing, write_files
from ..report import Report
from . import PROJECT_ROOT
from .cards import card_of, write_cards
from .search_index import index_site

NO_COPIES = Copies({}, {}, ())


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of: any warning fails the build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _Watching(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Proves each page by the HTML that MkDocs makes of its Markdown, and keeps what its front matter says."""

    def __init__(self, proofs: Mapping[str, Proof]) -> None:
        self._open = dict(proofs)
        self._problems: list[Problem] = []
        self.metas: list[tuple[str, Mapping[str, object]]] = []
        """Language and front matter of each page."""

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.metas.append((page.file.src_uri.partition("/")[0], page.meta))
        if proof := self._open.pop(page.file.src_uri, None):
            self._problems += proof.problems(html)
        return html

    def problems(self) -> list[Problem]:
        """What got lost so far, pages that MkDocs never made included."""
        return [*self._problems, *(Problem(path, "never became a page", "report this as a bug") for path in self._open)]


def build_site(
    source: SiteSource, site: Path, *, root: Path = PROJECT_ROOT, report: Report | None = None
) -> tuple[str, ...]:
    """Builds `site`; on any warning and any text lost nothing is changed and `InputError` is raised.

    `report`: what copies (PDF, EPUB, offline edition) are made of; None: no copies. Notes for a person come back.
    """
    copies = copies_of(report, source.docs, root=root, address=site_address(root)) if report else NO_COPIES
    with replacing(site) as work:
        write_files(source.docs, work / "docs")
        metas = build_html(work / "docs", work / "new", source.proofs, root=root, copies=copies.facts)
        made = {"ledger.json": source.docs["ledger.json"], MARKER: b"Made by report-site, which replaces all of it.\n"}
        write_files({**made, **source.data, **copies.files}, work / "new")
        index_site(work / "new")
        titles = json.loads(source.docs["outline.json"])["title"]
        cards = (card_of(meta, language, titles[language]) for language, meta in metas)
        write_cards(filter(None, cards), work / "new")
    return copies.notes


def build_html(
    docs: Path,
    site: Path,
    proofs: Mapping[str, Proof],
    *,
    root: Path = PROJECT_ROOT,
    copies: Mapping[Language, object] = NO_COPIES.facts,
) -> list[tuple[str, Mapping[str, object]]]:
    """Runs MkDocs over `docs`; language and front matter of each page."""
    warnings, watching = _Warnings(), _Watching(proofs)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = site_config(docs, site, root)
        config.extra["report"]["copies"] = copies
        config.plugins["watching"] = watching
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except (Abort, MkDocsException) as error:
        messages = warnings.messages or [str(error)]
        raise InputError(*(Problem("mkdocs", message) for message in messages)) from error
    finally:
        logger.removeHandler(warnings)
    if problems := [*watching.problems(), *(Problem("mkdocs", message) for message in warnings.messages)]:
        raise InputError(*problems)
    return watching.metas


def site_address(root: Path) -> str:
    """Where the site will stand, by mkdocs.yml."""
    return str(yaml_load((root / "mkdocs.yml").read_text("utf-8")).get("site_url") or "")


def site_config(docs: Path, site: Path, root: Path) -> MkDocsConfig:
    """mkdocs.yml of the project for this docs folder: titles, order of pages and chapters come from its outline."""
    outline = json.loads((docs / "outline.json").read_text("utf-8"))
    config = load_config(str(root / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site))
    config.site_name = outline["title"][outline["source_language"]]
    config.extra["report"] = outline
    _set_languages(config, outline)
    there = {path.name for path in (docs / outline["source_language"]).glob("*.md")}
    ordered = [f"{slug}.md" for slug in outline["order"]]
    config.nav = [*ordered, *sorted(there - set(ordered))]
    return config


def _set_languages(config: MkDocsConfig, outline: Mapping[str, Any]) -> None:
    """The report's own language stands at the root; one that has nothing to show isn't built."""
    for language in config.plugins["i18n"].config.languages:
        language.build = language.locale in outline["languages"]
        language.default = language.locale == outline["source_language"]
        language.link = "/" if language.default else f"/{language.locale}/"
