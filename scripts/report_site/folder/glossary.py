"""The folder's glossary: one form for each name in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ..language.characters import HAN_CHARACTER
from ..language.readings import reading_fault
from ..model import Language
from .profile import Bilingual, BilingualName, ShortWords
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
    With an expansion the name is an abbreviation, or has one (WCAG 3.1.4).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: ShortWords
    en: ShortWords
    also: tuple[ShortWords, ...] = ()
    kind: Kind
    note: Bilingual | None = None
    misprint: bool = False
    abbreviation: ShortWords | Literal[""] = ""
    """The short form that texts use, where the name itself is none."""
    expansion: BilingualName | None = None
    """What the abbreviation stands for."""
    reading: ShortWords | Literal[""] = ""
    """How the Chinese is read where speech gets it wrong, in pinyin, a syllable an ideograph (WCAG 3.1.6)."""

    @property
    def forms(self) -> tuple[str, ...]:
        """All that may stand for it in English."""
        return (self.en, *self.also, *([self.abbreviation] if self.abbreviation else []))

    @property
    def explained(self) -> bool:
        """The glossary says more of it than its name."""
        return not self.misprint and bool(self.note or self.expansion or self.reading)

    def short_form(self, language: Language) -> str:
        """The abbreviation that texts in the language use; empty where it is none."""
        form = self.abbreviation or (self.zh if language == "zh" else self.en)
        return "" if not self.expansion or HAN_CHARACTER.search(form) else form


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
            yield from ((("terms", index, key), message, remedy) for key, message, remedy in _faults_of(term))
        yield from self._expanded_twice()

    def _expanded_twice(self) -> Iterator[Fault]:
        expansions: dict[str, BilingualName] = {}
        for index, term in enumerate(self.terms):
            for form in {term.short_form("zh"), term.short_form("en")} - {""} if term.expansion else ():
                if term.expansion and expansions.setdefault(form, term.expansion) != term.expansion:
                    message = f"{form!r} stands for something else in another term"
                    yield ("terms", index, "expansion"), message, "give both the same expansion, or leave one out"


def _faults_of(term: Term) -> Iterator[tuple[str, str, str]]:
    if term.abbreviation and not term.expansion:
        yield "abbreviation", "stands for nothing", "give `expansion` too, as {zh: …, en: …}"
    if term.reading and (fault := reading_fault(term.zh, term.reading)):
        yield "reading", fault, "write pinyin with its tones, a syllable an ideograph: zhāng sān"
