"""All that the audits look at, read and parsed once: the report as converted now, and the site as it was built.

The only module of the audits that touches the disk.
"""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..convert import convert
from ..folder.catalogue import load_catalogue, translations_of
from ..folder.glossary import Term
from ..folder.loading import ReportFolder
from ..folder.po import Catalogue
from ..language.tags import other_than
from ..model import Block, Language, Page, SourceLine, Text
from ..model.errors import InputError, Problem
from ..model.texts import blocks_of, texts_of
from ..report import Report
from ..source.read.decoding import receive

BUILD = "run: report-site build"


class LedgerLine(BaseModel):
    """An entry of site/ledger.json; what an audit doesn't read is left aside."""

    model_config = ConfigDict(frozen=True)
    line: int
    fate: str
    rule: str
    block: str | None


class SiteLedger(BaseModel):
    model_config = ConfigDict(frozen=True)
    summary: dict[str, int]
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the built site; `path` is its file, as `en/about/index.html`."""

    path: str
    tree: LexborHTMLParser
    ids: Mapping[str, LexborNode]
    repeated: tuple[str, ...]
    """Ids that stand more than once."""
    root: Language = "zh"
    """The report's own language, which stands at the site's root."""
    base: str = ""
    """The site's absolute address, with a slash at its end; empty where no page states one."""

    @property
    def _other(self) -> Language:
        return other_than(self.root)

    @property
    def language(self) -> Language:
        return self._other if self.path.startswith(f"{self._other}/") else self.root

    @property
    def slug(self) -> str:
        """`about` for `en/about/index.html`; `index` for a home page."""
        own = self.path.removeprefix(f"{self._other}/") if self.language != self.root else self.path
        return own.removesuffix("index.html").removesuffix("/") or "index"

    @property
    def twin(self) -> str:
        """File of the same page in the other language."""
        prefix = f"{self._other}/"
        return self.path.removeprefix(prefix) if self.language != self.root else f"{prefix}{self.path}"

    @property
    def is_missing_page(self) -> bool:
        """404.html is served for every address, in one language."""
        return self.path == "404.html"

    @property
    def main(self) -> LexborNode | None:
        return self.tree.css_first("main")

    @property
    def holds_report(self) -> bool:
        main = self.main
        return main is not None and main.attributes.get("data-kind") == "report"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What every audit gets."""

    folder: ReportFolder
    report: Report
    catalogue: Catalogue
    terms: tuple[Term, ...]
    source: tuple[SourceLine, ...]
    source_name: str
    other_source: bool
    """The site was built from another wording than the folder's own."""
    document: object
    """site/report.json."""
    ledger: SiteLedger
    pages: Mapping[str, SitePage]
    files: frozenset[str]
    """Every file of the site."""

    @property
    def language(self) -> Language:
        return self.folder.profile.language

    @property
    def languages(self) -> tuple[Language, ...]:
        """Those that the site is built in."""
        return self.report.languages

    def tag(self, language: Language) -> str:
        return self.report.varieties[language].tag

    def page_in(self, language: Language, slug: str) -> str:
        """File of a page of the report."""
        return f"{'' if language == self.language else f'{language}/'}{slug}/index.html"

    @property
    def report_pages(self) -> tuple[SitePage, ...]:
        return tuple(page for page in self.pages.values() if page.holds_report)

    def texts(self) -> Iterator[tuple[Page, Block, Text]]:
        """Every text of the model with its page and block, in reading order."""
        for page in self.report.pages:
            for block in blocks_of(page):
                for text, _ in texts_of(block):
                    yield page, block, text

    def both(self, text: Text) -> tuple[str, str] | None:
        """The text in Chinese and English; None while it has no translation."""
        if text.translation is None:
            return None
        return (text.source, text.translation) if self.language == "zh" else (text.translation, text.source)

    def lines_place(self, text: Text) -> str:
        """`source.md:580`, or the folder's file that holds the editor's own texts."""
        return f"{self.source_name}:{text.lines[0]}" if text.lines else "report.yml or figures.yml"

    def message_place(self, page: Page, text: Text) -> str:
        return f"{self.folder.catalogue.name} {page.slug}#{text.id}"


def text_place(evidence: Evidence, page: Page, text: Text) -> str:
    """Both places of a text: its line, and the context of its message."""
    return f"{evidence.lines_place(text)}, {evidence.message_place(page, text)}"


# --- gathering -----------------------------------------------------------------------------------------------------


