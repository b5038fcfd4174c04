"""The pages hold what assistive technology relies on (heads, captions, sizes, unique ids), and nothing active."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from .evidence import Evidence, SitePage, place_of, resolve
from .finding import Audit, Spot, excerpt, listed

# --- tables --------------------------------------------------------------------------------------------------------


def _tables(evidence: Evidence) -> Iterator[tuple[SitePage, LexborNode]]:
    for page in evidence.pages.values():
        for table in page.tree.css("table"):
            yield page, table


def find_captionless(evidence: Evidence) -> Iterator[Spot]:
    for page, table in _tables(evidence):
        caption = table.css_first("caption")
        if caption is None or not caption.text(strip=True):
            yield Spot(place_of(page, table), "the table has no caption")


def find_scopeless(evidence: Evidence) -> Iterator[Spot]:
    for page, table in _tables(evidence):
        bare = [node for node in table.css("th") if node.attributes.get("scope") not in _SCOPES]
        if bare:
            yield Spot(place_of(page, table), f"heads without scope: {listed(excerpt(n.text(), 20) for n in bare)}")


def find_headless(evidence: Evidence) -> Iterator[Spot]:
    for page, table in _tables(evidence):
        for cell in _cells_without_head(table):
            yield Spot(place_of(page, cell), f"the cell {excerpt(cell.text(), 30)} has no head")


_SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})


@dataclass(slots=True)
class _Grid:
    """Cells by row and column, spans laid out; cells are told by their place in the table's HTML."""

    cells: dict[tuple[int, int], LexborNode] = field(default_factory=dict)

    def lay(self, cell: LexborNode, row: int) -> None:
        column = next(c for c in range(10**6) if (row, c) not in self.cells)
        for down in range(_span(cell, "rowspan")):
            for right in range(_span(cell, "colspan")):
                self.cells[row + down, column + right] = cell

    def heads_of(self, row: int, column: int) -> bool:
        """Whether any head of the cell's column or row says something."""
        above = any(_heads(c, "col") for (r, k), c in self.cells.items() if k == column and r < row)
        return above or any(_heads(c, "row") for (r, k), c in self.cells.items() if r == row and k != column)


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, int(value)) if value.isdecimal() else 1


def _heads(cell: LexborNode, scope: str) -> bool:
    is_head = cell.tag == "th" and (cell.attributes.get("scope") or "").startswith(scope)
    return is_head and bool(cell.text(strip=True))


def _cells_without_head(table: LexborNode) -> Iterator[LexborNode]:
    grid = _Grid()
    for number, line in enumerate(table.css("tr")):
        for cell in line.iter():
            if cell.tag in ("th", "td"):
                grid.lay(cell, number)
    for (row, column), cell in grid.cells.items():
        says = cell.tag == "td" and cell.text(strip=True)
        if says and not cell.attributes.get("headers") and not grid.heads_of(row, column):
            yield cell


# --- figures and pictures ------------------------------------------------------------------------------------------


def find_uncaptioned_figures(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        for figure in page.tree.css("figure"):
            caption, status = figure.css_first("figcaption"), figure.css_first(".figure-status")
            if not any(node is not None and node.text(strip=True) for node in (caption, status)):
                yield Spot(place_of(page, figure), "the figure has no caption, and no word on why")
            elif caption is not None and {"aria-labelledby", "aria-label"} & figure.attributes.keys():
                yield Spot(place_of(page, figure), "the figure's name says its caption a second time")


def find_images(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        for image in page.tree.css("img"):
            lacking = [name for name in ("alt", "width", "height") if image.attributes.get(name) is None]
            if lacking:
                source = image.attributes.get("src") or ""
                yield Spot(place_of(page, image), f"the picture {source} lacks {', '.join(lacking)}")


# --- ids, active content, other hosts ------------------------------------------------------------------------------


def find_repeated_ids(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        for identity in page.repeated:
            yield Spot(f"{page.path}#{identity}", "the id stands more than once")


_ACTIVE = "script, style, iframe, object, embed, form, link, meta, base"


def find_active(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.report_pages:
        for node in page.main.css("*") if page.main else ():
            events = [n for n in node.attributes if n.startswith("on") or n == "style"]
            if events:
                yield Spot(place_of(page, node), f"<{node.tag}> has the attribute {', '.join(events)}")
            if (node.attributes.get("href") or "").strip().lower().startswith(("javascript:", "data:")):
                yield Spot(place_of(page, node), f"<{node.tag}> has an active address")
        for node in page.main.css(_ACTIVE) if page.main else ():
            yield Spot(place_of(page, node), f"<{node.tag}> in the report's text")


_REQUESTS = ("src", "srcset", "poster", "data", "action")
_LINKS_THAT_LOAD = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect"})


def find_foreign(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        for node in page.tree.css(", ".join(f"[{name}]" for name in _REQUESTS)):
            for address in _requested(node):
                yield from _foreign(page, node, address)
        for node in page.tree.css("link[rel][href]"):
            if _LINKS_THAT_LOAD & set((node.attributes.get("rel") or "").split()):
                yield from _foreign(page, node, node.attributes.get("href") or "")
        for node in page.main.css("a[href]") if page.holds_report and page.main else ():
            yield from _foreign(page, node, node.attributes.get("href") or "")


def _requested(node: LexborNode) -> Iterator[str]:
    for name in _REQUESTS:
        for part in (node.attributes.get(name) or "").split(", ") if name == "srcset" else [node.attributes.get(name)]:
            if part and (name != "data" or node.tag == "object"):
                yield part.split()[0]


def _foreign(page: SitePage, node: LexborNode, address: str) -> Iterator[Spot]:
    if not address.startswith(("mailto:", "tel:")) and resolve(page, address) is None:
        yield Spot(place_of(page, node), f"<{node.tag}> leads to another host: {address}")


AUDITS = (
    Audit(
        "html-table-caption",
        "every table has a caption",
        "WCAG 1.3.1, technique H39",
        "give the table a caption in report.yml",
        find_captionless,
    ),
    Audit(
        "html-table-scope",
        "every table head says what it heads",
        "WCAG 1.3.1, technique H63",
        "write the table as a block",
        find_scopeless,
    ),
    Audit(
        "html-table-head",
        "every data cell that says something has a head",
        "WCAG 1.3.1",
        "rule on the table in report.yml: header, or another kind",
        find_headless,
    ),
    Audit(
        "html-figure-caption",
        "every figure has a caption, heard once, or says why it has none",
        "WCAG 1.1.1, 1.3.1",
        "give it a caption in figures.yml, and no aria-label beside it",
        find_uncaptioned_figures,
    ),
    Audit(
        "html-image",
        "every picture has an alternative text and a size",
        "WCAG 1.1.1; HTML 4.8.3",
        "give the alternative text in figures.yml",
        find_images,
    ),
    Audit(
        "html-id",
        "an id stands once on a page",
        "HTML 3.2.6; fragments lead to one place",
        "rename one of them",
        find_repeated_ids,
    ),
    Audit(
        "html-active",
        "the report's text holds no script, style, form or event",
        "DESIGN 2: read without JavaScript; text of the report is never markup",
        "escape it; this is a bug of the rendering",
        find_active,
    ),
    Audit(
        "html-foreign",
        "pages ask nothing of other hosts, and the report's text links to none",
        "DESIGN 2: works offline",
        "ship the file with the site, or take the link out",
        find_foreign,
    ),
)
