"""Rules that tell a heading: by its mark, its number, the contents list, or its form."""

from __future__ import annotations

import re

from ...language.characters import CAPTION_MARK, CLOSING_MARKS, SENTENCE_END, han_count
from ...language.patterns import (
    DATE_ONLY,
    ITEM_GOES_ON,
    LABEL_WORD,
    LABELLED,
    LEAD_IN,
    LETTERED_TITLE,
    NUMBER_ALONE,
    NUMBERED_TITLES,
    PART_TITLE,
    PLAIN_TITLE,
    RUN_IN,
    RUN_IN_LATIN,
    TABLE_TITLE,
    UNIT_NOTE,
    YEAR_ONLY,
)
from ...language.values import is_figure_line, is_period, is_value, value_tokens
from ...model import RuleName, SourceLine
from .context import Context, LineKind, Verdict
from .furniture import body, heading_mark
from .furniture.lines import is_row
from .noise import is_quantity
from .titles import PART_DEPTH, number_depth

LIST_ITEM = re.compile(r"^\s*(?:[-*+]\s+|[•●○▪■◆◇‣⁃∙➢✓✔►▶·]\s*)(?P<text>\S.*)$")
_SENTENCE_MARKS = re.compile(r"[，。；：？！,;?!]|\.\s")
_COUNTED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\s+[^\W\d]")
_OPENING = re.compile(r"[“‘\"《（(]?(?=\w)[^a-z]")
"""How a paragraph begins: with a capital, an ideograph or a number, in quotation marks or not."""
SHORT = 0.7
"""A title is shorter than this share of the line below it."""
_HEADS = (RuleName.RUNNING_HEAD, RuleName.NAVIGATION_BAR, RuleName.PAGE_NUMBER)
_CHOICE = re.compile(r"^[□☐☑☒](?!.*[□☐☑☒]\s*$)")
"""Boxes to tick, each before its answer."""
_VALUES_AT_END = re.compile(r"(?:(?<=\s)[-+]?\d[\d,.]*[%％]?\s+)+[-+]?\d[\d,.]*[%％]?$")
_VALUES = re.compile(r"^[^\W\d_]{0,2}\d[\d,.]*\s*\S{0,2}(?:\s+[^\W\d_]{0,2}\d[\d,.]*\s*\S{0,2})+$")
"""Values side by side: a title says what they count."""
LONGEST_STATED = 16
LONGEST_TITLE = 48
"""Characters of a title, ideographs counted double."""


def named_heading(context: Context, i: int) -> Verdict | None:
    """A line without a mark that the contents list names, or the second line of a title."""
    line = context.lines[i]
    if line.number in context.titles.rest:
        return Verdict(LineKind.HEADING, RuleName.TITLE_REST, body(line))
    if line.number not in context.titles.named:
        return None
    level = number_depth(body(line)) if NUMBER_ALONE.match(body(line)) else 0
    return Verdict(LineKind.HEADING, "number-alone" if level else "contents-title", body(line), level)


def capitals_title(context: Context, i: int) -> Verdict | None:
    """A line in capitals that opens a page or a paragraph, with a sentence right below."""
    line, text = context.lines[i], body(context.lines[i])
    words = re.findall(r"[A-Za-z]+", text)
    if not text.isupper() or len(text) > LONGEST_TITLE or not any(len(word) > 3 for word in words):
        return None
    above = [n for n in context.touches(i) if n.number < line.number and n.number not in context.furniture.rules]
    after = context.following(i)
    if above or after is None or is_quantity(text) or not is_title(text):
        return None
    return Verdict(LineKind.HEADING, "capitals-title", text) if _continues_as_text(context, i, after) else None


def lead_in(context: Context, i: int) -> Verdict | None:
    """Words cut off from their sentence: a date, or `in respect of …`, set as a heading."""
    text, following = body(context.lines[i]), context.following(i)
    if not heading_mark(context.lines[i]) or following is None or heading_mark(following):
        return None
    if YEAR_ONLY.match(text) and (context.years > 1 or body(following)[:1].isupper()):
        return None
    if (DATE_ONLY.match(text) or LEAD_IN.match(text)) and is_sentence(body(following)):
        return Verdict(LineKind.LEAD_IN, "lead-in", text)
    return None


