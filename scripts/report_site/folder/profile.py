"""report.yml and figures.yml: what is true of one report alone, as models that name every mistake.

A place in the source is written `580 Fraud prevention`: the line number and a fragment of the line. The fragment finds
the line again when lines have moved, and holds for any wording that keeps titles and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

from ..language.tags import VARIETIES
from ..model import Dialect, Language
from ..model.slugs import slug_fault
from .faults import outline_faults, repeated_places, row_faults
from .strict_yaml import Scalar
from .validation import Checked, Fault

LONGEST_TITLE = 300
LONGEST_TEXT = 20_000
LONGEST_SPAN = 100_000
"""Lines that one place may hold."""
_PLACE = re.compile(r"(?P<first>\d{1,7})(?:\s*[-–]\s*(?P<last>\d{1,7}))?(?:\s+(?P<fragment>\S.*))?")
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Place:
    """A line or range of lines, with a fragment that its first line holds."""

    first: int
    last: int
    fragment: str = ""
    written: int = field(default=0, compare=False)
    """Line of the file that names the place; 0 where no file does."""

    def in_file(self, name: str) -> str:
        """`report.yml:12`, for messages."""
        return f"{name}:{self.written}" if self.written else name

    def __str__(self) -> str:
        span = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{span} {self.fragment}".strip()


def parse_place(value: object) -> Place:
    match = _PLACE.fullmatch(str(value).strip())
    if not match:
        raise ValueError(
            f"{str(value)[:60]!r} is no place; write a line number and a fragment of the line, "
            "such as '580 Fraud prevention'"
        )
    first = int(match["first"])
    last = int(match["last"] or first)
    if first < 1 or last < first:
        raise ValueError(f"{str(value)[:60]!r}: a range of lines goes upwards, from 1; write the smaller number first")
    if last - first > LONGEST_SPAN:
        raise ValueError(f"{str(value)[:60]!r}: a range holds {LONGEST_SPAN} lines at the most")
    written = value.line if isinstance(value, Scalar) else 0
    return Place(first, last, (match["fragment"] or "").strip(), written)


PlaceField = Annotated[Place, BeforeValidator(parse_place)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank; write a text")
    return text


Words = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_said)]
"""A text that says something."""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


ShortWords = Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(_said), AfterValidator(_on_one_line)]
"""Stands in a heading or in navigation."""


class Bilingual(_Strict):
    """A text that the project adds itself, in both languages."""

    zh: Words
    en: Words

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def wording(text: Bilingual | None) -> Mapping[Language, str]:
    """The text by language, as stages and outputs take it; nothing where the folder gives none."""
    return MappingProxyType({"zh": text.zh, "en": text.en} if text else {})


def _web_address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>()\[\]\"']+", text):
        raise ValueError(f"{text[:60]!r} is no address; write one that begins with https://")
    return text


def _is_date(text: str) -> str:
    """As precise as is known: `2031`, `2031-04`, `2031-04-05`."""
    try:
        if text and not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if text else "2000-01-01")
    except ValueError:
        raise ValueError(f"{text[:20]!r} is no date; write 2031, 2031-04 or 2031-04-05") from None
    return text


class BilingualName(Bilingual):
    """A title or a name."""

    zh: ShortWords
    en: ShortWords


class Headline(_Strict):
    """A figure that stands for a chapter on the home page; its numbers must stand in the lines named."""

    at: PlaceField
    value: BilingualName
    label: BilingualName


class OutlineEntry(_Strict):
    """A heading: its place, its slug, what it opens."""

    at: PlaceField
    slug: str
    kind: Literal["chapter", "section", "topic", "case"] = "topic"
    page: bool | None = None
    """Opens a page of its own. Unsaid, an entry of the top level does; `false` there: it belongs to the page before."""
    accent: Literal["", "slate", "blue", "plum", "terracotta", "green"] = ""
    headlines: tuple[Headline, ...] = Field(default=(), max_length=2)
    """The chapter's figures on the home page; without them its first two key figures."""
    sections: tuple[OutlineEntry, ...] = ()

    @field_validator("slug")
    @classmethod
    def _slug(cls, value: str) -> str:
        if fault := slug_fault(value):
            raise ValueError(fault)
        return value

    def walk(self) -> Iterator[OutlineEntry]:
        yield self
        for entry in self.sections:
            yield from entry.walk()


LineUse = Literal[
    "text",
    "heading",
    "title-overrun",
    "caption",
    "lead-in",
    "run-in",
    "noise",
    "furniture",
    "qr-label",
    "key-figure",
    "list-item",
    "quote",
]


class LineRuling(_Strict):
    """What a line is, where the rules can't tell."""

    at: PlaceField
    use: LineUse = Field(alias="as")
    why: Words


def _kind_of_cell(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, list | tuple):
        return "list"
    return "bilingual" if isinstance(value, Mapping | Bilingual) else "text"


RuledCell = Annotated[
    Annotated[None, Tag("empty")]
    | Annotated[tuple[str, ...], Tag("list")]
    | Annotated[Bilingual, Tag("bilingual")]
    | Annotated[str, Tag("text")],
    Discriminator(_kind_of_cell),
]


class TableRuling(_Strict):
    """How a table, or a range of lines that was one, is to be read."""

    at: PlaceField
    kind: Literal[
        "",
        "data",
        "headless",
        "key-value",
        "ragged",
        "key-figures",
        "tag-list",
        "index",
        "noise",
        "figure",
        "captions",
    ] = ""
    caption: Bilingual | None = None
    header: tuple[Bilingual, ...] = ()
    rows: tuple[tuple[RuledCell, ...], ...] = ()
    """Cells as printed (each must stand in the lines), in their true rows; a bilingual cell is the editor's own."""
    chart: bool = True
    """`false`: no chart stands beside it."""
    why: Words


