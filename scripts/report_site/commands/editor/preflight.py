"""The preflight page: what was recognised, then each doubtful place with what settles it, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...language.strings import all_words, words
from .doubts import Doubt, Material, Remedy
from .finding import find_doubts
from .html import page_of, tag_of
from .recognised import recognised

AROUND = 2
"""Lines of the source that stand above and below a doubtful place."""
MOST_SHOWN = 12
"""Lines of one place; of a longer one the beginning and the end."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """The page, and what the pages of the site say of it."""

    html: str
    tag: str
    """Its language."""
    doubts: tuple[Doubt, ...]
    links: Mapping[str, tuple[str, str]]
    """Slug of a page -> anchor of its doubts, words of the link."""


def preflight(material: Material, voice: str, site: str = "") -> Preflight:
    """`site`: address of the site, where the page stands beside it."""
    report = material.report
    doubts = find_doubts(material)
    counts = Counter(doubt.page for doubt in doubts if doubt.page)
    titles = {page.slug: page.section.heading.text.source for page in report.pages}
    html = page_of(
        "preflight.html",
        voice,
        title=report.called(report.title, report.language),
        language=report.varieties[report.language].tag,
        recognised=recognised(report, words("preflight-none", voice)),
        doubts=[_shown(doubt, material, voice) for doubt in doubts],
        pages=[(slug, titles[slug], [one for one in doubts if one.page == slug]) for slug in titles if slug in counts],
        names={doubt: _name(doubt, voice) for doubt in doubts},
        anchors={doubt: f"{doubt.id}-{number}" for number, doubt in enumerate(doubts, 1)},
        titles=titles,
        site=site,
    )
    links = {slug: (f"page-{slug}", words("preflight-link", voice, count=count)) for slug, count in counts.items()}
    return Preflight(html, tag_of(voice), doubts, links)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A doubt as the page says it."""

    doubt: Doubt
    name: str
    did: str
    why: str
    sure: str
    source: Sequence[tuple[int, str, bool]]
    """Number, text, and whether it is the place itself; number 0: lines left out."""
    remedies: Sequence[tuple[str, Remedy]]


def _shown(doubt: Doubt, material: Material, voice: str) -> _Shown:
    return _Shown(
        doubt,
        _name(doubt, voice),
        words(f"preflight-did-{doubt.code}", voice),
        _why(doubt, voice),
        words(f"preflight-sure-{doubt.sure.name.lower()}", voice),
        tuple(_source(doubt, material)),
        [(words(f"preflight-when-{remedy.when}", voice), remedy) for remedy in doubt.remedies],
    )


def _name(doubt: Doubt, voice: str) -> str:
    """What the doubt is, with its line."""
    what = words(f"preflight-what-{doubt.code}", voice)
    if not doubt.lines:
        return words("labelled", voice, label=what[:1].upper() + what[1:], text=doubt.value)
    span = str(doubt.lines[0]) if len(doubt.lines) == 1 else f"{doubt.lines[0]}–{doubt.lines[-1]}"
    return words("preflight-at-line", voice, line=span, what=what)


def _why(doubt: Doubt, voice: str) -> str:
    """By the comment of a guess, by the rule that decided, else by the kind of doubt."""
    if doubt.basis:
        return words("preflight-why-told", voice, reason=doubt.basis)
    for key in (f"preflight-rule-{doubt.rule}", f"preflight-why-{doubt.code}"):
        if key in all_words(voice):
            return words(key, voice)
    return words("preflight-rule-other", voice, rule=doubt.rule)


def _source(doubt: Doubt, material: Material) -> Iterator[tuple[int, str, bool]]:
    if not doubt.lines:
        return
    lines = material.report.basis.lines
    first, last = max(1, doubt.lines[0] - AROUND), min(len(lines), doubt.lines[-1] + AROUND)
    numbers = list(range(first, last + 1))
    if len(numbers) > MOST_SHOWN:
        numbers = [*numbers[: MOST_SHOWN // 2], 0, *numbers[-MOST_SHOWN // 2 :]]
    for number in numbers:
        yield number, lines[number - 1].raw.strip("\f") if number else "", number in doubt.lines
