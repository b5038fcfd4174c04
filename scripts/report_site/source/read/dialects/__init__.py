"""The front door of reading: marks of the extractor undone, each as a change of its line, before anything is judged.

Each dialect is a chain of small readers; which one it is, the text shows, or a person says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from ....model import Dialect, SourceLine
from ..paragraph_marks import read_paragraph_marks
from .boxes import read_boxes
from .cell_lines import read_cell_lines
from .cut_columns import read_cut_columns
from .diagrams import read_diagrams
from .drawn_tables import read_drawn_tables
from .formulas import read_display_formulas
from .html_document import broken_into_blocks, read_document
from .html_tables import read_tables
from .inline import read_html_inline, read_markdown_inline, read_plain_inline
from .invented import read_invented_names
from .layout import read_layout
from .links import read_links
from .marks import read_marks, read_page_marks
from .notes import read_notes
from .pandoc import read_captions, read_pandoc_marks
from .pictures import read_figures, read_pictures
from .recognise import Recognised, recognise
from .row_tables import read_row_tables

__all__ = ["Recognised", "broken_into_blocks", "read_dialect", "recognise"]

Reader = Callable[[Sequence[SourceLine]], Sequence[SourceLine]]

_MARKDOWN: tuple[Reader, ...] = (
    read_links,
    read_pandoc_marks,
    read_diagrams,
    read_figures,
    read_drawn_tables,
    read_cut_columns,
    read_marks,
    read_display_formulas,
    read_tables,
    read_boxes,
    read_invented_names,
    read_captions,
    read_pictures,
    read_notes,
    read_markdown_inline,
)
_PLAIN: tuple[Reader, ...] = (
    read_page_marks,
    read_paragraph_marks,
    read_row_tables,
    read_cell_lines,
    read_notes,
    read_plain_inline,
)
_READERS: Mapping[Dialect, tuple[Reader, ...]] = MappingProxyType(
    {
        **dict.fromkeys(Dialect, _MARKDOWN),
        # It writes a PDF's text as plain lines, and of its tables those that it saw.
        Dialect.MARKITDOWN: (*_MARKDOWN, read_row_tables, read_cell_lines),
        Dialect.PDFPLUMBER: _PLAIN,
        Dialect.PDFMINER: _PLAIN,
        Dialect.PDFTOTEXT: _PLAIN,
        Dialect.PDFTOTEXT_LAYOUT: (read_page_marks, read_layout, read_row_tables, read_notes, read_plain_inline),
        Dialect.HTML: (read_links, read_document, read_tables, read_boxes, read_pictures, read_notes, read_html_inline),
    }
)


def read_dialect(lines: Sequence[SourceLine], dialect: Dialect = Dialect.MARKDOWN) -> tuple[SourceLine, ...]:
    for read in _READERS[dialect]:
        lines = read(lines)
    return tuple(lines)
