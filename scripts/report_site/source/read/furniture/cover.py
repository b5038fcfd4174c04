"""The cover: titles before the text begins, and what repeats them on the last page. A sentence is never cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ....language.characters import PICTURE_MARK, bare
from ....language.patterns import ABOUT_REPORT, REPORT_TITLE, REPORT_WORD, YEAR
from ....language.values import is_period
from ....model import SourceLine
from .contents import Contents
from .heads import RunningHeads
from .lines import body, ends_sentence, heading_mark, is_listed, is_prose, is_row

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST_COVER = 40
"""Lines that a cover may have before the contents list."""
LONGEST_FIRST_PAGE = 12
"""Lines of a first page that is a cover."""


def cover_lines(
    texts: Sequence[SourceLine], contents: Contents, rules: Mapping[int, str], heads: RunningHeads
) -> frozenset[int]:
    """Lines before the contents list, and lines at the very end that repeat one of them."""
    front = _front(texts, contents, rules)
    keys = {bare(body(line)) for line in front}
    numbers = {line.number for line in front}
    back: list[SourceLine] = []
    for line in reversed(texts):
        if bare(body(line)) not in keys or line.number in numbers:
            break
        back.append(line)
    return frozenset(
        line.number for line in (*front, *back) if line.number not in heads.rules and not PICTURE_MARK.match(body(line))
    )


def _front(texts: Sequence[SourceLine], contents: Contents, rules: Mapping[int, str]) -> list[SourceLine]:
    if contents.lines:
        first = min(contents.lines)
        return list(_before_text([line for line in texts if line.number < first], rules))
    return _titled_first_page(texts) or _stacked_titles(texts) or _report_title(texts)


def _before_text(front: Sequence[SourceLine], rules: Mapping[int, str]) -> Iterator[SourceLine]:
    """The lines before the first sentence, row, item or value; where there is one, its title isn't of the cover."""
    end = next((i for i, line in enumerate(front) if line.number not in rules and _is_text(line)), None)
    if end is None:
        yield from front[:LONGEST_COVER]
        return
    while end and (heading_mark(front[end - 1]) or front[end].number - front[end - 1].number == 1):
        end -= 1
        if front[end].number - front[end - 1].number > 1:
            break
    yield from front[:end]


def _is_text(line: SourceLine) -> bool:
    text = body(line)
    if PICTURE_MARK.match(text) or is_period(text):
        return False
    return is_prose(text) or is_row(line) or is_listed(line.text) or bool(re.search(r"\d", YEAR.sub("", text)))


def _titled_first_page(texts: Sequence[SourceLine]) -> list[SourceLine]:
    """The first page of a source with form feeds, when it holds titles only."""
    end = next((i for i, line in enumerate(texts) if line.page_break and i), 0)
    page = list(texts[:end])
    is_cover = page and len(page) <= LONGEST_FIRST_PAGE and not any(_is_text(line) for line in page)
    return page if is_cover else []


def _stacked_titles(texts: Sequence[SourceLine]) -> list[SourceLine]:
    """Two or more marked titles that name the report and its year, right above the heading of the first text."""
    end = next((i for i, line in enumerate(texts[: LONGEST_FIRST_PAGE + 1]) if not _is_title(line)), 0)
    names = [i for i, line in enumerate(texts[: max(0, end - 1)]) if _names_report(body(line))]
    after = range(max(names, default=0) + 1, end)
    last = next((i for i in after if heading_mark(texts[i]) and not is_period(body(texts[i]))), 0)
    front = list(texts[:last])
    dated = any(_YEAR.search(body(line)) for line in front)
    marked = len(front) > 1 and heading_mark(front[0]) and heading_mark(texts[end - 1])
    return front if marked and names and dated else []


def _names_report(text: str) -> bool:
    return bool(REPORT_TITLE.search(text)) and not ABOUT_REPORT.search(text)


def _is_title(line: SourceLine) -> bool:
    text = body(line)
    return bool(heading_mark(line) and not is_prose(text)) or is_period(text) or bool(PICTURE_MARK.match(text))


def _report_title(texts: Sequence[SourceLine]) -> list[SourceLine]:
    """Without a cover page: an unmarked first line that names a report, before the text begins."""
    if len(texts) < 2:
        return []
    first = texts[0]
    named = REPORT_WORD.search(first.text) and not ends_sentence(first.text)
    return [first] if named and not heading_mark(first) and texts[1].number > first.number + 1 else []
