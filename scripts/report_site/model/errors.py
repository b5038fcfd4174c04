"""Errors that a person who runs the tool can mend: one line each, never a traceback."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where, what was found, what to do."""

    place: str
    """File, with line or path inside it: `report.yml: outline[3].at`."""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        remedy = f" — {self.remedy}" if self.remedy else ""
        return on_one_line(f"{self.place}: {self.message}{remedy}")


def on_one_line(text: str) -> str:
    """For a terminal: a line end, an escape or a mark of direction, as a file's name may hold them, is spelt out."""
    return "".join(char if char.isprintable() or char == "\u3000" else ascii(char)[1:-1] for char in text)


class InputError(Exception):
    """Bad input: carries every problem found, so that a person mends them in one go."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


_OF_THE_SYSTEM: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        errno.EACCES: ("no permission", "give yourself the rights to it, or name another place"),
        errno.EPERM: ("not permitted", "give yourself the rights to it, or name another place"),
        errno.EROFS: ("the file system is read-only", "name a place that can be written to"),
        errno.ENOSPC: ("no space left on the disk", "free some space, then run this again"),
        errno.EDQUOT: ("your share of the disk is used up", "free some space, then run this again"),
        errno.ENOENT: ("no such file or folder", "check the path"),
        errno.ENOTDIR: ("a file stands where a folder is needed", "name another place"),
        errno.EISDIR: ("this is a folder, not a file", "give the file itself"),
        errno.EEXIST: ("a file stands where a folder is needed", "name another place"),
        errno.ENAMETOOLONG: ("the name is too long", "give it a shorter one"),
        errno.ELOOP: ("a link that leads back to itself", "give the file itself"),
        errno.EFBIG: ("a file can't be so large here", "raise the limit (ulimit -f), or name another place"),
        errno.EBUSY: ("is in use by the system", "name another place"),
    }
)


def system_problem(error: OSError, place: object = None) -> Problem:
    """What the system refused, in a line: a full disk, a missing permission, a folder in a file's place."""
    name = place if place is not None else (error.filename2 or error.filename or "the disk")
    shown = os.fsdecode(name) if isinstance(name, bytes) else str(name)
    message, remedy = _OF_THE_SYSTEM.get(
        error.errno or 0, (error.strerror or str(error), "mend what the system says, or name another place")
    )
    return Problem(shown, message, remedy)
