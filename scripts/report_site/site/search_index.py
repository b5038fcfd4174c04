"""The search index: what the built pages say, block by block, with the plain values of numbers.

It is read from the HTML and not from the report, so that a reader finds just what the pages show,
those about the site included. One file a language holds whole texts: users of Chinese expect
substrings, which no word index gives, and a browser scans a report of this size in a few
milliseconds. `overrides/assets/js/search.js` reads the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..language.numbers import Quantity, QuantityKind, parse
from ..language.query_numbers import query_numbers
from ..language.variants import folds
from ..model import Language
from ..model.errors import InputError, Problem
from ..publish.cache import NO_CACHE, Cache

LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Number:
    """A value that stands in a block's text, written out in full; per cent ends in `%`."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IndexedBlock:
    id: str
    """Fragment that a hit links to; text without an id of its own has the last one before it."""
    text: str
    numbers: tuple[Number, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class IndexedPage:
    url: str
    """From the root of the site, language folder included; empty for the home page."""
    title: str
    language: Language
    blocks: tuple[IndexedBlock, ...]
    is_report: bool = True
    printed_page: int | None = None
    """First page marker: pages that match equally well are listed in printed order."""


# --------------------------------------------------------------------------------------------------
# From pages to the index


def build_index(pages: Iterable[IndexedPage], cache: Cache = NO_CACHE) -> bytes:
    """The index of one language as JSON.

    `pages` holds [url, title, 1 for a report page or 0]; `blocks` one column a field, which gzip packs better than
    rows: page (index in `pages`), id (`~` stands for the nearest heading's), heading (index of the nearest heading's
    block; a heading's own index; -1 before the first one), text, numbers ([value, start, end, ...], places in UTF-16
    units as JavaScript counts). `folds`: variants of the characters in these texts, and what stands for each.
    `numberWords`: by what words the numbers of a query are read.
    """
    ordered = sorted(pages, key=_reading_order)
    blocks = [block for page in ordered for block in page.blocks]
    headings = list(_nearest_headings(ordered))
    index = {
        "pages": [[page.url, page.title, int(page.is_report)] for page in ordered],
        "blocks": {
            "page": [place for place, page in enumerate(ordered) for _ in page.blocks],
            "id": [
                _short_id(block, blocks[heading].id if heading >= 0 else "")
                for block, heading in zip(blocks, headings, strict=True)
            ],
            "heading": headings,
            "text": [block.text for block in blocks],
            "numbers": [_number_row(block) for block in blocks],
        },
        "folds": _folds(sorted(set("".join(block.text for block in blocks))), cache),
        "numberWords": query_numbers(),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _folds(characters: Sequence[str], cache: Cache) -> Sequence[str]:
    text = "".join(characters)
    found: Sequence[str] = json.loads(cache.kept(["folds", text], lambda: json.dumps(folds(text)).encode()))
    return found


def _reading_order(page: IndexedPage) -> tuple[bool, float, str]:
    printed = float("inf") if page.printed_page is None else page.printed_page
    return (not page.is_report, printed, page.url)


def _nearest_headings(pages: Iterable[IndexedPage]) -> Iterator[int]:
    place = 0
    for page in pages:
        heading = -1
        for block in page.blocks:
            heading = place if block.is_heading else heading
            yield heading
            place += 1


def _short_id(block: IndexedBlock, heading_id: str) -> str:
    """Most ids begin with their heading's; without it they take half the room."""
    if block.is_heading or not heading_id or not block.id.startswith(heading_id):
        return block.id
    return "~" + block.id.removeprefix(heading_id)


def _number_row(block: IndexedBlock) -> list[str | int]:
    if not block.numbers:
        return []
    units: Sequence[int] = range(len(block.text) + 1)
    if max(block.text) > "\uffff":
        units = [0, *accumulate(1 + (char > "\uffff") for char in block.text)]
    return [cell for n in block.numbers for cell in (n.value, units[n.start], units[n.end])]


# --------------------------------------------------------------------------------------------------
# Numbers

_SEARCHED_KINDS = frozenset({QuantityKind.NUMBER, QuantityKind.YEAR})
"""Dates, ratios and codes are found as they are written."""
_LEAST_IN_WORDS = 10
"""Below it, words are rarely meant as numbers (as in "once"): nobody who types 1 looks for them."""
_MOST_DIGITS = 15
"""What JavaScript compares exactly; only fractions such as a third have more."""


@lru_cache(maxsize=2**16)
def numbers_in(text: str, language: Language) -> tuple[Number, ...]:
    """Every value a reader may look up; both ends of a range stand at the range.

    Texts come again: on other pages, and all of them each time that `serve` builds.
    """
    return tuple(
        Number(value, *quantity.span)
        for quantity in parse(text, language)
        if _is_searched(quantity)
        for value in _values(quantity)
    )


def _is_searched(quantity: Quantity) -> bool:
    """In words, only one value will do: "thousands" has two ends and names neither."""
    if quantity.kind not in _SEARCHED_KINDS:
        return False
    if not quantity.optional:
        return True
    return quantity.upper is None and (quantity.percent or quantity.value >= _LEAST_IN_WORDS)


def _values(quantity: Quantity) -> Iterator[str]:
    for value in (quantity.value, quantity.upper):
        if value is not None and len(value.normalize().as_tuple().digits) <= _MOST_DIGITS:
            yield f"{value.normalize():f}" + "%" * quantity.percent


# --------------------------------------------------------------------------------------------------
# From HTML to blocks

_INLINE = (
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd label mark picture q rp rt ruby s "
    "samp small source span strong sub sup time u var wbr"
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_NO_TEXT = "button dialog form input nav noscript script select style svg template textarea"
"""Navigation repeats other pages' titles; the rest is no text."""
_INLINE_TAGS, _TAGS_WITHOUT_TEXT = frozenset(_INLINE.split()), frozenset(_NO_TEXT.split())
_WHOLE = "tr"
"""A row is one block, whatever ids its cells hold: a cell says nothing without its row."""
_SHELL_CLASSES = frozenset({"headerlink", "printed-pages", "case-label", "case-end", "cell-mark", "reading-time"})
"""Text that the shell repeats on every page or case: as a hit it would lead nowhere in particular."""
_CONTAINS_HEADING = ",".join(f"{heading}[id]" for heading in sorted(_HEADINGS))
_LABEL_ENDS: Mapping[Language, str] = MappingProxyType({"zh": "：", "en": ": "})
_PART_ENDS: Mapping[Language, str] = MappingProxyType({"zh": "；", "en": "; "})
_AFTER_PUNCTUATION: Mapping[Language, str] = MappingProxyType({"zh": "", "en": " "})
_PUNCTUATION = tuple("。！？；：，、….!?;:,")


@dataclass(frozen=True, slots=True)
class _Part:
    """A cell, an item, a label: numbers are read within one, since 2021 beside 35 is no ratio."""

    text: str
    is_label: bool


@dataclass(slots=True)
class _Draft:
    """A block while its text is gathered."""

    id: str
    tag: str
    has_own_id: bool
    parts: list[_Part] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def end_part(self, is_label: bool = False) -> None:
        text = " ".join("".join(self.pending).split())
        self.pending.clear()
        if text:
            self.parts.append(_Part(text, is_label))

    def finished(self, language: Language) -> IndexedBlock:
        self.end_part()
        text, numbers = "", list[Number]()
        for before, part in zip([None, *self.parts], self.parts, strict=False):
            text += _separator(before, language) if before else ""
            numbers += (
                Number(n.value, n.start + len(text), n.end + len(text)) for n in numbers_in(part.text, language)
            )
            text += part.text
        return IndexedBlock(self.id, text, tuple(numbers), self.tag in _HEADINGS)


def _separator(before: _Part, language: Language) -> str:
    if before.text.endswith(_PUNCTUATION):
        return _AFTER_PUNCTUATION[language]
    return (_LABEL_ENDS if before.is_label else _PART_ENDS)[language]


class _BlockReader:
    """Gives each text of a page to the innermost block with an id: none lost, none twice."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self._current: _Draft | None = None
        self._last_id = ""

    def read(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self._add(child.text_content or "")
            elif not _is_spoken(child):
                continue
            elif child.tag in _INLINE_TAGS:
                self._add(_stands_for(child))
                self.read(child)
            else:
                self._read_block(child)

    def _add(self, text: str) -> None:
        if self._current is None and text.strip():
            self._current = self._begin("", "")
        if self._current is not None:
            self._current.pending.append(text)

    def _begin(self, id_: str, tag: str) -> _Draft:
        self._last_id = id_ or self._last_id
        draft = _Draft(self._last_id, tag, bool(id_))
        self.drafts.append(draft)
        return draft

    def _read_block(self, element: LexborNode) -> None:
        outer = self._current
        if outer is not None:
            outer.end_part()
        self._current = self._block_of(element, outer)
        self.read(element)
        if self._current is not None:
            self._current.end_part(_is_label(element))
        self._current = outer

    def _block_of(self, element: LexborNode, outer: _Draft | None) -> _Draft | None:
        """The block that an element's text goes to."""
        if outer is not None and outer.tag == _WHOLE:
            return outer
        tag, id_ = element.tag or "", element.attributes.get("id") or ""
        if id_ and tag not in _HEADINGS and element.css_first(_CONTAINS_HEADING):
            self._last_id = id_
            return None
        if id_ or outer is None or not outer.has_own_id:
            return self._begin(id_, tag)
        return outer


def _stands_for(element: LexborNode) -> str:
    """What an inline element says beside its content: a picture its alternative text."""
    if element.tag == "img":
        return f" {element.attributes.get('alt') or ''} "
    return " " if element.tag == "br" else ""


def _is_label(element: LexborNode) -> bool:
    return element.tag == "dt" or (element.tag == "th" and element.attributes.get("scope") == "row")


def _is_spoken(element: LexborNode) -> bool:
    """Comments, page numbers, permalinks and what is marked `data-nosearch` are no part of it."""
    attributes = element.attributes
    return not (
        (element.tag or "-").startswith("-")
        or element.tag in _TAGS_WITHOUT_TEXT
        or "hidden" in attributes
        or "data-nosearch" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") == "doc-pagebreak"
        or not _SHELL_CLASSES.isdisjoint((attributes.get("class") or "").split())
    )


def read_blocks(main: LexborNode, language: Language) -> tuple[IndexedBlock, ...]:
    reader = _BlockReader()
    reader.read(main)
    blocks = (draft.finished(language) for draft in reader.drafts)
    return tuple(block for block in blocks if block.text)


# --------------------------------------------------------------------------------------------------
# From a page of the built site

_REPEATS = re.compile(r"\bnoindex\b", re.IGNORECASE)
_PAGE_MARKER = re.compile(r"page-(\d+)")


def read_page(html: str, path: Path) -> IndexedPage | None:
    if _is_noindex(html):
        return None
    tree = LexborHTMLParser(html)
    main = tree.css_first("main[data-kind]")
    if main is None or main.css_first("[data-search]"):
        return None
    language = _language_of(tree, path)
    blocks = read_blocks(main, language)
    title = next((block.text for block in blocks if block.is_heading), path.stem)
    return IndexedPage(
        url=_url(path),
        title=title,
        language=language,
        blocks=blocks,
        is_report=main.attributes.get("data-kind") == "report",
        printed_page=_first_printed_page(main),
    )


def _is_noindex(html: str) -> bool:
    """By its head alone: the tree of a page that holds the whole report is the largest of all."""
    robots = LexborHTMLParser(html[: max(html.find("</head>"), 0)]).css_first("meta[name=robots]")
    return robots is not None and bool(_REPEATS.search(robots.attributes.get("content") or ""))


def _language_of(tree: LexborHTMLParser, path: Path) -> Language:
    tag = (tree.root.attributes.get("lang") or "") if tree.root else ""
    for language in LANGUAGES:
        if tag.split("-")[0].lower() == language:
            return language
    expected = " or ".join(LANGUAGES)
    problem = f"the page's language is “{tag}”, expected {expected}"
    raise InputError(Problem(str(path), problem, "set <html lang>"))


def _url(path: Path) -> str:
    if path.name != "index.html":
        return path.as_posix()
    folder = path.parent.as_posix()
    return "" if folder == "." else f"{folder}/"


def _first_printed_page(main: LexborNode) -> int | None:
    markers = (node.attributes.get("id") or "" for node in main.css("[role=doc-pagebreak]"))
    return next((int(found[1]) for marker in markers if (found := _PAGE_MARKER.fullmatch(marker))), None)
