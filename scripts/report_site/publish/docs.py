"""The report to the files of a docs folder: Markdown in both languages and what the site layer reads beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..language.progress import Told, nobody
from ..model import Language
from ..report import Basis, Report
from . import data, glossary
from .about_pages import corrections_page, home_page, print_page, search_page
from .cache import NO_CACHE, Cache
from .data import Json
from .imprint import with_imprint
from .inline import PageContext
from .outline import site_outline
from .report_json import dump_json, ledger_json, report_json
from .report_pages import block_homes, page_context, report_pages
from .roundtrip import Proof, prove
from .written_pages import require_harmless, require_own_addresses, require_targets

if TYPE_CHECKING:
    from .pictures import PictureFile

Contexts = Mapping[Language, PageContext]
"""What the pages of a language share: each is made once."""


@dataclass(frozen=True, slots=True)
class SiteSource:
    """All that a site is built from; the build proves its pages by the HTML that they become."""

    docs: Mapping[str, bytes]
    """The files of the docs folder, by path."""
    proofs: Mapping[str, Proof]
    """By path of the page in the docs folder."""
    report: Report
    """As far as readers see it."""
    gathered: data.Gathered
    cache: Cache

    def data_files(self) -> Iterator[tuple[str, bytes]]:
        """What the site offers to other programs; no part of the docs folder that people read and edit.

        Made when it is asked for, when the pages are done: neither waits in memory for the other.
        """
        yield "report.json", report_json(self.report)
        yield from data.data_files(self.report, self.gathered, self.cache)

    def cards(self) -> Iterator[tuple[str, Json]]:
        """Of the numbers that a page lists, with its path in the docs folder."""
        return data.cards_by_page(self.report, self.gathered)


def render_docs(
    report: Report, pictures: Sequence[PictureFile] = (), cache: Cache = NO_CACHE, told: Told = nobody
) -> dict[str, bytes]:
    """All files of the docs folder, by path; each page proven by parsing it again."""
    half = len(report.languages) * len(report.pages)
    contexts = _contexts(report, pictures, gathered := data.gather(report))
    files = _render(report, contexts, pictures, cache, gathered, lambda done, _: told(done, 2 * half))
    prove(files, _proofs(report, contexts, files), cache, lambda done, _: told(half + done, 2 * half))
    return files


def render_site(
    report: Report, pictures: Sequence[PictureFile] = (), cache: Cache = NO_CACHE, told: Told = nobody
) -> SiteSource:
    gathered = data.gather(report)
    contexts = _contexts(report, pictures, gathered)
    docs = _render(report, contexts, pictures, cache, gathered, told)
    seen = replace(report, untranslated=(), printed_whole=(), basis=Basis())
    return SiteSource(docs, _proofs(report, contexts, docs), seen, gathered, cache)


def _contexts(report: Report, pictures: Sequence[PictureFile], gathered: data.Gathered) -> Contexts:
    published = {picture.name: picture.published for picture in pictures}
    rows = gathered.rows
    return {language: replace(page_context(report, language, published), rows=rows) for language in report.languages}


def _render(
    report: Report,
    contexts: Contexts,
    pictures: Sequence[PictureFile],
    cache: Cache,
    gathered: data.Gathered,
    told: Told,
) -> dict[str, bytes]:
    """`told` hears of as many pages as the report has; those beside them are soon made."""
    files: dict[str, bytes] = {}
    total = len(report.languages) * len(report.pages)
    for language, context in contexts.items():
        for name, text in _pages_in(report, language, context, gathered):
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


def _proofs(report: Report, contexts: Contexts, files: Mapping[str, bytes]) -> dict[str, Proof]:
    return {
        path: Proof.of(page, context, files[path].decode())
        for language, context in contexts.items()
        for page in report.pages
        for path in (f"{language}/{page.slug}.md",)
    }


def _pages_in(
    report: Report, language: Language, context: PageContext, gathered: data.Gathered
) -> Iterator[tuple[str, str]]:
    homes = block_homes(report.pages)
    yield from report_pages(report, context, homes)
    yield "index.md", home_page(report, language)
    yield "corrections.md", corrections_page(report, language, homes)
    yield from data.pages_of(report, language, gathered)
    yield "search.md", search_page(report, language)
    yield "print.md", print_page(report, language, context)
    if report.terms:
        yield from glossary.render(report.terms, language, report.voice(language))
