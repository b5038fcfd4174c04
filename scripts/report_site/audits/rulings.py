"""What report.yml rules finds its place and does something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ..folder.profile import Bilingual
from ..language.characters import HAN, bare
from ..language.tags import other_than
from ..model import Heading, Language, RuleName
from .evidence import Evidence
from .finding import Audit, Spot, excerpt

_SENTENCE = re.compile(r"[。；;]$|[，,].*[。.]$|(?:\S+ ){5,}\S+\.$")
"""No title ends so."""
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_WORDS: Mapping[Language, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(f"[{HAN}]"), "en": re.compile(r"(?<![A-Za-z])[a-z]{2}")}
)
"""Of a language: in English, names have capitals and units one letter."""
_PASSAGE: Mapping[Language, re.Pattern[str]] = MappingProxyType(
    {"zh": re.compile(f"[{HAN}]+"), "en": re.compile(f"(?<=[“‘「])[^“”‘’「」{HAN}]+(?=[”’」])")}
)
"""Of the report in another language's sentence; of Latin letters only quotation marks tell that they are no name."""


def find_missing(evidence: Evidence) -> Iterator[Spot]:
    for section, place in evidence.report.missing:
        file = place.in_file("figures.yml" if section == "figures" else "report.yml")
        yield Spot(f"{file}: {section}: {place}", f"is not in {evidence.source_name}")


def find_idle(evidence: Evidence) -> Iterator[Spot]:
    missing = {place for section, place in evidence.report.missing if section == "corrections"}
    for one in evidence.report.corrections:
        if not (one.official_only or one.applied or one.at in missing):
            place = f"{one.at.in_file('report.yml')}: corrections: {one.at}"
            yield Spot(place, f"{excerpt(one.wrong)} isn't there: nothing is corrected")


def find_headings(evidence: Evidence) -> Iterator[Spot]:
    """Entries of the outline at a line that the source has for something else."""
    texts = {line.number: line.text.strip() for line in evidence.source if not evidence.other_source}
    titles = {
        block.lines[0]: text.source for _, block, text in evidence.texts() if isinstance(block, Heading) and block.lines
    }
    for entry in (inner for outer in evidence.folder.profile.outline for inner in outer.walk()):
        text = texts.get(entry.at.first, "")
        place = f"{entry.at.in_file('report.yml')}: outline: {entry.at}"
        if bare(entry.at.fragment) not in bare(text):
            continue
        if text.startswith("|"):
            yield Spot(place, f"is a row of a table: {excerpt(text)}")
        elif _SENTENCE.search(titles.get(entry.at.first, text)):  # a title may open the line of its text
            yield Spot(place, f"reads as a sentence: {excerpt(text)}")


def find_left_out(evidence: Evidence) -> Iterator[Spot]:
    for entry in evidence.report.ledger.lines:
        for change in entry.changes:
            if change.rule == RuleName.RULING_LEAVES_OUT:
                place = f"{evidence.source_name}:{entry.line}"
                yield Spot(place, f"a table of report.yml leaves out a printed number: {excerpt(change.before)}")


def find_unglossed(evidence: Evidence) -> Iterator[Spot]:
    """Passages that pages in the other language quote. A number, a code or a name of the glossary needs no meaning."""
    if len(evidence.languages) == 1:
        return
    other = other_than(evidence.language)
    profile, names = evidence.folder.profile, {bare(name) for term in evidence.terms for name in (term.zh, term.en)}

    def unknown(passage: str) -> bool:
        return bool(_WORDS[evidence.language].search(passage)) and bare(passage) not in names

    for one in profile.corrections:
        place = f"{one.at.in_file('report.yml')}: corrections: {one.at}"
        for key, passage, gloss in (("wrong", one.wrong, one.gloss.wrong), ("right", one.right, one.gloss.right)):
            if not gloss and unknown(passage):
                yield Spot(place, f"gloss.{key} is missing: {excerpt(passage)}")
        for said in filter(unknown, _quoted(one.why, evidence)):
            yield Spot(place, f"why.{other}: {excerpt(said)}")
    for flag in profile.flags:
        place = f"{flag.at.in_file('report.yml')}: flags: {flag.at}"
        for said in filter(unknown, _quoted(flag.what, evidence)):
            yield Spot(place, f"what.{other}: {excerpt(said)}")


def _quoted(said: Bilingual, evidence: Evidence) -> Iterator[str]:
    """Passages of the report in an editor's sentence in the other language, those in or before brackets aside."""
    plain = _BRACKETED.sub("()", said[other_than(evidence.language)])
    for match in _PASSAGE[evidence.language].finditer(plain):
        if not plain[match.end() :].lstrip(" ’”」").startswith("()"):
            yield match[0]


AUDITS = (
    Audit(
        "rulings-place",
        "every ruling of report.yml finds its place in the source",
        "HOUSE-STYLE 8: report knowledge is data with a reason",
        "mend its line and fragment, or take the ruling out",
        find_missing,
    ),
    Audit(
        "rulings-correction",
        "every correction of both wordings corrects something",
        "DESIGN 9.14",
        "take it out, or mark it `wording: official` when only the publisher's text has the error",
        find_idle,
    ),
    Audit(
        "rulings-gloss",
        "what pages in the other language quote of the report has its meaning beside it",
        "WCAG 3.1.3",
        "say in `gloss` what the passage says, or behind it in brackets; a number or a name of the glossary needs none",
        find_unglossed,
    ),
    Audit(
        "rulings-heading",
        "an entry of the outline stands at a heading",
        "HOUSE-STYLE 8: report knowledge is data with a reason",
        "name the line of the heading",
        find_headings,
    ),
    Audit(
        "rulings-number",
        "a table that report.yml sets holds every number of its lines",
        "DESIGN 4, conservation",
        "add the cell to the ruling's rows",
        find_left_out,
    ),
)
