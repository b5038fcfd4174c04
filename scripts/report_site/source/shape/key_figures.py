"""Key-figure strips: which value belongs to which label.

Designers stack, shift and merge them, so a strip is never simply read row by row. A layout that fits (a label beside
each value, below it, in turn with it) is taken only if the prose doesn't gainsay it: where a sentence of the section
holds a value, the value's label is the one whose words stand in that sentence. What fits nowhere stays unpaired.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...language.characters import word_pairs
from ...language.joining import join_lines
from ...language.numbers import mentions, parse
from ...language.patterns import LABEL_COUNTERS, VALUE
from ...language.values import is_value, labelled_value, value_tokens
from ...model import KeyFigure, KeyFigures, Language, Text
from ..read.cleaning import LABEL_BREAK
from .elements import Element, ElementKind, Piece

_CLAUSE = re.compile(r"(?:[^，。；！？,;!?]|(?<=\d),(?=\d))+")
_SENTENCE = re.compile(r"(?:[^。；！？;!?.]|\.(?!\s+[A-Z]))+[。；！？;!?.]?")
PROSE_REACH = 12
"""How many paragraphs around a key-figure strip may speak of its values."""
LEAST_SHARE = 0.34
"""Share of a label's word pairs that a clause must hold to speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A value with its label; one of them is None where nothing tells its partner."""

    value: Piece | None
    label: Piece | None
    by_prose: bool = False
    """No layout paired the two."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences around a strip, nearest first."""

    sentences: tuple[str, ...]
    language: Language

    @classmethod
    def of(cls, paragraphs: Iterable[str], language: Language) -> Prose:
        return cls(tuple(s.strip() for text in paragraphs for s in _SENTENCE.findall(text)), language)

    def clauses_with(self, value: str, others: Iterable[str] = ()) -> list[str]:
        """Clauses that hold the value, each with the clause before it, which may name what is counted.

        A clause that holds one of the `others` speaks of that one.
        """
        quantities = parse(value, self.language)
        if not quantities:
            return []
        rivals = [parse(other, self.language)[:1] for other in others if other != value]
        found: list[str] = []
        for sentence in self.sentences:
            for before, clause in pairwise(["", *clauses_of(sentence)]):
                if mentions(clause, quantities[0], self.language):
                    taken = any(mentions(before, rival, self.language) for (rival,) in filter(None, rivals))
                    found.append(clause if taken else before + clause)
        return found

    def affinities(self, value: str, labels: Iterable[str], others: Iterable[str] = ()) -> list[float]:
        """How much of each label the prose says beside the value, 0 to 1, and not beside one of the `others`."""
        clauses = self.clauses_with(value, others)
        return [max((share_of(label, clause) for clause in clauses), default=0.0) for label in labels]


class SpokenProse:
    """The prose of a report by place: the paragraphs nearest to an element, found in a step."""

    def __init__(self, elements: Sequence[Element], language: Language) -> None:
        self._language = language
        spoken = (ElementKind.PARAGRAPH, ElementKind.LIST)
        self._spoken = [(i, element.text) for i, element in enumerate(elements) if element.kind in spoken]
        self._places = {element.lines[0]: i for i, element in reversed([*enumerate(elements)]) if element.lines}

    def around(self, element: Element) -> Prose:
        at = self._places.get(element.lines[0], 0) if element.lines else 0
        i = bisect_left(self._spoken, (at, ""))
        near = self._spoken[max(0, i - PROSE_REACH) : i + PROSE_REACH]
        nearest = sorted((abs(place - at), text) for place, text in near)
        return Prose.of([text for _, text in nearest[:PROSE_REACH]], self._language)


def clauses_of(sentence: str) -> list[str]:
    return _CLAUSE.findall(sentence)


def share_of(label: str, clause: str) -> float:
    """How much of the label's words the clause holds, 0 to 1."""
    wanted = word_pairs(label)
    return len(wanted & word_pairs(clause)) / len(wanted) if wanted else 0.0


def pair_strip(rows: Sequence[Sequence[Piece]], prose: Prose) -> tuple[tuple[Pair, ...], Piece | None]:
    """Pairs of the strip in the order of its values, and a caption that all of them share."""
    rows, caption = _shared_label(rows)
    layouts = (_beside, _below, _in_turn, _row_under_row)
    for layout in layouts:
        pairs = layout(rows)
        if pairs and not any(_gainsaid(pair, pairs, prose) for pair in pairs):
            return tuple(pairs), caption
    return tuple(_by_prose(rows, prose)), caption


