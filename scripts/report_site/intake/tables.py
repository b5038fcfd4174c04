"""Tables of a page by its rules and by aligned columns.

A region becomes a table only when its cells hold every word in the box; in doubt it stays lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .extraction import Box
from .lines import Line, union
from .page import Shape, TaggedTable

_NUMERIC = re.compile(
    r"^[<>≤≥~≈±+\-–—(（$¥€£]*\s*\d[\d,.\s]*(?:[-–—~～]\s*\d[\d,.]*)?\s*[%％)）]*\S{0,4}$|^[-–—/]$|^n/?a$", re.IGNORECASE
)
LEAST_RULES = 3
LONGEST_ROW = 160.0
"""Points between two rules of one table."""


@dataclass(frozen=True, slots=True)
class Cell:
    lines: tuple[Line, ...]
    row: int
    column: int
    columns: int = 1
    rows: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    box: Box
    cells: tuple[Cell, ...]
    width: int
    """Columns."""
    height: int
    """Rows."""
    source: str
    """What told that it is one."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for cell in self.cells for line in cell.lines)

    @property
    def plain(self) -> bool:
        """No cell spans others."""
        return all(cell.columns == cell.rows == 1 for cell in self.cells)


# --- by tags -------------------------------------------------------------------------------------------------------


def tagged_tables(lines: Sequence[Line], tagged: Sequence[TaggedTable]) -> list[Table]:
    """The PDF's own tables; lines are cut where a cell ends."""
    tables: list[Table] = []
    for rows in tagged:
        marks = {mark for row in rows for cell in row for mark in cell.marks}
        inside = [line for line in lines if marks & _marks(line)]
        if len(rows) < 2 or max(map(len, rows)) < 2 or not inside:
            continue
        cells = tuple(_tagged(rows, inside))
        width = max(cell.column + cell.columns for cell in cells)
        held = sum(len(line.runs) for cell in cells for line in cell.lines)
        if held == sum(len(line.runs) for line in inside):
            tables.append(Table(union(line.box for line in inside), cells, width, len(rows), "tags"))
    return tables


def _marks(line: Line) -> set[int]:
    return {run.tag.mark for run in line.runs if run.tag}


