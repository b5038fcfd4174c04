"""Every file of the site before two checkers of HTML that need no browser; every script before a parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


@pytest.mark.parametrize("check", CHECKERS)
def test_no_file_is_objected_to(built_site: Path, check: Callable[[Sequence[Path]], list[str]]) -> None:
    assert check(sorted(built_site.rglob("*.html"))) == []


@pytest.mark.parametrize("check", CHECKERS)
def test_a_broken_file_is_found(tmp_path: Path, check: Callable[[Sequence[Path]], list[str]]) -> None:
    file = tmp_path / "broken.html"
    file.write_text(BROKEN, "utf-8")
    assert any("broken.html" in line and "alt" in line for line in check([file]))


def test_scripts_parse_without_their_comments(built_site: Path) -> None:
    """The build takes out the lines of comment, by a pattern: what it leaves must still be a program."""
    for script in sorted((built_site / "assets" / "js").glob("*.js")):
        assert said(NODE, "--check", script) == []
        assert not any(line.lstrip().startswith(("//", "/*")) for line in script.read_text("utf-8").splitlines())
