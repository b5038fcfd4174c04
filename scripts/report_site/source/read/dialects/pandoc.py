"""What Pandoc writes around text: attributes in braces, spans, terms with what they mean, captions, breaks of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ....language.characters import SENTENCE_END
from ....language.patterns import TABLE_CAPTION
from ....model import RuleName, SourceLine

_ATTRIBUTE = r"(?:[#.][^\s{}\"]+|[\w-]+=(?:\"[^\"{}]*\"|[^\s{}\"]+))"
_ATTRIBUTES = rf"\{{(?:{_ATTRIBUTE}|-)(?:\s+{_ATTRIBUTE})*\}}"
_BEHIND = re.compile(rf"(?<=[)\]`]){_ATTRIBUTES}")
_SPAN = re.compile(rf"(?<![!\\\]])\[(?P<text>[^\[\]]*)\]{_ATTRIBUTES}")
_NESTED_LINK = re.compile(
    r"(?<!!)\[(?P<outer>[^\[\]]*)(?<!!)\[(?P<inner>[^\[\]]*)\]\([^\s()]*\)(?P<rest>[^\[\]]*)\](?=\()"
)
_AT_END = re.compile(rf"\s*{_ATTRIBUTES}\s*$")
_LINE_BREAK = re.compile(r"(?<![\\:])\s*\\$")
_MEANING = re.compile(r"^:\s{1,3}(?P<text>\S.*)$")
_DASH = re.compile(r"(?<=[^\s!<-])-{2,3}(?=[^\s>-])|(?<=\s)-{2,3}(?=\s)")
_BOLD = re.compile(r"^\*\*(?P<text>[^*\d（(][^*]{1,58})\*\*$")
_RAW = re.compile(r"^(?:\\newpage|\\pagebreak|`{3}\s*\{=\w+\})$")
LONGEST_TERM = 60
LONGEST_CAPTION = 5
"""Lines."""
RULE = "pandoc-mark"


def read_pandoc_marks(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Before anything else is read: what stands in braces behind a text or picture says nothing to a reader."""
    result = [_without_attributes(line) for line in lines]
    if any(done is not line for done, line in zip(result, lines, strict=True)):
        result = [line.changed(RULE, _dashes(line.text)) for line in result]
    return list(_breaks(result))