def _tagged(rows: TaggedTable, lines: Sequence[Line]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            taken |= {(r + i, column + k) for i in range(cell.rows) for k in range(cell.columns)}
            parts = [tuple(run for run in line.runs if run.tag and run.tag.mark in cell.marks) for line in lines]
            held = tuple(Line(runs) for runs in parts if runs)
            yield Cell(held, r, column, cell.columns, min(cell.rows, len(rows) - r), cell.head)
            column += cell.columns


# --- by rules ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rule:
    y: float
    left: float
    right: float


def ruled_tables(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Table]:
    """Tables whose rows are parted, or framed, by horizontal rules."""
    upright = [line for line in lines if line.angle == 0]
    tables: list[Table] = []
    for stack in _stacks(_rules(shapes)):
        for part in _parts(stack, upright):
            free = [line for line in upright if not any(table.box.holds(line.box) for table in tables)]
            table = _between(part, free, shapes)
            if table is not None and not _is_drawn(table, shapes):
                tables.append(table)
    return tables


def _is_drawn(table: Table, shapes: Sequence[Shape]) -> bool:
    """Curves larger than a mark among the words: the boxes and rules are those of a diagram."""
    return sum(not s.straight and table.box.holds(s.box) and min(s.box.width, s.box.height) > 11 for s in shapes) >= 2


def _rules(shapes: Sequence[Shape]) -> list[_Rule]:
    """Horizontal rules, segments on one level joined (each column often has its own)."""
    found: list[_Rule] = []
    edges = [_Rule(shape.box.middle[1], shape.box.left, shape.box.right) for shape in shapes if shape.rule == "h"]
    for shape in shapes:
        if shape.straight and not shape.rule and 8 <= shape.box.height <= 60 and shape.box.width >= 60:
            edges += [_Rule(y, shape.box.left, shape.box.right) for y in (shape.box.top, shape.box.bottom)]
    for edge in sorted(edges, key=lambda rule: (round(rule.y), rule.left)):
        before = found[-1] if found else None
        if before and abs(before.y - edge.y) <= 1.6 and edge.left <= before.right + 14:
            found[-1] = _Rule(before.y, min(before.left, edge.left), max(before.right, edge.right))
        else:
            found.append(edge)
    return sorted((rule for rule in found if rule.right - rule.left >= 80), key=lambda rule: rule.y)


def _stacks(rules: Sequence[_Rule]) -> Iterator[list[_Rule]]:
    """Rules below each other with the same ends."""
    free = list(rules)
    while free:
        first = free.pop(0)
        stack = [first]
        for rule in list(free):
            if _same_ends(first, rule) and rule.y - stack[-1].y <= LONGEST_ROW:
                free.remove(rule)
                if rule.y - stack[-1].y > 3:
                    stack.append(rule)
        if len(stack) >= LEAST_RULES:
            yield stack


def _same_ends(a: _Rule, b: _Rule) -> bool:
    return abs(a.left - b.left) <= 8 and abs(a.right - b.right) <= 8


def _parts(stack: Sequence[_Rule], lines: Sequence[Line]) -> Iterator[list[_Rule]]:
    """The stack, parted where an interval holds prose or no text at all."""
    part = [stack[0]]
    for upper, lower in pairwise(stack):
        inside = _inside(upper, lower, lines)
        if inside and not _is_prose(inside, upper.right - upper.left):
            part.append(lower)
        else:
            if len(part) >= 2:
                yield part
            part = [lower]
    if len(part) >= 2:
        yield part


def _inside(upper: _Rule, lower: _Rule, lines: Sequence[Line]) -> list[Line]:
    left, right = min(upper.left, lower.left) - 3, max(upper.right, lower.right) + 3
    return [
        line
        for line in lines
        if upper.y - 1 <= line.box.middle[1] <= lower.y + 1 and left <= line.box.middle[0] <= right
    ]


def _is_prose(lines: Sequence[Line], width: float) -> bool:
    long = [line for line in lines if line.box.width > 0.8 * width]
    return len(long) >= 2 or len(lines) > 60


def _between(rules: Sequence[_Rule], lines: Sequence[Line], shapes: Sequence[Shape]) -> Table | None:
    within = [part for a, b in pairwise(rules) for part in _halves(_inside(a, b, lines), a, b, shapes)]
    intervals = [part for part in within if part]
    head = _head_above(rules[0], lines)
    tail = _rows_below(rules[-1], lines, intervals)
    groups = [group for group in ([head] if head else []) + intervals + tail if group]
    return _built(groups, _uprights(shapes, rules), "rules", ruled=len(rules) - 1)


def _halves(inside: list[Line], upper: _Rule, lower: _Rule, shapes: Sequence[Shape]) -> list[list[Line]]:
    """Parted again by rules under most columns; what stands beside such a rule stays with its first row."""
    width = upper.right - upper.left
    partial = [
        rule
        for rule in _rules(shapes)
        if upper.y + 6 < rule.y < lower.y - 6
        and 0.5 * width < rule.right - rule.left < width - 8
        and upper.left - 8 <= rule.left
        and rule.right <= upper.right + 8
    ]
    if not partial:
        return [inside]
    parts: list[list[Line]] = [[] for _ in range(len(partial) + 1)]
    for line in inside:
        x, y = line.box.middle
        beside = not any(rule.left - 2 <= x <= rule.right + 2 for rule in partial)
        parts[0 if beside else sum(y > rule.y for rule in partial)].append(line)
    return parts


def _head_above(rule: _Rule, lines: Sequence[Line]) -> list[Line]:
    """A row of two or more cells right above the first rule."""
    near = [
        line
        for line in lines
        if 0 <= rule.y - line.box.bottom <= 0.8 * line.size and rule.left - 3 <= line.box.middle[0] <= rule.right + 3
    ]
    return near if len(near) >= 2 and all(line.box.width < 0.6 * (rule.right - rule.left) for line in near) else []


def _rows_below(rule: _Rule, lines: Sequence[Line], intervals: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Rows under the last rule: they go on while two or more cells stand on a level with the same columns."""
    columns = _columns([line for group in intervals for line in group])
    below = sorted(
        (
            line
            for line in lines
            if line.box.middle[1] > rule.y and rule.left - 3 <= line.box.middle[0] <= rule.right + 3
        ),
        key=lambda line: line.box.top,
    )
    rows: list[list[Line]] = []
    bottom = rule.y
    for level in _levels(below):
        near = level[0].box.top - bottom <= 0.9 * level[0].size
        fits = len(level) >= 2 and all(len(_touched(line, columns)) == 1 for line in level)
        if not near or not fits or len(columns) < 2:
            break
        rows.append(level)
        bottom = max(line.box.bottom for line in level)
    return rows


def _uprights(shapes: Sequence[Shape], rules: Sequence[_Rule]) -> list[float]:
    """Where vertical rules part the columns."""
    top, bottom = rules[0].y, rules[-1].y
    found = sorted(
        shape.box.middle[0]
        for shape in shapes
        if shape.rule == "v" and shape.box.top < bottom - 3 and shape.box.bottom > top + 3
    )
    apart: list[float] = []
    for x in found:
        if not apart or x - apart[-1] > 6:
            apart.append(x)
    return [x for x in apart if rules[0].left + 6 < x < rules[0].right - 6]


# --- cells ---------------------------------------------------------------------------------------------------------

Span = tuple[float, float]


def _levels(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped by baseline, top to bottom, each from left to right."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.middle[1]):
        if levels and abs(line.box.middle[1] - levels[-1][0].box.middle[1]) < 0.45 * max(line.size, 4):
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda line: line.box.left) for level in levels]


def _columns(lines: Sequence[Line]) -> list[Span]:
    """Column extents: what the narrow pieces cover, pieces over several columns aside."""
    if not lines:
        return []
    levels = _levels(lines)
    most = max(len(level) for level in levels)
    spans: list[Span] = []
    rows = [level for level in levels if len(level) == most]
    for level in rows or levels:
        for line in level:
            spans = _merged(spans, (line.box.left, line.box.right))
    for line in sorted(lines, key=lambda line: line.box.width):
        touched = _touched(line, spans)
        if len(touched) <= 1:
            spans = _merged(spans, (line.box.left, line.box.right))
    return spans


def _merged(spans: list[Span], span: Span) -> list[Span]:
    left, right = span
    apart: list[Span] = []
    for a, b in spans:
        if b < left - 1 or a > right + 1:
            apart.append((a, b))
        else:
            left, right = min(a, left), max(b, right)
    return sorted([*apart, (left, right)])


def _touched(line: Line, spans: Sequence[Span]) -> list[int]:
    return [i for i, (left, right) in enumerate(spans) if line.box.left < right - 1 and line.box.right > left + 1]


def _between_uprights(lines: Sequence[Line], uprights: Sequence[float]) -> list[Span]:
    box = union(line.box for line in lines)
    edges = [box.left - 2, *uprights, box.right + 2]
    return list(pairwise(edges))


def _built(groups: Sequence[Sequence[Line]], uprights: Sequence[float], source: str, ruled: int) -> Table | None:
    lines = [line for group in groups for line in group]
    if not lines:
        return None
    columns = _between_uprights(lines, uprights) if len(uprights) >= 1 else _columns(lines)
    if len(columns) < 2 or len(columns) > 30:
        return None
    rows = [row for group in groups for row in _rows(group, columns, alone=len(groups) >= 3 and ruled >= 3)]
    filled = sum(len({_touched(line, columns)[0] for line in row if _touched(line, columns)}) >= 2 for row in rows)
    if len(rows) < 2 or filled < 2 or filled < 0.5 * len(rows):
        return None
    cells = [cell for i, row in enumerate(rows) for cell in _cells(row, i, columns)]
    if sum(len(cell.lines) for cell in cells) != len(lines):
        return None
    return Table(union(line.box for line in lines), tuple(_headed(cells, len(rows))), len(columns), len(rows), source)


def _rows(group: Sequence[Line], columns: Sequence[Span], alone: bool) -> list[list[Line]]:
    """Rows between two rules: each level with two or more cells opens one, others go on in the row above."""
    rows: list[list[Line]] = []
    levels = _levels(group)
    full = [level for level in levels if len({c for line in level for c in _touched(line, columns)}) >= 2]
    if alone and len(full) <= 1:
        return [list(group)]
    if not full:
        return [list(group)] if alone else levels
    if _wraps(levels, alone):
        return [list(group)]
    for level in levels:
        if not rows or level in full or _stands_alone(level, rows[-1]):
            rows.append(list(level))
        else:
            rows[-1] += level
    return rows


def _wraps(levels: Sequence[Sequence[Line]], alone: bool) -> bool:
    """Cells of several lines side by side: set tight, none below the first line holds numbers alone."""
    below = [line for level in levels[1:] for line in level]
    if not below or len(levels) > 12 or any(_NUMERIC.match(line.text) for line in below):
        return False
    if any(line.text[:1].islower() for line in below):
        return True
    steps = [b[0].box.middle[1] - a[0].box.middle[1] for a, b in pairwise(levels)]
    return alone and median(steps) < 1.4 * below[0].size


def _stands_alone(level: Sequence[Line], row: Sequence[Line]) -> bool:
    """A single cell that is no wrapped line of the cell above: set otherwise, or further down."""
    line = level[0]
    above = [piece for piece in row if piece.box.left < line.box.right and piece.box.right > line.box.left]
    last = max(above or row, key=lambda piece: piece.box.bottom)
    return line.bold != last.bold or line.box.top - last.box.bottom > 0.35 * line.size


def _cells(row: Sequence[Line], index: int, columns: Sequence[Span]) -> Iterator[Cell]:
    placed: dict[tuple[int, int], list[Line]] = {}
    for line in row:
        touched = _touched(line, columns) or [_nearest(line, columns)]
        placed.setdefault((touched[0], len(touched)), []).append(line)
    taken: dict[int, tuple[int, list[Line]]] = {}
    for (column, span), lines in sorted(placed.items()):
        home = next((c for c, (s, _) in taken.items() if c <= column < c + s), None)
        if home is None:
            taken[column] = (span, list(lines))
        else:
            s, held = taken[home]
            taken[home] = (max(s, column + span - home), held + lines)
    for column, (span, lines) in sorted(taken.items()):
        ordered = sorted(lines, key=lambda line: (round(line.box.middle[1]), line.box.left))
        yield Cell(tuple(ordered), index, column, span)


def _nearest(line: Line, columns: Sequence[Span]) -> int:
    x = line.box.middle[0]
    return min(range(len(columns)), key=lambda i: min(abs(columns[i][0] - x), abs(columns[i][1] - x)))


def _headed(cells: Sequence[Cell], rows: int) -> Iterator[Cell]:
    """The first row, and those below it that are set like it, are heads."""
    first = [cell for cell in cells if cell.row == 0]
    styles = {(line.bold, line.style.colour) for cell in first for line in cell.lines}
    head = 1
    while head < min(3, rows - 1) and any(cell.columns > 1 for cell in cells if cell.row == head - 1):
        head += 1
    for cell in cells:
        yield Cell(cell.lines, cell.row, cell.column, cell.columns, cell.rows, cell.row < head and bool(styles))


# --- by alignment --------------------------------------------------------------------------------------------------


def aligned_table(lines: Sequence[Line]) -> Table | None:
    """A table without rules: labels in the first column, numbers or short words on a level in the others."""
    levels = _levels(lines)
    columns = _columns(lines)
    if len(levels) < 3 or not 2 <= len(columns) <= 16:
        return None
    full = [level for level in levels if len(level) == len(columns)]
    others = [line for level in full for line in level[1:]]
    firsts = [level[0] for level in full]
    if len(full) < 3 or len(full) < 0.6 * len(levels):
        return None
    numeric = sum(bool(_NUMERIC.match(line.text)) for line in others)
    labels = sum(not _NUMERIC.match(line.text) for line in firsts)
    if numeric < 0.6 * len(others) or labels < 0.8 * len(firsts):
        return None
    return _built([list(lines)], [], "alignment", ruled=0)
