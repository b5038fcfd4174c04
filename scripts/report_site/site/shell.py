"""What the page shell shows beside a page's text: one typed value a page, from its front matter and the outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from report_site.language.characters import HAN
from report_site.language.strings import all_words
from report_site.language.tags import VARIETIES, Variety

LONGEST_TITLE = 70
"""Characters of a document's title, beyond which the report is named by its publisher and year."""
MOST_LISTED = 200
"""Entries up to which each page carries the whole contents list; beyond, pages times entries grows too large."""
NEARBY = 40
"""Entries of one level that a page lists of a longer list, around its own place."""
SHORTEST_READ = 2
"""In minutes."""
_TAGS = re.compile(r"<[^>]*>")
_IDEOGRAPHS = re.compile(rf"[{HAN}]")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
_FIRST_HEADING = re.compile(r"^.*?</h1>", re.DOTALL)
_CASE = "-case"
REPEATED = 3
"""Times that a title stands on a page, from which on it tells no place."""
"""Behind the id of a heading that opens a case study."""

Json = Mapping[str, Any]
NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of the site."""

    variety: Variety
    words: Mapping[str, str]
    """The site's own words, with underscores for hyphens, as templates write names."""
    root: str
    """Where its pages begin: empty for the report's own language."""
    report: str
    publisher: str
    maker: str = ""
    """Who made the edition; empty where nobody is named."""
    run_by: str = ""
    """The sentence that says who runs the site."""

    @property
    def tag(self) -> str:
        return self.variety.tag

    @property
    def locale(self) -> str:
        return self.variety.locale


@dataclass(frozen=True, slots=True)
class Twin:
    """A page in one of the site's languages."""

    edition: Edition
    url: str
    """From the site's root."""
    address: str
    is_here: bool
    is_root: bool
    """In the report's own language: what a browser gets that speaks neither."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the list of what is on a page."""

    title: str
    url: str
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents list as a page carries it."""

    opening: Sequence[Json] = ()
    chapters: Sequence[Json] = ()
    closing: Sequence[Json] = ()
    below: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Slugs of the pages right below a page, by its slug."""
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Shell:
    edition: Edition
    editions: tuple[Edition, ...]
    kind: str
    """Which template: home, chapter, page, search, print, missing."""
    holds: str
    """`report` for pages that carry the report, `site` for those about it."""
    slug: str = ""
    title: str = ""
    """Plain text."""
    description: str = ""
    address: str = ""
    accent: str = ""
    year: int | None = None
    """The reporting year."""
    published: int | None = None
    """When the report came out."""
    restated: bool = False
    dated: str = ""
    """When the edition was made; empty: not said."""
    noindex: bool = False
    printed: str = ""
    """Printed pages, as `13–24`."""
    minutes: int = 0
    """How long the page takes to read; 0 where that says nothing: short pages, and those about the site."""
    disclosures: Sequence[Json] = ()
    entries: Mapping[str, Json] = field(default_factory=dict)
    trail: Sequence[str] = ()
    chapter: Json | None = None
    chapters: Sequence[Json] = ()
    opening: Sequence[Json] = ()
    closing: Sequence[Json] = ()
    index_page: Json | None = None
    """The report's index of disclosures, as navigation shows it."""
    contents: Contents = field(default_factory=Contents)
    copies: Json = field(default_factory=dict)
    """The report in the page's language as files: `pdf` with `pages` and `size`, `epub`."""
    twins: tuple[Twin, ...] = ()
    heading: Markup = NOTHING
    """The page's first heading."""
    body: Markup = NOTHING
    headings: tuple[Heading, ...] = ()

    @property
    def language(self) -> str:
        return self.edition.variety.language

    @property
    def tag(self) -> str:
        return self.edition.tag

    @property
    def words(self) -> Mapping[str, str]:
        return self.edition.words

    @property
    def root(self) -> str:
        return self.edition.root

    @property
    def other_tag(self) -> str:
        """Tag of what is foreign on the page."""
        other = next((one for one in self.editions if one is not self.edition), None)
        return other.tag if other else ("en" if self.language == "zh" else VARIETIES["zh"].tag)

    @property
    def translated(self) -> bool:
        return bool(self.edition.root)

    @property
    def search_words(self) -> dict[str, str]:
        """What the search page says while it works."""
        return {key.removeprefix("search_"): text for key, text in self.words.items() if key.startswith("search_")}

    @property
    def other_twins(self) -> tuple[Twin, ...]:
        return tuple(twin for twin in self.twins if not twin.is_here)

    @property
    def document_title(self) -> str:
        report = self.edition.report
        if self.kind == "missing":
            return " · ".join(edition.words["missing_title"] for edition in self.editions)
        if self.kind == "home":
            return report
        full = f"{self.title} – {report}"
        source = " ".join(filter(None, (self.edition.publisher, str(self.year or ""))))
        return full if len(full) <= LONGEST_TITLE or not source else f"{self.title} – {source}"


