"""Flattened tables to what they were: data tables, pairs, key figures, word grids, or a picture's rubble.

The extractor promotes whatever row stands first to a header, empties or copies merged cells, shifts cells and puts
list bullets inside them. The true shape follows from what the cells are: values, codes, short words, long text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ..language.characters import bare, han_count
from ..language.patterns import NONE_CELLS, YEAR
from ..language.values import is_value
from ..model import Block, Cell, DataTable, KeyValueTable, Row, TagList, Text
from ..read.cleaning import LABEL_BREAK
from ..read.furniture import Contents
from ..read.noise import Vocabulary, noise_rule
from .elements import Element, ElementKind, Piece
from .key_figures import Prose, is_strip, key_figures_block, pair_strip

_BULLET = re.compile(r"(?:^|\s)[•●▪■·]\s*")
_CODE = re.compile(r"\b(?:[A-Z]{2,6}\s*\d+(?:-\d+)?(?:\.\d+)?|\d{3}-\d+)")
_CODE_LIST = re.compile(rf"^(?:{_CODE.pattern}[、,，;；\s]*)+$")
_PAGE = re.compile(r"^(?:p\.?\s*)?\d{1,3}(?:[-–]\d{1,3})?$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"^[\d,.]+$")
SHORT = 12
"""Ideographs (or twice as many Latin letters) of a cell that names rather than tells."""

Grid = list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Shaped:
    """The block that a table element gives, and the lines of it that held nothing but noise."""

    block: Block | None
    noise: tuple[int, ...] = ()
    dropped: Mapping[int, str] = field(default_factory=dict)
    """Noise cells of lines that the block publishes otherwise."""


def shape_table(element: Element, prose: Prose, vocabulary: Vocabulary, kind: str | None = None) -> Shaped:
    """The block for `element`; `kind` overrules the recognition."""
    grid = _without_marks(_without_noise(element, vocabulary))
    if kind == "noise" or not any(cell.text for row in grid for cell in row):
        return Shaped(None, element.lines)
    kept = {n for row in grid for cell in row if cell.text for n in cell.lines}
    rubble = _is_rubble(element, grid) or _is_foreign_rubble(element, vocabulary)
    if rubble and kind is None:
        kind = "tag-list"
        grid = [row for cells in grid if (row := [cell for cell in cells if han_count(cell.text)])]
        if not grid:
            return Shaped(None, element.lines)
        kept = {n for row in grid for cell in row for n in cell.lines}
    caption = element.caption and Text(element.caption.text, lines=element.caption.lines)
    block = _SHAPES[kind or recognise(grid)](grid, prose, element)
    lines = tuple(sorted(kept | ({*element.caption.lines} if element.caption else set())))
    block = replace(block, lines=lines)
    if caption and isinstance(block, DataTable | KeyValueTable | TagList):
        block = replace(block, caption=caption)
    elif caption and getattr(block, "caption", None) is None:
        block = replace(block, caption=caption)  # type: ignore[call-arg]
    silent = tuple(n for n in element.lines if n not in lines and n not in element.extra)
    return Shaped(block, silent, _dropped(element, grid))


def _dropped(element: Element, grid: Grid) -> dict[int, str]:
    """Cells of the element that aren't in the grid, by line."""
    left = Counter((n, cell.text) for row in grid for cell in row for n in cell.lines)
    dropped: dict[int, str] = {}
    for cell in (cell for row in element.rows for cell in row if cell.text):
        for number in cell.lines:
            if left[number, cell.text]:
                left[number, cell.text] -= 1
            else:
                dropped[number] = f"{dropped.get(number, '')} {cell.text}".strip()
    return dropped


def _without_noise(element: Element, vocabulary: Vocabulary) -> Grid:
    """The rows with noise cells emptied, and columns and rows without any text dropped."""
    return _packed([[_emptied(cell, vocabulary) for cell in row] for row in element.rows])


def _without_marks(grid: Grid) -> Grid:
    """In a strip of key figures a lone letter is a mark of the design, such as ® read as R; elsewhere a grade."""
    plain = _packed([[replace(cell, text="") if _is_letter(cell.text) else cell for cell in row] for row in grid])
    return plain if plain and is_strip(plain) else grid


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text.isalpha()


def _packed(rows: Grid) -> Grid:
    """Rows of one width, without columns and rows that hold no text."""
    width = max((len(row) for row in rows), default=0)
    rows = [[*row, *(Piece("", row[0].lines) for _ in range(width - len(row)))] for row in rows]
    used = [i for i in range(width) if any(row[i].text for row in rows)]
    return [[row[i] for i in used] for row in rows if any(cell.text for cell in row)]


