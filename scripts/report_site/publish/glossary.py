"""The glossary among the pages: links from the first use of a name, and a page that lists them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import get_args

from ..language.strings import words
from ..model import Language, Page, Paragraph, Text
from ..report import Kind, Term
from ..texts import blocks_of
from .inline import TermLink, escape
from .markdown import front_matter, join_pieces

GLOSSARY_PAGE = "glossary.md"
_IN_WORD = "[A-Za-z0-9-]"


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the glossary in one language, as texts are searched for them."""

    any: re.Pattern[str]
    """Of two that begin at one place the longer, and never a part of a Latin word."""
    addresses: Mapping[str, str]
    """Name -> address of its row on the glossary page, for those that the glossary explains."""

    def uses(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the text uses a name."""
        return ((found.start(), found[0]) for found in self.any.finditer(text))


def names_in(terms: Sequence[Term], language: Language) -> Names:
    rows: Counter[str] = Counter()
    found: set[str] = set()
    addresses: dict[str, str] = {}
    for term in terms:
        rows[term.kind] += 1
        name = term.zh if language == "zh" else term.en
        # A form other than the term's own leads nowhere, but no shorter name is looked for in it.
        found |= {name} if language == "zh" else {name, *term.also}
        if term.note:
            addresses[name] = f"{GLOSSARY_PAGE}#{term.kind}-table-r{rows[term.kind]}"
    return Names(re.compile(_any_of(filter(None, found))), addresses)


def _any_of(given: Iterable[str]) -> str:
    """A pattern that reads the text once, however many names there are: they share what they begin with."""
    names = list(given)
    latin, others = [[name for name in names if name[:1].isascii() is ascii] for ascii in (True, False)]
    return "|".join(filter(None, (f"(?<!{_IN_WORD}){_longest(latin)}" if latin else "", _longest(others)))) or "(?!)"


def _longest(names: Sequence[str]) -> str:
    """The longest of the names that stands at a place."""
    if len(names) <= 1:
        return "".join(re.escape(name) + _end(name) for name in names)
    pairs = zip(min(names), max(names), strict=False)
    start = "".join(char for char, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    by_next: dict[str, list[str]] = {}
    for name in sorted(names):
        by_next.setdefault(name[len(start) : len(start) + 1], []).append(name[len(start) :])
    ends = [_end(start)] if by_next.pop("", None) else []
    return re.escape(start) + "(?:" + "|".join([*map(_longest, by_next.values()), *ends]) + ")"


def _end(name: str) -> str:
    return f"(?!{_IN_WORD})" if name[-1:].isascii() else ""


def first_uses(page: Page, names: Names, say: Callable[[Text], str]) -> dict[str, tuple[TermLink, ...]]:
    """Links for the first use, in a paragraph of the page, of each name that the glossary explains."""
    used: set[str] = set()
    links: dict[str, tuple[TermLink, ...]] = {}
    for block in blocks_of(page):
        if isinstance(block, Paragraph):
            found: list[TermLink] = []
            for start, name in names.uses(" ".join(say(block.text).split())):
                address = names.addresses.get(name)
                if address and address not in used:
                    used.add(address)
                    found.append(TermLink(start, start + len(name), address))
            if found:
                links[block.id] = tuple(found)
    return links


def render(terms: Sequence[Term], language: Language, voice: str) -> str:
    """The glossary page: one table a kind, ids equal in both languages."""
    title, intro = (
        words("glossary-title", voice),
        words("glossary-intro", voice, count=len(terms)),
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
            pieces += _kind_table(kind, chosen, language, voice)
    return join_pieces(pieces)


def _kind_table(kind: str, terms: Sequence[Term], language: Language, voice: str) -> list[str]:
    name = words(f"kind-{kind}", voice)
    heads = [words(key, voice) for key in ("column-chinese", "column-english", "column-note")]
    if not any(term.note for term in terms):
        heads = heads[:2]
    rows = [
        [escape(term.zh), escape(term.en), escape(term.note[language]) if term.note else " "][: len(heads)]
        for term in terms
    ]
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    table = f"/// table | {name}\n    attrs: {{id: {kind}-table}}\n\n" + "\n".join(lines) + "\n\n///"
    return [f"## {name} {{: #{kind} }}", table]
