"""Classified lines to elements: paragraphs joined, lists and tables gathered, captions with their texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..language.characters import (
    CAPTION_MARK,
    CLOSING_MARKS,
    PICTURE_MARK,
    SENTENCE_END,
    alternative_of,
    bare,
    han_count,
    word_pairs,
)
from ..language.joining import join_lines
from ..language.patterns import JOINING_ENDS, NUMBER_ALONE
from ..language.values import is_value
from ..model import Language
from ..read.classify import TORN, ClassifiedLine, LineKind, is_table_rule
from ..read.furniture import Contents
from ..read.marks import counts_on
from .elements import Element, ElementKind, Piece, width_of
from .figure_lines import pair_lines
from .key_figures import SpokenProse
from .tables import PageEnds, absorb_columns, attach_notes, join_halves

SILENT = (LineKind.FURNITURE, LineKind.NOISE, LineKind.CONTINUED)


def assemble(lines: Sequence[ClassifiedLine], contents: Contents, language: Language = "zh") -> tuple[Element, ...]:
    """Elements in the order of the source."""
    notes, body = _without_notes([line for line in lines if line.kind not in SILENT])
    elements = list(_elements(body))
    titles = frozenset(bare(entry.title) for entry in contents.entries)
    noise = [line.number for line in lines if line.kind is LineKind.NOISE]
    for step in (
        _merge_figures,
        _captions_to_pictures,
        absorb_columns,
        lambda e: _caption_tables(e, titles),
        lambda e: pair_lines(e, titles, SpokenProse(e, language)),
        lambda e: _label_values(e, titles),
        lambda e: _gather_words(e, titles, noise),
        _captions_to_their_story,
        lambda e: join_halves(e, PageEnds(lines)),
        attach_notes,
    ):
        elements = step(elements)
    return tuple(_with_notes(elements, notes))


# --- footnotes -----------------------------------------------------------------------------------------------------


def _without_notes(body: Sequence[ClassifiedLine]) -> tuple[list[Piece], list[ClassifiedLine]]:
    """Footnotes, each with the lines that go on with it, and the text without them, as if they didn't break it."""
    notes: list[Piece] = []
    rest: list[ClassifiedLine] = []
    i = 0
    while i < len(body):
        if body[i].kind is not LineKind.FOOTNOTE:
            rest.append(body[i])
            i += 1
            continue
        end = i + 1
        while end < len(body) and _goes_on_with(body[end - 1], body[end]):
            end += 1
        lines = body[i:end]
        notes.append(Piece(join_lines([line.text for line in lines]), tuple(n for line in lines for n in line.numbers)))
        i = end
    return notes, rest


def _goes_on_with(before: ClassifiedLine, after: ClassifiedLine) -> bool:
    touches = after.number - before.numbers[-1] == 1
    return after.kind is LineKind.TEXT and touches and before.text.rstrip(CLOSING_MARKS)[-1:] not in SENTENCE_END


def _with_notes(elements: Sequence[Element], notes: Sequence[Piece]) -> list[Element]:
    """The notes of a section, together at its end."""
    result: list[Element] = []
    waiting = list(notes)
    for element in elements:
        if element.kind is ElementKind.HEADING:
            above = [note for note in waiting if note.lines[0] < element.lines[0]]
            if above and result:
                result.append(Element(ElementKind.NOTES, tuple(above), rule="footnote"))
                waiting = [note for note in waiting if note not in above]
        result.append(element)
    return [*result, *([Element(ElementKind.NOTES, tuple(waiting), rule="footnote")] if waiting else [])]


