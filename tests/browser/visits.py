"""First visits to the pages: to see what each fetches and says, with nothing kept from the page before, and how it is laid out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from checkers.axe import examined, violations

from .modes import WIDTHS, widened

OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a first visit to a page asks for, what the console says meanwhile, by how much the page is too wide at 320 px,
    and what axe-core finds on it at the largest width, where it was asked.
    """

    requests: tuple[str, ...]
    said: tuple[str, ...]
    overflow: int
    violations: tuple[str, ...] | None


def first_visits(
    browser: Browser, urls: Iterable[str], until: Literal["load", "networkidle"] = "load", examine: Collection[str] = ()
) -> Iterator[tuple[str, Visit]]:
    """At 320 px, without what the browser has fetched before; `examine`: those that axe-core looks at."""
    requests: list[str] = []
    said: list[str] = []
    with examined(browser, 320, fresh=True) as page:
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        for url in urls:
            widened(page, 320)
            requests.clear()
            said.clear()
            page.goto(url, wait_until=until)
            asked, told, overflow = tuple(requests), tuple(said), page.evaluate(OVERFLOW)
            found = None
            if url in examine:
                widened(page, max(WIDTHS))
                found = tuple(violations(page))
            yield url, Visit(asked, told, overflow, found)


def keep(visits: Mapping[str, Visit], site_url: str, path: Path) -> None:
    """For another process, which serves the site at an address of its own."""
    path.write_text(json.dumps([site_url, {url: asdict(seen) for url, seen in visits.items()}]), "utf-8")


def kept(path: Path, site_url: str) -> dict[str, Visit]:
    told = path.read_text("utf-8")
    there, _ = json.loads(told)
    _, visits = json.loads(told.replace(there, site_url))
    return {url: _visit(**seen) for url, seen in visits.items()}


def _visit(requests: list[str], said: list[str], overflow: int, violations: list[str] | None) -> Visit:
    return Visit(tuple(requests), tuple(said), overflow, None if violations is None else tuple(violations))
