"""Slugs: how a page's address is spelt, and which addresses and ids the site keeps for itself."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
"""Characters; a file's name holds 255 bytes, and an id joins several slugs."""
FOLDERS = frozenset("assets copies pictures 404 en zh zh-cn zh-tw zh-hans zh-hant".split())  # noqa: SIM905
"""Beside the pages, languages among them: never the address of any page."""
ROUTES = FOLDERS | frozenset(
    # Pages of the site's own, pages that an editor writes by hand.
    """
    index search print corrections glossary sitemap about data accessibility how-to-read
    glossary-product glossary-programme glossary-organisation glossary-department glossary-law glossary-standard
    glossary-document glossary-work glossary-award glossary-person glossary-handle glossary-place glossary-technology
    glossary-term
    """.split()  # noqa: SIM905 (a list of words is easier to read)
)
"""Never the slug of a page."""
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""Windows makes no folder of such a name."""
ANCHORS = frozenset(
    # Ids that templates and the pages about the report set.
    """
    home corrected doubts corrections-table editors-notes content contents chapters sections reader preferences
    preferences-title preferences-note page-top page-end downloads search-field search-hint
    """.split()  # noqa: SIM905
)
"""Never the id of a part of the report."""
_PAGE_MARK = re.compile(r"page-\d+|editors-(?:note|mark)(?:-\d+)?|pref-.*|missing-.*")
"""Ids of printed pages, and of what templates number."""
_NUMBER = re.compile(r"[\d-]+|\d+e\d+|0[xob][\da-f]+")
"""Numbers and dates, as YAML reads them."""
_YAML_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def slug_fault(slug: str) -> str:
    """Why nobody may give a section this slug; empty where it is fine."""
    if not SLUG.fullmatch(slug):
        return f"{slug[:LONGEST_SLUG]!r} is no slug; use small letters, digits and single hyphens"
    if len(slug) > LONGEST_SLUG:
        return f"the slug {slug[:20]!r}… has {len(slug)} characters, more than {LONGEST_SLUG}; shorten it"
    if _DEVICES.fullmatch(slug):
        return f"Windows keeps the name {slug!r} for a device; choose another slug"
    if slug in ROUTES:
        return f"the site itself has a page or folder {slug!r}; choose another slug"
    return ""


def is_anchor(identity: str) -> bool:
    """May be the id of a part of the report: blocks want a letter first, and YAML has to read it as text."""
    return identity[:1].isalpha() and identity not in ANCHORS | _YAML_WORDS and not _PAGE_MARK.fullmatch(identity)


def is_free(slug: str) -> bool:
    """Nobody but the report's own sections lays claim to the slug, as an address, an id or a value of another kind."""
    if slug in ROUTES or _DEVICES.fullmatch(slug):
        return False
    return not _NUMBER.fullmatch(slug) and (is_anchor(slug) or not slug[:1].isalpha())
