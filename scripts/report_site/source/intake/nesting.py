"""Forms within forms: PDFium draws each of them each time, and asks nobody whether it ever ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf

from ...model.errors import InputError, Problem

MOST_FORMS = 200_000
"""Drawn on one page, each time counted."""
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


def require_few_forms(path: Path) -> None:
    """`InputError` where a page draws more forms than any report; what can't be read at all is told by PDFium."""
    with suppress(pikepdf.PdfError, pikepdf.PasswordError, OSError, RecursionError), pikepdf.open(path) as pdf:
        counts: dict[tuple[int, int], int] = {}
        for number, page in enumerate(pdf.pages, 1):
            if sum(_draws(page.obj, counts)) > MOST_FORMS:
                message = f"page {number} draws more than {MOST_FORMS:,} forms within each other"
                raise InputError(Problem(str(path), message, "print it to a new PDF and give that"))


def _draws(holder: pikepdf.Object, counts: dict[tuple[int, int], int]) -> Iterator[int]:
    """How many forms each form of the holder's comes to; nothing is unpacked where it has none."""
    resources = holder.get("/Resources")
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    forms = {name: form for name, form in named.items() if _is_form(form)} if named is not None else {}
    if not forms:
        return
    drawn = Counter(name.decode("latin-1") for name in _DRAWN.findall(_content(holder)))
    for name, form in forms.items():
        key = form.objgen
        if key not in counts:
            counts[key] = 0  # Of a form that draws itself, PDFium draws it once.
            counts[key] = min(1 + sum(_draws(form, counts)), MOST_FORMS + 1)
        yield drawn[name.removeprefix("/")] * counts[key]


def _is_form(form: pikepdf.Object) -> bool:
    return isinstance(form, pikepdf.Stream) and form.get("/Subtype") == pikepdf.Name.Form


def _content(holder: pikepdf.Object) -> bytes:
    if isinstance(holder, pikepdf.Stream):
        return holder.read_bytes()
    content = holder.get("/Contents")
    parts = content if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream))
