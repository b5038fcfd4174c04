"""Pictures beside figures.yml to what the site publishes: upright, without metadata, in three widths.

The one module that opens pictures. Pillow looks at what a file holds, not at its name, and hands PostScript to a
program that runs it: so the formats that it may take are named.
"""

from __future__ import annotations

import difflib
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from ..language.progress import Told, nobody
from ..model.errors import InputError, Problem, system_problem
from .inline import PictureFiles

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF")
WIDTHS = (480, 960, 1440)
LARGEST_PIXELS = 50_000_000
"""A decompression bomb is larger than any picture of a report."""
LARGEST_FILE = 64 * 1024 * 1024
_REMEDY = "give a PNG, JPEG or WebP file"
_WITHOUT_LOSS = frozenset(("PNG", "GIF"))
_SAMPLE, _MANY_COLOURS = (256, 256), 16_384
"""A photograph shows other colours nearly everywhere; a chart repeats its few, however finely its edges are drawn."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture by the name that figures.yml gives it, with the files that go into the site."""

    name: str
    published: PictureFiles
    files: Mapping[str, bytes]


def publish_pictures(root: Path, names: Mapping[str, str], told: Told = nobody) -> tuple[PictureFile, ...]:
    """The pictures below the report folder `root`, by name with the place that names them; `InputError` names all
    that are missing or broken.
    """
    stems = _published_stems(names)
    published: list[PictureFile] = []
    problems: list[Problem] = []
    for done, (name, place) in enumerate(names.items(), start=1):
        try:
            with _opened(root, name) as image:
                published.append(_in_widths(name, stems[name], _upright(image), drawn=_is_drawing(image)))
        except _UnusableError as error:
            problems.append(Problem(f"{place}: {_shown(name)}", str(error), error.remedy))
        told(done, len(names))
    if problems:
        raise InputError(*problems)
    return tuple(published)


class _UnusableError(Exception):
    """Why a picture can't be published, for people."""

    def __init__(self, message: str, remedy: str = _REMEDY) -> None:
        super().__init__(message)
        self.remedy = remedy


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)


def _published_stems(names: Iterable[str]) -> dict[str, str]:
    """How the published files of each picture begin: safe in an address, and no two alike on any file system."""
    plain = {name: re.sub(r"[^\w-]+", "-", Path(name).stem).strip("-") or "picture" for name in names}
    counts = Counter(stem.casefold() for stem in plain.values())
    return {
        name: stem if counts[stem.casefold()] == 1 else f"{stem}-{blake2s(name.encode(), digest_size=3).hexdigest()}"
        for name, stem in plain.items()
    }


def _nearest(folder: Path, name: str) -> str:
    """What to do about a name that no picture has: it may be misspelt, or written with its folder."""
    there = {path.name.casefold(): path.name for path in folder.glob("*")}
    near = difflib.get_close_matches(Path(name).name.casefold(), sorted(there), 1, 0.8)
    return f"did you mean {there[near[0]]!r}?" if near else "put the file into pictures/ or take it out of figures.yml"


def _opened(root: Path, name: str) -> Image.Image:
    """The picture, known to be one and small enough to be read; neither it nor its folder is a link out."""
    folder = root / "pictures"
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(root.resolve() / "pictures"):
            raise _UnusableError("the picture lies outside the folder pictures/", "put it there")
        if not path.exists():
            raise _UnusableError("no such picture", _nearest(folder, name))
        if not path.is_file():
            raise _UnusableError("is no file")
        if path.stat().st_size > LARGEST_FILE:
            raise _UnusableError(f"is larger than {LARGEST_FILE >> 20} MiB", "make it smaller")
        data = path.read_bytes()
    except OSError as error:
        problem = system_problem(error)
        raise _UnusableError(problem.message, problem.remedy) from error
    except (RuntimeError, ValueError) as error:  # A link that leads back to itself; a name that no file can have.
        raise _UnusableError("is no name of a file", "mend it") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _require_still_and_small(image)
            image.load()
    except UnidentifiedImageError as error:
        if _is_svg(data):
            remedy = "export it as PNG, at least 1440 pixels wide (inkscape --export-type=png --export-width=1440 FILE)"
            raise _UnusableError(
                "is no picture of a kind that is read, but an SVG, which may hold scripts and load other files", remedy
            ) from error
        raise _UnusableError(f"is no picture of a kind that is read ({', '.join(FORMATS)})") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _UnusableError("has too many pixels", "make it smaller") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise _UnusableError(f"no usable picture: {error}") from error
    return image


def _is_svg(data: bytes) -> bool:
    """Whatever its name says, in any encoding that keeps ASCII or writes two bytes for it."""
    first = re.search(rb"<(?![?!])(?:[\w.-]+:)?(\w+)", data[:65536].replace(b"\0", b""))
    return first is not None and first[1].lower() == b"svg"


def _require_still_and_small(image: Image.Image) -> None:
    if image.width * image.height > LARGEST_PIXELS:
        raise _UnusableError(f"{image.width} × {image.height} pixels are too many", "make it smaller")
    if (frames := getattr(image, "n_frames", 1)) > 1:
        raise _UnusableError(f"has {frames} frames", "give one still picture")


def _is_drawing(image: Image.Image) -> bool:
    """A chart, a map, a table: kept without loss, since JPEG blurs its letters."""
    if image.format not in _WITHOUT_LOSS:
        return False
    sample = image.convert("RGB")
    if image.width * image.height > _SAMPLE[0] * _SAMPLE[1]:
        sample = sample.resize(_SAMPLE, Image.Resampling.NEAREST)
    return sample.getcolors(_MANY_COLOURS) is not None


def _upright(image: Image.Image) -> Image.Image:
    """As it is to be seen, in sRGB, with nothing beside its pixels: a profile, too, tells of who made it."""
    turned = ImageOps.exif_transpose(image)
    profile = turned.info.get("icc_profile")
    mode = "RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB"
    seen = (_in_srgb(turned, profile, mode) if profile else None) or turned.convert(mode)
    seen.info.clear()
    return seen


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    """None where the profile is broken or not of the picture's colour space: its numbers are taken as they are."""
    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert(mode)
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _in_widths(name: str, stem: str, image: Image.Image, *, drawn: bool) -> PictureFile:
    fallback = "png" if drawn or image.mode == "RGBA" else "jpg"
    files: dict[str, bytes] = {}
    sets: dict[str, list[str]] = {"webp": [], fallback: []}
    widths = [w for w in WIDTHS if w < image.width] or []
    for width in dict.fromkeys([*widths[:2], min(image.width, WIDTHS[-1])]):
        scaled = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
        for kind in ("webp", fallback):
            file = f"{stem}-{width}.{kind}"
            files[file] = _encoded(scaled, kind, drawn=drawn)
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


def _encoded(image: Image.Image, kind: str, *, drawn: bool) -> bytes:
    buffer = io.BytesIO()
    if kind == "webp":
        image.save(buffer, "WEBP", quality=80, method=6, lossless=drawn)
    elif kind == "jpg":
        image.save(buffer, "JPEG", quality=82, optimize=True)
    else:
        image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
