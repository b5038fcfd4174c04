"""Charts beside tables, drawn from the tables' own values: read, then said as a block of the page's Markdown."""

from .reading import chart_of
from .writing import chart_beside

__all__ = ["chart_beside", "chart_of"]
