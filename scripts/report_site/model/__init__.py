"""The report as typed, immutable values: source lines, texts, blocks, sections, pages.

Every value that stems from the source knows its line numbers (1-based). The source language's wording is
`Text.source`, its translation `Text.translation` (None: not translated yet).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Change:
    """One repair of a line's text: the named rule, what stood there, what stands there now."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class InnerLink:
    """A link within the document, as an extractor wrote it."""

    phrase: str
    """What is linked."""
    target: str
    """The name of an anchor, without `#`."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the extraction: `raw` as received, `text` as repaired so far."""

    number: int
    raw: str
    text: str
    changes: tuple[Change, ...] = ()
    page_break: bool = False
    """A form feed stood before the text of this line."""
    mark: str = ""
    """The rule by which the whole line is a mark of the extractor: it holds no text of the report."""
    part_of: int = 0
    """The line that this one's text was taken into, such as the first of a table row written over several."""
    parts: tuple[int, ...] = ()
    """The lines whose text was taken into this one."""
    opens: bool = False
    """A paragraph of its own begins here, though no blank line stands before it."""
    links: tuple[InnerLink, ...] = ()
    anchors: tuple[str, ...] = ()
    """Names by which links lead to this line."""

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def accounted(self) -> bool:
        """The ledger has an entry for it: it holds text, or what an extractor put there."""
        return not self.blank or bool(self.mark or self.part_of)

    def changed(self, rule: str, text: str) -> SourceLine:
        """This line with `text`, the difference recorded under `rule`."""
        if text == self.text:
            return self
        change = Change(rule, self.text, text)
        return replace(self, text=text, changes=(*self.changes, change))

    def marked(self, rule: str) -> SourceLine:
        """This line as a mark of the extractor, without text."""
        return replace(self.changed(rule, ""), mark=rule)


class Dialect(StrEnum):
    """How the tool that extracted a text writes: which marks it puts into it, and how it sets columns and tables."""

    MARKDOWN = "markdown"
    """Headings marked `#`, tables of pipes: no tool in particular."""
    INTAKE = "intake"
    """Of `python -m report_site.source.intake`: its first line says so."""
    PYMUPDF4LLM = "pymupdf4llm"
    MARKITDOWN = "markitdown"
    DOCLING = "docling"
    MARKER = "marker"
    MINERU = "mineru"
    MISTRAL = "mistral-ocr"
    PADDLEOCR = "paddleocr"
    LLAMAPARSE = "llamaparse"
    PDFPLUMBER = "pdfplumber"
    PDFMINER = "pdfminer"
    PDFTOTEXT = "pdftotext"
    PDFTOTEXT_LAYOUT = "pdftotext-layout"
    HTML = "html"


class Fate(StrEnum):
    """What became of a source line; every non-blank one has exactly one."""

    PUBLISHED = "published"
    FURNITURE = "furniture"
    NOISE = "noise"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Text:
    """The smallest piece that is translated: a paragraph, a title, an item, a cell, a label."""

    source: str
    id: str = ""
    lines: tuple[int, ...] = ()
    translation: str | None = None

    def in_language(self, language: Language, source_language: Language) -> str | None:
        return self.source if language == source_language else self.translation


