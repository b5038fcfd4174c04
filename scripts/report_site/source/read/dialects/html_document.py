"""A whole HTML document to lines of text: headings, paragraphs, items and pictures on the lines where they begin.

A document whose blocks share a line is broken before each block first, so that each has a line of its own to be cited
by. Tables stay as they are: the reader of HTML tables takes them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from ....language.values import is_value
from ....model import SourceLine

_DOCUMENT = re.compile(
    r"\A\s*(?:<\?xml[^<>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b[^<>]*>\s*)?<html\b", re.IGNORECASE | re.DOTALL
)
_DECLARED = re.compile(r"\A\s*(?:<!--.*?-->\s*)*<!doctype\s+html\b", re.IGNORECASE | re.DOTALL)
_BLOCK_TAGS = (
    "address|article|aside|blockquote|body|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|img|li|main|nav|ol|p|pre"
    "|section|table|tr|ul"
)
_BLOCK = re.compile(f"(?:{_BLOCK_TAGS}|caption|center|details|fieldset|form|html|summary)")
_BREAK = re.compile(rf"(?<=[^\s])[ \t]*(?=<(?:{_BLOCK_TAGS}|title|script|style)\b)", re.IGNORECASE)
_NOTE_LINK = re.compile(
    r"""<sup\b[^<>]*>\s*<a\b[^<>]*?\bhref\s*=\s*["']?#(?P<inner>[^"'\s<>]+)["']?[^<>]*>\s*[\[(]?(?P<in_label>[\w*†‡]{1,3})[\])]?\s*</a>"""
    r"""|<a\b[^<>]*?\bhref\s*=\s*["']?#(?P<outer>[^"'\s<>]+)["']?[^<>]*>\s*<sup\b[^<>]*>\s*[\[(]?(?P<out_label>[\w*†‡]{1,3})""",
    re.IGNORECASE,
)
_SET_NOTE_MARK = re.compile(r"<sup>\s*(\[\^[^\]\s]+\])\s*</sup>")
_OWN_LABEL = re.compile(r"^(?:<sup>\s*[\[(]?[\w*†‡]{0,3}[\])]?\s*</sup>|\d{1,3}\.?(?=\s))\s*")
_INLINE = "span|strong|b|em|small"
_VALUE_PART = re.compile(
    rf"(<div\b[^<>]*>\s*<(?P<tag>{_INLINE})\b[^<>]*>[^<>\d]{{0,8}}\d[^<>]{{0,16}}</(?P=tag)>)(?=<(?:{_INLINE})\b)",
    re.IGNORECASE,
)
"""A large number and what it counts, as pages set them: two boxes by style, one word by the marks."""
_SILENT = frozenset({"head", "script", "style", "nav", "template", "noscript", "svg", "title"})
_KEPT = frozenset({"sup", "sub"})
MOST_UNENDED = 8
"""Silent elements without an end that are read as if they weren't there."""


def is_document(text: str) -> bool:
    """The whole text is one HTML document, not a text with a table in such tags."""
    opened = len(re.findall(r"<html\b", text, re.IGNORECASE))
    if not (_DOCUMENT.match(text) or _DECLARED.match(text)) or opened > 1:
        return False
    return not re.search(r"</html\s*>\s*\S", text, re.IGNORECASE)


def broken_into_blocks(text: str) -> str:
    """The document with each block at the start of a line."""
    return _BREAK.sub("\n", _VALUE_PART.sub(r"\1\n", text))


@dataclass(slots=True, eq=False)
class _Block:
    start: str
    pieces: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, notes: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._notes = notes
        """Label of a raised link by the name that it leads to."""
        self._in_mark = False
        self.blocks: list[_Block] = []
        self.tables: set[int] = set()
        """Lines within tables, counted from 0."""
        self._starts: list[int] = []
        """Where each line begins."""
        self._silent = self._table = 0
        self._silent_span = (0, 0)
        """Where the tag stands that opened what is silent."""
        self._table_start = 0
        self._lists: list[int | None] = []
        self._term: _Block | None = None
        self._box = False
        """A `div` is the last block that was opened."""
        self._picture: _Block | None = None
        """The last picture of the figure that is open."""

    @property
    def open_tables(self) -> int:
        """Tables without an end; asked for when all is read."""
        return self._table

    @property
    def unended(self) -> tuple[int, int] | None:
        """Where the tag of a silent element without an end stands; asked for when all is read."""
        return self._silent_span if self._silent else None

    def feed(self, data: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", data))]
        super().feed(data)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        here = self.getpos()[0] - 1
        if tag in _SILENT:
            self._fall_silent()
        elif tag == "table":
            self._table_start = self._table_start if self._table else here
            self._table += 1
            self._open("")
        elif self._table or self._silent:
            return
        elif tag == "img":
            found = dict(attributes)
            self._open("")
            self._add(f"![{found.get('alt') or ''}]({(found.get('src') or '').replace(' ', '%20')})", here, here)
            self._picture = self.blocks[-1]
            self._open("")
        elif tag in ("dt", "dd", "figcaption"):
            self._begin_label(tag, dict(attributes))
        elif tag == "input" and dict(attributes).get("type") == "checkbox":
            self._add("☑ " if "checked" in dict(attributes) else "☐ ", here, here)
        elif tag == "a":
            self._note_mark((dict(attributes).get("href") or "").removeprefix("#"), here)
        elif tag in ("br", *_KEPT):
            self._add(f"<{tag}>", here, here)
        elif self._box and re.fullmatch(_INLINE, tag) and is_value("".join(self.blocks[-1].pieces).strip()):
            self._open("")
        elif _BLOCK.fullmatch(tag):
            self._picture = None if tag == "figure" else self._picture
            self._begin(tag, dict(attributes))

    def _fall_silent(self) -> None:
        if not self._silent:
            line, column = self.getpos()
            start = self._starts[line - 1] + column
            self._silent_span = (start, start + len(self.get_starttag_text() or ""))
        self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._table:
            self._table -= 1
            if not self._table:
                self.tables |= set(range(self._table_start, self.getpos()[0]))
        elif self._table or self._silent:
            return
        elif tag == "a":
            self._in_mark = False
        elif tag in _KEPT:
            self._add(f"</{tag}>", self.getpos()[0] - 1, self.getpos()[0] - 1)
        elif tag == "figure":
            self._picture = None
            self._open("")
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._open("")
        elif _BLOCK.fullmatch(tag):
            self._open("")

    def handle_data(self, data: str) -> None:
        if self._silent or self._table or self._in_mark or not data.strip():
            if data and self.blocks and not self._silent and not self._table:
                self.blocks[-1].pieces.append(" ")
            return
        first = self.getpos()[0] - 1 + data[: len(data) - len(data.lstrip())].count("\n")
        self._add(html.escape(data, quote=False), first, first + data.strip().count("\n"))

    def _begin_label(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """What is told of a term or a picture stands on its line: whose it is can't be told from the next one."""
        if tag == "dt":
            self._open("")
            self._term = self.blocks[-1]
        elif tag == "dd" and self._term and self._term.lines:
            self._term.pieces.append(": ")
            self.blocks.append(self._term)
            self._term = None
        elif tag == "figcaption" and self._picture:
            self._picture.pieces.append(" ")
            self.blocks.append(self._picture)
        else:
            self._begin(tag, attributes)

    def _note_mark(self, target: str, line: int) -> None:
        """A raised link to a note is its mark; within the note it only leads back."""
        label = self._notes.get(target)
        if label is None or not self.blocks:
            return
        self._in_mark = True
        if not _opens_note(self.blocks[-1]):
            self._add(f"[^{label}]", line, line)

    def _begin(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        self._box = tag == "div"
        if note := self._notes.get(attributes.get("id") or ""):
            self._open(f"[^{note}]: ")
        elif tag in ("ul", "ol"):
            start = attributes.get("start") or ""
            self._lists.append((int(start) - 1 if start.isdecimal() else 0) if tag == "ol" else None)
            self._open("")
        elif tag == "li":
            value = attributes.get("value") or ""
            if value.isdecimal() and self._lists and self._lists[-1] is not None:
                self._lists[-1] = int(value) - 1
            self._open(self._item_mark())
        elif tag[0] == "h" and tag[1:].isdigit():
            self._open(f"{'#' * int(tag[1:])} ")
        elif tag == "blockquote":
            self._open("> ")
        elif not (tag == "p" and self.blocks and self.blocks[-1].start.strip() and not self.blocks[-1].lines):
            # A paragraph that opens an item or a quotation is that item.
            self._open("")

    def _item_mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _open(self, start: str) -> None:
        self.blocks.append(_Block(start))

    def _add(self, text: str, first: int, last: int) -> None:
        if not self.blocks:
            self._open("")
        self.blocks[-1].pieces.append(text)
        self.blocks[-1].lines += range(first, last + 1)


def read_document(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with the document's text where its blocks begin; what is markup alone is a mark."""
    text = "\n".join(line.text for line in lines)
    reader = _whole(text)
    if reader.open_tables:
        ends = "</table>" * reader.open_tables
        lines = [*lines[:-1], lines[-1].changed("html", lines[-1].text + ends)]
        reader = _whole(text + ends)
    texts, homes = _texts(reader.blocks)
    return list(_placed(lines, texts, homes, reader.tables))


def _whole(text: str) -> _Reader:
    """The document read; what stands behind an element that says nothing, and never ends, is text."""
    for _ in range(MOST_UNENDED):
        reader = _Reader(_notes(text))
        reader.feed(text)
        reader.close()
        if reader.unended is None:
            break
        start, stop = reader.unended
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:stop]) + text[stop:]
    return reader


def _notes(text: str) -> Mapping[str, str]:
    """What raised links lead to, with their labels."""
    return {
        match["inner"] or match["outer"]: match["in_label"] or match["out_label"] for match in _NOTE_LINK.finditer(text)
    }


def _opens_note(block: _Block) -> bool:
    return block.start.startswith("[^")


def _texts(blocks: Sequence[_Block]) -> tuple[dict[int, str], dict[int, int]]:
    """Text by the line where its block begins, and the line that each further line is a part of."""
    texts: dict[int, str] = {}
    homes: dict[int, int] = {}
    for block in dict.fromkeys(blocks):
        said = _SET_NOTE_MARK.sub(r"\1", " ".join("".join(block.pieces).split()))
        said = _OWN_LABEL.sub("", said) if _opens_note(block) else said
        if not said or not block.lines:
            continue
        home = homes.get(block.lines[0], block.lines[0])
        texts[home] = f"{texts[home]} {said}" if home in texts else f"{block.start}{said}"
        homes |= {line: home for line in block.lines if line != home and line not in texts}
    return texts, homes


def _placed(
    lines: Sequence[SourceLine], texts: dict[int, str], homes: dict[int, int], tables: set[int]
) -> Iterator[SourceLine]:
    for i, line in enumerate(lines):
        if i in texts:
            parts = tuple(lines[k].number for k in sorted(homes) if homes[k] == i)
            yield replace(line.changed("html", texts[i]), parts=parts, opens=True)
        elif i in tables or line.blank:
            yield line
        elif i in homes:
            yield replace(line.changed("html", ""), part_of=lines[homes[i]].number)
        else:
            yield line.marked("html")
