"""The program's own modules: their texts, and the syntax of those that say certain words, since to parse all takes a second."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from places import ROOT

CODE = ROOT / "scripts" / "report_site"
MODULES = {path.relative_to(CODE).as_posix(): path for path in sorted(CODE.rglob("*.py"))}
"""By their paths in the program."""


def texts() -> dict[str, str]:
    return {name: path.read_text("utf-8") for name, path in MODULES.items()}


def saying(words: Iterable[str]) -> Iterator[tuple[str, ast.Module]]:
    """The modules with one of the words, parsed: a name that code uses stands in its text."""
    said = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
    return ((name, ast.parse(text)) for name, text in texts().items() if said.search(text))
