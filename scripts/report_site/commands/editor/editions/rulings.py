"""Rulings of the old report.yml and figures.yml that hold for the new source too: all of their lines stand there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .lines import Moved

Entry = Mapping[str, object]
SECTIONS = ("lines", "tables", "moves", "corrections", "flags", "topics")
"""Of report.yml, beside its outline."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The entries of one section: those that carry over, at their new places, and the places of the others."""

    entries: tuple[Entry, ...]
    dropped: tuple[str, ...]


def kept_entries(section: str, given: object, moved: Moved) -> Kept:
    entries: list[Entry] = []
    dropped: list[str] = []
    for entry in given if isinstance(given, list) else ():
        found = _KEEP.get(section, _whole)(entry, section, moved)
        if found is None:
            dropped.append(str(entry.get("at") or entry.get("move")))
        else:
            entries.append(found)
    return Kept(tuple(entries), tuple(dropped))


def _whole(entry: Entry, section: str, moved: Moved) -> Entry | None:
    at = moved.place(entry["at"], section)
    return {**entry, "at": at} if at else None


def _table(entry: Entry, section: str, moved: Moved) -> Entry | None:
    """A table that report.yml only names by its kind keeps it, though its numbers are new."""
    if whole := _whole(entry, section, moved):
        return whole
    at = None if entry.get("rows") else moved.ends(entry["at"], section)
    return {**entry, "at": at} if at else None


def _move(entry: Entry, section: str, moved: Moved) -> Entry | None:
    what, after = (moved.place(entry[key], section) for key in ("move", "after"))
    return {**entry, "move": what, "after": after} if what and after else None


def _correction(entry: Entry, section: str, moved: Moved) -> Entry | None:
    """It still applies: the line stands there, and has the error."""
    found = _whole(entry, section, moved)
    line = moved.line(entry["at"], section)
    wrong = str(entry["wrong"])
    return found if found and line and (wrong in moved.new[line] or entry.get("wording") == "official") else None


_KEEP: Mapping[str, Callable[[Entry, str, Moved], Entry | None]] = {
    "tables": _table,
    "moves": _move,
    "corrections": _correction,
}
