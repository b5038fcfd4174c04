"""Footnotes: marks in the text and the notes that they lead to, in one spelling: `⁽¹⁾`.

A raised number is a note's mark only where a note answers it: `m²` and `10⁴` are none. What nobody answers stays a
raised number, and is never read into the number before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from ....language.characters import RAISED_DIGITS, RAISED_LETTERS, SENTENCE_END, note_mark, plain_digits, superscript
from ....model import SourceLine
from .inline import by_cell

_LABEL = r"[0-9]{1,3}|[a-zA-Z]|[ivx]{2,4}|\*{1,3}|[†‡§]|[①-⑳]"
_RAISED_LABEL = rf"[{RAISED_DIGITS}]{{1,3}}|[{RAISED_LETTERS}]"
_NAMED = re.compile(r"^\[\^(?P<label>[^\]\s]{1,24})\]:\s*(?P<text>\S.*)$")
_ALONE = re.compile(r"^\[\^[^\]\s]{1,24}\]$")
_TAGGED = re.compile(
    rf"^(?:[-*]\s+)?<sup>\s*[\[(（]?\s*(?P<label>{_LABEL})\s*[\])）]?\s*</sup>\s*(?P<text>\S.*)$", re.IGNORECASE
)
_RAISED = re.compile(rf"^(?:[-*]\s+)?(?P<label>{_RAISED_LABEL})\s*(?P<text>\S.*)$")
_SET = (
    r"\$\s*\{?\s*\}?\s*\^\s*\{?\s*[\[(]?\s*(?:\\textcircled\s*\{\s*)?"
    r"(?P<LABEL>\d{1,3}|[①-⑳])\s*\}?\s*[\])]?\s*\}?\s*\$"
)
"""A raised number set as a formula."""
_TYPESET = re.compile(rf"^(?:[-*]\s+)?{_SET.replace('LABEL', 'label')}\s*(?P<text>\S.*)$")
_BACK = r"\[[↑^]\]\(#[^()\s]*\)"
_LEADS_BACK = re.compile(rf"^(?P<label>\d{{1,3}})\.\s+{_BACK}\s*(?P<text>\S.*)$")
_WAY_BACK = re.compile(r"\s*(?:\[\s*[↩↑^]\ufe0e?\s*\]\(#[^()\s]*\)|↩\ufe0e?)\s*$")
_PLACE = re.compile(r"^(?:<(?:span|a)\b[^<>]*>\s*</(?:span|a)>\s*)+", re.IGNORECASE)
"""Names by which links lead to a line."""
_BRACKETED = re.compile(r"^(?:>\s*)?\\?\[(?P<label>\d{1,3}|[a-z]|[①-⑳])\\?\]\s+(?P<text>\S.*)$")
_NUMBERED = re.compile(r"^(?P<label>\d{1,3})\s+(?P<text>[^\d\s%].*)$")
_BULLET = re.compile(r"^(?P<label>\*)\s+(?P<text>[^\s*].*)$")
"""An item more often than a note."""
_OTHER = re.compile(r"^(?P<label>\*{1,3}|(?:\\\*){1,3}|[†‡§]|[①-⑳])\s*(?P<text>[^\s*].*)$")
_REFERENCE = re.compile(
    r"\[\^(?P<named>[^\]\s]{1,24})\](?!:)"
    r"|(?<![\s|])\s?<sup>\s*[\[(（]?\s*(?P<tagged>[^<>]{1,16}?)\s*[\])）]?\s*</sup>"
    rf"|(?<=[^\s|{RAISED_DIGITS}{RAISED_LETTERS}])(?P<raised>{_RAISED_LABEL})(?![{RAISED_LETTERS}])"
    rf"|(?<=\S)\s?{_SET.replace('LABEL', 'typeset')}"
    r"|(?:(?<=[^\s|\[])|(?<=\S)\s(?=\[\s*(?:<sup>|\[)))\[\s*(?:<sup>)?\s*\[?(?P<linked>\d{1,3})\]?\s*(?:</sup>)?\s*\]\(#[^()\s]*\)"
    r"|(?<=[^\s\[\]|])\\?\[(?P<bracketed>\d{1,3}|[a-z]|[①-⑳])\\?\](?!\()"
    r"|(?<=[^\s|①-⑳])(?P<circled>[①-⑳])(?=[，。；,.;]|\s*(?:$|\|))"
    r"|(?<=[^\s|*\\])(?P<signed>(?:\\\*){1,3}|[†‡§])(?=[，。；、,.;)）]|\s|$|\|)",
    re.IGNORECASE,
)
"""A circled number is a mark at the end of a clause or cell: elsewhere it opens an item."""
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmµμn]?m|ft|in|h?a|s)$|(?<![\d.,])10$|[A-Za-z]\s*\^$")
_MONEY = re.compile(r"[$£€¥￥]\s?\d[\d.,]*\s?m$")
_EXPONENTS = frozenset("23")
REACH = 80
"""Lines below its mark where a note that begins with a plain number is looked for: the rest of the page."""


@dataclass(frozen=True, slots=True)
class _Note:
    line: int
    """Index."""
    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    kind: str
    label: str


_DEFINITIONS = (
    ("named", _NAMED),
    ("raised", _TAGGED),
    ("raised", _RAISED),
    ("raised", _TYPESET),
    ("raised", _LEADS_BACK),
    ("bracketed", _BRACKETED),
    ("numbered", _NUMBERED),
    ("bullet", _BULLET),
    ("other", _OTHER),
)
_ANSWERS = {
    "named": ("named",),
    "raised": ("raised", "numbered", "bracketed", "bullet", "other", "named"),
    "bracketed": ("bracketed", "raised", "numbered", "bullet", "other"),
    "signed": ("other",),
}
"""Kinds of notes that answer a kind of mark."""


def read_notes(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with marks and notes in one spelling, where each has its other."""
    lines = list(_continued(list(_unwrapped(lines))))
    marks = [mark for i, line in enumerate(lines) for mark in _marks(i, line.text)]
    if not marks:
        return list(lines)
    notes = _answering(list(_candidates(lines)), marks)
    names = _names(marks, notes)
    at = {note.line: note for note in notes}
    answered = {(kind, note.label) for note in notes for kind, kinds in _ANSWERS.items() if note.kind in kinds}
    result: list[SourceLine] = []
    for i, line in enumerate(lines):
        start = ""
        text = line.text
        if note := at.get(i):
            start, text = f"{note_mark(names.get(note.label, note.label))} ", note.text
        text = by_cell(text, lambda cell: _marked(cell, answered, names))
        result.append(_without_links(line.changed("note-mark", start + text)))
    return result


