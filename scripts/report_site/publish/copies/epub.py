"""EPUB 3 from the built pages, one a language: a zip of our own, the pages as XHTML; same bytes for the same site.

Its metadata claims what the tests show and no more: no conformance to a level, which a person has to judge.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from ..cache import NO_CACHE, Cache
from .zipping import STAMP, zipped

XHTML, OPS, XML = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://www.w3.org/XML/1998/namespace"
SVG = "http://www.w3.org/2000/svg"
PICTURES = "pictures"
"""The folder of a language that holds all that its pages show."""
DROPPED = (
    "//nav[contains(@class, 'breadcrumbs')] | //script | //button | //*[contains(@class, 'needs-script')]"
    " | //*[contains(@class, 'table-data')] | //section[@aria-labelledby='copies']"
)
WITH_SITE = " | //*[contains(@class, 'table-csv')]"
"""Files beside the book: where nobody has said what the site's address is, nothing leads to them."""
STYLE = """body { line-height: 1.6; margin: 0 4%; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: 0.3em; text-align: start; vertical-align: top; }
img { max-width: 100%; height: auto; }
article, aside { border-inline-start: 3px solid; padding-inline-start: 1em; }
.page-break { text-align: end; font-size: 0.85em; }
dd { margin-inline-start: 0; font-weight: bold; }
.chart { margin-inline: 0; break-inside: avoid; }
.chart svg { max-width: 40em; overflow: visible; }
.chart text { fill: currentColor; }
.chart-group, .chart-value { font-weight: bold; }
.chart-bar { stroke: currentColor; }
.chart-bar:not(.patterned) { fill: currentColor; }
.chart-line, .chart-base, .chart-point { fill: none; stroke: currentColor; }
.chart-line { stroke-width: 2px; }
"""
FEATURES = (
    "displayTransformability",
    "pageBreakMarkers",
    "pageNavigation",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "ARIA",
)
_MEDIA: Mapping[str, str] = MappingProxyType(
    {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif"}
)


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a book says of itself, and the pages it is made of."""

    tag: str
    title: str
    publisher: str
    year: int | None
    address: str
    """Of the site in this language, ending in a stroke."""
    slugs: Sequence[str]
    """Of its pages, in reading order; each is a folder of the site."""
    depths: Mapping[str, int]
    """How many pages stand above one; missing: none."""
    words: Mapping[str, str]
    """`toc`, `landmarks`, `pages`, `start`, `summary`, `printed`."""


class _Book:
    def __init__(self, folder: Path, facts: BookFacts) -> None:
        self.folder, self.facts = folder, facts
        self.pictures: dict[str, bytes] = {}
        self.slugs = [slug for slug in facts.slugs if (folder / slug / "index.html").is_file()]
        self.mains = {slug: self._main(slug) for slug in self.slugs}
        self.printed = list(self._printed_pages())

    def _main(self, slug: str) -> etree._Element:
        parser = lxml.html.HTMLParser(encoding="utf-8")
        page = lxml.html.parse(str(self.folder / slug / "index.html"), parser).getroot()
        main = page.xpath("//main")[0]
        dropped = DROPPED if self.facts.address else DROPPED + WITH_SITE
        for node in main.xpath(f".{dropped.replace(' | //', ' | .//')}"):
            node.drop_tree()
        for node in list(main.iter(etree.Element)):
            self._suit(node, slug)
        return main

    def _suit(self, node: etree._Element, slug: str) -> None:
        """HTML of the site as XHTML of a book: nothing for scripts, no focus stops, links inside the book."""
        _drop(node, *(one for one in node.attrib if one.startswith("data-") or one in _UNUSED))
        if language := node.get("lang"):
            node.set(f"{{{XML}}}lang", language)
        if node.get("role") == "doc-pagebreak":
            node.set(f"{{{OPS}}}type", "pagebreak")
        if "table-region" in (node.get("class") or "").split():  # a landmark for those who scroll; the book reflows
            _drop(node, "role", "aria-labelledby")
        if node.tag == "a" and (address := node.get("href")):
            _drop(node, "href")
            node.attrib.update({"href": inside} if (inside := self._inside(address, slug)) else {})
        if "figure-link" in (node.get("class") or ""):  # No book holds the rows of numbers.
            node.tag = "span"
            _drop(node, "class", "href", "aria-label")
        if node.tag == "source":
            node.getparent().remove(node)
        if node.tag == "img" and (address := node.get("src")):
            node.set("src", self._picture(address, slug))

    def _inside(self, address: str, slug: str) -> str:
        """Where it leads within the book, else on the site; empty where nobody knows."""
        if urlsplit(address).scheme or address.startswith("#"):
            return address
        whole = urljoin(f"http://book/{slug}/", address)
        parts = urlsplit(whole)
        target = parts.path.strip("/")
        if target in self.slugs:
            return f"{target}.xhtml" + (f"#{parts.fragment}" if parts.fragment else "")
        if not target:
            return "nav.xhtml"
        return urljoin(f"{self.facts.address}{slug}/", address) if self.facts.address else ""

    def _picture(self, address: str, slug: str) -> str:
        file = self.folder / PICTURES / PurePosixPath(address.partition("?")[0]).name
        self.pictures[file.name] = file.read_bytes()
        return f"pictures/{file.name}"

    def _printed_pages(self) -> Iterator[tuple[int, str, str]]:
        """Printed page, page of the book, id. Each page of the site says where it begins; in a book one begins once.

        Where a page goes on elsewhere, its mark is words alone.
        """
        last = 0
        for slug in self.slugs:
            for mark in self.mains[slug].xpath(".//*[@role='doc-pagebreak']"):
                if not mark.get("id"):
                    mark.text = mark.get("aria-label")
                    _drop(mark, "role", "aria-label", f"{{{OPS}}}type")
                elif (number := int(mark.text_content())) > last:
                    last = number
                    yield number, slug, mark.get("id")
                else:
                    mark.getparent().drop_tree()

    # --- files -------------------------------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, bytes]]:
        yield "META-INF/container.xml", _CONTAINER.encode()
        yield "OEBPS/book.opf", self._package().encode()
        yield "OEBPS/nav.xhtml", self._navigation().encode()
        yield "OEBPS/book.css", STYLE.encode()
        for slug in self.slugs:
            yield f"OEBPS/{slug}.xhtml", self._chapter(slug).encode()
        for name, data in sorted(self.pictures.items()):
            yield f"OEBPS/pictures/{name}", data

    def _chapter(self, slug: str) -> str:
        main, kind = self.mains[slug], "chapter" if slug in self.facts.depths else "appendix"
        heading = main.xpath(".//h1")[0]
        main.tag = "section"
        for name in list(main.attrib):
            del main.attrib[name]
        main.set(f"{{{OPS}}}type", kind)
        main.set("role", f"doc-{kind}")
        if heading.get("id"):
            main.set("aria-labelledby", heading.get("id"))
        body = etree.tostring(main, method="xml", encoding="unicode", with_tail=False)
        body = re.sub(r'\sxmlns:ns\d+="[^"]+"', "", body)
        # The parser of HTML knows neither the namespace of drawings nor the capitals in their names.
        body = body.replace("<svg ", f'<svg xmlns="{SVG}" ').replace(" patternunits=", " patternUnits=")
        return self._page(heading.text_content(), re.sub(r"\bns\d+:type=", "epub:type=", body))

    def _page(self, title: str, body: str) -> str:
        tag = self.facts.tag
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="{XHTML}" xmlns:epub="{OPS}"'
            f' lang="{tag}" xml:lang="{tag}"><head><title>{escape(title)}</title>'
            f'<link rel="stylesheet" href="book.css"/></head><body>{body}</body></html>\n'
        )

    def _navigation(self) -> str:
        words = self.facts.words
        marks = (
            f'<li><a epub:type="toc" href="nav.xhtml#toc">{escape(words["toc"])}</a></li>'
            f'<li><a epub:type="bodymatter" href="{self.slugs[0]}.xhtml">{escape(words["start"])}</a></li>'
        )
        pages = "".join(f'<li><a href="{slug}.xhtml#{identity}">{n}</a></li>' for n, slug, identity in self.printed)
        printed = (
            f'<nav epub:type="page-list" role="doc-pagelist" aria-labelledby="pages"><h2 id="pages">'
            f"{escape(words['pages'])}</h2><ol>{pages}</ol></nav>"
        )
        body = (
            f'<nav epub:type="toc" role="doc-toc" aria-labelledby="toc"><h1 id="toc">{escape(words["toc"])}</h1>'
            f"{self._contents()}</nav>{printed if pages else ''}"
            f'<nav epub:type="landmarks" hidden="hidden" aria-labelledby="marks"><h2 id="marks">'
            f"{escape(words['landmarks'])}</h2><ol>{marks}</ol></nav>"
        )
        return self._page(words["toc"], body)

    def _contents(self) -> str:
        """Pages by their depth; one without pages below it with its sections."""
        out, depth = "<ol>", 0
        for slug, after in pairwise([*self.slugs, ""]):
            level = min(self.facts.depths.get(slug, 0), depth + 1) if out != "<ol>" else 0
            if out != "<ol>":
                closing = "</li>" + "</ol></li>" * (depth - level)
                out += "<ol>" if level > depth else closing
            main = self.mains[slug]
            out += f'<li><a href="{slug}.xhtml">{escape(main.xpath(".//h1")[0].text_content())}</a>'
            sections = main.xpath(".//h2[@id]")
            if sections and self.facts.depths.get(after, 0) <= level:
                items = (f'<a href="{slug}.xhtml#{h.get("id")}">{escape(h.text_content())}</a>' for h in sections)
                out += "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"
            depth = level
        return out + "</li>" + "</ol></li>" * depth + "</ol>"

    def _is_drawn(self, slug: str) -> bool:
        return bool(self.mains[slug].xpath(".//svg"))

    @property
    def _has_pictures(self) -> bool:
        return bool(self.pictures) or any(map(self._is_drawn, self.slugs))

    def _package(self) -> str:
        facts = self.facts
        identity = uuid.uuid5(uuid.NAMESPACE_URL, facts.address + facts.title)
        marked = bool(self.printed)
        features = [one for one in FEATURES if marked or not one.startswith("page")]
        modes = ["textual", *(["visual"] if self._has_pictures else [])]
        features += ["alternativeText"] if self._has_pictures else []
        claims = [
            *(("accessMode", mode) for mode in modes),
            ("accessModeSufficient", "textual"),
            *(
                ("accessibilityFeature", one)
                for one in (*features, *(["alternativeText"] if self._has_pictures else []))
            ),
            ("accessibilityHazard", "none"),
            ("accessibilitySummary", facts.words["summary"]),
        ]
        metas = "".join(f'<meta property="schema:{name}">{escape(value)}</meta>' for name, value in claims)
        source = escape(f"{facts.title} ({facts.words['printed']})")
        printed = f'<dc:source>{source}</dc:source><meta property="pageBreakSource">{source}</meta>' if marked else ""
        publisher = f"<dc:publisher>{escape(facts.publisher)}</dc:publisher>" if facts.publisher else ""
        names = [(f"p{n}", f"{slug}.xhtml", _XHTML[self._is_drawn(slug)]) for n, slug in enumerate(self.slugs, 1)]
        pictures = [
            (f"i{n}", f"pictures/{name}", f'"{_MEDIA[Path(name).suffix]}"')
            for n, name in enumerate(sorted(self.pictures), 1)
        ]
        items = "".join(f'<item id="{i}" href="{href}" media-type={kind}/>' for i, href, kind in names + pictures)
        spine = "".join(f'<itemref idref="{identity}"/>' for identity, _, _ in names)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
            f' unique-identifier="id" xml:lang="{facts.tag}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier><dc:title>{escape(facts.title)}</dc:title>'
            f"<dc:language>{facts.tag}</dc:language>{publisher}{printed}"
            f'<meta property="dcterms:modified">{facts.year or STAMP[0]}-01-01T00:00:00Z</meta>{metas}</metadata>'
            '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            f'<item id="css" href="book.css" media-type="text/css"/>{items}</manifest>'
            f'<spine><itemref idref="nav"/>{spine}</spine></package>\n'
        )


def _drop(node: etree._Element, *names: str) -> None:
    for name in names:
        node.attrib.pop(name, None)


_XHTML = ('"application/xhtml+xml"', '"application/xhtml+xml" properties="svg"')
"""Media type of a page without a drawing, and of one with."""
_UNUSED = frozenset(("tabindex", "loading", "decoding", "sizes", "srcset", "download"))
_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>\n"
)


def epub_of(folder: Path, facts: BookFacts, cache: Cache = NO_CACHE) -> bytes:
    """The book of the built pages in `folder`, the root of one language."""
    pages = [folder / slug / "index.html" for slug in facts.slugs]
    parts = [path for path in (*pages, *sorted((folder / PICTURES).glob("*"))) if path.is_file()]
    of = (part for path in parts for part in (path.relative_to(folder).as_posix(), path.read_bytes()))
    return cache.kept(["epub", repr(facts), *of], lambda: _bound(folder, facts))


def _bound(folder: Path, facts: BookFacts) -> bytes:
    files = [("mimetype", b"application/epub+zip"), *_Book(folder, facts).files()]
    return zipped(files, stored=("mimetype",))
