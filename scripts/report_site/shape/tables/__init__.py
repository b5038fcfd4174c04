"""Tables as the extractor wrote them to tables as they were printed: recognised, shaped, joined over pages."""

from .cells import cell_of
from .continued import continue_index
from .kinds import TableKind
from .shapes import Shaped, shape_table

__all__ = ["Shaped", "TableKind", "cell_of", "continue_index", "shape_table"]
