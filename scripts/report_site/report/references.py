"""Links within the report: what the source linked, and where on the site that leads, for every output that shows it.

A phrase is found again by its letters and digits, whatever became of the marks between them. A target that no heading
or block answers gives no link: the text stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..language.characters import NOTE_MARK, bare
from ..model import Heading, Page, SourceLine, Text
from ..model.texts import blocks_of, texts_of

UNLINKED = ("value", "caption", "alt")
"""Roles of texts in which a link has no place."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase on a line of the source that leads to another line."""

    line: int
    phrase: str
    target: int


@dataclass(frozen=True, slots=True)
class ReferenceLink:
    """A phrase in a text, and the heading or block that it leads to."""

    phrase: str
    page: str
    id: str
    title: Text
    """Of the section that it leads to: what the phrase is in another language."""


@dataclass(frozen=True, slots=True)
class _Place:
    page: str
    id: str
    title: Text


def find_references(lines: Sequence[SourceLine], pages: Sequence[Page]) -> tuple[Reference, ...]:
    """Each link of the source whose target is told by an anchor, or by the title of a section."""
    anchors = {name: line.part_of or line.number for line in reversed(lines) for name in line.anchors}
    titles = {
        bare(section.heading.text.source): section.heading.lines[0]
        for page in reversed(pages)
        for section in reversed(list(page.section.walk()))
        if section.heading.lines
    }
    found: list[Reference] = []
    for line in lines:
        for link in line.links:
            target = anchors.get(link.target) or titles.get(bare(link.target))
            if target is not None:
                found.append(Reference(line.part_of or line.number, link.phrase, target))
    return tuple(found)


def link_references(references: Sequence[Reference], pages: Sequence[Page]) -> Mapping[str, tuple[ReferenceLink, ...]]:
    """Text id -> the links in it. A number by itself is linked only where no other text of its line holds it too."""
    if not references:
        return {}
    places = _places(pages)
    texts: dict[int, list[Text]] = {}
    for text in _linkable(pages):
        for line in text.lines:
            texts.setdefault(line, []).append(text)
    links: dict[str, list[ReferenceLink]] = {}
    for reference in references:
        place = places.get(reference.target)
        holding = [text for text in texts.get(reference.line, ()) if find_phrase(text.source, reference.phrase)]
        ambiguous = len(holding) > 1 and not any(char.isalpha() for char in reference.phrase)
        if place and holding and not ambiguous:
            link = ReferenceLink(reference.phrase, place.page, place.id, place.title)
            links.setdefault(holding[0].id, []).append(link)
    return {identity: tuple(found) for identity, found in links.items()}


def _places(pages: Sequence[Page]) -> dict[int, _Place]:
    """The heading or block that holds each line."""
    places: dict[int, _Place] = {}
    for page in pages:
        for section in page.section.walk():
            for block in (section.heading, *section.blocks):
                for line in block.lines:
                    places.setdefault(line, _Place(page.slug, block.id, section.heading.text))
    return places


def _linkable(pages: Sequence[Page]) -> Iterator[Text]:
    for page in pages:
        for block in blocks_of(page):
            if not isinstance(block, Heading):
                yield from (text for text, role in texts_of(block) if not role.endswith(UNLINKED))


def find_phrase(text: str, phrase: str) -> tuple[int, int] | None:
    """Where the phrase stands in the text as whole words, marks and blanks in either aside."""
    wanted = bare(phrase)
    marks = {i for mark in NOTE_MARK.finditer(text) for i in range(*mark.span())}
    letters = [(i, char) for i, one in enumerate(text) if i not in marks for char in bare(one)]
    said = "".join(char for _, char in letters)
    at = said.find(wanted) if wanted else -1
    while at >= 0:
        start, end = letters[at][0], letters[at + len(wanted) - 1][0] + 1
        if not _within_word(text[start - 1 : start + 1] if start else "") and not _within_word(text[end - 1 : end + 1]):
            return start, _closed(text, start, end)
        at = said.find(wanted, at + 1)
    return None


def _closed(text: str, start: int, end: int) -> int:
    """With the bracket that closes what the phrase opens."""
    opened = any(bracket in text[start:end] for bracket in "(（")
    return end + (opened and text[end : end + 1] in (")", "）"))


def _within_word(two: str) -> bool:
    """Two neighbouring characters are of one word or number; ideographs stand for themselves."""
    return len(two) == 2 and two.isalnum() and two.isascii()
