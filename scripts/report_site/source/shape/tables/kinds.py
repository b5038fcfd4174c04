"""The kinds of table."""

from __future__ import annotations

from enum import StrEnum


class TableKind(StrEnum):
    """What a table is; report.yml names the same kinds."""

    DATA = "data"
    """Heads over columns, names before rows."""
    HEADLESS = "headless"
    """Data whose first row is data too."""
    INDEX = "index"
    """Data that leads from the codes of a standard to places in the report."""
    KEY_VALUE = "key-value"
    RAGGED = "ragged"
    """A name, then as many items as there are."""
    KEY_FIGURES = "key-figures"
    TAG_LIST = "tag-list"
    NOISE = "noise"
    FIGURE = "figure"
    CAPTIONS = "captions"
