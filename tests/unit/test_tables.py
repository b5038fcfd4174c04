from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from case_files import Case, cases
from report_site.model import Block, Cell, DataTable, KeyFigures, KeyValueTable, Row, TagList
from report_site.model.texts import texts_of
from report_site.source.shape.elements import Element, ElementKind
from report_site.source.shape.key_figures import Prose
from report_site.source.shape.tables import Shaped, TableKind, shape_table
from stages import assembled

AROUND = "集团各厂都在节水，员工也来帮忙，河水更清了。\n\n"


def shaped(table: str, prose: str = "", kind: str | None = None) -> Shaped:
    (element,) = (e for e in assembled(AROUND + table) if e.kind is ElementKind.TABLE)
    return shape_table(element, Prose.of([prose], "zh"), TableKind(kind) if kind else None)


def shown_cell(cell: Cell) -> str | list[str]:
    texts = [text.source for text in cell]
    return "".join(texts) if len(texts) < 2 else texts


def shown_rows(rows: Sequence[Row]) -> list[list[str | list[str]]]:
    return [[shown_cell(cell) for cell in row.cells] for row in rows]


def shown(block: Block | None) -> dict[str, object] | None:
    if isinstance(block, DataTable):
        return {
            "kind": "data-table",
            "header": [text.source for text in block.header],
            "subheads": [[text.source for text in row] for row in block.subheads],
            "row_headers": block.row_headers,
            "groups": [shown_cell(row.cells[0]) for row in block.rows if row.group],
            "rows": shown_rows(block.rows),
        }
    if isinstance(block, KeyValueTable):
        return {"kind": "key-value-table", "rows": shown_rows(block.rows)}
    if isinstance(block, TagList):
        return {"kind": "tag-list", "items": [text.source for text in block.items]}
    if isinstance(block, KeyFigures):
        pairs = [[f.value.source, f.label.source if f.label else None] for f in block.figures]
        return {"kind": "key-figures", "figures": pairs, "loose": [text.source for text in block.loose_labels]}
    return None


def check(case: Case) -> None:
    result = shaped(case["table"], case.get("prose", ""), case.get("kind"))
    found = shown(result.block)
    assert list(result.moved.values()) == case.get("moved", list(result.moved.values()))
    expected = case["expected"]
    assert found == expected if expected is None else found is not None and {k: found[k] for k in expected} == expected


@cases("tables", "shapes")
def test_gives_tables_their_shape(case: Case) -> None:
    check(case)


@cases("tables", "index")
def test_types_the_columns_of_an_index(case: Case) -> None:
    check(case)


@cases("tables", "kept")
def test_keeps_every_cell(case: Case) -> None:
    check(case)


@cases("tables", "heads")
def test_tells_heads_of_columns_rows_and_groups(case: Case) -> None:
    check(case)


@cases("tables", "strips")
def test_needs_evidence_for_key_figures(case: Case) -> None:
    check(case)


@cases("tables", "overruled")
def test_obeys_the_editor(case: Case) -> None:
    check(case)


SOUND = [
    "",
    "雨水",
    "中水",
    "63 场",
    "97%",
    "8,102",
    "GRI 303-1",
    "006",
    "/",
    "• 一 • 二",
    "各厂",
    "说明",
    "2022 年",
    "节 水",
]
SOUND += ["ISO 9001", "012", "收集厂房屋顶的雨水，净化以后用来浇灌树木。"]
RUBBLE = ["K9#x [R", "R", "{3 To|"]
Grid = list[list[str]]


def grids(cells: list[str]) -> st.SearchStrategy[Grid]:
    row = st.sampled_from(cells)
    return st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(row, min_size=width, max_size=width), min_size=1, max_size=6)
    )


def shaped_grid(grid: Grid) -> tuple[Element, Shaped]:
    rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in grid]
    source = AROUND + "\n".join([rows[0], "|" + "---|" * len(grid[0]), *rows[1:]])
    (element,) = (e for e in assembled(source) if e.kind is ElementKind.TABLE)
    return element, shape_table(element, Prose.of([], "zh"))


@given(grids(SOUND + RUBBLE))
def test_invents_no_text_and_loses_no_line(grid: Grid) -> None:
    """Whatever the shape: each line is published, noise or the table's rule, and every text is made of printed cells."""
    element, result = shaped_grid(grid)
    published = set(result.block.lines) if result.block else set()
    assert published | set(result.noise) | set(element.extra) == set(element.lines)
    printed = {part.replace(" ", "") for row in grid for cell in row for part in cell.split("•") if part.strip()}
    made_of_cells = re.compile("(?:" + "|".join(map(re.escape, sorted(printed, key=len, reverse=True))) + ")+")
    for text, _ in texts_of(result.block) if result.block else ():
        assert made_of_cells.fullmatch(text.source.replace(" ", "").replace("•", "").replace("、", ""))


@given(grids(SOUND))
def test_keeps_every_sound_cell(grid: Grid) -> None:
    _, result = shaped_grid(grid)
    kept = "\n".join(text.source for text, _ in texts_of(result.block)).replace(" ", "") if result.block else ""
    for cell in {cell for row in grid for cell in row if cell} - {"/"}:
        assert all(item.strip() in kept for item in cell.replace(" ", "").split("•"))
