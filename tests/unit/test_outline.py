from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from case_files import Case, cases
from gears import examples
from report_site.model import Section, SectionKind
from report_site.report import Report
from report_site.source.shape.elements import Element, ElementKind, Piece
from report_site.source.structure.outline import Branch, HeadingPlan, grow
from stages import ReportOf


def sections_of(report: Report) -> Iterator[tuple[Section, int]]:
    """Every section with its depth, in reading order; a chapter's own pages hang below it."""

    def visit(section: Section, depth: int) -> Iterator[tuple[Section, int]]:
        yield section, depth
        for child in section.children:
            yield from visit(child, depth + 1)

    for page in report.pages:
        yield from visit(page.section, len(page.parents))


@cases("outline", "inferred")
def test_infers_the_outline(case: Case, report_of: ReportOf) -> None:
    found = list(sections_of(report_of(case["source"])))
    assert ["  " * depth + section.heading.text.source for section, depth in found] == case["expected"]
    kinds = {section.heading.text.source: section.kind.value for section, _ in found}
    assert {title: kinds[title] for title in case.get("kinds", {})} == case.get("kinds", {})


@examples(50, HealthCheck.function_scoped_fixture)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=20))
def test_no_level_is_skipped_whatever_the_marks(report_of: ReportOf, levels: list[int]) -> None:
    source = "\n\n".join(f"{'#' * level} 标题甲{i}号\n\n第 {i} 段讲一件小事。" for i, level in enumerate(levels))
    depths = [depth for _, depth in sections_of(report_of(source))]
    assert len(depths) == len(levels)
    assert all(after <= before + 1 for before, after in zip([-1, *depths], depths, strict=False))


def test_grows_the_tree_from_plans() -> None:
    def depths(branches: list[Branch], depth: int = 1) -> Iterator[int]:
        for branch in branches:
            yield depth
            yield from depths(branch.children, depth + 1)

    elements = [Element(ElementKind.HEADING, (Piece(str(i), (i,)),)) for i in range(1, 6)]
    plans = {i: HeadingPlan(level, SectionKind.TOPIC) for i, level in enumerate([1, 3, 2, 2, 1])}
    assert list(depths(grow(elements, plans))) == [1, 2, 2, 2, 1]


def test_a_cover_of_which_nothing_is_left_is_no_page(report_of: ReportOf) -> None:
    told = "# 环境\n\n三座工厂共节水 12 万吨。\n\n# 员工\n\n员工每年体检。\n"
    assert [page.section.heading.text.source for page in report_of(f"![](a.png)\n\n{told}").pages] == ["环境", "员工"]
    assert len(report_of(f"![两人在河边种树](a.png)\n\n{told}").pages) == 3
