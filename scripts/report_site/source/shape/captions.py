"""Steps over assembled elements: captions to what they name, titles to tables and values, words to diagrams."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ...language.characters import CAPTION_MARK, SENTENCE_END, bare, word_pairs
from ...language.joining import join_lines
from ...language.patterns import NUMBERED_CAPTION, TABLE_TITLE
from ...language.values import is_value
from ...model import RuleName
from .elements import Element, ElementKind, Piece
from .tables.cells import CODE_LIST

LONGEST_CAPTION = 100
"""Characters."""
LONGEST_CAPTION_REACH = 5
"""How many elements before or after a caption may be its story's."""
LEAST_WORDS = 4
PICTURE_REACH = 4
"""Lines between the words of a picture and what recognition made of the rest of it."""
_TABLE_TITLES = (RuleName.MARKED_HEADING, RuleName.UNMARKED_TITLE, RuleName.TITLE_ABOVE_TEXT, RuleName.TABLE_TITLE)


def caption_of(match: re.Match[str]) -> str:
    """Without a mark that only says `photo:`, or `left:`, which means nothing where pictures stand one below the other;
    with the number of a figure, since the text refers to it.
    """
    numbered = any(char.isdigit() for char in match["mark"])
    return re.sub(r"\s*[|｜]\s*", " ", match[0]).strip() if numbered else match["text"].strip()


def captions_to_pictures(elements: list[Element]) -> list[Element]:
    """A picture takes the caption right below it, else the one right above that no other picture has."""
    result = list(elements)
    for before, after in ((0, 1), (1, 0)):
        i = 0
        while i + 1 < len(result):
            pair = result[i : i + 2]
            picture, caption = pair[before], pair[after]
            if (
                _is_picture(picture)
                and not picture.pieces
                and (_names_picture(caption) or (caption.kind is ElementKind.FIGURE and not _is_picture(caption)))
            ):
                result[i : i + 2] = [replace(picture, pieces=caption.pieces)]
            i += 1
    return result


def _names_picture(element: Element) -> bool:
    """A line that numbers itself as charts do: a caption beside a picture alone, since tables have such too."""
    plain = element.kind in (ElementKind.PARAGRAPH, ElementKind.HEADING) and len(element.text) <= LONGEST_CAPTION
    text = element.text
    return plain and bool(NUMBERED_CAPTION.match(text)) and not TABLE_TITLE.match(text) and text[-1] not in SENTENCE_END


def _is_picture(element: Element) -> bool:
    return element.kind is ElementKind.FIGURE and element.marked


def merge_figures(elements: list[Element]) -> list[Element]:
    """A table whose rows are captions (`|left:|left:|text|`) becomes figures."""
    merged: list[Element] = []
    for element in elements:
        merged.extend(_caption_rows(element) or [element])
    return merged


def _caption_rows(element: Element) -> list[Element]:
    if element.kind is not ElementKind.TABLE or not all(
        row and CAPTION_MARK.match(row[0].text) for row in element.rows
    ):
        return []
    figures: list[Element] = []
    for i, row in enumerate(element.rows):
        texts = [cell.text for cell in row if cell.text and not CAPTION_MARK.match(cell.text)]
        own = [caption_of(m) for cell in row if (m := CAPTION_MARK.match(cell.text)) and m["text"]]
        piece = Piece(join_lines(texts or own or [row[0].text]), row[0].lines)
        figures.append(
            Element(
                ElementKind.FIGURE,
                (piece,),
                rule="caption-row",
                extra=element.extra if i == 0 else (),
            )
        )
    return figures


def caption_tables(elements: list[Element], titles: frozenset[str]) -> list[Element]:
    """A title right above a table that the contents list doesn't name is the table's caption; so is one with a table's
    number right below a table that has none above.
    """
    result: list[Element] = []
    for i, element in enumerate(elements):
        following = elements[i + 1] if i + 1 < len(elements) else None
        if _titles_table(element, following, titles) and not _text_goes_on(elements, i):
            continue
        before = elements[i - 1] if i else None
        if before is not None and _titles_table(before, element, titles):
            if not _text_goes_on(elements, i - 1):
                element = replace(element, caption=before.pieces[0])
        elif _stands_below(element, result):
            result[-1] = replace(result[-1], caption=element.pieces[0])
            continue
        if element.kind is ElementKind.HEADING and element.rule == RuleName.TABLE_TITLE:
            element = replace(element, kind=ElementKind.PARAGRAPH)
        result.append(element)
    return result


def _stands_below(element: Element, before: Sequence[Element]) -> bool:
    """A table's number and title right below a table without a caption: the table that it could head isn't there."""
    titled = element.kind is ElementKind.HEADING and element.rule == RuleName.TABLE_TITLE
    return titled and bool(before) and before[-1].kind is ElementKind.TABLE and before[-1].caption is None


def _titles_table(element: Element, following: Element | None, titles: frozenset[str]) -> bool:
    return (
        element.kind is ElementKind.HEADING
        and following is not None
        and following.kind is ElementKind.TABLE
        and element.rule in _TABLE_TITLES
        and element.level == 0
        and bare(element.text) not in titles
    )


