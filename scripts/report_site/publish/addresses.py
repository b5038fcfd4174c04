"""Addresses of the files beside the pages, counted from the site's root."""

from __future__ import annotations

from ..model import Language

SITE = "site:"
"""Before an address from the site's root in a page's Markdown; the build writes it out for each page."""

OF_EVERY_SITE = frozenset(("report.json", "ledger.json"))
"""Files beside the pages that each site has: a hand-written page may lead to them, as `site:report.json`."""


def written_out(html: str, root: str) -> str:
    """A page's HTML with those addresses as the page reaches them; `root`: the way to the site's root (`../..`)."""
    return html.replace(f'href="{SITE}', f'href="{root.rstrip("/")}/')


def table_csv(identity: str, language: Language) -> str:
    return f"data/tables/{language}/{identity}.csv"
