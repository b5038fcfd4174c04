from __future__ import annotations

from collections.abc import Iterator

import pytest

from case_files import Case, cases
from report_site.errors import InputError
from report_site.folder.profile import parse_place
from report_site.model import Block, DataTable, KeyValueTable, Section
from report_site.report import Report
from report_site.shape.rulings import Docket
from report_site.texts import texts_of
from stages import ReportOf, kind_of, received


def shown_block(block: Block) -> str:
    if isinstance(block, DataTable | KeyValueTable):
        rows = (" · ".join(" + ".join(t.source for t in cell) for cell in row.cells) for row in block.rows)
        return f"{kind_of(block)}: {' / '.join(rows)}"
    return f"{kind_of(block)}: {' | '.join(text.source for text, _ in texts_of(block))}"


def shown_tree(report: Report, *, ids: bool = False) -> list[str]:
    def visit(section: Section, depth: int) -> Iterator[str]:
        named = f" #{section.slug} {section.kind.value}" if ids else ""
        yield "  " * depth + section.heading.text.source + named
        for block in section.blocks:
            yield "  " * (depth + 1) + shown_block(block)
        for child in section.children:
            yield from visit(child, depth + 1)

    return [line for page in report.pages for line in visit(page.section, len(page.parents))]


@cases("rulings", "places")
def test_finds_places(case: Case) -> None:
    span = Docket(received(case["source"])).find(parse_place(case["at"]))
    assert (span[0] if span else None) == case["line"]


@cases("rulings", "effects")
def test_rules(case: Case, report_of: ReportOf) -> None:
    report = report_of(case["source"], case["profile"])
    assert shown_tree(report, ids="outline" in case["profile"]) == case["expected"]
    assert report.ledger.unaccounted == ()


@cases("rulings", "headlines")
def test_finds_headlines(case: Case, report_of: ReportOf) -> None:
    report = report_of(case["source"], case["profile"])
    found = {
        chapter.slug: [f"{figure.value.source} {figure.label.source}" for figure in chapter.figures]
        for chapter in report.site_map.chapters
    }
    assert {slug: found[slug] for slug in case["headlines"]} == case["headlines"]


@cases("rulings", "missing")
def test_tells_which_rulings_have_no_place(case: Case, report_of: ReportOf) -> None:
    report = report_of(case["source"], case["profile"])
    assert sorted(f"{section} {place}" for section, place in report.missing) == case["missing"]


@cases("rulings", "wrong")
def test_names_rulings_that_do_not_fit(case: Case, report_of: ReportOf) -> None:
    with pytest.raises(InputError) as caught:
        report_of(case["source"], case["profile"])
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == len(case["problems"])
    assert all(wanted in line for wanted, line in zip(case["problems"], told, strict=True))
    assert all("report.yml" in line for line in told)
