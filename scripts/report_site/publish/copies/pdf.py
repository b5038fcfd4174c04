"""PDF/UA-1 of the report, one a language, typeset by Typst: no browser, no font of the system, same bytes each time."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from ...model import Language, Page
from ...model.errors import InputError, Problem
from ...report import Report
from ..cache import NO_CACHE, Cache
from ..charts import Told
from ..writing import write_files
from .charts import svg_of
from .closing import closing
from .data import Writer
from .fonts import fonts_for, is_unseen
from .long_blocks import parted

TEMPLATE = Path("overrides") / "pdf" / "report.typ"
NO_YEAR = 2000
MOST_TEXTS = 25_000
"""That Typst sets at once, in less than a GiB of memory: seven reports of two hundred pages, or 8,000 rows of three."""


@dataclass(frozen=True, slots=True)
class Pdf:
    data: bytes
    pages: int
    missing: tuple[str, ...]
    """What no font has, a line each for people: character, code, where it stands."""


class TooLargeError(InputError):
    """More text than a PDF can be typeset of at once."""


def pdf_of(
    report: Report,
    language: Language,
    files: Mapping[str, bytes],
    *,
    root: Path,
    address: str = "",
    chapter: str | None = None,
    cache: Cache = NO_CACHE,
) -> Pdf:
    """The report, or one page of it with those below. `files`: docs folder, for its pictures; `address`: the site's.

    `TooLargeError` where it is more than can be typeset at once.
    """
    pages = _chosen(report.printed_whole, chapter)
    pictures = _pictures_in(files, language)
    title = report.called(report.title, language) or report.words("untitled", language)
    if chapter:
        title = f"{report.say(pages[0].section.heading.text, language)} – {title}"
    writer = Writer(report, language, pages, {name: name for name in pictures})
    data = parted({**writer.document(address, title), "closing": closing(writer, whole=chapter is None)})
    if (count := sum(1 for _ in _strings(data))) > MOST_TEXTS:
        message = f"{count:,} texts, of which {MOST_TEXTS:,} are typeset at once"
        remedy = "make one of each chapter: report-site pdf --chapter SLUG"
        raise TooLargeError(Problem(f"PDF ({language})", message, remedy))
    tag, template = report.varieties[language].tag, (root / TEMPLATE).read_bytes()
    shown = [part for one in pictures.items() for part in one]
    of = ["pdf", _json(data), repr(writer.charts), tag, str(report.year), template, *shown]
    if found := cache.find(of):
        return _unpacked(found)
    made = typeset(data, pictures, writer.charts, tag, template=template, year=report.year)
    cache.keep(of, _packed(made))
    return made


def _packed(pdf: Pdf) -> bytes:
    return json.dumps([pdf.pages, pdf.missing]).encode() + b"\n" + pdf.data


def _unpacked(kept: bytes) -> Pdf:
    facts, _, data = kept.partition(b"\n")
    pages, missing = json.loads(facts)
    return Pdf(data, pages, tuple(missing))


def _chosen(pages: Sequence[Page], slug: str | None) -> Sequence[Page]:
    chosen = [page for page in pages if slug is None or page.slug == slug or slug in page.parents]
    if not chosen:
        names = ", ".join(page.slug for page in pages if not page.parents)
        raise InputError(Problem(f"--chapter {slug}", "is no page of the report", f"give one of {names}"))
    return chosen


def _pictures_in(files: Mapping[str, bytes], language: Language) -> dict[str, bytes]:
    folder = f"{language}/pictures/"
    return {name.removeprefix(folder): data for name, data in files.items() if name.startswith(folder)}


def typeset(
    data: dict[str, Any],
    pictures: Mapping[str, bytes],
    charts: Mapping[str, Told],
    tag: str,
    *,
    template: bytes,
    year: int | None,
) -> Pdf:
    from .tagging import mended  # Not imported where every PDF is one made before.

    fonts = fonts_for(_strings(data), tag)
    missing = tuple(_findings(data, frozenset(char for char in fonts.missing if not is_unseen(char))))
    shown = _without(data, frozenset(fonts.missing)) if fonts.missing else {**data}
    assert isinstance(shown, dict)
    shown |= {"families": list(fonts.families), "back": "↑"}
    with tempfile.TemporaryDirectory(prefix="report-site-") as place:
        work = Path(place)
        write_files({f"fonts/{name}": font for name, font in fonts.files.items()}, work)
        write_files(pictures, work)
        write_files({name: svg_of(one, fonts.families) for name, one in charts.items()}, work)
        write_files({"main.typ": template, "report.json": _json(shown)}, work)
        raw = _compiled(work, year or NO_YEAR)
    pdf, pages = mended(raw, data, tag)
    return Pdf(pdf, pages, missing)


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _compiled(work: Path, year: int) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(work / "fonts")])
    try:
        pdf = typst.Compiler(str(work / "main.typ"), root=str(work), font_paths=fonts).compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=datetime(year, 1, 1, tzinfo=UTC)
        )
    except (typst.TypstError, RuntimeError) as error:
        message = " ".join(str(error).split())[:300]
        raise InputError(Problem("PDF", message, "report this as a bug, or build with --no-copies")) from error
    assert isinstance(pdf, bytes)
    return pdf


# --- characters that no font has -------------------------------------------------------------------------------------


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _findings(data: Mapping[str, Any], missing: frozenset[str]) -> Iterator[str]:
    for part in (*data["parts"], *data["closing"]) if missing else ():
        for block in part["body"]:
            for char in sorted(missing.intersection("".join(_strings(block)))):
                yield f"PDF: no font has {char!r} (U+{ord(char):04X}), block {block.get('id', '')}"


def _without(value: object, missing: frozenset[str]) -> object:
    """Each character without a shape said by its code; what nobody sees is left out."""
    if isinstance(value, str):
        return re.sub(r"[^\x20-\x7e]", lambda match: _shown(match[0], missing), value)
    if isinstance(value, Mapping):
        return {key: one if key in ("id", "to", "file") else _without(one, missing) for key, one in value.items()}
    return [_without(one, missing) for one in value] if isinstance(value, list | tuple) else value


def _shown(char: str, missing: frozenset[str]) -> str:
    if is_unseen(char):
        return ""
    return f"[U+{ord(char):04X}]" if char in missing else char
