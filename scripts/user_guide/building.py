"""Written and generated pages together to `build/guide`, by MkDocs with Material: no step asks the network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from .findings import findings_page
from .reference import FILES, reference_page
from .wording import LANGUAGES, Voice

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "guide"
SETTINGS = GUIDE / "mkdocs.yml"
GATHERED = ROOT / "build" / "guide-pages"
"""What MkDocs reads: `docs_dir` of the settings."""
BUILT = ROOT / "build" / "guide"


def generated_pages(language: str) -> Mapping[str, str]:
    """Path below the language's folder -> Markdown."""
    voice = Voice(language)
    pages = {f"reference/{file.page}": reference_page(file, voice) for file in FILES}
    return {**pages, "findings.md": findings_page(voice)}


def gather(target: Path) -> None:
    """All pages and pictures of the guide in the new folder `target`."""
    shutil.copytree(GUIDE / "pictures", target / "pictures")
    for language in LANGUAGES:
        shutil.copytree(GUIDE / language, target / language)
        for name, text in generated_pages(language).items():
            page = target / language / name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf-8")


def build(target: Path = BUILT) -> None:
    """The site in `target`; a broken link or a page outside the navigation is named, and stops it."""
    shutil.rmtree(GATHERED, ignore_errors=True)
    gather(GATHERED)
    command = ("mkdocs", "build", "--quiet", "--strict", "--config-file", str(SETTINGS), "--site-dir", str(target))
    subprocess.run([sys.executable, "-m", *command], check=True)
