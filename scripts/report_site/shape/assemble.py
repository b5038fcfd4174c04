"""Classified lines to elements: paragraphs joined, lists and tables gathered, captions with their texts.

An element is a block in the making: it knows its lines and its texts, not yet its shape, place in the outline or id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..language.characters import CAPTION_MARK, CLOSING_MARKS, SENTENCE_END, bare, han_count
from ..language.patterns import JOINING_ENDS, NUMBER_ALONE
from ..read.classify import TORN, ClassifiedLine, LineKind
from ..read.furniture import Contents
from ..read.joining import join_lines
from ..read.marks import counts_on
from .arrange import arrange
from .elements import Element, ElementKind, Piece

__all__ = ["SILENT", "Element", "ElementKind", "Piece", "assemble", "split_row"]

LEAST_FULL = 40
"""Width of a line that breaks because it is full."""

SILENT = (LineKind.FURNITURE, LineKind.NOISE)


def assemble(lines: Sequence[ClassifiedLine], contents: Contents) -> tuple[Element, ...]:
    """Elements in the order of the source."""
    body = [line for line in lines if line.kind not in SILENT]
    elements = list(_elements(body))
    titles = frozenset(bare(entry.title) for entry in contents.entries)
    noise = [line.number for line in lines if line.kind is LineKind.NOISE]
    return tuple(arrange(elements, titles, noise))


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
        elif line.kind is LineKind.CAPTION:
            end = _caption_end(body, i)
            yield _figure(body[i:end])
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
    piece = Piece(text, tuple(line.number for line in lines))
    return Element(ElementKind.HEADING, (piece,), level=first.level, rule=first.rule)


def _piece(line: ClassifiedLine) -> Piece:
    return Piece(line.text, (line.number,))


def _same_run(before: ClassifiedLine, after: ClassifiedLine) -> bool:
    """Same kind, and no blank line breaks a table in two."""
    if before.kind in _TABLE or after.kind in _TABLE:
        return before.kind in _TABLE and after.kind in _TABLE and after.number - before.number == 1
    return before.kind is after.kind


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _paragraph_end(body: Sequence[ClassifiedLine], start: int) -> int:
    """A paragraph ends at a blank line, unless a page ended inside its sentence."""
    end, widest = start + 1, 0
    while end < len(body) and body[end].kind is LineKind.TEXT:
        before, after = body[end - 1], body[end]
        if after.rule == TORN:
            widest = max(widest, _width(before.text))
            end += 1
            continue
        if after.number - before.number > 1 and not _torn_by_page(before, after):
            break
        widest = max(widest, _width(before.text))
        if after.number - before.number == 1 and _starts_paragraph(body, widest, end):
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
        max((_width(line.text) for line in body[i : i + 3] if line.kind is LineKind.TEXT), default=0),
    )
    return _width(before) < 0.75 * longest or body[i].line.raw[:1] in "\u3000\t" or body[i].line.raw.startswith("  ")


def _width(text: str) -> int:
    return len(text) + han_count(text)


def _paragraph(lines: Sequence[ClassifiedLine]) -> Element:
    piece = Piece(join_lines([line.text for line in lines]), tuple(line.number for line in lines))
    return Element(ElementKind.PARAGRAPH, (piece,), rule="joined-lines" if len(lines) > 1 else lines[0].rule)


def _led_in(lead: ClassifiedLine, lines: Sequence[ClassifiedLine]) -> Element:
    """The cut-off words stand again at the head of their sentence."""
    comma = "，" if han_count(lead.text) else ","
    start = join_lines([lead.text + comma, *(line.text for line in lines)])
    numbers = (lead.number, *(line.number for line in lines))
    return Element(ElementKind.PARAGRAPH, (Piece(start, numbers),), rule="lead-in")


def _run_in(lines: Sequence[ClassifiedLine]) -> Iterator[Element]:
    """`Title: text …` becomes a heading and its paragraph; both stem from the same line."""
    text = join_lines([line.text for line in lines])
    title, _, rest = re.sub(r"[：:]", "\0", text, count=1).partition("\0")
    numbers = tuple(line.number for line in lines)
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
    full = _width(before.text) >= LEAST_FULL or before.text[-1:] in JOINING_ENDS + ","
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
    return Element(ElementKind.KEY_FIGURES, tuple(map(_piece, lines)), rule="key-figure-line")


def _table(lines: Sequence[ClassifiedLine]) -> Element:
    rows = tuple(split_row(line) for line in lines if line.kind is LineKind.TABLE_ROW)
    rules = tuple(line.number for line in lines if line.kind is LineKind.TABLE_RULE)
    return Element(ElementKind.TABLE, (), rows=rows, rule="table-row", extra=rules)


def split_row(line: ClassifiedLine) -> tuple[Piece, ...]:
    cells = re.split(r"(?<!\\)\|", line.text.strip().removeprefix("|").removesuffix("|"))
    return tuple(Piece(cell.strip(), (line.number,)) for cell in cells)


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
        tuple(line.number for line in lines),
    )
    return Element(ElementKind.FIGURE, (piece,), rule="caption-mark")
