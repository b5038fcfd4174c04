"""Tables drawn with characters, as reStructuredText and Pandoc have them, to rows of pipes.

A grid (`+---+---+`) shows where each cell ends; a simple table (`====  ====`) shows its columns by the rule, and is
believed only where no text crosses the gap between two of them. Anything else stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ....model import SourceLine

_GRID_RULE = re.compile(r"^\+(?:[-=:]{2,}\+)+$")
_GRID_LINE = re.compile(r"^[+|].*[+|]$")
_COLUMN_RULE = re.compile(r"^ *(?:={2,}(?: +={2,})+|-{3,}(?: +-{3,})+) *$")
_FULL_RULE = re.compile(r"^ *-{10,} *$")
_DRAWN = re.compile(r"^[-=:]+$")
_NUMBER = re.compile(r"^[-+−]?[\d.,]+\s?[%‰]?$")
_ITEM = re.compile(r"^[-*+] +\S")
LONGEST = 3000
"""Lines of a table."""
Rows = list[tuple[int, list[str]]]
"""For each row the line where it begins, counted from the table's first, and its cells."""


@dataclass(slots=True)
class _Cell:
    texts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = [text for text in self.texts if text]
        between = "<br>" if said and all(_ITEM.match(text) for text in said) else " "
        return between.join(said).replace("|", "\\|")


def read_drawn_tables(lines: Sequence[SourceLine]) -> list[SourceLine]:
    result = list(lines)
    i = 0
    while i < len(result):
        spaced = _multiline_at(result, i)
        found = spaced or _grid_at(result, i) or _simple_at(result, i)
        if found:
            end, rows, head = found
            result[i:end] = (_on_one_line if spaced else _placed)(result[i:end], rows, head)
            i = end
        else:
            i += 1
    return result


def _placed(lines: Sequence[SourceLine], rows: Rows, head: int) -> Iterator[SourceLine]:
    """The rows on the lines where they begin; the lines below are parts of them, those before the first a mark."""
    texts = {at: "| " + " | ".join(cells) + " |" for at, cells in rows}
    if 0 < head < len(rows):
        at, cells = rows[head - 1]
        texts[at] += "\n|" + " --- |" * len(cells)
    starts = sorted(texts)
    home = None
    for k, line in enumerate(lines):
        if k in texts:
            home = line
            end = next((start for start in starts if start > k), len(lines))
            parts = tuple(other.number for other in lines[k + 1 : end] if not other.blank)
            yield replace(line.changed("drawn-table", texts[k]), parts=parts)
        elif home is None or line.blank:
            yield line if line.blank else line.marked("drawn-table")
        else:
            yield replace(line.changed("drawn-table", ""), part_of=home.number)


def _on_one_line(lines: Sequence[SourceLine], rows: Rows, head: int) -> Iterator[SourceLine]:
    """Blank lines between rows would break the table in two: all rows stand on the line of the first."""
    texts = ["| " + " | ".join(cells) + " |" for _, cells in rows]
    texts.insert(head, "|" + " --- |" * len(rows[0][1]))
    first = rows[0][0]
    home = lines[first].number
    parts = tuple(line.number for line in lines[first + 1 :] if not line.blank)
    for k, line in enumerate(lines):
        if k == first:
            yield replace(line.changed("drawn-table", "\n".join(texts)), parts=parts)
        elif line.blank:
            yield line
        else:
            yield line.marked("drawn-table") if k < first else replace(line.changed("drawn-table", ""), part_of=home)


# --- grids ---------------------------------------------------------------------------------------------------------


def _grid_at(lines: Sequence[SourceLine], i: int) -> tuple[int, Rows, int] | None:
    """Where the grid that begins on line `i` ends, its rows, and how many of them are its head."""
    if not _GRID_RULE.match(lines[i].text.strip()):
        return None
    end = i
    while end < min(len(lines), i + LONGEST) and _GRID_LINE.match(lines[end].text.strip()):
        end += 1
    while end > i and not _GRID_RULE.match(lines[end - 1].text.strip()):
        end -= 1
    texts = [line.text.strip() for line in lines[i:end]]
    for by_width in (True, False):
        grid = [_spread(text) if by_width else text for text in texts]
        edges = sorted({k for text in grid if _GRID_RULE.match(text) for k, char in enumerate(text) if char == "+"})
        if len(edges) > 2 and len({len(text) for text in grid}) == 1:
            rows, head = _grid_rows(grid, edges)
            return (end, rows, head) if rows else None
    return None


def _grid_rows(grid: Sequence[str], edges: Sequence[int]) -> tuple[Rows, int]:
    rows: list[tuple[int, list[_Cell]]] = []
    cells: list[_Cell] = []
    head = 0
    begins = True
    for at, line in enumerate(grid):
        segments = list(_segments(line, edges))
        if any(_DRAWN.match(text) for text, _ in segments):
            ends = [bool(_DRAWN.match(text)) for text, width in segments for _ in range(width)]
            kept = cells or [_Cell() for _ in ends]
            cells = [_Cell() if ended else cell for ended, cell in zip(ends, kept, strict=True)]
            head = head or (len(rows) if "=" in line else 0)
            begins = True
        elif begins:
            rows.append((at, cells))
            begins = False
        _take(segments, cells)
    return [(at, [str(cell) for cell in row]) for at, row in rows], head


