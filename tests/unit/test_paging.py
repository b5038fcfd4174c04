"""Pages sensible in number and size, without an outline; nothing moves."""

from __future__ import annotations

from case_files import Case, cases
from report_site.report import Report
from stages import ReportOf

SENTENCE = "Every site measured its water and reported the result to the board in the same month. "


def addresses(report: Report) -> list[str]:
    return ["/".join((*page.parents, page.slug)) for page in report.pages]


@cases("paging", "pages")
def test_which_headings_open_pages(case: Case, report_of: ReportOf) -> None:
    report = report_of("".join(f"{heading}\n\n{SENTENCE * case['times']}\n\n" for heading in case["headings"]))
    assert addresses(report) == case["pages"]
    assert in_order(report)


@cases("paging", "many")
def test_how_many_pages(case: Case, report_of: ReportOf) -> None:
    parts = [case.get("before", "")]
    for i in range(case["count"]):
        above = f"{case['above'].format(i=i)}\n\n" if "above" in case and i % case["every"] == 0 else ""
        parts.append(f"{above}{case['heading'].format(i=i)}\n\n{SENTENCE * case['times']}\n\n")
    report = report_of("".join(parts))
    assert len(report.pages) == case["pages"]
    assert in_order(report)


def in_order(report: Report) -> bool:
    lines = [line for page in report.pages for part in page.section.walk() for line in part.heading.lines]
    return lines == sorted(lines)
