"""Which encoding the bytes of a text are in: told by marks, proved by strict decoding, or read well in one alone.

GB18030 decodes nearly anything, so decoding proves nothing for the older encodings: what came out must read like a
text of a language that is written in them. Where two read well, a second opinion is asked; where that doesn't settle
it, a person does.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...language.characters import NO_TEXT
from ...language.frequency import reads_as
from ...model.errors import InputError, Problem

NAME_IT = "name it with --encoding, or save the text as UTF-8"


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    """Name for people, such as `UTF-16 LE`."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    codec: str
    writings: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    """(codec, name): the narrowest that decodes the bytes gives the name."""


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32 BE"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 BE"),
)
_CHINESE = ("simplified Chinese", "traditional Chinese")
_ANY = (*_CHINESE, "Japanese", "Korean")
_CANDIDATES = (
    _Candidate("gb18030", _CHINESE, (("gb2312", "GB2312"), ("gbk", "GBK"), ("gb18030", "GB18030"))),
    _Candidate("big5hkscs", ("traditional Chinese",), (("big5", "Big5"), ("big5hkscs", "Big5-HKSCS"))),
    _Candidate("cp1252", ("Western European",), (("cp1252", "Windows-1252"),)),
    _Candidate("cp932", ("Japanese",), (("cp932", "Shift_JIS"),)),
    _Candidate("euc_jp", ("Japanese",), (("euc_jp", "EUC-JP"),)),
    _Candidate("cp949", ("Korean",), (("euc_kr", "EUC-KR"), ("cp949", "CP949"))),
    _Candidate("utf-16-le", _ANY, (("utf-16-le", "UTF-16 LE"),)),
    _Candidate("utf-16-be", _ANY, (("utf-16-be", "UTF-16 BE"),)),
)
READS_WELL = 1.0
CLEARLY = 2.0
"""The best must read this many times better than the next, or a second opinion is asked."""
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SEVEN_BIT = ((re.compile(rb"\x1b\$[@AB]|\x1b\$\)C"), "ISO-2022"), (re.compile(rb"~\{[\x21-\x7e]{2,}~\}"), "HZ"))


def decode(data: bytes, name: str = "source", encoding: str | None = None) -> Decoded:
    """Text of `data`, in the `encoding` that a person named; `InputError` where none gives a text, or more than one."""
    if not data.strip(b"\0 \t\r\n\f"):
        raise InputError(Problem(name, "the file is empty", "give the text extraction of a report"))
    if encoding is not None:
        return _as_told(data, name, encoding)
    for mark, codec, title in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, codec, name, title), title)
    if (wide := _unmarked_wide(data)) is not None:
        return wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged(data, name, error)
        return _legacy(data, name, error)
    if seven := next((title for pattern, title in _SEVEN_BIT if pattern.search(data)), None):
        raise InputError(Problem(name, f"looks like {seven} text, which is written in ASCII signs", NAME_IT))
    return Decoded(text, "UTF-8")


