"""Bytes of an extraction to numbered source lines: encoding, line ends, damaged characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, Problem
from ..language.characters import CHARACTER_TABLES, LOST_GLYPH, PRIVATE_USE, REPLACEMENT, without_invisible
from ..model import SourceLine
from .dialects import read_dialect
from .encodings import decode
from .files import read_bytes

_REPAIRS = {rule: str.maketrans(dict(table)) for rule, table in CHARACTER_TABLES.items()}
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\u0085")


@dataclass(frozen=True, slots=True)
class Received:
    """A text extraction as it came in."""

    name: str
    lines: tuple[SourceLine, ...]
    encoding: str = "UTF-8"

    def __str__(self) -> str:
        return f"{self.name}: read as {self.encoding}"


def receive(path: Path, encoding: str | None = None, within: Path | None = None) -> Received:
    """The extraction at `path`, characters mended; `InputError` names what can't be read.

    `encoding`: the one that a person named. `within`: the folder that no link may lead out of.
    """
    decoded = decode(read_bytes(path, within), str(path), encoding)
    lines = tuple(mend_characters(line) for line in split_lines(decoded.text))
    if all(line.blank for line in lines):
        raise InputError(Problem(str(path), "the file holds no text", "give the text extraction of a report"))
    return Received(path.name, read_dialect(lines), decoded.encoding)


def read_source(path: Path, encoding: str | None = None, within: Path | None = None) -> tuple[SourceLine, ...]:
    """The lines of the extraction at `path`."""
    return receive(path, encoding, within).lines


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
    for rule, table in _REPAIRS.items():
        line = line.changed(rule, line.text.translate(table))
    line = line.changed("invisible-character", without_invisible(line.text))
    return line.changed("lost-glyph", PRIVATE_USE.sub(LOST_GLYPH, line.text.replace(REPLACEMENT, LOST_GLYPH)))
