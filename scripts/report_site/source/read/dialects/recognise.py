"""Which tool wrote an extraction, told by marks that hardly any other tool writes; a person may overrule it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ....language.reason import Reason, reason
from ....model import Dialect
from .html_document import is_document

_MARKDOWN = re.compile(
    r"^#{1,6} \S|^\|?[ :-]*-{2,}[ :-]*\|[ |:-]*$|^\|.*\|$|\*\*[^\s*][^*\n]*\*\*|!\[[^\]\n]*\]\([^)\n]*\)"
    r"|<t[dr]\b|<(?:img|figure)\b|<br ?/?>|<su[pb]>|<!--|^\[\^\w+\]:|\$[^$\n]*\\[A-Za-z%][^$\n]*\$|^[-*] \S"
    r"|^\+(?:[-=]{2,}\+){2,}$|^ *={2,}(?: +={2,})+ *$|&(?:amp|lt|gt);",
    re.MULTILINE,
)
_PIPED = re.compile(r"^\| .* \|\n\|(?: -{3,} \|)+$", re.MULTILINE)
_WIDE = re.compile(r"\S {3,}\S")
_INDENTED = re.compile(r"^ {2,}\S")
LAYOUT_SHARE = 0.15
"""Lines with a wide gap inside, of those that aren't blank: text set by layout has more."""


@dataclass(frozen=True, slots=True)
class Recognised:
    dialect: Dialect
    evidence: Reason
    """What shows it: mostly a mark as it stands in the text."""


_SIGNS: tuple[tuple[Dialect, re.Pattern[str]], ...] = (
    # From the surest on; the first that stands in the text decides.
    (Dialect.INTAKE, re.compile(r"\A\s*<!-- report-site intake \d+ -->")),
    (
        Dialect.MARKER,
        re.compile(r"^\{\d+\}-{10,}$|!\[[^\]\n]*\]\(_page_\d+_\w+\.\w+\)|<span id=\"page-\d+-\d+\">", re.MULTILINE),
    ),
    (
        Dialect.PYMUPDF4LLM,
        re.compile(
            r"\*\*==> picture [^\n]* <==\*\*|<!-- (?:Start|End) of picture text -->|Start of picture text"
            r"|^\|[^\n]*(?<=\|)Col\d\||(?<=\n\n)-----(?=\n\n(?:.*\n)*?\n-----\n\n)",
            re.MULTILINE,
        ),
    ),
    (Dialect.DOCLING, re.compile(r"<!-- (?:image|formula-not-decoded|page break|missing-text) -->|GLYPH(?:<|&lt;)")),
    (Dialect.MISTRAL, re.compile(r"!\[img-\d+\.\w+\]\(img-\d+\.\w+\)|\[tbl-\d+\.\w+\]\(tbl-\d+\.\w+\)")),
    (Dialect.PADDLEOCR, re.compile(r"<div style=\"text-align: center;\"><(?:img|html)\b[^\n]*|<img src=\"imgs/[^\n]*")),
    (
        Dialect.MINERU,
        re.compile(
            r"!\[[^\]\n]*\]\(images/[0-9a-f]{16,}\.\w+\)|^<(?:html><body><)?table>(?:<tr>)?[^\n]*</table>", re.MULTILINE
        ),
    ),
    (
        Dialect.LLAMAPARSE,
        re.compile(r"^(?:NO_CONTENT_HERE|CONTENTS OF IMAGE)$|(?<=\n\n)---(?=\n\n(?:.*\n)*?\n---\n\n)", re.MULTILINE),
    ),
    (Dialect.MARKITDOWN, re.compile(r"<!-- Slide number: \d+ -->|!\[[^\]\n]*\]\(data:image/\w+;base64\.\.\.\)")),
    (Dialect.PDFMINER, re.compile(r"\(cid:\d+\)")),
)


def recognise(text: str) -> Recognised:
    if is_document(text):
        return Recognised(Dialect.HTML, reason("guess-mark", mark="<html>"))
    for dialect, sign in _SIGNS:
        if (match := sign.search(text)) and (dialect is not Dialect.PDFMINER or not _MARKDOWN.search(text)):
            return Recognised(dialect, reason("guess-mark", mark=" ".join(match[0].split())[:40]))
    if match := _MARKDOWN.search(text):
        if _PIPED.search(text) and not any(match[0][:1] != "|" for match in _MARKDOWN.finditer(text)):
            return Recognised(Dialect.MARKITDOWN, reason("guess-pipes"))
        return Recognised(Dialect.MARKDOWN, reason("guess-mark", mark=" ".join(match[0].split())[:40]))
    return _plain(text)


def _plain(text: str) -> Recognised:
    lines = [line for line in re.split(r"[\n\f]", text) if line.strip()]
    wide = sum(bool(_WIDE.search(line)) for line in lines)
    indented = sum(bool(_INDENTED.match(line)) for line in lines)
    if lines and (wide >= LAYOUT_SHARE * len(lines) or (wide and indented >= len(lines) / 3)):
        return Recognised(Dialect.PDFTOTEXT_LAYOUT, reason("guess-columns"))
    if "\f" in text:
        return Recognised(Dialect.PDFTOTEXT, reason("guess-form-feeds"))
    return Recognised(Dialect.PDFPLUMBER, reason("guess-no-marks"))
