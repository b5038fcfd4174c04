"""What search engines and other sites read: canonical, reciprocal alternates, description, cards, structured data."""

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from .modes import read

pytestmark = pytest.mark.browser


def head(page: str) -> LexborHTMLParser:
    return LexborHTMLParser(read(page))


def attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    assert node is not None, selector
    return node.attributes[name] or ""


def alternates(tree: LexborHTMLParser) -> dict[str, str]:
    links = tree.css("link[rel=alternate][hreflang]")
    return {link.attributes["hreflang"] or "": link.attributes["href"] or "" for link in links}


def test_alternates_are_absolute_and_reciprocal(pages: list[str]) -> None:
    by_canonical = {attribute(tree, "link[rel=canonical]", "href"): tree for tree in map(head, pages)}
    languages = {attribute(tree, "html", "lang") for tree in by_canonical.values()}
    if len(languages) == 1:
        assert not any(alternates(tree) for tree in by_canonical.values())
        return
    own = attribute(by_canonical[min(by_canonical, key=len)], "html", "lang")
    for canonical, tree in by_canonical.items():
        there = alternates(tree)
        assert set(there) == {*languages, "x-default"}, canonical
        assert there["x-default"] == there[own]
        assert there[attribute(tree, "html", "lang")] == canonical
        for twin in there.values():
            assert re.match("https?://", twin)
            assert alternates(by_canonical[twin]) == there, canonical


def test_every_page_introduces_itself(pages: list[str]) -> None:
    titles = []
    for page in pages:
        tree = head(page)
        titles.append((tree.css_first("title").text(), attribute(tree, "html", "lang")))  # type: ignore[union-attr]
        assert attribute(tree, "meta[name=description]", "content"), page
        for name in ("title", "description", "url", "image", "locale"):
            assert attribute(tree, f'meta[property="og:{name}"]', "content"), (page, name)
        # The site's own English is British.
        tag, locale = (
            attribute(tree, *place) for place in (("html", "lang"), ('meta[property="og:locale"]', "content"))
        )
        assert locale == {"en": "en_GB", "zh-Hans": "zh_CN"}.get(str(tag), locale), page
        data = json.loads(tree.css_first('script[type="application/ld+json"]').text())  # type: ignore[union-attr]
        assert data["@type"] == "Report", page
        assert data["inLanguage"] == attribute(tree, "html", "lang")
    assert len(set(titles)) == len(titles)


def test_nothing_inline(pages: list[str]) -> None:
    for page in pages:
        tree = head(page)
        scripts = [
            node for node in tree.css("script:not([src])") if node.attributes.get("type") != "application/ld+json"
        ]
        assert not scripts, page
        assert not tree.css("style, [style]"), page
        assert not re.search(r"\son\w+=", read(page)), page
        assert attribute(tree, 'meta[http-equiv="Content-Security-Policy"]', "content") == "default-src 'self'"


def test_landmarks_are_named_once(pages: list[str]) -> None:
    for page in pages:
        tree = head(page)
        names = [node.attributes.get("aria-label") for node in tree.css("nav")]
        assert None not in names, page
        assert len(set(names)) == len(names), page
        assert len(tree.css("main")) == len(tree.css("h1")) == 1, page
        assert tree.css("[aria-current=page]"), page
