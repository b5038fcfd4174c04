"""How far a converted report agrees with reading.yml: one function a measure, each naming what it misses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from case_files import load_yaml
from report_site.language.characters import bare
from report_site.model import Block, DataTable, Figure, Heading, KeyFigures, KeyValueTable, Section, TagList, Text
from report_site.model.texts import texts_of
from report_site.report import Report
from report_site.source.read.cleaning import LABEL_BREAK, clean_text

EXPECTED: dict[str, Any] = load_yaml(Path(__file__).with_name("reading.yml"))


@dataclass(frozen=True, slots=True)
class Score:
    hits: int
    total: int
    misses: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        return self.hits / self.total if self.total else 1.0

    @classmethod
    def of(cls, checks: Iterable[tuple[bool, str]]) -> Score:
        told = list(checks)
        return cls(sum(ok for ok, _ in told), len(told), tuple(name for ok, name in told if not ok))

    def __str__(self) -> str:
        return f"{self.share:7.1%}  {self.hits}/{self.total}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the heading that it stands under; a heading's own `under` is its parent (0: none)."""

    block: Block
    under: int


class Reading:
    """A converted report as a reader gets it: blocks in order, each under its heading's line."""

    def __init__(self, report: Report, received: Mapping[int, str]) -> None:
        self.report = report
        self.received = received
        self.source = dict(received)
        """The lines as received, the certain errors mended."""
        for correction in (one for one in report.corrections if one.applied):
            line = correction.line
            self.source[line] = received[line].replace(correction.wrong, correction.right)
        self.placed = tuple(self._walk())
        self.fates = {entry.line: entry for entry in report.ledger.lines}

    def _walk(self) -> Iterator[Placed]:
        lines = {page.slug: _line(page.section.heading) for page in self.report.pages}

        def visit(section: Section, parent: int) -> Iterator[Placed]:
            yield Placed(section.heading, parent)
            own = _line(section.heading)
            for block in section.blocks:
                yield Placed(block, own)
            for child in section.children:
                yield from visit(child, own)

        for page in self.report.pages:
            yield from visit(page.section, lines[page.parents[-1]] if page.parents else 0)

    def within(self, placed: Placed, line: int) -> bool:
        """The block stands under the heading of `line`, or under one of its own."""
        headings = self.headings()
        under = placed.under
        while under != line and under in headings:
            under = headings[under].under
        return under == line

    def headings(self) -> dict[int, Placed]:
        return {_line(p.block): p for p in self.placed if isinstance(p.block, Heading) and p.block.lines}

    def texts(self) -> Iterator[tuple[Placed, Text]]:
        return ((placed, text) for placed in self.placed for text, _ in texts_of(placed.block) if text.lines)

    def block_of(self, line: int, *kinds: type[Block]) -> Placed | None:
        fitting = [p for p in self.placed if line in p.block.lines and (not kinds or isinstance(p.block, kinds))]
        return fitting[0] if fitting else None

    def published(self, line: int) -> str:
        """All texts that stem from the line."""
        return "\n".join(text.source for _, text in self.texts() if line in text.lines)


def _line(block: Block) -> int:
    return block.lines[0] if block.lines else 0


# --- headings ------------------------------------------------------------------------------------------------------


def headings_found(reading: Reading) -> Score:
    found = reading.headings()
    wanted = [h for h in EXPECTED["headings"] if h.get("certain", True)]
    return Score.of((h["line"] in found, f"line {h['line']}") for h in wanted)


def headings_true(reading: Reading) -> Score:
    true = {h["line"] for h in EXPECTED["headings"]}
    return Score.of((line in true, f"line {line}") for line in reading.headings())


def parents(reading: Reading) -> Score:
    found = reading.headings()
    wanted = [h for h in EXPECTED["headings"] if h.get("certain", True) and h["line"] in found]
    return Score.of(
        (found[h["line"]].under == h["parent"], f"line {h['line']}: under {found[h['line']].under}, not {h['parent']}")
        for h in wanted
    )


