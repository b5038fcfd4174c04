"""What a designed page carries beside its text: contents list, running heads, page numbers, cover.

Found by what repeats, by where it stands and by what the contents list says, never by one report's wording. Running
heads open printed pages, so they (or form feeds) also tell every line's printed page; contents list and page numbers
calibrate the count. What isn't proved to be furniture stays text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....model import RuleName, SourceLine
from .contents import Contents, ContentsEntry, find_contents
from .cover import cover_lines
from .heads import find_heads
from .lines import bare_number, body, heading_mark, is_prose, title_key
from .pages import find_pages

__all__ = [
    "Contents",
    "ContentsEntry",
    "Furniture",
    "bare_number",
    "body",
    "find_contents",
    "find_furniture",
    "heading_mark",
    "is_prose",
    "title_key",
]


@dataclass(frozen=True, slots=True)
class Furniture:
    """All furniture of a source: which rule took which line, and what was learnt from it."""

    rules: Mapping[int, str]
    contents: Contents
    printed_pages: Mapping[int, int]
    titles: Mapping[str, str] = field(default_factory=dict)
    """Other-language titles harvested from bilingual running heads, by `bare` source title."""
    chapters: tuple[str, ...] = ()
    """Running heads that name chapters, in order of appearance."""
    report_titles: tuple[str, ...] = ()
    """Running heads or cover lines that name the whole report."""
    opened_titles: frozenset[int] = frozenset()
    """Lines spelt like a running head that are the chapter's title."""
    opened_texts: Mapping[int, str] = field(default_factory=dict)
    """The part of such a line that is the title, where the line holds more."""


def find_furniture(lines: Sequence[SourceLine]) -> Furniture:
    """Contents, running heads, page numbers and cover of `lines`."""
    texts = [line for line in lines if not line.blank]
    contents = find_contents(texts)
    heads = find_heads(texts, contents)
    rules = dict.fromkeys(contents.lines, RuleName.CONTENTS_LIST) | dict(heads.rules)
    cover = cover_lines(texts, contents, rules, heads)
    printed = find_pages(texts, contents, heads)
    rules |= {number: RuleName.PAGE_NUMBER for number in printed.numbers if number not in rules}
    rules |= {number: RuleName.COVER for number in cover if rules.get(number) in (None, RuleName.PAGE_NUMBER)}
    rules |= dict.fromkeys(_between_heads(texts, rules), RuleName.RUNNING_HEAD)
    return Furniture(
        rules=rules,
        contents=contents,
        printed_pages=printed.pages,
        titles=heads.titles,
        chapters=heads.chapters,
        report_titles=heads.report_titles,
        opened_titles=heads.opened,
        opened_texts=heads.opened_texts,
    )


def _between_heads(texts: Sequence[SourceLine], rules: Mapping[int, str]) -> list[int]:
    """Numbers with a running head above and below: no text stands there that they could belong to."""
    return [
        line.number
        for before, line, after in zip(texts, texts[1:], texts[2:], strict=False)
        if line.number not in rules
        and bare_number(body(line)) is not None
        and rules.get(before.number) == rules.get(after.number) == RuleName.RUNNING_HEAD
    ]