def _emptied(cell: Piece, vocabulary: Vocabulary) -> Piece:
    noisy = noise_rule(cell.text, vocabulary, in_cell=True) and not is_value(cell.text) and cell.text not in NONE_CELLS
    return replace(cell, text="") if noisy else cell


def _is_foreign_rubble(element: Element, vocabulary: Vocabulary) -> bool:
    """In a Chinese report, a grid without one ideograph whose words stand nowhere in the text."""
    cells = [cell.text for row in element.rows for cell in row if cell.text]
    if not vocabulary.chinese or any(han_count(text) for text in cells):
        return False
    return sum(bool(noise_rule(text, vocabulary)) and not _CODE_LIST.match(text) for text in cells) >= 2


def _is_rubble(element: Element, grid: Grid) -> bool:
    """Most cells are noise or bare numbers that count nothing: text inside a picture."""
    before = [cell.text for row in element.rows for cell in row if cell.text]
    if sum(bool(cell.text) for row in grid for cell in row) > len(before) - 2:
        return False
    sound = [cell.text for row in grid for cell in row if cell.text and not _BARE_NUMBER.match(cell.text)]
    return len(sound) * 2 < len(before)


# --- recognition ---------------------------------------------------------------------------------------------------


def recognise(grid: Grid) -> str:
    """The kind of table: the first test that fits."""
    return next(kind for kind, fits in _TESTS if fits(grid))


def _has_codes(grid: Grid) -> bool:
    return sum(bool(_CODE_LIST.match(cell.text)) for row in grid for cell in row) >= 2


def _is_pairs(grid: Grid) -> bool:
    """Two columns, a name and a text, from the first row on."""
    if len(grid[0]) != 2 or not all(row[0].text for row in grid):
        return False
    told = _mean_width(grid, 1) >= 1.5 * _mean_width(grid, 0)
    return told and not _has_header(grid) and all(_is_short(row[0].text, 2) for row in grid)


def _is_ragged(grid: Grid) -> bool:
    """Names in the first column, then as many items as there are: the first row ends in empty cells."""
    if len(grid) < 2 or len(grid[0]) < 3 or not all(row[0].text and _is_short(row[0].text, 2) for row in grid):
        return False
    filled = [sum(bool(cell.text) for cell in row) for row in grid]
    return filled[0] < max(filled) and not any(is_value(cell.text) for row in grid for cell in row)


def _is_word_grid(grid: Grid) -> bool:
    cells = [cell.text for row in grid for cell in row if cell.text]
    return all(_is_short(text) and not is_value(text) and not re.search(r"[，。；]", text) for text in cells)


def _has_header(grid: Grid) -> bool:
    """The first row names what the rows below hold: all its cells filled and short, longer or other text below."""
    head, body = grid[0], grid[1:]
    if not body or not all(cell.text and _is_short(cell.text) and not is_value(cell.text) for cell in head):
        return False
    columns = range(len(head))
    if any(_counts(head[i].text) and sum(_counts(row[i].text) for row in body) * 2 >= len(body) for i in columns):
        return False
    longer = sum(_mean_width(body, i) >= 2 * _width(head[i].text) for i in columns)
    typed = sum(
        sum(_is_typed(row[i].text) for row in body) * 2 >= len(body) and not _is_typed(head[i].text) for i in columns
    )
    return longer * 2 >= len(head) or typed > 0


def _is_measured(grid: Grid) -> bool:
    """A header over named rows of numbers: at least two rows, each with a name and a value in the same columns."""
    head, body = grid[0], grid[1:]
    if len(head) < 3 or len(body) < 2 or not all(cell.text and not is_value(cell.text) for cell in head):
        return False
    named = all(row[0].text and not is_value(row[0].text) for row in body)
    return named and any(all(is_value(row[i].text) for row in body) for i in range(1, len(head)))


def _counts(text: str) -> bool:
    """Holds a number that counts something: a year as a column's head doesn't."""
    return bool(re.search(r"\d", YEAR.sub("", text)))


def _is_typed(text: str) -> bool:
    return is_value(text) or bool(_CODE_LIST.match(text)) or bool(_PAGE.match(text))


def _mean_width(rows: Grid, i: int) -> float:
    widths = [_width(row[i].text) for row in rows if row[i].text]
    return sum(widths) / len(widths) if widths else 0.0


def _width(text: str) -> int:
    return len(text) + han_count(text)


def _is_short(text: str, factor: float = 1) -> bool:
    return _width(text) <= 2 * SHORT * factor and not _BULLET.search(text)


_TESTS: tuple[tuple[str, Callable[[Grid], bool]], ...] = (
    # A table of codes is told by its codes; strips before pairs, since a strip also has two columns.
    ("index", _has_codes),
    ("data", _is_measured),
    ("key-figures", is_strip),
    ("key-value", _is_pairs),
    ("ragged", _is_ragged),
    ("data", _has_header),
    ("tag-list", _is_word_grid),
    ("headless", lambda grid: True),
)


