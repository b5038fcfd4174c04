"""What stands beside what: cells in the order of their printed row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..language.characters import bare
from ..model import DataTable, KeyValueTable, Row, RuleName, SourceLine
from ..model.texts import blocks_of
from ..report import Report
from .evidence import Evidence
from .finding import Audit, Spot, excerpt

_CELL_ENDS = re.compile(r"(?<!\\)\|")


def find_moved_cells(evidence: Evidence) -> Iterator[Spot]:
    for line, cells in moved_cells(evidence.report, evidence.source):
        yield Spot(f"{evidence.source_name}:{line}", f"{cells} stand in another order than in print")


def moved_cells(report: Report, source: Sequence[SourceLine]) -> Iterator[tuple[int, str]]:
    """(line, two of its cells) for each printed row of a table whose cells changed places and no rule says so."""
    known = {
        entry.line
        for entry in report.ledger.lines
        if any(change.rule == RuleName.INDEX_CELLS_MOVED for change in entry.changes)
    }
    rows = (line for line in source if line.text.lstrip().startswith("|") and "\n" not in line.text)
    printed = {line.number: line.text for line in rows if line.number not in known}
    for page in report.pages:
        for block in blocks_of(page):
            if isinstance(block, DataTable | KeyValueTable):
                for number, texts in _by_line(block).items():
                    if number in printed and (pair := _turned(_CELL_ENDS.split(printed[number]), texts)):
                        yield number, pair


def _by_line(block: DataTable | KeyValueTable) -> Mapping[int, list[str]]:
    """The texts of each printed line, in the order of their columns."""
    head = (block.header, *block.subheads) if isinstance(block, DataTable) else ()
    heads = (Row(tuple((text,) for text in row)) for row in head)
    told: dict[int, list[str]] = {}
    for row in (*heads, *block.rows):
        for text in (text for cell in row.cells for text in cell):
            for number in text.lines:
                told.setdefault(number, []).append(text.source)
    return told


def _turned(printed: Sequence[str], told: Sequence[str]) -> str:
    """Two cells, named, of which the one printed first comes behind the other; empty where there are none."""
    # Signs alone (`%`, `‰`) have no letters to be known by.
    wanted, keys = ([bare(cell) or cell.strip() for cell in cells] for cells in (printed, told))
    at = -1
    before = ""
    for cell, key in zip(printed, wanted, strict=True):
        places = [i for i, one in enumerate(keys) if one == key]
        if not key or len(places) != 1 or wanted.count(key) != 1:
            continue
        if places[0] < at:
            return f"{excerpt(before, 20)} and {excerpt(cell.strip(), 20)}"
        at, before = places[0], cell.strip()
    return ""


AUDITS = (
    Audit(
        "conservation-order",
        "the cells of a row stand in the order in which they are printed",
        "DESIGN 4, conservation",
        "rule on the table in report.yml",
        find_moved_cells,
    ),
)
