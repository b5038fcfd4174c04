"""Prose that an extractor cut into the cells of a table: sentences again, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...language.characters import CLOSING_MARKS, HAN, SENTENCE_END
from ...language.joining import join_lines
from ...model import SourceLine

_RULE = re.compile(r"^\|?[\s:|-]*-[\s:|-]*\|?$")
_CLAUSE = re.compile(rf"[{HAN}]，[{HAN}]|[a-z]{{2,}}, [a-z]{{2,}}|[，、；,;]$")
_CUT_NUMBER = re.compile(rf"\d$\n^(?:[{HAN}%％]|[a-z])", re.MULTILINE)
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))
MOST_ROWS = 4
LEAST_SIGNS = 3


def read_false_tables(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """A small table right amid the lines of a paragraph whose cells are cut out of its sentences becomes its lines."""
    result = list(lines)
    i = 0
    while i < len(result):
        end = i
        while end < len(result) and result[end].text.lstrip().startswith("|"):
            end += 1
        if end > i and _is_prose(result, i, end):
            result[i:end] = _sentences(result[i:end])
        i = max(end, i + 1)
    return result


def _sentences(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The rows as text; the rule between them is a part of the row above, so that it tears no sentence."""
    result: list[SourceLine] = []
    for line in lines:
        if not _RULE.match(line.text.strip()):
            result.append(line.changed("false-table", _said(line)))
        elif result:
            above = result[-1]
            result[-1] = replace(above, parts=(*above.parts, line.number))
            result.append(replace(line.changed("false-table", ""), part_of=above.number))
        else:
            result.append(line.marked("false-table"))
    return result


def _cells(line: SourceLine) -> list[str]:
    return [cell.strip() for cell in line.text.strip().strip("|").split("|") if cell.strip()]


def _said(line: SourceLine) -> str:
    return join_lines(_cells(line) or [""])


def _is_prose(lines: Sequence[SourceLine], start: int, end: int) -> bool:
    rows = [_cells(line) for line in lines[start:end] if not _RULE.match(line.text.strip())]
    if not rows or len(rows) > MOST_ROWS or not all(rows):
        return False
    above = lines[start - 1].text.strip() if start else ""
    below = lines[end].text.strip() if end < len(lines) else ""
    opened = bool(above) and above[0] not in "#-*" and not _ends(above) and above[-1] not in ":："
    goes_on = bool(below) and below[0] not in "#-*|" and not _ends(rows[-1][-1]) and _ends(below)
    if not (opened or goes_on):
        return False
    text = "\n".join(cell for row in rows for cell in row)
    cut = any(cell.count(a) != cell.count(b) for row in rows for cell in row for a, b in _PAIRS)
    clauses = any(_CLAUSE.search(cell) for row in rows for cell in row)
    signs = (opened, goes_on, cut, clauses, bool(_CUT_NUMBER.search(text)))
    return sum(signs) >= LEAST_SIGNS


def _ends(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END
