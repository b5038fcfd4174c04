"""Bytes of an extraction to numbered source lines: encoding, line ends, damaged characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...language.characters import (
    CHARACTER_TABLES,
    LONGEST_NUMBER,
    LOST_GLYPH,
    PRIVATE_USE,
    REPLACEMENT,
    long_number,
    without_invisible,
)
from ...language.reason import Reason, reason
from ...model import Dialect, SourceLine
from ...model.errors import InputError, Problem
from .dialects import Recognised, broken_into_blocks, read_dialect, recognise
from .encodings import decode
from .files import read_bytes

_REPAIRS = {rule: str.maketrans(dict(table)) for rule, table in CHARACTER_TABLES.items()}
_DAMAGED = frozenset(char for table in CHARACTER_TABLES.values() for char in table)
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\u0085")
WIDEST_GAP = 400
"""Blanks in a row that a line keeps: wider than any printed page, and short enough for rules that look behind them."""
MOST_CELLS = 50_000
MOST_WORK = 4_000_000_000
"""Characters of a line times the signs in it that Markdown could take for its own: each is looked at in all of it."""
_MARKUP = re.compile(r"[\\`*_\[\]{}]")
_LONG_BLANK = re.compile(rf"([^\S\r\n\f]{{{WIDEST_GAP}}})[^\S\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Received:
    """A text extraction as it came in: its lines with the marks of the tool that wrote it undone."""

    name: str
    lines: tuple[SourceLine, ...]
    encoding: str
    dialect: Dialect
    evidence: Reason

    def __str__(self) -> str:
        return f"{self.name}: read as {self.encoding}, dialect {self.dialect} ({self.evidence.said('en')})"


def receive(
    path: Path, encoding: str | None = None, within: Path | None = None, dialect: Dialect | None = None
) -> Received:
    """The extraction at `path`, characters mended, marks undone; `InputError` names what can't be read.

    `encoding`, `dialect`: those that a person named. `within`: the folder that no link may lead out of.
    """
    decoded = decode(read_bytes(path, within), str(path), encoding)
    text = _LONG_BLANK.sub(r"\1", decoded.text)
    if beyond := list(_long_numbers(enumerate(text.split("\n"), 1), path)):
        raise InputError(*beyond)
    found = Recognised(dialect, reason("guess-told")) if dialect else recognise(text)
    lines = received_lines(text, found.dialect)
    if beyond := list(_beyond_limits(lines, path)):
        raise InputError(*beyond)
    if not any(line.accounted for line in lines):
        raise InputError(Problem(str(path), "the file holds no text", "give the text extraction of a report"))
    return Received(path.name, lines, decoded.encoding, found.dialect, found.evidence)


def _long_numbers(texts: Iterable[tuple[int, str]], path: Path) -> Iterator[Problem]:
    for number, text in texts:
        if long_number(text):
            message = f"more than {LONGEST_NUMBER:,} digits in a row are no number"
            yield Problem(f"{path}:{number}", message, "mend the line, or take it out")


def _beyond_limits(lines: Sequence[SourceLine], path: Path) -> Iterator[Problem]:
    """Lines that no report has, and that would take for ever."""
    yield from _long_numbers(((line.number, line.text) for line in lines), path)
    for line in lines:
        text = line.text
        if text.count("|") > MOST_CELLS:
            message = f"a row of more than {MOST_CELLS:,} cells"
            yield Problem(f"{path}:{line.number}", message, "give the table in parts, or mend the line")
        elif len(text) > MOST_WORK // MOST_CELLS and len(text) * len(_MARKUP.findall(text)) > MOST_WORK:
            message = f"a line of {len(text):,} characters, too many of them signs such as * _ [ ] for one paragraph"
            yield Problem(f"{path}:{line.number}", message, "break the line where its paragraphs end")


def received_lines(text: str, dialect: Dialect) -> tuple[SourceLine, ...]:
    """Numbered lines of a text; of an HTML document whose blocks share lines, of the document broken into blocks."""
    whole = broken_into_blocks(text) if dialect is Dialect.HTML else text
    read = read_dialect([mend_characters(line) for line in split_lines(whole)], dialect)
    return tuple(map(mend_characters, read))  # Entities may have spelt damaged or invisible characters.


def split_lines(text: str) -> tuple[SourceLine, ...]:
    """Numbered lines. A form feed is no line end (editors count it as none); it marks the line that follows it."""
    parts = _LINE_END.split(text)
    if parts and not parts[-1].strip("\f \t"):
        parts.pop()
    lines: list[SourceLine] = []
    pending = False
    for number, raw in enumerate(parts, 1):
        stripped = raw.lstrip(" \t")
        broken = pending or stripped.startswith("\f")
        body = raw.strip("\f").replace("\f", " ") if "\f" in raw else raw
        pending = (broken and not body.strip()) or raw.rstrip(" \t").endswith("\f")
        lines.append(SourceLine(number, raw, body, page_break=broken and bool(body.strip())))
    return tuple(lines)


def mend_characters(line: SourceLine) -> SourceLine:
    """Replaces damaged characters by the named tables, each table's work recorded as one change."""
    if line.text.isascii() and line.text.isprintable():
        return line
    for rule, text in _mended(line.text):
        line = line.changed(rule, text)
    return line


@lru_cache(maxsize=1 << 15)
def _mended(text: str) -> Sequence[tuple[str, str]]:
    """What each table makes of the text."""
    found: list[tuple[str, str]] = []
    for rule, table in _REPAIRS.items() if not _DAMAGED.isdisjoint(text) else ():
        text = text.translate(table)
        found.append((rule, text))
    text = without_invisible(text)
    lost = PRIVATE_USE.sub(LOST_GLYPH, text.replace(REPLACEMENT, LOST_GLYPH))
    return (*found, ("invisible-character", text), ("lost-glyph", lost))
