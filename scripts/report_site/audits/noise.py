"""No running head and no noise is read out among the report's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.characters import bare
from ..model import Fate, Heading, Page, Paragraph, Quote
from ..model.texts import texts_on
from .evidence import Evidence, SitePage, spoken
from .finding import Audit, Spot, excerpt

SHORTEST = 7
"""Letters and digits; a shorter line (a page number, `PAGE`) may stand in any sentence."""


def rejected(evidence: Evidence) -> dict[str, int]:
    """Furniture and noise as letters and digits, with the first line that holds it."""
    fates = {entry.line: entry.fate for entry in evidence.ledger.lines}
    found: dict[str, int] = {}
    for line in evidence.source:
        key = bare(line.text)
        if fates.get(line.number) in (Fate.FURNITURE, Fate.NOISE) and len(key) >= SHORTEST:
            found.setdefault(key, line.number)
    return found


def find_visible(evidence: Evidence) -> Iterator[Spot]:
    """More often on the page than the model has it there, and what leads to tables and sections; what a heading says
    too may be a link to it.
    """
    titles = {bare(text.source) for _, block, text in evidence.texts() if isinstance(block, Heading)}
    keys = {key: line for key, line in rejected(evidence).items() if key not in titles}
    by_slug = {page.slug: page for page in evidence.report.pages}
    for site_page in evidence.report_pages:
        model = by_slug.get(site_page.slug)
        if model is not None:
            yield from _visible_on(evidence, site_page, model, keys)


def _visible_on(evidence: Evidence, site_page: SitePage, page: Page, keys: dict[str, int]) -> Iterator[Spot]:
    shown = bare("".join(_content(site_page)))
    texts = [t for text in texts_on(page) for t in (text.source, text.translation or "")]
    links = [node.text() for node in site_page.main.css(".table-csv, .section-list")] if site_page.main else []
    given = "\0".join(bare(text) for text in (*texts, *links))
    for key, number in keys.items():
        if key in shown and shown.count(key) > given.count(key):
            line = evidence.source[number - 1].text
            yield Spot(site_page.path, f"shows line {number}, which is furniture or noise: {excerpt(line)}")


def _content(page: SitePage) -> Iterator[str]:
    """What stands in the main text beside navigation and the editors' notes, which quote the source."""
    for node in page.main.iter() if page.main else ():
        if node.tag != "nav" and node.attributes.get("role") != "note":
            yield from (piece.text for piece in spoken(node))


def find_published(evidence: Evidence) -> Iterator[Spot]:
    """A paragraph that says what a furniture line says, letter for letter."""
    keys = rejected(evidence)
    for page, block, text in evidence.texts():
        if isinstance(block, Paragraph | Quote) and (line := keys.get(bare(text.source))):
            first = re.sub(r"^[#\s]+", "", evidence.source[line - 1].text)
            place = f"{evidence.lines_place(text)}, {page.slug}#{text.id}"
            yield Spot(place, f"the paragraph repeats line {line}, which is furniture or noise: {excerpt(first)}")


AUDITS = (
    Audit(
        "noise-visible",
        "no running head and no noise stands in a page's main text",
        "DESIGN 4: furniture is marked, never published",
        "run: report-site build; if it stays, a template prints it",
        find_visible,
    ),
    Audit(
        "noise-published",
        "no paragraph is a running head or noise",
        "DESIGN 9.3 and 9.6",
        "rule on the line in report.yml: as furniture or noise",
        find_published,
    ),
)