class Move(_Strict):
    """A block that the extraction put in the wrong place."""

    move: PlaceField
    after: PlaceField
    why: Words


class Gloss(_Strict):
    """What both passages of a correction say, for readers of the other language; a number or a name needs none."""

    wrong: ShortWords | None = None
    right: ShortWords | None = None


class Correction(_Strict):
    """A certain error of the printed text, mended in the place named and nowhere else."""

    at: PlaceField
    wrong: Words
    right: Annotated[str, Field(max_length=LONGEST_TEXT)]
    gloss: Gloss = Gloss()
    why: Bilingual
    wording: Literal["any", "official"] = "any"
    """`official`: stands only in the publisher's wording, so its absence elsewhere is no error."""


class FlagEntry(_Strict):
    """A doubt, published as printed and shown to readers."""

    at: PlaceField
    what: Bilingual


class SiteEntry(_Strict):
    """Who runs the site; nothing is assumed of what isn't given."""

    name: BilingualName | None = None
    """The one who made this edition and answers for it: a person, a group, a project."""
    address: Annotated[str, AfterValidator(_web_address)] = ""
    """Where they tell of themselves."""
    licence: BilingualName | None = None
    """Of the edition's texts; none is claimed where none is given."""
    contact: ShortWords | Literal[""] = ""


class AnsweredTopic(_Strict):
    """A material topic whose title none of its sections bears."""

    topic: ShortWords
    """Its name in the source."""
    sections: tuple[ShortWords, ...]
    """As in their addresses: `governance`, `governance#compliance`."""


class TopicsEntry(_Strict):
    """A block that lists the report's material topics."""

    at: PlaceField
    """A list, the words of a diagram, the first column of a table."""
    answered: tuple[AnsweredTopic, ...] = ()


class DataEntry(_Strict):
    """What the site offers to other programs beside CSV, JSON and Excel."""

    parquet: bool = False


def _spoken(tag: object) -> object:
    if tag not in VARIETIES:
        raise ValueError(f"{str(tag)[:40]!r} is none that the site speaks; write one of {', '.join(VARIETIES)}")
    return tag


class Summary(_Strict):
    """A page in short, in plain words of the site's own; a language that is missing is a finding of `check`."""

    zh: Words | None = None
    en: Words | None = None

    def __getitem__(self, language: Language) -> str:
        return (self.zh if language == "zh" else self.en) or ""


class Profile(_Strict, Checked):
    """report.yml: all that is true of one report alone."""

    language: Annotated[Language, BeforeValidator(_spoken)] = "zh"
    variety: str = "zh"
    """Which Chinese or English: what `language` in the file says."""
    dialect: Dialect | None = None
    """How the tool that made source.md writes; None: the text shows it."""
    year: int | None = Field(default=None, ge=1900, le=2200)
    published: int | None = Field(default=None, ge=1900, le=2200)
    """When the report came out, which its reporting year doesn't tell; None: not known."""
    dated: Annotated[str, AfterValidator(_is_date)] = ""
    """When this edition was made, as precise as is known: citations name it beside the report's own year."""
    site: SiteEntry = SiteEntry()
    restated: bool = False
    """source.md says it in the site's own words; another extraction holds the publisher's."""
    title: BilingualName
    publisher: BilingualName | None = None
    """Nobody has named it: left out wherever it would stand."""
    intro: Bilingual | None = None
    contact: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    """Of the publisher: an e-mail address, a web address or words."""
    data: DataEntry = DataEntry()
    topics: tuple[TopicsEntry, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    summaries: Mapping[str, Summary] = Field(default_factory=dict)
    """Slug of a page -> what it says, in short."""
    official: Mapping[str, Words] = Field(default_factory=dict)
    """`page#text` -> its translation where another source is published, whose voice is another: direct speech, say."""
    lines: tuple[LineRuling, ...] = ()
    tables: tuple[TableRuling, ...] = ()
    moves: tuple[Move, ...] = ()
    corrections: tuple[Correction, ...] = ()
    flags: tuple[FlagEntry, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _variety(cls, data: object) -> object:
        """`language: zh-Hant` says two things: which language, and in which characters."""
        tag = data.get("language", "zh") if isinstance(data, dict) and "variety" not in data else None
        if isinstance(tag, str) and tag in VARIETIES and isinstance(data, dict):
            return {**data, "language": VARIETIES[tag].language, "variety": tag}
        return data

    def faults(self) -> Iterator[Fault]:
        yield from outline_faults(self.outline, self.moves)
        yield from repeated_places("lines", [ruling.at for ruling in self.lines])
        yield from repeated_places("tables", [ruling.at for ruling in self.tables])
        for index, ruling in enumerate(self.tables):
            yield from row_faults(ruling, ("tables", index))
        for index, move in enumerate(self.moves):
            if move.move.first <= move.after.first <= move.move.last:
                yield ("moves", index, "after"), "is a line of what is moved", "name the line that it is to follow"


class FigureEntry(_Strict):
    """One picture, diagram or QR code: what the text states of it, in both languages."""

    at: PlaceField
    caption: Bilingual | None = None
    alternative: Bilingual | None = None
    description: tuple[Bilingual, ...] = ()
    words: tuple[str, ...] = ()
    """Words that can be read in the diagram, as printed."""
    picture: str = ""


class Figures(_Strict, Checked):
    figures: tuple[FigureEntry, ...] = ()

    def faults(self) -> Iterator[Fault]:
        yield from repeated_places("figures", [entry.at for entry in self.figures])