# --- shapes --------------------------------------------------------------------------------------------------------


def cell_of(piece: Piece) -> Cell:
    """A cell's text, or its items where bullets stand inside."""
    if not piece.text:
        return ()
    text = LABEL_BREAK.sub("", piece.text)
    items = [item.strip() for item in _BULLET.split(text) if item.strip()] if _BULLET.search(text) else [text]
    return tuple(Text(item, lines=piece.lines) for item in items)


def _rows(grid: Grid) -> tuple[Row, ...]:
    return tuple(Row(tuple(cell_of(piece) for piece in row)) for row in grid)


def _data(grid: Grid, prose: Prose, element: Element) -> Block:
    header = tuple(Text(LABEL_BREAK.sub("", cell.text), lines=cell.lines) for cell in grid[0])
    body = _filled_down(grid[1:])
    return DataTable(lines=(), header=header, rows=_rows(body), row_headers=int(_is_named(body)))


def _is_named(body: Grid) -> bool:
    """The first column heads its rows: short names, no values, and more than one row to tell apart."""
    names = [row[0].text for row in body]
    return len(names) > 1 and all(name and _is_short(name, 2) and not is_value(name) for name in names)


def _headless(grid: Grid, prose: Prose, element: Element) -> Block:
    """No header row: the first columns that aren't numbers head their rows; emptied cells are filled from above."""
    leading = next(
        (i for i in range(len(grid[0])) if sum(is_value(row[i].text) for row in grid) * 2 > len(grid)),
        1,
    )
    return DataTable(
        lines=(),
        header=(),
        rows=_rows(_filled_down(grid)),
        row_headers=max(1, min(leading, len(grid[0]) - 1)),
    )


def _filled_down(grid: Grid) -> Grid:
    """An empty first cell below a filled one stands for a merged cell: it takes the text from above."""
    filled: Grid = []
    for row in grid:
        above = filled[-1][0] if filled else None
        if not row[0].text and above is not None and above.text:
            row = [replace(row[0], text=above.text), *row[1:]]
        filled.append(row)
    return filled


def _key_value(grid: Grid, prose: Prose, element: Element) -> Block:
    return KeyValueTable(lines=(), rows=_rows(grid))


def _ragged(grid: Grid, prose: Prose, element: Element) -> Block:
    rows = tuple(Row((cell_of(row[0]), tuple(t for piece in row[1:] for t in cell_of(piece)))) for row in grid)
    return KeyValueTable(lines=(), rows=rows)


def _tag_list(grid: Grid, prose: Prose, element: Element) -> Block:
    return TagList(lines=(), items=tuple(t for row in grid for piece in row for t in cell_of(piece)))


def _key_figures(grid: Grid, prose: Prose, element: Element) -> Block:
    pairs, caption = pair_strip(grid, prose)
    return key_figures_block(pairs, caption)


def _index(grid: Grid, prose: Prose, element: Element) -> Block:
    """A table of codes whose rows are shifted: cells go to the column of their type (titles, codes, page, rest)."""
    header, body = (grid[0], grid[1:]) if _has_header(grid) else ([], grid)
    typed = [_typed_row(row) for row in body]
    titles = max(len(row.titles) for row in typed)
    rows: list[Row] = []
    above: list[Piece] = []
    for row in typed:
        names = _title_cells(row, titles, above)
        above = names
        rows.append(
            Row(
                (
                    *map(cell_of, names),
                    _codes_of(row.codes),
                    cell_of(row.page) if row.page else (),
                    *[()] * max(0, len(header) - 3),
                )
            )
        )
    return DataTable(lines=(), header=_index_header(header, titles), rows=tuple(rows), row_headers=titles)


def _codes_of(piece: Piece | None) -> Cell:
    """Each code is an item of its own."""
    if piece is None:
        return ()
    return tuple(Text(code.strip(), lines=piece.lines) for code in re.split(r"[、,，;；]", piece.text) if code.strip())


@dataclass(frozen=True, slots=True)
class _IndexRow:
    titles: list[Piece]
    codes: Piece | None
    page: Piece | None
    shifted: bool
    """The row starts with an emptied merged cell."""
    lines: tuple[int, ...] = ()


def _typed_row(row: Sequence[Piece]) -> _IndexRow:
    cells = [cell for cell in row if cell.text]
    pages = [cell for cell in cells if _PAGE.match(cell.text)]
    codes = [cell for cell in cells if _CODE_LIST.match(cell.text) or cell.text in NONE_CELLS]
    titles = [cell for cell in cells if cell not in pages and cell not in codes]
    return _IndexRow(titles, _one_cell(codes), _one_cell(pages), not row[0].text, row[0].lines)


