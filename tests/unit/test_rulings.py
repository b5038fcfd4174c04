from __future__ import annotations

from collections.abc import Iterator

import pytest

from case_files import Case, cases
from report_site.folder.places import Finder
from report_site.folder.profile import parse_place
from report_site.model import Block, DataTable, KeyValueTable, Section
from report_site.model.errors import InputError
from report_site.model.texts import texts_of
from report_site.report import Report
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
    finder = Finder(received(case["source"]), furniture=case.get("furniture", ()), headings=case.get("headings", ()))
    lookup = finder.find(parse_place(case["at"]), case.get("section", "tables"), case.get("taken", ()))
    assert (lookup.span[0] if lookup.span else None) == case["line"]
    assert lookup.how == case.get("how", "there")


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


OUTLINED = {
    "outline": [
        {"at": "1 关于本报告", "slug": "about-this", "page": True},
        {
            "at": "5 责任治理",
            "slug": "governance",
            "kind": "chapter",
            "page": True,
            "sections": [{"at": "9 员工手册宣贯", "slug": "handbook"}],
        },
    ]
}
BEFORE = "# 关于本报告\n\n报告每年一期。\n\n# 责任治理\n\n董事会开会 6 次。\n\n# 员工手册宣贯\n\n新人都学。\n"


def ids(report: Report) -> list[str]:
    return [block.id for page in report.pages for section in page.section.walk() for block in section.blocks]


def test_a_heading_in_other_words_keeps_slug_and_ids(report_of: ReportOf) -> None:
    before = report_of(BEFORE, OUTLINED)
    after = report_of(BEFORE.replace("员工手册宣贯", "手册宣讲"), OUTLINED)
    assert ids(after) == ids(before)
    assert [page.slug for page in after.pages] == ["about-this", "governance"]
    assert before.notes == ()
    (note,) = after.notes
    assert note.startswith("report.yml: outline: 9 员工手册宣贯: line 9 is still a heading, though in other words")
    assert after.missing == ()


def test_lines_that_moved_are_told(report_of: ReportOf) -> None:
    after = report_of("# 前言\n\n本刊首期。\n\n" + BEFORE, OUTLINED)
    assert set(ids(report_of(BEFORE, OUTLINED))) <= set(ids(after))
    assert [note.partition(" — ")[0] for note in after.notes] == [
        "report.yml: outline: 1 关于本报告 was found in line 5",
        "report.yml: outline: 5 责任治理 was found in line 9",
        "report.yml: outline: 9 员工手册宣贯 was found in line 13",
    ]


def test_two_entries_of_equal_words_find_a_line_each(report_of: ReportOf) -> None:
    source = "# 水\n\n河水。\n\n# 电\n\n风电。\n\n# 水\n\n井水。\n"
    outline = [{"at": "1 水", "slug": "river", "page": True}, {"at": "8 水", "slug": "well", "page": True}]
    report = report_of(source, {"outline": outline})
    assert [page.slug for page in report.pages if page.slug in ("river", "well")] == ["river", "well"]


@pytest.mark.parametrize("at", ["3-5000 河水", "3-5000"])
def test_a_range_behind_the_source_is_refused(report_of: ReportOf, at: str) -> None:
    with pytest.raises(InputError, match=f"report.yml: tables: {at} ends behind the last line of the source, 7"):
        report_of("# 水\n\n河水。\n\n# 电\n\n风电。\n", {"tables": [{"at": at, "why": "试"}]})
