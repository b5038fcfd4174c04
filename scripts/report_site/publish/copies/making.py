"""The printed copies of a report: made before its pages, which tell their size and link them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path

from ...language.addresses import is_placeholder
from ...model import Language
from ...report import Report
from ..cache import NO_CACHE, Cache, tree_digest
from . import Copies
from .epub import BookFacts, epub_of
from .offline import offline_of, pages_with
from .offline_pages import Edition
from .pdf import TooLargeError, pdf_of

SIZE_LATER = "\ue000"
"""What the built pages say for the size of their offline edition, which is made of them."""


def copies_of(
    report: Report, docs: Mapping[str, bytes], *, root: Path, address: str, cache: Cache = NO_CACHE
) -> Copies:
    """`docs`: files of the docs folder, for the pictures; `root`: the folder that holds overrides/."""
    files: dict[str, bytes] = {}
    facts: dict[Language, Mapping[str, object]] = {}
    notes: list[str] = []
    for language in report.languages:
        facts[language] = {
            "epub": path_of(language, "epub"),
            "offline": path_of(language, "zip"),
            "offline_size": SIZE_LATER,
        }
        home = _home(report, language, address)
        try:
            pdf = pdf_of(report, language, docs, root=root, address=home, cache=cache)
        except TooLargeError as error:
            notes += map(str, error.problems)
            continue
        name = path_of(language, "pdf")
        files[name] = pdf.data
        facts[language] = {"pdf": name, "pages": pdf.pages, "size": _megabytes(pdf.data), **facts[language]}
        notes += pdf.missing
    return Copies(files, facts, tuple(notes))


def books_of(report: Report, site: Path, address: str, cache: Cache = NO_CACHE) -> dict[str, bytes]:
    """The e-books of the built pages in `site`, by path from its root."""
    books: dict[str, bytes] = {}
    for language in report.languages:
        folder = site if language == report.language else site / language
        books[path_of(language, "epub")] = epub_of(folder, _facts(report, language, address), cache)
    return books


def offline_editions_of(report: Report, site: Path, address: str, cache: Cache = NO_CACHE) -> dict[str, bytes]:
    """The offline editions of the built pages in `site`, by path from its root; the pages now tell their size."""
    made: dict[str, bytes] = {}
    known = "" if is_placeholder(address) else address.rstrip("/") + "/"
    built = tree_digest(site)
    for edition in _editions(report, known):
        data = cache.kept(["offline edition", repr(edition), built], partial(offline_of, site, edition))
        made |= {edition.own_file: data, **dict(pages_with(site, edition, {SIZE_LATER: _megabytes(data)}))}
    return made


def _editions(report: Report, address: str) -> Iterator[Edition]:
    roots = {language: "" if language == report.language else f"{language}/" for language in report.languages}
    for language, root in roots.items():
        note = escape(report.words("offline-note", language))
        if address:
            online = f'<a href="{escape(address + root)}">{escape(address + root)}</a>'
            note += f" {escape(report.words('offline-online', language))} {online}"
        other = next((one for one in roots if one != language), language)
        yield Edition(
            language,
            f"report-{language}",
            root,
            tuple(one for one in roots.values() if one != root),
            address,
            path_of(language, "zip"),
            note,
            report.words("online-name", other, name=report.words("name", other)),
        )


def _megabytes(data: bytes) -> str:
    return f"{len(data) / 1_000_000:.1f}"


def _facts(report: Report, language: Language, address: str) -> BookFacts:
    about = ("corrections", *(["glossary"] if report.terms else []))
    keys = {"toc": "contents", "landmarks": "epub-landmarks", "pages": "epub-pages", "start": "epub-start"}
    keys |= {"summary": "epub-summary", "printed": "epub-printed"}
    return BookFacts(
        report.varieties[language].tag,
        report.called(report.title, language) or report.words("untitled", language),
        report.called(report.publisher, language),
        report.year,
        _home(report, language, address),
        [*(page.slug for page in report.pages), *about],
        {page.slug: len(page.parents) for page in report.pages},
        {name: report.words(key, language) for name, key in keys.items()},
    )


def path_of(language: Language, ending: str) -> str:
    return f"copies/report-{language}.{ending}"


def _home(report: Report, language: Language, address: str) -> str:
    if not address:
        return ""
    return address.rstrip("/") + ("/" if language == report.language else f"/{language}/")
