"""The files that people edit, as text: regular ones inside the report's folder, of a size that a person can write."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ..language.characters import LONGEST_NUMBER, invisible_in, long_number
from ..model.errors import InputError, Problem, system_problem

LARGEST_FILE = 8 * 1024 * 1024


def read_text(path: Path, root: Path, limit: int = LARGEST_FILE) -> str:
    """The file's text without byte order mark, line ends made `\\n`; `InputError` names what is wrong with it."""
    data = read_regular(path, root, limit).removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            Problem(f"{path}:{line}", f"byte 0x{data[error.start]:02x} is not UTF-8", "save it as UTF-8")
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    require_visible(text, path)
    return text


def require_visible(text: str, path: Path) -> None:
    """`InputError` where the text holds characters that nobody sees, or a number that nobody reads."""
    if unseen := list(_unseen(text, path)):
        raise InputError(*unseen)


def read_regular(path: Path, root: Path, limit: int) -> bytes:
    """The bytes of a file that stands in the folder, not behind a link that leads out of it."""
    require_inside(path, root)
    try:
        if not path.exists():
            raise InputError(Problem(str(path), "no such file", "check its name"))
        if path.is_dir():
            raise InputError(Problem(str(path), "this is a folder, not a file", "put a file in its place"))
        if not path.is_file():
            raise InputError(Problem(str(path), "this is no regular file", "put one in its place"))
        if path.stat().st_size > limit:
            raise InputError(Problem(str(path), f"larger than {limit >> 20} MiB", "is this the right file?"))
        return path.read_bytes()
    except OSError as error:
        raise InputError(system_problem(error, path)) from error


def require_inside(path: Path, root: Path) -> None:
    try:
        inside = path.resolve(strict=False).is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # A link that leads back to itself; a name that no file can have.
        inside = False
    if not inside:
        remedy = "put the file itself into the folder"
        raise InputError(Problem(str(path), f"leads out of the folder {root}", remedy))


def unseen_characters(text: str) -> list[str]:
    """Names of the characters that nobody sees and that steer what a reader sees: `U+202E right-to-left override`."""
    if not (found := dict.fromkeys(invisible_in(text))):
        return []  # Asked of each value of a file.
    return [f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}" for char in found]


def _unseen(text: str, path: Path) -> Iterator[Problem]:
    if found := long_number(text):
        place = f"{path}:{text.count(chr(10), 0, found.start()) + 1}"
        yield Problem(place, f"more than {LONGEST_NUMBER:,} digits in a row are no number", "mend the line")
    if not invisible_in(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for name in unseen_characters(line):
            yield Problem(f"{path}:{number}", f"holds the invisible character {name}", "remove it")
