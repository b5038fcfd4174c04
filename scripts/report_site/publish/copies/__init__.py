"""Copies of the report beside the site: to print, to read on a device, to keep. They see report and model only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model import Language


@dataclass(frozen=True, slots=True)
class Copies:
    """Those made before the pages, and what the pages say of all."""

    files: Mapping[str, bytes]
    """By path from the site's root."""
    facts: Mapping[Language, Mapping[str, object]]
    """What pages say of the copies in their language: `pdf`, `pages`, `size` in megabytes, `epub`, `offline`."""
    notes: tuple[str, ...]
    """What a person should know, a line each."""


NO_COPIES = Copies({}, {}, ())
