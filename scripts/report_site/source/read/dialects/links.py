"""Links within the document, and what they lead to: taken down before the marks that hold them are undone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from ....model import InnerLink, SourceLine

_MARKDOWN = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]\(#(?P<target>[^\s()\"]+)(?:\s+\"[^\"]*\")?\)"
)
_HTML = re.compile(
    r"""<a\b[^<>]*?\shref\s*=\s*["']?#(?P<target>[^\s"'<>]+)["']?[^<>]*>(?P<text>.*?)</a\s*>""", re.IGNORECASE
)
_ANCHOR = re.compile(
    r"""<[a-z][a-z0-9]*\b[^<>]*?\s(?:id|name)\s*=\s*(?:"(?P<double>[^"<>]+)"|'(?P<single>[^'<>]+)')"""
    r"|(?<=\])\{#(?P<span>[^\s{}\"]+)(?:\s[^{}]*)?\}|(?:^|\s)\{#(?P<curly>[^\s{}\"]+)(?:\s[^{}]*)?\}\s*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")


def read_links(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with the links on them, and the names that links may lead to; an anchor alone is of the next text."""
    result: list[SourceLine] = []
    waiting: tuple[str, ...] = ()
    for line in lines:
        anchors = (*waiting, *_anchors(line.text))
        holds_text = bool(_TAG.sub("", line.text).strip())
        waiting = () if holds_text else anchors
        links = tuple(_links(line.text))
        result.append(replace(line, links=links, anchors=anchors if holds_text else ()) if links or anchors else line)
    return result


def _anchors(text: str) -> Iterator[str]:
    if "<" in text or "{#" in text:
        for match in _ANCHOR.finditer(text):
            yield unquote(match["double"] or match["single"] or match["span"] or match["curly"])


def _links(text: str) -> Iterator[InnerLink]:
    if "#" not in text:
        return
    for pattern in (_MARKDOWN, _HTML):
        for match in pattern.finditer(text):
            phrase = " ".join(html.unescape(_TAG.sub("", match["text"])).split())
            if phrase:
                yield InnerLink(phrase, unquote(html.unescape(match["target"])))
