"""Where a page's pictures stand: images, and clusters of drawn paths with the words that belong to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...language.characters import han_count
from ...language.patterns import NUMBERED_CAPTION
from .extraction import Box
from .layout import Item, Panel
from .lines import Line, union
from .page import Image, PageContent, Shape
from .tables import Table

LEGEND = 26.0
"""Points between a chart and the marks of its legend."""
ICON = 32.0
"""Points: a drawing without words that is smaller on both sides."""
MOST_SHAPES = 1500
"""Of one page, looked at one by one."""
NEAR = 9.0
"""Points between paths of one drawing."""
SMALLEST = 12.0
"""Points: what is smaller on a side is an ornament."""
FULL_PAGE = 0.8
CAPTION_WORDS = 5
LONG_LINE = 9
"""Words of a line that is prose and no label."""


@dataclass(frozen=True, slots=True)
class Area:
    """A picture's area: one image, or paths (with the images among them)."""

    box: Box
    images: tuple[Image, ...] = ()
    shapes: int = 0
    labels: tuple[Line, ...] = ()
    decoration: str = ""


def areas(content: PageContent, lines: Sequence[Line], tables: Sequence[Table], body: float) -> list[Area]:
    """Pictures of a page, ornaments and backgrounds among them, each with its reason."""
    panels = panel_boxes(content, lines)
    loose = [
        shape
        for shape in content.shapes
        if shape.box.area < FULL_PAGE * content.box.area
        and not _of_table(shape, tables)
        and not _is_panel(shape, panels)
        and not _is_title_bar(shape, lines, body)
    ]
    drawn: list[Area] = []
    for group in _drawings(_thinned(loose), lines, body):
        drawn += _drawn(group, lines, tables, content)
    return _without_overlap(list(_image_areas(content)), drawn)


def _thinned(shapes: Sequence[Shape]) -> list[Shape]:
    """Of a drawing with thousands of paths (a map), those that lie together count as one."""
    if len(shapes) <= MOST_SHAPES:
        return list(shapes)
    cells: dict[tuple[int, int], list[Shape]] = {}
    large: list[Shape] = []
    for shape in shapes:
        if max(shape.box.width, shape.box.height) > 2 * NEAR:
            large.append(shape)
        else:
            x, y = shape.box.middle
            cells.setdefault((int(x / NEAR), int(y / NEAR)), []).append(shape)
    merged = [
        Shape(union(s.box for s in cell), any(s.filled for s in cell), True, all(s.straight for s in cell))
        for cell in cells.values()
    ]
    return merged + sorted(large, key=lambda shape: -shape.box.area)[:MOST_SHAPES]


def bulleted(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Line]:
    """Lines with a small drawn mark close before them are list items."""
    marks = [s.box for s in shapes if s.filled and not s.rule and max(s.box.width, s.box.height) < SMALLEST]
    return [Line(line.runs, bullet=True) if any(_is_bullet(mark, line) for mark in marks) else line for line in lines]


def _is_bullet(mark: Box, line: Line) -> bool:
    beside = 0.1 * line.size < line.box.left - mark.right < 1.8 * line.size
    level = line.box.top < mark.middle[1] < line.box.bottom
    return line.angle == 0 and beside and level and 0.12 * line.size < mark.height < 0.7 * line.size


def _of_table(shape: Shape, tables: Sequence[Table]) -> bool:
    return shape.straight and any(table.box.grown(8).share_of(_thick(shape.box)) > 0.6 for table in tables)


def _thick(box: Box) -> Box:
    return box.grown(0.5) if box.width < 1 or box.height < 1 else box


# --- panels --------------------------------------------------------------------------------------------------------


def panel_boxes(content: PageContent, lines: Sequence[Line]) -> list[Box]:
    """Frames and coloured areas that hold several lines of running text whole."""
    boxes: list[Box] = []
    for shape in content.shapes:
        box = shape.box
        if not shape.straight or shape.rule or box.width < 60 or box.height < 30:
            continue
        if box.area > 0.85 * content.box.area or any(_same(box, other) for other in boxes):
            continue
        inside = [line for line in lines if box.holds(line.box)]
        running = [line for line in inside if _is_running(line, box)]
        if len(running) >= 3 and all(box.covers(line.box, 2.0) for line in inside):
            boxes.append(box)
    return boxes


def _is_running(line: Line, box: Box) -> bool:
    """A line of text and no label: many words, or most of the box's width."""
    long = len(line.text.split()) >= 5 or (not line.text.isascii() and len(line.text) >= 10)
    return _is_prose(line) or (long and line.box.width > 0.45 * box.width)


def _same(a: Box, b: Box) -> bool:
    return a.share_of(b) > 0.95 and b.share_of(a) > 0.95


def _is_panel(shape: Shape, panels: Sequence[Box]) -> bool:
    return shape.straight and any(_same(shape.box, box) for box in panels)


