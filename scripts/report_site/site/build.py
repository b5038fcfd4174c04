"""The static site: MkDocs over a docs folder, built in a temporary place and swapped in when all went well."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..language.progress import Told, nobody
from ..model.errors import InputError, Problem
from ..publish.cache import NO_CACHE, Cache
from ..publish.copies import NO_COPIES, Copies
from ..publish.docs import SiteSource
from ..publish.roundtrip import Proof
from ..publish.writing import MARKER, replacing, write_each, write_files
from ..report import Report
from . import PROJECT_ROOT
from .cards import card_of, write_cards
from .citation import Citation
from .figure_cards import card_files
from .index_files import index_site
from .kept import KeptPages
from .shell import NOTHING, Shell

_HOOKS = str(Path(__file__).with_name("hooks.py"))
"""Of the code that runs: an installed package has no scripts/ beside its settings."""


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of: any warning fails the build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class Watching(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Hands MkDocs the pages, proves each by the HTML that becomes of its Markdown, and keeps what its front matter
    says.
    """

    def __init__(self, pages: Mapping[str, bytes], proofs: Mapping[str, Proof], kept: KeptPages, told: Told) -> None:
        """`pages`: Markdown by path; `told` hears twice of each: as it is read, and as it is written."""
        self._pages = pages
        self._open = dict(proofs)
        self._kept = kept
        self._problems: list[Problem] = []
        self.metas: list[tuple[str, Mapping[str, object]]] = []
        """Language and front matter of each page."""
        self.cited: dict[tuple[str, str], tuple[Shell, Citation]] = {}
        """By language and slug; the text of none."""
        self._steps, self._done, self._told = 2 * len(pages), 0, told

    def _step(self) -> None:
        self._done += 1
        self._told(self._done, self._steps)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The pages stand in no folder: to write each only to read it takes a twentieth of a build."""
        made = (File(path, config.docs_dir, config.site_dir, config.use_directory_urls) for path in self._pages)
        for file in sorted(made, key=file_sort_key):
            files.append(file)
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str:
        return self._pages[page.file.src_uri].decode()

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self._kept.take_text(page)
        return markdown

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        self._kept.take_templates(env, Path(str(config.theme.custom_dir)))
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.metas.append((page.file.src_uri.partition("/")[0], page.meta))
        self._step()
        if proof := self._open.pop(page.file.src_uri, None):
            self._problems += proof.problems(html)
        page.markdown = None  # Rendered: MkDocs would hold it until all pages are.
        return html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """The hooks, which come first, say what stands around the page, and hold its text for the template."""
        page.content = None  # Large, and MkDocs would hold it to the end.
        told: Mapping[str, Any] = dict(context)
        shell = replace(told["shell"], heading=NOTHING, body=NOTHING)
        self.cited[shell.language, shell.slug] = (shell, told["citation"])
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        self._step()
        return output

    def problems(self) -> list[Problem]:
        """What got lost so far, pages that MkDocs never made included."""
        return [*self._problems, *(Problem(path, "never became a page", "report this as a bug") for path in self._open)]


def build_site(
    source: SiteSource,
    site: Path,
    *,
    root: Path = PROJECT_ROOT,
    address: str = "",
    told: Told = nobody,
    cache: Cache = NO_CACHE,
    report: Report | None = None,
    in_archive: bool = False,
) -> tuple[str, ...]:
    """Builds `site`, to stand at `address` (that of mkdocs.yml by default), with copies of `report` where it is given;
    `in_archive`: a folder below a front page that lists many reports.

    On any warning and any text lost nothing is changed and `InputError` is raised. What a person should know of the
    copies comes back, a line each.
    """
    copies = _printed_copies(report, source, root, address, cache) if report else NO_COPIES
    with replacing(site) as work:
        write_each(source.data_files(), work / "data")  # First: nothing of the pages is in memory yet.
        outline = {**json.loads(source.docs["outline.json"]), "copies": copies.facts, "in_archive": in_archive}
        docs = {**source.docs, "outline.json": json.dumps(outline).encode()}
        watching = build_html(docs, work, source.proofs, root=root, address=address, told=told, cache=cache)
        made = {"ledger.json": source.docs["ledger.json"], MARKER: b"Made by report-site, which replaces all of it.\n"}
        made |= {**_for_robots(address), **copies.files}
        shutil.copytree(work / "data", work / "new", copy_function=os.replace, dirs_exist_ok=True)
        write_files(made, work / "new")
        write_each(card_files(source.cards(), watching.cited), work / "new")
        index_site(work / "new", cache)
        cards = (card_of(meta, language, outline["title"][language]) for language, meta in watching.metas)
        write_cards(filter(None, cards), work / "new", cache)
        if report:
            _add_copies_of_pages(report, work / "new", address, cache)
    cache.sweep()
    return copies.notes


# What makes copies takes a tenth of a second to import: only where copies are made.


def _printed_copies(report: Report, source: SiteSource, root: Path, address: str, cache: Cache) -> Copies:
    from ..publish.copies.making import copies_of

    return copies_of(report, source.docs, root=root, address=address, cache=cache)


def _add_copies_of_pages(report: Report, site: Path, address: str, cache: Cache) -> None:
    from ..publish.copies.making import books_of, offline_editions_of

    write_files(books_of(report, site, address, cache), site)
    write_files(offline_editions_of(report, site, address, cache), site)


def _for_robots(address: str) -> dict[str, bytes]:
    """Where the sitemap is, for search engines: they look for it at the root of a host alone."""
    if urlsplit(address).path != "/":
        return {}
    return {"robots.txt": f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n".encode()}


def build_html(
    docs: Mapping[str, bytes],
    work: Path,
    proofs: Mapping[str, Proof],
    *,
    root: Path = PROJECT_ROOT,
    address: str = "",
    told: Told = nobody,
    cache: Cache = NO_CACHE,
) -> Watching:
    """Runs MkDocs over the files of a docs folder, by path; the site is `new` in the workspace. What was seen of each
    page comes back.
    """
    pages = {path: text for path, text in docs.items() if path.endswith(".md")}
    beside = {path: data for path, data in docs.items() if path not in pages}
    write_files(beside, work / "docs")
    warnings = _Warnings()
    watching = Watching(pages, proofs, KeptPages(cache, lambda: len(warnings.messages)), told)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = _config(docs, work, root, address)
        config.plugins["watching"] = watching
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except (Abort, MkDocsException) as error:
        messages = warnings.messages or [str(error)]
        raise InputError(*map(_told_by_mkdocs, messages)) from error
    finally:
        logger.removeHandler(warnings)
    if problems := [*watching.problems(), *map(_told_by_mkdocs, warnings.messages)]:
        raise InputError(*problems)
    return watching


def _told_by_mkdocs(message: str) -> Problem:
    return Problem("mkdocs", message, "mend the page or the file that it names")


def _config(docs: Mapping[str, bytes], work: Path, root: Path, address: str) -> MkDocsConfig:
    """mkdocs.yml of the project for these files: titles, order of pages and chapters come from their outline."""
    outline = json.loads(docs["outline.json"])
    config = load_config(
        str(root / "mkdocs.yml"), docs_dir=str(work / "docs"), site_dir=str(work / "new"), hooks=[_HOOKS]
    )
    config.site_url = address or config.site_url
    config.site_name = outline["title"][outline["source_language"]]
    config.extra["report"] = outline
    _set_languages(config, outline)
    folder = f"{outline['source_language']}/"
    there = {path.removeprefix(folder) for path in docs if path.startswith(folder) and path.endswith(".md")}
    ordered = [f"{slug}.md" for slug in outline["order"]]
    config.nav = [*ordered, *sorted(there - set(ordered))]
    return config


def _set_languages(config: MkDocsConfig, outline: Mapping[str, Any]) -> None:
    """The report's own language stands at the root; one that has nothing to show isn't built."""
    for language in config.plugins["i18n"].config.languages:
        language.build = language.locale in outline["languages"]
        language.default = language.locale == outline["source_language"]
        language.link = "/" if language.default else f"/{language.locale}/"
