"""Pictures beside figures.yml to what the site publishes: upright, without metadata, in three widths."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import InputError, Problem
from .markdown import PictureFiles

WIDTHS = (480, 960, 1440)
LARGEST_PIXELS = 50_000_000
"""A decompression bomb is larger than any picture of a report."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture by the name that figures.yml gives it, with the files that go into the site."""

    name: str
    published: PictureFiles
    files: Mapping[str, bytes]


def publish_pictures(root: Path, names: Iterable[str]) -> tuple[PictureFile, ...]:
    """The pictures of these names below the report folder `root`; `InputError` names all that are missing or broken."""
    problems: list[Problem] = []
    published = [picture for name in names if (picture := _publish(root, name, problems))]
    if problems:
        raise InputError(*problems)
    return tuple(published)


def _publish(root: Path, name: str, problems: list[Problem]) -> PictureFile | None:
    path = (root / "pictures" / name).resolve()
    if not path.is_relative_to((root / "pictures").resolve()):
        problems.append(
            Problem(
                f"figures.yml: {name}",
                "the picture lies outside the folder pictures/",
                "put it there",
            )
        )
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return _in_widths(name, _upright(image))
    except FileNotFoundError:
        problems.append(Problem(str(path), "no such picture", "put the file there or take it out of figures.yml"))
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        problems.append(Problem(str(path), f"no usable picture: {error}", "give a PNG, JPEG or WebP file"))
    return None


def _upright(image: Image.Image) -> Image.Image:
    if image.width * image.height > LARGEST_PIXELS:
        raise ValueError(f"{image.width} × {image.height} pixels are too many")
    image.load()
    turned = ImageOps.exif_transpose(image)
    return turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")


def _in_widths(name: str, image: Image.Image) -> PictureFile:
    stem = Path(name).stem
    fallback = "png" if image.mode == "RGBA" else "jpg"
    files: dict[str, bytes] = {}
    sets: dict[str, list[str]] = {"webp": [], fallback: []}
    widths = [w for w in WIDTHS if w < image.width] or []
    for width in dict.fromkeys([*widths[:2], min(image.width, WIDTHS[-1])]):
        scaled = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
        for kind in ("webp", fallback):
            file = f"{stem}-{width}.{kind}"
            files[file] = _encoded(scaled, kind)
            sets[kind].append(f"../pictures/{file} {width}w")
    largest = min(image.width, WIDTHS[-1])
    height = max(1, round(image.height * largest / image.width))
    published = PictureFiles(
        f"pictures/{stem}-{largest}.{fallback}",
        largest,
        height,
        ", ".join(sets[fallback]),
        ", ".join(sets["webp"]),
    )
    return PictureFile(name, published, files)


def _encoded(image: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    if kind == "webp":
        image.save(buffer, "WEBP", quality=80, method=6)
    elif kind == "jpg":
        image.save(buffer, "JPEG", quality=82, optimize=True)
    else:
        image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
