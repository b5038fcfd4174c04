"""Diagrams that a tool drew as code (Mermaid), and the folds that it puts around what it saw in a picture.

Each connection of a flow chart is an item, `from → to`, in the words of its boxes. What isn't understood stays text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ....model import SourceLine

_FENCE = re.compile(r"^(?:`{3,}|~{3,})\s*mermaid\s*$", re.IGNORECASE)
_FENCE_END = re.compile(r"^(?:`{3,}|~{3,})\s*$")
_KIND = re.compile(
    r"^(?:graph|flowchart|pie|mindmap|timeline|journey|sequenceDiagram|stateDiagram(?:-v2)?)\b(?:\s+(?:TB|TD|BT|RL|LR))?"
    r"(?:\s+showData)?(?:\s+title\s+(?P<title>\S.*))?$"
)
_SETTING = re.compile(r"^(?:%%.*|(?:style|classDef|class|linkStyle|click|direction)\s.*|end|title:?)$")
_SUBGRAPH = re.compile(r"^(?:subgraph\s+(?:[\w-]+\s*\[(?P<boxed>[^\]]+)\]|(?P<plain>\S.*))|title:?\s+(?P<title>\S.*))$")
_NODE = re.compile(
    r"(?P<id>\w+(?:[.-]\w+)*)\s*"
    r"(?:(?:\(\(|\(\[|\[\(|\[\[|\[/|\[\\|\{\{|\[|\(|\{|>)\s*(?P<label>\"[^\"]*\"|[^\"\[\](){}|]*?)\s*"
    r"(?:\)\)|\]\)|\)\]|\]\]|/\]|\\\]|\}\}|\]|\)|\}))?(?::::\w+)?"
)
_ARROW = re.compile(
    r"\s*(?:<?(?:-->|---|-\.->|==>|--[ox])\s*(?:\|\s*\"?(?P<piped>[^|\"]*)\"?\s*\|)?"
    r"|(?:--|==|-\.)\s+(?P<inner>[^-=|>]+?)\s+(?:-->|==>|\.->))\s*"
)
_SHARE = re.compile(r"^\"(?P<label>[^\"]+)\"\s*:\s*(?P<value>\S+)$")
_SUMMARY = re.compile(r"^<summary>\s*(?P<text>[^<>]*?)\s*</summary>$", re.IGNORECASE)
_TOOLS_WORD = re.compile(r"^(?:(?:image|chart|table) content|flow ?chart|[a-z]+(?:_[a-z]+)+)$")
"""A kind of picture, named by a tool: `flowchart`, `bar_chart`, `image content`."""
RULE = "diagram"


def read_diagrams(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines with what code draws in words; a fold's name is a mark where it says a kind of picture."""
    result = [_without_name(line, before) for line, before in zip(lines, [None, *lines], strict=False)]
    i = 0
    while i < len(result):
        end = _end_of(result, i) if _FENCE.match(result[i].text.strip()) else None
        if end is not None:
            result[i : end + 1] = _diagram(result[i : end + 1])
            i = end
        i += 1
    return result


def _without_name(line: SourceLine, before: SourceLine | None) -> SourceLine:
    match = _SUMMARY.match(line.text.strip())
    opened = before is not None and before.text.strip().casefold() == "<details>"
    return line.marked(RULE) if match and opened and _TOOLS_WORD.match(match["text"]) else line


def _end_of(lines: Sequence[SourceLine], start: int) -> int | None:
    return next((k for k in range(start + 1, len(lines)) if _FENCE_END.match(lines[k].text.strip())), None)


def _diagram(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    labels = _labels(line.text for line in lines[1:-1])
    for k, line in enumerate(lines):
        text = line.text.strip().rstrip(";")
        if k in (0, len(lines) - 1) or (text and _SETTING.match(text)):
            yield line.marked(RULE) if text else line
            continue
        said = _said(text, labels)
        if said is None:
            yield line.changed(RULE, text)
        else:
            yield line.changed(RULE, said) if said or not text else line.marked(RULE)


def _said(text: str, labels: dict[str, str]) -> str | None:
    """What the line says; nothing where it only names a kind or a box that a connection names too; None: no code."""
    if match := _KIND.match(text):
        return match["title"] or ""
    if match := _SUBGRAPH.match(text):
        return _bare(match["boxed"] or match["plain"] or match["title"])
    if match := _SHARE.match(text):
        return f"- {match['label']}: {match['value']}"
    steps = _steps(text)
    if not steps:
        return None
    said = ""
    for identity, arrow in steps:
        said += labels.get(identity, identity)
        if arrow is not None:
            said += f" → ({arrow}) " if arrow else " → "
    return f"- {said}"


def _steps(text: str) -> list[tuple[str, str | None]]:
    """The boxes of a line in order, each with the words of the arrow behind it; empty where it isn't such a line."""
    steps: list[tuple[str, str | None]] = []
    at = 0
    while node := _NODE.match(text, at):
        at = node.end()
        arrow = _ARROW.match(text, at)
        steps.append((node["id"], (arrow["piped"] or arrow["inner"] or "").strip() if arrow else None))
        if arrow is None:
            break
        at = arrow.end()
    whole = at == len(text) and steps and steps[-1][1] is None
    return steps if whole and (len(steps) > 1 or "[" in text or "(" in text or "{" in text) else []


def _labels(texts: Iterator[str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for text in texts:
        if _steps(text.strip().rstrip(";")):
            for node in _NODE.finditer(text):
                if node["label"]:
                    labels.setdefault(node["id"], _bare(node["label"]))
    return labels


def _bare(text: str) -> str:
    said = re.sub(r"\s*(?:<br\s*/?>|\\n)\s*", " ", text.strip().strip('"'))
    return html.unescape(said).strip()
