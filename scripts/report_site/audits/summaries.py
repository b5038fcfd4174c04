"""What is said of a page in short: in every language of the site, and with no number that the page doesn't hold."""

from __future__ import annotations

from collections.abc import Iterator

from ..folder.layout import PROFILE_NAME
from ..folder.validation import line_of
from ..language.numbers import mentions, parse
from ..model.texts import texts_on
from .evidence import Evidence
from .finding import Audit, Spot


def find_languages(evidence: Evidence) -> Iterator[Spot]:
    for slug, given in evidence.folder.profile.summaries.items():
        for language in evidence.languages:
            if not given[language]:
                yield Spot(_place(evidence, slug), f"is not given in {language}, so that no page shows it")


def find_numbers(evidence: Evidence) -> Iterator[Spot]:
    for slug, given in evidence.folder.profile.summaries.items():
        for language in evidence.languages:
            stated = _stated(evidence, slug, given[language])
            for quantity in parse(given[language], language):
                if not quantity.optional and not mentions(stated[language == evidence.language], quantity, language):
                    yield Spot(_place(evidence, slug), f"the page doesn't say “{quantity.text}” ({language})")


def _place(evidence: Evidence, slug: str) -> str:
    root = evidence.folder.root
    return f"{PROFILE_NAME}:{line_of(root / PROFILE_NAME, root, ('summaries', slug))}: summaries.{slug}"


def _stated(evidence: Evidence, slug: str, summary: str) -> tuple[str, str]:
    """All that the page and those below it say, but for the summary: translated, then in the report's own language."""
    pages = [page for page in evidence.report.pages if slug in (page.slug, *page.parents)]
    texts = [text for page in pages for text in texts_on(page) if summary not in (text.source, text.translation)]
    return "\n".join(text.translation or "" for text in texts), "\n".join(text.source for text in texts)


AUDITS = (
    Audit(
        "summary-language",
        "a page's summary is given in every language of the site",
        "WCAG 3.1.5 (reading level)",
        "write it in that language too, or take it out",
        find_languages,
    ),
    Audit(
        "summary-number",
        "a page's summary holds no number that the page doesn't",
        "WCAG 3.1.5 (reading level); nothing invented",
        "write the number as the page has it",
        find_numbers,
    ),
)
