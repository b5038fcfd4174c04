"""Both languages are one document: same pages, ids, outline, tables, figures and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from .evidence import Evidence, SitePage, place_of
from .finding import Audit, Spot, excerpt, listed

Shape = tuple[str, str]
"""What a part is called in a finding (`table #x`), and what must be equal of it (`6 × 4`)."""


_IN_ORDER = "[id]:not(.by-name tr)"
"""Rows that each language has in the order of its own names aside."""


def twins(evidence: Evidence) -> Iterator[tuple[SitePage, SitePage]]:
    """File in the report's language and in the other, of each page that has both."""
    for page in evidence.pages.values():
        if page.language == evidence.language and (twin := evidence.pages.get(page.twin)):
            yield page, twin


def find_pages(evidence: Evidence) -> Iterator[Spot]:
    if len(evidence.languages) == 1:
        return
    for page in evidence.pages.values():
        if page.twin not in evidence.pages and not page.is_missing_page:
            yield Spot(page.path, f"has no twin {page.twin}")


def find_ids(evidence: Evidence) -> Iterator[Spot]:
    for page, twin in twins(evidence):
        mine, others = _ids(page), _ids(twin)
        if only := [i for i in mine if i not in others]:
            yield Spot(twin.path, f"lacks ids that {page.path} has: {listed(only)}")
        if only := [i for i in others if i not in mine]:
            yield Spot(page.path, f"lacks ids that {twin.path} has: {listed(only)}")
        mine, others = _ids(page, _IN_ORDER), _ids(twin, _IN_ORDER)
        if sorted(mine) == sorted(others) and mine != others:
            first = next(i for i, j in zip(mine, others, strict=True) if i != j)
            yield Spot(twin.path, f"has the same ids in another order, first at {first!r}")


def _ids(page: SitePage, which: str = "[id]") -> list[str]:
    return [node.attributes["id"] or "" for node in page.main.css(which)] if page.main else []


def _differing(shapes: Callable[[LexborNode], Sequence[Shape]]) -> Callable[[Evidence], Iterator[Spot]]:
    """An audit of one kind of part: the two pages' shapes, in order."""

    def find(evidence: Evidence) -> Iterator[Spot]:
        for page, twin in twins(evidence):
            mine = shapes(page.main) if page.main else []
            others = shapes(twin.main) if twin.main else []
            if mine == others:
                continue
            at = next((i for i, (a, b) in enumerate(zip(mine, others, strict=False)) if a != b), None)
            if at is None:
                yield Spot(twin.path, f"has {len(others)}, {page.path} has {len(mine)}; {_surplus(mine, others)}")
            else:
                yield Spot(twin.path, f"has {' '.join(others[at])} where {page.path} has {' '.join(mine[at])}")

    return find


def _surplus(mine: Sequence[Shape], others: Sequence[Shape]) -> str:
    longer, shorter = (mine, others) if len(mine) > len(others) else (others, mine)
    return f"the first without a partner is {' '.join(longer[len(shorter)])}"


def _named(node: LexborNode) -> str:
    identity = node.attributes.get("id")
    return f"{node.tag} #{identity}" if identity else str(node.tag)


def _headings(main: LexborNode) -> list[Shape]:
    return [(_named(node), "") for node in main.css("h1, h2, h3, h4, h5, h6")]


def _tables(main: LexborNode) -> list[Shape]:
    return [(_named(table), _table_size(table)) for table in main.css("table")]


def _table_size(table: LexborNode) -> str:
    rows = table.css("tr")
    return f"{len(rows)} × {max((_width(row) for row in rows), default=0)}"


def _width(row: LexborNode) -> int:
    return sum(int(cell.attributes.get("colspan") or 1) for cell in row.css("th, td"))


def _figures(main: LexborNode) -> list[Shape]:
    return [(_named(node), f"with {len(node.css('img'))} pictures") for node in main.css("figure")]


def _lists(main: LexborNode) -> list[Shape]:
    return [(_named(node), f"of {len(node.css('li'))}") for node in main.css("ul, ol")]


def _key_figures(main: LexborNode) -> list[Shape]:
    return [(_named(node), f"of {len(node.css('dt'))} with {len(node.css('dd'))} values") for node in main.css("dl")]


def _parts(main: LexborNode) -> list[Shape]:
    """The notice of untranslated texts aside, which one language alone has."""
    return [
        (_named(node), "")
        for node in main.css("article, blockquote, [role=note]:not(.untranslated), [role=doc-pagebreak]")
    ]


# --- each page's own outline ---------------------------------------------------------------------------------------


def find_titles(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        titles = page.tree.css("h1")
        if len(titles) != 1:
            yield Spot(page.path, f"has {len(titles)} headings of level 1")


def find_skipped_levels(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        last = 0
        for node in page.main.css("h1, h2, h3, h4, h5, h6") if page.main else []:
            level = int(str(node.tag)[1])
            if level > last + 1:
                yield Spot(place_of(page, node), f"level {level} follows level {last}: {excerpt(node.text())}")
            last = level


_REMEDY = "run: report-site build; if it stays, a template or a hand-written page differs between the languages"
_RULE = "DESIGN 6: explicit ids, equal in both languages"

AUDITS = (
    Audit("parity-page", "every page has a twin in the other language", "DESIGN 2", _REMEDY, find_pages),
    Audit("parity-id", "both languages have the same ids in the same order", _RULE, _REMEDY, find_ids),
    Audit("parity-heading", "both languages have one outline", _RULE, _REMEDY, _differing(_headings)),
    Audit("parity-table", "tables are of one size in both languages", _RULE, _REMEDY, _differing(_tables)),
    Audit("parity-figure", "both languages have the same figures", _RULE, _REMEDY, _differing(_figures)),
    Audit("parity-list", "lists are of one length in both languages", _RULE, _REMEDY, _differing(_lists)),
    Audit("parity-key-figures", "both languages have the same key figures", _RULE, _REMEDY, _differing(_key_figures)),
    Audit(
        "parity-part",
        "both languages have the same cases, quotes, notes and printed pages",
        _RULE,
        _REMEDY,
        _differing(_parts),
    ),
    Audit(
        "outline-title",
        "a page has one heading of level 1",
        "WCAG 1.3.1, 2.4.6",
        "give the page one title",
        find_titles,
    ),
    Audit(
        "outline-level",
        "no heading level is skipped",
        "WCAG 1.3.1, technique G141",
        "mend the outline in report.yml, or the hand-written page",
        find_skipped_levels,
    ),
)