def titles(reading: Reading) -> Score:
    found = {line: bare(placed.block.text.source) for line, placed in reading.headings().items()}  # type: ignore[attr-defined]
    wanted = {h["line"]: bare(h["title"]) for h in EXPECTED["headings"] if "title" in h and h["line"] in found}
    return Score.of((found[n] == title, f"line {n}: {found[n]}, not {title}") for n, title in wanted.items())


# --- what is no text -----------------------------------------------------------------------------------------------


def silenced(reading: Reading) -> Score:
    """Noise and furniture gone from the text."""
    furniture = EXPECTED["furniture"]
    contents = [n for n in reading.fates if furniture["contents"][0] <= n <= furniture["contents"][1]]
    lines = {
        *furniture["running_heads"],
        *furniture["page_numbers"],
        *furniture["cover"],
        *contents,
        *EXPECTED["noise"],
    }
    titles = {h["line"] for h in EXPECTED["headings"]}
    there = sorted(n for n in lines - titles if n in reading.fates)
    return Score.of((reading.fates[n].block is None, f"line {n}: {reading.fates[n].fate.value}") for n in there)


def nothing_else_silenced(reading: Reading) -> Score:
    """What the reading calls text is published."""
    wanted = [n for lines in EXPECTED["texts"].values() for n in lines]
    return Score.of((reading.fates[n].block is not None, f"line {n}: {reading.fates[n].rule}") for n in wanted)


# --- key figures ---------------------------------------------------------------------------------------------------


def _number(text: str) -> str:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", re.sub(r"(?<=\d)\s*\.\s*(?=\d)", ".", text))
    return match[0].replace(",", "") if match else ""


@dataclass(frozen=True, slots=True)
class _Pairing:
    own: bool
    foreign: bool
    told: str


def _pairings(reading: Reading) -> list[_Pairing]:
    """Each expected figure: paired with its own label, or with one that belongs to another value of the strip."""
    result: list[_Pairing] = []
    for strip in EXPECTED["key_figures"]:
        inside = range(strip["lines"][0], strip["lines"][-1] + 1)
        printed = {
            _number(value): label
            for placed in reading.placed
            for value, label in _values(placed.block)
            if reading.within(placed, strip["under"]) and set(placed.block.lines) & set(inside)
        }
        labels = [bare(item["label"]) for item in strip["items"] if item["label"]]
        for item in strip["items"]:
            number, label = _number(str(item["value"])), item["label"]
            found = printed.get(number)
            own = number in printed and (bare(label) in bare(found or "") if label else not found)
            foreign = bool(found) and any(other in bare(found or "") for other in labels if other != bare(label or ""))
            result.append(_Pairing(own, foreign and not own, f"lines {strip['lines']}: {item['value']} is {found!r}"))
    return result


def _values(block: Block) -> list[tuple[str, str]]:
    if isinstance(block, KeyFigures):
        return [(f.value.source, f.label.source if f.label else "") for f in block.figures]
    if isinstance(block, KeyValueTable):
        cells = [["".join(t.source for t in cell) for cell in row.cells] for row in block.rows]
        return [(row[1], row[0]) for row in cells if len(row) == 2]
    return []


def key_figures_paired(reading: Reading) -> Score:
    return Score.of((pairing.own, pairing.told) for pairing in _pairings(reading))


def key_figures_with_another_s_label(reading: Reading) -> Score:
    """Counts the wrong pairs: must be none."""
    return Score.of((pairing.foreign, pairing.told) for pairing in _pairings(reading))


# --- tables --------------------------------------------------------------------------------------------------------


def _table(reading: Reading, expected: Mapping[str, Any]) -> DataTable | KeyValueTable | KeyFigures | None:
    placed = reading.block_of(expected["lines"][0], DataTable, KeyValueTable, KeyFigures)
    return placed.block if placed else None  # type: ignore[return-value]


def _printed_rows(reading: Reading, expected: Mapping[str, Any]) -> list[list[str]]:
    """The rows as printed that hold data, their empty cells left out."""
    first, last = expected["lines"][0], expected["lines"][-1]
    lines = [n for n in range(first, last + 1) if reading.source[n].strip().startswith("|")]
    data = [n for n in lines if "---" not in reading.source[n] and (n != first or expected["promoted"])]
    return [[cell.strip() for cell in reading.source[n].strip().strip("|").split("|") if cell.strip()] for n in data]