Cell = tuple[Text, ...]
"""A table cell: no text (empty), one text, or the items of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What all blocks share; `lines` are all the source lines that the block publishes."""

    lines: tuple[int, ...]
    id: str = ""
    printed_page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Block):
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Block):
    """A small text beside the report's own: a QR label without its link, an editor's remark, a page in short."""

    text: Text
    purpose: Literal["qr", "editor", "summary"] = "editor"


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Block):
    items: tuple[Text, ...]
    marks: tuple[str, ...] = ()
    """What counts the items in print (`1.`, `(a)`), one an item; none: bullets."""
    start: int = 1
    """What the first mark counts; the others count on."""

    @property
    def ordered(self) -> bool:
        return bool(self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagList(Block):
    """Words of a cloud, ring or grid whose positions the extraction lost."""

    items: tuple[Text, ...]
    caption: Text | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The year for which the prose states a key figure that is printed without one."""

    year: int
    at_end: bool = False
    """The state at the end of the year, not what happened in it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as a number: 18.4 thousand tonnes are 18400 tonnes."""

    number: Decimal
    """Scale multiplied in, sign kept; per cent as written."""
    upper: Decimal | None = None
    """End of a range."""
    unit: str = ""
    """As printed: a counter, `%`, a currency."""
    qualifier: str = "exact"
    """`exact`, `more`, `nearly`, `about` or `less`."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    value: Text
    label: Text | None
    """None: the source gives no label that can be told to be this value's."""
    id: str = ""
    period: Period | None = None
    amount: Amount | None = None
    """None: the value can't be read as one number."""
    by_prose: bool = False
    """No layout paired the two: a sentence that holds the value, or what was left over, did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures(Block):
    figures: tuple[KeyFigure, ...]
    caption: Text | None = None
    period: Period | None = None
    """Of all figures, where one sentence states them."""
    loose_labels: tuple[Text, ...] = ()
    """Labels that can't be told to be any value's: printed, never paired by guess."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    id: str = ""
    group: bool = False
    """Its first cell names the rows below it; the others are empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable(Block):
    """A table with a header row (may be empty when the source has none) and row headers."""

    header: tuple[Text, ...]
    """A text for each column, empty where none is printed."""
    rows: tuple[Row, ...]
    subheads: tuple[tuple[Text, ...], ...] = ()
    """Further rows of heads below the first; a head over several columns stands in each of them."""
    row_headers: int = 1
    """How many leading columns head their row."""
    caption: Text | None = None
    notes: tuple[Text, ...] = ()
    """Notes and sources printed below it."""
    chart: bool = True
    """A chart may stand beside it, where its values allow one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyValueTable(Block):
    """A table of two columns without a header row: the first names, the second says."""

    rows: tuple[Row, ...]
    caption: Text | None = None
    notes: tuple[Text, ...] = ()
    chart: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
    """A picture, diagram or QR code. `picture` is a file beside figures.yml, None when the extraction lost it."""

    caption: Text | None
    alternative: Text | None = None
    description: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()
    """Words that can be read in a diagram, order and position lost."""
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    label: str
    """As its mark in the text has it: `1`, `*`."""
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnotes(Block):
    """The notes printed below a section's text; their marks stand in other blocks as `⁽¹⁾`."""

    notes: tuple[Footnote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    text: Text


class SectionKind(StrEnum):
    CHAPTER = "chapter"
    SECTION = "section"
    TOPIC = "topic"
    CASE = "case"


FRONT_ACCENT = "slate"
"""Of what stands around the chapters: the company, indexes, about the report."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; `blocks` come before `children`."""

    heading: Heading
    kind: SectionKind
    slug: str
    blocks: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()
    own_page: bool = False
    accent: str = ""

    def walk(self) -> Iterator[Section]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: a section whose nested sections that have no page of their own belong to it."""

    slug: str
    section: Section
    parents: tuple[str, ...] = ()
    """Slugs of the pages above this one, outermost first."""
    accent: str = ""
    printed_pages: tuple[int, int] | None = None


class RuleName(StrEnum):
    """Rules that later stages ask for: what they found is told from what others found of the same kind."""

    ALIGNED_STRIP = "aligned-strip"
    AS_PRINTED = "as-printed"
    """No shape may touch it."""
    CAPTION = "caption"
    CHAPTER_OPENING = "chapter-opening"
    CONTENTS_LIST = "contents-list"
    COVER = "cover"
    FOREIGN_FRAGMENT = "foreign-fragment"
    GIBBERISH = "gibberish"
    INDEX_CELLS_MOVED = "index-cells-moved"
    LIST_MARK = "list-mark"
    MARKED_HEADING = "marked-heading"
    MARKED_VALUE = "marked-value"
    NAVIGATION_BAR = "navigation-bar"
    NOISE_CELL = "noise-cell"
    NUMBERED_HEADING = "numbered-heading"
    PAGE_NUMBER = "page-number"
    QUOTE_MARK = "quote-mark"
    RULING_ALTERNATIVE = "ruling-alternative"
    """figures.yml says what a picture shows, in place of the words of the source."""
    RULING_LEAVES_OUT = "ruling-leaves-out"
    """report.yml sets a table and leaves a printed number out."""
    RULING_QUOTE = "ruling-quote"
    RULING_TITLE_OVERRUN = "ruling-title-overrun"
    RUNNING_HEAD = "running-head"
    RUN_IN_HEADING = "run-in-heading"
    TABLE_TITLE = "table-title"
    TITLE_ABOVE_TEXT = "title-above-text"
    """No blank line parts it from the text below: the weakest evidence of all."""
    TITLE_REST = "title-rest"
    TORN_LINE = "torn-line"
    """It goes on with the sentence of the line before, whatever stands between."""
    UNMARKED_TITLE = "unmarked-title"


@dataclass(frozen=True, slots=True)
class LineFate:
    line: int
    fate: Fate
    rule: str
    digest: str
    """Of the line as received: a change of any line shows, even of one that no page holds."""
    block: str | None = None
    page: str | None = None
    """Slug of the page that holds the block."""
    printed_page: int | None = None
    changes: tuple[Change, ...] = ()

    @property
    def ruled(self) -> bool:
        """Whether report.yml says so."""
        return self.rule.startswith("ruling-")


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt that only a person can settle, published as printed and shown to the reader."""

    lines: tuple[int, ...]
    code: str
    """What kind of doubt it is: a key of the site's own words, or `editor`."""
    value: str = ""
    """What the doubt is about, as printed."""
    what: Mapping[Language, str] = field(default_factory=dict)
    """The editor's own sentence, by language."""
