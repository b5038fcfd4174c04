"""Text of a page as Markdown that shows exactly this text: what is escaped, what links to a term or a note."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..language.characters import NOTE_MARK, bare, plain_digits, without_notes
from ..language.strings import words
from ..model import (
    Language,
    Text,
)
from ..report.notes import MarkLink, NoteLinks
from ..report.references import ReferenceLink, find_phrase
from .printed_pages import PageMarks

_INLINE = re.compile(r"([\\`*_\[\]{}|])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
"""What Markdown or a browser takes for a character: `&#3` even without its semicolon."""
_LINE_START = re.compile(r"^(?:[#+=~:-]|\d+(?=[.)](?:\s|$))|/(?=//))")


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """A published picture: address, size in pixels, `srcset`."""

    src: str
    width: int
    height: int
    srcset: str = ""
    webp: str = ""


@dataclass(frozen=True, slots=True)
class TermLink:
    """Where a term stands in its text, and the address of its entry."""

    start: int
    end: int
    address: str
    name: str = ""
    """Where the text alone doesn't say what it leads to."""


@dataclass(frozen=True, slots=True)
class Remark:
    """That the editors say something of a place: a doubt or a correction."""

    label: str
    number: int
    """Of the editors' note on the page."""
    lines: frozenset[int]
    """Of the source, of which they say it."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a block's rendering needs to know beside the block."""

    language: Language
    source_language: Language
    voice: str
    """The interface language of what the site says itself."""
    source_tag: str
    """What `lang` takes where the source stands untranslated."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Bare source titles -> address of their section, for tables that index the report."""
    pictures: Mapping[str, PictureFiles] = field(default_factory=dict)
    terms: Mapping[str, tuple[TermLink, ...]] = field(default_factory=dict)
    """Text id -> the terms in it that lead to the glossary, in the order of the text."""
    breaks: PageMarks = field(default_factory=PageMarks)
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)
    """Block id -> what the editors say of it."""
    notes: NoteLinks = field(default_factory=lambda: NoteLinks({}, {}))
    references: Mapping[str, tuple[ReferenceLink, ...]] = field(default_factory=dict)
    """Text id -> links within the report."""
    cells: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Id of an index's cell -> what in it leads somewhere (a number; empty: all of it), and its address."""
    doubtful: frozenset[int] = frozenset()
    """Lines that the editors doubt."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """Id of a key figure -> slug of the page that has its row among the numbers."""
    page: str = ""
    """Slug of the page; empty where all stand in one document."""
    title: str = ""

    def say(self, text: Text) -> str:
        """The text in the page's language, or the source's where there is no translation."""
        return text.in_language(self.language, self.source_language) or text.source

    def untranslated(self, text: Text) -> bool:
        return text.in_language(self.language, self.source_language) is None


@lru_cache(maxsize=1 << 14)
def escape(text: str) -> str:
    """`text` as Markdown that shows exactly this text; the printed whole asks for each once more."""
    one_line = " ".join(text.split())
    escaped = _ENTITY.sub("&amp;", one_line).replace("<", "&lt;").replace(">", "&gt;")
    escaped = _INLINE.sub(lambda m: "&#124;" if m[1] == "|" else "&#92;" if m[1] == "\\" else "\\" + m[1], escaped)
    return _LINE_START.sub(_shield, escaped)


def escape_marked(text: Text, context: PageContext) -> str:
    """The text as Markdown, with the marks of notes as links to them."""
    return marked(context.say(text), text, context)


def marked(said: str, text: Text, context: PageContext, terms: Sequence[TermLink] = ()) -> str:
    """`said` escaped, its terms and marks of notes linked."""
    marks = iter(context.notes.marks.get(text.id, ()))
    inner, further = _references(said, text, context)
    if not terms and not inner and not ("⁽" in said and NOTE_MARK.search(said)):
        return escape(said) + further
    pieces: list[str] = []
    end = 0
    for term in sorted([*terms, *inner], key=lambda link: (link.start, -link.end)):
        if term.start < end:
            continue
        name = f"{{: aria-label={json.dumps(term.name, ensure_ascii=False)} }}" if term.name else ""
        linked = f"[{inside(said[term.start : term.end])}]({term.address}){name}"
        pieces += [_with_marks(said[end : term.start], marks, context), linked]
        end = term.end
    return "".join([*pieces, _with_marks(said[end:], marks, context), further])


def _references(said: str, text: Text, context: PageContext) -> tuple[list[TermLink], str]:
    """Links within the report: on their phrase, in another language on the title it names, else behind the text."""
    found: list[TermLink] = []
    further: list[str] = []
    links = context.references.get(text.id, ())
    for link in links if links and bare(without_notes(said)) else ():
        address = address_in(link.page, link.id, context)
        title = context.say(link.title)
        whole = (0, len(said)) if bare(link.phrase) == bare(text.source) else None
        span = whole or find_phrase(said, link.phrase) or find_phrase(said, title)
        taken = span and any(other.start < span[1] and span[0] < other.end for other in found)
        if span and not taken and not NOTE_MARK.search(said[slice(*span)]):
            found.append(TermLink(*span, address))
        else:
            name = json.dumps(words("see-section", context.language, title=title), ensure_ascii=False)
            further.append(f" [→]({address}){{: aria-label={name} }}")
    return found, "".join(further)


def numbers_in(text: str, places: Sequence[tuple[str, str]], language: Language) -> list[TermLink]:
    """The printed pages that a cell of an index names, in their order: alone, a number says little."""
    wanted, found = list(places), []
    for match in re.finditer(r"\d+", text):
        if wanted and wanted[0][0] == match[0]:
            found.append(TermLink(*match.span(), wanted.pop(0)[1], words("page", language, page=match[0])))
    return found


def _with_marks(said: str, marks: Iterator[MarkLink | None], context: PageContext) -> str:
    pieces: list[str] = []
    end = 0
    for match in NOTE_MARK.finditer(said):
        link = next(marks, None)
        mark = _mark(plain_digits(match[1]), link, context) if link else inside(match[0])
        pieces += [inside(said[end : match.start()]), mark]
        end = match.end()
    return "".join([*pieces, inside(said[end:])])


def mark_attributes(label: str, link: MarkLink, context: PageContext) -> dict[str, str]:
    """Of the link to a note: address, id and name."""
    name = words("note-mark", context.language, label=label)
    return {"href": address_in(link.page, link.note, context), "id": link.id, "aria-label": name}


def _mark(label: str, link: MarkLink, context: PageContext) -> str:
    name = json.dumps(words("note-mark", context.language, label=label), ensure_ascii=False)
    attributes = f"#{link.id} .note-mark role=doc-noteref aria-label={name}"
    return f"[{escape(f'[{label}]')}]({address_in(link.page, link.note, context)}){{: {attributes} }}"


def address_in(page: str, identity: str, context: PageContext) -> str:
    return f"#{identity}" if not context.page or page == context.page else f"{page}.md#{identity}"


def _shield(match: re.Match[str]) -> str:
    """The first character of a line as a reference, or the mark behind a number escaped, so that no block begins."""
    head = match[0]
    return f"{head}\\" if head.isdigit() else f"&#{ord(head)};"


def inside(text: str) -> str:
    """A piece of a text, the blanks at its ends kept."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escape(text)}{after}" if text.strip() else text