def marked_heading(context: Context, i: int) -> Verdict | None:
    line = context.lines[i]
    text, level = body(line), heading_mark(line)
    if not level or (text[-1] in "。；" and han_count(text) > 12) or ITEM_GOES_ON.search(text) or _VALUES.match(text):
        return None
    return Verdict(
        LineKind.HEADING,
        RuleName.MARKED_HEADING,
        text.rstrip("：:") or text,
        level if context.levelled else 0,
    )


def numbered_heading(context: Context, i: int) -> Verdict | None:
    text, mark = body(context.lines[i]).strip(), heading_mark(context.lines[i])
    if context.levelled and mark:
        return None
    if context.lines[i].number in context.titles.counted:
        return Verdict(LineKind.HEADING, RuleName.NUMBERED_HEADING, text, number_depth(text))
    schemes = (*NUMBERED_TITLES, PLAIN_TITLE) if mark else NUMBERED_TITLES
    for depth, scheme in enumerate(schemes, 1):
        match = scheme.match(text)
        number = match.groupdict().get("number") or "" if match else ""
        if match and is_title(match["text"]) and (mark or not _in_numbered_list(context, i, scheme)):
            if number and not _continues_count(context, i, number):
                continue
            level = min(depth, len(NUMBERED_TITLES)) * 10 + number.count(".")
            level = PART_DEPTH if depth == 1 and PART_TITLE.match(text) else level
            return Verdict(LineKind.HEADING, RuleName.NUMBERED_HEADING, text, level)
    return None


def is_counted(context: Context, i: int) -> bool:
    """A marked title whose number goes on with those of other titles: `2.2` below `2.1`, `2` below `1`."""
    match = _COUNTED.match(body(context.lines[i]))
    if not match or not heading_mark(context.lines[i]):
        return False
    before, point, last = match[1].rpartition(".")
    kin = {f"{before}{point}{int(last) + step}" for step in (-1, 1)} | ({before} if last == "1" else set())
    return bool(kin & context.titles.first.keys())


def _continues_count(context: Context, i: int, number: str) -> bool:
    """`3.2` is a heading's number where `3.1` stands before it, and a measured value elsewhere."""
    *upper, last = number.split(".")
    if last == "1":
        kin = {".".join(upper), ".".join([*upper, "2"])} & context.titles.first.keys()
        return bool(kin) or not is_value(body(context.lines[i]))
    before = ".".join([*upper, str(int(last) - 1)])
    return context.titles.first.get(before, context.lines[i].number) < context.lines[i].number


