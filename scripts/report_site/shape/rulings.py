"""What report.yml decides where the rules can't: corrections, uses of lines, tables, moves.

A ruling whose place isn't in the source is skipped and reported, since another wording or year may not have it. A
ruling whose place is there but doesn't fit (a cell that the lines don't hold) is a mistake in report.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from ..errors import Problem
from ..folder.profile import Correction, Headline, LineRuling, Move, OutlineEntry, Place, Profile, TableRuling
from ..language.characters import bare
from ..language.numbers import compare, mentions, parse
from ..model import Language, SourceLine
from ..read.classify import ClassifiedLine, LineKind
from .elements import Element, ElementKind, Piece

SEARCH_RADIUS = 400
"""How many lines away a fragment is looked for when its own line doesn't hold it."""

_NEAREST_FIRST = sorted(range(-SEARCH_RADIUS, SEARCH_RADIUS + 1), key=abs)

_USES = {
    "text": LineKind.TEXT,
    "quote": LineKind.TEXT,
    "heading": LineKind.HEADING,
    "title-overrun": LineKind.TEXT,
    "caption": LineKind.CAPTION,
    "lead-in": LineKind.LEAD_IN,
    "run-in": LineKind.RUN_IN,
    "noise": LineKind.NOISE,
    "furniture": LineKind.FURNITURE,
    "qr-label": LineKind.QR_LABEL,
    "key-figure": LineKind.KEY_FIGURE,
    "list-item": LineKind.LIST_ITEM,
}


