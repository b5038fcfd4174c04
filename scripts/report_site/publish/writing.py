"""Folders and files put in place as wholes: a kill or a full disk at any moment leaves the old one or the new one.

Only a folder that the tool made itself is replaced; what people put somewhere is never taken away.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..model.errors import InputError, Problem

MARKER = ".report-site"
"""Names the tool in a site that it built, so that the next build may replace it."""
_OWN_FILES = (("ledger.json", "outline.json"), ("ledger.json", "report.json"))
"""What tells a docs folder, and a site that was built before there was a marker."""
_MADE = frozenset((".html", ".pdf", ".csv"))
"""Kinds of the files that a command makes; nothing that people edit in a report's folder is one."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
"""Of renameat2(2)."""


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes beside the folder, then puts it in its place: a failure leaves the old folder as it was."""
    with replacing(folder) as work:
        write_files(files, work / "new")


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    write_each(files.items(), folder)


def write_each(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Each as it is made, so that memory needs room for one."""
    made: set[Path] = set()
    for name, data in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{name!r} leaves the folder")
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(data)


def write_file(data: bytes, path: Path) -> None:
    """A file that a person edits: written beside itself, on the disk before it takes the old one's place."""
    path = path.resolve()
    fresh = path.with_name(f".{path.name}.new")
    with _named(path), _locked(path):
        try:
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                fresh.chmod(path.stat().st_mode & 0o7777)
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


