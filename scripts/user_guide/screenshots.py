"""The guide's screenshots, from the sample in `guide/sample` by the commands that the guide names.

They are committed: another browser or font gives other pixels, and `make guide` needs no browser. A test makes them
anew and compares names and sizes.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from report_site.publish.writing import MARKER

from .building import GUIDE
from .wording import LANGUAGES

SAMPLE, PICTURES = GUIDE / "sample", GUIDE / "pictures"
PREFLIGHT_NAME = "preflight.html"
SIZE = (1000, 760)
_EMPTY = re.compile(r'msgid "(?P<text>.+)"\nmsgstr ""')
_GUESS = re.compile(r"^# guess.*\n|  # guess.*$", re.MULTILINE)
_SITES = {"zh": "site/index.html", "en": "site/en/index.html"}


def make_pictures(target: Path = PICTURES) -> None:
    """All screenshots in `target`, which may hold older ones; takes the Chromium of the system."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shoot(browser, target)
        browser.close()


def shoot(browser: Browser, target: Path) -> None:
    """Screenshots of the sample's pages by `browser`, `target/{zh,en}/NAME.webp`."""
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        make_sample(Path(folder))
        for language in LANGUAGES:
            for name, page in _pages(Path(folder), language):
                picture = target / language / f"{name}.webp"
                picture.parent.mkdir(parents=True, exist_ok=True)
                picture.write_bytes(_shot(browser, page))


def make_sample(folder: Path) -> None:
    """Two years of the sample report in the empty `folder`: the first translated and built, the second carried over."""
    for file in SAMPLE.iterdir():
        shutil.copy(file, folder)
    _run(folder, "new", "first", "--source", "2031.md")
    _translate(folder / "first")
    _run(folder, "build", "--report", "first", "--url", "https://lakeside.example.org/")
    _run(folder, "new", "second", "--from", "first", "--source", "2032.md")
    _translate(folder / "second")


def _pages(folder: Path, language: str) -> Iterator[tuple[str, Path]]:
    yield "home", folder / _SITES[language]
    _run(folder, "new", f"begun-{language}", "--source", "2031.md", "--language", language)
    yield "preflight", folder / f"begun-{language}" / PREFLIGHT_NAME
    comparison = folder / f"comparison-{language}.html"
    _run(folder, "compare", "first", "second", "--language", language, "--out", comparison.name)
    yield "compare", comparison


def _run(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "report_site", *arguments], cwd=folder, check=True, capture_output=True)


def _translate(folder: Path) -> None:
    """What a translator and an editor would write."""
    known: dict[str, str] = yaml.safe_load((SAMPLE / "translations.yml").read_text("utf-8"))
    catalogue, profile = folder / "en.po", folder / "report.yml"
    catalogue.write_text(
        _EMPTY.sub(
            lambda found: f'msgid "{found["text"]}"\nmsgstr "{known[found["text"]]}"', catalogue.read_text("utf-8")
        ),
        "utf-8",
    )
    text = _GUESS.sub("", profile.read_text("utf-8"))
    for own, english in known.items():
        text = text.replace(f"  en: {own}\n", f"  en: {english}\n")
    profile.write_text(text, "utf-8")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Address of the folder as a reader's browser sees it: scripts run that don't from a disk."""
    root = next((path for path in (folder, *folder.parents) if (path / MARKER).exists()), folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{folder.relative_to(root).as_posix()}".rstrip("/.")
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads along."""


def _shot(browser: Browser, page_file: Path) -> bytes:
    page = browser.new_page(
        viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light", reduced_motion="reduce"
    )
    with _served(page_file.parent) as address:
        page.goto(f"{address}/{page_file.name}")
        page.wait_for_load_state("networkidle")
    if page_file.name == PREFLIGHT_NAME:
        page.locator("h2").nth(1).evaluate("heading => heading.scrollIntoView()")
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    small = io.BytesIO()
    shot.convert("RGB").save(small, "WEBP", quality=80, method=6)
    return small.getvalue()
