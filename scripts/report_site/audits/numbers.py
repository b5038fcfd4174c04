"""Each text and its translation say the same numbers: value, scale, per cent, qualifier."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.numbers import compare
from .evidence import Evidence, text_place
from .finding import Audit, Spot


def find_differences(evidence: Evidence) -> Iterator[Spot]:
    for page, _, text in evidence.texts():
        if pair := evidence.both(text):
            for difference in compare(*pair):
                yield Spot(text_place(evidence, page, text), str(difference))


def find_editors_differences(evidence: Evidence) -> Iterator[Spot]:
    """What the editors say of corrections and doubts is told in both languages too."""
    profile = evidence.folder.profile
    said = [(f"{one.at.in_file('report.yml')}: corrections: {one.at}", one.why) for one in profile.corrections]
    said += [(f"{one.at.in_file('report.yml')}: flags: {one.at}", one.what) for one in profile.flags]
    for place, text in said:
        for difference in compare(text.zh, text.en):
            yield Spot(place, str(difference))


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
