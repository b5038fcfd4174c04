"""What templates and navigation read beside the pages: titles, chapters and their sections, by language."""

from __future__ import annotations

from ..model import Language, Page, SectionKind
from ..model.texts import first_paragraph
from ..report import Chapter, Entry, Headline, Report
from .imprint import run_by
from .report_pages import summary


def site_outline(report: Report) -> dict[str, object]:
    site_map = report.site_map
    pages = {page.slug: page for page in report.pages}
    return {
        "title": {language: report.called(report.title, language) for language in report.languages},
        "publisher": {language: report.called(report.publisher, language) for language in report.languages},
        "year": report.year,
        "published": report.published,
        "restated": report.restated,
        "dated": report.dated,
        "maker": {language: report.called(report.maker.name, language) for language in report.languages},
        "run_by": {language: run_by(report, language) for language in report.languages},
        "source_language": report.language,
        "languages": {language: variety.tag for language, variety in report.varieties.items()},
        "order": ["index", *(entry.slug for entry in site_map.entries)],
        "pages": {
            language: {entry.slug: _entry(entry, pages[entry.slug], report, language) for entry in site_map.entries}
            for language in report.languages
        },
        "chapters": {
            language: [_chapter(chapter, report, language) for chapter in site_map.chapters]
            for language in report.languages
        },
        "opening": list(site_map.opening),
        "closing": list(site_map.closing),
    }


def _entry(entry: Entry, page: Page, report: Report, language: Language) -> dict[str, object]:
    """What navigation shows of a page; `sections` are the slugs of the pages right below it, `cases` a number."""
    shown: dict[str, object] = {
        "slug": entry.slug,
        "url": f"{entry.slug}/",
        "title": report.say(entry.title, language),
        "sections": list(entry.sections),
    }
    if said := summary(report, first_paragraph(page), language):
        shown["summary"] = said
    if cases := sum(section.kind is SectionKind.CASE for section in page.section.walk()):
        shown["cases"] = cases
    if entry.figure:
        shown["figure"] = _figure(entry.figure, report, language)
    return shown


def _chapter(chapter: Chapter, report: Report, language: Language) -> dict[str, object]:
    return {
        "slug": chapter.slug,
        "number": chapter.number,
        "accent": chapter.accent,
        "summary": summary(report, chapter.summary, language),
        "figures": [_figure(figure, report, language) for figure in chapter.figures],
    }


def _figure(figure: Headline, report: Report, language: Language) -> dict[str, str]:
    return {"value": report.say(figure.value, language), "label": report.say(figure.label, language)}
