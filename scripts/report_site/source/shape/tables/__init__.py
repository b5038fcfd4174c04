"""Tables as the extractor wrote them to tables as they were printed: recognised, shaped, joined over pages."""

from .cells import cell_of
from .continued import PageEnds, absorb_columns, attach_notes, join_halves
from .kinds import TableKind
from .loose_rows import continue_index
from .shapes import Shaped, printed_head, shape_table

__all__ = [
    "PageEnds",
    "Shaped",
    "TableKind",
    "absorb_columns",
    "attach_notes",
    "cell_of",
    "continue_index",
    "join_halves",
    "printed_head",
    "shape_table",
]
