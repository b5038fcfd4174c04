"""Boxes of text that a tool wrote as tables of one column: their text again, each cell a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ....language.characters import CLOSING_MARKS, SENTENCE_END
from ....model import SourceLine

_RULE = re.compile(r"^\|[\s:]*-+[\s:]*\|$")
_CELL = re.compile(r"^\|(?P<text>(?:[^|\\]|\\.)*)\|$")
LEAST_SENTENCE = 16
"""Characters of a cell that tells rather than names."""
MOST_ROWS = 8


def read_boxes(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """A table of one column with a sentence in it is a box: names below each other stay a table."""
    result: list[SourceLine] = []
    for is_table, group in groupby(lines, key=lambda line: line.text.lstrip().startswith("|")):
        run = list(group)
        result += _opened(run) if is_table and _is_box(run) else run
    return result


def _is_box(rows: Sequence[SourceLine]) -> bool:
    texts = [line.text.strip() for line in rows]
    cells = [match["text"].strip() for text in texts if not _RULE.match(text) and (match := _CELL.match(text))]
    if len(cells) + sum(map(bool, map(_RULE.match, texts))) != len(rows) or len(cells) > MOST_ROWS:
        return False
    return any(len(cell) >= LEAST_SENTENCE and cell.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END for cell in cells)


def _opened(rows: Sequence[SourceLine]) -> Iterator[SourceLine]:
    for line in rows:
        text = line.text.strip()
        if _RULE.match(text) or not text.strip("| "):
            yield line.marked("box")
        else:
            yield replace(line.changed("box", text[1:-1].strip()), opens=True)
