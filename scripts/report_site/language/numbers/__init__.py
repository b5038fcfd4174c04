"""Quantities in Chinese and English read to values, to prove that two texts say the same numbers.

How a text is read: `_prepare` makes its characters plain and closes torn numbers; then an ordered
list of named rules runs over it, and what one rule has read is blanked for those after it.

A quantity written in digits is *required*: the other text must hold it too. One written in words
(三所, six, 百余) is *optional*: it may answer a required one, and its absence says nothing, since
either language may put it otherwise.

Both languages are read alike, so that a doubtful string ("2-6") is doubtful in the same way.
"""

from .comparison import compare, mentions, same_quantities
from .quantity import Difference, Lang, Qualifier, Quantity, QuantityKind
from .reading import parse, qualified_span
from .zh import counted

__all__ = [
    "Difference",
    "Lang",
    "Qualifier",
    "Quantity",
    "QuantityKind",
    "compare",
    "counted",
    "mentions",
    "parse",
    "qualified_span",
    "same_quantities",
]
