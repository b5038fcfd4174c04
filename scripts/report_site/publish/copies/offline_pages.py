"""A built page as the offline edition has it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...model import Language

SCRIPT = "assets/offline.js"
_HOST = "http://site"
_POLICY = "default-src 'self' file:"
"""A browser may take a file for no one's own; nothing comes from a network either way."""
_FOR_THE_NET = (
    "link[rel=canonical], link[rel=alternate], meta[property^='og:'], meta[name^='twitter:'], meta[name=robots],"
    " script[type='application/ld+json'], .needs-server"
)
_ADDRESSES = ("href", "src")


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of a site, as a folder on a disk."""

    language: Language
    folder: str
    """Name of the folder in the zip."""
    root: str
    """Where its pages begin on the site: empty for the report's own language, else `en/`."""
    others: tuple[str, ...]
    """Where those of the site's other languages begin."""
    address: str
    """Of the site, ending in a stroke; empty while nobody knows it."""
    own_file: str
    """Path of its zip on the site."""
    note: str
    """What the foot of each page says of it."""
    online: str
    """`{name} (online)` in the other language: the switch to it."""

    def has(self, path: str) -> bool:
        """Whether a page of the site is one of this language."""
        return path.startswith(self.root) and not any(path.startswith(other) for other in self.others if other)

    def inside(self, path: str) -> str:
        """Path in the edition of a file of the site."""
        return path.removeprefix(self.root) if self.root else path


class Ways:
    """The ways from the pages of an edition to its files; pages are named by their path on the site."""

    def __init__(self, edition: Edition, there: Collection[str]) -> None:
        """`there`: the files of the site, by path from its root."""
        self.edition, self._there = edition, there
        self._prefix = urlsplit(edition.address).path or "/"
        self._known: dict[tuple[str, str], tuple[str, str] | None] = {}
        self.linked: set[str] = set()
        """Files of the site that pages show or lead to, other pages aside."""

    def to(self, address: str, page: str) -> str | None:
        """To the file that an address on the page stands for; None where the edition hasn't got it.

        Pages lead to the same files again and again, and those beside each other by the same addresses.
        """
        place, mark, part = address.partition("#")
        key = (posixpath.dirname(posixpath.dirname(page)) if place.startswith("../") else page, place)
        if key not in self._known:
            self._known[key] = self._found(place, page)
        if (found := self._known[key]) is None:
            return None
        path, query = found
        return self.between(page, path) + query + mark + part

    def _found(self, address: str, page: str) -> tuple[str, str] | None:
        """The file's address from the edition's root, and the query."""
        target = urlsplit(self.target(address, page))
        path = unquote(target.path)
        if path not in self._there:
            path = posixpath.join(path, "index.html")
        if path not in self._there:
            return None
        if path.endswith(".html"):
            if not self.edition.has(path):
                return None
        else:
            self.linked.add(path)
        return quote(self.edition.inside(path)), f"?{target.query}" if target.query else ""

    def target(self, address: str, page: str) -> str:
        """From the site's root, with query and fragment."""
        whole = urlsplit(urljoin(f"{_HOST}{self._prefix}{page}", address))
        return whole._replace(scheme="", netloc="", path=whole.path.removeprefix(self._prefix)).geturl()

    def between(self, page: str, path: str) -> str:
        """To a file of the edition, by its path there."""
        return _relative(path or ".", posixpath.dirname(self.edition.inside(page)) or ".")


@cache
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)


class OfflinePage:
    def __init__(self, html: str, path: str, ways: Ways) -> None:
        """`path`: from the site's root, ending in `index.html`."""
        self._path, self._ways, self._edition = path, ways, ways.edition
        self._tree = LexborHTMLParser(html)

    def html(self) -> str:
        for node in self._tree.css(_FOR_THE_NET):
            node.decompose()
        self._leave_out_itself()
        modules = self._modules()
        for node in self._tree.css("[href], [src], [srcset]"):
            self._lead_to_files(node)
        for node in self._tree.css("[data-search]"):
            node.attrs["data-root"] = f"{self._way_to('')}/"
            node.attrs["data-index"] = self._way_to(f"search/index.{self._edition.language}.json")
        for node in self._tree.css("a[data-language]"):
            self._switch(node)
        self._say_what_it_is()
        self._prepare(modules)
        return re.sub(r"\n\s*", "\n", self._tree.html or "") + "\n"

    def _leave_out_itself(self) -> None:
        for link in self._tree.css(f"a[href$='{self._edition.own_file}']"):
            if link.parent:
                link.parent.decompose()

    def _modules(self) -> list[str]:
        """Takes the modules out of the page that it starts with; their names."""
        nodes = self._tree.css("script[type=module]")
        names = [(node.attributes.get("src") or "").rpartition("/")[2] for node in nodes]
        for node in nodes:
            node.decompose()
        return names

    def _prepare(self, modules: Sequence[str]) -> None:
        """Tells scripts and browser that these are files, and starts the modules out of the one script of all."""
        root, head, policy = self._tree.root, self._tree.head, self._tree.css_first("meta[http-equiv]")
        assert root is not None
        assert head is not None
        root.attrs["data-offline"] = ""
        if policy is not None:
            policy.attrs["content"] = _POLICY
        names = escape(" ".join(modules))
        head.insert_child(
            _element(f'<script defer src="{self._way_to(SCRIPT)}" data-start="{names}"></script>', "script")
        )

    def _lead_to_files(self, node: LexborNode) -> None:
        for name in _ADDRESSES:
            if (address := node.attributes.get(name)) is not None:
                self._lead(node, name, address)
        if sources := node.attributes.get("srcset"):
            pairs = (source.strip().partition(" ") for source in sources.split(","))
            node.attrs["srcset"] = ", ".join(
                f"{self._ways.to(one, self._path) or one} {size}".strip() for one, _, size in pairs
            )

    def _lead(self, node: LexborNode, name: str, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or address.startswith("#"):
            return
        if (way := self._ways.to(address, self._path)) is not None:
            node.attrs[name] = way
        elif self._edition.address:
            node.attrs[name] = urljoin(self._edition.address, self._ways.target(address, self._path))
        else:
            for useless in {name, "hreflang", "type"} & set(node.attributes):
                del node.attrs[useless]

    def _way_to(self, path: str) -> str:
        return self._ways.between(self._path, path)

    def _switch(self, link: LexborNode) -> None:
        """The other language isn't here: it is online, or nowhere that we know of."""
        if not self._edition.address:
            link.decompose()
            return
        link.inner_html = escape(self._edition.online)

    def _say_what_it_is(self) -> None:
        texts = self._tree.css(".footer-text")
        if texts:
            texts[-1].insert_after(_element(f'<p class="footer-text">{self._edition.note}</p>', "p"))


def _element(html: str, tag: str) -> LexborNode:
    node = LexborHTMLParser(html).css_first(tag)
    assert node is not None
    return node
