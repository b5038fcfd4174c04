"""The card of each number, which opens from its key figure and its row: what the report states, and where.

A page of numbers has the cards of its rows in a file beside it; how they are cited is added when the pages are built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from ...language.characters import without_notes
from ...language.parts import pieces
from ...model import Language
from ...report import Report
from ..periods import period_in_words
from .facts import Fact

Json = Mapping[str, object]
CARDS = "cards.json"
"""Name of the file beside a page of numbers."""
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "close": "close",
        "cite": "card-cite",
        "copy": "cite-copy",
        "copyNamed": "cite-copy-named",
        "copied": "cite-copied",
        "selected": "cite-selected",
        "permalink": "permalink",
    }
)
"""What the script says -> the site's words for it."""


def cards_of(report: Report, language: Language, facts: Sequence[Fact]) -> Json:
    """`figures`: by id its `page`, the place there (`at`), the printed page, and texts as `pieces_of` has them."""
    return {
        "words": {name: report.words(key, language) for name, key in _WORDS.items()},
        "figures": {fact.id: _card(report, language, fact) for fact in facts},
    }


def pieces_of(text: str, language: Language) -> list[str]:
    """The text cut where its language changes: pieces at odd places are in the other language."""
    cut: list[str] = []
    for piece, foreign in pieces(without_notes(text), language):
        if len(cut) % 2 != int(foreign):
            cut.append("")
        cut.append(piece)
    return cut


def _card(report: Report, language: Language, fact: Fact) -> Json:
    own, here = fact.said[report.language], fact.said[language]
    label = here.label or own.label or report.words("unlabelled", language)
    return {
        "page": fact.page,
        "at": own.permalink.partition("#")[2],
        "printed": str(fact.printed_page or ""),
        "label": pieces_of(label, language),
        "value": pieces_of(here.value or own.value, language),
        "rows": [
            [report.words(key, language), pieces_of(text, language)] for key, text in _rows(report, language, fact)
        ],
    }


def _rows(report: Report, language: Language, fact: Fact) -> Iterator[tuple[str, str]]:
    """What is known of the number, by the word for it."""
    own, here = fact.said[report.language], fact.said[language]
    qualifier = "" if fact.qualifier in ("", "exact") else report.words(f"qualifier-{fact.qualifier}", language)
    told = (
        ("column-unit", here.unit if here.value else own.unit),
        ("column-qualifier", qualifier),
        ("column-period", _period(report, language, fact)),
        ("column-scope", here.scope or own.scope),
        ("column-sentence", here.sentence or own.sentence),
        ("column-section", here.section),
        ("printed-page", str(fact.printed_page or "")),
        ("doubt", report.words("card-doubted", language) if fact.flagged else ""),
    )
    return ((key, text) for key, text in told if text)


def _period(report: Report, language: Language, fact: Fact) -> str:
    """As the text states it."""
    return period_in_words(fact.period, report.voice(language))