def _is_title_bar(shape: Shape, lines: Sequence[Line], body: float) -> bool:
    """The coloured ground of a title."""
    if not shape.straight or shape.rule or not shape.filled or shape.box.height > 60 or shape.box.width < 100:
        return False
    return any(shape.box.covers(line.box, 3.0) and line.size > 1.04 * body for line in lines)


def paneled(items: Sequence[Item], boxes: Sequence[Box]) -> list[Item]:
    """Items that lie in a panel's box stand in that panel, innermost first."""
    held = list(items)
    for box in sorted(boxes, key=lambda box: box.area):
        inside = [item for item in held if box.covers(item.box, 3.0)]
        if len(inside) >= 2 and len(inside) < len(held):
            held = [item for item in held if not any(item is other for other in inside)]
            held.append(Panel(box, tuple(inside)))
    return held


# --- images --------------------------------------------------------------------------------------------------------


def _image_areas(content: PageContent) -> Iterator[Area]:
    """An image each; those that abut or lie on each other are one picture in pieces."""
    for group in _grouped(list(content.images), lambda a, b: a.visible.grown(0.8).meets(b.visible)):
        yield Area(union(image.visible for image in group), tuple(group))


def _grouped(things: list[Image], touch: Callable[[Image, Image], bool]) -> list[list[Image]]:
    groups: list[list[Image]] = []
    for thing in things:
        near = [group for group in groups if any(touch(thing, other) for other in group)]
        groups = [group for group in groups if not any(group is other for other in near)]
        groups.append([thing, *(other for group in near for other in group)])
    return groups


# --- drawings ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """Paths of one drawing in the making."""

    box: Box
    shapes: list[Shape]
    labels: list[Line]

    @property
    def told(self) -> bool:
        """Curves, slopes or bars: more than rules and grounds."""
        bars = sum(shape.straight and shape.filled and not shape.rule for shape in self.shapes)
        return any(not shape.straight for shape in self.shapes) or bars >= 3

    @property
    def small(self) -> bool:
        return min(self.box.width, self.box.height) < SMALLEST


def _drawings(shapes: Sequence[Shape], lines: Sequence[Line], body: float) -> list[_Group]:
    """Paths that lie close together; rules, ticks and legends join the drawing that they stand at."""
    solid = [shape for shape in shapes if not shape.rule]
    rules = [shape for shape in shapes if shape.rule]
    groups = [_Group(union(shape.box for shape in cluster), cluster, []) for cluster in _clusters(solid)]
    groups += [
        _Group(union(shape.box for shape in cluster), cluster, [])
        for cluster in _clusters(rules)
        if not any(_takes(group, shape) for shape in cluster for group in groups)
    ]
    for group in groups:
        for rule in rules:
            if group.told and _takes(group, rule) and rule not in group.shapes:
                group.shapes.append(rule)
                group.box = group.box | rule.box
    groups = _fused([*_grids(solid, rules, lines), *_bars(groups), *groups], 2.0)
    for _ in range(3):
        for group in groups:
            if group.told and not group.small:
                _label(group, lines, body)
        groups = _fused(groups, NEAR)
    return groups


def _grids(solid: Sequence[Shape], rules: Sequence[Shape], lines: Sequence[Line]) -> Iterator[_Group]:
    """Three or more equal rules with marks among them and no running text: a chart's grid."""
    level = sorted((rule for rule in rules if rule.rule == "h" and rule.box.width >= 60), key=lambda r: r.box.top)
    while level:
        first = level[0]
        equal = [r for r in level if abs(r.box.left - first.box.left) < 3 and abs(r.box.right - first.box.right) < 3]
        level = [r for r in level if not any(r is other for other in equal)]
        box = union(rule.box for rule in equal)
        marks = [shape for shape in solid if box.holds(shape.box)]
        words = [line for line in lines if box.holds(line.box)]
        if len(equal) >= 3 and len(marks) >= 3 and len(marks) > len(words) and not any(map(_is_prose, words)):
            yield _Group(box, [*equal, *marks], [])


def _bars(groups: Sequence[_Group]) -> Iterator[_Group]:
    """Three or more bars of one thickness on one line: a bar chart, upright or lying."""
    bars = [group for group in groups if all(shape.straight and shape.filled for shape in group.shapes)]
    for foot, thickness, step in ((_foot, _width, _left), (_side, _height, _top)):
        free = list(bars)
        while free:
            first = free.pop(0)
            alike = [
                bar for bar in free if abs(foot(bar) - foot(first)) < 1.5 and abs(thickness(bar) - thickness(first)) < 1
            ]
            free = [bar for bar in free if not any(bar is other for other in alike)]
            row = sorted([first, *alike], key=step)
            near = all(step(b) - step(a) < 5 * thickness(first) for a, b in pairwise(row))
            if len(row) >= 3 and near and 3 < thickness(first) < 80:
                yield _Group(union(bar.box for bar in row), [s for bar in row for s in bar.shapes], [])


def _foot(group: _Group) -> float:
    return group.box.bottom


def _side(group: _Group) -> float:
    return group.box.left


def _width(group: _Group) -> float:
    return group.box.width


