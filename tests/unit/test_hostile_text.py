"""Text from a report is never markup: a hostile extraction becomes a site that shows it as text and runs none of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from places import SAMPLES
from report_site.commands.cli import main

HOSTILE = SAMPLES / "hostile-en.md"
OWN_SCRIPTS = ("assets/js/", "application/ld+json")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    for arguments in (
        ["new", root / "report", "--source", HOSTILE],
        ["build", "--report", root / "report", "--site", root / "site"],
    ):
        result = CliRunner().invoke(main, list(map(str, arguments)))
        assert result.exit_code == 0, result.output
    return root / "site"


def pages(site: Path) -> list[LexborHTMLParser]:
    return [LexborHTMLParser(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))]


def test_no_element_or_attribute_gets_through(site: Path) -> None:
    for tree in pages(site):
        assert not tree.css("iframe, svg, main img, main style, object, embed")
        for node in tree.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], node.html
            assert not (node.attributes.get("href") or "").startswith("javascript:"), node.html
        for script in tree.css("script"):
            assert any(
                own in (script.attributes.get("src") or script.attributes.get("type") or "") for own in OWN_SCRIPTS
            )


def test_everything_is_shown_as_text(site: Path) -> None:
    shown = " ".join(tree.body.text() for tree in pages(site) if tree.body)
    for text in (
        "<script>alert(1)</script>",
        "{{ config.site_url }}",
        '{% include "main.html" %}',
        "and link and <iframe src=",
        '--8<-- "mkdocs.yml"',
        "{: onclick=alert(6) }",
        "</td><script>alert(8)</script>",
        "<script> <b> http://evil.example",
    ):
        assert text in shown
