"""The doubtful places of a report, from what the chain knows of its decisions; what a person has settled is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise

from ...folder.guesses import Sure
from ...folder.layout import FIGURES_NAME, PROFILE_NAME
from ...language.characters import LOST_GLYPH, bare
from ...model import Block, DataTable, Fate, Figure, KeyFigures, LineFate, RuleName
from ...model.texts import blocks_of
from ...source.read.dialects.cell_lines import cells_of_no_table
from ...source.read.headings import is_sentence
from ...source.read.reading_order import PLAIN, mixed_columns
from .doubts import Doubt, Material, Remedy
from .settling import as_correction, as_figure, as_flag, as_heading, as_table, as_use, dumped
from .sureness import sure_of

FEW = 3
"""A running head that stands less often is doubtful."""
SHOWN = 12
"""Lines that are named for what is wrong all over a source."""
MANY_EMPTY = 0.5
"""Share of empty cells from which on columns may have been torn apart."""


def find_doubts(material: Material) -> tuple[Doubt, ...]:
    """All of them, worst first."""
    found = dict.fromkeys(doubt for find in _FINDERS for doubt in find(material))
    return tuple(sorted(found, key=lambda doubt: doubt.order))


def _order(material: Material) -> Iterator[Doubt]:
    """What an extractor read in another order than it is read in print: columns line by line, cells one by one."""
    basis = material.report.basis
    another = (Remedy("another-extractor"),)
    if basis.dialect not in PLAIN:
        return
    if mixed := [number for number in mixed_columns(basis.lines) if number not in basis.settled]:
        yield Doubt("columns-mixed", tuple(mixed[:SHOWN]), Sure.LOW, another, page=material.home(mixed[0]))
    if apart := [number for number in cells_of_no_table(basis.lines) if number not in basis.settled]:
        yield Doubt("cells-apart", tuple(apart[:SHOWN]), Sure.LOW, another, page=material.home(apart[0]))


def _lost(material: Material) -> Iterator[Doubt]:
    for number, tokens in material.report.ledger.lost.items():
        remedies = (as_use(material, [number], "text", "is-text"), as_use(material, [number], "noise", "is-noise"))
        yield Doubt("lost", (number,), Sure.LOW, remedies, value=" ".join(tokens), page=material.home(number))


def _missing(material: Material) -> Iterator[Doubt]:
    for section, place in material.report.missing:
        file = FIGURES_NAME if section == "figures" else PROFILE_NAME
        where = f"{file}:{place.written}" if place.written else file
        yield Doubt("place-missing", (), Sure.HIGH, (Remedy("mend-place", where, f"at: {place}\n"),), value=str(place))


# --- what isn't published ------------------------------------------------------------------------------------------


def _open(material: Material, fate: Fate) -> Iterator[LineFate]:
    """Lines of that fate which no person has ruled on."""
    settled = material.report.basis.settled
    for entry in material.report.ledger.lines:
        if entry.fate is fate and entry.line not in settled and not entry.ruled:
            yield entry


def _runs(material: Material, entries: Iterable[LineFate]) -> Iterator[tuple[LineFate, tuple[int, ...]]]:
    """Neighbours under one rule, blank lines between them aside: one doubt, not one a line."""
    order = {line.number: i for i, line in enumerate(one for one in material.report.basis.lines if not one.blank)}
    entries = [entry for entry in entries if entry.line in order]
    for _, run in groupby(enumerate(entries), lambda pair: (pair[1].rule, order[pair[1].line] - pair[0])):
        found = [entry for _, entry in run]
        yield found[0], tuple(entry.line for entry in found)


def _noise(material: Material) -> Iterator[Doubt]:
    unsure = (entry for entry in _open(material, Fate.NOISE) if sure_of(entry.rule) is not Sure.HIGH)
    for entry, lines in _runs(material, unsure):
        counts = any(char.isdigit() for number in lines for char in material.text(number))
        remedies = (as_use(material, lines, "noise", "is-noise"), as_use(material, lines, "text", "is-text"))
        code = "noise-number" if counts else "noise"
        home = material.home(lines[0])
        yield Doubt(code, lines, sure_of(entry.rule), remedies, entry.rule, material.taken(lines), home)


def _furniture(material: Material) -> Iterator[Doubt]:
    """Furniture that reads like text: a sentence, or a running head that stands once or twice."""
    entries = list(_open(material, Fate.FURNITURE))
    times = Counter(_words(material.text(entry.line)) for entry in entries)
    cover = {_words(material.text(entry.line)) for entry in entries if entry.rule == RuleName.COVER}
    odd = [entry for entry in entries if _reads_like_text(material.text(entry.line), entry.rule, times, cover)]
    for entry, lines in _runs(material, odd):
        remedies = (as_use(material, lines, "furniture", "is-furniture"), as_use(material, lines, "text", "is-text"))
        yield Doubt("furniture", lines, Sure.LOW, remedies, entry.rule, material.taken(lines), material.home(lines[0]))


def _reads_like_text(text: str, rule: str, times: Counter[str], cover: set[str]) -> bool:
    key = _words(text)
    if rule not in (RuleName.CONTENTS_LIST, RuleName.RUNNING_HEAD, RuleName.PAGE_NUMBER, RuleName.COVER) or not any(
        map(str.isalpha, text)
    ):
        return False
    rare = rule == RuleName.RUNNING_HEAD and times[key] < FEW and not any(key in other for other in cover)
    return rare or (rule != RuleName.COVER and times[key] < FEW and is_sentence(text) and not _counts_pages(text))


def _words(text: str) -> str:
    """Without the page number, which differs on each page."""
    return bare(re.sub(r"\d+", "", text))


def _counts_pages(text: str) -> bool:
    """A row of a contents list."""
    return bool(re.search(r"\d\s*\|?$|\.{3}|…|·{3}", text))


# --- headings ------------------------------------------------------------------------------------------------------


def _headings(material: Material) -> Iterator[Doubt]:
    """Guessed headings: of the outline as long as their comment stands there, beside it by their rule."""
    basis = material.report.basis
    given = {entry.at.first: entry.at for top in material.profile.outline for entry in top.walk()}
    for page in material.report.pages:
        for section in page.section.walk():
            number = section.heading.lines[0] if section.heading.lines else 0
            rule = basis.rules.get(number, "")
            at = given.get(number)
            sure = material.guesses.get(at.written) if at else None if number in basis.settled else sure_of(rule)
            if not number or sure is None or sure is Sure.HIGH:
                continue
            title = section.heading.text.source
            right = Remedy("take-comment", PROFILE_NAME, dumped({"at": str(at)})) if at else None
            remedies = (right or as_heading(material, number, title), as_use(material, [number], "text", "no-heading"))
            yield Doubt("heading", (number,), sure, remedies, rule, title, page.slug)


def _no_headings(material: Material) -> Iterator[Doubt]:
    """The whole report is one page: the extraction has no marks, numbers or contents list to tell titles by."""
    sections = (section for page in material.report.pages for section in page.section.walk())
    if material.profile.outline or any(section.heading.lines for section in sections):
        return
    first = next((entry.line for entry in material.report.ledger.lines if entry.fate is Fate.PUBLISHED), 0)
    if first:
        remedy = as_heading(material, first, material.text(first), "first-heading")
        yield Doubt("no-headings", (first,), Sure.LOW, (remedy,))


def _not_found(material: Material) -> Iterator[Doubt]:
    """Titles of the contents list that no heading has."""
    sections = [section for page in material.report.pages for section in page.section.walk()]
    titles = [bare(section.heading.text.source) for section in sections]
    for entry in material.report.basis.contents:
        key = bare(entry.title)
        if not key or any(key in title or (len(title) > 2 and title in key) for title in titles):
            continue
        lines = _lines_with(material, key)
        if lines and lines[0] in material.report.basis.settled:
            continue
        found = tuple(as_heading(material, number, entry.title) for number in lines)
        yield Doubt("not-found", lines, Sure.LOW, found or (Remedy("look-for-it"),), "", entry.title)


def _lines_with(material: Material, key: str) -> tuple[int, ...]:
    """The line that says just this, else the first that opens with it."""
    shown = [entry.line for entry in material.report.ledger.lines if entry.fate in (Fate.PUBLISHED, Fate.MERGED)]
    texts = [(number, bare(material.text(number))) for number in shown]
    equal = (number for number, text in texts if text == key)
    opens = (number for number, text in texts if text.startswith(key))
    number = next(equal, None) or next(opens, None)
    return (number,) if number else ()


# --- blocks --------------------------------------------------------------------------------------------------------


def _blocks(material: Material) -> Iterator[tuple[str, Block]]:
    """Blocks of which no line is ruled on, with their page."""
    settled = material.report.basis.settled
    for page in material.report.pages:
        yield from ((page.slug, block) for block in blocks_of(page) if settled.isdisjoint(block.lines))


def _key_figures(material: Material) -> Iterator[Doubt]:
    for slug, block in _blocks(material):
        if not isinstance(block, KeyFigures):
            continue
        for figure in (figure for figure in block.figures if figure.label is None):
            lines = figure.value.lines
            remedies = (as_use(material, lines, "text", "no-figure"), as_flag(material, lines))
            yield Doubt("unpaired", lines, Sure.LOW, remedies, value=figure.value.source, page=slug)
        for label in block.loose_labels:
            remedies = (as_use(material, label.lines, "text", "is-text"), as_flag(material, label.lines))
            yield Doubt("loose-label", label.lines, Sure.LOW, remedies, value=label.source, page=slug)
        if paired := [f"{one.label.source}: {one.value.source}" for one in block.figures if one.by_prose and one.label]:
            remedies = (as_table(material, block.lines, "key-figures", "is-right"), as_flag(material, block.lines))
            yield Doubt("by-prose", block.lines, Sure.MEDIUM, remedies, value="; ".join(paired), page=slug)


def _tables(material: Material) -> Iterator[Doubt]:
    for slug, block in _blocks(material):
        if not isinstance(block, DataTable):
            continue
        cells = [cell for row in block.rows if not row.group for cell in row.cells]
        if not any(head.source for head in block.header):
            heads = [{"zh": "…", "en": "…"} for _ in block.rows[0].cells] if block.rows else []
            remedies = (
                as_table(material, block.lines, "headless", "no-head-printed"),
                as_table(material, block.lines, "data", "head-printed", header=heads),
            )
            yield Doubt("no-head", block.lines, Sure.MEDIUM, remedies, page=slug)
        elif cells and sum(not cell for cell in cells) > MANY_EMPTY * len(cells):
            remedies = (as_table(material, block.lines, "data", "is-right"), as_flag(material, block.lines))
            yield Doubt("empty-cells", block.lines, Sure.MEDIUM, remedies, page=slug)


def _pictures(material: Material) -> Iterator[Doubt]:
    for page in material.report.pages:
        for block in blocks_of(page):
            if isinstance(block, Figure) and block.picture and not block.alternative and block.lines:
                remedies = (as_figure(material, block.lines, block.picture),)
                yield Doubt("no-alternative", block.lines, Sure.HIGH, remedies, value=block.picture, page=page.slug)


def _repairs(material: Material) -> Iterator[Doubt]:
    """What was changed within a line: characters lost, cells dropped or moved."""
    for entry in material.report.ledger.lines:
        if entry.line in material.report.basis.settled:
            continue
        lines, home = (entry.line,), entry.page or material.home(entry.line)
        for change in entry.changes:
            if change.rule == RuleName.NOISE_CELL:
                remedies = (as_table(material, lines, "data", "is-text"), as_flag(material, lines))
                yield Doubt("noise-cell", lines, Sure.LOW, remedies, value=change.before, page=home)
            elif change.rule == RuleName.INDEX_CELLS_MOVED:
                remedies = (
                    as_table(material, lines, "index", "is-right"),
                    as_table(material, lines, "data", "as-printed"),
                )
                yield Doubt("cells-moved", lines, Sure.MEDIUM, remedies, value=change.before, page=home)
        if entry.fate in (Fate.PUBLISHED, Fate.MERGED) and LOST_GLYPH in material.text(entry.line):
            wrong = next(word for word in material.text(entry.line).split() if LOST_GLYPH in word)
            remedies = (as_correction(material, entry.line, wrong), as_flag(material, lines))
            yield Doubt("lost-glyph", lines, Sure.LOW, remedies, value=wrong, page=home)


def _printed_pages(material: Material) -> Iterator[Doubt]:
    """Where the printed page numbers go backwards, one of them was misread."""
    shown = material.report.printed_pages
    numbers = [n for n in sorted(shown) if material.text(n) and n not in material.report.basis.settled]
    for before, number in pairwise(numbers):
        if shown[number] < shown[before]:
            remedies = (as_flag(material, (number,)),)
            pages = f"{shown[before]} → {shown[number]}"
            yield Doubt("page-order", (number,), Sure.LOW, remedies, value=pages, page=material.home(number))


# --- the report as a whole -----------------------------------------------------------------------------------------


def _guesses(material: Material) -> Iterator[Doubt]:
    """Settings that were inferred: settled as soon as their comment is gone."""
    told = material.profile.model_dump(mode="json", include={"title", "publisher", "year", "intro"})
    for key, sure in material.guessed_keys.items():
        if sure is not Sure.HIGH and key in told:
            remedies = (Remedy("take-comment", PROFILE_NAME, dumped({key: told[key]})),)
            yield Doubt("guess", (), sure, remedies, value=key, basis=material.reasons.get(key, ""))


_FINDERS: tuple[Callable[[Material], Iterator[Doubt]], ...] = (
    _order,
    _lost,
    _missing,
    _noise,
    _furniture,
    _headings,
    _no_headings,
    _not_found,
    _key_figures,
    _tables,
    _pictures,
    _repairs,
    _printed_pages,
    _guesses,
)
