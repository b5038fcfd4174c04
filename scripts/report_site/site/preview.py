"""Local preview: rebuilds when the report folder or the theme changes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from ..convert import convert
from ..errors import InputError
from ..folder.catalogue import load_catalogue, translations_of
from ..folder.loading import load_folder
from ..publish.docs import render_site
from ..publish.pictures import publish_pictures
from .build import PROJECT_ROOT, build_site


def preview(folder_path: Path, port: int) -> None:
    """Serves the site at localhost until interrupted; a mistake in the folder is printed, the last good site stays."""
    with tempfile.TemporaryDirectory(prefix="report-site-") as name:
        site = Path(name) / "site"

        def rebuild() -> None:
            try:
                _build(folder_path, site)
            except InputError as error:
                print("\n".join(f"error: {problem}" for problem in error.problems))

        _build(folder_path, site)
        server = LiveReloadServer(builder=rebuild, host="127.0.0.1", port=port, root=str(site), mount_path="/")
        server.watch(str(folder_path))
        server.watch(str(PROJECT_ROOT / "overrides"))
        server.serve()  # type: ignore[no-untyped-call]


def _build(folder_path: Path, site: Path) -> None:
    folder = load_folder(folder_path)
    catalogue = load_catalogue(folder.catalogue, folder.profile.language)
    report = convert(folder, translations_of(catalogue, folder.profile.language))
    build_site(render_site(report, publish_pictures(folder)), site)
