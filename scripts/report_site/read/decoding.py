"""Bytes of an extraction to numbered source lines: encoding, line ends, damaged characters."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..errors import InputError, Problem
from ..language.characters import CHARACTER_TABLES, INVISIBLE, LOST_GLYPH, PRIVATE_USE, REPLACEMENT
from ..model import SourceLine

LARGEST_SOURCE = 64 * 1024 * 1024
_REPAIRS = {rule: str.maketrans(dict(table)) for rule, table in CHARACTER_TABLES.items()}
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\u0085")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_source(path: Path) -> tuple[SourceLine, ...]:
    """The lines of the extraction at `path`, characters mended; `InputError` names what can't be read."""
    lines = split_lines(decode(_read_bytes(path), str(path)))
    mended = tuple(mend_characters(line) for line in lines)
    if all(line.blank for line in mended):
        raise InputError(Problem(str(path), "the file holds no text", "give the text extraction of a report"))
    return mended


def _read_bytes(path: Path) -> bytes:
    if not path.exists():
        raise InputError(Problem(str(path), "no such file", "give the path of a text extraction (.txt or .md)"))
    if path.is_dir():
        raise InputError(Problem(str(path), "this is a folder", "give the text extraction itself, a file"))
    try:
        if path.stat().st_size > LARGEST_SOURCE:
            raise InputError(Problem(str(path), f"larger than {LARGEST_SOURCE >> 20} MiB", "give a text, not the PDF"))
        return path.read_bytes()
    except OSError as error:
        raise InputError(Problem(str(path), f"can't be read: {error.strerror}")) from error


def decode(data: bytes, name: str = "source") -> str:
    """Text of `data`: by its byte order mark, else UTF-8, UTF-16 without a mark, GB18030, in this order."""
    if not data.strip(b"\0 \t\r\n\f"):
        raise InputError(Problem(name, "the file is empty", "give the text extraction of a report"))
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, name, error)
    if "\0" in text and (guess := _unmarked_utf16(data)):
        return _decode_strictly(data, guess, name)
    return text


def _decode_strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(data, name, error, encoding)) from error


def _decode_legacy(data: bytes, name: str, utf8: UnicodeDecodeError) -> str:
    if guess := _unmarked_utf16(data):
        return _decode_strictly(data, guess, name)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise InputError(_undecodable(data, name, utf8, "UTF-8, UTF-16 or GB18030")) from None
    if INVISIBLE.search(text):
        raise InputError(_undecodable(data, name, utf8, "UTF-8 (and control characters say that it is no text)"))
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows itself by line ends and spaces whose other byte is zero."""
    even = len(data) // 2 * 2
    little = sum(data[i : i + 2] in (b"\n\0", b" \0") for i in range(0, even, 2))
    big = sum(data[i : i + 2] in (b"\0\n", b"\0 ") for i in range(0, even, 2))
    if len(data) % 2 or max(little, big) < 2 or data.count(0) < len(data) // 200:
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _undecodable(data: bytes, name: str, error: UnicodeDecodeError, encoding: str) -> Problem:
    line = data.count(b"\n", 0, error.start) + 1
    found = f"byte 0x{data[error.start]:02x} at offset {error.start} is not {encoding}"
    return Problem(f"{name}:{line}", found, "save the extraction as UTF-8")


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
    if line.text.isascii() and not INVISIBLE.search(line.text) and "\t" not in line.text:
        return line
    for rule, table in _REPAIRS.items():
        line = line.changed(rule, line.text.translate(table))
    line = line.changed("invisible-character", INVISIBLE.sub("", line.text))
    return line.changed("lost-glyph", PRIVATE_USE.sub(LOST_GLYPH, line.text.replace(REPLACEMENT, LOST_GLYPH)))
