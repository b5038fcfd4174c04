"""Whatever looks like an abbreviation is one that the glossary expands, or a part of a name (WCAG 3.1.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .evidence import Evidence, text_place
from .finding import Audit, Spot

_CAPITALS = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,6}(?=s?(?![A-Za-z0-9-]))")

_EDGE = (r"(?<![A-Za-z0-9])", r"s?(?![A-Za-z0-9])")


def find_unexplained(evidence: Evidence) -> Iterator[Spot]:
    """Of a report whose glossary expands none, nothing is asked: one finding an abbreviation, at its first place."""
    if not any(term.expansion for term in evidence.terms):
        return
    named = _named(evidence)
    for language in evidence.languages:
        told: set[str] = set()
        for page, _, text in evidence.texts():
            said = text.in_language(language, evidence.language) or ""
            for form in dict.fromkeys(_CAPITALS.findall(named.sub(" ", said))):
                if form not in told:
                    told.add(form)
                    yield Spot(text_place(evidence, page, text), f"“{form}” is not explained ({language})")


def _named(evidence: Evidence) -> re.Pattern[str]:
    """Every name of the glossary, longest first: capitals inside one are no abbreviation of their own."""
    forms = {form for term in evidence.terms for form in (*term.forms, term.zh)}
    listed = (
        f"{_EDGE[0] * _is_latin(form[0])}{re.escape(form)}{_EDGE[1] * _is_latin(form[-1])}"
        for form in sorted(forms, key=len, reverse=True)
    )
    return re.compile("|".join(listed), re.IGNORECASE)


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


AUDITS = (
    Audit(
        "abbreviation-unexplained",
        "an abbreviation is expanded in the glossary, or is a part of one of its names",
        "WCAG 3.1.4 (abbreviations)",
        "add it to glossary.yml with its `expansion`, or as a name",
        find_unexplained,
    ),
)
