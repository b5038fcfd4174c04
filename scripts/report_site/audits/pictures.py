"""What the folder says of its pictures: only what nobody has just read beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..language.content_words import content_words
from ..model import Figure, Language, Text
from ..model.texts import blocks_of, texts_of
from .evidence import Evidence, text_place
from .finding import Audit, Spot, excerpt

MOST = 0.7
"""Of a description's content words: if so many stand beside it, it says nothing of its own."""
_FEWEST = 3
"""Of one word or two, no share tells anything."""


def share_said(text: str, beside: Sequence[str], language: Language) -> float:
    """How much of what the text says stands in the texts beside it: 0 to 1."""
    own = content_words(text, language)
    heard = {word for other in beside for word in content_words(other, language)}
    return len(own & heard) / len(own) if len(own) >= _FEWEST else 0.0


def find_echoes(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.report.pages:
        for before, block in pairwise(blocks_of(page)):
            if isinstance(block, Figure):
                beside = [*([block.caption] if block.caption else []), *(text for text, _ in texts_of(before))]
                for text in _descriptions(block):
                    if language := _echo(text, beside, evidence):
                        said = evidence.report.say(text, language)
                        yield Spot(text_place(evidence, page, text), f"{excerpt(said)} repeats what stands beside it")


def _descriptions(block: Figure) -> Iterator[Text]:
    """A picture that was kept needs its alternative, whatever stands beside it (WCAG 1.1.1)."""
    if block.alternative and not block.picture:
        yield block.alternative
    yield from block.description


def _echo(text: Text, beside: Sequence[Text], evidence: Evidence) -> Language | None:
    """The first language in which the text is an echo."""
    for language in evidence.languages:
        said = [text.in_language(language, evidence.language) for text in (text, *beside)]
        own, *heard = [one or "" for one in said]
        if share_said(own, heard, language) >= MOST:
            return language
    return None


AUDITS = (
    Audit(
        "picture-echo",
        "no description of a picture says what its caption and the block before it say",
        "WCAG 1.1.1; a listener hears it twice",
        "leave the description out of figures.yml, or say what the picture adds",
        find_echoes,
    ),
)
