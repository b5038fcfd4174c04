"""Reports whose publication was falsified between source and pages: every such edit is named, whatever the outputs say.

The edit is made where the pages come into being, so that all outputs agree with each other and only the source knows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import report_site.convert as chain
import report_site.source.structure.proving as proving
from report_site.audits.places import moved_cells
from report_site.folder.catalogue import Translations
from report_site.folder.loading import load_folder
from report_site.model import Block, DataTable, List, Page, Paragraph, Row, Section, Text
from report_site.report import Report
from report_site.source.read.decoding import receive
from report_site.source.structure.pages import paginate

REPORTS, EDITS, MANY_EDITS = 5, 14, 70
NAMES = ("用水", "用电", "废纸", "培训", "捐赠", "差旅", "包装", "绿化", "采购", "食堂")
UNITS = ("吨", "万度", "%", "小时", "万元", "m3", "人次", "tCO2e")
DEEDS = ("建成雨水池", "更换旧水管", "开设夜校", "走访社区", "修缮校舍", "安装路灯")
Edit = Callable[[Page, random.Random], Page | None]


def source_of(seed: int) -> str:
    """A report of chapters with prose, a table and a list each."""
    dice = random.Random(seed)
    parts = [f"# 青屿集团 {2028 + seed} 年责任报告"]
    for number, name in enumerate(dice.sample(NAMES, 4), 1):
        rows = [
            f"| {one} | {dice.choice(UNITS)} | {dice.randint(100, 9999):,} | {dice.randint(10, 99)}.{dice.randint(1, 9)} |"
            for one in dice.sample(NAMES, 5)
        ]
        mark = dice.choice(("{}. ", "（{}）", "{}) "))
        items = [
            f"{mark.format(i)}{deed} {dice.randint(12, 980)} 处" for i, deed in enumerate(dice.sample(DEEDS, 4), 1)
        ]
        bullets = [f"- {deed}并公开结果" for deed in dice.sample(DEEDS, 3)]
        parts += [
            f"## {name}管理",
            f"第 {number} 年度，各工厂{name}共 {dice.randint(101, 9999):,} 项，同比下降 {dice.randint(2, 40)}.{dice.randint(1, 9)}%。",
            "\n".join(["| 指标 | 单位 | 上年 | 本年 |", "|---|---|---|---|", *rows]),
            "集团在这一年做了以下工作，并请第三方核对。",
            "\n".join(items),
            "下一年的安排如下，由董事会监督。",
            "\n".join(bullets),
        ]
    return "\n\n".join(parts) + "\n"


def with_block(page: Page, old: Block, new: Sequence[Block]) -> Page:
    """The page with other blocks in the place of one."""

    def renewed(section: Section) -> Section:
        blocks = tuple(one for block in section.blocks for one in (new if block is old else (block,)))
        return replace(section, blocks=blocks, children=tuple(map(renewed, section.children)))

    return replace(page, section=renewed(page.section))


def _one(page: Page, dice: random.Random, kind: type[Block]) -> Block | None:
    found = [block for section in page.section.walk() for block in section.blocks if isinstance(block, kind)]
    return dice.choice(found) if found else None


def _with_row(page: Page, table: DataTable, old: Row, cells: Sequence[tuple[Text, ...]]) -> Page:
    rows = tuple(replace(row, cells=tuple(cells)) if row is old else row for row in table.rows)
    return with_block(page, table, [replace(table, rows=rows)])


def drop_a_cell(page: Page, dice: random.Random) -> Page | None:
    table = _one(page, dice, DataTable)
    if not isinstance(table, DataTable):
        return None
    row, at = dice.choice(table.rows), dice.randrange(4)
    return _with_row(page, table, row, [() if i == at else cell for i, cell in enumerate(row.cells)])


def swap_two_cells(page: Page, dice: random.Random) -> Page | None:
    table = _one(page, dice, DataTable)
    if not isinstance(table, DataTable):
        return None
    row, (a, b) = dice.choice(table.rows), dice.sample(range(4), 2)
    cells = list(row.cells)
    cells[a], cells[b] = cells[b], cells[a]
    return _with_row(page, table, row, cells)


def drop_a_list_mark(page: Page, dice: random.Random) -> Page | None:
    """A number goes, or an item is run into the one before it."""
    block = _one(page, dice, List)
    if not isinstance(block, List):
        return None
    at = dice.randrange(1, len(block.items))
    if block.ordered:
        marks = tuple("" if i == at else mark for i, mark in enumerate(block.marks))
        return with_block(page, block, [replace(block, marks=marks)])
    first, second = block.items[at - 1], block.items[at]
    joined = replace(first, source=f"{first.source}，{second.source}", lines=(*first.lines, *second.lines))
    return with_block(page, block, [replace(block, items=(*block.items[: at - 1], joined, *block.items[at + 1 :]))])


def change_a_digit(page: Page, dice: random.Random) -> Page | None:
    table = _one(page, dice, DataTable)
    if not isinstance(table, DataTable):
        return None
    row, at = dice.choice(table.rows), dice.choice((2, 3))
    text = row.cells[at][0]
    changed = _with_other_digit(text, dice)
    return _with_row(page, table, row, [(changed,) if i == at else cell for i, cell in enumerate(row.cells)])


def swap_two_heads(page: Page, dice: random.Random) -> Page | None:
    table = _one(page, dice, DataTable)
    if not isinstance(table, DataTable):
        return None
    (a, b), heads = dice.sample(range(4), 2), list(table.header)
    heads[a], heads[b] = heads[b], heads[a]
    return with_block(page, table, [replace(table, header=tuple(heads))])


def change_a_digit_of_prose(page: Page, dice: random.Random) -> Page | None:
    """In a paragraph or an item."""
    block = _one(page, dice, dice.choice((Paragraph, List)))
    if isinstance(block, Paragraph) and any(map(str.isdigit, block.text.source)):
        return with_block(page, block, [replace(block, text=_with_other_digit(block.text, dice))])
    if isinstance(block, List) and block.ordered:
        at = dice.randrange(len(block.items))
        items = [_with_other_digit(item, dice) if i == at else item for i, item in enumerate(block.items)]
        return with_block(page, block, [replace(block, items=tuple(items))])
    return None


def drop_a_row(page: Page, dice: random.Random) -> Page | None:
    table = _one(page, dice, DataTable)
    if not isinstance(table, DataTable):
        return None
    at = dice.randrange(len(table.rows))
    return with_block(page, table, [replace(table, rows=(*table.rows[:at], *table.rows[at + 1 :]))])


def _with_other_digit(text: Text, dice: random.Random) -> Text:
    place = dice.choice([i for i, char in enumerate(text.source) if char.isdigit()])
    other = dice.choice([d for d in "123456789" if d != text.source[place]])
    return replace(text, source=text.source[:place] + other + text.source[place + 1 :])


KINDS: tuple[Edit, ...] = (
    drop_a_cell,
    swap_two_cells,
    drop_a_list_mark,
    change_a_digit,
    swap_two_heads,
    change_a_digit_of_prose,
    drop_a_row,
)


def named(report: Report, path: Path) -> bool:
    source = receive(path).lines
    return bool(report.ledger.unaccounted or [*moved_cells(report, source)])


@pytest.mark.parametrize("seed", range(REPORTS))
def test_every_edit_is_named(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool) -> None:
    (tmp_path / "report.yml").write_text("title: {zh: 青屿集团报告, en: Qingyu Group Report}\n", "utf-8")
    (tmp_path / "source.md").write_text(source_of(seed), "utf-8")
    folder, dice = load_folder(tmp_path), random.Random(seed)
    assert not named(chain.convert(folder, Translations("zh")), folder.source)
    edits: list[str] = []
    tries = MANY_EDITS if thorough else EDITS

    def falsified(*args: object) -> tuple[Page, ...]:
        pages = list(paginate(*args))  # type: ignore[arg-type]
        edit = KINDS[len(edits) % len(KINDS)]
        while True:
            at = dice.randrange(len(pages))
            if (changed := edit(pages[at], dice)) is not None:
                edits.append(f"{edit.__name__} on {changed.slug}")
                return (*pages[:at], changed, *pages[at + 1 :])

    monkeypatch.setattr(proving, "paginate", falsified)
    monkeypatch.setattr(proving, "ROUNDS", 0)  # the last resort would put back what the edit took
    missed = [edits[-1] for _ in range(tries) if not named(chain.convert(folder, Translations("zh")), folder.source)]
    assert len(edits) == tries
    assert missed == []
