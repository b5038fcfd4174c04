"""No words of the shipped site, the report's own included, point by side, shape or colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pointing import POINTING

pytestmark = pytest.mark.slow


def test_no_words_point_by_side_shape_or_colour(built_site: Path) -> None:
    pointed = {}
    for path in sorted(built_site.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        assert tree.body is not None
        if said := POINTING.findall(tree.body.text(separator=" ")):
            pointed[path.relative_to(built_site).as_posix()] = said
    assert pointed == {}
