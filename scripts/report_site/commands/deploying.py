"""A built site on its way to GitHub Pages: nothing leaves before it names its own address."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import ghp_import

from ..audits.evidence import parse_pages
from ..model.errors import InputError, Problem
from ..site.address import require_address

BUILD = "run: report-site build"


def address_in(site: Path) -> str:
    """The address that the built site names as its own; an `InputError` where that only stands in for one."""
    home = site / "index.html"
    if not home.is_file():
        raise InputError(Problem(str(site), "no built site", BUILD))
    page = parse_pages({"index.html": home.read_text("utf-8")}, "zh")["index.html"]
    try:
        return require_address(page.base)
    except InputError as error:
        found = error.problems[0]
        message = f"the address {page.base} {found.message}" if page.base else "no address that the site will stand at"
        raise InputError(Problem(str(home), message, f"{found.remedy}; then build again")) from error


def deploy(site: Path, remote: str, branch: str) -> str:
    """Makes the site the content of `branch` and pushes it; the address that it stands at then."""
    address = address_in(site)
    host = urlsplit(address).hostname or ""
    domain = None if host.endswith(".github.io") else host
    try:
        ghp_import.ghp_import(
            str(site), remote=remote, branch=branch, push=True, nojekyll=True, cname=domain, mesg=f"Site for {address}"
        )
    except (ghp_import.GhpError, subprocess.CalledProcessError) as error:
        message = getattr(error, "message", None) or str(error)
        remedy = "run this in a clone of the repository, with rights to push, and see what git said above"
        raise InputError(Problem(remote, " ".join(str(message).split()), remedy)) from error
    return address
