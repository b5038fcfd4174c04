"""Local preview: rebuilds when the report folder, the theme or the settings change, and says what it does."""

from __future__ import annotations

import errno
import re
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Protocol

import click
from mkdocs.livereload import LiveReloadServer

from ..model.errors import InputError, Problem
from . import PROJECT_ROOT

LOOKS_EVERY = 0.1
"""Seconds between two looks at the folders."""

HOST = "127.0.0.1"
CHANGES_SHOWN = 3
PREFLIGHT = "_preflight"
"""No page of a report has such an address."""
_MAIN = re.compile(r"<main\b[^>]*>")


class EditorsPage(Protocol):
    """What stands beside the site for the editor, and what the site's pages say of it."""

    @property
    def html(self) -> str: ...

    @property
    def tag(self) -> str:
        """The language of both."""

    @property
    def links(self) -> Mapping[str, tuple[str, str]]:
        """Slug of a page -> anchor in the editor's page, words of the link."""


def add_preflight(site: Path, page: EditorsPage) -> None:
    """Puts the page beside the previewed site, and on each page a link to its doubts."""
    for slug, (anchor, said) in page.links.items():
        for file in (*site.glob(f"{slug}/index.html"), *site.glob(f"??/{slug}/index.html")):
            up = "../" * (len(file.relative_to(site).parts) - 1)
            target = f"{up}{PREFLIGHT}/#{anchor}"
            link = f'<p lang="{escape(page.tag)}"><a href="{escape(target)}">{escape(said)}</a></p>'
            html = file.read_text("utf-8")
            if opened := _MAIN.search(html):
                file.write_text(f"{html[: opened.end()]}{link}{html[opened.end() :]}", "utf-8")
    folder = site / PREFLIGHT
    folder.mkdir()
    (folder / "index.html").write_text(page.html, "utf-8")


def preview(build: Callable[[Path], object], folder: Path, port: int) -> None:
    """Serves what `build` writes until interrupted; a mistake in `folder` is printed, the last good site stays."""
    _require_free(port)
    watched = [folder, PROJECT_ROOT / "overrides", PROJECT_ROOT / "mkdocs.yml"]
    with tempfile.TemporaryDirectory(prefix="report-site-") as name:
        site = Path(name) / "site"
        seen = _times(watched)

        def rebuild() -> None:
            nonlocal seen
            before, seen = seen, _times(watched)
            _say(f"changed: {_listed(changes(before, seen)) or 'nothing in the report'}; building …")
            _build(build, site)

        _say(f"{folder}: building …")
        build(site)
        server = _Server(builder=rebuild, host=HOST, port=port, root=str(site), polling_interval=LOOKS_EVERY)
        for path in watched:
            server.watch(str(path))
        server.welcome = (
            f"serving at http://{HOST}:{port}/, built anew when {folder} or the theme changes; end with Ctrl+C"
        )
        _serve(server, port)


class _Server(LiveReloadServer):
    """Says `welcome` once it watches: a file that is saved after that is never missed."""

    welcome = ""

    def _build_loop(self) -> None:
        _say(self.welcome)
        super()._build_loop()  # type: ignore[no-untyped-call]


def _serve(server: _Server, port: int) -> None:
    """Until interrupted. The port may have been taken while the site was built."""
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        server.server_close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise InputError(_refused(port, error)) from error


def _require_free(port: int) -> None:
    """Before the site is built: whoever waits for it shouldn't hear afterwards that it can't be served."""
    with socket.socket() as trial:
        if sys.platform != "win32":  # There it would let two servers share the port.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise InputError(_refused(port, error)) from error


def _refused(port: int, error: Exception) -> Problem:
    taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
    said = f"port {port} is taken by another program" if taken else getattr(error, "strerror", None) or str(error)
    return Problem(f"{HOST}:{port}", said, "give another with --port, or end what is using it")


def _build(build: Callable[[Path], object], site: Path) -> None:
    """Says how it went."""
    begin = time.monotonic()
    try:
        build(site)
    except InputError as error:
        _say(*(f"error: {problem}" for problem in error.problems), "the last good site stays until that is mended")
    else:
        _say(f"built in {time.monotonic() - begin:.1f} s")


def changes(before: Mapping[Path, int], after: Mapping[Path, int]) -> list[Path]:
    """Files that are new, gone or written since, by path."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _listed(paths: list[Path]) -> str:
    rest = len(paths) - CHANGES_SHOWN
    return ", ".join(map(str, paths[:CHANGES_SHOWN])) + (f" and {rest} more" if rest > 0 else "")


def _times(watched: list[Path]) -> dict[Path, int]:
    """When each file was written, in nanoseconds."""
    found: dict[Path, int] = {}
    for root in watched:
        for path in [root] if root.is_file() else root.rglob("*"):
            try:
                found[path] = path.stat().st_mtime_ns
            except FileNotFoundError:  # Gone since it was listed.
                continue
    return {path: when for path, when in found.items() if not path.is_dir()}


def _say(*lines: str) -> None:
    """At once, also into a file or a pipe."""
    for line in lines:
        click.echo(line)
