"""Last year's translations for this year's texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....folder.catalogue import Message, renewed
from ....folder.po import Catalogue
from .alike import nearest


@dataclass(frozen=True, slots=True)
class CarriedCatalogue:
    catalogue: Catalogue
    same: int
    """Messages whose text is unchanged: translated as before."""
    near: tuple[str, ...]
    """Texts that changed: their old translation is fuzzy, its source beside it."""
    new: tuple[str, ...]
    """Texts that nothing is near to."""
    gone: int
    """Translations that no text needs any more; kept as obsolete messages."""


def carried_catalogue(old: Catalogue, messages: Sequence[Message]) -> CarriedCatalogue:
    """A text is known by its wording: the same id may be another paragraph this year."""
    every = [entry for entry in (*old.messages, *old.obsolete) if entry.string]
    finished = {entry.id for entry in every if not entry.fuzzy}
    by_source = {entry.id: entry for entry in reversed(every)}
    wanted = [message for message in messages if message.source not in finished]
    near = nearest((message.source for message in wanted), list(by_source))
    found = [(message, by_source[near[message.source]]) for message in wanted if message.source in near]
    before = tuple(replace(entry, context=message.context) for message, entry in found)
    fresh = renewed(Catalogue(old.header, before, tuple(every)), messages)
    translated = {entry.context: entry for entry in fresh}
    done = [entry for entry in translated.values() if entry.string and not entry.fuzzy]
    return CarriedCatalogue(
        fresh,
        len(done),
        tuple(dict.fromkeys(entry.id for entry in translated.values() if entry.string and entry.fuzzy)),
        tuple(dict.fromkeys(entry.id for entry in translated.values() if not entry.string)),
        len(fresh.obsolete),
    )