def _shared_label(rows: Sequence[Sequence[Piece]]) -> tuple[list[Sequence[Piece]], Piece | None]:
    """A merged cell is copied into every column: one label for the whole strip."""
    kept: list[Sequence[Piece]] = []
    caption: Piece | None = None
    for row in rows:
        filled = [cell for cell in row if cell.text]
        texts = {cell.text for cell in filled}
        if len(filled) > 1 and len(texts) == 1 and not is_value(filled[0].text):
            caption = filled[0]
        else:
            kept.append(row)
    return kept, caption


def _filled(row: Sequence[Piece]) -> list[Piece]:
    return [cell for cell in row if cell.text]


def _joined(pieces: Sequence[Piece]) -> Piece | None:
    if not pieces:
        return None
    text = LABEL_BREAK.sub("", join_lines([p.text for p in pieces]))
    return Piece(text, tuple(sorted({n for p in pieces for n in p.lines})))


def _beside(rows: Sequence[Sequence[Piece]]) -> list[Pair]:
    """Each row: one value, the rest of the row its label."""
    pairs: list[Pair] = []
    for row in rows:
        values = [cell for cell in _filled(row) if is_value(cell.text)]
        labels = [cell for cell in _filled(row) if not is_value(cell.text)]
        if len(values) != 1 or not labels:
            return []
        pairs.append(Pair(values[0], _joined(labels)))
    return pairs


def _below(rows: Sequence[Sequence[Piece]]) -> list[Pair]:
    """One row of values, its labels in the same columns above and below."""
    value_rows = [row for row in rows if _filled(row) and all(is_value(cell.text) for cell in _filled(row))]
    if len(value_rows) != 1 or any(is_value(c.text) for row in rows if row is not value_rows[0] for c in row):
        return []
    columns: list[Pair] = []
    for i, value in enumerate(value_rows[0]):
        labels = [row[i] for row in rows if row is not value_rows[0] and i < len(row) and row[i].text]
        if bool(value.text) != bool(labels):
            return []
        if value.text:
            columns.append(Pair(value, _joined(labels)))
    return columns


def _in_turn(rows: Sequence[Sequence[Piece]]) -> list[Pair]:
    """Value, label, value, label … along each row."""
    pairs: list[Pair] = []
    for row in rows:
        cells = _filled(row)
        if len(cells) % 2 or not all(is_value(c.text) == (i % 2 == 0) for i, c in enumerate(cells)):
            return []
        pairs += [Pair(value, label) for value, label in zip(cells[::2], cells[1::2], strict=True)]
    return pairs


def _row_under_row(rows: Sequence[Sequence[Piece]]) -> list[Pair]:
    """Two rows shifted against each other: as many values as labels, each in their order."""
    filled = [_filled(row) for row in rows]
    if len(filled) != 2 or len(filled[0]) != len(filled[1]):
        return []
    values, labels = sorted(filled, key=lambda row: not all(is_value(cell.text) for cell in row))
    if not all(is_value(cell.text) for cell in values) or any(is_value(cell.text) for cell in labels):
        return []
    return [Pair(value, label) for value, label in zip(values, labels, strict=True)]


def _gainsaid(pair: Pair, pairs: Sequence[Pair], prose: Prose) -> bool:
    """The prose ties this value to another label of the strip, and not to this one.

    A layout that fits is evidence: what is said of the value before it in the sentence doesn't outweigh it.
    """
    if pair.label is None or pair.value is None:
        return True
    others = [other.label.text for other in pairs if other is not pair and other.label]
    values = [other.value.text for other in pairs if other.value]
    own, *rest = prose.affinities(pair.value.text, [pair.label.text, *others], values)
    return own < LEAST_SHARE and max(rest, default=0.0) >= max(LEAST_SHARE, own + 0.2)


