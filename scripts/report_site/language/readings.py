"""How a Chinese name is read: pinyin with its tones, a syllable an ideograph."""

from __future__ import annotations

import re

from .characters import HAN_CHARACTER

SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aāáǎàeēéěèiīíǐìoōóǒòuūúǔùüǖǘǚǜ]{1,3}(?:ng?|r)?", re.IGNORECASE
)


def reading_fault(name: str, reading: str) -> str:
    """What is wrong with it as a reading of the name; empty where nothing is."""
    syllables = reading.split()
    if bad := next((one for one in syllables if not SYLLABLE.fullmatch(one)), ""):
        return f"{bad[:20]!r} is no syllable of pinyin"
    count = len(HAN_CHARACTER.findall(name))
    if len(syllables) != count:
        return f"{len(syllables)} syllables for the {count} ideographs of {name[:40]!r}"
    return ""
