"""The offline edition: the site in one language as a zip that opens from a disk and asks nothing of any network.

It is made from the built pages. What a page fetches by script comes as a script (from a disk no browser fetches), the
modules as one classic script, and every link names the file that it leads to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from ...model.errors import InputError, Problem
from ..data import CARDS
from .classic_script import classic_script
from .offline_pages import SCRIPT, Edition, OfflinePage, Ways
from .zipping import zipped

LARGEST = 200_000_000
"""Bytes of all files, before they are packed."""
_CSS_URL = re.compile(r"url\(\"?([^\")]+)\"?\)")
_WHOLE = ("assets/*.css", "data/**/*")
"""Whether a link leads there or not: sheets that scripts ask for; the data package, whose descriptor names the rest."""


def offline_of(site: Path, edition: Edition) -> bytes:
    """The zip of the built pages in `site`; `InputError` where they are larger than anybody would unpack."""
    files = dict(_Folder(site, edition).files())
    size = sum(map(len, files.values()))
    if size > LARGEST:
        message = f"would hold {size // 1_000_000} MB, expected {LARGEST // 1_000_000} MB at the most"
        remedy = "make the pictures smaller, or build with --no-copies"
        raise InputError(Problem(f"offline edition ({edition.language})", message, remedy))
    return zipped([(f"{edition.folder}/{name}", files[name]) for name in sorted(files)])


def pages_with(site: Path, edition: Edition, said: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The pages of the edition on the site, with what stood for something filled in; by path from the site's root."""
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).as_posix()
        html = file.read_text("utf-8") if edition.has(path) else ""
        if any(mark in html for mark in said):
            for mark, text in said.items():
                html = html.replace(mark, text)
            yield path, html.encode()


class _Folder:
    def __init__(self, site: Path, edition: Edition) -> None:
        self.site, self.edition = site, edition

    def files(self) -> Iterator[tuple[str, bytes]]:
        """By path from the edition's root."""
        there = frozenset(self._path(file) for file in self.site.rglob("*") if file.is_file())
        ways = Ways(self.edition, there)
        for path in sorted(filter(self._is_page, there)):
            page = OfflinePage((self.site / path).read_text("utf-8"), path, ways)
            yield self.edition.inside(path), page.html().encode()
        whole = {self._path(file) for name in _WHOLE for file in self.site.glob(name) if self._is_ours(file)}
        yield from self._files_beside(ways.linked | whole)
        yield SCRIPT, self._script().encode()
        yield f"search/index.{self.edition.language}.js", handed_over(self._index())
        for file in (self.site / self.edition.root).glob(f"*/{CARDS}"):
            path = self.edition.inside(self._path(file.with_suffix(".js")))
            yield path, handed_over(json.loads(file.read_text("utf-8")))

    def _is_page(self, path: str) -> bool:
        return PurePosixPath(path).name == "index.html" and self.edition.has(path)

    def _path(self, file: Path) -> str:
        return file.relative_to(self.site).as_posix()

    def _is_ours(self, file: Path) -> bool:
        return file.is_file() and file.suffix != ".html" and file.name != CARDS

    def _files_beside(self, paths: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """By path from the site's root: themselves, and what style sheets show."""
        for path in sorted(paths):
            data = (self.site / path).read_bytes()
            yield self.edition.inside(path), data
            if path.endswith(".css"):
                for url in _CSS_URL.findall(data.decode()):
                    beside = (self.site / path).parent / url
                    yield self.edition.inside(self._path(beside)), beside.read_bytes()

    def _script(self) -> str:
        modules = {file.name: file.read_text("utf-8") for file in sorted((self.site / "assets" / "js").glob("*.js"))}
        return classic_script({name: text for name, text in modules.items() if name != "boot.js"})

    def _index(self) -> Mapping[str, object]:
        """The search index with the files of its pages for their addresses."""
        name = f"index.{self.edition.language}.json"
        index: dict[str, list[list[object]]] = json.loads((self.site / "search" / name).read_text("utf-8"))
        pages = [[self.edition.inside(f"{url}index.html"), *rest] for url, *rest in index["pages"]]
        return {**index, "pages": pages}


def handed_over(data: object) -> bytes:
    """A script that gives `data` to who asked for it: data.js of the theme reads it from the element."""
    text = json.dumps(json.dumps(data, ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
    return f"document.currentScript.data = JSON.parse({text});\n".encode()
