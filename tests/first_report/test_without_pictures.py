"""This edition shows no pictures, the site's own signs included: its text is text (WCAG 1.4.5, 1.4.9)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.slow

PICTURES = "img, picture, svg, canvas, object, embed, input[type=image], [background], [style*='url('], [style*=image]"
DRAWN = re.compile(r"([\w-]+)\s*:[^;{}]*?\b(?:url|image-set|cross-fade)\(")


def test_no_page_shows_a_picture(built_site: Path) -> None:
    pages = sorted(built_site.rglob("*.html"))
    assert pages
    shown = {page.name: LexborHTMLParser(page.read_text("utf-8")).css(PICTURES) for page in pages}
    assert [name for name, nodes in shown.items() if nodes] == []


def test_no_style_sheet_and_no_script_draws_one(built_site: Path) -> None:
    """The pointer may be a drawing: it has no words."""
    sheets = sorted(built_site.rglob("*.css"))
    assert sheets
    assert {name for sheet in sheets for name in DRAWN.findall(sheet.read_text("utf-8"))} <= {"cursor"}
    made = re.compile(r"createElement(?:NS)?\([^)]*[\"'](?:img|svg|canvas)[\"']|new Image\(")
    assert [script.name for script in built_site.rglob("*.js") if made.search(script.read_text("utf-8"))] == []


def test_pictures_are_found(tmp_path: Path) -> None:
    page = LexborHTMLParser("<p style='background: url(a.png)'>a</p><img src=a.png><svg></svg>")
    assert len(page.css(PICTURES)) == 3
    assert DRAWN.findall("a { cursor: url('p.svg') 4 3, auto; background-image: url(b.png) }") == [
        "cursor",
        "background-image",
    ]
