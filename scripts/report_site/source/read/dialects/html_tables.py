"""HTML tables amid other text to pipe rows: merged cells stand in each row and column that they cover.

Each row stands on the line where its `<tr>` began; lines that only went on with it are parts of that line. Several rows
on one line are several rows of text in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise

from ....language.patterns import YEAR
from ....model import SourceLine

_TABLE = re.compile(r"<table\b[^<>]*>", re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"</?(?:html|head|body|div|center|figure|p)\b[^<>]*>|<!doctype[^<>]*>|<caption\b[^<>]*>.*?</caption\s*>",
    re.IGNORECASE,
)
MOST_SPANNED = 100
"""No cell of a report covers more columns or rows; a larger number is an attack or a mistake."""
_KEPT = frozenset({"sup", "sub", "b", "strong", "i", "em"})


@dataclass(slots=True)
class _Cell:
    head: bool
    columns: int
    rows: int
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split()).replace("|", "\\|")


@dataclass(slots=True)
class _Row:
    line: int
    """Counted from the table's first line, from 0."""
    head: bool
    cells: list[_Cell] = field(default_factory=list)


class _Reader(HTMLParser):
    """Rows of one table; a table within a cell is read as the cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[_Row] = []
        self.caption: list[str] = []
        self._in_head = self._in_caption = False
        self._depth = 0
        self._open = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif self._depth > 1:
            self._add(" ")
        elif tag in ("thead", "tbody", "tfoot"):
            self._in_head = tag == "thead"
        elif tag == "caption":
            self._in_caption = True
        elif tag == "tr":
            self.rows.append(_Row(self.getpos()[0] - 1, self._in_head))
            self._open = False
        elif tag in ("td", "th"):
            self._cell(tag, {name: value or "" for name, value in attributes})
        elif tag == "br" or (tag in ("p", "div", "li") and self._open and self._last.text):
            self._add("<br>")
        elif tag == "img":
            found = dict(attributes)
            self._add(f"![{found.get('alt') or ''}]({found.get('src') or ''})")
        elif tag in _KEPT:
            self._add(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif self._depth > 1:
            self._add(" ")
        elif tag in ("td", "th", "tr"):
            self._open = False
        elif tag == "thead":
            self._in_head = False
        elif tag == "caption":
            self._in_caption = False
        elif tag in _KEPT:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.caption.append(data)
        else:
            self._add(data)

    @property
    def _last(self) -> _Cell:
        return self.rows[-1].cells[-1]

    def _cell(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.rows:
            self.rows.append(_Row(self.getpos()[0] - 1, self._in_head))
        self.rows[-1].cells.append(
            _Cell(tag == "th", _span(attributes.get("colspan")), _span(attributes.get("rowspan")))
        )
        self._open = True

    def _add(self, text: str) -> None:
        if self._open:
            self._last.pieces.append(text)
        elif text.strip() and not text.startswith("<"):
            # Text between cells: no browser shows it in the table, and it must not be lost.
            self._cell("td", {})
            self._last.pieces.append(text)
            self._open = False


def _span(value: str | None) -> int:
    return min(MOST_SPANNED, max(1, int(value))) if value and value.strip().isdecimal() else 1


def read_tables(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with every whole HTML table as pipe rows; one that isn't closed stays as it is."""
    result = list(lines)
    tables: list[range] = []
    i = 0
    while i < len(result):
        if not _TABLE.search(result[i].text):
            i += 1
            continue
        end = _end_of(result, i)
        if end is None:
            i += 1
            continue
        result[i : end + 1] = _read(result[i : end + 1])
        tables.append(range(i, end + 1))
        i = end + 1
    for before, after in pairwise(tables):
        _continue(result, before, after)
    return result


def _continue(lines: list[SourceLine], before: range, after: range) -> None:
    """A table that begins with numbers goes on with the one before it that has a head, as wide, and nothing between."""
    first, second = (_rows_at(lines, table) for table in (before, after))
    between = lines[before.stop : after.start]
    if not first or not second or any(line.accounted for line in between) or not _goes_on(first, second):
        return
    home = next(i for i in reversed(before) if not lines[i].blank)
    taken = [i for i in after if lines[i].accounted]
    rows = "\n".join(lines[i].text for i in taken if not lines[i].blank)
    numbers = tuple(lines[i].number for i in taken)
    lines[home] = replace(
        lines[home].changed("html-table-goes-on", f"{lines[home].text}\n{rows}"), parts=(*lines[home].parts, *numbers)
    )
    for i in taken:
        lines[i] = replace(lines[i].changed("html-table-goes-on", ""), part_of=lines[home].number, mark="", parts=())


