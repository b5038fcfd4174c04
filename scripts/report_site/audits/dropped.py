"""Numbers of the source that no page shows: each is named until a person has ruled on its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..model import Fate, LineFate, RuleName
from .evidence import Evidence, spoken
from .finding import Audit, Spot, excerpt, listed

_RUN = re.compile(r"\d+(?:[.,:/]\d+)*")
_OF_A_PAGE = re.compile(r"\d{1,4}(?:\.\d{1,2})*(?![\d.,:/]*\s*[%‰])")
"""A page number, a year, the number of a section: what running heads and contents lists hold."""


def find_numbers(evidence: Evidence) -> Iterator[Spot]:
    shown = _shown(evidence)
    texts = {line.number: line.text for line in evidence.source}
    for entry in evidence.report.ledger.lines:
        if lost := [number for number in _left_out(entry, texts.get(entry.line, "")) if number not in shown]:
            what = f"{listed(dict.fromkeys(lost))} on no page, the line being {entry.fate} ({entry.rule})"
            yield Spot(f"{evidence.source_name}:{entry.line}", f"{what}: {excerpt(texts[entry.line])}")


def _left_out(entry: LineFate, text: str) -> Iterator[str]:
    """Numbers of what the ledger names as noise or furniture, by a rule's judgement alone."""
    if entry.ruled:
        return
    if entry.fate is Fate.NOISE:
        yield from _numbers(text)
    elif entry.fate is Fate.FURNITURE:
        yield from _numbers(_OF_A_PAGE.sub("", unicodedata.normalize("NFKC", text)))
    else:
        for change in entry.changes:
            if change.rule == RuleName.NOISE_CELL:
                yield from _numbers(change.before)


def _numbers(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text))


def _shown(evidence: Evidence) -> set[str]:
    """Every number that a page of the report says or a picture's alternative says, whole and in its parts."""
    found: set[str] = set()
    for page in evidence.report_pages:
        if page.main is not None and page.language == evidence.language:
            said = [piece.text for piece in spoken(page.main)]
            said += [image.attributes.get("alt") or "" for image in page.main.css("img")]
            found.update(_numbers("\n".join(said)))
    return found


AUDITS = (
    Audit(
        "conservation-number",
        "every number of the source stands on a page, or a person has ruled that its line is none of the text",
        "DESIGN 4, conservation",
        "rule on the line in report.yml, under `lines`: as text, noise or furniture, with the reason",
        find_numbers,
    ),
)
