"""The page about what `check` finds, from the audits' own registry: each code, its rule and its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from report_site.audits import AUDITS
from report_site.audits.ignores import UNUSED, UNUSED_REMEDY, UNUSED_RULE

from .wording import Voice, marked

CODES = {**{code: (audit.rule, audit.remedy) for code, audit in AUDITS.items()}, UNUSED: (UNUSED_RULE, UNUSED_REMEDY)}
"""Code -> what holds of a sound report, what to do where it doesn't; in English."""


def family(code: str) -> str:
    return code.partition("-")[0]


def findings_page(voice: Voice) -> str:
    """The page's Markdown: one heading a family, one below it for each code."""
    parts = [f"# {voice.say('findings', 'title')}", "", voice.say("findings", "text"), ""]
    for name, codes in groupby(sorted(CODES, key=_rank), key=family):
        parts += [f"## {voice.say('families', name)} {{: #{name} }}", ""]
        for code in codes:
            parts += [*_section(code, voice), ""]
    return "\n".join(parts)


def _rank(code: str) -> int:
    """Families in the order of the audits, their codes together."""
    return list(dict.fromkeys(map(family, CODES))).index(family(code))


def _section(code: str, voice: Voice) -> Iterator[str]:
    yield f"### `{code}` {{: #{code} }}"
    yield ""
    for part, english in zip(("rule", "remedy"), CODES[code], strict=True):
        yield f"- {voice.say('findings', part)}{_said(code, part, english, voice)}"


def _said(code: str, part: str, english: str, voice: Voice) -> str:
    if voice.language == "en":
        return english
    return voice.known(("audits", code, part)) or marked(english)
