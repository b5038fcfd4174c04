"""Whole lines that an extractor wrote and the report didn't: comments, page marks, rules, fences, front matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ....language.patterns import PAGE_RULE
from ....model import SourceLine

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_PAGE_COMMENT = re.compile(
    r"^\s*(?:page[ _-]?break|page[ _-]?(?:number|footer|header)?\s*[=:]?\s*\"?\d*\"?|slide number: \d+|new ?page)\s*$",
    re.IGNORECASE,
)
_PICTURE_WORDS = re.compile(r"^\s*FigureContent\s*=\s*\"(?P<text>[^\"]*)\"\s*$")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|(?:\* ){2,}\*|(?:- ){2,}-)$")
_SETEXT = re.compile(r"^(?:=+|-{3,})$")
_CLOSED = re.compile(r"^(?P<title>(?P<marks>#{1,6})\s.*\S)\s+(?P=marks)$")
"""A heading that Markdown's marks open and close."""
_FENCE = re.compile(r"^(?:`{3,}|~{3,})\s*[\w-]*$")
_PICTURE_NOTE = re.compile(
    r"\*\*(?:-{3,}\s*(?:Start|End) of picture text\s*-{3,}|==> picture .{1,40} intentionally omitted <==)\*\*"
    r"(?:<br\s*/?>)?\s*",
    re.IGNORECASE,
)
_TAG_LINE = re.compile(
    r"^(?:</?(?:div|span|center|p|figure|section|article|html|head|body|main|page|details|blockquote|ul|ol|a)(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*\s*/?>\s*)+$|^<(?:br|hr)\s*/?>$",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(r"&lt;(/?su[pb])&gt;", re.IGNORECASE)
_BOX = re.compile(r"^:{3,}(?:\s*\{?[\w.# -]*\}?)?$")
_PAGE_PART = re.compile(r"^<(?P<part>page_(?:header|footer|number))>[^<>]*</(?P=part)>$")
_TICK_NAME = re.compile(r"(?<![\w:]):(un)?selected:(?![\w:])")
_KEY = re.compile(r"^(?:[A-Za-z_][\w .-]{0,40}:(?:\s.*)?|\s+\S.*|-\s.*|#.*|\s*)$")
_PAGE_BOUND = re.compile(r"^-{3,5}$")
LEAST_BOUNDS = 2
MOSTLY = 0.7
LONGEST_FRONT_MATTER = 60
FRONT_MATTER = "front-matter"
"""The mark of a line of settings at the top, in which an extractor may name the report."""
_PIPE_RULE = re.compile(r"^:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+$")


def read_marks(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with what the extractor wrote marked as such; a page mark breaks the page before the next text."""
    result = list(lines)
    for step in _STEPS:
        result = list(step(result))
    return result


def read_page_marks(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Of plain text: only what says where a page begins."""
    return list(_pages(lines))


def _front_matter(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Settings between two rules at the very top, each line a key, its value or an item."""
    first = next((i for i, line in enumerate(lines) if not line.blank), None)
    end = None
    if first is not None and lines[first].text.strip() == "---":
        for i in range(first + 1, min(len(lines), first + LONGEST_FRONT_MATTER)):
            if lines[i].text.strip() in ("---", "..."):
                end = i
                break
            if not _KEY.match(lines[i].text):
                break
    told = end is not None and any(":" in line.text for line in lines[(first or 0) + 1 : end])
    for i, line in enumerate(lines):
        inside = told and first is not None and end is not None and first <= i <= end and not line.blank
        yield line.marked(FRONT_MATTER) if inside else line


def _words_of_picture(comment: re.Match[str]) -> str:
    """What a comment says that stands in the picture: words of the report, all else is the extractor's."""
    said = _PICTURE_WORDS.match(comment[1])
    return said["text"] if said else ""


def _comments(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Comments, also over several lines; one that is never closed is text."""
    breaks = inside = False
    last = max((i for i, line in enumerate(lines) if "-->" in line.text), default=-1)
    for i, line in enumerate(lines):
        text, said = line.text, []
        if inside:
            end = text.find("-->")
            inside = end < 0
            text = "" if inside else text[end + 3 :]
        closed = text.rfind("-->") + 3 if "-->" in text else 0
        said = [match[1] for match in _COMMENT.finditer(text, 0, closed)]
        text = _COMMENT.sub(_words_of_picture, text[:closed]) + text[closed:]
        if not inside and "<!--" in text and i < last:
            text, inside = text[: text.index("<!--")], True
        breaks = breaks or any(_PAGE_COMMENT.match(comment) for comment in said)
        if text == line.text:
            done = line
        elif text.strip():
            done = line.changed("comment", text.strip())
        else:
            done = line.marked("comment")
        yield replace(done, page_break=True) if breaks and not done.blank else done
        breaks = breaks and done.blank


def _pages(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    breaks = False
    for line in lines:
        if PAGE_RULE.match(line.text.strip()):
            breaks = True
            yield line.marked("page-mark")
        elif breaks and not line.blank:
            breaks = False
            yield replace(line, page_break=True)
        else:
            yield line


def _ruled_pages(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Rules between pages: pymupdf4llm's of five dashes, others where each has a page's number or head beside it."""
    texts = [i for i, line in enumerate(lines) if not line.blank]
    rules = [k for k, i in enumerate(texts) if _PAGE_BOUND.match(lines[i].text.strip())]
    bound = len(rules) >= LEAST_BOUNDS and (
        all(lines[texts[k]].text.strip() == "-----" for k in rules) or _beside_pages(lines, texts, rules)
    )
    opening = {texts[k + 1] for k in rules if k + 1 < len(texts)} - {texts[k] for k in rules} if bound else set()
    yield from (replace(line, page_break=True) if i in opening else line for i, line in enumerate(lines))


def _beside_pages(lines: Sequence[SourceLine], texts: Sequence[int], rules: Sequence[int]) -> bool:
    """Before nearly each rule stands a number, or nearly each page begins or ends with the same words."""
    befores = [lines[texts[k - 1]].text.strip() for k in rules if k]
    afters = [lines[texts[k + 1]].text.strip() for k in rules if k + 1 < len(texts)]
    most = MOSTLY * len(rules)
    if sum(text.isdecimal() for text in befores) >= most:
        return True
    alike = (Counter(re.sub(r"\d+", "", text) for text in side).most_common(1) for side in (befores, afters) if side)
    return any(found and found[0][0].strip("# ") and found[0][1] >= most for found in alike)


def _picture_notes(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    for line in lines:
        rest = _PICTURE_NOTE.sub("", line.text)
        yield (
            line
            if rest == line.text
            else line.changed("picture-mark", rest)
            if rest.strip()
            else line.marked("picture-mark")
        )


def _escaped_tags(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Raised and lowered text whose tags were escaped once more."""
    yield from (line.changed("entity", _ESCAPED_TAG.sub(r"<\1>", line.text)) for line in lines)


def _tool_marks(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """What a tool says of a page without text, boxes around blocks, and the names of boxes to tick."""
    boxes = [line.text.strip() for line in lines if _BOX.match(line.text.strip())]
    closed = ":::" in boxes and len(boxes) > 1
    for line in lines:
        text = line.text.strip()
        if text == "NO_CONTENT_HERE" or _PAGE_PART.match(text) or (closed and _BOX.match(text)):
            yield line.marked("tool-mark")
        else:
            yield line.changed("tick-box", _TICK_NAME.sub(lambda m: "☐" if m[1] else "☑", line.text))


def _rules(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """A rule below a line as long as the line makes it a heading; alone it is a mark."""
    result = list(lines)
    for i, line in enumerate(result):
        text = line.text.strip()
        above = result[i - 1] if i else None
        if _SETEXT.match(text) and above is not None and _underlines(text, above):
            level = 1 if text[0] == "=" else 2
            result[i - 1] = above.changed("underlined-heading", f"{'#' * level} {above.text.strip()}")
            result[i] = line.marked("underlined-heading")
        elif _RULE.match(text):
            result[i] = line.marked("rule")
        elif _FENCE.match(text):
            result[i] = line.marked("fence")
        elif _TAG_LINE.match(text):
            result[i] = line.marked("tag")
        elif closed := _CLOSED.match(text):
            result[i] = line.changed("heading-close", closed["title"])
    yield from result


def _underlines(rule: str, above: SourceLine) -> bool:
    title = above.text.strip()
    plain = bool(title) and title[0] not in "|#-*>" and len(title) <= 100
    return plain and len(rule) >= (0.8 * len(title) if rule[0] == "-" else 2)


def _pipes(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Rows of a table without pipes at their ends, told by the rule below the head, get them."""
    result = list(lines)
    for i, line in enumerate(result):
        if not _PIPE_RULE.match(line.text.strip()) or not i or "|" not in result[i - 1].text:
            continue
        k = i - 1
        while k < len(result) and (k == i or "|" in result[k].text):
            text = result[k].text.strip()
            if not text.startswith("|"):
                result[k] = result[k].changed("table-edge", f"| {text.removesuffix('|').rstrip()} |")
            k += 1
    yield from result


_STEPS: tuple[Callable[[Sequence[SourceLine]], Iterator[SourceLine]], ...] = (
    _front_matter,
    _escaped_tags,
    _tool_marks,
    _picture_notes,
    _comments,
    _pages,
    _pipes,
    _ruled_pages,
    _rules,
)
