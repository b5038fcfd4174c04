"""A style sheet that a program can hold: the words that a language's texts don't use, with what stands instead."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from ..model import Language
from .profile import ShortWords
from .validation import Checked, Fault


class StyleWord(BaseModel):
    """A slash joins forms of one word (`keep/keeps improving`); `unless` says around which words it may stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    word: ShortWords
    instead: ShortWords
    why: ShortWords
    unless: tuple[ShortWords, ...] = ()


class Style(Checked):
    model_config = ConfigDict(extra="forbid", frozen=True)
    words: tuple[StyleWord, ...] = ()

    def faults(self) -> Iterator[Fault]:
        first: dict[str, int] = {}
        for index, entry in enumerate(self.words):
            if entry.word in first:
                message = f"the word {entry.word!r} stands twice, first as words[{first[entry.word]}]"
                yield ("words", index, "word"), message, "put both together"
            first.setdefault(entry.word, index)


def style_name(language: Language) -> str:
    return f"style.{language}.yml"
