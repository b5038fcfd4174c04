"""The address under which a site will stand: given, of the platform that publishes it, or the one of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from ..language.addresses import is_placeholder
from ..model.errors import InputError, Problem
from . import PROJECT_ROOT

CNAME = "CNAME"
_REPOSITORY = re.compile(r"(?P<owner>[A-Za-z0-9][A-Za-z0-9-]*)/(?P<name>[A-Za-z0-9._-]+)")
_HOST = re.compile(r"[^\s/:@?#]+\.[^\s/:@?#]+")
_UNSAFE = re.compile(r"[\s<>\"'`{}|\\^]")
"""Never written in an address as it is."""
ASK = "give it as --url, in the variable SITE_URL, or as a domain in a file CNAME beside the report"


def site_address(given: str | None, folders: Iterable[Path], environment: Mapping[str, str]) -> str:
    """In this order: `given`, SITE_URL, CNAME in one of the folders, GITHUB_REPOSITORY; empty where none says it."""
    if given:
        return _checked(given, "--url")
    if url := environment.get("SITE_URL", "").strip():
        return _checked(url, "SITE_URL")
    for folder in folders:
        if domain := domain_in(folder):
            return f"https://{domain}/"
    repository = environment.get("GITHUB_REPOSITORY", "").strip()
    return _pages_address(repository) if repository else ""


def require_address(address: str) -> str:
    """The address, or an `InputError`: a site that names a stranger's host must not be published."""
    address = address or own_setting()
    if is_placeholder(address):
        raise InputError(Problem(address or "the site", "is no address that the site will stand at", ASK))
    return address


def own_setting() -> str:
    """`site_url` of mkdocs.yml: what holds where nothing else says it."""
    text = (PROJECT_ROOT / "mkdocs.yml").read_text("utf-8")
    return str(yaml.safe_load(text).get("site_url") or "")


def domain_in(folder: Path) -> str:
    """The domain of the folder's CNAME file; empty without one."""
    path = folder / CNAME
    if not path.is_file():
        return ""
    domain = path.read_text("utf-8", errors="replace").strip().lower()
    if not _HOST.fullmatch(domain):
        raise InputError(
            Problem(f"{path}:1", f"{domain[:60]!r} is no domain", "write one alone, as reports.example.org")
        )
    return domain


def _pages_address(repository: str) -> str:
    """Where GitHub Pages puts a repository: below its owner's host, or at its root when it is named as the host is."""
    match = _REPOSITORY.fullmatch(repository)
    if match is None:
        raise InputError(Problem("GITHUB_REPOSITORY", f"{repository[:60]!r} is no OWNER/NAME", ASK))
    host, name = f"{match['owner'].lower()}.github.io", match["name"]
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _checked(url: str, place: str) -> str:
    parts = urlsplit(url.strip())
    unsafe = _UNSAFE.search(url) or parts.scheme not in ("http", "https")
    if unsafe or not parts.hostname or parts.query or parts.fragment:
        raise InputError(Problem(place, f"{url[:80]!r} is no address of a site", "write it whole, with https://"))
    return parts.geturl().rstrip("/") + "/"
