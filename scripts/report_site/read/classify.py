"""What each source line is, decided by an ordered list of named rules.

The first rule that gives a verdict wins. The order: furniture first (it may look like anything), then lines whose mark
says what they are, then noise (before headings: rubbish is often marked `# `), then headings, last plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..language.characters import (
    CAPTION_MARK,
    CLOSING_MARKS,
    NOTE_MARK,
    PICTURE_MARK,
    QR_LABEL,
    SENTENCE_END,
    bare,
    han_count,
)
from ..language.patterns import (
    DATE_ONLY,
    LEAD_IN,
    NUMBERED_TITLES,
    RUN_IN,
    RUN_IN_LATIN,
    TABLE_TITLE,
)
from ..language.values import is_figure_line, is_marked, is_value
from ..model import SourceLine
from .furniture import Furniture, body, heading_mark
from .noise import Vocabulary, noise_rule


class LineKind(StrEnum):
    FURNITURE = "furniture"
    NOISE = "noise"
    CONTINUED = "continued"
    """Its text was taken into an earlier line."""
    TABLE_ROW = "table-row"
    TABLE_RULE = "table-rule"
    CAPTION = "caption"
    PICTURE = "picture"
    QR_LABEL = "qr-label"
    LIST_ITEM = "list-item"
    FOOTNOTE = "footnote"
    KEY_FIGURE = "key-figure"
    HEADING = "heading"
    RUN_IN = "run-in"
    LEAD_IN = "lead-in"
    FIGURE_LABEL = "figure-label"
    """A short line beside a value, in a block of values and such lines."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ClassifiedLine:
    line: SourceLine
    kind: LineKind
    rule: str
    text: str
    """The text without the marks that told the kind."""
    level: int = 0
    """Depth that a heading's own mark or number tells; 0 when it tells nothing."""

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def numbers(self) -> tuple[int, ...]:
        """All lines whose text this is."""
        return (self.line.number, *self.line.parts)


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: LineKind
    rule: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """All that a rule may look at: the non-blank lines, their neighbours, and what was learnt of the whole source."""

    lines: Sequence[SourceLine]
    furniture: Furniture
    vocabulary: Vocabulary
    marked: bool
    """The extractor marks headings with `#`."""
    levelled: bool
    """... and on more than one level."""

    def following(self, i: int) -> SourceLine | None:
        """The next line that is no furniture."""
        rest = (line for line in self.lines[i + 1 :] if line.number not in self.furniture.rules)
        return next(rest, None)

    def preceding(self, i: int) -> SourceLine | None:
        rest = (line for line in reversed(self.lines[:i]) if line.number not in self.furniture.rules)
        return next(rest, None)

    def wraps(self, line: SourceLine) -> bool:
        """The next line follows without a blank: a paragraph broken into lines."""
        i = self.lines.index(line)
        return i + 1 < len(self.lines) and self.lines[i + 1].number == line.number + 1

    def block(self, i: int) -> Sequence[SourceLine]:
        """The lines around line `i` without a blank between; none where they are too many to be anything but text."""
        first = last = i
        while first and i - first < LONGEST_BLOCK and self.lines[first - 1].number == self.lines[first].number - 1:
            first -= 1
        while last + 1 < len(self.lines) and last - i < LONGEST_BLOCK and self._follows(last):
            last += 1
        block = self.lines[first : last + 1]
        return block if len(block) <= LONGEST_BLOCK and not any(n.number in self.furniture.rules for n in block) else ()

    def _follows(self, i: int) -> bool:
        return self.lines[i + 1].number == self.lines[i].number + 1

    def listed(self, text: str) -> bool:
        """The contents list names it."""
        return any(same_title(text, entry.title) for entry in self.furniture.contents.entries)

    def touches(self, i: int) -> list[SourceLine]:
        """Neighbours with no blank line between."""
        here = self.lines[i].number
        return [line for line in self.lines[max(0, i - 1) : i + 2] if abs(line.number - here) == 1]


Rule = Callable[[Context, int], Verdict | None]

_LIST_ITEM = re.compile(r"^\s*(?:[-*+]\s+|[•●○▪■◆◇‣⁃∙➢✓✔►▶·]\s*)(?P<text>\S.*)$")
_ENUMERATED = re.compile(r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳])\s*(?P<text>.+)$")
_TABLE_RULE = re.compile(r"^\|?[\s:|-]*-{2,}[\s:|-]*\|?$")
_SENTENCE_MARKS = re.compile(r"[，。；：？！,;?!]|\.\s")
_FIGURE_BLOCK = re.compile(r"(?:VLL?)+|(?:LV)+")
_HALVES = re.compile(r"VV+LL+|LL+VV+")
LONGEST_BLOCK = 16
"""Lines of a block of figures."""
LONGEST_TITLE = 48
"""Characters of a title, ideographs counted double."""


