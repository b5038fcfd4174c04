"""The translation catalogue: gettext, one message a text, context = page and id of the text.

A look-up goes by the same wording first, then by the same id if the numbers agree (another wording of the same facts).
Fuzzy messages, whose source has changed since they were translated, are never used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..language.numbers import same_quantities
from ..model import Language
from .files import read_regular, require_visible
from .po import Catalogue, Entry, decode_po, parse_po

LARGEST_CATALOGUE = 32 * 1024 * 1024
_LINES = "lines "
"""Opens the tool's own remark on a message: which lines of the source it stems from."""
_WAS = "was: "
"""Opened a comment that kept the source which a fuzzy translation was made from, before `#| msgid` did."""
_HEADER = """\
Project-Id-Version: report 1
PO-Revision-Date:
Last-Translator:
Language-Team:
Language: {locale}
Plural-Forms: nplurals=2; plural=(n != 1);
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
"""
"""Only what stays true; what other editors add is kept."""


@dataclass(frozen=True, slots=True)
class Message:
    context: str
    """`page-slug#text-id`."""
    source: str
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Translations:
    """Read-only view of a catalogue, by wording and by context."""

    source_language: Language
    by_source: dict[str, str] = field(default_factory=dict)
    by_context: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Context -> (source, translation)."""
    fuzzy: dict[str, str] = field(default_factory=dict)
    """Context -> source now, of messages that need a translator again."""
    official: Mapping[str, str] = field(default_factory=dict)
    """Context -> what is said in place of the catalogue's, where the publisher's own wording is translated."""

    def find(self, message: Message) -> str | None:
        if given := self.official.get(message.context):
            return given
        exact = self.by_context.get(message.context)
        if exact and exact[0] == message.source:
            return exact[1]
        if found := self.by_source.get(message.source):
            return found
        if exact and same_quantities(exact[0], message.source, self.source_language):
            return exact[1]
        return None


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue, an empty one where there is no file yet; `InputError` names what is wrong with it, by line."""
    if not os.path.lexists(path):
        return new_catalogue(path.stem)
    text = decode_po(read_regular(path, path.parent, LARGEST_CATALOGUE), path)
    require_visible(text, path)
    return parse_po(text, path)


def new_catalogue(locale: str) -> Catalogue:
    """An empty catalogue whose header says what stays true; who translates, and when, is the translator's to say."""
    comment = "The report in another language: one message a text; context = page#id of the text."
    plural = {"zh": "nplurals=1; plural=0;"}.get(locale, "nplurals=2; plural=(n != 1);")
    header = _HEADER.format(locale=locale).replace("nplurals=2; plural=(n != 1);", plural)
    return Catalogue(Entry("", "", header, comments=(comment,)))


def translations_of(catalogue: Catalogue, source_language: Language) -> Translations:
    """What the catalogue's finished messages say."""
    view = Translations(source_language)
    for message in catalogue:
        if message.fuzzy:
            view.fuzzy[message.context] = message.id
        elif message.string.strip():
            view.by_source.setdefault(message.id, message.string)
            view.by_context[message.context] = (message.id, message.string)
    return view


def renewed(old: Catalogue, messages: Iterable[Message]) -> Catalogue:
    """The catalogue for `messages`: translations kept, changed sources fuzzy with the old source beside them.

    No translation is ever thrown away: one whose text is gone stays as an obsolete message, and comes back with it.
    """
    earlier = _Earlier.of(old)
    fresh = tuple(earlier.renew(message) for message in messages)
    return Catalogue(old.header, fresh, tuple(_obsolete([*old.messages, *old.obsolete], fresh)))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The messages there were."""

    by_context: Mapping[str, Entry]
    by_key: Mapping[tuple[str, str], Entry]
    """Obsolete ones too."""
    by_source: Mapping[str, str]
    """Finished translations, obsolete ones too."""

    @classmethod
    def of(cls, old: Catalogue) -> _Earlier:
        every = [*old.obsolete[::-1], *old.messages[::-1]]
        return cls(
            {entry.context: entry for entry in old.messages},
            {entry.key: entry for entry in every},
            {entry.id: entry.string for entry in every if entry.string and not entry.fuzzy},
        )

    def renew(self, message: Message) -> Entry:
        remarks = [f"{_LINES}{', '.join(map(str, message.lines))}"] if message.lines else []
        same = self.by_key.get((message.context, message.source))
        before = self.by_context.get(message.context)
        if same is not None and (same.string or message.source not in self.by_source):
            return _kept(same, remarks)
        if before is not None and before.string and message.source not in self.by_source:
            was = _previous(before) if before.fuzzy else None
            return replace(
                _kept(before, remarks),
                id=message.source,
                flags=tuple(dict.fromkeys(("fuzzy", *before.flags))),
                previous=was or before.id,
            )
        return Entry(message.context, message.source, self.by_source.get(message.source, ""), extracted=tuple(remarks))


def _kept(entry: Entry, remarks: Sequence[str]) -> Entry:
    """The message with everything that other editors wrote to it; its old source only as long as it is fuzzy."""
    return replace(
        entry,
        comments=tuple(comment for comment in entry.comments if not comment.startswith(_WAS)),
        extracted=(*remarks, *(text for text in entry.extracted if not text.startswith(_LINES))),
        previous=_previous(entry) if entry.fuzzy else None,
    )


def _previous(entry: Entry) -> str | None:
    told = next((text.removeprefix(_WAS) for text in entry.comments if text.startswith(_WAS)), None)
    return entry.previous if entry.previous is not None else told


def _obsolete(earlier: Iterable[Entry], fresh: Sequence[Entry]) -> Iterable[Entry]:
    """Translations that no message has any more, each once."""
    alive = {(entry.id, entry.string) for entry in fresh} | {(entry.previous, entry.string) for entry in fresh}
    for entry in earlier:
        if entry.string and (entry.id, entry.string) not in alive:
            alive.add((entry.id, entry.string))
            yield _kept(entry, [text for text in entry.extracted if text.startswith(_LINES)])
