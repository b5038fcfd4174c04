"""Preview cards for links shared elsewhere (Open Graph): one a page and language, drawn from its title and colour."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import cache, lru_cache, partial
from itertools import combinations, pairwise
from pathlib import Path
from types import MappingProxyType

import pylopdf_fonts_zh_cn
from PIL import Image, ImageColor, ImageDraw, ImageFont

from ..language.characters import CLOSING_MARKS, han_count
from ..publish.cache import NO_CACHE, Cache

SIZE = (1200, 630)
PAPER, INK, QUIET = "#FBFAF6", "#1B1A17", "#4A4740"
ACCENTS: Mapping[str, str] = MappingProxyType(
    {"slate": "#37474F", "blue": "#163F8F", "plum": "#6A1B5E", "terracotta": "#7D2A10", "green": "#0E4F39"}
)
MARGIN, BAR = 80, 24
FOOT = SIZE[1] - MARGIN - 34
"""Top of the line that names the report, in pixels."""
SHADES = 7
"""Of each ink; two inks and the accent make fifteen colours, which four bits a pixel hold."""
_INKED = [0, *[255] * 255]
"""Grey to where something is drawn."""
_IN_CHINESE = re.compile(rf"[“‘《（【「]*(?:[\x21-\x7e]+|.)[{re.escape(CLOSING_MARKS)}，。、；：！？\s]*")
_IN_LATIN = re.compile(r"\S+\s*")
TITLE_SIZES = (76, 64, 54, 46)
MOST_WAYS = 10_000
"""Of breaking a title into lines, up to which the best is sought."""
LONGEST_TITLE = 4
"""Lines of a title; a longer one is set smaller."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows, and where it goes below `assets/cards/`."""

    path: str
    title: str
    report: str
    accent: str


def write_cards(cards: Iterable[Card], site: Path, cache: Cache = NO_CACHE) -> None:
    for card in cards:
        target = site / "assets" / "cards" / card.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(cache.kept(["card", *astuple(card)], partial(draw, card)))


def card_of(meta: Mapping[str, object], language: str, report: str) -> Card | None:
    """The card of a page by its front matter; none for pages that search engines are asked to leave alone."""
    if not meta.get("slug") or meta.get("noindex"):
        return None
    return Card(f"{language}/{meta['slug']}.png", str(meta["title"]), report, str(meta.get("accent") or "slate"))


def draw(card: Card) -> bytes:
    """The card as PNG of fifteen colours, small enough to be fetched by any preview.

    Letters are drawn as grey, which then becomes shades of a palette: no colour has to be sought afterwards.
    """
    font, lines = fitted(card.title, SIZE[0] - 2 * MARGIN)
    step = font.size * 1.3
    top = (SIZE[1] - len(lines) * step) / 2
    first = int(top)
    letters = Image.new("L", (SIZE[0], round(step * (len(lines) + 1))))
    pen = ImageDraw.Draw(letters)
    for i, line in enumerate(lines):
        pen.text((MARGIN, top - first + i * step), line, font=font, fill=255, stroke_width=1)
    image = _sheet(card.report if card.report != card.title else "", card.accent).copy()
    image.paste(letters.point(_shades(0)), (0, first), letters.point(_INKED, "1"))
    buffer = io.BytesIO()
    # Rows of one colour are all that there is to pack: looking for more takes twice as long and saves one byte in 140.
    image.save(buffer, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return buffer.getvalue()


@lru_cache(maxsize=len(ACCENTS))
def _sheet(report: str, accent: str) -> Image.Image:
    """What the cards of a chapter have in common: all but the title. Never drawn on: each card has a copy."""
    image = Image.new("P", SIZE)
    image.putpalette([*_blends(INK), *_blends(QUIET), *ImageColor.getrgb(ACCENTS.get(accent, ACCENTS["slate"]))])
    image.paste(2 * SHADES, (0, 0, BAR, SIZE[1]))
    image.paste(2 * SHADES, (MARGIN, MARGIN, MARGIN + 97, MARGIN + 9))
    letters = Image.new("L", (SIZE[0] - BAR, SIZE[1] - FOOT))
    line = wrapped(report, _font(32), SIZE[0] - 2 * MARGIN)[0]
    ImageDraw.Draw(letters).text((MARGIN - BAR, 0), line, font=_font(32), fill=255)
    image.paste(letters.point(_shades(SHADES)), (BAR, FOOT))
    return image


def _shades(first: int) -> list[int]:
    """Grey to the number of a colour: `first` is paper, the last of its shades full ink."""
    return [first + round(grey * (SHADES - 1) / 255) for grey in range(256)]


def _blends(ink: str) -> list[int]:
    """The colours of the shades, from paper to ink: red, green, blue, red …"""
    ends = list(zip(ImageColor.getrgb(PAPER), ImageColor.getrgb(ink), strict=True))
    return [round(paper + (full - paper) * i / (SHADES - 1)) for i in range(SHADES) for paper, full in ends]


def fitted(title: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title takes few enough lines, and these."""
    for size in TITLE_SIZES:
        font = _font(size)
        count = len(wrapped(title, font, width))
        if count <= LONGEST_TITLE:
            return font, _evened(title, font, count, width)
    return font, wrapped(title, font, width)[: LONGEST_TITLE + 1]


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width` pixels, each as full as can be."""
    lines, used = [""], 0.0
    for piece in _pieces(text):
        length = font.getlength(piece)
        if lines[-1] and used + length > width:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += length
    return [line.strip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Between them a line may end: between ideographs, but not before a closing mark, and at blanks in Latin text."""
    text = " ".join(text.split())  # A line end within a title can't be drawn.
    return _IN_CHINESE.findall(text) if han_count(text) * 2 > len(text) else _IN_LATIN.findall(text)


def _evened(title: str, font: ImageFont.FreeTypeFont, count: int, width: int) -> list[str]:
    """`count` lines, ending behind blanks and marks where that can be, and about equally long."""
    pieces = _pieces(title)
    if len(pieces) ** (count - 1) > MOST_WAYS:
        return wrapped(title, font, width)
    ways = [
        ["".join(pieces[start:stop]) for start, stop in pairwise((0, *ends, len(pieces)))]
        for ends in combinations(range(1, len(pieces)), count - 1)
    ]
    widths = [max(font.getlength(line.strip()) for line in lines) for lines in ways]
    inside = [sum(line[-1].isalnum() for line in lines[:-1]) for lines in ways]
    fitting = [(n, longest, lines) for n, longest, lines in zip(inside, widths, ways, strict=True) if longest <= width]
    # None fits where a word alone is too long.
    return [line.strip() for line in min(fitting)[-1]] if fitting else wrapped(title, font, width)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC from its package: no font file stands in the repository."""
    path = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    return ImageFont.truetype(str(path), size)
