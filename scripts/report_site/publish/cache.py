"""Results kept by what they were made from, so that work whose inputs didn't change isn't done again.

A folder of files, safe to delete at any moment. The name of each is a digest of its inputs and of the program, so that
nothing has to be invalidated; what is damaged, or can't be read or written, counts as not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 256 * 2**20
"""Of all entries; beyond, those unused for the longest are swept. One build of an ordinary report keeps about 10 MB."""
_CODE = Path(__file__).parents[1]
_CHECK = 16
"""Bytes of the digest that an entry begins with."""


class Cache:
    """Without a folder nothing is kept: each result is made anew."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def kept(self, of: Sequence[str | bytes], make: Callable[[], bytes]) -> bytes:
        """What `make` gives; `of` is all that this depends on beside the program, the name of the step first."""
        found = self.find(of)
        if found is None:
            found = make()
            self.keep(of, found)
        return found

    def find(self, of: Sequence[str | bytes]) -> bytes | None:
        if self._folder is None:
            return None
        path = self._path(self._folder, of)
        try:
            with path.open("rb") as file:
                check, data = file.read(_CHECK), file.read()
            os.utime(path)
        except OSError:
            return None
        return data if check == _digest(data) else None

    def keep(self, of: Sequence[str | bytes], data: bytes) -> None:
        """What is cut short, or read while it is written, isn't what its digest says. A full disk is no reason to
        fail.
        """
        if self._folder is None:
            return
        path = self._path(self._folder, of)
        try:
            with _opened(path) as file:
                file.writelines((_digest(data), data))
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def sweep(self, most: int = MOST_BYTES) -> None:
        """Removes what was unused for the longest, until no more than `most` bytes are left."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            found = sorted(((one.stat(), one.path) for one in entries), key=lambda one: one[0].st_mtime, reverse=True)
            total = 0
            for status, path in found:
                total += status.st_size
                if total > most:
                    Path(path).unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, of: Sequence[str | bytes]) -> Path:
        digest = hashlib.blake2b(_program(), digest_size=20)
        for part in of:
            data = part.encode() if isinstance(part, str) else part
            digest.update(len(data).to_bytes(8) + data)
        return folder / digest.hexdigest()


NO_CACHE = Cache()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except FileNotFoundError:  # The first one makes the folder.
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK).digest()


@cache
def _program() -> bytes:
    """A digest of our own files and of the versions that they run with."""
    digest = hashlib.blake2b(repr((sys.version, *_installed())).encode())
    digest.update(tree_digest(_CODE))
    return digest.digest()


def _installed() -> Iterator[str]:
    """Each package with its version, as the folders of their metadata are named: a look at names alone."""
    for path in filter(os.path.isdir, sys.path):
        with os.scandir(path) as entries:
            yield from sorted(one.name for one in entries if one.name.endswith((".dist-info", ".egg-info")))


def tree_digest(folder: Path) -> bytes:
    """Of the names and contents of a folder's files."""
    digest = hashlib.blake2b()
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        place = Path(root).relative_to(folder).as_posix()
        for name in sorted(names):
            data = Path(root, name).read_bytes()
            digest.update(f"{place}/{name}\0{len(data)}\0".encode() + data)
    return digest.digest()
