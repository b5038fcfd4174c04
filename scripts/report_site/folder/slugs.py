"""Slugs: the part of a page's address that names it, and the ids of headings."""

from __future__ import annotations

import re

LONGEST_SLUG = 80
"""A file's name has 255 bytes at the most, and ids join the slugs of several headings."""
RESERVED_SLUGS = frozenset(
    [
        *("index", "search", "print", "corrections", "glossary", "home"),  # pages that the site makes itself
        *("en", "zh", "zh-hans", "zh-hant"),  # folders of the languages
        *("assets", "pictures", "cards", "fonts", "stylesheets", "javascripts"),  # folders of files
        *("404", "sitemap", "robots", "ledger", "report", "outline", "key-figures", "search-index", "favicon"),  # files
    ]
)
"""Addresses that the site itself uses."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_fault(slug: str) -> str:
    """What keeps a text from being a slug; empty for a good one."""
    if not _SLUG.fullmatch(slug):
        return f"{slug[:LONGEST_SLUG]!r} is no slug; use small letters, digits and single hyphens"
    if len(slug) > LONGEST_SLUG:
        return f"a slug of {len(slug)} characters is too long; use {LONGEST_SLUG} at the most"
    return ""
