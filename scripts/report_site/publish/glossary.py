"""The glossary among the pages: links from the first use of a name, a page a kind, and one that leads to them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from ..language.abbreviations import standing
from ..language.strings import counted, words
from ..language.tags import PINYIN
from ..model import Language, Page, Paragraph, Text
from ..model.texts import blocks_of
from ..report import Kind, Term
from .inline import TermLink, escape
from .markdown import front_matter, join_pieces

_IN_WORD = re.compile(r"[A-Za-z0-9-]")
_HEAD = re.compile(r"^[\W_]*(?:(?:the|an?)\s+[\W_]*)?")
_OPENING = 2
"""Characters that names are looked up by: many begin with the same letter, few with the same two."""


COLUMNS: Mapping[Language, tuple[str, str, str]] = MappingProxyType(
    {
        "zh": ("column-chinese", "column-english", "column-english-note"),
        "en": ("column-english", "column-chinese", "column-chinese-note"),
    }
)
"""Heads of the name in a page's language, of the other name, and of that with what is said of both."""


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the glossary in one language, as texts are searched for them."""

    by_opening: Mapping[str, tuple[str, ...]]
    """First two characters (of a name of one: that) -> names, longest first."""
    addresses: Mapping[str, str]
    """Name -> address of its row on the glossary page, for those that the glossary explains."""
    beginning: re.Pattern[str]
    """Where a name may begin: at the first character of one, but not inside a Latin word."""

    def uses(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the text uses a name: of two that begin at one place the longer, and never a part of a Latin word."""
        end = 0
        for place in self.beginning.finditer(text):
            start = place.start()
            if start >= end and (name := self._name_at(text, start)):
                yield start, name
                end = start + len(name)

    def _name_at(self, text: str, start: int) -> str:
        for opening in (text[start : start + _OPENING], text[start]):
            names = self.by_opening.get(opening, ())
            if text.startswith(names, start):  # Seldom: only then each is looked at.
                for name in names:
                    if _stands(name, text, start):
                        return name
        return ""


def _stands(name: str, text: str, start: int) -> bool:
    end = start + len(name)
    return text.startswith(name, start) and not (name[-1].isascii() and _IN_WORD.match(text, end))


def names_in(terms: Sequence[Term], language: Language) -> Names:
    rows: Counter[str] = Counter()
    found: set[str] = set()
    addresses: dict[str, str] = {}
    for term in terms:
        rows[term.kind] += not term.misprint
        name = term.zh if language == "zh" else term.en
        # A form other than the term's own leads nowhere, but no shorter name is looked for in it.
        found |= {name} if language == "zh" else {name, *term.also}
        short = term.short_form(language)
        if term.explained:
            address = f"{_file(term.kind)}#{term.kind}-table-r{rows[term.kind]}"
            addresses |= dict.fromkeys([name, *([short, f"{short}s"] if short else [])], address)
        found |= {short, f"{short}s"} if short else set()
    by_opening: dict[str, list[str]] = {}
    for name in sorted(found, key=len, reverse=True):
        by_opening.setdefault(name[:_OPENING], []).append(name)
    return Names({opening: tuple(names) for opening, names in by_opening.items()}, addresses, _beginning(by_opening))


def _beginning(openings: Collection[str]) -> re.Pattern[str]:
    """The first character comes before what is asked of it, so that the text is run through without trying at each
    place; the second, where every name has one, spares a look at most of them.
    """
    latin = [opening for opening in openings if opening[:1].isascii()]
    other = [opening for opening in openings if not opening[:1].isascii()]
    ways = [f"{_opened(latin)}(?<!{_IN_WORD.pattern}.)"] if latin else []
    return re.compile("|".join([*ways, *([_opened(other)] if other else [])]) or "(?!)")


def _opened(openings: Collection[str]) -> str:
    first, second = ({opening[place : place + 1] for opening in openings} for place in range(_OPENING))
    one = f"[{re.escape(''.join(sorted(first)))}]"
    return one if "" in second else f"{one}(?=[{re.escape(''.join(sorted(second)))}])"


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


