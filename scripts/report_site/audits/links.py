"""Every link inside the site leads somewhere, and every page to its twin in the other language."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from ..language.tags import other_than
from .evidence import Evidence, SitePage, Target, place_of, resolve
from .finding import Audit, Spot

_LINKING = (("a[href]", "href"), ("area[href]", "href"), ("link[href]", "href"), ("form[action]", "action"))
_LOADING = (
    ("img[src]", "src"),
    ("script[src]", "src"),
    ("source[src]", "src"),
    ('meta[property="og:image"]', "content"),
)


def _addresses(page: SitePage) -> Iterator[tuple[LexborNode, str]]:
    for selector, name in (*_LINKING, *_LOADING):
        for node in page.tree.css(selector):
            yield node, (node.attributes.get(name) or "").strip()
    for node in page.tree.css("[srcset]"):
        for part in (node.attributes.get("srcset") or "").split(","):
            if part.strip():
                yield node, part.split()[0]


def find_dead(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        for node, address in _addresses(page):
            target = resolve(page, address) if address else None
            if not address:
                yield Spot(place_of(page, node), f"<{node.tag}> has an empty address")
            elif target is not None and target.file not in evidence.files:
                yield Spot(place_of(page, node), f"leads to {address}, which the site doesn't have")


def find_dead_fragments(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        for node, address in _addresses(page):
            target = resolve(page, address)
            if target is not None and not _arrives(evidence, target):
                yield Spot(place_of(page, node), f"leads to {address}, where no id is #{target.fragment}")


def _arrives(evidence: Evidence, target: Target) -> bool:
    there = evidence.pages.get(target.file)
    return there is None or target.fragment in ("", "top") or target.fragment in there.ids


def find_rooted(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        if not page.is_missing_page:
            for node, address in _addresses(page):
                if address.startswith("/"):
                    yield Spot(place_of(page, node), f"the address {address} holds at one path only")


def find_twins(evidence: Evidence) -> Iterator[Spot]:
    for page in evidence.pages.values():
        if page.is_missing_page or page.twin not in evidence.pages:
            continue
        tag, other = (evidence.tag(one) for one in (page.language, other_than(page.language)))
        if page.twin not in _targets(page, f'a[hreflang="{other}"]'):
            yield Spot(page.path, f"no link leads to its twin {page.twin}")
        for language, path in ((tag, page.path), (other, page.twin)):
            if path not in _targets(page, f'link[rel="alternate"][hreflang="{language}"]'):
                yield Spot(page.path, f'no <link rel="alternate" hreflang="{language}"> names {path}')


def _targets(page: SitePage, selector: str) -> set[str]:
    targets = (resolve(page, node.attributes.get("href") or "") for node in page.tree.css(selector))
    return {target.file for target in targets if target}


AUDITS = (
    Audit(
        "links-target",
        "every internal address is that of a file in the site",
        "WCAG 2.4.4; DESIGN 2",
        "mend the address in its template or page",
        find_dead,
    ),
    Audit(
        "links-fragment",
        "every internal fragment is that of an id",
        "WCAG 2.4.4; DESIGN 6",
        "mend the fragment in its template or page",
        find_dead_fragments,
    ),
    Audit(
        "links-relative",
        "addresses inside the site are relative",
        "DESIGN 2: works from any sub-path and offline",
        "write it relative to the page",
        find_rooted,
    ),
    Audit(
        "links-twin",
        "every page names and links to its twin in the other language",
        "DESIGN 6: the language switch keeps the place",
        "mend the template",
        find_twins,
    ),
)
