"""What people wrote for the generated pages: `guide/words/{en,zh}.yml`. English is the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).resolve().parents[2] / "guide" / "words"
LANGUAGES = ("zh", "en")
REFERENCE = "en"


@cache
def read_words(language: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load((WORDS / f"{language}.yml").read_text("utf-8"))
    return read


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of one language; what it lacks is said in English and marked as such."""

    language: str

    def say(self, *path: str) -> str:
        """The text under these keys; a `KeyError` where English has none either."""
        return self.known(path) or marked(_found(REFERENCE, path) or _missing(path))

    def known(self, path: tuple[str, ...]) -> str:
        """The text in this very language, or nothing."""
        return _found(self.language, path)


def marked(english: str) -> str:
    """English text among another language's: assistive technology changes its voice at `lang`."""
    return f'<span lang="en">{english}</span>'


def _found(language: str, path: tuple[str, ...]) -> str:
    here: Any = read_words(language)
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return here if isinstance(here, str) else ""


def _missing(path: tuple[str, ...]) -> str:
    raise KeyError(f"guide/words/{REFERENCE}.yml: {' > '.join(path)}")
