"""Hand-written pages hold text, not programs: what their Markdown becomes has only the elements that a report has.

Judged is the tree that the site's own parser makes, so no spelling of a tag, an attribute or an address slips through.
"""

from __future__ import annotations

import difflib
import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..model.errors import InputError, Problem
from ..model.slugs import ANCHORS
from .addresses import OF_EVERY_SITE, SITE
from .cache import NO_CACHE, Cache
from .roundtrip import page_parser, without_front_matter

ELEMENTS = frozenset(
    """
    a abbr b blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr
    i img ins kbd li mark ol p picture pre q s section small source span strong sub sup table tbody td tfoot th thead
    tr ul aside
    """.split()  # noqa: SIM905 (a list of words is easier to read)
)
ATTRIBUTES = frozenset(
    """
    alt class colspan dir height headers href id lang loading media reversed role rowspan scope sizes src srcset start
    title type value width
    """.split()  # noqa: SIM905
)
_FAMILIES = ("aria-", "data-")
"""Attributes that begin so say something, and do nothing."""
_ADDRESSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {"href": frozenset(("", "http", "https", "mailto", "tel")), "src": frozenset(("",)), "srcset": frozenset(("",))}
)
"""Schemes of an address; a picture comes from the site itself."""
MOST_SIGNS, DEEPEST = 4_000, 40
_SIGNS = re.compile(r"[\\`*_\[\]{}<>!]")
_NESTING = re.compile(r"\s*(?:(?:[>*+-]|\d+[.)])[ \t]*)*")
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f]")


def require_harmless(pages: Mapping[str, str], cache: Cache = NO_CACHE) -> None:
    """`InputError` names each thing, with file and line, that a page of text may not hold."""
    problems = [problem for path, text in pages.items() for problem in _problems(path, text, cache)]
    if problems:
        raise InputError(*problems)


def require_own_addresses(pages: Mapping[str, str], taken: Mapping[str, bytes]) -> None:
    """A page with the address of another would take its place, or lose its own."""
    remedy = "give the file another name, or the chapter another slug"
    if clashes := [
        Problem(f"pages/{path}", "has the address of a chapter or of a page that the site makes itself", remedy)
        for path in pages
        if path in taken
    ]:
        raise InputError(*clashes)


def require_targets(pages: Mapping[str, str], files: Collection[str], cache: Cache = NO_CACHE) -> None:
    """A link to a page that there isn't, a picture that nobody gave: named with the line that holds it."""
    if lost := [problem for path, text in pages.items() for problem in _lost_targets(path, text, files, cache)]:
        raise InputError(*lost)


def _lost_targets(path: str, text: str, files: Collection[str], cache: Cache) -> Iterator[Problem]:
    language = path.partition("/")[0]
    tree = LexborHTMLParser(_read(path, text, cache)[0])
    for node in tree.css("a[href], img[src]"):
        address = node.attributes.get("href" if node.tag == "a" else "src") or ""
        target = unquote(address.partition("#")[0].partition("?")[0])
        if urlsplit(address).scheme or not target or (node.tag == "a" and not target.endswith(".md")):
            continue
        wanted = posixpath.normpath(posixpath.join(language, target))
        if wanted not in files:
            near = difflib.get_close_matches(wanted, sorted(files), 1)
            remedy = f"did you mean {posixpath.relpath(near[0], language)!r}?" if near else "mend the address"
            what = "page" if node.tag == "a" else "picture"
            yield Problem(_place(path, address, text), f"there is no {what} {target!r}", remedy)


def _problems(path: str, text: str, cache: Cache) -> Iterator[Problem]:
    if beyond := list(_beyond_limits(path, text)):
        yield from beyond
        return
    html, held = _read(path, text, cache)
    seen: set[str] = set()
    for found, message in (*_raw(held), *_in_tree(html)):
        place = _place(path, found, text)
        if place not in seen:
            seen.add(place)
            yield Problem(place, message, "take it out; a page holds text, links and pictures only")


def _beyond_limits(path: str, text: str) -> Iterator[Problem]:
    """Lines that nobody writes, and for which the parser takes for ever, or goes too deep."""
    above = getattr(text, "above", 0)
    for number, line in enumerate(text.split("\n"), 1):
        if len(_SIGNS.findall(line)) > MOST_SIGNS:
            message = f"a line with more than {MOST_SIGNS:,} signs that Markdown could take for its own"
            yield Problem(f"pages/{path}:{max(1, number - above)}", message, "break the line where its paragraphs end")
        elif len(_NESTING.match(line)[0].split()) > DEEPEST:  # type: ignore[index]
            message = f"nested deeper than {DEEPEST} levels"
            yield Problem(f"pages/{path}:{max(1, number - above)}", message, "write it flat")


def _read(path: str, text: str, cache: Cache) -> tuple[str, list[str]]:
    language = path.partition("/")[0]
    html, held = json.loads(cache.kept(["written page", language, text], lambda: _parsed(text, language)))
    return html, held


def _parsed(text: str, language: str) -> bytes:
    """The page as HTML, and the HTML that stands in the Markdown itself."""
    parser = page_parser(language)
    html = parser.convert(without_front_matter(text))
    return json.dumps([html, [block for block in parser.htmlStash.rawHtmlBlocks if isinstance(block, str)]]).encode()


def _raw(held: Sequence[str]) -> Iterator[tuple[str, str]]:
    for html in held:
        if match := _TAG.search(_COMMENT.sub("", html)):
            yield match[0], f"holds HTML: {match[0][:40]}"


def _in_tree(html: str) -> Iterator[tuple[str, str]]:
    """What the tree of the finished page holds and no report has, with the text to find it by."""
    tree = LexborHTMLParser(f"<main>{html}</main>")
    for node in tree.css("main *"):
        if node.tag not in ELEMENTS:
            yield f"<{node.tag}", f"holds the element <{node.tag}>"
        yield from _attributes(node)


def _attributes(node: LexborNode) -> Iterator[tuple[str, str]]:
    for name, value in node.attributes.items():
        if name == "id" and value in ANCHORS:
            yield f"#{value}", f"holds the id {value!r}, which the site's own pages have"
        elif name not in ATTRIBUTES and not name.startswith(_FAMILIES):
            yield name, f"holds the attribute {name}"
        elif name in _ADDRESSES:
            for address in (value or "").split(",") if name == "srcset" else [value or ""]:
                if not _is_allowed(address, name):
                    yield address.strip(), f"holds the address {address.strip()[:60]!r}, which a page may not have"


def _is_allowed(address: str, name: str) -> bool:
    plain = _IGNORED_BY_BROWSERS.sub("", address)
    if name == "href" and plain.startswith(SITE):
        return plain.removeprefix(SITE) in OF_EVERY_SITE
    if "\\" in plain:  # A browser takes it for a stroke.
        return False
    try:
        parts = urlsplit(plain)
    except ValueError:
        return False
    return parts.scheme.lower() in _ADDRESSES[name] and (name == "href" or not parts.netloc)


def _place(path: str, wanted: str, text: str) -> str:
    """`pages/zh/about.md:12`: the file's first line that holds it; its first where it is spelt another way.

    A page that was given front matter knows by how many lines it is longer than its file (`above`).
    """
    folded, sought = text.casefold(), wanted.casefold()
    at = folded.find(sought)
    if at < 0 and sought.split():
        at = folded.find(sought.split()[0])  # The parser makes blanks of a tab.
    line = text[: max(at, 0)].count("\n") + 1 - getattr(text, "above", 0)
    return f"pages/{path}:{max(line, 1)}"