def gather(folder: ReportFolder, site: Path, source: Path | None = None) -> Evidence:
    """Converts the folder and reads the site; `source` is the other extraction that the site was built from."""
    if not site.is_dir():
        raise InputError(Problem(str(site), "no built site", BUILD))
    catalogue = load_catalogue(folder.catalogue)
    path = source or folder.source
    files = frozenset(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    return Evidence(
        folder=folder,
        report=convert(folder, translations_of(catalogue, folder.profile.language), source),
        catalogue=catalogue,
        terms=folder.terms,
        source=(receive(source) if source else receive(folder.source, None, folder.root, folder.profile.dialect)).lines,
        source_name=path.name,
        other_source=source is not None and source.resolve() != folder.source.resolve(),
        document=json.loads(_read(site / "report.json")),
        ledger=_read_ledger(site / "ledger.json"),
        pages=parse_pages(
            {name: _read(site / name) for name in sorted(files) if name.endswith(".html")}, folder.profile.language
        ),
        files=files,
    )


def parse_pages(html: Mapping[str, str], root: Language) -> dict[str, SitePage]:
    """Pages by file; the home page states the site's address."""
    pages = {path: parse_page(path, text, root) for path, text in html.items()}
    home = pages.get("index.html")
    link = home.tree.css_first('link[rel="canonical"]') if home else None
    base = (link.attributes.get("href") or "") if link else ""
    return {path: replace(page, base=base) for path, page in pages.items()}


def parse_page(path: str, html: str, root: Language = "zh") -> SitePage:
    tree = LexborHTMLParser(html)
    nodes = [(node.attributes["id"] or "", node) for node in tree.css("[id]")]
    counts = Counter(identity for identity, _ in nodes)
    return SitePage(path, tree, dict(reversed(nodes)), tuple(name for name, count in counts.items() if count > 1), root)


def _read_ledger(path: Path) -> SiteLedger:
    try:
        return SiteLedger.model_validate_json(_read(path))
    except ValidationError as error:
        raise InputError(Problem(str(path), f"no ledger: {error.errors()[0]['msg']}", BUILD)) from error


def _read(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
        if path.suffix == ".json":
            json.loads(text)
    except FileNotFoundError as error:
        raise InputError(Problem(str(path), "no such file in the site", BUILD)) from error
    except (OSError, ValueError) as error:
        raise InputError(Problem(str(path), f"can't be read: {error}", BUILD)) from error
    return text


# --- reading HTML --------------------------------------------------------------------------------------------------

UNSPOKEN = frozenset({"script", "style", "template", "noscript", "title"})
"""A title can't mark a part of its text, so it is judged as attributes are."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A run of text with the language that it is marked as, and the nearest id around it."""

    text: str
    language: str
    id: str


def spoken(node: LexborNode, language: str = "", identity: str = "") -> Iterator[Spoken]:
    """Every text below `node`, as a screen reader would switch voices over it."""
    language = node.attributes.get("lang") or language
    identity = node.attributes.get("id") or identity
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield Spoken(child.text_content or "", language, identity)
        elif child.tag and not child.tag.startswith("-") and child.tag not in UNSPOKEN:
            yield from spoken(child, language, identity)


def language_of(node: LexborNode) -> str:
    """The language that holds for the node."""
    at: LexborNode | None = node
    while at is not None:
        if found := at.attributes.get("lang"):
            return found
        at = at.parent
    return ""


def nearest_id(node: LexborNode) -> str:
    at: LexborNode | None = node
    while at is not None:
        if found := at.attributes.get("id"):
            return found
        at = at.parent
    return ""


def place_of(page: SitePage, node: LexborNode | None = None) -> str:
    """`en/about/index.html#about-p1`."""
    identity = nearest_id(node) if node is not None else ""
    return f"{page.path}#{identity}" if identity else page.path


# --- addresses -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads inside the site: a file, and an id in it."""

    file: str
    fragment: str


def resolve(page: SitePage, href: str) -> Target | None:
    """The link's target inside the site; None when it leads to another host or is no address of a page."""
    if page.base and href.startswith(page.base):
        return _inside("", href.removeprefix(page.base))
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        root = urlsplit(page.base).path or "/"
        return _inside("", href.removeprefix(root) if href.startswith(root) else href.lstrip("/"))
    if not parts.path:
        return Target(page.path, unquote(parts.fragment))
    return _inside(posixpath.dirname(page.path), href)


def _inside(folder: str, href: str) -> Target:
    parts = urlsplit(href)
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    is_folder = parts.path in ("", ".", "..") or parts.path.endswith(("/", "/.", "/.."))
    path = "" if path == "." else path
    return Target(posixpath.join(path, "index.html") if is_folder else path, unquote(parts.fragment))
