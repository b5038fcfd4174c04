"""The folder's glossary: one form for each name in both languages."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .profile import Bilingual

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
    """A name in both languages; `also` lists other English forms that may stand for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    kind: Kind
    note: Bilingual | None = None


class Glossary(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    terms: tuple[Term, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> Glossary:
        names = [term.zh for term in self.terms]
        if double := next((n for n in names if names.count(n) > 1), None):
            raise ValueError(f"the term {double!r} stands twice")
        return self