def cells_in_their_row(reading: Reading) -> Score:
    checks: list[tuple[bool, str]] = []
    for expected in EXPECTED["tables"]:
        block = _table(reading, expected)
        rows = [" ".join(texts) for texts in _row_texts(block)]
        for printed in _printed_rows(reading, expected):
            keys = [[bare(LABEL_BREAK.sub("", clean_text(item))) for item in cell.split("•")] for cell in printed]
            holds = [row for row in map(bare, rows) if all(key in row for cell in keys for key in cell)]
            checks += [(bool(holds), f"lines {expected['lines']}: {cell}") for cell in printed]
    return Score.of(checks)


def _row_texts(block: DataTable | KeyValueTable | KeyFigures | None) -> list[list[str]]:
    if isinstance(block, KeyFigures):
        return [[f.value.source, f.label.source if f.label else ""] for f in block.figures]
    return [[t.source for cell in row.cells for t in cell] for row in block.rows] if block else []


def rows_counted(reading: Reading) -> Score:
    checks = [
        (len(_row_texts(_table(reading, t))) == t["rows"], f"lines {t['lines']}: rows") for t in EXPECTED["tables"]
    ]
    return Score.of(checks)


def tables_named_and_headed(reading: Reading) -> Score:
    """Every table has a caption, a data table heads for its columns, each row a head."""
    checks: list[tuple[bool, str]] = []
    for placed in reading.placed:
        block = placed.block
        if isinstance(block, DataTable | KeyValueTable):
            named = block.caption is not None and bool(block.caption.source)
            headed = isinstance(block, KeyValueTable) or bool(block.header) or len(block.rows) == 1
            checks.append((named and headed, f"lines {block.lines}"))
    return Score.of(checks)


def index_rows(reading: Reading) -> Score:
    """The rows of the GRI index, cell by cell: chapter, section, codes, page."""
    tables = [p.block for p in reading.placed if isinstance(p.block, DataTable) and p.block.row_headers > 1]
    rows = [row for table in tables for row in table.rows if len(row.cells) >= 4 and "GRI" in str(table)]
    found = {"".join(t.source for cell in row.cells[:2] for t in cell): row.cells for row in rows}
    checks: list[tuple[bool, str]] = []
    for expected in EXPECTED["index"]:
        name = expected["chapter"] + (expected["section"] or "")
        cells = found.get(name)
        codes = [c for t in cells[2] for c in re.findall(r"GRI \d+-\d+", t.source)] if cells else []
        page = int("".join(t.source for t in cells[3]) or 0) if cells else 0
        checks += [
            (cells is not None, name),
            (codes == expected["codes"], f"{name}: {codes}"),
            (page == expected["page"], f"{name}: page {page}"),
        ]
    checks.append((len(rows) == len(EXPECTED["index"]), f"{len(rows)} rows"))
    return Score.of(checks)


# --- captions, order, joins ----------------------------------------------------------------------------------------


def captions_with_their_story(reading: Reading) -> Score:
    return Score.of(
        (_is_captioned(reading, caption), f"{caption['type']} {caption['lines']}") for caption in EXPECTED["captions"]
    )


def _is_captioned(reading: Reading, caption: Mapping[str, Any]) -> bool:
    lines = set(caption["lines"])
    for placed in reading.placed:
        if placed.under != caption["under"]:
            continue
        named = getattr(placed.block, "caption", None)
        if named is not None and lines & set(named.lines):
            return isinstance(placed.block, Figure) is bool(caption["type"] == "picture")
        if isinstance(placed.block, TagList) and lines <= set(placed.block.lines):
            return True
    return False


def texts_under_their_heading(reading: Reading) -> Score:
    checks = []
    for heading, lines in EXPECTED["texts"].items():
        for line in lines:
            places = {placed.under for placed, text in reading.texts() if line in text.lines}
            checks.append((heading in places, f"line {line}: under {sorted(places)}, not {heading}"))
    return Score.of(checks)