def _without_links(line: SourceLine) -> SourceLine:
    """A mark that leads to its note is no other link: the same digits stand in the line's numbers too."""
    links = tuple(link for link in line.links if note_mark(link.phrase.strip("[]()")) not in line.text)
    return line if links == line.links else replace(line, links=links)


def _unwrapped(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """A block of notes that a tool gave a name of its own, `[^0]`, is the notes in it."""
    for line, after in zip_longest(lines, lines[1:]):
        named = _NAMED.match(line.text.strip())
        if named and _TYPESET.match(named["text"]):
            yield line.changed("note-mark", named["text"])
        elif after and _ALONE.match(line.text.strip()) and after.text.strip().startswith(f"{line.text.strip()}:"):
            yield line.marked("note-mark")
        else:
            yield line


def _continued(lines: list[SourceLine]) -> list[SourceLine]:
    """A paragraph set in by four blanks below a note with a name is that note's."""
    home: int | None = None
    for i, line in enumerate(lines):
        if line.blank:
            continue
        if home is not None and line.raw.startswith("    ") and lines[i - 1].blank:
            said = lines[home].changed("note-mark", f"{lines[home].text.rstrip()} {line.text.strip()}")
            lines[home] = replace(said, parts=(*said.parts, line.number))
            lines[i] = replace(line.changed("note-mark", ""), part_of=said.number)
        else:
            home = i if _NAMED.match(line.text.strip()) else None
    return lines


def _marks(i: int, text: str) -> Iterator[_Mark]:
    if (
        "[" not in text
        and "<sup" not in text.casefold()
        and "$" not in text
        and not re.search(rf"[{RAISED_DIGITS}{RAISED_LETTERS}①-⑳†‡§]|\\\*", text)
    ):
        return
    for match in _REFERENCE.finditer(text):
        kind, label = _read(match)
        if _is_exponent(match, kind, label):
            continue
        yield from (_Mark(i, kind, one) for one in _split(kind, label))


def _read(match: re.Match[str]) -> tuple[str, str]:
    for group, kind in (
        ("named", "named"),
        ("tagged", "raised"),
        ("typeset", "raised"),
        ("linked", "raised"),
        ("bracketed", "bracketed"),
        ("circled", "signed"),
        ("signed", "signed"),
    ):
        if match[group] is not None:
            return kind, match[group].replace("\\", "")
    return "raised", plain_digits(match["raised"])


def _split(kind: str, label: str) -> list[str]:
    """`1,2` and `3、4` are two marks."""
    return [label] if kind == "named" else [one.strip() for one in re.split(r"[,，、;\s]+", label) if one.strip()]


def _is_exponent(match: re.Match[str], kind: str, label: str) -> bool:
    """`m²`, `10⁴`, and as pymupdf4llm sets what is raised: `mg/m[3]`, `×10[4]`."""
    before = match.string[: match.start()]
    if kind == "named" or _MONEY.search(before):
        return False
    if re.search(r"(?<![\d.,])10$" if kind == "raised" else r"[×x]\s*10$", before):
        return label.lstrip("-−").isdigit()
    return (
        label in _EXPONENTS and bool(_UNIT.search(before)) and (kind == "raised" or before[-2:-1] in "/ 0123456789kc")
    )


def _candidates(lines: Sequence[SourceLine]) -> Iterator[_Note]:
    for i, line in enumerate(lines):
        text = _WAY_BACK.sub("", _PLACE.sub("", line.text.strip()))
        if text.startswith(("|", "#")) or not text:
            continue
        for kind, pattern in _DEFINITIONS:
            if match := pattern.match(text):
                yield _Note(i, kind, plain_digits(match["label"]).replace("\\", ""), match["text"].strip())
                break


def _answering(candidates: Sequence[_Note], marks: Sequence[_Mark]) -> list[_Note]:
    """Notes that a mark asks for. One that begins with a plain number must stand soon below it and be told in words."""
    found: list[_Note] = []
    taken: set[tuple[int, str]] = set()
    for note in candidates:
        asked = [m for m in marks if m.label == note.label and note.kind in _ANSWERS[m.kind] and m.line != note.line]
        if note.kind in ("numbered", "bullet", "other"):
            near = [m for m in asked if 0 < note.line - m.line <= REACH and (m.line, m.label) not in taken]
            asked = near if _is_told(note.text) else []
        if note.kind == "bracketed":
            asked = [m for m in asked if m.line < note.line]
        if asked:
            found.append(note)
            taken |= {(m.line, m.label) for m in asked}
    return _without_items(found, candidates)


def _without_items(found: list[_Note], candidates: Sequence[_Note]) -> list[_Note]:
    """Circled numbers count a list's items as well: of two such lines in a row both are notes, or neither."""
    circled = {note.line: note.label for note in candidates if re.fullmatch("[①-⑳]", note.label)}
    notes = {note.line for note in found}
    lost: set[int] = set()
    for line, after in pairwise(sorted(circled)):
        counts_on = ord(circled[after]) == ord(circled[line]) + 1
        if counts_on and (line in notes) != (after in notes):
            lost |= {line, after}
    return [note for note in found if note.line not in lost]


def _is_told(text: str) -> bool:
    return text[-1:] in SENTENCE_END or len(text.split()) >= 5 or len(re.sub(r"[\x00-\x7f]", "", text)) >= 8


def _names(marks: Sequence[_Mark], notes: Sequence[_Note]) -> dict[str, str]:
    """Printed numbers for names such as `[^water]`, in the order of the text."""
    used = {note.label for note in notes}
    names: dict[str, str] = {}
    for mark in marks:
        if (
            mark.kind == "named"
            and mark.label in used
            and not re.fullmatch(_LABEL, mark.label)
            and mark.label not in names
        ):
            number = next(n for n in range(1, len(used) + 2 + len(names)) if str(n) not in used | set(names.values()))
            names[mark.label] = str(number)
    return names


def _marked(text: str, answered: set[tuple[str, str]], names: dict[str, str]) -> str:
    def spelt(match: re.Match[str]) -> str:
        kind, label = _read(match)
        if _is_exponent(match, kind, label):
            return match[0] if kind == "raised" else superscript(label)
        labels = _split(kind, label)
        if all((kind, one) in answered for one in labels):
            return "".join(note_mark(names.get(one, one)) for one in labels)
        return superscript(label) if kind == "named" or match["linked"] else match[0]

    return _REFERENCE.sub(spelt, text)
