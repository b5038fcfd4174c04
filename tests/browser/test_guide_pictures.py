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

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_they_can_be_made_anew_and_the_guide_shows_each(browser: Browser, tmp_path: Path) -> None:
    """Names and sizes: pixels differ between browsers and fonts."""
    shoot(browser, tmp_path)
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.webp"))
    shown = {
        name
        for language in LANGUAGES
        for page in (GUIDE / language).glob("*.md")
        for name in re.findall(r"!\[[^\]]+\]\(\.\./pictures/([^)]+)\)", page.read_text("utf-8"))
    }
    assert made == sorted(path.relative_to(PICTURES).as_posix() for path in PICTURES.rglob("*.webp")) == sorted(shown)
    for name in made:
        for picture in (tmp_path / name, PICTURES / name):
            with Image.open(picture) as opened:
                assert opened.size == SIZE
                assert len(opened.convert("L").getcolors(1 << 24) or ()) > 20, "nothing is seen"
