"""Every file of the site before two checkers of HTML that need no browser; every script before a parser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from . import FOLDER, JAVA, MODULES, NODE, said

pytestmark = pytest.mark.checkers

BROKEN = '<!DOCTYPE html><html lang="en"><title>Broken</title><p id="a">A</p><p id="a"><img src="a.png"></p></html>'


def nu(files: Sequence[Path]) -> list[str]:
    """The Nu HTML checker (validator.nu): errors and warnings."""
    return said(*JAVA, "-jar", MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar", *files)


def html_validate(files: Sequence[Path]) -> list[str]:
    program = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    return said(NODE, program, "--config", FOLDER / "html-validate.mjs", "--formatter", "text", *files)


CHECKERS = [nu, html_validate]


@pytest.fixture(scope="module", params=CHECKERS)
def objections(request: pytest.FixtureRequest, built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """To the site's files and to a broken one: a checker takes longer to start than over a page."""
    broken = tmp_path_factory.mktemp("markup") / "broken.html"
    broken.write_text(BROKEN, "utf-8")
    found: list[str] = request.param([*sorted(built_site.rglob("*.html")), broken])
    return found


def test_no_file_is_objected_to(built_site: Path, objections: list[str]) -> None:
    assert (built_site / "index.html").is_file()
    assert [line for line in objections if "broken.html" not in line] == []


def test_a_broken_file_is_found(objections: list[str]) -> None:
    assert any("broken.html" in line and "alt" in line for line in objections)


def test_scripts_parse_without_their_comments(built_site: Path) -> None:
    """The build takes out the lines of comment, by a pattern: what it leaves must still be a program."""
    for script in sorted((built_site / "assets" / "js").glob("*.js")):
        assert said(NODE, "--check", script) == []
        assert not any(line.lstrip().startswith(("//", "/*")) for line in script.read_text("utf-8").splitlines())