def _elements(body: Sequence[ClassifiedLine]) -> Iterator[Element]:
    i = 0
    while i < len(body):
        line = body[i]
        end = i + 1
        if line.kind is LineKind.LIST_ITEM:
            end = _list_end(body, i)
            yield _list(body[i:end])
        elif line.kind in _RUNS:
            while end < len(body) and _same_run(body[end - 1], body[end]):
                end += 1
            yield _RUNS[line.kind](body[i:end])
        elif line.kind is LineKind.LEAD_IN and end < len(body):
            end = _paragraph_end(body, end)
            yield _led_in(line, body[i + 1 : end])
        elif line.kind is LineKind.RUN_IN:
            end = _paragraph_end(body, i)
            yield from _run_in(body[i:end])
        elif line.kind is LineKind.HEADING:
            while end < len(body) and body[end].rule == "title-rest":
                end += 1
            yield _heading(body[i:end])
        elif line.kind is LineKind.PICTURE:
            yield from _pictures(line)
        elif line.kind is LineKind.CAPTION:
            end = _caption_end(body, i)
            yield _figure(body[i:end])
        elif line.kind is LineKind.FIGURE_LABEL:
            yield _paragraph([line])
        elif line.kind is LineKind.QR_LABEL:
            yield Element(ElementKind.QR, (_piece(line),), rule=line.rule)
        else:
            end = _paragraph_end(body, i)
            yield _paragraph(body[i:end])
        i = end


def _heading(lines: Sequence[ClassifiedLine]) -> Element:
    """A title on two lines, or its number on a line of its own, is one heading."""
    first, *rest = lines
    texts = [line.text for line in lines]
    text = " ".join(texts) if NUMBER_ALONE.match(first.text) and rest else join_lines(texts)
    piece = Piece(text, tuple(n for line in lines for n in line.numbers))
    return Element(ElementKind.HEADING, (piece,), level=first.level, rule=first.rule)


def _piece(line: ClassifiedLine) -> Piece:
    return Piece(line.text, line.numbers)


def _same_run(before: ClassifiedLine, after: ClassifiedLine) -> bool:
    """Same kind, and no blank line breaks a table in two."""
    if before.kind in _TABLE or after.kind in _TABLE:
        return before.kind in _TABLE and after.kind in _TABLE and after.number - before.numbers[-1] == 1
    return before.kind is after.kind


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _paragraph_end(body: Sequence[ClassifiedLine], start: int) -> int:
    """A paragraph ends at a blank line, unless a page ended inside its sentence."""
    end = start + 1
    while end < len(body) and body[end].kind is LineKind.TEXT:
        before, after = body[end - 1], body[end]
        if after.rule == TORN:
            end += 1
            continue
        if after.line.opens or (after.number - before.numbers[-1] != 1 and not _torn_by_page(before, after)):
            break
        if after.number - before.numbers[-1] == 1 and _starts_paragraph(body, start, end):
            break
        end += 1
    return end


def _torn_by_page(before: ClassifiedLine, after: ClassifiedLine) -> bool:
    """The sentence stops in its middle and goes on below furniture."""
    stops = before.text.rstrip(CLOSING_MARKS)[-1:] not in SENTENCE_END + "：:" and len(before.text) > 20
    goes_on = bool(after.text) and (
        after.text[0].islower() or (han_count(after.text[:1]) > 0 and before.text[-1:] in JOINING_ENDS)
    )
    return stops and goes_on and after.number - before.number > 2


def _starts_paragraph(body: Sequence[ClassifiedLine], start: int, i: int) -> bool:
    """Without blank lines between paragraphs, a full stop on a line shorter than its fellows ends one."""
    before = body[i - 1].text
    if before.rstrip(CLOSING_MARKS)[-1:] not in SENTENCE_END:
        return False
    width = max(width_of(line.text) for line in body[start:i])
    longest = max(
        width,
        max((width_of(line.text) for line in body[i : i + 3] if line.kind is LineKind.TEXT), default=0),
    )
    return width_of(before) < 0.75 * longest or body[i].line.raw[:1] in "\u3000\t" or body[i].line.raw.startswith("  ")


def _paragraph(lines: Sequence[ClassifiedLine]) -> Element:
    piece = Piece(join_lines([line.text for line in lines]), tuple(n for line in lines for n in line.numbers))
    return Element(ElementKind.PARAGRAPH, (piece,), rule="joined-lines" if len(lines) > 1 else lines[0].rule)


def _led_in(lead: ClassifiedLine, lines: Sequence[ClassifiedLine]) -> Element:
    """The cut-off words stand again at the head of their sentence."""
    comma = "，" if han_count(lead.text) else ","
    start = join_lines([lead.text + comma, *(line.text for line in lines)])
    numbers = (*lead.numbers, *(n for line in lines for n in line.numbers))
    return Element(ElementKind.PARAGRAPH, (Piece(start, numbers),), rule="lead-in")