def classify(lines: Sequence[SourceLine], furniture: Furniture, vocabulary: Vocabulary) -> tuple[ClassifiedLine, ...]:
    """One verdict for each line that the ledger accounts for."""
    texts = [line for line in lines if not line.blank]
    marks = [heading_mark(line) for line in texts if line.number not in furniture.rules]
    context = Context(texts, furniture, vocabulary, sum(map(bool, marks)) >= 3, len({m for m in marks if m}) > 1)
    judged = _spread_noise(tuple(_classify_line(context, i) for i in range(len(texts))), vocabulary)
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
        if LineKind.NOISE in (before.kind, after.kind) and not han_count(here.text) and here.kind is LineKind.TEXT
    }
    return tuple(
        replace(line, kind=LineKind.NOISE, rule="beside-noise") if line.number in beside else line for line in lines
    )


def _classify_line(context: Context, i: int) -> ClassifiedLine:
    verdict = next(filter(None, (rule(context, i) for rule in RULES)))
    return ClassifiedLine(context.lines[i], verdict.kind, verdict.rule, verdict.text, verdict.level)


def _furniture(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    if rule := context.furniture.rules.get(line.number):
        return Verdict(LineKind.FURNITURE, rule, body(line))
    if line.number in context.furniture.opened_titles:
        return Verdict(LineKind.HEADING, "chapter-opening", body(line), heading_mark(line))
    return None


def _table(context: Context, i: int) -> Verdict | None:
    text = context.lines[i].text.strip()
    if not text.startswith("|"):
        return None
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
    text = context.lines[i].text
    if match := _LIST_ITEM.match(text) or _ENUMERATED.match(text):
        return Verdict(LineKind.LIST_ITEM, "list-mark", match["text"].strip())
    return None


def _noise(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    if is_value(text) or _heads_prose(context, i):
        return None
    rule = noise_rule(context.lines[i].text.strip() if text.startswith("#") else text, context.vocabulary)
    return Verdict(LineKind.NOISE, rule, text) if rule else None


def _heads_prose(context: Context, i: int) -> bool:
    """A marked heading of one plain word (`5G`, `1e3`) right above running text is a title, whatever its letters."""
    following = context.following(i)
    if not heading_mark(context.lines[i]) or not body(context.lines[i]).isalnum():
        return False
    return following is not None and not heading_mark(following) and _is_sentence(body(following))


def _figure_block(context: Context, i: int) -> Verdict | None:
    """A line of a block that holds values and short labels, in turn or one after the other, and nothing else."""
    block = context.block(i)
    if len(block) < 2 or not any(is_marked(body(line)) for line in block):
        return None
    marks = "".join("V" if is_marked(body(line)) else "L" if _is_figure_label(line) else "x" for line in block)
    if not _FIGURE_BLOCK.fullmatch(marks) and not (_HALVES.fullmatch(marks) and marks.count("V") * 2 == len(marks)):
        return None
    text = body(context.lines[i])
    if is_marked(text):
        return Verdict(LineKind.KEY_FIGURE, "figure-block", text)
    return Verdict(LineKind.FIGURE_LABEL, "figure-block", text)


def _is_figure_label(line: SourceLine) -> bool:
    text = body(line)
    if heading_mark(line) or _width(text) > LONGEST_TITLE or not any(char.isalpha() for char in text):
        return False
    return not _SENTENCE_MARKS.search(text) and not _LIST_ITEM.match(line.text) and not is_figure_line(text)


def _key_figure(context: Context, i: int) -> Verdict | None:
    """A value with its label on a line of its own, such as `3000+ suppliers`: no sentence, and no part of one."""
    line = context.lines[i]
    if heading_mark(line) and is_marked(body(line)) and not context.listed(body(line)):
        return Verdict(LineKind.KEY_FIGURE, "marked-value", body(line))
    if heading_mark(line) or not is_figure_line(body(line)):
        return None
    beside = [n for n in context.touches(i) if n.number not in context.furniture.rules]
    if all(is_figure_line(body(neighbour)) for neighbour in beside):
        return Verdict(LineKind.KEY_FIGURE, "key-figure-line", body(line))
    return None


def _lead_in(context: Context, i: int) -> Verdict | None:
    """Words cut off from their sentence: a date, or `in respect of …`, set as a heading."""
    text, following = body(context.lines[i]), context.following(i)
    if not heading_mark(context.lines[i]) or following is None or heading_mark(following):
        return None
    if (DATE_ONLY.match(text) or LEAD_IN.match(text)) and _is_sentence(body(following)):
        return Verdict(LineKind.LEAD_IN, "lead-in", text)
    return None


def _marked_heading(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    text, level = body(line), heading_mark(line)
    if not level or (text[-1] in "。；" and han_count(text) > 12):
        return None
    return Verdict(
        LineKind.HEADING,
        "marked-heading",
        text.rstrip("：:") if len(text) > 1 else text,
        level if context.levelled else 0,
    )


def _numbered_heading(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i]).strip()
    if context.levelled and heading_mark(context.lines[i]):
        return None
    for depth, scheme in enumerate(NUMBERED_TITLES, 1):
        match = scheme.match(text)
        number = match.groupdict().get("number") or "" if match else ""
        if match and _is_title(match["text"]) and not _in_numbered_list(context, i, scheme):
            if number and not _continues_count(context, i, number):
                continue
            return Verdict(LineKind.HEADING, "numbered-heading", text, depth * 10 + number.count("."))
    return None


def _continues_count(context: Context, i: int, number: str) -> bool:
    """`3.2` is a heading's number where `3.1` stands before it, and a measured value elsewhere."""
    *upper, last = number.split(".")
    if last == "1":
        return True
    before = ".".join([*upper, str(int(last) - 1)])
    return any(re.match(rf"{re.escape(before)}(?![\d])", body(line)) for line in context.lines[:i])


def _table_title(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    match = TABLE_TITLE.match(text)
    is_title = match and len(text) <= 80 and text[-1] not in SENTENCE_END
    return Verdict(LineKind.HEADING, "table-title", match["text"]) if match and is_title else None


def _in_numbered_list(context: Context, i: int, scheme: re.Pattern[str]) -> bool:
    """Numbered lines that follow each other without text between are items, not headings."""
    return any(scheme.match(body(line)) for line in context.touches(i))


def _run_in(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    pattern = RUN_IN if context.vocabulary.chinese else RUN_IN_LATIN
    if pattern.match(text) and not any(
        n.number < context.lines[i].number and _is_sentence(body(n)) for n in context.touches(i)
    ):
        return Verdict(LineKind.RUN_IN, "run-in-heading", text)
    return None


def _unmarked_title(context: Context, i: int) -> Verdict | None:
    """A short line without a full stop, alone between blanks, with text below and no title above."""
    line, text = context.lines[i], body(context.lines[i])
    if context.touches(i) or not _is_title(text) or context.levelled:
        return None
    before, after = context.preceding(i), context.following(i)
    if after is None or not _continues_as_text(context, after):
        return None
    if (
        before is not None
        and heading_mark(before)
        and before.number not in context.furniture.opened_titles
        and before.number > line.number - 3
    ):
        return None
    return Verdict(LineKind.HEADING, "unmarked-title", text)


def _continues_as_text(context: Context, after: SourceLine) -> bool:
    text = body(after)
    told = (
        _is_sentence(text)
        or bool(re.search(r"[。！？；]|[.!?]\s", text))
        or (_width(text) > LONGEST_TITLE and context.wraps(after))
    )
    return not heading_mark(after) and (told or bool(_LIST_ITEM.match(after.text)))


def _quote(context: Context, i: int) -> Verdict | None:
    text = context.lines[i].text.strip()
    return Verdict(LineKind.TEXT, "quote-mark", text[1:].strip()) if text.startswith("> ") else None


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
    _figure_block,
    _noise,
    _table_title,
    _numbered_heading,
    _key_figure,
    _lead_in,
    _marked_heading,
    _run_in,
    _unmarked_title,
    _text,
)


def _is_sentence(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END or _width(text) > 2 * LONGEST_TITLE


def _is_title(text: str) -> bool:
    plain = text.strip()
    if not any(char.isalpha() for char in plain) or plain[-1] in "。；：，、,;:." or _width(plain) > 2 * LONGEST_TITLE:
        return False
    return not re.search(r"[。；]", plain) and (han_count(plain) > 1 or plain[0].isupper() or plain[0] in '“‘"@')


def _width(text: str) -> int:
    return len(text) + han_count(text)


def same_title(a: str, b: str) -> bool:
    return bare(a) == bare(b)
