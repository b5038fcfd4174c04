"""The site names the address that it will stand at: in canonical links, the sitemap, and links for citing."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.addresses import is_placeholder
from .evidence import Evidence
from .finding import Audit, Spot


def find_placeholder(evidence: Evidence) -> Iterator[Spot]:
    home = evidence.pages.get("index.html")
    if home is not None and is_placeholder(home.base):
        yield Spot(home.path, f"the site's address is {home.base or 'not stated'}, which only stands in for one")


AUDITS = (
    Audit(
        "address-placeholder",
        "The site names the address that it will stand at.",
        "RFC 6596, canonical links",
        "build with --url or SITE_URL, or put the domain into a file CNAME; GitHub's workflow knows it by itself",
        find_placeholder,
    ),
)
