"""Each text and its translation say the same numbers: value, scale, per cent, qualifier.

Two kinds of number are nobody's error: the year that an editor adds in square brackets to "this June", and the number
that is part of a glossary's name in one language alone (Always Day 1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ..folder.glossary import Term
from ..language.numbers import Difference, compare
from ..language.title_numbers import title_differences
from ..model import Block, Heading, KeyFigures, Text
from .evidence import Evidence, text_place
from .finding import Audit, Spot
from .glossary import terms_in, without_name

_ADDED_YEAR = re.compile(r"\s*[\[\uff3b\u3014](?:19|20)\d\d[^\d\]\uff3d\u3015]{0,2}[\]\uff3d\u3015]")


def find_differences(evidence: Evidence) -> Iterator[Spot]:
    numbered = [term for term in evidence.terms if any(compare(term.zh, form) for form in term.forms)]
    for page, block, text in evidence.texts():
        pair = evidence.both(text)
        read = title_differences if isinstance(block, Heading) else compare
        found = differences(pair, numbered, read) if pair else ()
        if found and pair and (label := _label_of(block, text)) and (label_pair := evidence.both(label)):
            whole = (f"{label_pair[0]}{pair[0]}", f"{label_pair[1]} {pair[1]}")
            found = differences(whole, numbered)
        for difference in found:
            yield Spot(text_place(evidence, page, text), str(difference))


def differences(
    pair: tuple[str, str],
    numbered: Sequence[Term] = (),
    read: Callable[[str, str], tuple[Difference, ...]] = compare,
) -> tuple[Difference, ...]:
    """What differs between Chinese and English, as `read` compares them, beside added years and numbers of names."""
    if not read(*pair):
        return ()
    zh, en = (_ADDED_YEAR.sub("", text) for text in pair)
    for term in terms_in(zh, numbered):
        zh, en = without_name(zh, en, term)
    return read(zh, en)


def _label_of(block: Block, value: Text) -> Text | None:
    """The label of a key figure's value: in one language it may be the one that says the qualifier."""
    figures = block.figures if isinstance(block, KeyFigures) else ()
    return next((figure.label for figure in figures if figure.value.id == value.id), None)


def find_editors_differences(evidence: Evidence) -> Iterator[Spot]:
    """What the editors say of corrections and doubts is told in both languages too, and a passage in its gloss."""
    for place, zh, en in _editors_pairs(evidence):
        for difference in compare(zh, en):
            yield Spot(place, str(difference))


def _editors_pairs(evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """Place, Chinese and English of all that the editors say twice."""
    profile = evidence.folder.profile
    for one in profile.corrections:
        place = f"{one.at.in_file('report.yml')}: corrections: {one.at}"
        yield place, one.why.zh, one.why.en
        for passage, gloss in ((one.wrong, one.gloss.wrong), (one.right, one.gloss.right)):
            if gloss:
                yield place, *((passage, gloss) if evidence.language == "zh" else (gloss, passage))
    for flag in profile.flags:
        yield f"{flag.at.in_file('report.yml')}: flags: {flag.at}", flag.what.zh, flag.what.en


AUDITS = (
    Audit(
        "numbers-value",
        "a text and its translation say the same numbers, scales and qualifiers",
        "DESIGN 6: numbers agree block by block",
        "mend the translation: value, scale, per cent sign, and words such as more than, nearly, about",
        find_differences,
    ),
    Audit(
        "numbers-editor",
        "a correction or doubt says the same numbers in both languages",
        "DESIGN 6: numbers agree block by block",
        "mend the text in report.yml",
        find_editors_differences,
    ),
)