def editions_of(outline: Json) -> dict[str, Edition]:
    """The languages that the site is built in, the report's own first."""
    return {
        language: Edition(
            VARIETIES[tag],
            {key.replace("-", "_"): text for key, text in all_words(VARIETIES[tag].voice).items()},
            "" if language == outline["source_language"] else f"{language}/",
            outline["title"][language],
            outline["publisher"][language],
            outline["maker"][language],
            outline["run_by"][language],
        )
        for language, tag in outline["languages"].items()
    }


def shell_of_page(page: Page, editions: Mapping[str, Edition], outline: Json, lists: Lists, site_url: str) -> Shell:
    meta = page.meta
    language = page.file.src_uri.partition("/")[0]
    heading, body = _cut(page.content or "")
    slug, trail = str(meta.get("slug", "")), [str(parent) for parent in meta.get("parents", ())]
    family = {slug, *trail}
    pages = meta.get("printed_pages") or ()
    kind = str(meta.get("template_kind", "page"))
    return Shell(
        edition=editions[language],
        editions=tuple(editions.values()),
        kind=kind,
        holds=str(meta.get("kind", "site")),
        slug=slug,
        title=str(meta.get("title") or page.title or ""),
        description=str(meta.get("description", "")) or editions[language].report,
        address=page.canonical_url or "",
        accent=str(meta.get("accent", "")),
        year=outline["year"],
        published=outline["published"],
        restated=outline["restated"],
        dated=outline["dated"],
        noindex=bool(meta.get("noindex")),
        printed="–".join(dict.fromkeys(map(str, pages))),
        minutes=minutes_to_read(body) if meta.get("kind") == "report" and kind == "page" else 0,
        disclosures=meta.get("disclosures", ()),
        entries=outline["pages"][language],
        trail=trail,
        chapter=next((one for one in outline["chapters"][language] if one["slug"] in family), None),
        chapters=outline["chapters"][language],
        opening=lists.opening,
        closing=lists.closing,
        index_page=lists.index,
        contents=contents_for(family, lists, outline["chapters"][language], outline["pages"][language]),
        copies=outline.get("copies", {}).get(language, {}),
        twins=_twins(page, language, editions, site_url),
        heading=heading,
        body=body,
        headings=headings_of(page) if kind != "home" else (),
    )


def contents_for(
    family: Collection[str], lists: Lists, chapters: Sequence[Json], entries: Mapping[str, Json]
) -> Contents:
    """Of a long list what is around the page's place: the pages beside it, and those beside what it is a part of."""
    if len(entries) <= MOST_LISTED:
        return Contents(lists.opening, chapters, lists.closing, lists.below)
    here = [slug for slug in family if slug in entries]
    return Contents(
        _nearby(lists.opening, family),
        _nearby(chapters, family),
        _nearby(lists.closing, family),
        {slug: _nearby(entries[slug]["sections"], family) for slug in here},
        is_whole=False,
    )