def _height(group: _Group) -> float:
    return group.box.height


def _left(group: _Group) -> float:
    return group.box.left


def _top(group: _Group) -> float:
    return group.box.top


def _takes(group: _Group, rule: Shape) -> bool:
    """A rule on or at the drawing that isn't much longer than it: an axis, a grid line."""
    near = group.box.grown(NEAR).meets(_thick(rule.box))
    width, height = 1.4 * group.box.width + 12, 1.4 * group.box.height + 12
    return near and rule.box.width <= width and rule.box.height <= height


def _fused(groups: Sequence[_Group], near: float) -> list[_Group]:
    """Groups whose boxes meet are one drawing; small ones join over a little white."""
    done: list[_Group] = []
    for group in sorted(groups, key=lambda group: -group.box.area):
        home = next((other for other in done if _belongs(group, other, near)), None)
        if home is None:
            done.append(group)
        else:
            home.shapes += group.shapes
            home.labels += group.labels
            home.box = home.box | group.box
    return done


def _belongs(group: _Group, other: _Group, near: float) -> bool:
    if not other.told or other.small:
        return False
    if all(shape.rule for shape in group.shapes) and not all(_takes(other, shape) for shape in group.shapes):
        return False
    if group.small and group.told and near > 2.0:
        near = LEGEND
    return other.box.grown(near if group.small else 2.0).meets(_thick(group.box))


def _clusters(shapes: Sequence[Shape]) -> list[list[Shape]]:
    owner = list(range(len(shapes)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    order = sorted(range(len(shapes)), key=lambda i: shapes[i].box.left)
    for position, i in enumerate(order):
        grown = shapes[i].box.grown(NEAR)
        for j in order[position + 1 :]:
            if shapes[j].box.left > grown.right:
                break
            if root(i) != root(j) and grown.meets(_thick(shapes[j].box)):
                owner[root(j)] = root(i)
    clusters: dict[int, list[Shape]] = {}
    for i in range(len(shapes)):
        clusters.setdefault(root(i), []).append(shapes[i])
    return list(clusters.values())


def _label(group: _Group, lines: Sequence[Line], body: float) -> None:
    """Words in the drawing, and short ones at its edge: ticks, axes, legend."""
    for line in lines:
        if any(line is other for other in group.labels):
            continue
        inside = group.box.holds(line.box)
        beside = (
            group.box.grown(NEAR).meets(line.box)
            and line.size <= 0.9 * body
            and not _is_prose(line)
            and not NUMBERED_CAPTION.match(line.text)
            and not _is_said_below(line, group.box)
            and group.box.grown(40).covers(line.box)
        )
        if inside or beside:
            group.labels.append(line)
            group.box = group.box | line.box


def _is_said_below(line: Line, box: Box) -> bool:
    """Words enough for a caption, right below the whole drawing, from its left edge or in its middle."""
    long = len(line.text.split()) >= CAPTION_WORDS or han_count(line.text) >= 2 * CAPTION_WORDS
    placed = line.box.left < box.left + NEAR or abs(line.box.middle[0] - box.middle[0]) < NEAR
    return long and placed and line.box.top > box.bottom - 2


def _drawn(group: _Group, lines: Sequence[Line], tables: Sequence[Table], content: PageContent) -> Iterator[Area]:
    box, count = group.box & content.box, len(group.shapes)
    if not group.told or box.area <= 0:
        return
    if group.small:
        yield Area(box, shapes=count, decoration=f"smaller than {SMALLEST:.0f} points")
        return
    if max(box.width, box.height) < ICON and not group.labels:
        yield Area(box, shapes=count, decoration=f"an icon, smaller than {ICON:.0f} points")
        return
    if any(table.box.share_of(box) > 0.5 for table in tables):
        yield Area(box, shapes=count, decoration="marks within a table")
        return
    prose = [line for line in group.labels if _is_prose(line)]
    if len(prose) > 4 and len(prose) > 0.3 * len(group.labels):
        yield Area(box, shapes=count, decoration="lies behind text")
        return
    yield Area(box, shapes=count, labels=tuple(group.labels))


def _is_prose(line: Line) -> bool:
    return len(line.text.split()) >= LONG_LINE or (not line.text.isascii() and len(line.text) >= 24)


def _without_overlap(pictures: Sequence[Area], drawn: Sequence[Area]) -> list[Area]:
    """Images amid a drawing are part of it; drawings on an image (a frame, a signature's line) are part of that."""
    kept: list[Area] = []
    taken: set[int] = set()
    for area in drawn:
        inner = [
            i for i, picture in enumerate(pictures) if not area.decoration and area.box.share_of(picture.box) > 0.8
        ]
        under = [picture for picture in pictures if picture.box.share_of(area.box) > 0.8 and not area.labels]
        if under and not inner:
            continue
        taken.update(inner)
        images = tuple(image for i in inner for image in pictures[i].images)
        kept.append(Area(area.box, images, area.shapes, area.labels, area.decoration))
    return [*(picture for i, picture in enumerate(pictures) if i not in taken), *kept]
