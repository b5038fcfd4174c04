"""Help stands where it is needed (WCAG 3.3.5): each field and the settings say what they are for, and a page tells more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

pytestmark = pytest.mark.slow

ASKING = "input:not([type=checkbox]):not([type=radio]), textarea"
"""Fields to write in; what is chosen from a list shows all that there is."""
HELP_PAGE = "how-to-read/"
MISSING = "404.html"


def trees(site: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    for path in sorted(site.rglob("*.html")):
        # A template's content is no part of the page's tree: a script sets it there as it is.
        yield path.relative_to(site).as_posix(), LexborHTMLParser(path.read_text("utf-8").replace("template", "div"))


def described(tree: LexborHTMLParser, node: LexborNode) -> str:
    """What the node's description says, of elements that all can read."""
    ids = (node.attributes.get("aria-describedby") or "").split()
    found = (tree.css_first(f"#{one}") for one in ids)
    return " ".join(
        one.text().strip() for one in found if one is not None and "unseen" not in (one.attributes.get("class") or "")
    )


def unhelped(tree: LexborHTMLParser) -> list[str]:
    """Fields and the settings that nothing describes."""
    asked = [*tree.css(ASKING), *tree.css("dialog.preferences")]
    return [str(node.html)[:80] for node in asked if not described(tree, node)]


def test_each_field_and_the_settings_say_what_they_are_for(built_site: Path) -> None:
    fields = 0
    for page, tree in trees(built_site):
        assert unhelped(tree) == [], page
        fields += len(tree.css(ASKING))
    assert fields


def test_each_page_leads_to_the_one_that_helps_and_it_tells_of_search_and_of_every_setting(built_site: Path) -> None:
    helping = 0
    for page, tree in trees(built_site):
        links = {link.attributes.get("href") or "" for link in tree.css("footer a[href]")}
        own = page.endswith(f"{HELP_PAGE}index.html")
        there = any(link.endswith(HELP_PAGE) or (own and link in ("./", "#page-top")) for link in links)
        assert there or page == MISSING or not any(built_site.rglob(HELP_PAGE)), page
        if own and (main := tree.css_first("main")):
            helping += 1
            said = main.text().casefold()
            for label in tree.css(
                "dialog.preferences .field-label, dialog.preferences .check, [data-read], .search-label"
            ):
                assert label.text().strip().casefold() in said, (page, label.text())
            search = tree.css_first("a[rel=search]")
            assert search is not None
            assert search.text().strip().casefold() in said, page
    assert helping or not any(built_site.rglob(HELP_PAGE))


def test_a_field_without_help_is_found() -> None:
    bare = '<input type="search"><p id="a"></p><input aria-describedby="a"><input aria-describedby="none">'
    assert len(unhelped(LexborHTMLParser(bare))) == 3
    assert unhelped(LexborHTMLParser('<input aria-describedby="a"><p id="a">Any word</p>')) == []
