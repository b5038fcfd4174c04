"""Pictures that don't tire: captions are heard once, nothing of the site's own is heard twice on a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.modes import holding, opened, read
from browser.speech import Node, accessibility_tree, words

pytestmark = pytest.mark.browser
_WORD = re.compile(r"[一-鿿]|[^\W一-鿿]+")
_SENTENCE = re.compile(r"[^.。！？!?]{5,}[.。！？!?]")


def count(text: str) -> int:
    return len(_WORD.findall(text))


def pictures_of(main: Node) -> Iterator[Node]:
    """Figures, the list that stands for several, and the note that some are lost."""
    yield from main.all("figure")
    for before, node in zip(main.children, main.children[1:], strict=False):
        if before.attributes.get("class") == "figure-status" and node.role == "list":
            yield node
    yield from (note for note in main.all("note") if "pictures-lost" in note.attributes.get("class", ""))


def repeated(texts: Iterator[str]) -> list[str]:
    said = Counter(" ".join(sentence.split()) for text in texts for sentence in _SENTENCE.findall(text))
    return [sentence for sentence, times in said.items() if times > 1]


def _holds(item: Node) -> bool:
    """Its text is counted with the paragraphs or items inside it."""
    return len(item.all("paragraph", "listitem")) > 1


def test_the_checks_find_what_they_look_for() -> None:
    assert repeated(iter(["The picture was lost.", "A pump. The picture was lost."])) == ["The picture was lost."]
    assert repeated(iter(["The picture was lost.", "The pump was lost."])) == []
    assert count("三座 water 池") == 4


def test_captions_are_heard_once_and_no_sentence_twice(
    browser: Browser, swept: list[str], pages: list[str], thorough: bool
) -> None:
    """On the pages of the sweep, and on some with pictures where it has none."""
    pictured = holding(pages, "main figure")
    with opened(browser, 1280) as page:
        for url in dict.fromkeys([*swept, *pictured[:: 1 if thorough else 6]]):
            if 'data-kind="report"' not in read(url):
                continue
            page.goto(url)
            main = accessibility_tree(page).all("main")[0]
            for figure in main.all("figure"):
                captions = [words(caption) for caption in figure.all("Figcaption")]
                assert not figure.name, f"{url}: the figure's name says {figure.name} and its caption again"
                assert all(words(figure).count(caption) == 1 for caption in captions), (url, captions)
            lines = (node for node in main.all("paragraph", "listitem") if node.role == "paragraph" or not _holds(node))
            assert repeated(map(words, lines)) == [], url
