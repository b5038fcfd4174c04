"""The figures that stand for a chapter on the home page: each is stated by the lines that it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..language.numbers import compare, mentions, parse
from ..model import Language, SourceLine
from ..model.errors import Problem
from .layout import PROFILE_NAME
from .places import Places
from .profile import Headline


@dataclass(frozen=True, slots=True)
class Headlines:
    by_slug: Mapping[str, tuple[Headline, ...]]
    """Slug of a chapter -> those that this source has."""
    problems: tuple[Problem, ...]


def find_headlines(
    lines: Sequence[SourceLine], places: Places, language: Language, doubtful: Collection[int] = ()
) -> Headlines:
    """`doubtful`: lines that readers are told to doubt; the home page couldn't say so."""
    texts = {line.number: line.text for line in lines}
    found: dict[str, list[Headline]] = {entry.slug: [] for _, entry in places.headings.values() if entry.headlines}
    problems: list[Problem] = []
    for entry, headline, span in places.headlines:
        stated = "\n".join(texts.get(n, "") for n in range(span[0], span[1] + 1))
        problems += _unstated(headline, stated, language)
        if not set(doubtful).isdisjoint(range(span[0], span[1] + 1)):
            where = f"{headline.at.in_file(PROFILE_NAME)}: headlines, {headline.at}"
            remedy = "choose another line that states it, or another figure"
            problems.append(Problem(where, "stands on a line that is flagged as doubtful", remedy))
        found.setdefault(entry.slug, []).append(headline)
    return Headlines({slug: tuple(chosen) for slug, chosen in found.items()}, tuple(problems))


def _unstated(headline: Headline, stated: str, language: Language) -> Iterator[Problem]:
    value = headline.value
    where = f"{headline.at.in_file(PROFILE_NAME)}: headlines, {headline.at}"
    if not all(mentions(stated, quantity, language) for quantity in parse(value[language], language)):
        yield Problem(where, f"the lines don't state {value[language]!r}", "name the line that holds the number")
    if differences := compare(value.zh, value.en):
        yield Problem(where, f"{value.zh!r} and {value.en!r} differ: {differences[0]}", "write the same number in both")
