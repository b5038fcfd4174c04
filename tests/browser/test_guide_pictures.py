"""The guide's screenshots are those of the program as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from user_guide.building import GUIDE
from user_guide.screenshots import PICTURES, SIZE, shoot
from user_guide.wording import LANGUAGES


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.webp"))


def test_the_guide_shows_each() -> None:
    shown = {
        name
        for language in LANGUAGES
        for page in (GUIDE / language).glob("*.md")
        for name in re.findall(r"!\[[^\]]+\]\(\.\./pictures/([^)]+)\)", page.read_text("utf-8"))
    }
    assert names(PICTURES) == sorted(shown)


@pytest.mark.browser
@pytest.mark.audit
def test_they_can_be_made_anew(browser: Browser, tmp_path: Path) -> None:
    """Names and sizes: pixels differ between browsers and fonts."""
    shoot(browser, tmp_path)
    assert names(tmp_path) == names(PICTURES)
    for name in names(tmp_path):
        for picture in (tmp_path / name, PICTURES / name):
            with Image.open(picture) as opened:
                assert opened.size == SIZE
                assert len(opened.convert("L").getcolors(1 << 24) or ()) > 20, "nothing is seen"