def _as_told(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
        "".encode(encoding)
    except LookupError:
        known = ", ".join(title for candidate in _CANDIDATES for _, title in candidate.names)
        raise InputError(
            Problem("--encoding", f"no text encoding is called {encoding!r}", f"such as: UTF-8, {known}")
        ) from None
    text = _strictly(data, encoding, name, encoding).removeprefix("\ufeff")
    return Decoded(text, f"{codec.name.upper()} (as told)")


def _strictly(data: bytes, codec: str, name: str, title: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(data, name, error, title)) from error


def _undecodable(data: bytes, name: str, error: UnicodeDecodeError, title: str) -> Problem:
    found = f"byte 0x{data[error.start]:02x} at offset {error.start} is not {title}"
    return Problem(f"{name}:{_line(data, error.start)}", found, NAME_IT)


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _refuse_damaged(data: bytes, name: str, error: UnicodeDecodeError) -> None:
    """Nearly all is UTF-8: the file was cut or damaged, and no other encoding will do."""
    held = sum(len(match) for match in _MULTIBYTE.findall(data))
    high = len(_HIGH.findall(data))
    if held < 9 or held < 0.9 * high:
        return
    cut = error.reason == "unexpected end of data"
    what = (
        "ends in the middle of a character" if cut else f"holds the byte 0x{data[error.start]:02x} amid its characters"
    )
    raise InputError(
        Problem(
            f"{name}:{_line(data, error.start)}",
            f"is UTF-8, but {what} (offset {error.start}): it was cut or damaged",
            "fetch the whole file again, or mend the line named",
        )
    )


def _unmarked_wide(data: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 without a mark show themselves by zero bytes beside line ends and blanks."""
    if b"\0" not in data:
        return None
    for codec, title in (("utf-32-le", "UTF-32 LE"), ("utf-32-be", "UTF-32 BE")):
        if len(data) % 4 == 0 and data.count(0) * 4 >= len(data):
            try:
                return Decoded(data.decode(codec), title)
            except UnicodeDecodeError:
                continue
    even = len(data) // 2 * 2
    little = sum(data[i : i + 2] in (b"\n\0", b" \0") for i in range(0, even, 2))
    big = sum(data[i : i + 2] in (b"\0\n", b"\0 ") for i in range(0, even, 2))
    if len(data) % 2 or max(little, big) < 1 or data.count(0) < len(data) // 200:
        return None
    order = "le" if little > big else "be"
    try:
        text = data.decode(f"utf-16-{order}")
    except UnicodeDecodeError:
        return None
    return None if NO_TEXT.search(text) else Decoded(text, f"UTF-16 {order.upper()}")


def _legacy(data: bytes, name: str, utf8: UnicodeDecodeError) -> Decoded:
    readings = sorted(_readings(data), key=lambda reading: -reading[0])
    best = readings[0][0] if readings else 0.0
    if best >= READS_WELL:
        rivals = [decoded for score, decoded in readings if score * CLEARLY > best]
        return rivals[0] if len(rivals) == 1 else settle(rivals, _second_opinion(data), name)
    undecodable = _undecodable(data, name, utf8, "UTF-8")
    names = ", ".join(decoded.encoding for _, decoded in readings[:4])
    tried = f"; it can be decoded as {names}, but reads like no text there" if names else ""
    raise InputError(Problem(undecodable.place, f"{undecodable.message}{tried}", NAME_IT))


def _readings(data: bytes) -> Iterator[tuple[float, Decoded]]:
    """(how well it reads, text) for each candidate that decodes all of the bytes."""
    for candidate in _CANDIDATES:
        try:
            text = data.decode(candidate.codec)
        except UnicodeDecodeError:
            continue
        if not NO_TEXT.search(text):
            yield reads_as(text, candidate.writings), Decoded(text, _narrowest(data, candidate))


def _narrowest(data: bytes, candidate: _Candidate) -> str:
    for codec, title in candidate.names:
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return title
    return candidate.codec


def _second_opinion(data: bytes) -> str | None:
    """The text as charset-normalizer reads it, asked about the candidates alone."""
    from charset_normalizer import from_bytes  # takes longer to import than most texts to be read

    best = from_bytes(data, cp_isolation=[candidate.codec for candidate in _CANDIDATES]).best()
    return None if best is None else str(best)


def settle(readings: list[Decoded], second: str | None, name: str) -> Decoded:
    """The one of several that read well that the second opinion shares; without it a person decides."""
    if agreed := next((one for one in readings if one.text == second), None):
        return agreed
    names = ", ".join(f"{one.encoding} ({_beginning(one.text)})" for one in readings)
    raise InputError(Problem(name, f"is no UTF-8, and reads well in more than one encoding: {names}", NAME_IT))


def _beginning(text: str) -> str:
    """The first words that aren't ASCII, for a person to judge."""
    at = next((i for i, char in enumerate(text) if not char.isascii()), 0)
    return f"“{' '.join(text[at : at + 12].split())}…”"