def _is_section(elements: Sequence[Element], i: int) -> bool:
    """A title at `i` that the source marks heads a section that holds its table alone: the last one, one of several
    in a row, one without text of another section before it; or an index of codes.
    """
    if elements[i].rule in (RuleName.MARKED_HEADING, RuleName.UNMARKED_TITLE) and _is_index(elements[i + 1]):
        return True
    if elements[i].rule != RuleName.MARKED_HEADING:
        return False
    following = elements[i + 2 : i + 4]
    if not following:
        return True
    alike = len(following) > 1 and following[1].kind is ElementKind.TABLE
    after_text = i > 0 and elements[i - 1].kind not in (ElementKind.HEADING, ElementKind.TABLE)
    return following[0].rule in (RuleName.MARKED_HEADING, RuleName.NUMBERED_HEADING) and (alike or not after_text)


def _is_index(table: Element) -> bool:
    codes = sum(any(CODE_LIST.match(cell.text) for cell in row) for row in table.rows)
    return codes > 1 and codes * 2 >= len(table.rows)


def _text_goes_on(elements: Sequence[Element], i: int) -> bool:
    """Two tables, a list or the table's own numbered title after the title at `i`, or nothing else in its section: then
    a title without a number heads a section.
    """
    if elements[i].rule == RuleName.TABLE_TITLE:
        return False
    if _is_section(elements, i):
        return True
    after = elements[i + 2 : i + 4]
    if not after:
        return False
    if after[0].kind is ElementKind.HEADING and after[0].rule == RuleName.TABLE_TITLE:
        return len(after) == 1 or after[1].kind is not ElementKind.TABLE
    return after[0].kind in (ElementKind.LIST, ElementKind.TABLE)


def label_values(elements: list[Element], titles: frozenset[str]) -> list[Element]:
    """A title right above a lone value is the value's label."""
    result: list[Element] = []
    for element in elements:
        before = result[-1] if result else None
        lone = element.kind is ElementKind.KEY_FIGURES and len(element.pieces) == 1 and is_value(element.text)
        if lone and before is not None and before.kind is ElementKind.HEADING and bare(before.text) not in titles:
            value = element.pieces[0]
            result[-1] = replace(element, pieces=(), rows=((value, before.pieces[0]),))
        else:
            result.append(element)
    return result


def captions_to_their_story(elements: list[Element]) -> list[Element]:
    """A caption right before a heading that speaks of what follows, and not of what stands before, follows it."""
    result = list(elements)
    for i in range(len(result) - 1, 0, -1):
        figure = result[i]
        if (
            figure.kind is not ElementKind.FIGURE
            or i + 1 >= len(result)
            or result[i + 1].kind is not ElementKind.HEADING
        ):
            continue
        end = next((k for k in range(i + 1, len(result)) if result[k].kind is ElementKind.PARAGRAPH), None)
        if end is None or end - i > LONGEST_CAPTION_REACH:
            continue
        before = " ".join(e.text for e in result[max(0, i - LONGEST_CAPTION_REACH) : i])
        after = " ".join(e.text for e in result[i + 1 : i + 1 + LONGEST_CAPTION_REACH])
        if _share(figure.text, after) > _share(figure.text, before) + 0.15:
            result[i : end + 1] = [*result[i + 1 : end + 1], figure]
    return result


def _share(caption: str, text: str) -> float:
    wanted = word_pairs(caption)
    return len(wanted & word_pairs(text)) / len(wanted) if wanted else 0.0


def gather_words(elements: list[Element], titles: frozenset[str], noise: Sequence[int]) -> list[Element]:
    """Four or more short lines without a sentence, by a caption or rubbish, are the words of a picture: no order."""
    result: list[Element] = []
    i = 0
    while i < len(elements):
        end = i
        while end < len(elements) and _is_word(elements[end], titles):
            end += 1
        if end > i and elements[end - 1].kind is ElementKind.HEADING and not _heads(elements, end):
            end -= 1
        if end - i >= LEAST_WORDS and _by_picture(elements, i, end, noise):
            pieces = tuple(piece for element in elements[i:end] for piece in element.pieces)
            result.append(Element(ElementKind.WORDS, pieces, rule="diagram-words"))
            i = end
        else:
            result += elements[i : max(end, i + 1)]
            i = max(end, i + 1)
    return result


def _by_picture(elements: Sequence[Element], start: int, end: int, noise: Sequence[int]) -> bool:
    """A caption stands next to the words, or rubbish that recognition made of the picture."""
    beside = [elements[i] for i in (start - 1, end) if 0 <= i < len(elements)]
    first, last = elements[start].lines[0] - PICTURE_REACH, elements[end - 1].lines[-1] + PICTURE_REACH
    at = bisect_left(noise, first)
    return any(element.kind is ElementKind.FIGURE for element in beside) or (at < len(noise) and noise[at] <= last)


def _heads(elements: Sequence[Element], i: int) -> bool:
    """A heading (or nothing) follows, so that the one before has no text of its own."""
    return i >= len(elements) or elements[i].kind is ElementKind.HEADING


def _is_word(element: Element, titles: frozenset[str]) -> bool:
    if (
        element.kind not in (ElementKind.HEADING, ElementKind.PARAGRAPH)
        or element.level
        or element.rule in (RuleName.CHAPTER_OPENING, RuleName.RUN_IN_HEADING)
    ):
        return False
    text = element.text
    return (
        len(element.lines) == 1
        and len(text) <= 24
        and not re.search(r"[，。；：！？,.;:!?]", text)
        and bare(text) not in titles
    )
