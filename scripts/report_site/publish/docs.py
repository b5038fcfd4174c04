"""The report to the files of a docs folder: Markdown in both languages and what the site layer reads beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..language.progress import Told, nobody
from ..model import Language
from ..report import Report
from . import data, glossary
from .about_pages import corrections_page, home_page, print_page, search_page
from .cache import NO_CACHE, Cache
from .data import Json
from .imprint import with_imprint
from .outline import site_outline
from .report_json import dump_json, ledger_json, report_json
from .report_pages import block_homes, page_context, report_pages
from .roundtrip import Proof, prove
from .written_pages import require_harmless, require_own_addresses, require_targets

if TYPE_CHECKING:
    from .pictures import PictureFile


@dataclass(frozen=True, slots=True)
class SiteSource:
    """All that a site is built from; the build proves its pages by the HTML that they become."""

    docs: Mapping[str, bytes]
    """The files of the docs folder, by path."""
    data: Mapping[str, bytes]
    """What the site offers to other programs; no part of the docs folder that people read and edit."""
    proofs: Mapping[str, Proof]
    """By path of the page in the docs folder."""
    cards: Mapping[str, Json]
    """Of the numbers that a page lists, by its path in the docs folder."""


def render_docs(
    report: Report, pictures: Sequence[PictureFile] = (), cache: Cache = NO_CACHE, told: Told = nobody
) -> dict[str, bytes]:
    """All files of the docs folder, by path; each page proven by parsing it again."""
    half = len(report.languages) * len(report.pages)
    files = _render(report, pictures, cache, data.gather(report), lambda done, _: told(done, 2 * half))
    prove(files, _proofs(report, files), cache, lambda done, _: told(half + done, 2 * half))
    return files


def render_site(
    report: Report, pictures: Sequence[PictureFile] = (), cache: Cache = NO_CACHE, told: Told = nobody
) -> SiteSource:
    gathered = data.gather(report)
    files = {"report.json": report_json(report), **data.data_files(report, gathered, cache)}
    docs = _render(report, pictures, cache, gathered, told)
    return SiteSource(docs, files, _proofs(report, docs), data.cards_by_page(report, gathered))


def _render(
    report: Report, pictures: Sequence[PictureFile], cache: Cache, gathered: data.Gathered, told: Told
) -> dict[str, bytes]:
    """`told` hears of as many pages as the report has; those beside them are soon made."""
    files: dict[str, bytes] = {}
    total = len(report.languages) * len(report.pages)
    for language in report.languages:
        for name, text in _pages_in(report, language, pictures, gathered):
            files[f"{language}/{name}"] = text.encode()
            told(min(len(files), total), total)
    written = {path: text for path, text in report.written_pages.items() if path.partition("/")[0] in report.languages}
    require_own_addresses(written, files)
    require_harmless(written, cache)
    files |= {path: text.encode() for path, text in with_imprint(written, report).items()}
    for language in report.languages:
        files |= {f"{language}/pictures/{name}": data for one in pictures for name, data in one.files.items()}
    require_targets(written, files, cache)
    files["outline.json"] = dump_json(site_outline(report))
    files["ledger.json"] = ledger_json(report.ledger)
    return files


def _proofs(report: Report, files: Mapping[str, bytes]) -> dict[str, Proof]:
    contexts = {language: page_context(report, language) for language in report.languages}
    return {
        path: Proof.of(page, context, files[path].decode())
        for language, context in contexts.items()
        for page in report.pages
        for path in (f"{language}/{page.slug}.md",)
    }


def _pages_in(
    report: Report, language: Language, pictures: Sequence[PictureFile], gathered: data.Gathered
) -> Iterator[tuple[str, str]]:
    context = page_context(report, language, {p.name: p.published for p in pictures})
    context = replace(context, rows=gathered.rows)
    homes = block_homes(report.pages)
    yield from report_pages(report, context, homes)
    yield "index.md", home_page(report, language)
    yield "corrections.md", corrections_page(report, language, homes)
    yield from data.pages_of(report, language, gathered)
    yield "search.md", search_page(report, language)
    yield "print.md", print_page(report, language, context)
    if report.terms:
        yield from glossary.render(report.terms, language, report.voice(language))