def texts_in_reading_order(reading: Reading) -> Score:
    """Of each two texts that a reader gets one after the other, the second comes after the first."""
    at: dict[int, int] = {}
    for i, (_, text) in enumerate(reading.texts()):
        at.setdefault(text.lines[0], i)
    merged = {n: at[text.lines[0]] for _, text in reading.texts() for n in text.lines}
    order = [n for lines in EXPECTED["texts"].values() for n in lines]
    checks = [(merged.get(a, -1) <= merged.get(b, -1), f"line {b} before {a}") for a, b in pairwise(order)]
    checks += [
        (
            merged.get(move["after"], 0) < min((merged.get(n, 0) for n in move["move"] if n in merged), default=0),
            str(move),
        )
        for move in EXPECTED["moves"]
    ]
    return Score.of(checks)


def joined(reading: Reading) -> Score:
    sets = [set(text.lines) for _, text in reading.texts()]

    def whole(first: int, last: int) -> bool:
        lines = {n for n in range(first, last + 1) if n in reading.fates}
        return any(lines <= one for one in sets) or any(lines <= set(p.block.lines) for p in reading.placed)

    return Score.of((whole(*span), f"lines {span}") for span in EXPECTED["joins"])


def kept_apart(reading: Reading) -> Score:
    wrong = [set(text.lines) for placed, text in reading.texts() if not isinstance(placed.block, KeyFigures)]
    return Score.of(
        (not any(len(one & set(range(span[0], span[-1] + 1))) > 1 for one in wrong), f"lines {span}")
        for span in EXPECTED["never_joins"]
    )


def printed_pages(reading: Reading) -> Score:
    found = reading.report.printed_pages
    return Score.of(
        (found.get(n) == page, f"line {n}: {found.get(n)}, not {page}") for n, page in EXPECTED["pages"].items()
    )


# --- corrections (official wording) --------------------------------------------------------------------------------


def errors_mended(reading: Reading) -> Score:
    checks = []
    for correction in EXPECTED["corrections"]:
        text, wrong, right = reading.published(correction["line"]), correction["wrong"], correction["right"]
        if correction["kind"] == "sign":
            text, wrong, right = (part.replace(" ", "") for part in (text, wrong, right))
        mended = right in text and (wrong in right or wrong not in text)
        checks.append((mended, f"line {correction['line']}: {wrong!r}"))
    checks += [(" %" not in reading.published(n), f"line {n}: per cent") for n in EXPECTED["spacing"]["percent"]]
    checks += [(" - " not in reading.published(n), f"line {n}: code") for n in EXPECTED["spacing"]["gri_codes"]]
    return Score.of(checks)


def left_alone(reading: Reading) -> Score:
    """Names and puns as printed; the blank between an @ and its name aside."""

    def spelt(text: str) -> str:
        return re.sub(r"@\s+", "@", text).replace(" .", ".")

    return Score.of(
        (spelt(kept["text"]) in spelt(reading.published(kept["line"])), f"line {kept['line']}: {kept['text']}")
        for kept in EXPECTED["leave_alone"]
    )


Measure = Callable[[Reading], Score]

MEASURES: Mapping[str, tuple[Measure, float]] = MappingProxyType(
    # The share that each must reach, from the project's own table of measures.
    {
        "headings found": (headings_found, 0.98),
        "headings that are true": (headings_true, 0.97),
        "headings under their true parent": (parents, 0.97),
        "titles as printed": (titles, 1.0),
        "noise and furniture gone": (silenced, 1.0),
        "texts published": (nothing_else_silenced, 1.0),
        "key figures with their own label": (key_figures_paired, 1.0),
        "cells in their true row": (cells_in_their_row, 0.99),
        "tables with their number of rows": (rows_counted, 0.99),
        "tables with caption and heads": (tables_named_and_headed, 1.0),
        "cells of the GRI index": (index_rows, 1.0),
        "captions by their story": (captions_with_their_story, 1.0),
        "texts under their heading": (texts_under_their_heading, 0.95),
        "texts in reading order": (texts_in_reading_order, 0.95),
        "broken lines joined": (joined, 1.0),
        "lines kept apart": (kept_apart, 1.0),
        "printed pages": (printed_pages, 1.0),
    }
)
OFFICIAL_MEASURES: Mapping[str, tuple[Measure, float]] = MappingProxyType(
    {"errors mended": (errors_mended, 0.95), "right words left alone": (left_alone, 1.0)}
)
