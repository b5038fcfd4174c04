"""Text that the page holds and doesn't show: clipped, under a picture, on a hidden layer, in its ground's colour.

Told by the page as PDFium paints it: where the place of a run is one flat colour, nobody reads it.
"""

from __future__ import annotations

import pypdfium2 as pdfium
from PIL import Image as Pixels

from .extraction import Box
from .page import PageContent, Run

SCALE = 1.5
FLAT = 3
"""Greatest difference of two greys that no reader sees."""
LARGEST_SIDE = 3000.0
"""Points: larger pages are posters and painted smaller."""


def hidden_runs(document: pdfium.PdfDocument, content: PageContent) -> frozenset[int]:
    """First characters of the runs that can't be seen."""
    if not content.runs:
        return frozenset()
    scale = SCALE * min(1.0, LARGEST_SIDE / max(content.width, content.height))
    page = document[content.number - 1]
    painted = page.render(scale=scale, grayscale=True).to_pil()
    return frozenset(
        run.first for run in content.runs if run.text.strip() and (run.clipped or _is_flat(painted, run, scale))
    )


def _is_flat(painted: Pixels.Image, run: Run, scale: float) -> bool:
    box = _shrunk(run.box)
    edges = (
        int(box.left * scale),
        int(box.top * scale),
        round(box.right * scale + 0.5),
        round(box.bottom * scale + 0.5),
    )
    edges = (max(0, edges[0]), max(0, edges[1]), min(painted.width, edges[2]), min(painted.height, edges[3]))
    if edges[2] - edges[0] < 2 or edges[3] - edges[1] < 2:
        return False
    low, high = painted.crop(edges).convert("L").getextrema()
    return bool(high - low <= FLAT)  # type: ignore[operator]


def _shrunk(box: Box) -> Box:
    """Without the rim that neighbours may touch."""
    return Box(box.left, box.top + 0.15 * box.height, box.right, box.bottom - 0.15 * box.height)
