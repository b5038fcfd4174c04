"""A repository of one's own around a report: workflow, pinned requirement, README; nothing of the tool's sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from ... import __version__
from ...folder.loading import load_folder
from ...language.starting import readme
from ...model import Language

_MADE = frozenset({"docs", "site"})
"""Folders in a report's folder that the tool makes again."""


def repository_files(language: Language, requirement: str, address: str = "") -> dict[str, bytes]:
    """What stands around report/, by path; `address` is where the site will stand, where that is known."""
    host = urlsplit(address).hostname or ""
    is_domain = bool(host) and urlsplit(address).path == "/" and not host.endswith(".github.io")
    setting = f"    env: {{SITE_URL: {json.dumps(address)}}}\n" if address and not is_domain else ""
    texts = {
        ".github/workflows/pages.yml": _own("pages.yml").replace("    # SITE_URL\n", setting),
        ".gitignore": _own("gitignore.txt"),
        "requirements.txt": f"{requirement}\n",
        "README.md": readme(language),
    }
    if is_domain:
        texts["CNAME"] = f"{host}\n"
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def report_files(folder: Path) -> tuple[Language, dict[str, bytes]]:
    """Language and files of a report's folder, without what is made from it; `InputError` where it doesn't load."""
    language = load_folder(folder).profile.language
    return language, {path.relative_to(folder).as_posix(): path.read_bytes() for path in _kept(folder)}


def _kept(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        first = path.relative_to(folder).parts[0]
        if path.is_file() and first not in _MADE and not first.startswith("."):
            yield path


def own_requirement() -> str:
    """What pip installs to get this very tool: its commit where it came from a repository, else its version."""
    try:
        told = json.loads(distribution("report-site").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        told = {}
    if commit := told.get("vcs_info", {}).get("commit_id"):
        return f"report-site @ git+{told['url']}@{commit}"
    return f"report-site=={__version__}"
