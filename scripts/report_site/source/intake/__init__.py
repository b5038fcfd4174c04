"""PDF and Word files to an extraction with its pictures and an account of every word. An optional extra."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from ...language.progress import Told, nobody
from ...model.errors import InputError, Problem
from .extraction import Account, Box, Doubt, Extraction, Missing, PageAccount, Picture

__all__ = ["Account", "Box", "Doubt", "Extraction", "Missing", "PageAccount", "Picture", "is_document", "taken_in"]

_NEEDS = {".pdf": "pypdfium2", ".docx": "docx"}
REMEDY = "install it with: make intake (or: pip install 'report-site[intake]')"


def is_document(path: Path) -> bool:
    """A file that the intake takes: by its first bytes, else by its name."""
    return _kind(path) != ""


def _kind(path: Path) -> str:
    try:
        if not path.is_file():  # To open a pipe that nobody writes to would wait for ever.
            return ""
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError:
        return ""
    if b"%PDF-" in start:
        return ".pdf"
    suffix = path.suffix.lower()
    return suffix if suffix in _NEEDS else ""


def taken_in(path: Path, second: bool = True, told: Told = nobody) -> Extraction:
    """The extraction of a PDF or Word file; `second`: with the second witness, where it is installed.

    `told` hears how far it is.
    """
    if not path.is_file():
        raise InputError(Problem(str(path), "no such file", "give the path of a PDF or .docx file"))
    if path.stat().st_size == 0:
        raise InputError(Problem(str(path), "the file is empty", "give the report itself"))
    kind = _kind(path)
    if not kind:
        raise InputError(Problem(str(path), "neither a PDF nor a .docx file", "save it as one of these"))
    if importlib.util.find_spec(_NEEDS[kind]) is None:
        raise InputError(Problem(str(path), f"taking {kind} files in needs the intake, which isn't installed", REMEDY))
    if kind == ".pdf":
        from .pdf import pdf_taken_in

        return pdf_taken_in(path, second, told)
    from .word import word_taken_in

    return word_taken_in(path)
