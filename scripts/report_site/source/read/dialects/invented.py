"""Names that a tool invents where a table's cell is empty: `Col2` (pymupdf4llm), `Unnamed: 1` and `NaN` (pandas).

A head's name counts its own column, and is believed to be invented only where it stands in that column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....model import SourceLine

_HEAD_NAME = re.compile(r"(?:\*\*)?(?:Col(?P<from_one>\d{1,3})|Unnamed: (?P<from_zero>\d{1,3})(?:_level_\d)?)(?:\*\*)?")
_RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")
_BAR = re.compile(r"(?<!\\)\|")
_NO_NUMBER = "NaN"
RULE = "invented-name"


def read_invented_names(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with such cells empty; a head row that holds nothing else is a mark, with the rule below it."""
    result = list(lines)
    for i, line in enumerate(result):
        text = line.text.strip()
        if not text.startswith("|") or not text.endswith("|"):
            continue
        below = result[i + 1].text.strip() if i + 1 < len(result) else ""
        above = result[i - 1].text.strip() if i else ""
        is_head = bool(_RULE.match(below)) and not above.startswith("|")
        cells = _BAR.split(text)[1:-1]
        kept = [_without_name(cell, j, is_head) for j, cell in enumerate(cells)]
        is_all = is_head and len(cells) > 1 and i + 2 < len(result) and result[i + 2].text.strip().startswith("|")
        if is_all and not any(cell.strip() for cell in kept):
            result[i], result[i + 1] = line.marked(RULE), result[i + 1].marked(RULE)
        elif kept != cells:
            result[i] = line.changed(RULE, f"|{'|'.join(kept)}|")
    return result


def _without_name(cell: str, column: int, is_head: bool) -> str:
    said = cell.strip()
    if said == _NO_NUMBER:
        return " "
    name = _HEAD_NAME.fullmatch(said) if is_head else None
    if name and (name["from_one"] == str(column + 1) or name["from_zero"] == str(column)):
        return " "
    return cell
