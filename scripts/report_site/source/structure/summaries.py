"""What a page says in short, in the site's own plain words, as the first thing that stands on it (WCAG 3.1.5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from ...folder.layout import PROFILE_NAME
from ...folder.loading import ReportFolder
from ...folder.profile import Summary
from ...folder.validation import line_of
from ...language.tags import other_than
from ...model import Language, Note, Page, Text
from ...model.errors import Problem


def with_summaries(
    pages: Sequence[Page], summaries: Mapping[str, Summary], own: Language, spoken: Collection[Language]
) -> tuple[Page, ...]:
    """The pages, each that has a summary in all languages spoken with it; half of one is shown to nobody."""
    return tuple(
        _with(page, given, own) if (given := summaries.get(page.slug)) and all(given[one] for one in spoken) else page
        for page in pages
    )


def _with(page: Page, given: Summary, own: Language) -> Page:
    identity = f"{page.section.heading.id}-summary"
    text = Text(given[own], identity, translation=given[other_than(own)] or None)
    note = Note(lines=(), id=identity, text=text, purpose="summary")
    return replace(page, section=replace(page.section, blocks=(note, *page.section.blocks)))


def unknown_pages(folder: ReportFolder, pages: Sequence[Page]) -> Iterator[Problem]:
    """Entries of `summaries` and `official` for pages that nobody knows, each with its line of report.yml.

    A page of the outline that this source doesn't have is no mistake of theirs.
    """
    outlined = (entry.slug for top in folder.profile.outline for entry in top.walk())
    slugs = list(dict.fromkeys([*(page.slug for page in pages), *outlined]))
    path = folder.root / PROFILE_NAME
    named = [("summaries", slug, slug) for slug in folder.profile.summaries]
    named += [("official", context, context.partition("#")[0]) for context in folder.profile.official]
    for section, key, slug in named:
        if slug not in slugs:
            place = f"{path}:{line_of(path, folder.root, (section, key))}: {section}.{key}"
            known = [page.slug for page in pages] or slugs
            yield Problem(place, f"{slug!r} is no page of the report", f"write one of {', '.join(known)}")
