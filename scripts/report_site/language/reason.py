"""Why a rule decided as it did, before it is known in which language that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .strings import words


@dataclass(frozen=True, slots=True)
class Reason:
    """A key of the words, and what fills it in: texts, numbers, further reasons."""

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def said(self, voice: str) -> str:
        """In the interface language `voice`."""
        told = {name: one.said(voice) if isinstance(one, Reason) else one for name, one in self.values.items()}
        return words(self.key, voice, **told)


def reason(key: str, **values: object) -> Reason:
    return Reason(key, MappingProxyType(values))
