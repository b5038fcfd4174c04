"""Where an extractor read two columns line by line, so that one sentence stands within another.

Nothing in the text tells where one column ends: no line is put in order, the places go to whoever prepares the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ...language.characters import HAN, han_count
from ...model import Dialect, SourceLine
from .furniture.lines import is_row, width

PLAIN = frozenset({Dialect.PDFPLUMBER, Dialect.PDFMINER, Dialect.PDFTOTEXT, Dialect.MARKITDOWN})
"""Dialects without marks: nothing else in them tells columns and cells."""
LEAST_PROSE = 60
"""Width of a line that can hold two columns."""
LEAST_MIXED = 3
SHARE_MIXED = 0.02
"""Of the lines of that width; a stop before a small letter is no more than a mistake in one of a hundred."""
SHARE_MIXED_HAN = 0.05
_INNER_STOP = re.compile(r"[a-z]{4,}\. [a-z]{2,}|[a-z]{2,} [•●▪■◆] [A-Z]")
_ABBREVIATION = re.compile(r"\b(?:approx|incl|dept|etc|govt|corp)\. ", re.IGNORECASE)
_SMALL = re.compile(r"[a-z]{2,}[ ,]")
_TWO_HALVES = re.compile(rf"[{HAN}，。、；”）]{{2}} (?:[•●▪■◆] ?)?[{HAN}“（]{{2}}")
"""A blank between ideographs: writing has none there."""
LEAST_HALF = 10
"""Ideographs on either side of it."""


def mixed_columns(lines: Sequence[SourceLine]) -> tuple[int, ...]:
    """Numbers of lines that show two columns read line by line, if there are enough of them to be sure."""
    told = [line for line in lines if not line.blank and not is_row(line)]
    prose = [line for line in told if width(line.text.strip()) >= LEAST_PROSE]
    chinese = sum(han_count(line.text) > 0 for line in prose) * 2 > len(prose)
    if chinese:
        found = {line.number for line in prose if _has_halves(line.text)}
    else:
        found = {line.number for line in prose if _INNER_STOP.search(_ABBREVIATION.sub("", line.text))}
        found |= {b.number for a, b in pairwise(told) if _stops_short(a, b)}
    least = max(LEAST_MIXED, len(prose) * (SHARE_MIXED_HAN if chinese else SHARE_MIXED))
    return tuple(sorted(found)) if len(found) >= least else ()


def _has_halves(text: str) -> bool:
    return any(
        min(han_count(text[: match.start() + 2]), han_count(text[match.end() - 2 :])) >= LEAST_HALF
        for match in _TWO_HALVES.finditer(text)
    )


def _stops_short(line: SourceLine, following: SourceLine) -> bool:
    """A full line ends a sentence, and the one right below it begins with a small letter."""
    text = line.text.strip()
    full = width(text) >= LEAST_PROSE and text[-1] == "."
    return full and following.number == line.number + 1 and bool(_SMALL.match(following.text.strip()))
