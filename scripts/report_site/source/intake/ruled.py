"""Tables whose rows are parted, or framed, by horizontal rules alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .lines import Line
from .page import Shape
from .tables import Table, built, columns_of, levels_of, touched

LEAST_RULES = 3
LARGER = 1.2
"""From how many times the size of the cells' text on a line alone is a title between two tables."""
LONGEST_ROW = 160.0
"""Points between two rules of one table."""


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
    """The stack, parted where an interval holds prose, a title or no text at all."""
    part = [stack[0]]
    usual = median([line.size for line in _inside(stack[0], stack[-1], lines)] or [0])
    for upper, lower in pairwise(stack):
        inside = _inside(upper, lower, lines)
        titled = any(line.size >= LARGER * usual and not _has_neighbour(line, inside) for line in inside)
        if inside and not titled and not _is_prose(inside, upper.right - upper.left):
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


def _has_neighbour(line: Line, others: Sequence[Line]) -> bool:
    return any(other is not line and other.box.top < line.box.middle[1] < other.box.bottom for other in others)


def _is_prose(lines: Sequence[Line], width: float) -> bool:
    long = [line for line in lines if line.box.width > 0.8 * width]
    return len(long) >= 2 or len(lines) > 60


def _between(rules: Sequence[_Rule], lines: Sequence[Line], shapes: Sequence[Shape]) -> Table | None:
    within = [part for a, b in pairwise(rules) for part in _halves(_inside(a, b, lines), a, b, shapes)]
    intervals = [part for part in within if part]
    head = _head_above(rules[0], lines)
    tail = _rows_below(rules[-1], lines, intervals)
    groups = [group for group in ([head] if head else []) + intervals + tail if group]
    return built(groups, _uprights(shapes, rules), "rules", ruled=len(rules) - 1)


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
    columns = columns_of([line for group in intervals for line in group])
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
    for level in levels_of(below):
        near = level[0].box.top - bottom <= 0.9 * level[0].size
        fits = len(level) >= 2 and all(len(touched(line, columns)) == 1 for line in level)
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