@dataclass(slots=True)
class Docket:
    """Finds places in one source and notes what it didn't find."""

    lines: Sequence[SourceLine]
    moved: Mapping[int, int] = field(default_factory=dict)
    """Line of the folder's own source -> line of this source, where another extraction is converted."""
    missing: list[tuple[str, Place]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _keys: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keys = {line.number: bare(line.raw) + "\0" + bare(line.text) for line in self.lines if not line.blank}

    def find(self, place: Place, where: str = "") -> tuple[int, int] | None:
        """First and last line of `place`: its own line, else the nearest that holds its fragment."""
        key = bare(place.fragment)
        first, last = (self.moved.get(n, n) for n in (place.first, place.last))
        if not key:
            found: int | None = first if first in self._keys else None
        else:
            found = next((first + step for step in _NEAREST_FIRST if key in self._keys.get(first + step, "")), None)
        if found is None:
            self.missing.append((where, place))
            return None
        return found, max(found, found + last - first)


def align(own: Sequence[SourceLine], other: Sequence[SourceLine]) -> dict[int, int]:
    """Line numbers of one source in another: equal lines tie the two together, lines between them follow in step."""
    mine, theirs = ([line for line in lines if not line.blank] for lines in (own, other))
    matcher = SequenceMatcher(
        None, [bare(line.text) for line in mine], [bare(line.text) for line in theirs], autojunk=False
    )
    moved: dict[int, int] = {}
    for a, b, size in matcher.get_matching_blocks():
        moved |= {mine[a + i].number: theirs[b + i].number for i in range(size)}
    step = 0
    places = {line.number: i for i, line in enumerate(theirs)}
    for i, line in enumerate(mine):
        if line.number in moved:
            step = places[moved[line.number]] - i
        elif 0 <= i + step < len(theirs):
            moved[line.number] = theirs[i + step].number
    return moved


def apply_corrections(
    lines: Sequence[SourceLine], corrections: Iterable[Correction], docket: Docket
) -> tuple[tuple[SourceLine, ...], tuple[Correction, ...]]:
    """Lines with the certain errors mended, and the corrections that this source needed."""
    by_number = {line.number: line for line in lines}
    applied: list[Correction] = []
    for correction in corrections:
        span = docket.find(correction.at, "corrections")
        line = by_number.get(span[0]) if span else None
        if line is None or correction.wrong not in line.text:
            if line is not None and correction.wording == "any" and correction.right not in line.text:
                docket.missing.append(("corrections", correction.at))
            continue
        by_number[line.number] = line.changed("correction", line.text.replace(correction.wrong, correction.right))
        applied.append(correction)
    return tuple(by_number[line.number] for line in lines), tuple(applied)


def find_headlines(
    lines: Sequence[SourceLine], outline: Iterable[OutlineEntry], language: Language, docket: Docket
) -> dict[str, tuple[Headline, ...]]:
    """Headline figures by the slug of their chapter: those that this source has, each stated by the lines named."""
    texts = {line.number: line.text for line in lines}
    found: dict[str, tuple[Headline, ...]] = {}
    for entry in (entry for top in outline for entry in top.walk() if entry.headlines):
        kept: list[Headline] = []
        for headline in entry.headlines:
            if span := docket.find(headline.at, "headlines"):
                stated = "\n".join(texts.get(n, "") for n in range(span[0], span[1] + 1))
                docket.problems += _unstated(headline, stated, language)
                kept.append(headline)
        found[entry.slug] = tuple(kept)
    return found


def _unstated(headline: Headline, stated: str, language: Language) -> Iterator[Problem]:
    value = headline.value
    where = f"report.yml: headlines, {headline.at}"
    if not all(mentions(stated, quantity, language) for quantity in parse(value[language], language)):
        yield Problem(where, f"the lines don't state {value[language]!r}", "name the line that holds the number")
    if differences := compare(value.zh, value.en):
        yield Problem(where, f"{value.zh!r} and {value.en!r} differ: {differences[0]}", "write the same number in both")


def rule_lines(
    lines: Sequence[ClassifiedLine],
    rulings: Iterable[LineRuling],
    outline: Iterable[OutlineEntry],
    docket: Docket,
) -> tuple[ClassifiedLine, ...]:
    """Lines with their uses overruled; every line of the outline is a heading."""
    uses: dict[int, str] = {}
    for ruling in rulings:
        if span := docket.find(ruling.at, "lines"):
            uses |= dict.fromkeys(range(span[0], span[1] + 1), ruling.use)
    outline = tuple(outline)
    headings = {span[0] for top in outline for entry in top.walk() if (span := docket.find(entry.at, "outline"))}
    return tuple(_ruled(line, uses.get(line.number), line.number in headings, bool(outline)) for line in lines)


def _ruled(line: ClassifiedLine, use: str | None, heading: bool, outlined: bool) -> ClassifiedLine:
    if use is not None:
        return replace(line, kind=_USES[use], rule=f"ruling-{use}")
    if heading and line.kind not in (LineKind.RUN_IN, LineKind.TABLE_ROW):
        # Under its own rule: a heading of the outline is never taken for the caption of the table below it.
        return replace(line, kind=LineKind.HEADING, rule="outline")
    if outlined and not heading and line.kind is LineKind.RUN_IN:
        # Titles within a paragraph are a guess; an outline that doesn't name one has decided.
        return replace(line, kind=LineKind.TEXT, rule="outline-text")
    return line


@dataclass(frozen=True, slots=True)
class RuledElements:
    elements: tuple[Element, ...]
    tables: dict[int, TableRuling]
    """Table rulings by the first line of their element."""


def rule_elements(
    elements: Sequence[Element], profile: Profile, figure_ranges: Iterable[Place], docket: Docket
) -> RuledElements:
    """Ranges of lines gathered into tables or diagrams, then blocks moved to where they are read."""
    result = list(elements)
    tables: dict[int, TableRuling] = {}
    for ruling in profile.tables:
        if span := docket.find(ruling.at, "tables"):
            result, first = _gather(result, span, ElementKind.TABLE)
            if first is not None:
                tables[first] = ruling
    for place in figure_ranges:
        span = docket.find(place, "figures") if place.last > place.first else None
        if span:
            result, _ = _gather(result, span, ElementKind.WORDS)
    for move in profile.moves:
        result = _moved(result, move, docket)
    return RuledElements(tuple(result), tables)


def _gather(elements: list[Element], span: tuple[int, int], kind: ElementKind) -> tuple[list[Element], int | None]:
    """All elements that begin in the span become one; a single element stays as it is."""
    inside = [e for e in elements if e.lines and span[0] <= _start(e) <= span[1]]
    if not inside:
        return elements, None
    if len(inside) == 1 and inside[0].kind is kind:
        return elements, _start(inside[0])
    rows = tuple(row for e in inside for row in _rows_of(e))
    pieces = tuple(piece for row in rows for piece in row if piece.text)
    extra = tuple(n for e in inside for n in e.extra)
    one = Element(
        kind,
        () if kind is ElementKind.TABLE else pieces,
        rows if kind is ElementKind.TABLE else (),
        rule="ruling",
        extra=extra,
    )
    at = elements.index(inside[0])
    rest = [e for e in elements if e not in inside]
    return [*rest[:at], one, *rest[at:]], one.lines[0]


def _start(element: Element) -> int:
    """The first line of its own: a table's first row, not the title above it."""
    return element.rows[0][0].lines[0] if element.rows else element.lines[0]


def _rows_of(element: Element) -> Iterable[tuple[Piece, ...]]:
    caption = [(element.caption,)] if element.caption else []
    return [*caption, *(element.rows or [(piece,) for piece in element.pieces])]


def _moved(elements: list[Element], move: Move, docket: Docket) -> list[Element]:
    span, target = docket.find(move.move, "moves"), docket.find(move.after, "moves")
    if not span or not target:
        return elements
    moving = [e for e in elements if e.lines and span[0] <= e.lines[0] <= span[1]]
    rest = [e for e in elements if e not in moving]
    at = next((i for i in range(len(rest) - 1, -1, -1) if target[0] in rest[i]), None)
    if not moving or at is None:
        docket.missing.append(("moves", move.move if not moving else move.after))
        return elements
    return [*rest[: at + 1], *moving, *rest[at + 1 :]]


def overrun_titles(elements: Sequence[Element], lines: Sequence[ClassifiedLine]) -> list[Element]:
    """A quoted phrase that ran over from a title into the paragraph goes back to the title."""
    ruled = {line.number for line in lines if line.rule == "ruling-title-overrun"}
    result: list[Element] = []
    for element in elements:
        match = (
            re.match(r"^([“《\"][^”》\"]{1,24}[”》\"])\s*(?=\S)", element.text)
            if element.lines and element.lines[0] in ruled
            else None
        )
        if match and result and result[-1].kind is ElementKind.HEADING:
            title, piece = result[-1].pieces[0], element.pieces[0]
            result[-1] = replace(result[-1], pieces=(Piece(title.text + match[1], (*title.lines, *piece.lines)),))
            element = replace(element, pieces=(Piece(piece.text[match.end() :].strip(), piece.lines),))
        result.append(element)
    return result
