"""The bilingual glossary: one form for each name, enforced by an audit and shown to readers as a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .errors import InputError, Problem
from .markdown_writer import TermLink, escape, front_matter, join_pieces
from .model import Language, Page, Paragraph, Text
from .pages import blocks_of
from .profile import Bilingual, load_model
from .strings import words

GLOSSARY_NAME = "glossary.yml"
_NOT_IN_WORD, _ENDS_WORD = r"(?<![A-Za-z0-9-])", r"(?![A-Za-z0-9-])"
Kind = Literal[
    "product",
    "programme",
    "organisation",
    "department",
    "law",
    "standard",
    "document",
    "work",
    "award",
    "person",
    "handle",
    "place",
    "technology",
    "term",
]


class Term(BaseModel):
    """A name in both languages; `also` lists other English forms that may stand for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    kind: Kind
    note: Bilingual | None = None


class Glossary(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    terms: tuple[Term, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> Glossary:
        names = [term.zh for term in self.terms]
        if double := next((n for n in names if names.count(n) > 1), None):
            raise ValueError(f"the term {double!r} stands twice")
        return self


def load(root: Path) -> tuple[Term, ...]:
    """The folder's terms; none where it has no glossary."""
    path = root / GLOSSARY_NAME
    if not path.exists():
        return ()
    problems: list[Problem] = []
    glossary = load_model(path, Glossary, problems)
    if glossary is None:
        raise InputError(*problems)
    return glossary.terms


def addresses(terms: Sequence[Term]) -> dict[str, str]:
    """Address of each term's row on the glossary page, by its Chinese."""
    counts: Counter[str] = Counter()
    found: dict[str, str] = {}
    for term in terms:
        counts[term.kind] += 1
        found[term.zh] = f"{Path(GLOSSARY_NAME).stem}.md#{term.kind}-table-r{counts[term.kind]}"
    return found


def first_uses(
    page: Page, terms: Sequence[Term], say: Callable[[Text], str], language: Language
) -> dict[str, tuple[TermLink, ...]]:
    """Links for the first use, in a paragraph of the page, of each term that the glossary explains."""
    places = addresses(terms)
    named = _by_name(terms, language)
    pattern = _pattern(tuple(named))
    used: set[str] = set()
    links: dict[str, tuple[TermLink, ...]] = {}
    for block in blocks_of(page):
        if isinstance(block, Paragraph):
            found: list[TermLink] = []
            for match in pattern.finditer(" ".join(say(block.text).split())):
                term = named[match[0]]
                if term and term.note and places[term.zh] not in used:
                    used.add(places[term.zh])
                    found.append(TermLink(*match.span(), places[term.zh]))
            if found:
                links[block.id] = tuple(found)
    return links


def _by_name(terms: Sequence[Term], language: Language) -> dict[str, Term | None]:
    """Every name of the glossary in this language; a form other than the term's own leads nowhere."""
    ordered = sorted(terms, key=lambda term: term.note is not None)
    if language == "zh":
        return {term.zh: term for term in ordered}
    return dict.fromkeys(form for term in terms for form in term.also) | {term.en: term for term in ordered}


@lru_cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Names as a whole: of two that begin at one place the longer, and never a part of a Latin word."""
    longest = sorted(names, key=len, reverse=True)
    bounded = (
        f"{_NOT_IN_WORD if name[0].isascii() else ''}{re.escape(name)}{_ENDS_WORD if name[-1].isascii() else ''}"
        for name in longest
    )
    return re.compile("|".join(bounded) or "(?!)")


def render(terms: Sequence[Term], language: Language) -> str:
    """The glossary page: one table a kind, ids equal in both languages."""
    title, intro = (
        words("glossary-title", language),
        words("glossary-intro", language, count=len(terms)),
    )
    meta = {
        "title": title,
        "description": intro,
        "kind": "site",
        "slug": "glossary",
        "template_kind": "page",
    }
    pieces = [front_matter(meta), f"# {title} {{: #glossary }}", intro]
    for kind in get_args(Kind):
        chosen = [term for term in terms if term.kind == kind]
        if chosen:
            pieces += _kind_table(kind, chosen, language)
    return join_pieces(pieces)


def _kind_table(kind: str, terms: Sequence[Term], language: Language) -> list[str]:
    name = words(f"kind-{kind}", language)
    heads = [words(key, language) for key in ("column-chinese", "column-english", "column-note")]
    if not any(term.note for term in terms):
        heads = heads[:2]
    rows = [
        [escape(term.zh), escape(term.en), escape(term.note[language]) if term.note else " "][: len(heads)]
        for term in terms
    ]
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    table = f"/// table | {name}\n    attrs: {{id: {kind}-table}}\n\n" + "\n".join(lines) + "\n\n///"
    return [f"## {name} {{: #{kind} }}", table]