def render(terms: Sequence[Term], language: Language, voice: str) -> Iterator[tuple[str, str]]:
    """File name and Markdown: the page that leads to all kinds, then a page a kind, ids equal in both languages."""
    by_kind = {kind: [term for term in terms if term.kind == kind and not term.misprint] for kind in get_args(Kind)}
    by_kind = {kind: chosen for kind, chosen in by_kind.items() if chosen}
    title = words("glossary-title", voice)
    intro = words("glossary-intro", voice, count=sum(map(len, by_kind.values())))
    listed = [
        "- "
        + words("labelled", voice, label=f"[{words(f'kind-{kind}', voice)}]({_file(kind)})", text=len(chosen))
        + f"\n  {{: #{kind} }}"
        for kind, chosen in by_kind.items()
    ]
    meta = {"title": title, "description": intro, "kind": "site", "slug": "glossary", "template_kind": "page"}
    yield "glossary.md", join_pieces([front_matter(meta), f"# {title} {{: #glossary }}", intro, "\n".join(listed)])
    for kind, chosen in by_kind.items():
        yield _file(kind), _kind_page(kind, chosen, language, voice)


def _slug(kind: str) -> str:
    return f"glossary-{kind}"


def _file(kind: str) -> str:
    return f"{_slug(kind)}.md"


def _kind_page(kind: str, terms: Sequence[Term], language: Language, voice: str) -> str:
    name = words(f"kind-{kind}", voice)
    title = words("glossary-part-title", voice, kind=name)
    intro = counted("glossary-part-intro", voice, len(terms))
    meta = {
        "title": title,
        "description": counted("glossary-part-description", voice, len(terms), kind=name),
        "kind": "site",
        "slug": _slug(kind),
        "template_kind": "page",
        "part_of": "glossary",
    }
    back = f"[{words('glossary-all', voice)}](glossary.md)"
    pieces = [front_matter(meta), f"# {title} {{: #{kind} }}", f"{intro} {back}"]
    return join_pieces([*pieces, _kind_table(kind, name, terms, language, voice)])


def _kind_table(kind: str, name: str, terms: Sequence[Term], language: Language, voice: str) -> str:
    """A note stands below the other name: most names need none, and an empty cell is heard as `blank`.

    A row keeps its id wherever it stands.
    """
    own, other, noted = COLUMNS[language]
    heads = [words(own, voice), words(noted if any(term.explained for term in terms) else other, voice)]
    ids = {id(term): f"{kind}-table-r{number}" for number, term in enumerate(terms, 1)}
    ordered = in_order(terms, language)
    rows = [["<br>".join(cell) for cell in _cells(term, language, voice)] for term in ordered]
    lines = ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]
    options = f"    attrs: {{id: {kind}-table}}\n    kind: data-table by-name\n"
    options += f"    row-ids: {' '.join(ids[id(term)] for term in ordered)}\n" if ordered != list(terms) else ""
    return f"/// table | {name}\n{options}\n" + "\n".join(lines) + "\n\n///"


def in_order(terms: Sequence[Term], language: Language) -> list[Term]:
    """By the name that readers of the language look for: in English by letters, in Chinese as the glossary has them."""
    return list(terms) if language == "zh" else sorted(terms, key=lambda term: _sorted_as(term.en))


def _sorted_as(name: str) -> str:
    """Case, accents, marks before the name and an article at its head count for nothing."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
    return _HEAD.sub("", plain)


def _cells(term: Term, language: Language, voice: str) -> tuple[list[str], list[str]]:
    """The name in the page's language, then the other with all that is said of both."""
    chinese, english = [escape(term.zh)], [escape(term.en)]
    if term.reading:
        reading = f'*{escape(term.reading)}*{{: lang="{PINYIN}" }}'
        chinese.append(words("name-reading", voice, reading=reading))
    first, second = (chinese, english) if language == "zh" else (english, chinese)
    return first, [*second, *map(escape, remarks_on_term(term, language, voice))]


def remarks_on_term(term: Term, language: Language, voice: str) -> Iterator[str]:
    """What an abbreviation stands for and what is noted of a name, a sentence each, in the page's language."""
    if term.expansion:
        short, whole = term.short_form(language) or term.short_form("en"), term.expansion[language]
        # Where the name is nothing but the abbreviation, it has just been said.
        alone = short == (term.zh if language == "zh" else term.en)
        yield (
            words("stands-alone", voice, whole=whole) if alone else words("stands-for", voice, short=short, whole=whole)
        )
    if term.note:
        yield term.note[language]


def abbreviations(texts: Iterable[str], terms: Sequence[Term], language: Language) -> list[str]:
    """What the abbreviations among the texts stand for, as Markdown's definitions; the page marks the first of each."""
    whole = "\n".join(texts)
    known = {term.short_form(language): term.expansion[language] for term in terms if term.expansion}
    used = [
        f"*[{form}]: {' '.join(said.split())}"
        for form, said in known.items()
        if form and form in whole and standing(form).search(whole)
    ]
    return ["\n".join(used)] if used else []
