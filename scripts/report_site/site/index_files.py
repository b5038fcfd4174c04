"""From the built site to the files of the search index; a page that is as it was isn't read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ..publish.cache import NO_CACHE, Cache
from .search_index import IndexedBlock, IndexedPage, Number, build_index, read_page


def index_site(site_dir: Path, cache: Cache = NO_CACHE) -> None:
    """Writes `search/index.zh.json` and `search/index.en.json` into a built site."""
    pages = list(indexed_pages(site_dir, cache))
    folder = site_dir / "search"
    folder.mkdir(exist_ok=True)
    for language in dict.fromkeys(page.language for page in pages):
        index = build_index((page for page in pages if page.language == language), cache)
        (folder / f"index.{language}.json").write_bytes(index)


def indexed_pages(site_dir: Path, cache: Cache = NO_CACHE) -> Iterator[IndexedPage]:
    """All pages but those that repeat others (noindex) and the search page itself."""
    for file in sorted(site_dir.rglob("*.html")):
        path, html = file.relative_to(site_dir), file.read_text("utf-8")
        page = _page(json.loads(cache.kept(["indexed page", path.as_posix(), html], partial(_row, html, path))))
        if page is not None:
            yield page


def _row(html: str, path: Path) -> bytes:
    page = read_page(html, path)
    if page is None:
        return b"null"
    blocks = [
        [one.id, one.text, [[n.value, n.start, n.end] for n in one.numbers], one.is_heading] for one in page.blocks
    ]
    row = [page.url, page.title, page.language, blocks, page.is_report, page.printed_page]
    return json.dumps(row, ensure_ascii=False).encode()


def _page(row: list[Any] | None) -> IndexedPage | None:
    if row is None:
        return None
    url, title, language, blocks, is_report, printed_page = row
    made = (IndexedBlock(i, text, tuple(Number(*n) for n in numbers), head) for i, text, numbers, head in blocks)
    return IndexedPage(url, title, language, tuple(made), is_report, printed_page)
