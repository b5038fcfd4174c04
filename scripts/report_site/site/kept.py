"""Pages of an earlier build where all that they show is as it was: their text as HTML, and the page around it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from ..publish.cache import Cache, tree_digest
from .shell import Edition, Shell

_GAPS = re.compile(r"(<pre\b.*?</pre>)|\n\s+", re.DOTALL)


class KeptPages:
    """Renders the Markdown of pages, or takes what came of the same Markdown before.

    Links become addresses on the way, so that the address of every file counts. What MkDocs warns of isn't kept: it
    has to be said again. `warned` tells how often it did.
    """

    def __init__(self, cache: Cache, warned: Callable[[], int]) -> None:
        self._cache = cache
        self._warned = warned
        self._files: tuple[Files, bytes] | None = None

    def take_text(self, page: Page) -> None:
        """From now on the page's Markdown is rendered here."""
        render = page.render

        def kept(config: MkDocsConfig, files: Files) -> None:
            of = self._inputs(page, config, files)
            if found := self._cache.find(of):
                _restore(page, found, files)
                return
            before = self._warned()
            render(config, files)
            if self._warned() == before:
                self._cache.keep(of, _made(page))

        page.render = kept  # type: ignore[method-assign]

    def take_templates(self, env: Environment, theme: Path) -> None:
        """From now on the templates of `env`, which stand in the folder `theme`, are filled here."""
        if env.bytecode_cache is None:  # MkDocs asks once a language.
            env.bytecode_cache = _KeptCode(self._cache)
            env.template_class = _kept_template(self._cache, tree_digest(theme))

    def _inputs(self, page: Page, config: MkDocsConfig, files: Files) -> list[str | bytes]:
        if self._files is None or self._files[0] is not files:
            addresses = json.dumps([(file.src_uri, file.url) for file in files])
            self._files = (files, hashlib.blake2b(addresses.encode()).digest())
        extensions = json.dumps([config.markdown_extensions, config.mdx_configs, config.validation], default=str)
        return ["page", page.file.src_uri, page.file.url, self._files[1], extensions, page.markdown or ""]


def _made(page: Page) -> bytes:
    """What is known of the page in a line, then its text as it is: of a long one JSON would hold three copies more."""
    known = {
        "toc": [_token(link) for link in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }
    return b"\n".join((json.dumps(known, ensure_ascii=False).encode(), (page.content or "").encode()))


def _token(link: AnchorLink) -> dict[str, Any]:
    """As Python-Markdown's `toc` has it, which MkDocs makes its links of."""
    return {"level": link.level, "id": link.id, "name": link.title, "children": [_token(one) for one in link.children]}


def _restore(page: Page, data: bytes, files: Files) -> None:
    known, _, text = data.partition(b"\n")
    made = json.loads(known)
    page.content = text.decode()
    page.toc = get_toc(made["toc"])
    page._title_from_render = made["title"]
    page.present_anchor_ids = set(made["anchors"])
    there = {uri: files.get_file_from_path(uri) for uri in made["links"]}
    page.links_to_anchors = {file: made["links"][uri] for uri, file in there.items() if file}


# --- the page around the text --------------------------------------------------------------------------------------


def _kept_template(cache: Cache, theme: bytes) -> type[Template]:
    """Templates that give what they gave for the same page before; `theme` is a digest of all of them.

    Beside its address and the site's, a page's shell is all that they know of it.
    """
    told = _Told()

    class KeptTemplate(Template):
        def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 (Jinja's own signature)
            context = dict(*args, **kwargs)
            page: Page | None = context["page"]
            if page is None:
                return super().render(context)
            of = ["whole page", theme, page.url, context["config"].site_url or "", *told.by(context["shell"])]
            return cache.kept(of, lambda: without_gaps(Template.render(self, context)).encode()).decode()

    return KeptTemplate


def without_gaps(html: str) -> str:
    """A page without blank lines and indentation left by the templates; what is preformatted keeps its own."""
    return _GAPS.sub(lambda found: found[1] or "\n", html)


class _Told:
    """What a shell says, a part a field; what all pages of a language share is written out once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}

    def by(self, shell: Shell) -> Sequence[str | bytes]:
        return [self._part(getattr(shell, one.name)) for one in fields(shell)]

    def _part(self, value: object) -> str | bytes:
        return value if isinstance(value, str) else self._digest(value)

    def _digest(self, value: object) -> bytes:
        """Pages have tuples and records of their own, around lists and editions that they share."""
        if isinstance(value, Edition | dict | list):
            return self._shared(value)
        if isinstance(value, tuple):
            return _digest_of(value, *map(self._digest, value))
        if is_dataclass(value):
            return _digest_of(value, *(self._digest(getattr(value, one.name)) for one in fields(value)))
        return _digest_of(value, repr(value).encode())

    def _shared(self, value: object) -> bytes:
        """The value is held as well, or another could take its place in memory."""
        if id(value) not in self._known:
            self._known[id(value)] = (value, _digest_of(value, repr(value).encode()))
        return self._known[id(value)][1]


def _digest_of(value: object, *parts: bytes) -> bytes:
    digest = hashlib.blake2b(type(value).__name__.encode(), digest_size=20)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


class _KeptCode(BytecodeCache):
    """Templates as Jinja compiled them; its key is a digest of the name, `checksum` one of the text."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._cache.find(["template", bucket.key, bucket.checksum]):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.keep(["template", bucket.key, bucket.checksum], bucket.bytecode_to_string())