def _run_in(lines: Sequence[ClassifiedLine]) -> Iterator[Element]:
    """`Title: text …` becomes a heading and its paragraph; both stem from the same line."""
    text = join_lines([line.text for line in lines])
    title, _, rest = re.sub(r"[：:]", "\0", text, count=1).partition("\0")
    numbers = tuple(n for line in lines for n in line.numbers)
    yield Element(ElementKind.HEADING, (Piece(title.strip(), numbers[:1]),), rule="run-in-heading")
    yield Element(ElementKind.PARAGRAPH, (Piece(rest.strip(), numbers),), rule="run-in-heading")


# --- runs ----------------------------------------------------------------------------------------------------------


def _list_end(body: Sequence[ClassifiedLine], i: int) -> int:
    """Items of one list, and lines that go on with an item."""
    end, item = i + 1, body[i]
    while end < len(body):
        if _goes_on_with_item(body[end - 1], body[end]):
            end += 1
        elif body[end].kind is LineKind.LIST_ITEM and counts_on(item.mark, body[end].mark):
            item = body[end]
            end += 1
        else:
            break
    return end


def _goes_on_with_item(before: ClassifiedLine, after: ClassifiedLine) -> bool:
    """An item's next printed line: right below, in the middle of a sentence."""
    if after.kind is not LineKind.TEXT or before.text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END + "：:":
        return False
    if after.rule == TORN:
        return True
    full = width_of(before.text) >= LEAST_FULL or before.text[-1:] in JOINING_ENDS + ","
    return after.number - before.number == 1 and (full or after.text[:1].islower())


def _list(lines: Sequence[ClassifiedLine]) -> Element:
    items: list[list[ClassifiedLine]] = []
    for line in lines:
        if line.kind is LineKind.LIST_ITEM:
            items.append([line])
        else:
            items[-1].append(line)
    pieces = [Piece(join_lines([line.text for line in item]), tuple(line.number for line in item)) for item in items]
    marks = tuple(line.mark for line in lines if line.mark)
    return Element(ElementKind.LIST, tuple(pieces), rule="list-mark", marks=marks)


def _key_figures(lines: Sequence[ClassifiedLine]) -> Element:
    return Element(ElementKind.KEY_FIGURES, tuple(map(_piece, lines)), rule=lines[0].rule)


def _table(lines: Sequence[ClassifiedLine]) -> Element:
    rows = tuple(row for line in lines if line.kind is LineKind.TABLE_ROW for row in split_rows(line))
    rules = tuple(line.number for line in lines if line.kind is LineKind.TABLE_RULE)
    return Element(ElementKind.TABLE, (), rows=rows, rule="table-row", extra=rules)


def split_rows(line: ClassifiedLine) -> Iterator[tuple[Piece, ...]]:
    """The rows on the line: one, but for an HTML table, which may stand there as a whole; an escaped bar is text."""
    for row in line.text.split("\n"):
        if not is_table_rule(row):
            cells = _BAR.split(_ROW_END.sub("", row.strip().removeprefix("|")))
            yield tuple(Piece(cell.strip().replace("\\|", "|"), line.numbers) for cell in cells)


_BAR = re.compile(r"(?<!\\)\|")
_ROW_END = re.compile(r"(?<!\\)\|$")
_TABLE = (LineKind.TABLE_ROW, LineKind.TABLE_RULE)
_RUNS = {
    LineKind.TABLE_ROW: _table,
    LineKind.TABLE_RULE: _table,
    LineKind.KEY_FIGURE: _key_figures,
}


# --- captions ------------------------------------------------------------------------------------------------------


def _caption_end(body: Sequence[ClassifiedLine], i: int) -> int:
    """A caption mark without text takes the next short line."""
    match = CAPTION_MARK.match(body[i].text)
    follows = i + 1 < len(body) and body[i + 1].kind in (LineKind.TEXT, LineKind.HEADING)
    return i + 2 if match and not match["text"].strip() and follows and len(body[i + 1].text) <= 60 else i + 1


