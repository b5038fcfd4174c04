"""A PDF beside the page that prints the whole report: the same text in the same order, the same elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

import pdf_tree
from pdf_tree import Element
from report_site.language.strings import words

UNSEEN = re.compile(r"[\s\x00-\x1f\u00ad\u200b\ufffe-]")
"""pdfium gives no hyphen at the end of a line, or a mark for it."""
PAGES_OWN = "nav, h1, .table-csv, h1 + ul, .pictures-lost, .editors-notes, .case-end"
"""On the printed page alone: contents, notes that stand behind the report in the PDF, how many pictures were lost."""
MARK = re.compile(r"•|\d+\.")
LEADERS = r"\.*"


class Copy:
    """A PDF: `report` is what stands between its contents and what closes it."""

    def __init__(self, data: bytes, voice: str) -> None:
        self.tagged = pdf_tree.read(data)
        (document,) = (one for one in self.tagged.root.parts if isinstance(one, Element))
        parts = [one for one in document.parts if isinstance(one, Element)]
        self.voice = voice
        begins = next(i for i, one in enumerate(parts) if one.kind == "TOC") + 1
        closing = {plain(words(key, voice)) for key in ("corrections-title", "glossary-title")}
        ends = (i for i, one in enumerate(parts) if one.kind == "H2" and plain(one.text) in closing)
        end = next(ends, len(parts))
        self.report = Element("Part", "", "", [*parts[begins:end]])
        self.closing = Element("Part", "", "", [*parts[end:]])

    def text(self) -> str:
        """Without what the printed page leaves to the browser (marks of lists), shows alone (drawings), or says in an
        attribute (the title of notes), and without the number over a chapter's title, which it doesn't have.
        """
        return plain("".join(_texts(Element("", "", "", [*self._without_own_lines()]))))

    def _without_own_lines(self) -> Iterator[str | Element]:
        number = re.compile(re.escape(words("chapter", self.voice)).replace(re.escape("{number}"), r"\d+"))
        parts = [one for one in self.report.parts if isinstance(one, Element)]
        for one, after in zip(parts, [*parts[1:], None], strict=True):
            follows = after.kind if one.kind == "P" and after else ""
            said = " ".join(one.text.split())
            over_a_title = follows == "H2" and number.fullmatch(said)
            over_notes = follows == "L" and plain(said) == plain(words("notes", self.voice))
            if not over_a_title and not over_notes:
                yield one

    def pictures(self) -> list[tuple[str, str]]:
        """Alternative of each, and the text drawn in it."""
        figures = [one for one in self.report.walk() if one.kind == "Figure"]
        return [(plain(one.alternative), plain(one.text)) for one in figures]

    def counts(self) -> dict[str, int]:
        kinds = Counter(one.kind for one in self.report.walk())
        scopes = Counter(one.scope for one in self.report.walk() if one.kind == "TH")
        deepest = {
            "H6": sum(count for kind, count in kinds.items() if re.fullmatch(r"H\d+", kind) and int(kind[1:]) > 5)
        }
        levels = {kind: kinds[kind] for kind in ("H2", "H3", "H4", "H5")}
        lists = {"lists": kinds["L"], "items": kinds["LI"], "links": kinds["Link"], "figures": kinds["Figure"]}
        tables = {"tables": kinds["Table"], "captions": kinds["Caption"], "rows": kinds["TR"], "TD": kinds["TD"]}
        return levels | deepest | lists | tables | {"col": scopes["Column"], "row": scopes["Row"], "TH": kinds["TH"]}

    def beside_furniture(self, title: str) -> list[str]:
        """Text outside the structure that is neither running head, number of the page, leader dots nor a repeated row."""
        heads = {plain("".join(_texts(one))) for one in self.tagged.root.walk() if one.kind == "H2"}
        rows = {
            plain("".join(cell.text for cell in row.walk() if cell.kind == "TH"))
            for table in self.tagged.root.walk()
            if table.kind == "THead"
            for row in table.walk()
            if row.kind == "TR"
        }
        found = []
        for number, text in enumerate(map(plain, self.tagged.artifacts), 1):
            rest = text.removesuffix(str(number))
            rest = _without_head(_without_head(rest, {plain(title)}), heads)
            repeated = "|".join(map(re.escape, sorted(filter(None, rows), key=len, reverse=True))) or "$^"
            if not text.endswith(str(number)) or not re.fullmatch(rf"(?:{repeated})*{LEADERS}", rest):
                found.append(f"page {number}: {rest}")
        return found


def _without_head(text: str, heads: set[str]) -> str:
    """Without one of these at its start, whole or cut short."""
    for head in sorted(heads, key=len, reverse=True):
        if head and text.startswith(head):
            return text[len(head) :]
    begun, cut, rest = text.partition("…")
    return rest if cut and any(head.startswith(begun) for head in heads) else text


def shown(html: LexborHTMLParser) -> str:
    """The text behind the list of contents but for what is drawn; markers as they are spoken."""
    main = html.css_first("main")
    assert main is not None
    for drawn in main.css("svg"):
        drawn.decompose()
    for mark in main.css("[role=doc-pagebreak]"):
        mark.replace_with(mark.attributes["aria-label"] or "")
    for label in main.css(".case-label"):  # of the heading there, a line of its own in the PDF
        label.replace_with(re.sub(r"[:：]\s*$", "", label.text()))
    return plain(main.text())


def pictures_of(html: LexborHTMLParser, voice: str) -> list[tuple[str, str]]:
    """As `Copy.pictures` has them; call it before `shown`, which takes the drawings away."""
    found = []
    for one in html.css("main img, main svg[role=img]"):
        told = {node.tag: node.text() for node in one.css("title, desc")}
        said = words("labelled", voice, label=told["title"], text=told["desc"]) if told else one.attributes["alt"] or ""
        found.append((plain(said), plain("".join(node.text() for node in one.css("text")))))
    return found


def without_the_pages_own(html: LexborHTMLParser) -> LexborHTMLParser:
    for away in html.css(", ".join(f"main {one.strip()}" for one in PAGES_OWN.split(","))):
        away.decompose()
    return html


def counts_of(html: LexborHTMLParser) -> dict[str, int]:
    """As `Copy.counts` has them; call it before `shown`."""

    def count(selector: str) -> int:
        return len(html.css(selector))

    levels = {f"H{n}": count(f"main h{n}") for n in range(2, 7)}
    lists = {
        "lists": count("main ul, main ol, main dl"),
        "items": count("main li, main dl > div"),
        "links": count("main a[href]"),
        "figures": count("main img, main svg[role=img]"),
    }
    captions = "caption, main figure:has(> picture, > img, > svg) > figcaption"
    tables = {"tables": "table", "captions": captions, "rows": "tr", "TD": "td"}
    heads = {"col": "th[scope=col]", "row": "th[scope=row]", "TH": "th"}
    return levels | lists | {name: count(f"main {selector}") for name, selector in (tables | heads).items()}


def _texts(element: Element) -> Iterator[str]:
    """Without marks of lists and what is drawn."""
    if element.kind != "Figure" and not (element.kind == "Lbl" and MARK.fullmatch(element.text.strip())):
        for one in element.parts:
            if isinstance(one, str):
                yield one
            else:
                yield from _texts(one)


def plain(text: str) -> str:
    return UNSEEN.sub("", text).replace("↩", "↑")  # the printed font has no arrow like the page's
