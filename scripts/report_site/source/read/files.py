"""A file's bytes, where it is a text that may be read: no device, no folder, no other kind of document."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from pathlib import Path

from ...model.errors import InputError, Problem

LARGEST_SOURCE = 64 * 1024 * 1024
_GIVE_TEXT = "give a text extraction of the report (.txt, .md or .html)"
_OFFICE = "save it as text or Markdown first, for example with: pandoc FILE -t gfm -o source.md"
_PICTURE = "give the text that was recognised in it (OCR), not the picture"
_UNPACK = "unpack it and give the text extraction inside"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF8", "a GIF picture", _PICTURE),
    (b"II*\0", "a TIFF picture", _PICTURE),
    (b"MM\0*", "a TIFF picture", _PICTURE),
    (b"8BPS", "a Photoshop file", _PICTURE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file", _OFFICE),
    (b"{\\rtf", "a rich text (RTF) file", _OFFICE),
    (b"%!PS", "a PostScript file", "extract its text first, for example with: ps2txt FILE source.txt"),
    (b"SQLite format 3\0", "a database", _GIVE_TEXT),
    (b"\x7fELF", "a program", _GIVE_TEXT),
)
_ZIPPED = (
    ("word/", "a Word file (.docx)", _OFFICE),
    ("ppt/", "a PowerPoint file (.pptx)", _OFFICE),
    ("xl/", "an Excel file (.xlsx)", _OFFICE),
    ("META-INF/container.xml", "an EPUB file", _OFFICE),
    ("content.xml", "an OpenDocument file", _OFFICE),
)
_ADDRESS = re.compile(r"(?:https?|ftp):[/\\]", re.IGNORECASE)
"""As a path: Windows turns the strokes."""
_AS_BYTES = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that nobody writes to would be waited for; Windows, which has no such pipes, would change line ends."""
_PDF = re.compile(rb"\A(?:[^%]{0,1024})%PDF-\d")


def read_bytes(path: Path, within: Path | None = None) -> bytes:
    """The bytes of the text at `path`; `InputError` names what it is instead. `within`: no link may lead out of it."""
    if within is not None and not path.resolve().is_relative_to(within.resolve()):
        remedy = f"put the file itself there, or name it: --source {path.resolve()}"
        raise InputError(
            Problem(str(path), f"a link that leads out of the report's folder, to {path.resolve()}", remedy)
        )
    data = _read(path)
    if found := kind_of(data):
        raise InputError(Problem(str(path), f"this is {found[0]}, no text", found[1]))
    return data


def _read(path: Path) -> bytes:
    if _ADDRESS.match(str(path)) and not path.exists():
        raise InputError(Problem(str(path), "is an address, not a file", "download it first"))
    try:
        handle = os.open(path, os.O_RDONLY | _AS_BYTES)
    except FileNotFoundError:
        raise InputError(Problem(str(path), "no such file", _GIVE_TEXT)) from None
    except OSError as error:
        raise InputError(Problem(str(path), f"can't be read: {error.strerror}", _GIVE_TEXT)) from error
    try:
        _refuse_irregular(path, os.fstat(handle))
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(LARGEST_SOURCE + 1)
    except OSError as error:
        raise InputError(Problem(str(path), f"can't be read: {error.strerror}", _GIVE_TEXT)) from error
    finally:
        os.close(handle)
    if len(data) > LARGEST_SOURCE:
        found = f"is larger than the {LARGEST_SOURCE >> 20} MiB that a text may have"
        raise InputError(Problem(str(path), found, "give the text extraction alone, without pictures inside"))
    return data


def _refuse_irregular(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise InputError(Problem(str(path), "this is a folder", "give the text extraction itself, a file"))
    if not stat.S_ISREG(found.st_mode):
        what = "a pipe" if stat.S_ISFIFO(found.st_mode) else "a device or socket"
        raise InputError(Problem(str(path), f"this is {what}", "give a file"))
    if found.st_size > LARGEST_SOURCE:
        sizes = f"{found.st_size / (1 << 20):.0f} MiB, more than the {LARGEST_SOURCE >> 20} MiB that a text may have"
        raise InputError(Problem(str(path), sizes, "give the text extraction alone, without pictures inside"))


def kind_of(data: bytes) -> tuple[str, str] | None:
    """(what it is, what to do) where the first bytes tell another kind of document than a text."""
    if _PDF.match(data[:1100]):
        return "a PDF", "extract its text first, for example with: pdftotext -layout FILE source.txt"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture", _PICTURE
    if data[4:8] == b"ftyp":
        return "a picture or film (HEIF, AVIF, MP4)", _PICTURE
    if data[:3] == b"BZh" and data[4:10] == b"1AY&SY":
        return "a bzip2 archive", _UNPACK
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "a BMP picture", _PICTURE
    return next(((what, remedy) for magic, what, remedy in _MAGIC if data.startswith(magic)), None)


def _zipped(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "a ZIP archive", _UNPACK
    found = (kind for kind in _ZIPPED if any(name.startswith(kind[0]) for name in names))
    _, what, remedy = next(found, ("", "a ZIP archive", _UNPACK))
    return what, remedy