def _by_prose(rows: Sequence[Sequence[Piece]], prose: Prose) -> list[Pair]:
    """Values and labels matched by what the sentences say, of the value alone before of the one before it too.

    Best match first, the rest unpaired.
    """
    cells = [cell for row in rows for cell in _filled(row)]
    values = [cell for cell in cells if is_value(cell.text)]
    labels = [cell for cell in cells if not is_value(cell.text)]
    named, said = [label.text for label in labels], [value.text for value in values]
    chosen: dict[int, int] = {}
    for others in (said, ()):
        scores = [
            (-score, i, j)
            for i, value in enumerate(said)
            for j, score in enumerate(prose.affinities(value, named, others))
        ]
        for score, i, j in sorted(scores):
            if -score >= LEAST_SHARE and i not in chosen and j not in chosen.values():
                chosen[i] = j
    left = [j for j in range(len(labels)) if j not in chosen.values()]
    open_values = [i for i in range(len(values)) if i not in chosen]
    if len(left) == len(open_values) == 1:
        chosen[open_values[0]] = left.pop()
    pairs = [Pair(v, labels[chosen[i]], True) if i in chosen else Pair(v, None) for i, v in enumerate(values)]
    return [*pairs, *(Pair(None, labels[j]) for j in left)]


def split_figure_line(piece: Piece, prose: Prose) -> tuple[Pair, ...]:
    """A line such as `3000+ suppliers` or `complaints down 97% after …`; several values in a line are cut at each."""
    if is_value(piece.text) and not _counts_before_label(piece.text):
        return (Pair(piece, None),)
    if found := labelled_value(piece.text):
        value, label = (Piece(text, piece.lines) for text in found)
        return (Pair(value, label),)
    tokens = _value_tokens(piece.text)
    if len(tokens) > 1 and tokens[0].start() == 0:
        return tuple(_cut_at_values(piece, tokens))
    match = (
        tokens[0] if tokens else max(value_tokens(piece.text) or VALUE.finditer(piece.text), key=lambda m: len(m[0]))
    )
    rest = _without(piece.text, match)
    return (Pair(Piece(match[0].strip(), piece.lines), Piece(rest, piece.lines) if rest else None),)


def _counts_before_label(text: str) -> bool:
    """A value with its own unit, and words behind it: all of it looks like one with a long unit."""
    match = VALUE.match(text.strip())
    return bool(match and re.search(r"[^\d\s,.]$", match[0].strip()) and len(text.strip()) - match.end() > 1)


def _value_tokens(text: str) -> list[re.Match[str]]:
    """Values with a unit, per cent, plus or scale: a bare number may be part of a label."""
    return [m for m in value_tokens(text) if re.search(r"[^\d\s,.]", m[0])]


def _cut_at_values(piece: Piece, tokens: Sequence[re.Match[str]]) -> Iterable[Pair]:
    heads = [m for i, m in enumerate(tokens) if i == 0 or _stands_alone(piece.text, m)]
    for match, following in zip(heads, [*heads[1:], None], strict=True):
        label = piece.text[match.end() : following.start() if following else None].strip()
        yield Pair(Piece(match[0].strip(), piece.lines), Piece(label, piece.lines) if label else None)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """A value inside a label is followed by what it counts; a value of its own by a blank."""
    end = match.start() + len(match[0].rstrip())
    return text[end : end + 1] in ("", " ") and match[0].strip()[-1] not in LABEL_COUNTERS


def _without(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    return join_lines([part for part in (before, after) if part]) if before or after else ""


def key_figures_block(pairs: Sequence[Pair], caption: Piece | None, extra: Sequence[int] = ()) -> KeyFigures:
    figures = tuple(
        KeyFigure(Text(p.value.text, lines=p.value.lines), _label(p.label), by_prose=p.by_prose)
        for p in pairs
        if p.value
    )
    loose = [p.label for p in pairs if p.label and not p.value]
    lines = {n for p in pairs for piece in (p.value, p.label) if piece for n in piece.lines} | set(extra)
    if caption:
        lines |= set(caption.lines)
    return KeyFigures(
        lines=tuple(sorted(lines)),
        figures=figures,
        caption=_label(caption),
        loose_labels=tuple(Text(label.text, lines=label.lines) for label in loose),
    )


def _label(piece: Piece | None) -> Text | None:
    return Text(LABEL_BREAK.sub("", piece.text), lines=piece.lines) if piece else None


def shape_figure_lines(element: Element, prose: Prose) -> KeyFigures:
    pairs = [pair for piece in element.pieces for pair in split_figure_line(piece, prose)]
    pairs += [Pair(value if value.text else None, label if label.text else None) for value, label in element.rows]
    return key_figures_block(pairs, element.caption, element.extra)
