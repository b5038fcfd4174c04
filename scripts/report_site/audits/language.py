"""The language of each page and of each foreign run in it is marked, so that a screen reader changes its voice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from selectolax.lexbor import LexborNode

from ..language.characters import HAN
from ..language.tags import PINYIN
from ..model import Language
from .evidence import Evidence, SitePage, language_of, place_of, spoken
from .finding import Audit, Spot, excerpt
from .translation import known_terms, without_glosses

_ADDRESS = re.compile(
    r"https?://\S+|\b(?:www\.|[\w.+-]+@)[\w-]+(?:\.[\w-]+)+\S*|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b"
    r"|[\w.]*(?:_|::)[\w.:]*",
    re.ASCII,
)
"""Addresses, names of files and of parts of a program are spelt in every language alike."""
_LATIN = re.compile(
    r"(?<![A-Za-z0-9])(?<!\d )[A-Za-z]*[a-z]{2}[A-Za-z]*(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[A-Z]{2,}(?: [A-Z]{2,})+(?![A-Za-z0-9])"
)
"""Words: with two small letters in a row, or several in capitals. Abbreviations, codes and units alone are none."""
_HAN_RUN = re.compile(f"[{HAN}]+")
_FOREIGN: Mapping[Language, re.Pattern[str]] = MappingProxyType({"zh": _LATIN, "en": _HAN_RUN})
_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")


def find_pages(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        root = page.tree.css_first("html")
        said = root.attributes.get("lang") if root else None
        wanted = evidence.tag(page.language)
        if said != wanted:
            yield Spot(page.path, f'<html lang="{said or ""}"> in place of "{wanted}"')


def find_parts(evidence: Evidence) -> Iterator[Spot]:
    """One finding a run: where it stands first, and on how many other pages."""
    found: dict[tuple[str, Language], list[str]] = {}
    for page in evidence.pages.values():
        for run, place in _unmarked(page):
            found.setdefault((run, page.language), []).append(place)
    for (run, language), places in found.items():
        more = f", and in {len(places) - 1} more places" if len(places) > 1 else ""
        foreign = "English" if language == "zh" else "Chinese"
        yield Spot(places[0], f"{excerpt(run)} isn't marked as {foreign}{more}")


def _unmarked(page: SitePage) -> Iterator[tuple[str, str]]:
    root = page.tree.css_first("html")
    for piece in spoken(root) if root else ():
        if piece.language.startswith(page.language) and piece.language != PINYIN:
            for run in _FOREIGN[page.language].findall(_ADDRESS.sub("", piece.text)):
                yield run, f"{page.path}#{piece.id}" if piece.id else page.path


def find_attributes(evidence: Evidence) -> Iterator[Spot]:
    """They can't mark a part of their text: it has to be in the element's language, a glossary's bracket aside."""
    known = known_terms(evidence)
    for page in evidence.pages.values():
        for node, name, text in _unmarkable(page):
            language = language_of(node)
            if _is_foreign(without_glosses(text, known), language):
                yield Spot(place_of(page, node), f'{name} {excerpt(text)} stands in lang="{language}"')


def _unmarkable(page: SitePage) -> Iterator[tuple[LexborNode, str, str]]:
    """Texts without markup: element, what the text is called, text."""
    for name in _ATTRIBUTES:
        for node in page.tree.css(f"[{name}]"):
            yield node, name, node.attributes[name] or ""
    for node in page.tree.css("head title"):
        yield node, "the title", node.text()
    for node in page.tree.css('meta[name="description"]'):
        yield node, "the description", node.attributes.get("content") or ""


def _is_foreign(text: str, language: str) -> bool:
    """English that holds Chinese, or Chinese that holds English words and no Chinese."""
    plain = _ADDRESS.sub("", text)
    if language.startswith("en"):
        return bool(_HAN_RUN.search(plain))
    return language.startswith("zh") and bool(_LATIN.search(plain)) and not _HAN_RUN.search(plain)


def find_unlisted(evidence: Evidence) -> Iterator[Spot]:
    """`lang` has a value that names a language."""
    for page in evidence.pages.values():
        for node in page.tree.css("[lang]"):
            if not _is_tag(node):
                yield Spot(place_of(page, node), f'lang="{node.attributes.get("lang") or ""}" names no language')


def _is_tag(node: LexborNode) -> bool:
    return bool(re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", node.attributes.get("lang") or ""))


AUDITS = (
    Audit(
        "language-page",
        "each page states its language",
        "WCAG 3.1.1",
        "mend the template",
        find_pages,
    ),
    Audit(
        "language-tag",
        "each lang attribute names a language",
        "WCAG 3.1.2, BCP 47",
        "write the tag of the language",
        find_unlisted,
    ),
    Audit(
        "language-part",
        "English words in Chinese pages and ideographs in English pages are marked with their language",
        "WCAG 3.1.2",
        "translate it, or mark it with lang",
        find_parts,
    ),
    Audit(
        "language-attribute",
        "alternatives, titles and labels are in the language of their element",
        "WCAG 3.1.2",
        "translate it; an attribute can't mark a part of its text",
        find_attributes,
    ),
)
