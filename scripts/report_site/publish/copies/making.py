"""The printed copies of a report: made before its pages, which tell their size and link them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...model import Language
from ...report import Report
from .epub import BookFacts, epub_of
from .pdf import pdf_of


@dataclass(frozen=True, slots=True)
class Copies:
    files: Mapping[str, bytes]
    """By path from the site's root."""
    facts: Mapping[Language, Mapping[str, object]]
    """What pages say of the copies in their language: `pdf`, `pages`, `size` in megabytes, `epub`."""
    notes: tuple[str, ...]
    """What a person should know, a line each."""


NO_COPIES = Copies({}, {}, ())


def copies_of(report: Report, docs: Mapping[str, bytes], *, root: Path, address: str) -> Copies:
    """`docs`: files of the docs folder, for the pictures; `root`: the folder that holds overrides/."""
    files: dict[str, bytes] = {}
    facts: dict[Language, Mapping[str, object]] = {}
    notes: list[str] = []
    for language in report.languages:
        pdf = pdf_of(report, language, docs, root=root, address=_home(report, language, address))
        name = path_of(language, "pdf")
        files[name] = pdf.data
        facts[language] = {
            "pdf": name,
            "pages": pdf.pages,
            "size": f"{len(pdf.data) / 1_000_000:.1f}",
            "epub": path_of(language, "epub"),
        }
        notes += pdf.missing
    return Copies(files, facts, tuple(notes))


def books_of(report: Report, site: Path, address: str) -> dict[str, bytes]:
    """The e-books of the built pages in `site`, by path from its root."""
    books: dict[str, bytes] = {}
    for language in report.languages:
        folder = site if language == report.language else site / language
        books[path_of(language, "epub")] = epub_of(folder, _facts(report, language, address))
    return books


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
