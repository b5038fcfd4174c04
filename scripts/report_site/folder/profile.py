"""The files of a report folder that people edit, validated on load: all problems named with file and path.

A place in the source is written `580 Fraud prevention`: the line number and a fragment of the line. The fragment finds
the line again when lines have moved, and holds for any wording that keeps titles and names.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from ..errors import Problem
from ..language.tags import VARIETIES
from ..model import Language
from .slugs import slug_fault

PROFILE_NAME = "report.yml"
FIGURES_NAME = "figures.yml"
if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_PLACE = re.compile(r"^(?P<first>\d+)(?:\s*[-–]\s*(?P<last>\d+))?(?:\s+(?P<fragment>\S.*))?$")
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's safe loader, in C where it was built with it: ten times as fast."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line or range of lines, with a fragment that its first line holds."""

    first: int
    last: int
    fragment: str = ""

    def __str__(self) -> str:
        span = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{span} {self.fragment}".strip()


def parse_place(value: object) -> Place:
    match = _PLACE.match(str(value).strip())
    if not match:
        raise ValueError(
            f"{value!r} is no place; write a line number and a fragment of the line, such as '580 Fraud prevention'"
        )
    first = int(match["first"])
    last = int(match["last"] or first)
    if first < 1 or last < first:
        raise ValueError(f"{value!r}: a range of lines goes upwards, from 1")
    return Place(first, last, (match["fragment"] or "").strip())


PlaceField = Annotated[Place, BeforeValidator(parse_place)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Bilingual(_Strict):
    """A text that the project adds itself, in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def wording(text: Bilingual | None) -> Mapping[Language, str]:
    """The text by language, as stages and outputs take it; nothing where the folder gives none."""
    return MappingProxyType({"zh": text.zh, "en": text.en} if text else {})


class Headline(_Strict):
    """A figure that stands for a chapter on the home page; its numbers must stand in the lines named."""

    at: PlaceField
    value: Bilingual
    label: Bilingual


class OutlineEntry(_Strict):
    """A heading: its place, its slug, what it opens."""

    at: PlaceField
    slug: str
    kind: Literal["chapter", "section", "topic", "case", "card"] = "topic"
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

    @model_validator(mode="after")
    def _distinct(self) -> OutlineEntry:
        slugs = [entry.slug for entry in self.sections]
        if double := next((s for s in slugs if slugs.count(s) > 1), None):
            raise ValueError(f"slug {double!r} stands twice below {self.slug!r}")
        return self

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
    why: str = Field(min_length=1)


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
    rows: tuple[tuple[str | tuple[str, ...] | Bilingual | None, ...], ...] = ()
    """Cells as printed (each must stand in the lines), in their true rows; a bilingual cell is the editor's own."""
    why: str = Field(min_length=1)


class Move(_Strict):
    """A block that the extraction put in the wrong place."""

    move: PlaceField
    after: PlaceField
    why: str = Field(min_length=1)


class Correction(_Strict):
    """A certain error of the printed text, mended in the place named and nowhere else."""

    at: PlaceField
    wrong: str = Field(min_length=1)
    right: str
    why: Bilingual
    wording: Literal["any", "official"] = "any"
    """`official`: stands only in the publisher's wording, so its absence elsewhere is no error."""


class FlagEntry(_Strict):
    """A doubt, published as printed and shown to readers."""

    at: PlaceField
    what: Bilingual


_Model = TypeVar("_Model", bound=BaseModel)


class Profile(_Strict):
    """report.yml: all that is true of one report alone."""

    language: Language = "zh"
    variety: str = "zh"
    """Which Chinese or English: what `language` in the file says."""
    year: int | None = Field(default=None, ge=1900, le=2200)
    title: Bilingual
    publisher: Bilingual | None = None
    """Nobody has named it: left out wherever it would stand."""
    intro: Bilingual | None = None
    contact: str = ""
    outline: tuple[OutlineEntry, ...] = ()
    lines: tuple[LineRuling, ...] = ()
    tables: tuple[TableRuling, ...] = ()
    moves: tuple[Move, ...] = ()
    corrections: tuple[Correction, ...] = ()
    flags: tuple[FlagEntry, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _variety(cls, data: object) -> object:
        """`language: zh-Hant` says two things: which language, and in which characters."""
        if isinstance(data, dict) and "variety" not in data and isinstance(tag := data.get("language", "zh"), str):
            if tag not in VARIETIES:
                raise ValueError(f"language: {tag!r} is none that the site speaks; write one of {', '.join(VARIETIES)}")
            return {**data, "language": VARIETIES[tag].language, "variety": tag}
        return data

    @model_validator(mode="after")
    def _one_home(self) -> Profile:
        slugs = [entry.slug for top in self.outline for entry in top.walk() if entry.page or entry is top]
        if double := next((s for s in slugs if slugs.count(s) > 1), None):
            raise ValueError(f"two pages have the slug {double!r}")
        return self


class FigureEntry(_Strict):
    """One picture, diagram or QR code: what the text states of it, in both languages."""

    at: PlaceField
    caption: Bilingual | None = None
    alternative: Bilingual | None = None
    description: tuple[Bilingual, ...] = ()
    words: tuple[str, ...] = ()
    """Words that can be read in the diagram, as printed."""
    picture: str = ""


class Figures(_Strict):
    figures: tuple[FigureEntry, ...] = ()


def load_model(path: Path, model: type[_Model], problems: list[Problem]) -> _Model | None:
    data = read_yaml(path, problems)
    if data is None:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += [
            Problem(f"{path}: {_path(e['loc'])}", _message(e["msg"], e.get("input")), _hint(model, e))
            for e in error.errors()
        ]
        return None


def read_yaml(path: Path, problems: list[Problem]) -> object | None:
    """The file's data; what keeps it from being read goes to `problems`."""
    try:
        data: object = yaml.load(path.read_text("utf-8"), Loader=SAFE_LOADER)
    except FileNotFoundError:
        problems.append(
            Problem(
                str(path),
                "no such file",
                "start a report folder with: report-site new DIR --source FILE",
            )
        )
        return None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), f"can't be read: {error}", "save it as UTF-8"))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        problems.append(Problem(place, f"no valid YAML: {getattr(error, 'problem', error)}", "mend the line named"))
        return None
    if not isinstance(data, dict):
        problems.append(Problem(str(path), "expected a mapping of settings", "see README.md for an example"))
        return None
    return data


def _path(location: tuple[int | str, ...]) -> str:
    """`outline[3].at` from pydantic's location."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).lstrip(".") or "file"


def _message(message: str, found: object) -> str:
    text = message.removeprefix("Value error, ")
    shown = (
        "" if isinstance(found, dict | list) or found is None or repr(found) in text else f", found {str(found)[:60]!r}"
    )
    return text + shown


def _hint(model: type[BaseModel], error: ErrorDetails) -> str:
    """For an unknown key: the nearest one that exists there."""
    if error["type"] != "extra_forbidden":
        return ""
    known = {name for cls in (model, *_Strict.__subclasses__()) for name in (*cls.model_fields, "as")}
    near = difflib.get_close_matches(str(error["loc"][-1]), sorted(known), 1)
    return f"did you mean {near[0]!r}?" if near else "remove it"
