"""Local preview: rebuilds when the report folder or the theme changes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from ..errors import InputError
from . import PROJECT_ROOT

LOOKS_EVERY = 0.1
"""Seconds between two looks at the folders."""


def preview(build: Callable[[Path], None], folder: Path, port: int) -> None:
    """Serves what `build` writes until interrupted; a mistake in `folder` is printed, the last good site stays."""
    with tempfile.TemporaryDirectory(prefix="report-site-") as name:
        site = Path(name) / "site"

        def rebuild() -> None:
            try:
                build(site)
            except InputError as error:
                print("\n".join(f"error: {problem}" for problem in error.problems))

        build(site)
        server = LiveReloadServer(rebuild, "127.0.0.1", port, str(site), polling_interval=LOOKS_EVERY)
        server.watch(str(folder))
        server.watch(str(PROJECT_ROOT / "overrides"))
        server.serve()  # type: ignore[no-untyped-call]