def read_captions(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Where the tables are rows of pipes: captions above or below them, then terms with what they mean."""
    result = list(lines)
    marked = any(line.text.startswith("#") for line in result)
    i = 0
    while i < len(result):
        if marked and _is_bold_title(result, i):
            _give(result, i, i + 1, _paragraph_end(result, i) + 1)
        match = TABLE_CAPTION.match(result[i].text.strip()) if _opens_paragraph(result, i) else None
        table = _table_of(result, i) if match else None
        if match and table is not None:
            _give(result, i, _paragraph_end(result, i), table)
        i += 1
    return list(_meanings(result))


def _without_attributes(line: SourceLine) -> SourceLine:
    if "{" not in line.text and "](" not in line.text:
        return line
    text = _SPAN.sub(lambda m: m["text"], line.text)
    text = _NESTED_LINK.sub(lambda m: f"[{m['outer']}{m['inner']}{m['rest']}]", _BEHIND.sub("", text))
    if line.text.strip() and not text.strip():
        return line.marked(RULE)
    return line.changed(RULE, text)


def _dashes(text: str) -> str:
    """Where its braces show that Pandoc wrote the text, `--` is its en dash and `---` its em dash."""
    if text.lstrip()[:1] in ("|", "+", "-", "<") or not re.search(r"\w", text):
        return text
    return _DASH.sub(lambda m: "—" if len(m[0]) > 2 else "–", text)


def _breaks(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """A backslash that ends a line within a paragraph breaks it; before a blank line it is text."""
    for i, line in enumerate(lines):
        goes_on = i + 1 < len(lines) and not lines[i + 1].blank
        if _RAW.match(line.text.strip()):
            yield line.marked(RULE)
        elif goes_on and not line.text.lstrip().startswith("|"):
            yield line.changed(RULE, _LINE_BREAK.sub("", line.text))
        else:
            yield line


# --- captions ------------------------------------------------------------------------------------------------------


def _opens_paragraph(lines: Sequence[SourceLine], i: int) -> bool:
    return not lines[i].blank and (
        i == 0 or not lines[i - 1].accounted or _is_row(lines[i - 1]) or _is_done(lines[i - 1])
    )


def _is_row(line: SourceLine) -> bool:
    return line.text.lstrip().startswith("|")


def _is_done(line: SourceLine) -> bool:
    """A line of a table that holds no row of it."""
    return line.blank and bool(line.part_of or line.mark)


def _is_bold_title(lines: Sequence[SourceLine], i: int) -> bool:
    """All of a short line in bold, alone right above a table, where headings have marks of their own."""
    match = _BOLD.match(lines[i].text.strip())
    if not match or match["text"][-1] in SENTENCE_END + "：:" or i + 2 >= len(lines):
        return False
    above = next((lines[k].text.strip() for k in range(i - 1, -1, -1) if lines[k].accounted), "")
    return not lines[i + 1].accounted and _is_row(lines[i + 2]) and not _BOLD.match(above) and not _is_row(lines[i - 1])


def _paragraph_end(lines: Sequence[SourceLine], i: int) -> int:
    """The line behind the caption, which may go on for a few lines."""
    last = min(len(lines), i + LONGEST_CAPTION)
    return next((k for k in range(i + 1, last) if lines[k].blank or _is_row(lines[k])), last)


def _table_of(lines: Sequence[SourceLine], i: int) -> int | None:
    """The first row of the table right above, or else right below, that has no caption yet."""
    above = _first_row_above(lines, i)
    if above is not None and not any(change.rule == RuleName.CAPTION for change in lines[above].changes):
        return above
    below = _paragraph_end(lines, i)
    while below < len(lines) and lines[below].blank:
        below += 1
    return below if below < len(lines) and _is_row(lines[below]) else None


def _first_row_above(lines: Sequence[SourceLine], i: int) -> int | None:
    last = next((k for k in range(i - 1, -1, -1) if lines[k].accounted), None)
    if last is not None and lines[last].part_of:
        last = lines[last].part_of - lines[0].number
    if last is None or not _is_row(lines[last]):
        return None
    first = last
    for k in range(last - 1, -1, -1):
        if not _is_row(lines[k]) and not _is_done(lines[k]):
            break
        first = k if _is_row(lines[k]) else first
    return first


def _give(lines: list[SourceLine], start: int, end: int, table: int) -> None:
    """The caption becomes a row of one cell above the table's others."""
    first = lines[table]
    said = " ".join(line.text.strip() for line in lines[start:end])
    match = TABLE_CAPTION.match(said)
    bold = _BOLD.match(said)
    caption = _AT_END.sub("", match["text"] if match else bold["text"] if bold else said).replace("|", "\\|").strip()
    numbers = tuple(line.number for line in lines[start:end])
    lines[table] = replace(
        first.changed(RuleName.CAPTION, f"| {caption} |\n{first.text}"), parts=(*first.parts, *numbers)
    )
    for k in range(start, end):
        lines[k] = replace(lines[k].changed(RuleName.CAPTION, ""), part_of=first.number)


# --- terms ---------------------------------------------------------------------------------------------------------


def _meanings(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """`:   what it means` goes on the line of its term."""
    result = list(lines)
    term: int | None = None
    for i, line in enumerate(result):
        text = line.text.strip()
        match = _MEANING.match(text)
        if match and term is not None:
            home = result[term]
            said = f"{home.text.rstrip()}: {match['text']}"
            result[term] = replace(home.changed(RULE, said), parts=(*home.parts, line.number))
            result[i] = replace(line.changed(RULE, ""), part_of=home.number)
            term = None
        elif text:
            term = i if _may_be_term(text) else None
    yield from result


def _may_be_term(text: str) -> bool:
    return len(text) <= LONGEST_TERM and text[0] not in "|#-*>:!" and text[-1] not in SENTENCE_END
