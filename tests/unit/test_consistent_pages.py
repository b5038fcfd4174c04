"""What comes again on page after page has one order and one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from places import ADDRESS

pytestmark = pytest.mark.slow

REGIONS = ("header.header", "#contents", "footer.footer")
"""What comes on page after page: the head, the contents list, the foot."""
PARTS = f"{', '.join(REGIONS)}, main, aside.page-end"
HELP = ("how-to-read", "accessibility", "about", "corrections")
"""Pages that help: ways to use the site, its limits, who answers for it, its open questions."""
MISSING = "404.html"
"""It offers no help but the way home and the search."""


def documents(site: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Address below the site, and tree, of each page."""
    files = sorted(site.rglob("*.html"))
    assert files
    for path in files:
        yield path.relative_to(site).as_posix(), LexborHTMLParser(path.read_text("utf-8"))


def target(link: LexborNode, page: str) -> str:
    """Where a link leads, below the site."""
    address = link.attributes["href"] or ""
    if address.startswith("#"):
        return page + address
    below = address.removeprefix(urlsplit(ADDRESS).path)
    # The page that isn't there may be met at any depth: its links begin at the site's root.
    return normpath(below if below != address else join(dirname(page), address))


def named(link: LexborNode) -> str:
    return link.attributes.get("aria-label") or link.text().strip()


def in_both_orders(sequences: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """Pairs of which one comes first here, the other there."""
    before: set[tuple[str, str]] = set()
    for sequence in sequences:
        before.update(combinations(dict.fromkeys(sequence), 2))
    return {(a, b) for a, b in before if a < b and (b, a) in before}


@pytest.mark.parametrize("region", REGIONS)
def test_links_that_come_again_keep_their_order_and_name(built_site: Path, region: str) -> None:
    orders: list[list[str]] = []
    names: Mapping[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
    for page, tree in documents(built_site):
        assert tree.root is not None
        # The way to the same page in the other language leads elsewhere from each page; the site's own name leads home, too.
        links = tree.css(f"{region} a[href]:not([hreflang]):not(.site-link)")
        orders.append([target(link, page) for link in links])
        for where in set(orders[-1]):
            called = frozenset(named(link) for link in links if target(link, page) == where)
            names[tree.root.attributes["lang"] or "", where].add(called)
    assert any(orders)
    assert in_both_orders(orders) == set()
    assert {where: called for where, called in names.items() if len(called) > 1} == {}


def test_the_parts_of_a_page_and_the_ways_to_help_keep_their_order(built_site: Path) -> None:
    orders, helped = [], set()
    for page, tree in documents(built_site):
        parts = [f"{node.tag} {node.attributes.get('class')}" for node in tree.css(PARTS)]
        orders.append(["main" if part.startswith("main") else part for part in parts])
        ways = [target(link, page).rpartition("/")[2] or "." for link in tree.css("footer.footer a[href]")]
        if page != MISSING:
            helped.add(tuple(way for way in ways if way in HELP))
    assert in_both_orders(orders) == set()
    assert len(helped) == 1, "each page offers the same help in the same place"
    assert helped.pop()


def test_what_is_out_of_order_is_found() -> None:
    assert in_both_orders([["a", "b", "c"], ["c", "a"]]) == {("a", "c")}
    assert in_both_orders([["a", "b"], ["a", "c", "b"]]) == set()