def _figure(lines: Sequence[ClassifiedLine]) -> Element:
    """The caption without its mark: `left:` or `above:` means nothing where pictures stand below each other."""
    match = CAPTION_MARK.match(lines[0].text)
    texts = [match["text"].strip() if match else lines[0].text, *(line.text for line in lines[1:])]
    piece = Piece(
        join_lines([text for text in texts if text] or [lines[0].text]),
        tuple(n for line in lines for n in line.numbers),
    )
    return Element(ElementKind.FIGURE, (piece,), rule="caption-mark")


# --- steps over elements -------------------------------------------------------------------------------------------


def _pictures(line: ClassifiedLine) -> Iterator[Element]:
    """The pictures that a line marks; what stands behind the last mark is its caption."""
    marks = list(PICTURE_MARK.finditer(line.text))
    for i, mark in enumerate(marks):
        said = alternative_of(mark)
        end = marks[i + 1].start() if i + 1 < len(marks) else len(line.text)
        behind = line.text[mark.end() : end].strip()
        if CAPTION_MARK.match(said) and not behind:
            said, behind = "", said
        match = CAPTION_MARK.match(behind)
        caption = Piece((match["text"].strip() or behind) if match else behind, line.numbers)
        yield Element(
            ElementKind.FIGURE,
            (caption,) if behind else (),
            rule="picture-mark",
            extra=line.numbers,
            marked=True,
            picture=mark["file"].strip("<>"),
            alternative=Piece(said, line.numbers) if said else None,
        )


def _captions_to_pictures(elements: list[Element]) -> list[Element]:
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
                and caption.kind is ElementKind.FIGURE
                and not _is_picture(caption)
            ):
                result[i : i + 2] = [replace(picture, pieces=caption.pieces)]
            i += 1
    return result


def _is_picture(element: Element) -> bool:
    return element.kind is ElementKind.FIGURE and element.marked


def _merge_figures(elements: list[Element]) -> list[Element]:
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
        own = [m["text"] for cell in row if (m := CAPTION_MARK.match(cell.text)) and m["text"]]
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


def _caption_tables(elements: list[Element], titles: frozenset[str]) -> list[Element]:
    """A title right above a table that the contents list doesn't name is the table's caption."""
    result: list[Element] = []
    for i, element in enumerate(elements):
        following = elements[i + 1] if i + 1 < len(elements) else None
        if _titles_table(element, following, titles) and not _text_goes_on(elements, i + 2):
            continue
        before = elements[i - 1] if i else None
        if before is not None and _titles_table(before, element, titles) and not _text_goes_on(elements, i + 1):
            element = replace(element, caption=before.pieces[0])
        if element.kind is ElementKind.HEADING and element.rule == "table-title":
            element = replace(element, kind=ElementKind.PARAGRAPH)
        result.append(element)
    return result


def _titles_table(element: Element, following: Element | None, titles: frozenset[str]) -> bool:
    return (
        element.kind is ElementKind.HEADING
        and following is not None
        and following.kind is ElementKind.TABLE
        and element.rule in ("marked-heading", "unmarked-title", "table-title")
        and element.level == 0
        and bare(element.text) not in titles
    )


def _text_goes_on(elements: Sequence[Element], i: int) -> bool:
    """Two tables or a list after the table: then the title heads a section and not one table."""
    return i < len(elements) and elements[i].kind in (ElementKind.LIST, ElementKind.TABLE)


def _label_values(elements: list[Element], titles: frozenset[str]) -> list[Element]:
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


def _captions_to_their_story(elements: list[Element]) -> list[Element]:
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


LONGEST_CAPTION_REACH = 5
"""How many elements before or after a caption may be its story's."""
LEAST_WORDS = 4
LEAST_FULL = 40
"""Width of a line that breaks because it is full."""
PICTURE_REACH = 4
"""Lines between the words of a picture and what recognition made of the rest of it."""


def _gather_words(elements: list[Element], titles: frozenset[str], noise: Sequence[int]) -> list[Element]:
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
        or element.rule in ("chapter-opening", "run-in-heading")
    ):
        return False
    text = element.text
    return (
        len(element.lines) == 1
        and len(text) <= 24
        and not re.search(r"[，。；：！？,.;:!?]", text)
        and bare(text) not in titles
    )
