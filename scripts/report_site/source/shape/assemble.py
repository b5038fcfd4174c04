"""Classified lines to elements: paragraphs joined, lists and tables gathered, captions with their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...language.characters import (
    CAPTION_MARK,
    CLOSING_MARKS,
    PICTURE_MARK,
    SENTENCE_END,
    alternative_of,
    bare,
    han_count,
)
from ...language.joining import join_lines
from ...language.patterns import JOINING_ENDS, NUMBER_ALONE
from ...language.values import is_quantity
from ...model import Language, RuleName
from ..read.classify import ClassifiedLine, LineKind, is_table_rule
from ..read.furniture import Contents
from ..read.marks import counts_on
from .captions import (
    caption_of,
    caption_tables,
    captions_to_pictures,
    captions_to_their_story,
    gather_words,
    label_values,
    merge_figures,
)
from .elements import Element, ElementKind, Piece, width_of
from .figure_lines import pair_lines
from .key_figures import SpokenProse
from .tables import PageEnds, absorb_columns, attach_notes, join_halves

LEAST_FULL = 40
"""Width of a line that breaks because it is full."""
_INDENTED = re.compile(r"(?: {2,}|\t)\S")
"""A line set in below an item's mark."""
SILENT = (LineKind.FURNITURE, LineKind.NOISE, LineKind.CONTINUED)


def assemble(lines: Sequence[ClassifiedLine], contents: Contents, language: Language = "zh") -> tuple[Element, ...]:
    """Elements in the order of the source."""
    notes, body = _without_notes([line for line in lines if line.kind not in SILENT])
    elements = list(_elements(body))
    titles = frozenset(bare(entry.title) for entry in contents.entries)
    noise = [line.number for line in lines if line.kind is LineKind.NOISE]
    for step in (
        merge_figures,
        captions_to_pictures,
        absorb_columns,
        lambda e: caption_tables(e, titles),
        lambda e: pair_lines(e, titles, SpokenProse(e, language)),
        lambda e: label_values(e, titles),
        lambda e: gather_words(e, titles, noise),
        captions_to_their_story,
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
            while end < len(body) and body[end].rule == RuleName.TITLE_REST:
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
        # A caption taken into the first row may stand on a line below the table.
        last = max(n for n in before.numbers if n < after.number)
        return before.kind in _TABLE and after.kind in _TABLE and after.number - last == 1
    return before.kind is after.kind


# --- paragraphs ----------------------------------------------------------------------------------------------------


UNWRAPPED = 240
"""Characters, ideographs counted double, of a line that no page is wide enough for: it is a paragraph, or several."""


def _paragraph_end(body: Sequence[ClassifiedLine], start: int) -> int:
    """A paragraph ends at a blank line, unless a page ended inside its sentence."""
    end, widest = start + 1, 0
    while end < len(body) and body[end].kind is LineKind.TEXT:
        before, after = body[end - 1], body[end]
        if after.rule == RuleName.TORN_LINE:
            widest = max(widest, width_of(before.text))
            end += 1
            continue
        if after.line.opens or (after.number - before.numbers[-1] != 1 and not _torn_by_page(before, after)):
            break
        widest = max(widest, width_of(before.text))
        if after.number - before.numbers[-1] == 1 and _starts_paragraph(body, widest, end):
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


def _starts_paragraph(body: Sequence[ClassifiedLine], widest: int, i: int) -> bool:
    """Without blank lines between paragraphs, a full stop on a line shorter than its fellows ends one."""
    before = body[i - 1].text
    if before.rstrip(CLOSING_MARKS)[-1:] not in SENTENCE_END:
        return False
    longest = max(
        widest,
        max((width_of(line.text) for line in body[i : i + 3] if line.kind is LineKind.TEXT), default=0),
    )
    unwrapped = max(width_of(before), width_of(body[i].text)) >= UNWRAPPED
    return (
        unwrapped
        or width_of(before) < 0.75 * longest
        or body[i].line.raw[:1] in "\u3000\t"
        or body[i].line.raw.startswith("  ")
    )


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
    yield Element(ElementKind.HEADING, (Piece(title.strip(), numbers[:1]),), rule=RuleName.RUN_IN_HEADING)
    yield Element(ElementKind.PARAGRAPH, (Piece(rest.strip(), numbers),), rule=RuleName.RUN_IN_HEADING)


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
    if after.kind is not LineKind.TEXT or after.line.opens:
        return False
    if after.rule == RuleName.TORN_LINE:
        return True
    if before.text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END + "：:":
        return False
    if after.number - before.numbers[-1] == 1 and _INDENTED.match(after.line.raw):
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
    pieces = [
        Piece(join_lines([line.text for line in item]), tuple(n for line in item for n in line.numbers))
        for item in items
    ]
    marks = tuple(line.mark for line in lines if line.mark)
    return Element(ElementKind.LIST, tuple(pieces), rule=RuleName.LIST_MARK, marks=marks)


def _key_figures(lines: Sequence[ClassifiedLine]) -> Element:
    return Element(ElementKind.KEY_FIGURES, tuple(map(_piece, lines)), rule=lines[0].rule)


def _table(lines: Sequence[ClassifiedLine]) -> Element:
    pieces = [row for line in lines for row in split_rows(line)]
    rules = tuple(line.number for line in lines if line.kind is LineKind.TABLE_RULE)
    heads = pieces.index(()) if () in pieces else 0
    rows = tuple(filter(None, pieces))
    caption = _own_caption(rows) if heads != 1 else None
    caption = caption or _title_row(rows)
    if caption:
        rows, heads = rows[1:], max(0, heads - 1)
    return Element(ElementKind.TABLE, (), rows, rule="table-row", extra=rules, heads=heads, caption=caption)


def _own_caption(rows: Sequence[Sequence[Piece]]) -> Piece | None:
    """One text above rows of several cells, as an HTML table's caption stands."""
    if len(rows) < 3 or len(rows[0]) != 1 or not rows[0][0].text or any(len(row) < 2 for row in rows[1:]):
        return None
    return rows[0][0]


def _title_row(rows: Sequence[Sequence[Piece]]) -> Piece | None:
    """One text over all columns, above a head over columns that count: the table's title, no head of each."""
    if len(rows) < 3 or len(rows[0]) < 2 or len(rows[0]) != len(rows[1]):
        return None
    title, head = rows[0][0].text, [cell.text for cell in rows[1]]
    over_all = title and ({cell.text for cell in rows[0][1:]} in ({title}, {""}))
    if not over_all or not all(head[1:]) or len(set(head)) < 2 or any(map(is_quantity, head)):
        return None
    counted = ([is_quantity(row[j].text) for row in rows[2:] if j < len(row)] for j in range(1, len(head)))
    return rows[0][0] if any(2 * sum(column) > len(column) for column in counted) else None


def split_rows(line: ClassifiedLine) -> Iterator[tuple[Piece, ...]]:
    """The rows on the line, a rule as an empty one: an HTML table may stand there whole; an escaped bar is text."""
    for row in line.text.split("\n"):
        if is_table_rule(row):
            yield ()
        else:
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
    match = CAPTION_MARK.match(lines[0].text)
    texts = [caption_of(match) if match else lines[0].text, *(line.text for line in lines[1:])]
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
        caption = Piece((caption_of(match) or behind) if match else behind, line.numbers)
        yield Element(
            ElementKind.FIGURE,
            (caption,) if behind else (),
            rule="picture-mark",
            extra=line.numbers,
            marked=True,
            picture=mark["file"].strip("<>"),
            alternative=Piece(said, line.numbers) if said else None,
        )
