"""Zips that tell nothing of when and where they were made: same files, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

STAMP = (2000, 1, 1, 0, 0, 0)


def zipped(files: Sequence[tuple[str, bytes]], stored: Sequence[str] = ()) -> bytes:
    """`files`: name and content, in this order; `stored`: names of those that aren't packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, STAMP)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, wherever it is made
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
