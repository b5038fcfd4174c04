"""Blocks to the intake's dialect: Markdown with form feeds at page starts.

First line: MARK. `#` headings; `- ` items; `1. ` never renumbered; GitHub pipe tables, HTML tables where cells span;
`![alt](pictures/name) caption` at a picture's place, the words in a drawing as a list right below it; what stands at a
page's edge on lines of its own, turned tabs of the margin as one line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from .blocks import Hyphens, bullet_text, joined_text
from .lines import Line
from .strips import Strip
from .tables import Cell, Table

MARK = "<!-- report-site intake 1 -->"
_LOOKS_LIKE_MARK = re.compile(r"^(?=#{1,6}\s|[-*+]\s|>\s|\||!\[|<[a-zA-Z!/])")


def plain(text: str) -> str:
    """Text of the source is never markup: a mark at its head is held off by a backslash."""
    return _LOOKS_LIKE_MARK.sub(r"\\", text)


def heading(text: str, level: int) -> str:
    return f"{'#' * level} {text}"


def item(text: str) -> str:
    return f"- {bullet_text(text)}"


def picture(alt: str, name: str, caption: str) -> str:
    """The source's own alternative text in the mark, the caption behind it."""
    safe = alt.replace("[", "(").replace("]", ")")
    return f"![{safe}](pictures/{name}) {caption}".rstrip()


def table(found: Table, hyphens: Hyphens) -> list[str]:
    return _pipe_table(found, hyphens) if found.plain else [_html_table(found, hyphens)]


def strip(found: Strip, hyphens: Hyphens) -> list[str]:
    """Values and labels in turn as they are printed, no blank line between; on one line where nothing marks a value."""
    pairs = [(pair, pair.value.text, joined_text(pair.label, hyphens)) for pair in found.pairs]
    if not found.marked:
        return [plain(f"{value} {label}" if pair.below else f"{label} {value}") for pair, value, label in pairs]
    return [plain(text) for pair, *texts in pairs for text in (texts if pair.below else texts[::-1])]


def _text(cell: Cell, hyphens: Hyphens) -> str:
    return joined_text(cell.lines, hyphens) if cell.lines else ""


def _pipe_table(found: Table, hyphens: Hyphens) -> list[str]:
    rows = [[""] * found.width for _ in range(found.height)]
    for cell in found.cells:
        rows[cell.row][cell.column] = _text(cell, hyphens).replace("|", "\\|")
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * found.width, *lines[1:]]


def _html_table(found: Table, hyphens: Hyphens) -> str:
    rows: list[str] = []
    starts = {(cell.row, cell.column): cell for cell in found.cells}
    covered = {
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    for row in range(found.height):
        cells: list[str] = []
        for column in range(found.width):
            if cell := starts.get((row, column)):
                cells.append(_html_cell(cell, hyphens))
            elif (row, column) not in covered:
                cells.append("<td></td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _html_cell(cell: Cell, hyphens: Hyphens) -> str:
    tag = "th" if cell.head else "td"
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    return f"<{tag}{spans}>{html.escape(_text(cell, hyphens), quote=False)}</{tag}>"


def labels(lines: Sequence[Line], hyphens: Hyphens) -> list[str]:
    """The words in a drawing: wrapped labels whole, the ticks of one axis together."""
    words: list[list[Line]] = []
    ticks: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (round(line.box.middle[1] / 3), line.box.left)):
        if _is_tick(line):
            _put(ticks, line, _same_axis)
        else:
            _put(words, line, lambda group, after: _goes_on(group[-1], after))
    items = sorted([*words, *ticks], key=lambda group: (round(group[0].box.middle[1] / 3), group[0].box.left))
    return [f"- {joined_text(group, hyphens)}" for group in items]


def _put(groups: list[list[Line]], line: Line, belongs: Callable[[list[Line], Line], bool]) -> None:
    home = next((group for group in reversed(groups) if belongs(group, line)), None)
    if home is None:
        groups.append([line])
    else:
        home.append(line)


def _same_axis(group: list[Line], line: Line) -> bool:
    """On one level, or below each other with one edge."""
    first, last = group[0], group[-1]
    level = all(abs(other.box.middle[1] - line.box.middle[1]) < 3 for other in group)
    column = all(abs(other.box.middle[0] - first.box.middle[0]) < 14 for other in group)
    below = column and (abs(last.box.right - line.box.right) < 2 or abs(last.box.left - line.box.left) < 2)
    return level or (below and len({round(x.box.middle[1]) for x in (*group, line)}) == len(group) + 1)


def _goes_on(before: Line, line: Line) -> bool:
    if before.angle != line.angle or before.angle or abs(before.size - line.size) > 0.5 or _is_tick(line):
        return False
    overlap = min(before.box.right, line.box.right) - max(before.box.left, line.box.left)
    near = -0.6 * line.size < line.box.top - before.box.bottom < 0.4 * line.size
    return near and overlap > 0.5 * min(before.box.width, line.box.width) and before.bold == line.bold


def _is_tick(line: Line) -> bool:
    return len(line.text) <= 8 and any(char.isdigit() for char in line.text)