def _rows_at(lines: Sequence[SourceLine], table: range) -> list[list[str]]:
    rows = [row for i in table for row in lines[i].text.split("\n") if row.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def _goes_on(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> bool:
    head, opening = first[0], second[0]
    if len(head) < 2 or len(head) != len(opening) or not opening[0] or _counts(opening[0]):
        return False
    return all(cell and not _counts(cell) for cell in head) and all(map(_counts, opening[1:]))


def _counts(cell: str) -> bool:
    """A number that is no year."""
    return bool(re.match(r"[-+−]?\d[\d.,]*\s*\S{0,2}$", cell)) and not YEAR.fullmatch(cell)


def _end_of(lines: Sequence[SourceLine], start: int) -> int | None:
    """The line on which the table that begins in line `start` is closed, and each that opened before that."""
    depth = 0
    for i in range(start, len(lines)):
        depth += len(_TABLE.findall(lines[i].text)) - len(_END.findall(lines[i].text))
        if depth <= 0:
            return i
    return None


def _read(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The table's lines, with rows of pipes where its rows began."""
    html = "\n".join(line.text for line in lines)
    found = list(_tables(html))
    if not any(rows for _, rows, _ in found):
        return list(lines)
    texts: dict[int, list[str]] = {}
    first, last = found[0][2], found[-1][2]
    outside = ((html[: first.start()], 0), (html[last.end() :], html.count("\n", 0, last.end())))
    if before := _text_outside(outside[0][0]):
        texts.setdefault(0, []).append(f"| {before} |")
    for at, rows, _ in found:
        for line, row in rows:
            texts.setdefault(at + line, []).append(row)
    if after := _text_outside(outside[1][0]):
        texts.setdefault(outside[1][1], []).append(f"| {after} |")
    return list(_placed(lines, {n: "\n".join(rows) for n, rows in texts.items()}))


def _tables(html: str) -> Iterator[tuple[int, list[tuple[int, str]], re.Match[str]]]:
    """(line on which the table begins, its rows with their lines, where it stands)."""
    for match in re.finditer(
        r"<table\b.*?</table\s*>(?!(?:(?!<table\b).)*?</t[dhr]>)", html, re.IGNORECASE | re.DOTALL
    ):
        reader = _Reader()
        reader.feed(match[0])
        reader.close()
        at = html.count("\n", 0, match.start())
        yield at, list(_pipe_rows(reader)), match


def _text_outside(html: str) -> str:
    return " ".join(_WRAPPERS.sub(" ", html).split()).replace("|", "\\|")


def _pipe_rows(reader: _Reader) -> Iterator[tuple[int, str]]:
    rows = [row for row in reader.rows if row.cells]
    grid = _without_doubles(_grid(rows))
    if caption := " ".join("".join(reader.caption).split()):
        yield 0, f"| {caption} |"
    heads = _head_rows(rows)
    for i, (row, cells) in enumerate(zip(rows, grid, strict=True)):
        yield row.line, "| " + " | ".join(cells) + " |"
        if i + 1 == heads:
            yield row.line, "|" + " --- |" * len(cells)


def _head_rows(rows: Sequence[_Row]) -> int:
    """How many rows the table itself calls its head; 0 where it says nothing."""
    count = 0
    for row in rows:
        if not row.head and not all(cell.head for cell in row.cells):
            break
        count += 1
    return count if count < len(rows) else 0


def _grid(rows: Sequence[_Row]) -> list[list[str]]:
    """Each row's cells, merged ones in each place that they cover; one over a whole row stands once, before blanks."""
    width = max((sum(cell.columns for cell in row.cells) for row in rows), default=0)
    grid: list[list[str]] = []
    held: dict[int, tuple[str, int]] = {}
    for row in rows:
        cells: list[str] = []
        pending = list(row.cells)
        while pending or len(cells) in held:
            column = len(cells)
            if column in held:
                text, left = held.pop(column)
                cells.append(text)
                if left > 1:
                    held[column] = (text, left - 1)
                continue
            cell = pending.pop(0)
            spread = 1 if cell.columns >= width > 1 and len(row.cells) == 1 else cell.columns
            for offset in range(cell.columns):
                text = cell.text if offset < spread else ""
                if cell.rows > 1:
                    held[column + offset] = (text, cell.rows - 1)
                cells.append(text)
        grid.append(cells)
    widest = max(map(len, grid), default=0)
    return [cells + [""] * (widest - len(cells)) for cells in grid]


def _without_doubles(grid: list[list[str]]) -> list[list[str]]:
    """A column that says in every row what the one before says was merged with it all the way: it is one column."""
    if len(grid) < 2:
        return grid
    kept = [j for j in range(len(grid[0])) if j == 0 or any(row[j] != row[j - 1] for row in grid)]
    return [[row[j] for j in kept] for row in grid]


def _placed(lines: Sequence[SourceLine], texts: dict[int, str]) -> Iterator[SourceLine]:
    """Lines without a row are parts of the row above, or marks before the first; rows touch each other."""
    homes = sorted(texts)
    for i, line in enumerate(lines):
        home = next((h for h in reversed(homes) if h <= i), None)
        if i in texts:
            later = next((h for h in homes if h > i), len(lines))
            parts = tuple(lines[k].number for k in range(i + 1, later) if not lines[k].blank)
            yield replace(line.changed("html-table", texts[i]), parts=parts)
        elif line.blank:
            yield line
        elif home is None:
            yield line.marked("html-table")
        else:
            yield replace(line.changed("html-table", ""), part_of=lines[home].number)