def _nearby(items: Sequence[Any], family: Collection[str]) -> Sequence[Any]:
    """Pages, each as its slug or what navigation shows of it."""
    if len(items) <= NEARBY:
        return items
    slugs = [item if isinstance(item, str) else item["slug"] for item in items]
    at = next((i for i, slug in enumerate(slugs) if slug in family), 0)
    begin = max(0, min(at - NEARBY // 2, len(items) - NEARBY))
    return items[begin : begin + NEARBY]


def shell_of_missing(editions: Mapping[str, Edition]) -> Shell:
    """404.html, one for all languages."""
    shown = tuple(editions.values())
    return Shell(shown[0], shown, "missing", "site", title=shown[0].words["missing_title"])


@dataclass(frozen=True, slots=True)
class Lists:
    """Pages around the chapters, as navigation shows them; the same on every page of a language."""

    opening: tuple[Json, ...]
    closing: tuple[Json, ...]
    index: Json | None = None
    below: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Slugs of the pages right below each page."""


def lists_of(nav: Navigation, language: str, edition: Edition, outline: Json) -> Lists:
    """Pages about the site that the outline doesn't list stand after it."""
    entries = outline["pages"][language]
    about = [
        {"slug": page.meta["slug"], "url": page.url.removeprefix(edition.root), "title": page.meta["title"]}
        for page in nav.pages
        if page.meta.get("kind") == "site" and _is_listed(page.meta)
    ]
    return Lists(
        tuple(entries[slug] for slug in outline["opening"]),
        (*(entries[slug] for slug in outline["closing"]), *about),
        _index_in(nav, entries),
        {slug: entry["sections"] for slug, entry in entries.items()},
    )


def _index_in(nav: Navigation, entries: Mapping[str, Json]) -> Json | None:
    """The page that the pages' own disclosures lead to."""
    files = (one["file"] for page in nav.pages for one in page.meta.get("disclosures", ()))
    return entries.get(next(files, "").partition(".")[0])


def _is_listed(meta: Json) -> bool:
    kind = meta.get("template_kind")
    apart = kind in ("home", "search", "numbers") or meta.get("part_of")
    return not apart and (not meta.get("noindex") or kind == "print")


def minutes_to_read(html: str) -> int:
    """At 400 ideographs and 220 words a minute; below two minutes it isn't worth a line."""
    text = _TAGS.sub(" ", html)
    minutes = sum(1 for _ in _IDEOGRAPHS.finditer(text)) / 400 + sum(1 for _ in _WORDS.finditer(text)) / 220
    return round(minutes) if minutes >= SHORTEST_READ else 0


def _cut(html: str) -> tuple[Markup, Markup]:
    """The first heading, and what follows it."""
    match = _FIRST_HEADING.match(html)
    return (Markup(match[0]), Markup(html[match.end() :])) if match else (Markup(""), Markup(html))


def _twins(page: Page, here: str, editions: Mapping[str, Edition], site_url: str) -> tuple[Twin, ...]:
    """The page in each language that the site is built in."""
    alternates = getattr(page.file, "alternates", None) or {}
    root = next(iter(editions))
    return tuple(
        Twin(editions[language], file.url, urljoin(site_url, file.url), language == here, language == root)
        for language, file in alternates.items()
        if language in editions
    )


def headings_of(page: Page) -> tuple[Heading, ...]:
    """Second and third level alone: deeper ones make a list nobody scans. The first level is the page itself. Stories
    within a topic stay out: their titles are sentences. So does a title below one heading after the other, which tells
    none apart.
    """
    first = next(iter(page.toc), None)
    content = page.content or ""
    topics = first.children if first else []
    times = Counter(inner.title for item in topics for inner in item.children)

    def shown(item: AnchorLink) -> Heading:
        return Heading(str(Markup(item.title).unescape()), item.url)

    def is_listed(inner: AnchorLink) -> bool:
        return times[inner.title] < REPEATED and f'id="{inner.id}{_CASE}"' not in content

    return tuple(
        replace(shown(item), below=tuple(shown(inner) for inner in item.children if is_listed(inner)))
        for item in topics
    )
