"""What stylesheets, scripts and pages lose on their way to the site is what no reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from report_site.site.hooks import script, stylesheets
from report_site.site.kept import without_gaps


def sheet(folder: Path, css: str) -> str:
    (folder / "sheets.txt").write_text("all.css: one.css\n", "utf-8")
    (folder / "one.css").write_text(css, "utf-8")
    return stylesheets(folder)["all.css"].strip()


@pytest.mark.parametrize(
    "declaration",
    ['content:"a  ;  b /* no comment */ { c : d }"', "content:' , '", "inline-size:calc(1px + (2px - 3px))"],
)
def test_strings_and_sums_of_a_stylesheet_stay(tmp_path: Path, declaration: str) -> None:
    assert sheet(tmp_path, f"/* why */\n.a {{\n  {declaration};\n}}\n") == f".a{{{declaration}}}"


def test_queries_keep_the_blanks_that_carry_meaning(tmp_path: Path) -> None:
    css = "@media screen and (min-width: 3rem) {\n  .a > .b + .c :is(.d, .e) {\n    color: red;\n  }\n}\n"
    assert sheet(tmp_path, css) == "@media screen and (min-width:3rem){.a>.b + .c :is(.d,.e){color:red}}"


def test_a_line_of_a_template_literal_is_no_comment() -> None:
    assert "\n// said\n" in script("// why\nconst text = `first\n// said\n`; // and why\n")
    assert "why" not in script("// why\nconst text = `first\n// said\n`; // and why\n")


def test_an_address_in_a_string_is_no_comment() -> None:
    assert script('const here = "https://example.org/"; /* no */\n') == 'const here="https://example.org/";'


def test_what_is_preformatted_keeps_its_indentation() -> None:
    html = "<main>\n    <pre><code>a:\n    b:  c\n</code></pre>\n\n   <p>x</p>\n</main>"
    wanted = "<main>\n<pre><code>a:\n    b:  c\n</code></pre>\n<p>x</p>\n</main>"
    assert without_gaps(html) == wanted
