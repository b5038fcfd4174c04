"""The bilingual glossary: one form for each name, enforced by an audit and shown to readers as a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .errors import InputError, Problem
from .markdown_writer import TermLink, escape, front_matter, join_pieces
from .model import Language, Page, Paragraph, Text
from .pages import blocks_of
from .profile import Bilingual, load_model
from .strings import words

GLOSSARY_NAME, GLOSSARY_PAGE = "glossary.yml", "glossary.md"
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


def explained(terms: Sequence[Term]) -> tuple[tuple[Term, str], ...]:
    """Terms with a note, longest first, each with the address of its row on the glossary page."""
    counts: Counter[str] = Counter()
    found: list[tuple[Term, str]] = []
    for term in terms:
        counts[term.kind] += 1
        if term.note:
            found.append((term, f"{GLOSSARY_PAGE}#{term.kind}-table-r{counts[term.kind]}"))
    return tuple(sorted(found, key=lambda pair: -len(pair[0].zh)))


def first_uses(
    page: Page, terms: Sequence[tuple[Term, str]], say: Callable[[Text], str], language: Language
) -> dict[str, tuple[TermLink, ...]]:
    """Links for the first use, in a paragraph of the page, of each of the `explained` terms."""
    used: set[str] = set()
    links: dict[str, tuple[TermLink, ...]] = {}
    for block in blocks_of(page):
        if isinstance(block, Paragraph):
            text = " ".join(say(block.text).split())
            found = [
                link for term, address in terms if address not in used and (link := _use(term, address, text, language))
            ]
            if kept := _apart(found):
                links[block.id] = kept
                used |= {link.address for link in kept}
    return links


def _use(term: Term, address: str, text: str, language: Language) -> TermLink | None:
    if language == "zh":
        start = text.find(term.zh)
        return TermLink(start, start + len(term.zh), address) if start >= 0 else None
    # Most terms stand in no given text, which a plain search tells first.
    match = re.search(rf"(?<![\w-]){re.escape(term.en)}(?![\w-])", text) if term.en in text else None
    return TermLink(match.start(), match.end(), address) if match else None


def _apart(links: Sequence[TermLink]) -> tuple[TermLink, ...]:
    """Links that don't overlap, longer terms first; in the order of the text."""
    kept: list[TermLink] = []
    for link in links:
        if all(link.end <= other.start or link.start >= other.end for other in kept):
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: link.start))


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
