"""What each source line is, decided by an ordered list of named rules.

The first rule that gives a verdict wins. The order: furniture first (it may look like anything), then lines whose mark
says what they are, then noise (before headings: rubbish is often marked `# `), then headings, last plain text.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ...language.characters import BULLETS, CAPTION_MARK, NOTE_MARK, PICTURE_MARK, QR_LABEL, SENTENCE_END, han_count
from ...language.values import is_figure_line, is_marked, is_note, is_value
from ...model import RuleName, SourceLine
from . import headings
from .context import ClassifiedLine, Context, LineKind, Rule, Verdict
from .furniture import Furniture, body, heading_mark
from .headings import LIST_ITEM, LONGEST_TITLE, is_label, is_sentence, width_of
from .noise import Vocabulary, is_quantity

__all__ = ["ClassifiedLine", "LineKind", "classify", "is_table_rule"]

LEAST_TERMS = 8
LINES_OF_A_TERM = 12
"""Lines from one term to the next, on average, up to which a series of `LEAST_TERMS` is a list of terms."""
MOST_MIXED = 1
"""Of these, how many may have more than text below them."""
_PLAIN = (LineKind.TEXT, LineKind.FURNITURE, LineKind.NOISE, LineKind.CONTINUED)
_TABLE_RULE = re.compile(r"^\|?[\s:|-]*-{2,}[\s:|-]*\|?$")
_SENTENCE_MARKS = re.compile(r"[，。；：？！,;?!]|\.\s")
_FIGURE_BLOCK = re.compile(r"(?:VLL?)+|(?:LV)+")
_HALVES = re.compile(r"VV+LL+|LL+VV+")


def classify(lines: Sequence[SourceLine], furniture: Furniture, vocabulary: Vocabulary) -> tuple[ClassifiedLine, ...]:
    """One verdict for each line that the ledger accounts for."""
    context = Context.of([line for line in lines if not line.blank], furniture, vocabulary)
    judged = tuple(_classify_line(context, i) for i in range(len(context.lines)))
    judged = _undo_terms(_spread_noise(judged, vocabulary))
    silent = (_silent(line) for line in lines if line.blank and line.accounted)
    return tuple(sorted((*judged, *silent), key=lambda line: line.number))


def _silent(line: SourceLine) -> ClassifiedLine:
    """A line that holds a mark of the extractor and no text, or whose text was taken into another."""
    if line.part_of:
        return ClassifiedLine(line, LineKind.CONTINUED, "continued", "")
    return ClassifiedLine(line, LineKind.FURNITURE, line.mark, "")


def _spread_noise(lines: tuple[ClassifiedLine, ...], vocabulary: Vocabulary) -> tuple[ClassifiedLine, ...]:
    """Between two noise lines (furniture aside), a line without ideographs is of the same picture."""
    if not vocabulary.chinese:
        return lines
    body_lines = [line for line in lines if line.kind is not LineKind.FURNITURE]
    beside = {
        here.number
        for before, here, after in zip(body_lines, body_lines[1:], body_lines[2:], strict=False)
        if LineKind.NOISE in (before.kind, after.kind)
        and not han_count(here.text)
        and here.kind is LineKind.TEXT
        and not is_quantity(here.text)
        and not is_sentence(here.text)
    }
    return tuple(
        replace(line, kind=LineKind.NOISE, rule="beside-noise") if line.number in beside else line for line in lines
    )


def _undo_terms(lines: tuple[ClassifiedLine, ...]) -> tuple[ClassifiedLine, ...]:
    """Many short lines, each a few lines below the one before and nothing but text between, are terms with what they
    mean, as in a glossary: chapters hold lists and tables too.
    """
    places = _places(lines)
    numbers = [line.number for line in lines if line.rule == RuleName.TITLE_ABOVE_TEXT]
    others = [line.number for line in lines if line.kind not in _PLAIN and line.rule != RuleName.TITLE_ABOVE_TEXT]
    terms: set[int] = set()
    reach = 2 * LINES_OF_A_TERM
    for i in range(len(numbers) - LEAST_TERMS + 1):
        series = numbers[i : i + LEAST_TERMS]
        first, last = places[series[0]], places[series[-1]]
        mixed = sum(bisect_left(others, a) < bisect_left(others, b) for a, b in pairwise(series))
        if last - first <= LINES_OF_A_TERM * (LEAST_TERMS - 1) and mixed <= MOST_MIXED:
            terms.update(n for n in numbers if first - reach <= places[n] <= last + reach)
    return tuple(replace(line, kind=LineKind.TEXT, rule="term") if line.number in terms else line for line in lines)


def _places(lines: Sequence[ClassifiedLine]) -> dict[int, int]:
    """Number of a line -> its place: the number itself, or how many printed lines stand before it where those of two
    columns were set apart and a paragraph became one line.
    """
    printed = accumulate((len(line.numbers) for line in lines), initial=0)
    return {line.number: max(line.number, before) for line, before in zip(lines, printed, strict=False)}


def _classify_line(context: Context, i: int) -> ClassifiedLine:
    verdict = next(filter(None, (rule(context, i) for rule in RULES)))
    return ClassifiedLine(context.lines[i], verdict.kind, verdict.rule, verdict.text, verdict.level, verdict.mark)


def _furniture(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    if rule := context.furniture.rules.get(line.number):
        return Verdict(LineKind.FURNITURE, rule, body(line))
    if line.number in context.furniture.opened_titles:
        title = context.furniture.opened_texts.get(line.number, body(line))
        return Verdict(LineKind.HEADING, RuleName.CHAPTER_OPENING, title, heading_mark(line))
    return None


def _table(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    text = line.text.strip()
    if not text.startswith("|"):
        return None
    if piped := context.sentences.piped.get(line.number):
        goes_on = line.number in context.sentences.goes_on
        return Verdict(LineKind.TEXT, RuleName.TORN_LINE if goes_on else "prose-in-pipes", piped)
    if line.number in context.sentences.rules:
        return Verdict(LineKind.FURNITURE, "table-rule", text)
    if is_table_rule(text):
        return Verdict(LineKind.TABLE_RULE, "table-rule", text)
    return Verdict(LineKind.TABLE_ROW, "table-row", text)


def is_table_rule(row: str) -> bool:
    return bool(_TABLE_RULE.match(row.strip()))


def _caption(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    return Verdict(LineKind.CAPTION, "caption-mark", text) if CAPTION_MARK.match(text) else None


def _qr_label(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    is_label = QR_LABEL.match(text) and len(text) <= 30 and text[-1] not in SENTENCE_END
    return Verdict(LineKind.QR_LABEL, "qr-label", text) if is_label else None


def _picture(context: Context, i: int) -> Verdict | None:
    text = context.lines[i].text.strip()
    return Verdict(LineKind.PICTURE, "picture-mark", text) if PICTURE_MARK.match(text) else None


def _footnote(context: Context, i: int) -> Verdict | None:
    """A note opens with its mark; the text keeps it, so that the note is known by its label."""
    text = context.lines[i].text.strip()
    match = NOTE_MARK.match(text)
    return Verdict(LineKind.FOOTNOTE, "footnote", text) if match and text[match.end() :].strip() else None


def _list_item(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    if _is_legend(context, i):
        return Verdict(LineKind.TEXT, "legend", body(line))
    if match := LIST_ITEM.match(line.text):
        return Verdict(LineKind.LIST_ITEM, RuleName.LIST_MARK, match["text"].strip())
    if mark := context.marks.get(line.number):
        return Verdict(LineKind.LIST_ITEM, RuleName.LIST_MARK, mark.text, mark=mark)
    return None


def _is_legend(context: Context, i: int) -> bool:
    """What a sign means that stands alone in cells of the table right above: no bullet."""
    sign = context.lines[i].text.strip()[:1]
    if sign not in BULLETS or (above := context.preceding(i)) is None or not above.text.lstrip().startswith("|"):
        return False
    rows = itertools.takewhile(lambda line: line.text.lstrip().startswith("|"), reversed(context.lines[:i]))
    return any(sign == cell.strip() for row in rows for cell in row.text.split("|"))


def _torn(context: Context, i: int) -> Verdict | None:
    """A part of a sentence, whatever it looks like."""
    line = context.lines[i]
    if line.number in context.sentences.goes_on:
        return Verdict(LineKind.TEXT, RuleName.TORN_LINE, body(line))
    return Verdict(LineKind.TEXT, "text", body(line)) if line.number in context.sentences.stops else None


def _note(context: Context, i: int) -> Verdict | None:
    """A note or source: no title, however short."""
    text = body(context.lines[i])
    return Verdict(LineKind.TEXT, "note", text) if is_note(text) and not heading_mark(context.lines[i]) else None


def _noise(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    rule = context.noise.get(line.number)
    if not rule or is_value(body(line)) or _heads_prose(context, i):
        return None
    return Verdict(LineKind.NOISE, rule, body(line))


def _heads_prose(context: Context, i: int) -> bool:
    """A marked heading of one plain word (`5G`, `1e3`) right above running text is a title, whatever its letters."""
    following = context.following(i)
    if not heading_mark(context.lines[i]) or not body(context.lines[i]).isalnum():
        return False
    return following is not None and not heading_mark(following) and is_sentence(body(following))


def _figure_block(context: Context, i: int) -> Verdict | None:
    """A line of a block that holds values and short labels, in turn or one after the other, and nothing else."""
    block = context.block(i)
    if len(block) < 2 or not any(is_marked(body(line)) for line in block):
        return None
    marks = "".join("V" if is_value(body(line)) else "L" if _is_figure_label(line) else "x" for line in block)
    if not _FIGURE_BLOCK.fullmatch(marks) and not (_HALVES.fullmatch(marks) and marks.count("V") * 2 == len(marks)):
        return None
    text = body(context.lines[i])
    if is_value(text):
        return Verdict(LineKind.KEY_FIGURE, "figure-block", text)
    return Verdict(LineKind.FIGURE_LABEL, "figure-block", text)


def _is_figure_label(line: SourceLine) -> bool:
    text = body(line)
    if heading_mark(line) or width_of(text) > LONGEST_TITLE or not any(char.isalpha() for char in text):
        return False
    return not _SENTENCE_MARKS.search(text) and not LIST_ITEM.match(line.text) and not is_figure_line(text)


def _key_figure(context: Context, i: int) -> Verdict | None:
    """A value with its label on a line of its own, such as `3000+ suppliers`: no sentence, and no part of one."""
    line = context.lines[i]
    titled = context.listed(body(line)) or headings.is_counted(context, i) or _stands_in_prose(context, i)
    if heading_mark(line) and is_marked(body(line)) and not titled:
        return Verdict(LineKind.KEY_FIGURE, RuleName.MARKED_VALUE, body(line))
    if heading_mark(line) or not is_figure_line(body(line)) or is_label(body(line)):
        return None
    beside = [n for n in context.touches(i) if n.number not in context.furniture.rules]
    if any(body(neighbour).endswith("-") for neighbour in beside if neighbour.number < line.number):
        return None
    if all(is_figure_line(body(neighbour)) for neighbour in beside):
        return Verdict(LineKind.KEY_FIGURE, "key-figure-line", body(line))
    return None


def _stands_in_prose(context: Context, i: int) -> bool:
    """Sentences before and after a value that is marked as a heading: no label for it, so it is a title."""
    before, after = context.preceding(i), context.following(i)
    return before is not None and after is not None and is_sentence(body(before)) and is_sentence(body(after))


def _quote(context: Context, i: int) -> Verdict | None:
    text = context.lines[i].text.strip()
    return Verdict(LineKind.TEXT, RuleName.QUOTE_MARK, text[1:].strip()) if text.startswith("> ") else None


def _text(context: Context, i: int) -> Verdict:
    return Verdict(LineKind.TEXT, "text", body(context.lines[i]))


RULES: tuple[Rule, ...] = (
    _furniture,
    _table,
    _picture,
    _footnote,
    _caption,
    _qr_label,
    _list_item,
    _quote,
    _torn,
    _note,
    headings.named_heading,
    _figure_block,
    _noise,
    headings.table_title,
    headings.numbered_heading,
    _key_figure,
    headings.lead_in,
    headings.marked_heading,
    headings.run_in,
    headings.capitals_title,
    headings.title_without_blanks,
    headings.title_above_figures,
    headings.unmarked_title,
    headings.title_above_table,
    headings.title_above_title,
    _text,
)
