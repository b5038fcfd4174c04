"""The cards of numbers as scripts fetch them: a file beside each page that lists some, with how each is cited."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..language.parts import pieces
from ..publish.data import CARDS, Json
from .citation import Citation, Style
from .shell import Shell

Cited = Mapping[tuple[str, str], tuple[Shell, Citation]]
"""What was built, and how it is cited: by language and slug."""


def card_files(cards: Iterable[tuple[str, Json]], cited: Cited) -> Iterator[tuple[str, bytes]]:
    """The file of each page of numbers, with its path from the site's root; `cards`: with the page's path in the docs
    folder.

    `styles` holds for each page of the report that has a number its references, a name and its parts: a text, or a role
    and a text that the number's own place (`url`, `printed`, `range`) or the day of reading takes the place of.
    """
    for path, held in cards:
        language, slug = path.removesuffix(".md").split("/")
        shell, _ = cited[language, slug]
        figures: Mapping[str, Mapping[str, Any]] = held["figures"]  # type: ignore[assignment]
        pages = sorted({str(figure["page"]) for figure in figures.values()})
        styles = {page: _references(shell, cited[language, page][1]) for page in pages}
        addresses = {page: cited[language, page][1].address for page in pages}
        data = {**held, "otherTag": shell.other_tag, "addresses": addresses, "styles": styles}
        yield f"{shell.root}{slug}/{CARDS}", json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _references(shell: Shell, citation: Citation) -> list[list[object]]:
    named = (
        (shell.words["gbt"], citation.gbt),
        (shell.words["apa"], citation.apa),
        ("BibTeX", citation.bibtex),
        ("RIS", citation.ris),
    )
    return [[name, list(_parts(style, shell))] for name, style in named]


def _parts(style: Style, shell: Shell) -> Iterator[object]:
    """A text in the other language has the role `foreign`."""
    for part in style:
        if part.role:
            yield [part.role, part.text]
            continue
        for piece, foreign in pieces(part.text, shell.edition.variety.language):
            yield ["foreign", piece] if foreign else piece
