"""What the tool recognised of a report, in numbers."""

from __future__ import annotations

from collections import Counter

from ...model import DataTable, Fate, Figure, Footnotes, KeyFigures, KeyValueTable, List, Paragraph
from ...model.texts import blocks_of
from ...report import Report


def recognised(report: Report, none: str) -> tuple[tuple[str, str], ...]:
    """Key of the words -> what was recognised; `none` where nothing was found."""
    blocks = Counter(type(block) for page in report.pages for block in blocks_of(page))
    sections = sum(1 for page in report.pages for _ in page.section.walk())
    fates = report.ledger.summary()
    figures = [
        figure
        for page in report.pages
        for block in blocks_of(page)
        if isinstance(block, KeyFigures)
        for figure in block.figures
    ]
    printed = sorted(set(report.printed_pages.values()))
    language = report.language
    return (
        ("preflight-encoding", report.basis.encoding or none),
        ("preflight-dialect", report.basis.dialect or none),
        ("preflight-title", report.called(report.title, language) or none),
        ("preflight-publisher", report.called(report.publisher, language) or none),
        ("preflight-year", str(report.year) if report.year else none),
        ("preflight-printed", f"{printed[0]}–{printed[-1]} ({len(printed)})" if printed else none),
        ("preflight-contents", str(len(report.basis.contents))),
        ("preflight-pages", str(len(report.pages))),
        ("preflight-headings", str(sections)),
        ("preflight-paragraphs", str(blocks[Paragraph])),
        ("preflight-lists", str(blocks[List])),
        ("preflight-tables", str(blocks[DataTable] + blocks[KeyValueTable])),
        ("preflight-figures", f"{len(figures)} ({sum(one.label is not None for one in figures)})"),
        ("preflight-pictures", str(blocks[Figure])),
        ("preflight-notes", str(blocks[Footnotes])),
        ("preflight-furniture", str(fates[Fate.FURNITURE.value])),
        ("preflight-noise", str(fates[Fate.NOISE.value])),
        ("preflight-unaccounted", str(fates["unaccounted"])),
    )
