"""What `convert` writes and says, kept by all that it was made from: where nothing changed, nothing is converted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..folder.layout import contents
from ..language.progress import Progress
from ..model.errors import Problem
from ..publish.cache import Cache

if TYPE_CHECKING:
    from ..report import Report

LOST_SHOWN = 8
"""Tokens of a line that a message names."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a person should know of a conversion."""

    origin: str
    """How the source was read."""
    notes: tuple[str, ...]
    unplaced: tuple[str, ...]
    """Those of the notes that name a ruling without a place."""
    lines: str
    """How many lines and tokens became what."""
    lost: tuple[str, ...]
    """Lines of the source of which something is on no page, with what to do."""


@dataclass(frozen=True, slots=True)
class Conversion:
    docs: Mapping[str, bytes]
    """The files of the docs folder, by path."""
    catalogue_name: str
    catalogue: bytes
    """The folder's own, renewed."""
    account: Account


def account_of(report: Report, source: Path) -> Account:
    lost = tuple(_lost(f"{source}:{number}", tokens) for number, tokens in report.ledger.lost.items())
    return Account(report.origin, report.notes, report.unplaced, str(report.ledger), lost)


def _lost(place: str, tokens: Sequence[str]) -> str:
    message = f"on no page: {' '.join(tokens[:LOST_SHOWN])}{' …' if len(tokens) > LOST_SHOWN else ''}"
    return str(Problem(place, message, "say what the line is under `lines` in report.yml"))


def conversion_of(root: Path, source: Path | None, encoding: str | None, cache: Cache) -> Conversion:
    """Of the folder, or of another extraction of its report; `InputError` names what is wrong with them."""
    of = _inputs(root, source, encoding)
    if of and (found := cache.find(of)):
        return _unpacked(found)
    made = _made(root, source, encoding, cache)
    if of and of == _inputs(root, source, encoding):  # Nobody saved a file meanwhile.
        cache.keep(of, _packed(made))
        cache.sweep()
    return made


def _inputs(root: Path, source: Path | None, encoding: str | None) -> list[str | bytes]:
    """None that can't be read: then the stages say what is wrong."""
    try:
        return ["conversion", str(root), encoding or "", *contents(root, source)]
    except OSError:
        return []


def _made(root: Path, source: Path | None, encoding: str | None, cache: Cache) -> Conversion:
    from ..folder.loading import load_folder
    from ..publish.docs import render_docs
    from .making import pictures_of, renewed_catalogue, report_of

    folder = load_folder(root)
    report = report_of(folder, source, encoding, Progress("reading"))
    pictures = pictures_of(folder, report, Progress("pictures"))
    docs = render_docs(report, pictures, cache, Progress("writing"))
    return Conversion(
        docs, folder.catalogue.name, renewed_catalogue(folder, report), account_of(report, source or folder.source)
    )


def _packed(made: Conversion) -> bytes:
    """A line that says what follows, then the files one behind the other."""
    sizes = [(name, len(data)) for name, data in made.docs.items()]
    told = {"account": asdict(made.account), "sizes": sizes, "catalogue": made.catalogue_name}
    head = json.dumps(told, ensure_ascii=False).encode()
    return b"".join([head, b"\n", *made.docs.values(), made.catalogue])


def _unpacked(data: bytes) -> Conversion:
    head, _, rest = data.partition(b"\n")
    told = json.loads(head)
    said: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in told["account"].items()}
    docs: dict[str, bytes] = {}
    place = 0
    for name, size in told["sizes"]:
        docs[name] = rest[place : place + size]
        place += size
    return Conversion(docs, told["catalogue"], rest[place:], Account(**said))
