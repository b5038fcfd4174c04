"""The translation catalogue: gettext, one message a text, context = page and id of the text.

A look-up goes by the same wording first, then by the same id if the numbers agree (another wording of the same facts).
Fuzzy messages, whose source has changed since they were translated, are never used.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from ..errors import InputError, Problem
from ..language.numbers import same_quantities
from ..model import Language

UNSTABLE_HEADERS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
)
"""Header lines that change from run to run, or that nobody fills in."""


WAS = "was: "
"""Opens the comment that keeps the source which a fuzzy translation was made from (Babel loses gettext's own mark)."""


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

    def find(self, message: Message) -> str | None:
        exact = self.by_context.get(message.context)
        if exact and exact[0] == message.source:
            return exact[1]
        if found := self.by_source.get(message.source):
            return found
        if exact and same_quantities(exact[0], message.source, self.source_language):
            return exact[1]
        return None


def load_catalogue(path: Path, source_language: Language) -> Catalog:
    if not path.exists():
        return new_catalogue(path.stem)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=None, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        place = f"{path}:{getattr(error, 'lineno', 0) + 1}" if getattr(error, "lineno", None) is not None else str(path)
        raise InputError(
            Problem(place, f"no valid catalogue: {error}", "mend the line named; gettext .po format")
        ) from error


def new_catalogue(locale: str) -> Catalog:
    """An empty catalogue whose header says only what stays true."""
    return Catalog(
        locale=locale if locale in ("zh", "en") else None,
        project="report",
        version="1",
        header_comment="# The report in another language: one message a text; context = page#id of the text.",
        fuzzy=False,
        charset="utf-8",
    )


def translations_of(catalogue: Catalog, source_language: Language) -> Translations:
    """What the catalogue's finished messages say."""
    view = Translations(source_language)
    for message in catalogue:
        if not message.id or not isinstance(message.id, str) or not isinstance(message.string, str):
            continue
        if message.fuzzy:
            view.fuzzy[message.context or ""] = message.id
        elif message.string:
            view.by_source.setdefault(message.id, message.string)
            view.by_context[message.context or ""] = (message.id, message.string)
    return view


def renewed(old: Catalog, messages: Iterable[Message], locale: str) -> Catalog:
    """The catalogue for `messages`: translations kept, changed sources fuzzy with the old source beside them."""
    fresh = new_catalogue(locale)
    known = {m.context: m for m in old if m.id}
    by_source = {m.id: m.string for m in old if m.id and m.string and not m.fuzzy}
    for message in messages:
        before = known.get(message.context)
        comments = [f"lines {', '.join(map(str, message.lines))}"] if message.lines else []
        if before is not None and before.id == message.source:
            fresh.add(
                message.source,
                before.string,
                context=message.context,
                flags=before.flags,
                auto_comments=comments,
                user_comments=before.user_comments
                if before.fuzzy
                else [c for c in before.user_comments if not c.startswith(WAS)],
            )
        elif before is not None and before.string and message.source not in by_source:
            fresh.add(
                message.source,
                before.string,
                context=message.context,
                flags={"fuzzy"},
                auto_comments=comments,
                user_comments=[*before.user_comments, f"{WAS}{before.id}"],
            )
        else:
            fresh.add(
                message.source,
                str(by_source.get(message.source, "")),
                context=message.context,
                auto_comments=comments,
            )
    return fresh


def dump(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=0,
        omit_header=False,
        sort_output=False,
        ignore_obsolete=True,
    )
    text = buffer.getvalue().decode("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(tuple(f'"{name}' for name in UNSTABLE_HEADERS))]
    return ("\n".join(kept) + "\n").encode("utf-8")
