"""The rest of an index that a page break cut off and the extractor left as loose lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....language.characters import bare
from ...read.furniture import Contents
from ..elements import Element, ElementKind, Piece
from .cells import CODE, CODE_LIST


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
            if any(CODE.search(piece.text) for piece in loose):
                element = replace(element, rows=(*element.rows, *rows), extra=element.extra)
                i = end
        result.append(element)
    return result


def _element_has_codes(element: Element) -> bool:
    return sum(bool(CODE_LIST.match(cell.text)) for row in element.rows for cell in row) >= 2


def _is_loose(element: Element, contents: Contents) -> bool:
    """Codes, pages, titles of the contents list or parts of them, and nothing else."""
    if element.kind not in (
        ElementKind.HEADING,
        ElementKind.PARAGRAPH,
        ElementKind.WORDS,
        ElementKind.LIST,
    ):
        return False
    return all(CODE.match(piece.text) or _split_titles(piece.text, contents) for piece in element.pieces)


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
        split = None if CODE.match(piece.text) else _split_titles(piece.text, contents)
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
