"""Local preview: rebuilds when the report folder or the theme changes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Protocol

from mkdocs.livereload import LiveReloadServer

from ..errors import InputError
from . import PROJECT_ROOT

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
        server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(site), mount_path="/")
        server.watch(str(folder))
        server.watch(str(PROJECT_ROOT / "overrides"))
        server.serve()  # type: ignore[no-untyped-call]
