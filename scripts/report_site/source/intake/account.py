"""The proof of completeness: each page's words by PDFium against what came in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set

from ...language.characters import plain_digits
from .extraction import Missing, PageAccount, Picture
from .lines import Line
from .page import PageContent, Run

Key = tuple[int, int]
"""Page and first character of a run."""


def taken_runs(lines: Iterable[tuple[int, Line]]) -> set[Key]:
    return {(page, run.first) for page, line in lines for run in line.runs}


def page_account(
    content: PageContent,
    printed: int | None,
    taken: set[Key],
    pictures: Sequence[Picture],
    hidden: Set[int] = frozenset(),
) -> tuple[PageAccount, tuple[Missing, ...]]:
    """Words of the page and how many came in; the others by name and box."""
    missing = [
        Missing(content.number, run.box, run.text.strip(), _reason(content, run, hidden))
        for run in content.runs
        if run.text.strip() and (content.number, run.first) not in taken
    ]
    words = len(content.words.split())
    held = max(0, words - sum(len(entry.words.split()) for entry in missing))
    own = [picture for picture in pictures if picture.page == content.number]
    decorations = sum(bool(picture.decoration) for picture in own)
    account = PageAccount(content.number, printed, words, held, len(own) - decorations, decorations)
    return account, tuple(missing)


def _reason(content: PageContent, run: Run, hidden: Set[int]) -> str:
    if run.first in hidden:
        return "not visible on the page"
    return "outside the visible page" if not content.box.meets(run.box) else "not placed"


def lost_characters(contents: Sequence[PageContent], missing: Sequence[Missing], text: str) -> dict[str, int]:
    """Letters and digits by PDFium that the text has too few of: a check that knows nothing of runs and blocks.

    Hyphens of line breaks are no letters, so joined words count alike.
    """
    wanted: Counter[str] = Counter()
    for content in contents:
        wanted.update(char for run in content.runs for char in plain_digits(run.text) if char.isalnum())
    for entry in missing:
        wanted.subtract(char for char in plain_digits(entry.words) if char.isalnum())
    # Digits that are small in print stand raised in the text.
    wanted.subtract(char for char in plain_digits(text) if char.isalnum())
    return {char: count for char, count in wanted.items() if count > 0}


def unread_words(contents: Sequence[PageContent]) -> dict[int, int]:
    """Words in PDFium's own page text beyond those of the runs, by page: 0 unless the reading of runs has a hole."""
    found: dict[int, int] = defaultdict(int)
    for content in contents:
        told = Counter(char for char in plain_digits(content.words) if char.isalnum())
        told.subtract(char for run in content.runs for char in plain_digits(run.text) if char.isalnum())
        if (count := sum(n for n in told.values() if n > 0)) > 0:
            found[content.number] = count
    return dict(found)
