"""The folder's glossary: one form for each name in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from .profile import Bilingual, ShortWords
from .validation import Checked, Fault

GLOSSARY_NAME = "glossary.yml"
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
    """A name in both languages; `also` lists other English forms that may stand for it.

    A misprint is a form that the source has by error: texts that hold it are checked, no reader is shown it as a name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: ShortWords
    en: ShortWords
    also: tuple[ShortWords, ...] = ()
    kind: Kind
    note: Bilingual | None = None
    misprint: bool = False


class Glossary(Checked):
    model_config = ConfigDict(extra="forbid", frozen=True)
    terms: tuple[Term, ...] = ()

    def faults(self) -> Iterator[Fault]:
        first: dict[str, int] = {}
        for index, term in enumerate(self.terms):
            if term.zh in first:
                message = f"the term {term.zh!r} stands twice, first as terms[{first[term.zh]}]"
                yield ("terms", index, "zh"), message, "put both together"
            first.setdefault(term.zh, index)
