"""Fonts for the printed copy: of the characters that it shows, in two weights, TrueType, from a pinned package."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import fontpkg_noto_sans
import justmytype_intl_cjk
import uharfbuzz as hb

LATIN = "Noto Sans"
_CJK = Path(justmytype_intl_cjk.__file__).parent / "fonts" / "ofl"
FILES: Mapping[str, Path] = MappingProxyType(
    {
        f"Noto Sans {name}": _CJK / f"notosans{name.lower()}" / f"NotoSans{name}[wght].ttf"
        for name in ("SC", "TC", "JP", "KR")
    }
    | {LATIN: Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"}
)
TRADITIONAL = frozenset(("zh-Hant", "zh-TW", "zh-HK"))
WEIGHTS = (400, 600)
ALWAYS = frozenset(map(ord, "↑•·…—–-“”‘’.,:;/()[]")) | frozenset(range(0x20, 0x7F))
"""What the template itself may set: numbers, bullets, hyphens."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """Subsets to set a text with."""

    families: Sequence[str]
    """In the order in which a character is looked for."""
    files: Mapping[str, bytes]
    missing: Sequence[str]
    """Characters that no font here has."""


@cache
def _face(name: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(FILES[name])))


@cache
def _covered(name: str) -> frozenset[int]:
    return frozenset(_face(name).unicodes)


def fonts_for(texts: Iterable[str], tag: str) -> FontSet:
    """For texts in the language `tag`: shapes of the characters are those of its place."""
    wanted = ALWAYS.union(map(ord, set[str]().union(*texts)))
    files: dict[str, bytes] = {}
    families: list[str] = []
    for name in _order(tag):
        if found := wanted & _covered(name):
            files |= {f"{name}-{weight}.ttf": _subset(name, found, weight) for weight in WEIGHTS}
            families.append(name)
        wanted -= _covered(name)
    missing = sorted(chr(code) for code in wanted)
    return FontSet(families, files, missing)


def _order(tag: str) -> list[str]:
    """CJK fonts draw ‘ ’ “ ” as wide as an ideograph: English takes its Latin font first."""
    first = ["Noto Sans TC"] if tag in TRADITIONAL else ["Noto Sans SC"]
    if not tag.startswith("zh"):
        first = [LATIN, *first]
    return [*first, *(name for name in FILES if name not in first)]


def is_unseen(char: str) -> bool:
    """Whether it has no shape of its own: a control or a mark of direction."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")


def _subset(name: str, codes: Iterable[int], weight: int) -> bytes:
    face, plan = _face(name), hb.SubsetInput()
    plan.unicode_set.update(codes)
    plan.name_id_set.update(range(26))
    plan.pin_axis_location(face, "wght", weight)
    if name == LATIN:
        plan.pin_axis_location(face, "wdth", 100)
    return bytes(hb.subset(face, plan).blob.data)
