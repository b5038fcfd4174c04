"""Pixels of a page's pictures: images as stored, drawings rendered; what is decoration, with the reason."""

from __future__ import annotations

import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image as Pixels

from .drawings import FULL_PAGE, Area
from .extraction import Box
from .objects import image_handle
from .page import Image, PageContent

LARGEST_PIXELS = 50_000_000
"""A decompression bomb is larger than any picture of a report."""
SMALLEST_PIXELS = 24
MANY_PAGES = 3
"""A picture with the same bytes on so many pages is an ornament."""
DRAWING_SCALE = 2.0
LARGEST_SCALE = 6.0


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture's area with its pixels."""

    page: int
    area: Area
    data: bytes = b""
    kind: str = "png"
    digest: str = ""
    decoration: str = ""
    alt: str = ""


def shots_of(document: pdfium.PdfDocument, content: PageContent, areas: Sequence[Area]) -> Iterator[Shot]:
    if not areas:
        return
    page = document[content.number - 1]
    for area in areas:
        yield _shot(document, page, content, area)


def _shot(document: pdfium.PdfDocument, page: pdfium.PdfPage, content: PageContent, area: Area) -> Shot:
    bare = Shot(content.number, area, alt=_alt(content, area), decoration=area.decoration)
    if area.decoration:
        return bare
    pixels = _stored(document, page, area.images[0]) if len(area.images) == 1 and not area.shapes else None
    photo = bool(area.images) and not area.shapes
    if pixels is None:
        pixels = _rendered(page, content, area.box, _scale(page, area))
    if pixels is None:
        return replace(bare, decoration="its pixels can't be read")
    reason = _ornament(pixels, content, area)
    kind, data = _encoded(pixels, photo)
    return Shot(content.number, area, data, kind, hashlib.sha256(data).hexdigest(), reason, bare.alt)


def _alt(content: PageContent, area: Area) -> str:
    """The source's own alternative text, by the marks of the images."""
    marks = {image.mark for image in area.images} - {-1}
    return next((figure.alt for figure in content.figures if figure.marks & marks), "")


def _stored(document: pdfium.PdfDocument, page: pdfium.PdfPage, image: Image) -> Pixels.Image | None:
    """The image at its own resolution, soft mask applied, cut to what its clipping path shows."""
    handle = image_handle(page, image.index)
    width, height = raw.c_uint(), raw.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(handle, width, height)
    if not 0 < width.value * height.value <= LARGEST_PIXELS:
        return None
    with suppress(pdfium.PdfiumError, ValueError, MemoryError):
        bitmap = pdfium.PdfImage(handle, page=page, pdf=document).get_bitmap(render=True, scale_to_original=True)
        if bitmap.width * bitmap.height <= LARGEST_PIXELS:
            return _cut(bitmap.to_pil().copy(), image)
    return None


def _cut(pixels: Pixels.Image, image: Image) -> Pixels.Image:
    whole, seen = image.box, image.visible
    if whole.area <= 0 or seen.area > 0.97 * whole.area:
        return pixels
    across, down = pixels.width / whole.width, pixels.height / whole.height
    edges = (
        max(0, round((seen.left - whole.left) * across)),
        max(0, round((seen.top - whole.top) * down)),
        min(pixels.width, round((seen.right - whole.left) * across)),
        min(pixels.height, round((seen.bottom - whole.top) * down)),
    )
    return pixels.crop(edges) if edges[2] > edges[0] and edges[3] > edges[1] else pixels


def _scale(page: pdfium.PdfPage, area: Area) -> float:
    """Twice the size on paper; more where an image in the area has more to show."""
    scale = DRAWING_SCALE
    for image in area.images:
        width, height = raw.c_uint(), raw.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(image_handle(page, image.index), width, height)
        if image.box.width > 1:
            scale = max(scale, width.value / image.box.width)
    most = (LARGEST_PIXELS / max(1.0, area.box.area)) ** 0.5
    return float(min(scale, LARGEST_SCALE, most))


def _rendered(page: pdfium.PdfPage, content: PageContent, box: Box, scale: float) -> Pixels.Image | None:
    seen = box.grown(2) & content.box
    if seen.width < 1 or seen.height < 1:
        return None
    crop = (seen.left, content.height - seen.bottom, content.width - seen.right, seen.top)
    with suppress(pdfium.PdfiumError, ValueError, MemoryError):
        painted: Pixels.Image = page.render(scale=scale, crop=crop).to_pil()
        return painted.convert("RGB")
    return None


def _ornament(pixels: Pixels.Image, content: PageContent, area: Area) -> str:
    """Why the picture is decoration; empty when it isn't."""
    if min(pixels.size) < SMALLEST_PIXELS or min(area.box.width, area.box.height) < 8:
        return f"smaller than {SMALLEST_PIXELS} pixels"
    if _is_plain(pixels):
        return "one colour"
    if area.box.area > FULL_PAGE * content.box.area and len(content.words.split()) > 3 and not area.shapes:
        return "background of a whole page"
    return ""


def _is_plain(pixels: Pixels.Image) -> bool:
    if "A" in pixels.getbands():
        alpha = pixels.getchannel("A")
        if alpha.getextrema()[1] <= 8:  # type: ignore[operator]
            return True
        ground = Pixels.new("RGBA", pixels.size, "white")
        ground.alpha_composite(pixels.convert("RGBA"))
        pixels = ground
    bands = pixels.convert("RGB").getextrema()
    return all(high - low <= 6 for low, high in bands)  # type: ignore[misc]


def _encoded(pixels: Pixels.Image, photo: bool) -> tuple[str, bytes]:
    """Without metadata; JPEG for photographs, PNG for the rest."""
    buffer = io.BytesIO()
    clear = _is_clear(pixels)
    plain = pixels.convert("RGBA" if clear else "RGB")
    if photo and not clear and plain.width * plain.height > 40_000 and _many_colours(plain):
        plain.save(buffer, "JPEG", quality=90, optimize=True)
        return "jpg", buffer.getvalue()
    plain.save(buffer, "PNG")
    return "png", buffer.getvalue()


def _is_clear(pixels: Pixels.Image) -> bool:
    """Somewhere transparent, the rim aside: painting blends that with the ground."""
    if "A" not in pixels.getbands():
        return False
    alpha = pixels.getchannel("A")
    if min(alpha.size) > 8:
        alpha = alpha.crop((2, 2, alpha.width - 2, alpha.height - 2))
    return bool(alpha.getextrema()[0] < 255)  # type: ignore[operator]


def _many_colours(pixels: Pixels.Image) -> bool:
    small = pixels.resize((64, 64))
    return len(small.getcolors(4096) or range(4097)) > 600


def without_repeats(shots: Sequence[Shot]) -> list[Shot]:
    """What stands on many pages with the same bytes is decoration on all of them."""
    pages: dict[str, set[int]] = defaultdict(set)
    for shot in shots:
        if shot.digest:
            pages[shot.digest].add(shot.page)
    counts = Counter({digest: len(found) for digest, found in pages.items()})
    return [
        replace(shot, decoration=f"the same on {counts[shot.digest]} pages")
        if shot.digest and not shot.decoration and counts[shot.digest] >= MANY_PAGES
        else shot
        for shot in shots
    ]
