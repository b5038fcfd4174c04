"""Sentences that the extraction tore: by a blank after every printed line, or by the cells of a false table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from ...language.characters import CAPTION_MARK, CLOSING_MARKS, HAN, HAN_CHARACTER, SENTENCE_END
from ...language.joining import join_lines
from ...language.numbers.tables import MONTHS
from ...language.patterns import ITEM_MARKS, NUMBERING, OPEN_WORDS
from ...model import SourceLine
from .furniture.lines import FULL, LEAST_WIDTH, bare_number, body, full_width, heading_mark, is_listed, is_row, width
from .paragraph_marks import ParagraphMarks

LEAST_TORN = 3
LEAST_PART = 12
"""Width of each cell that a whole sentence was cut into."""
MOST_PIPED = 40
"""Rows of a false table."""
_TABLE_RULE = re.compile(r"^\|?[\s:|-]*-+[\s:|-]*\|?$")
_OPENS = re.compile(r"^[，。、；：）)”』」》,;.]")
_COUNTED = re.compile(f"^[{HAN}]{{1,2}}[，。、；]")
"""A counter behind its number, and the sentence going on."""
_MONTH_END = re.compile(rf"\b(?:{'|'.join(MONTHS)})$")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d\s+[a-z]")
_MARKS = re.compile(r"[，。；！？]|[,.;]\s")
_CLAUSE = re.compile("[，；]")
_CUT_NUMBER = re.compile(f"[{HAN}][^.]*\\d\\.$")
"""A decimal point at the end of a Chinese line: no Chinese sentence ends with one."""
_STOPS = re.compile(r"[，、（(“《『「,]$")


@dataclass(frozen=True, slots=True)
class Sentences:
    goes_on: frozenset[int] = frozenset()
    """Lines that go on with the sentence of the line before."""
    stops: frozenset[int] = frozenset()
    """Lines whose sentence goes on in the next one."""
    piped: Mapping[int, str] = field(default_factory=dict)
    """Rows of false tables -> their text."""
    rules: frozenset[int] = frozenset()
    """Rules of false tables."""


def find_sentences(lines: Sequence[SourceLine], openings: Set[int] = frozenset()) -> Sentences:
    """`lines`: no blank ones, no furniture; `openings`: numbers of those with which a page begins."""
    piped, rules = _piped(lines)
    rest = [line for line in lines if line.number not in rules]
    texts = [piped.get(line.number) or body(line) for line in rest]
    plain = [line.number in piped or _is_plain(line) for line in rest]
    measure = full_width([text for text, ok in zip(texts, plain, strict=True) if ok])
    torn = _is_torn(rest, texts, plain, measure)
    marks = ParagraphMarks.of(rest)
    pairs: list[tuple[int, int]] = []
    for i, ((a, b), (before, after), told) in enumerate(
        zip(pairwise(rest), pairwise(texts), pairwise(plain), strict=True)
    ):
        through_pipes = a.number in piped or b.number in piped
        if all(told) and not through_pipes and marks.goes_on(a, b):
            pairs.append((a.number, b.number))
            continue
        if not all(told) or (b.number == a.number + 1 and not through_pipes):
            continue
        over = b.number in openings and _goes_over(rest, texts, i, measure)
        if over or _continues(before, after, measure if torn else None) or (through_pipes and not _ends(before)):
            pairs.append((a.number, b.number))
    return Sentences(frozenset(b for _, b in pairs), frozenset(a for a, _ in pairs), piped, rules)


def _is_plain(line: SourceLine) -> bool:
    text = body(line)
    marked = heading_mark(line) or is_row(line) or is_listed(line.text) or line.text.lstrip().startswith(">")
    return not marked and not CAPTION_MARK.match(text) and bare_number(text) is None


def _ends(text: str) -> bool:
    if "." in text[-2:] and _CUT_NUMBER.search(text):
        return False
    return text.rstrip(CLOSING_MARKS + " ")[-1:] in tuple(SENTENCE_END + "：:")


def _is_torn(lines: Sequence[SourceLine], texts: Sequence[str], plain: Sequence[bool], measure: int) -> bool:
    """Most full lines that a blank follows end in the middle of a sentence."""
    full = [
        i
        for i, (a, b) in enumerate(pairwise(lines))
        if plain[i] and b.number > a.number + 1 and width(texts[i]) >= max(LEAST_WIDTH, FULL * measure)
    ]
    torn = {i for i in full if not _ends(texts[i])}
    # In a short source two do, where each holds a clause, as no title does, and a full line that ends a sentence is
    # but the last one of a torn paragraph.
    last = all(i in torn or i - 1 in torn for i in full)
    few = len(torn) > 1 and last and all(_CLAUSE.search(texts[i]) for i in torn)
    return few or len(torn) >= max(LEAST_TORN, 0.4 * len(full))


def _continues(before: str, after: str, measure: int | None) -> bool:
    """`measure`: the width of a full line in a source whose paragraphs blank lines tear."""
    if _ends(before) or width(before) < LEAST_WIDTH or not after or ITEM_MARKS.match(after):
        return False
    if after[0].islower() or _OPENS.match(after):
        return True
    if after[0] in "(（" and (before[-1].islower() or HAN_CHARACTER.match(before[-1])):
        return True
    if before.rpartition(" ")[2] in OPEN_WORDS or (_MONTH_END.search(before) and _YEAR_FIRST.match(after)):
        return True
    counted = NUMBERING.match(after) and not after[0].isdigit()
    return measure is not None and width(before) >= FULL * measure and not counted


def _goes_over(lines: Sequence[SourceLine], texts: Sequence[str], i: int, measure: int) -> bool:
    """A paragraph goes on where the next page begins: its last line is full and ends no sentence, as the one above it;
    what follows is a paragraph too.
    """
    before, after = texts[i], texts[i + 1]
    full = max(LEAST_WIDTH, FULL * measure)
    if _ends(before) or width(before) < full or not after or ITEM_MARKS.match(after) or NUMBERING.match(after):
        return False
    above = i > 0 and lines[i - 1].number == lines[i].number - 1 and width(texts[i - 1]) >= full
    follows = i + 2 < len(lines) and lines[i + 2].number == lines[i + 1].number + 1
    return bool(above or _MARKS.search(before)) and (_ends(after) or (follows and width(after) >= full))


# --- prose in pipes ------------------------------------------------------------------------------------------------


def _piped(lines: Sequence[SourceLine]) -> tuple[dict[int, str], frozenset[int]]:
    """False tables: rows whose cells cut sentences, with what stands around them."""
    texts: dict[int, str] = {}
    rules: set[int] = set()
    for is_table, group in groupby(range(len(lines)), key=lambda i: is_row(lines[i])):
        if not is_table:
            continue
        places = list(group)
        run = [lines[i] for i in places]
        before = body(lines[places[0] - 1]) if places[0] else ""
        after = body(lines[places[-1] + 1]) if places[-1] + 1 < len(lines) else ""
        rows = {line.number: _cells(line) for line in run if not _TABLE_RULE.match(line.text.strip())}
        if rows and _cut_sentences(list(rows.values()), before, after):
            texts |= {number: join_lines(cells) for number, cells in rows.items() if cells}
            rules |= {line.number for line in run if line.number not in texts}
    return texts, frozenset(rules)


def _cells(line: SourceLine) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line.text.strip().removeprefix("|").removesuffix("|"))
    return [cell.strip() for cell in cells if cell.strip()]


def _cut_sentences(rows: Sequence[Sequence[str]], before: str, after: str) -> bool:
    """A sentence runs into the table, out of it and over its cells; no cell of a table begins with a comma."""
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2 or len(rows) > MOST_PIPED:
        return False
    enters = bool(before) and not _ends(before) and width(before) > LEAST_WIDTH / 2 and bool(_STOPS.search(before))
    leaves = not _ends(cells[-1]) and bool(after) and _ends(after)
    cuts = sum(map(bool, _cuts(cells)))
    runs_over = enters or (leaves and bool(_STOPS.search(cells[-1])))
    # One sentence from the first cell to the last, its commas at the ends of cells.
    whole = _ends(cells[-1]) and not any(map(_ends, cells[:-1])) and all(width(cell) >= LEAST_PART for cell in cells)
    one = cuts == 1 and (runs_over or leaves or (whole and any(map(_STOPS.search, cells[:-1]))))
    return cuts >= 2 or one or (enters and leaves and _is_chain(cells))


def _cuts(cells: Sequence[str]) -> Iterator[bool]:
    """Whether a clause or a bracket runs over from each cell to the next."""
    for a, b in pairwise(cells):
        unclosed = any(a.count(opening) > a.count(closing) for opening, closing in ("（）", "()"))
        counted = a[-1].isdigit() and bool(_COUNTED.match(b))
        open_end = a.rpartition(" ")[2] in OPEN_WORDS and " " in a
        yield bool(_OPENS.match(b)) or bool(_STOPS.search(a)) or unclosed or counted or open_end


def _is_chain(cells: Sequence[str]) -> bool:
    return any(width(cell) > LEAST_WIDTH / 2 for cell in cells)
