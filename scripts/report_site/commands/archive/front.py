"""The front pages of an archive in both languages, and the index that searches all its reports.

Everything is read from the built reports, so that an edition kept from an earlier run is listed like a new one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from selectolax.lexbor import LexborHTMLParser

from ...language.parts import marked
from ...language.query_numbers import query_numbers
from ...language.strings import LANGUAGES, all_words, words
from ...language.tags import VARIETIES, other_than
from ...language.variants import folds
from ...model import Language
from ...site import PROJECT_ROOT
from ...site.shell import Edition, Shell

TEMPLATE = "archive.html"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in one language."""

    url: str
    """From the archive's root."""
    title: str
    publisher: str
    tag: str
    language_name: str
    """In the language itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the front page lists it."""

    name: str
    year: int | None
    language: Language
    editions: Mapping[Language, Listed]
    """Those that the site is built in, its own first."""

    def shown_in(self, language: Language) -> Listed:
        """The edition that a reader of `language` is led to."""
        return self.editions.get(language) or self.editions[self.language]


def entry_of(site: Path, name: str) -> Entry:
    """The entry of a built report's site."""
    data = json.loads((site / "report.json").read_text("utf-8"))
    own: Language = data["language"]
    editions: dict[Language, Listed] = {}
    for language in (own, other_than(own)):
        folder = "" if language == own else f"{language}/"
        if (site / "search" / f"index.{language}.json").is_file():
            tree = LexborHTMLParser((site / folder / "index.html").read_text("utf-8"))
            tag = (tree.root.attributes.get("lang") if tree.root else None) or language
            publisher = (data.get("publisher") or {}).get(language) or ""
            editions[language] = Listed(
                f"{name}/{folder}", data["title"][language], publisher, tag, words("name", language)
            )
    return Entry(name, data["year"], own, editions)


def front_pages(root: Path, entries: Sequence[Entry], address: str) -> dict[str, bytes]:
    """The archive's own files, by path: pages, theme, search indexes, the list as data."""
    first: Language = Counter(entry.language for entry in entries).most_common(1)[0][0]
    listed = sorted(entries, key=lambda entry: (-(entry.year or 0), entry.shown_in(first).title))
    files = {
        f"search/index.{language}.json": merged_index(
            (one.name, one.editions[language].title, root / one.name / "search" / f"index.{language}.json")
            for one in listed
            if language in one.editions
        )
        for language in LANGUAGES
    }
    files |= _theme(root / listed[0].name)
    editions = tuple(_edition(language, first) for language in (first, other_than(first)))
    for edition in editions:
        base = "../" if edition.root else ""
        files[f"{edition.root}index.html"] = _page(edition, editions, listed, address, base)
    return files | (_for_hosts(editions, listed, address) if address else {})


def _for_hosts(editions: tuple[Edition, ...], entries: Sequence[Entry], address: str) -> dict[str, bytes]:
    """What an address is needed for: the page for addresses without a page, and the list of all sitemaps."""
    root = urlsplit(address).path
    pages = "".join(f"<url><loc>{escape(address + one.root)}</loc></url>" for one in editions)
    names = ["pages.xml", *(f"{entry.name}/sitemap.xml" for entry in entries)]
    maps = "".join(f"<sitemap><loc>{escape(address + name)}</loc></sitemap>" for name in names)
    return {
        "404.html": _page(editions[0], editions, entries, address, root, missing=True),
        "pages.xml": f'{_XML}<urlset xmlns="{_SITEMAPS}">{pages}</urlset>\n'.encode(),
        "sitemap.xml": f'{_XML}<sitemapindex xmlns="{_SITEMAPS}">{maps}</sitemapindex>\n'.encode(),
    }


def _theme(report: Path) -> dict[str, bytes]:
    """Stylesheets, scripts and icons as a report has them; its pictures and cards are its own."""
    paths = [*(report / "assets").glob("*.*"), *(report / "assets" / "js").glob("*.js")]
    return {path.relative_to(report).as_posix(): path.read_bytes() for path in sorted(paths)}


def _edition(language: Language, first: Language) -> Edition:
    """The site's words, with those about a report exchanged for those about all of them."""
    said = {key.replace("-", "_"): text for key, text in all_words(language).items()}
    said |= {key.removeprefix("archive_"): text for key, text in said.items() if key.startswith("archive_search_")}
    return Edition(VARIETIES[language], said, "" if language == first else f"{language}/", said["archive_title"], "")


def _page(
    edition: Edition,
    editions: tuple[Edition, ...],
    entries: Sequence[Entry],
    address: str,
    base: str,
    *,
    missing: bool = False,
) -> bytes:
    """The list in one language; `base` leads to the archive's root, `missing`: it stands where there is no page."""
    environment = Environment(
        loader=FileSystemLoader(PROJECT_ROOT / "overrides"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    shell = Shell(edition, editions, "archive", "site", title=edition.report, address=f"{address}{edition.root}")
    environment.filters["parts"] = lambda text: marked(text, edition.variety.language, shell.other_tag)
    shown = [(entry, entry.shown_in(edition.variety.language)) for entry in entries]
    values = {"shell": shell, "base": base, "entries": shown, "address": address, "missing": missing}
    return environment.get_template(TEMPLATE).render(values).encode("utf-8")


# --- search --------------------------------------------------------------------------------------------------------


def merged_index(parts: Iterable[tuple[str, str, Path]]) -> bytes:
    """One index of many, each page named with its report; as `site/search_index.py` writes it and search.js reads it.

    `parts`: name in the archive, the report's title, the file of its index.
    """
    pages: list[list[Any]] = []
    blocks: dict[str, list[Any]] = {key: [] for key in ("page", "id", "heading", "text", "numbers")}
    for name, title, path in parts:
        index = json.loads(path.read_text("utf-8"))
        first_page, first_block = len(pages), len(blocks["page"])
        pages += ([f"{name}/{url}", _with_report(own, title), is_report] for url, own, is_report in index["pages"])
        blocks["page"] += (page + first_page for page in index["blocks"]["page"])
        blocks["heading"] += (at + first_block if at >= 0 else at for at in index["blocks"]["heading"])
        for key in ("id", "text", "numbers"):
            blocks[key] += index["blocks"][key]
    there = "".join({character: None for text in blocks["text"] for character in text})
    merged = {"pages": pages, "blocks": blocks, "folds": folds(there), "numberWords": query_numbers()}
    return json.dumps(merged, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _with_report(page: str, report: str) -> str:
    return page if page == report else f"{page} – {report}"
