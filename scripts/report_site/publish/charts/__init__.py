"""Charts beside tables, drawn from the tables' own values: read, then said as a block of Markdown or as shapes."""

from .drawing import Shape, drawing_of, read_groups
from .reading import chart_of
from .writing import Told, chart_beside, told_of

__all__ = ["Shape", "Told", "chart_beside", "chart_of", "drawing_of", "read_groups", "told_of"]
