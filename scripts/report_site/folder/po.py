"""gettext's .po format, read strictly and written back whole: what other editors keep in a file stays in it.

Neither Babel nor polib will do: one loses `#|` and `#~`, the other cuts a text whose quotation mark is missing, and
neither tells both lines of a message that stands twice.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ..model.errors import InputError, Problem

LONGEST_TEXT = 100_000
_REMEDY = "mend the line; gettext .po format"
_KEYWORD = re.compile(r"(?P<keyword>msgctxt|msgid|msgstr)[ \t]*(?P<text>\".*)")
_TEXT = re.compile(r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"')
_ESCAPES: Mapping[str, str] = MappingProxyType({"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"})
"""Of gettext's, those that a text may hold: nobody sees a bell or a form feed."""
_CHARSET = re.compile(rb"charset=([\w.:-]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One message with all that stands above it."""

    context: str
    id: str
    string: str
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """The translator's, without `# `."""
    extracted: tuple[str, ...] = ()
    """`#.`: what the tool says of the text."""
    references: tuple[str, ...] = ()
    """`#:`."""
    previous: str | None = None
    """`#| msgid`: the source that the translation was made from, where that has changed since."""
    line: int = 0

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.id


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of a file, its header and those that no text has any more. Iterating yields the messages."""

    header: Entry
    messages: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.messages)


def decode_po(data: bytes, path: Path) -> str:
    """The file's text, by the charset that its header names."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(Problem(str(path), "is UTF-16", "save it as UTF-8"))
    data = data.removeprefix(codecs.BOM_UTF8)
    match = _CHARSET.search(data)
    name = match[1].decode("ascii", "replace") if match else "utf-8"
    try:
        if name != "CHARSET" and not codecs.lookup(name)._is_text_encoding:
            raise LookupError
        return data.decode("utf-8" if name == "CHARSET" else name)
    except LookupError:
        line = data.count(b"\n", 0, match.start() if match else 0) + 1
        message = f"the charset {name!r} is no encoding of texts"
        raise InputError(Problem(f"{path}:{line}", message, "write charset=utf-8 and save it so")) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"no valid catalogue: byte 0x{data[error.start]:02x} is not {name}"
        raise InputError(Problem(f"{path}:{line}", message, "save it as UTF-8")) from error


@lru_cache(maxsize=2)
def parse_po(text: str, path: Path) -> Catalogue:
    """The catalogue; `InputError` names the line of what is no .po, and both lines of a message that stands twice.

    Kept, since a run reads it twice.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header: Entry | None = None
    messages: list[Entry] = []
    obsolete: list[Entry] = []
    for is_obsolete, entry in _entries(lines, path):
        if is_obsolete:
            obsolete.append(entry)
        elif not entry.id and not entry.context:
            if header is not None:
                raise _refused(path, entry.line, f"a second header; the first is in line {header.line}")
            header = entry
        else:
            messages.append(entry)
    if doubles := list(_doubles(messages, path)):
        raise InputError(*doubles)
    return Catalogue(header or Entry("", "", ""), tuple(messages), tuple(obsolete))


def _doubles(messages: Iterable[Entry], path: Path) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for entry in messages:
        if entry.key in first:
            message = f"the message {(entry.context or entry.id[:40])!r} stands in line {first[entry.key]} already"
            yield Problem(f"{path}:{entry.line}", message, "keep one of the two")
        first.setdefault(entry.key, entry.line)


def _refused(path: Path, line: int, message: str) -> InputError:
    return InputError(Problem(f"{path}:{line}", f"no valid catalogue: {message}", _REMEDY))


@dataclass(slots=True)
class _Open:
    """A message in the making."""

    path: Path
    texts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    last: str = ""
    last_previous: str = ""
    line: int = 0
    obsolete: bool = False

    def closed(self) -> tuple[bool, Entry]:
        if missing := next((name for name in ("msgid", "msgstr") if name not in self.texts), None):
            raise _refused(self.path, self.line, f"a message without {missing}")
        flags = tuple(flag.strip() for note in self.notes.get("#,", ()) for flag in note.split(",") if flag.strip())
        entry = Entry(
            self.texts.get("msgctxt", ""),
            self.texts["msgid"],
            self.texts["msgstr"],
            flags,
            tuple(self.notes.get("#", ())),
            tuple(self.notes.get("#.", ())),
            tuple(self.notes.get("#:", ())),
            self.previous.get("msgid"),
            self.line,
        )
        return self.obsolete, entry


def _entries(lines: Sequence[str], path: Path) -> Iterator[tuple[bool, Entry]]:
    """Each message, and whether it is one of `#~`."""
    entry = _Open(path)
    for number, whole in enumerate(lines, 1):
        line = whole.strip()
        obsolete = line.startswith("#~")
        if obsolete:
            line = line[2:].lstrip()
            line = f"#{line}" if line.startswith("|") else line
        opens = line.startswith(("#", "msgctxt", "msgid"))
        if entry.texts and (not line or (opens and "msgstr" in entry.texts) or obsolete is not entry.obsolete):
            yield entry.closed()
            entry = _Open(path)
        if not line:
            continue
        if line.startswith("#"):
            if entry.texts:
                raise _refused(path, number, "a comment inside a message")
            _note(entry, line, number)
        else:
            entry.line, entry.obsolete = entry.line or number, obsolete
            _text(entry, line, number)
    if entry.texts:
        yield entry.closed()


def _note(entry: _Open, line: str, number: int) -> None:
    mark = line[:2] if line[1:2] in (".", ":", ",", "|") else "#"
    rest = line[len(mark) :].removeprefix(" ")
    if mark != "#|":
        entry.notes.setdefault(mark, []).append(rest)
    elif match := _KEYWORD.fullmatch(rest):
        entry.last_previous = match["keyword"]
        entry.previous[entry.last_previous] = _unquoted(match["text"], entry.path, number)
    elif entry.last_previous:
        entry.previous[entry.last_previous] += _unquoted(rest, entry.path, number)
    else:
        raise _refused(entry.path, number, f"unknown words {line[:40]!r}")


def _text(entry: _Open, line: str, number: int) -> None:
    if line.startswith('"'):
        if not entry.last:
            raise _refused(entry.path, number, "a text that belongs to nothing")
        entry.texts[entry.last] += _unquoted(line, entry.path, number)
    elif match := _KEYWORD.fullmatch(line):
        entry.last = match["keyword"]
        if entry.last in entry.texts or (entry.last == "msgid" and "msgstr" in entry.texts):
            raise _refused(entry.path, number, f"{entry.last} stands twice in one message")
        if entry.last == "msgstr" and "msgid" not in entry.texts:
            raise _refused(entry.path, number, "msgstr without msgid")
        entry.texts[entry.last] = _unquoted(match["text"], entry.path, number)
    else:
        plural = line.startswith(("msgid_plural", "msgstr["))
        raise _refused(
            entry.path, number, "plural forms aren't used here" if plural else f"unknown words {line[:40]!r}"
        )
    # A source's text is as long as it is; a translation is written by people.
    if entry.last == "msgstr" and len(entry.texts[entry.last]) > LONGEST_TEXT:
        raise _refused(entry.path, number, f"a translation of more than {LONGEST_TEXT} characters")


def _unquoted(text: str, path: Path, number: int) -> str:
    match = _TEXT.fullmatch(text.strip())
    if match is None:
        raise _refused(path, number, f"quotation marks that don't pair: {text[:40]}")
    if "\\" not in match["text"]:
        return match["text"]

    def plain(escape: re.Match[str]) -> str:
        if escape[1] not in _ESCAPES:
            raise _refused(path, number, f"unknown escape {escape[0]}")
        return _ESCAPES[escape[1]]

    return re.sub(r"\\(.)", plain, match["text"])


# --- writing -------------------------------------------------------------------------------------------------------


def dump_po(catalogue: Catalogue) -> bytes:
    """The file: header, messages, then those that no text has any more."""
    header = replace(catalogue.header, string=_in_utf8(catalogue.header.string))
    parts = [_written(header), *map(_written, catalogue.messages)]
    parts += [_struck(_written(entry)) for entry in catalogue.obsolete]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _in_utf8(header: str) -> str:
    return re.sub(r"charset=[\w.:-]+", "charset=utf-8", header)


def _written(entry: Entry) -> str:
    lines = [f"# {comment}".rstrip() for comment in entry.comments]
    lines += [f"#. {text}".rstrip() for text in entry.extracted]
    lines += [f"#: {text}".rstrip() for text in entry.references]
    lines += [f"#, {', '.join(entry.flags)}"] if entry.flags else []
    if entry.previous is not None:
        lines += [f"#| {line}" for line in _keyword("msgid", entry.previous)]
    lines += _keyword("msgctxt", entry.context) if entry.context else []
    return "\n".join([*lines, *_keyword("msgid", entry.id), *_keyword("msgstr", entry.string)])


def _keyword(keyword: str, text: str) -> list[str]:
    pieces = text.splitlines(keepends=True) if "\n" in text else []
    return [f'{keyword} ""', *map(_quoted, pieces)] if pieces else [f"{keyword} {_quoted(text)}"]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'


def _struck(text: str) -> str:
    """A message that is gone: its comments stay as they are, its texts and its previous source are struck out."""
    return "\n".join(map(_struck_line, text.split("\n")))


def _struck_line(line: str) -> str:
    if line.startswith("#|"):
        return f"#~{line[1:]}"
    return line if line.startswith("#") else f"#~ {line}"