def _one_cell(cells: Sequence[Piece]) -> Piece | None:
    """Cells of one type in a row belong to one column; a stroke for `none` beside others says nothing."""
    told = [cell for cell in cells if cell.text not in NONE_CELLS] or cells[:1]
    return replace(told[0], text="、".join(cell.text.strip("、 ") for cell in told)) if told else None


def _title_cells(row: _IndexRow, width: int, above: Sequence[Piece]) -> list[Piece]:
    if row.shifted and above and len(row.titles) < width:
        missing = width - len(row.titles)
        return [*(replace(cell, lines=row.lines) for cell in above[:missing]), *row.titles]
    return [*row.titles, *(Piece("", row.lines) for _ in range(width - len(row.titles)))]


def _index_header(header: Sequence[Piece], titles: int) -> tuple[Text, ...]:
    """The title's head stands over all title columns."""
    names = [Text(LABEL_BREAK.sub("", cell.text), lines=cell.lines) for cell in header]
    return (*(names[:1] * titles), *names[1:]) if names else ()


_SHAPES = MappingProxyType(
    {
        "index": _index,
        "key-figures": _key_figures,
        "key-value": _key_value,
        "ragged": _ragged,
        "data": _data,
        "tag-list": _tag_list,
        "headless": _headless,
    }
)


# --- continuation after a page break -------------------------------------------------------------------------------


def continue_index(elements: Sequence[Element], contents: Contents) -> list[Element]:
    """Rows of an index that a page break cut off and the extractor left as loose lines join their table again."""
    result: list[Element] = []
    i = 0
    while i < len(elements):
        element = elements[i]
        i += 1
        if element.kind is ElementKind.TABLE and _element_has_codes(element):
            end = i
            while end < len(elements) and _is_loose(elements[end], contents):
                end += 1
            loose = [piece for e in elements[i:end] for piece in e.pieces]
            rows = _loose_rows(loose, contents)
            if any(_CODE.search(piece.text) for piece in loose):
                element = replace(element, rows=(*element.rows, *rows), extra=element.extra)
                i = end
        result.append(element)
    return result


def _element_has_codes(element: Element) -> bool:
    return sum(bool(_CODE_LIST.match(cell.text)) for row in element.rows for cell in row) >= 2


def _is_loose(element: Element, contents: Contents) -> bool:
    """Codes, pages, titles of the contents list or parts of them, and nothing else."""
    if element.kind not in (
        ElementKind.HEADING,
        ElementKind.PARAGRAPH,
        ElementKind.WORDS,
        ElementKind.LIST,
    ):
        return False
    return all(_CODE.match(piece.text) or _split_titles(piece.text, contents) for piece in element.pieces)


def _split_titles(text: str, contents: Contents) -> tuple[str, str] | None:
    """(part of a parent title, whole section title) of a loose title line; either may be empty."""
    key = bare(text)
    titles = {bare(entry.title): entry.title for entry in contents.entries}
    if key in titles:
        return "", titles[key]
    for known in titles.values():
        if key.endswith(bare(known)) and any(t.startswith(key[: -len(bare(known))]) for t in titles):
            return text[: len(text) - len(known)], known
    return (text, "") if any(key and key in title for title in titles) else None


def _loose_rows(pieces: Sequence[Piece], contents: Contents) -> list[tuple[Piece, ...]]:
    """One row for each section title: its parent (from the parts around it), codes and page."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        split = None if _CODE.match(piece.text) else _split_titles(piece.text, contents)
        if split and split[1]:
            rows.append([Piece(split[0], piece.lines), Piece(split[1], piece.lines)])
        elif split and rows:
            rows[-1][0] = Piece(rows[-1][0].text + split[0], (*rows[-1][0].lines, *piece.lines))
        elif rows:
            rows[-1].append(piece)
    return [_loose_row(row, contents) for row in rows]


def _loose_row(row: Sequence[Piece], contents: Contents) -> tuple[Piece, ...]:
    parent, title, *codes = row
    lines = tuple(sorted({n for piece in row for n in piece.lines}))
    text = "、".join(piece.text.strip("、 ") for piece in codes)
    page = contents.page_of(title.text)
    found = re.search(rf"[、\s]*\b0*({page})\b(?!-)", text) if page is not None else None
    if found:
        text = (text[: found.start()] + text[found.end() :]).strip("、 ")
        text = re.sub(r"、\s*、", "、", text)
    printed = re.search(r"\d+", found[0]) if found else None
    spelt = f"{page:03d}" if printed and len(printed[0]) == 3 and page is not None else str(page or "")
    return (
        Piece(parent.text, lines),
        title,
        Piece(text, lines),
        Piece(spelt if found else "", lines),
    )
