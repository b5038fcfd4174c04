"""Pictures as extractors write them, each to one mark on its line: `![what it shows](file) caption`.

A picture's tag may stand in a figure with its caption, in a box that only centres it, or in a link to itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from ....language.characters import PICTURE_MARK, alternative_of
from ....model import SourceLine

_ATTRIBUTES = r"""(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*"""
_IMAGE = re.compile(rf"<img\b{_ATTRIBUTES}\s*/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_BOX = re.compile(rf"</?(?:p|div|center|span|a|figure|picture){_ATTRIBUTES}\s*>", re.IGNORECASE)
_CAPTION = re.compile(rf"<figcaption{_ATTRIBUTES}\s*>(?P<text>.*?)</figcaption\s*>", re.IGNORECASE | re.DOTALL)
_OPENS = re.compile(rf"<figure{_ATTRIBUTES}\s*>", re.IGNORECASE)
_CLOSES = re.compile(r"</figure\s*>", re.IGNORECASE)
_TITLED = re.compile(
    r"!\[(?P<alt>[^\]\[]*(?:\[[^\]\[]*\][^\]\[]*)*)\]"
    r"\((?P<file><[^<>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\s+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')\s*\)"
)
_LINKED = re.compile(rf"\[\s*(?P<picture>{PICTURE_MARK.pattern})\s*\]\((?:<[^<>]*>|[^\s()]*)\)")
LONGEST_FIGURE = 20
"""Lines that a figure's tags may span."""


def read_pictures(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Each picture as a mark; within a text or a cell its words stand in its place."""
    return [_marked(line) for line in lines]


def read_figures(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Figures on one line each: the picture, then its caption, wherever in the figure that stood."""
    result = list(lines)
    i = 0
    while i < len(result):
        end = _end_of_figure(result, i)
        if end is not None:
            result[i : end + 1] = _figure(result[i : end + 1])
            i = end
        i += 1
    return result


def _end_of_figure(lines: Sequence[SourceLine], i: int) -> int | None:
    """The line that closes the figure opened on line `i`, where it holds pictures and no table."""
    if not _OPENS.match(lines[i].text.strip()):
        return None
    for k in range(i, min(len(lines), i + LONGEST_FIGURE)):
        if _CLOSES.search(lines[k].text):
            whole = "\n".join(line.text for line in lines[i : k + 1])
            one = len(_OPENS.findall(whole)) == 1 and whole.rstrip().casefold().endswith("</figure>")
            has_picture = _IMAGE.search(whole) or PICTURE_MARK.search(whole)
            return k if one and has_picture and "<table" not in whole.casefold() else None
    return None


def _figure(lines: Sequence[SourceLine]) -> list[SourceLine]:
    whole = _IMAGE.sub(_picture, "\n".join(line.text for line in lines))
    captions = [match["text"] for match in _CAPTION.finditer(whole)]
    rest = _BOX.sub(" ", _CAPTION.sub(" ", whole))
    marks = [match[0] for match in PICTURE_MARK.finditer(rest)]
    said = " ".join(" ".join([*marks, *captions, PICTURE_MARK.sub(" ", rest)]).split())
    parts = tuple(line.number for line in lines[1:] if not line.blank)
    rest_of_it = [
        line if line.blank else replace(line.changed("figure", ""), part_of=lines[0].number) for line in lines[1:]
    ]
    return [replace(lines[0].changed("figure", said), parts=parts), *rest_of_it]


def _marked(line: SourceLine) -> SourceLine:
    line = line.changed("picture-tag", _IMAGE.sub(_picture, line.text))
    line = line.changed("picture-title", _TITLED.sub(_with_title, line.text))
    line = line.changed("picture-link", _LINKED.sub(lambda m: m["picture"], line.text))
    if PICTURE_MARK.match(line.text.strip()):
        return line
    bare = _BOX.sub("", line.text).strip()
    if PICTURE_MARK.match(bare):
        return line.changed("tag", bare)
    return line.changed("picture-in-text", PICTURE_MARK.sub(alternative_of, line.text))


def _picture(match: re.Match[str]) -> str:
    found = {name.casefold(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(match[0])}
    alt = _told(html.unescape(found.get("alt", "")), html.unescape(found.get("title", "")))
    return f"![{alt}]({found.get('src', '').replace(' ', '%20')})"


def _with_title(match: re.Match[str]) -> str:
    return f"![{_told(match['alt'], match['double'] or match['single'] or '')}]({match['file']})"


def _told(alt: str, title: str) -> str:
    """What a picture's two texts say, the title only where it says more."""
    said, more = (" ".join(text.replace("[", "(").replace("]", ")").split()) for text in (alt, title))
    if not more or more.casefold() in said.casefold():
        return said
    return f"{said} ({more})" if said else more