def differences(files: Mapping[str, bytes], folder: Path) -> list[Problem]:
    """How the folder differs from what the sources give."""
    there = (
        {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        if folder.is_dir()
        else {}
    )
    remedy = "run: report-site convert"
    changed = [name for name, data in files.items() if name in there and there[name].read_bytes() != data]
    return [
        *(Problem(str(folder / name), "is missing", remedy) for name in sorted(set(files) - set(there))),
        *(Problem(str(folder / name), "is not what the sources give", remedy) for name in sorted(changed)),
        *(
            Problem(str(folder / name), "no source gives this file", f"remove it, or {remedy}")
            for name in sorted(set(there) - set(files))
        ),
    ]


# --- replacing a folder --------------------------------------------------------------------------------------------


def require_new(folder: Path) -> None:
    """`InputError` unless the folder is missing or empty."""
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise InputError(Problem(str(folder), "is there already and not empty", "name a new folder"))


def require_output(path: Path, inputs: Iterable[Path] = ()) -> None:
    """`InputError` where a file that is made would take the place of a folder or of what people edit."""
    if path.is_dir():
        raise InputError(Problem(str(path), "this is a folder", "name a file"))
    if path.exists() and any(path.samefile(one) for one in _edited(inputs)):
        raise InputError(Problem(str(path), "is what this is made from, or what people edit", "name a new file"))


def _edited(inputs: Iterable[Path]) -> Iterator[Path]:
    """Files named, and those that stand in a report's folder but aren't made by the tool."""
    for one in filter(Path.exists, inputs):
        inner = one.iterdir() if one.is_dir() else [one]
        yield from (path for path in inner if path.is_file() and path.suffix not in _MADE)


def require_ours(folder: Path, inputs: Iterable[Path] = ()) -> None:
    """`InputError` unless the folder may be replaced: it is missing, empty, or ours, and holds no input."""
    if not os.path.lexists(folder):
        return
    shown, folder = str(folder), folder.resolve()
    if not folder.is_dir():
        raise InputError(Problem(shown, "is a file, not a folder", "name a new folder"))
    if inside := next((path for path in inputs if path.resolve().is_relative_to(folder)), None):
        raise InputError(Problem(shown, f"holds {inside}, which this is made from", "name a new folder"))
    if _here().is_relative_to(folder):
        remedy = "name a folder inside it, or run this from outside"
        raise InputError(Problem(shown, "is the folder that you are in, and would be replaced as a whole", remedy))
    if os.path.ismount(folder):  # `Path.is_mount` knows Windows from Python 3.12 on.
        raise _mounted(folder)
    if stranger := _stranger(folder):
        remedy = "name a new folder, or remove this one yourself"
        raise InputError(Problem(shown, f"was not made by report-site: it holds {stranger}", remedy))


def require_apart(folder: Path, others: Iterable[Path]) -> None:
    """`InputError` where the folder is one of the others, or one holds the other: what is written would mix."""
    place = folder.resolve()
    for other in map(Path.resolve, others):
        if place.is_relative_to(other) or other.is_relative_to(place):
            message = f"and {other} would hold each other's files"
            raise InputError(Problem(str(folder), message, "name a folder outside both"))


def _stranger(folder: Path) -> str:
    """The name of what the folder holds, where that isn't ours."""
    names = sorted(path.name for path in folder.iterdir())
    if ".git" in names:
        return ".git"
    ours = not names or MARKER in names or any(set(files) <= set(names) for files in _OWN_FILES)
    return "" if ours else ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # It was removed meanwhile.
        return Path("/")


def _mounted(folder: Path) -> InputError:
    remedy = f"name a folder inside it, such as {folder / 'site'}"
    return InputError(Problem(str(folder), "is a mount point, which can't be replaced as a whole", remedy))


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A workspace beside `folder`; what stands in its `new` takes the folder's place when all went well."""
    require_ours(folder)
    folder = folder.resolve()
    with _named(folder), _parents(folder.parent), _locked(folder):
        _sweep(folder)
        with tempfile.TemporaryDirectory(prefix=_prefix(folder), dir=folder.parent) as name:
            work = Path(name)
            yield work
            require_ours(folder)
            _exchange(work / "new", folder, work / "old")


def _exchange(fresh: Path, folder: Path, old: Path) -> None:
    """Puts `fresh` in the place of `folder`, in one step where the system has one; what was there goes beside it."""
    try:
        if not folder.exists():
            fresh.rename(folder)
        elif not _swapped(fresh, folder):
            folder.rename(old)  # A kill between these two: the next run puts it back.
            try:
                fresh.rename(folder)
            except OSError:
                old.rename(folder)
                raise
    except OSError as error:
        if error.errno in (errno.EBUSY, errno.EXDEV):
            raise _mounted(folder) from error
        raise


def _swapped(one: Path, other: Path) -> bool:
    """Whether the system exchanged the two folders; False where it knows no such call."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    first, second = (ctypes.c_char_p(os.fsencode(path)) for path in (one, other))
    if renameat2(_AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # This file system can't.
        return False
    raise OSError(code, os.strerror(code), str(other))


def _prefix(folder: Path) -> str:
    return f".{folder.name}-report-site-"


def _sweep(folder: Path) -> None:
    """What a killed run left, under the lock: nobody else works there. A folder that it moved aside goes back."""
    for left in sorted(path for path in folder.parent.iterdir() if path.name.startswith(_prefix(folder))):
        if (left / "old").is_dir() and not folder.exists():
            (left / "old").rename(folder)
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Says of what the system refuses for a file that only helps which one it is for."""
    try:
        yield
    except OSError as error:
        name = os.fsdecode(error.filename or b"") if not isinstance(error.filename, int) else ""
        if not name or name.startswith(str(path.with_name(f".{path.name}"))):
            error.filename, error.filename2 = str(path), None
        raise


@contextlib.contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Makes the folder and those above it; those it made vanish again where the work failed."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            for path in made:
                path.rmdir()
        raise


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One run at a time for a folder; the system frees the lock of a run that was killed."""
    path = folder.parent / f".{folder.name}.lock"
    handle = _lock(path)
    if handle is None:
        remedy = f"wait until it has ended; if none is running, remove {path}"
        raise InputError(Problem(str(folder), "another report-site is writing this folder", remedy))
    try:
        yield
    finally:
        if sys.platform == "win32":  # It removes no open file.
            os.close(handle)
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(handle)


def _lock(path: Path) -> int | None:
    """The open lock file; None where another run holds it."""
    if sys.platform == "win32":
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            return None
    import fcntl

    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return None
            raise
        with contextlib.suppress(FileNotFoundError):
            if os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        os.close(handle)  # Its holder took the file away while we waited: try the new one.


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk as well; Windows can't open a folder, and needs no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
