"""Which numbers a page lists: a fact that the report states twice once, with both places, and no counts in passing.

Data files hold every number; a row is left out or joined to another only where the texts show that it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...language.content_words import content_words
from ...language.measures import PARTS_OF_A_TEXT
from ...model import Language
from .facts import LANGUAGES, Fact, Said

_SHARE = 0.7
"""Of a label's content words that a sentence has to hold to say the same."""
_LEAST_DATUM = 10


@dataclass(frozen=True, slots=True)
class Row:
    fact: Fact
    also: tuple[Fact, ...] = ()
    """The same in sentences of the page."""


def rows_in(facts: Sequence[Fact], language: Language) -> tuple[Row, ...]:
    """The rows of a page, in the report's order. `language`: the report's own."""
    listed = [fact for fact in facts if not is_in_passing(fact, language)] or facts  # no page stands empty
    sentences = [fact for fact in listed if fact.kind == "prose"]
    joined: dict[str, Fact] = {}
    for fact in listed:
        if fact.kind == "key-figure":
            same = [one for one in sentences if one.id not in joined and is_same(fact, one)]
            if len(same) == 1:  # of two, nothing tells which
                joined[same[0].id] = fact
    also = {fact.id: tuple(one for one in sentences if joined.get(one.id) is fact) for fact in joined.values()}
    return tuple(Row(fact, also.get(fact.id, ())) for fact in listed if fact.id not in joined)


def is_same(figure: Fact, sentence: Fact) -> bool:
    """Value, unit and qualifier are equal, no period speaks against it, and in either language the sentence and the
    titles above it hold the words of the label.
    """
    if figure.number is None or (figure.flagged, figure.page) != (sentence.flagged, sentence.page):
        return False
    if any(getattr(figure, name) != getattr(sentence, name) for name in ("number", "upper", "unit", "qualifier")):
        return False
    first, second = figure.period, sentence.period
    if not (first.startswith(second) or second.startswith(first)):
        return False
    return any(_said(figure.said[each], sentence.said[each], each) for each in LANGUAGES)


def _said(figure: Said, sentence: Said, language: Language) -> bool:
    own = content_words(figure.label, language)
    heard = content_words(f"{sentence.section} {sentence.sentence}", language)
    numbers = {word for word in own if word.isdigit()}  # of another year it is another fact
    return bool(own) and numbers <= heard and len(own & heard) >= _SHARE * len(own)


def is_in_passing(fact: Fact, language: Language) -> bool:
    """A small exact number, written as a word in the report, of parts of the text: `four areas`, not `8 provinces`."""
    said = fact.said[language]
    small = fact.number is not None and fact.upper is None and 1 <= fact.number < _LEAST_DATUM
    in_words = bool(said.value) and not any(char.isdigit() for char in said.value)
    unit = said.unit or fact.unit
    exact = fact.qualifier in ("", "exact")
    return fact.kind == "prose" and small and in_words and exact and unit in PARTS_OF_A_TEXT[language]