def table_title(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    match = TABLE_TITLE.match(text)
    is_title = match and len(text) <= 80 and text[-1] not in SENTENCE_END
    if not match or not is_title:
        return None
    # A stroke between number and title is the designer's, and would be read out.
    return Verdict(
        LineKind.HEADING, RuleName.TABLE_TITLE, f"{match['number']} {match['text']}" if match["stroke"] else text
    )


def _in_numbered_list(context: Context, i: int, scheme: re.Pattern[str]) -> bool:
    """Numbered lines that follow each other without text between are items, not headings."""
    return any(scheme.match(body(line)) for line in context.touches(i))


def run_in(context: Context, i: int) -> Verdict | None:
    text = body(context.lines[i])
    pattern = RUN_IN if context.vocabulary.chinese else RUN_IN_LATIN
    found = pattern.match(text)
    if not found or _states_value(found["rest"]):
        return None
    if not any(n.number < context.lines[i].number and is_sentence(body(n)) for n in context.touches(i)):
        return Verdict(LineKind.RUN_IN, RuleName.RUN_IN_HEADING, text)
    return None


def _states_value(rest: str) -> bool:
    """A value stands right behind the colon: `Staff trained: men 86%, women 84%` tells a number, and titles nothing."""
    first = re.split(r"[，。；;,]\s*(?!\d{3})", rest, maxsplit=1)[0]
    return width_of(first) <= LONGEST_STATED and bool(value_tokens(first))


def unmarked_title(context: Context, i: int) -> Verdict | None:
    """A short line without a full stop, alone between blanks, with text below and no title above."""
    line, text = context.lines[i], body(context.lines[i])
    touching = [n for n in context.touches(i) if context.furniture.rules.get(n.number) not in _HEADS]
    if touching or not is_title(text) or context.levelled or is_quantity(text) or is_label(text):
        return None
    before, after = context.preceding(i), context.following(i)
    if after is None or not _continues_as_text(context, i, after):
        return None
    if (
        before is not None
        and heading_mark(before)
        and before.number not in context.furniture.opened_titles
        and before.number > line.number - 3
    ):
        return None
    return Verdict(LineKind.HEADING, RuleName.UNMARKED_TITLE, text)


def title_without_blanks(context: Context, i: int) -> Verdict | None:
    """A short line right above a longer one of a sentence, where a page begins or the sentence before has ended.

    A paragraph's lines are full but for its last, which ends with a full stop: a short line without one heads the next.
    The line below is full, or a sentence by itself: a person's office below a name, or an address, is neither.
    """
    line, text, after = context.lines[i], body(context.lines[i]), context.following(i)
    if after is None or after.number - line.number != 1 or heading_mark(line) or not _is_plain_title(text):
        return None
    below = body(after)
    opens = bool(_OPENING.match(below))
    full = is_sentence(below) or width_of(below) > LONGEST_TITLE
    if not opens or not full or width_of(text) > SHORT * width_of(below) or not context.paragraph_ends(after):
        return None
    return Verdict(LineKind.HEADING, RuleName.TITLE_ABOVE_TEXT, text) if _may_begin(context, i) else None


def _may_begin(context: Context, i: int) -> bool:
    """A title may stand here: a page begins, or what stands above has come to its end."""
    line, above = context.lines[i], context.lines[i - 1] if i else None
    if above is None or line.page_break:
        return line.page_break or context.dense
    if line.number - above.number > 1:
        return is_sentence(body(above)) or width_of(body(above)) <= LONGEST_TITLE
    if context.furniture.rules.get(above.number) in _HEADS or _is_told(context, above):
        return True
    ended = is_sentence(body(above)) or is_row(above) or _ends_list(context, i - 1) or _ends_strip(context, i - 1)
    return context.dense and ended


def _ends_list(context: Context, i: int) -> bool:
    """An item that fills no line, or a picture's caption."""
    line, text = context.lines[i], body(context.lines[i])
    item = LIST_ITEM.match(line.text) or line.number in context.marks or CAPTION_MARK.match(text)
    return bool(item) and width_of(text) <= LONGEST_TITLE


def _ends_strip(context: Context, i: int) -> bool:
    """Two values, each with its label on the line below, or values side by side above their labels."""
    texts = [body(line) for line in context.lines[max(0, i - 3) : i + 1]]
    if len(texts) > 1 and is_figure_line(texts[-2]) and len(value_tokens(texts[-2])) > 1 and not is_sentence(texts[-1]):
        return True
    return len(texts) == 4 and [is_value(text) for text in texts] == [True, False, True, False]


def title_above_figures(context: Context, i: int) -> Verdict | None:
    """A short line with which a page begins, above a strip of figures, or above the title of a table."""
    line, text, after = context.lines[i], body(context.lines[i]), context.following(i)
    above = context.furniture.rules.get(context.lines[i - 1].number) if i else None
    if after is None or heading_mark(line) or not (line.page_break or above in _HEADS) or not _is_plain_title(text):
        return None
    strip = any(change.rule == RuleName.ALIGNED_STRIP for change in after.changes)
    below = [body(n) for n in context.lines[i + 1 : i + 5]]
    pairs = [is_value(text) for text in below] == [True, False, True, False]
    titled = _is_plain_title(body(after)) and len(below) > 1 and below[1].startswith("|")
    return Verdict(LineKind.HEADING, RuleName.TITLE_ABOVE_TEXT, text) if strip or pairs or titled else None


def title_above_table(context: Context, i: int) -> Verdict | None:
    """In a source without marks, a short line alone right above a table: below a sentence, a table, a page's title."""
    text, after = body(context.lines[i]), context.following(i)
    if context.marked or after is None or not after.text.startswith("|") or context.touches(i):
        return None
    above = context.lines[i - 1] if i else None
    parted = above is None or is_sentence(body(above)) or above.text.startswith("|") or _opens_page(context, i - 1)
    if not (parted or _opens_page(context, i)) or not _is_plain_title(text) or UNIT_NOTE.match(text):
        return None
    return Verdict(LineKind.HEADING, RuleName.UNMARKED_TITLE, text)


def title_above_title(context: Context, i: int) -> Verdict | None:
    """In a source without marks, a short line with which a page begins, above the title of its first part."""
    text = body(context.lines[i])
    if context.marked or not _opens_page(context, i) or not _is_plain_title(text):
        return None
    below = i + 1 if context.following(i) in context.lines[i + 1 : i + 2] else None
    if below is None or not _is_plain_title(body(context.lines[below])):
        return None
    told = unmarked_title(context, below) or title_above_table(context, below)
    return Verdict(LineKind.HEADING, RuleName.UNMARKED_TITLE, text) if told else None


def _opens_page(context: Context, i: int) -> bool:
    above = context.furniture.rules.get(context.lines[i - 1].number) if i else None
    return context.lines[i].page_break or above in (RuleName.RUNNING_HEAD, RuleName.NAVIGATION_BAR)


def _is_told(context: Context, line: SourceLine) -> bool:
    """The line is a title by the contents list or by its number: the next may be the title of its first part."""
    named = line.number in context.titles.named or line.number in context.titles.counted
    return named or (context.dense and any(scheme.match(body(line)) for scheme in NUMBERED_TITLES[:5]))


def _is_plain_title(text: str) -> bool:
    lettered = LETTERED_TITLE.match(text)
    marks = _SENTENCE_MARKS.search(lettered["text"] if lettered else text)
    if not is_title(text) or marks or width_of(text) > LONGEST_TITLE:
        return False
    return not (is_quantity(text) or is_label(text) or is_figure_line(text))


def _continues_as_text(context: Context, i: int, after: SourceLine) -> bool:
    text = body(after)
    told = (
        is_sentence(text)
        or bool(re.search(r"[。！？；]|[.!?]\s", text))
        or context.paragraph_ends(after)
        or (width_of(text) > LONGEST_TITLE and (context.wraps(i) or after.number in context.sentences.stops))
    )
    return not heading_mark(after) and (told or bool(LIST_ITEM.match(after.text)))


def is_label(text: str) -> bool:
    """A word that counts things of the text, with its number."""
    return bool(LABELLED.match(text) or (LABEL_WORD.match(text) and re.fullmatch(r"[^\d]+\d{1,3}", text)))


def is_sentence(text: str) -> bool:
    return text.rstrip(CLOSING_MARKS)[-1:] in SENTENCE_END or width_of(text) > 2 * LONGEST_TITLE


def is_title(text: str) -> bool:
    plain = text.strip()
    if (
        not any(char.isalpha() for char in plain)
        or _CHOICE.match(plain)
        or is_row_of_values(plain)
        or plain[-1] in "。；：，、,;:."
        or width_of(plain) > 2 * LONGEST_TITLE
    ):
        return False
    return not re.search(r"[。；]", plain) and (han_count(plain) > 1 or plain[0].isupper() or plain[0] in '“‘"@')


def is_row_of_values(text: str) -> bool:
    """Two values or more with blanks between close the line, and not all of them are years: a row of a table."""
    found = _VALUES_AT_END.search(text)
    return found is not None and not all(is_period(value) for value in found[0].split())


def width_of(text: str) -> int:
    return len(text) + han_count(text)
