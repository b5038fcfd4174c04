"""What each report's folder in the archive is called; its address from then on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...folder.layout import PROFILE_NAME
from ...model.errors import InputError, Problem
from ...model.slugs import ROUTES, SLUG
from ...source.structure.slugs import slugify

_OF_THE_ARCHIVE = ROUTES | {"archive"}
_GENERAL = "report"
"""The folder's name in a repository of its own: that one's name says more."""


def named(folders: Sequence[Path]) -> dict[str, Path]:
    """Name in the archive -> folder, in the order given; `InputError` where a name can't be told or comes twice."""
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in folders:
        path = folder.resolve()
        own = path.parent.name if path.name == _GENERAL and (path / PROFILE_NAME).exists() else path.name
        name = own.lower() if SLUG.fullmatch(own.lower()) else slugify(own)
        if not name or name in _OF_THE_ARCHIVE:
            problems.append(Problem(str(folder), f"{own!r} can't be a report's address", "rename the folder"))
        elif name in found:
            problems.append(
                Problem(str(folder), f"has the address of {found[name]}, {name!r}", "rename one of the two")
            )
        else:
            found[name] = folder
    if problems:
        raise InputError(*problems)
    return found
