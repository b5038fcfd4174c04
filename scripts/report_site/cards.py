"""Preview cards for links shared elsewhere (Open Graph): one a page and language, drawn from its title and colour."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pylopdf_fonts_zh_cn
import yaml
from PIL import Image, ImageDraw, ImageFont

from .characters import han_count
from .profile import SAFE_LOADER

SIZE = (1200, 630)
PAPER, INK, QUIET = "#FBFAF6", "#1B1A17", "#4A4740"
ACCENTS: Mapping[str, str] = MappingProxyType(
    {"slate": "#37474F", "blue": "#163F8F", "plum": "#6A1B5E", "terracotta": "#7D2A10", "green": "#0E4F39"}
)
MARGIN, BAR = 80, 24
TITLE_SIZES = (76, 64, 54, 46)
LONGEST_TITLE = 4
"""Lines of a title; a longer one is set smaller."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows, and where it goes below `assets/cards/`."""

    path: str
    title: str
    report: str
    accent: str


def write_cards(docs: Path, site: Path, titles: Mapping[str, str]) -> None:
    """A card for every page of the docs folder; `titles` names the report in each language."""
    for card in cards_of(docs, titles):
        target = site / "assets" / "cards" / card.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(draw(card))


def cards_of(docs: Path, titles: Mapping[str, str]) -> Iterator[Card]:
    for language, report in titles.items():
        for path in sorted((docs / language).glob("*.md")):
            meta = yaml.load(path.read_text("utf-8").split("\n---\n", 1)[0], Loader=SAFE_LOADER)
            if meta.get("slug") and not meta.get("noindex"):
                yield Card(
                    f"{language}/{meta['slug']}.png", str(meta["title"]), report, str(meta.get("accent") or "slate")
                )


def draw(card: Card) -> bytes:
    """The card as PNG of a few colours, small enough to be fetched by any preview."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    accent = ACCENTS.get(card.accent, ACCENTS["slate"])
    pen.rectangle((0, 0, BAR, SIZE[1]), fill=accent)
    width = SIZE[0] - 2 * MARGIN
    font, lines = _fitted(card.title, width)
    top = (SIZE[1] - len(lines) * font.size * 1.3) / 2
    for i, line in enumerate(lines):
        pen.text((MARGIN, top + i * font.size * 1.3), line, font=font, fill=INK, stroke_width=1, stroke_fill=INK)
    if card.report != card.title:
        pen.text((MARGIN, SIZE[1] - MARGIN - 34), wrapped(card.report, _font(32), width)[0], font=_font(32), fill=QUIET)
    pen.rectangle((MARGIN, MARGIN, MARGIN + 96, MARGIN + 8), fill=accent)
    buffer = io.BytesIO()
    image.quantize(32, method=Image.Quantize.FASTOCTREE).save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def _fitted(title: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title takes few enough lines."""
    for size in TITLE_SIZES:
        font = _font(size)
        lines = wrapped(title, font, width)
        if len(lines) <= LONGEST_TITLE:
            break
    return font, lines[: LONGEST_TITLE + 1]


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width` pixels: broken between ideographs, and at blanks in Latin text."""
    pieces = list(text) if han_count(text) * 2 > len(text) else [f"{word} " for word in text.split()]
    lines, used = [""], 0.0
    for piece in pieces:
        length = font.getlength(piece)
        if lines[-1] and used + length > width:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += length
    return [line.strip() for line in lines]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC from its package: no font file stands in the repository."""
    path = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    return ImageFont.truetype(str(path), size)
