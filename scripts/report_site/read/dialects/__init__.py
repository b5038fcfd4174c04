"""The front door of `read/`: marks of the extractor undone, each as a change of its line, before anything is judged."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import SourceLine
from .formulas import read_display_formulas
from .html_tables import read_tables
from .inline import gather_evidence, read_inline
from .marks import read_marks
from .notes import read_notes


def read_dialect(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    marked = read_notes(read_tables(read_display_formulas(read_marks(lines))))
    evidence = gather_evidence(marked)
    return tuple(read_inline(line, evidence) for line in marked)