def _take(segments: Sequence[tuple[str, int]], cells: list[_Cell]) -> None:
    """What stands on a line goes into its cells; columns that no bar parts are one cell."""
    column = 0
    for text, width in segments:
        if not _DRAWN.match(text):
            for other in range(column + 1, column + width):
                cells[other] = cells[column]
            cells[column].texts.append(text)
        column += width


def _segments(line: str, edges: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The texts between the bars of a line, each with how many columns it covers."""
    start, width = edges[0], 0
    for edge in edges[1:]:
        width += 1
        if line[edge] in "|+":
            yield line[start + 1 : edge].replace("\0", "").strip(), width
            start, width = edge, 0


def _spread(text: str) -> str:
    """The text with a filler behind each character that is two columns wide."""
    return "".join(char + "\0" * (unicodedata.east_asian_width(char) in "WF") for char in text)


# --- simple tables -------------------------------------------------------------------------------------------------


def _simple_at(lines: Sequence[SourceLine], i: int) -> tuple[int, Rows, int] | None:
    rule = lines[i].text
    follows = lines[i + 1].text if i + 1 < len(lines) else ""
    if _COLUMN_RULE.match(rule):
        return _ruled(lines, i, i, rule)
    if rule.strip() and rule.strip()[0] not in "|#" and _COLUMN_RULE.match(follows) and "-" in follows:
        return _ruled(lines, i, i + 1, follows)
    return None


def _ruled(lines: Sequence[SourceLine], i: int, ruled: int, rule: str) -> tuple[int, Rows, int] | None:
    """The table whose first line is `i` and whose first rule is on line `ruled`."""
    columns = [(match.start(), match.end()) for match in re.finditer(r"[=-]+", rule)]
    end, rules = _end_of_ruled(lines, ruled)
    head = 1 if ruled > i else 0
    rows: Rows = []
    for k in [*range(i, ruled), *range(ruled + 1, end)]:
        text = lines[k].text
        if k in rules:
            head = head or (len(rows) if k < end - 1 else 0)
            continue
        cells = _cells(text, columns)
        if cells is None:
            return None
        if rows and not cells[0] and not any(_NUMBER.match(cell) for cell in cells):
            rows[-1] = (rows[-1][0], _joined(rows[-1][1], cells))
        else:
            rows.append((k - i, cells))
    return (end, rows, head) if len(rows) > 1 and (ruled > i or len(rules) > 1) else None


def _multiline_at(lines: Sequence[SourceLine], i: int) -> tuple[int, Rows, int] | None:
    """Between two full rules a head, a rule that shows the columns, and rows that blank lines part."""
    if not _FULL_RULE.match(lines[i].text):
        return None
    reach = range(i + 1, min(len(lines), i + LONGEST))
    ruled = next((k for k in reach if lines[k].blank or _COLUMN_RULE.match(lines[k].text)), None)
    closing = next((k for k in reach if _FULL_RULE.match(lines[k].text)), None)
    if ruled is None or closing is None or not i + 1 < ruled < closing or lines[ruled].blank:
        return None
    columns = [(match.start(), match.end()) for match in re.finditer(r"-+", lines[ruled].text)]
    rows: Rows = []
    opens = True
    for k in [*range(i + 1, ruled), *range(ruled + 1, closing)]:
        cells = _cells(lines[k].text, columns)
        if cells is None:
            return None
        opens = opens or k == ruled + 1
        if any(cells) and opens:
            rows.append((k - i, cells))
        elif any(cells):
            rows[-1] = (rows[-1][0], _joined(rows[-1][1], cells))
        opens = not any(cells)
    return (closing + 1, rows, 1) if len(rows) > 1 else None


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    return [" ".join(filter(None, pair)) for pair in zip(above, below, strict=True)]


def _end_of_ruled(lines: Sequence[SourceLine], ruled: int) -> tuple[int, frozenset[int]]:
    """The line behind the table, and the rules in it: one of dashes may end at a blank line."""
    last = next(
        (k for k in range(ruled + 1, min(len(lines), ruled + LONGEST)) if lines[k].blank),
        min(len(lines), ruled + LONGEST),
    )
    rules = frozenset(k for k in range(ruled, last) if _COLUMN_RULE.match(lines[k].text))
    return (max(rules) + 1 if len(rules) > 1 else last), rules


def _cells(text: str, columns: Sequence[tuple[int, int]]) -> list[str] | None:
    """The line's cells; None where text stands in the gap between two columns."""
    spread = _spread(text)
    if any(spread[left:right].strip() for (_, left), (right, _) in pairwise(columns)):
        return None
    if spread[: columns[0][0]].strip():
        return None
    ends = [*(end for _, end in columns[:-1]), len(spread)]
    return [
        spread[start:end].replace("\0", "").strip().replace("|", "\\|")
        for (start, _), end in zip(columns, ends, strict=True)
    ]
