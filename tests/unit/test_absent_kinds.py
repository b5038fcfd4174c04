"""Kinds of content that the site says it hasn't: criteria about them don't apply as long as these tests pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

pytestmark = pytest.mark.slow

MEDIA = "audio, video, embed, object, iframe, canvas, track, source[type^=audio], source[type^=video]"
MOVING = "marquee, blink, animate, animateTransform, animateMotion, img[src$='.gif']"
FIELDS = {"search", "checkbox", "radio", "button", "submit", "hidden"}
REFUSING = "[required], [pattern], [min], [max], [minlength], [maxlength], [aria-invalid], [aria-required=true]"
REFUSED = re.compile(r"setCustomValidity|reportValidity|aria-?invalid", re.IGNORECASE)
PRESSED = re.compile(r"[\"'](mousedown|touchstart|touchend)[\"']")
PRESSING = "[onmousedown], [onpointerdown], [ontouchstart]"
INPUT_KINDS = re.compile(r"pointerType|maxTouchPoints|ontouchstart|any-(?:pointer|hover)|\(pointer:|\(hover:")
INPUT_MEDIA = re.compile(r"\((?:any-)?((?:hover|pointer)\s*:)|(touch-action\s*:\s*none)")
LISTENED = re.compile(r"[\"'](device(?:motion|orientation)|touch\w+|drag\w*|gesture\w+)[\"']")


def found(site: Path, selector: str) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        yield from (f"{path.relative_to(site)}: {described(node)}" for node in tree.css(selector))


def described(node: LexborNode) -> str:
    return (node.html or "")[:100]


def test_no_page_holds_media_of_time(built_site: Path) -> None:
    assert list(found(built_site, MEDIA)) == []


def test_nothing_moves_or_loads_anew_by_itself(built_site: Path) -> None:
    assert list(found(built_site, f"{MOVING}, meta[http-equiv=refresh]")) == []


def test_no_field_asks_about_the_reader_and_nothing_is_sent(built_site: Path) -> None:
    inputs = found(built_site, "input:not(" + "):not(".join(f"[type={kind}]" for kind in sorted(FIELDS)) + ")")
    assert list(inputs) == []
    assert list(found(built_site, "input[autocomplete]:not([autocomplete=off]), textarea, form[method=post]")) == []


def in_scripts(site: Path, pattern: re.Pattern[str]) -> dict[str, list[str]]:
    """What each script of the site holds of it."""
    scripts = sorted(site.rglob("*.js"))
    assert scripts
    held = {script.name: pattern.findall(script.read_text("utf-8")) for script in scripts}
    return {name: found for name, found in held.items() if found}


def test_no_script_listens_to_touch_paths_drags_or_motion(built_site: Path) -> None:
    assert in_scripts(built_site, LISTENED) == {}


def test_no_field_refuses_what_is_typed(built_site: Path) -> None:
    """Without a field that may be wrong there is no error of input: nothing to name, and nothing to suggest."""
    assert list(found(built_site, REFUSING)) == []
    assert in_scripts(built_site, REFUSED) == {}


def test_no_markup_and_no_script_waits_for_a_press_alone(built_site: Path) -> None:
    """`pointerdown` may be noted; that nothing comes of it, `tests/browser/test_pointer.py` tries on each control."""
    assert list(found(built_site, PRESSING)) == []
    assert in_scripts(built_site, PRESSED) == {}


def test_no_script_and_no_style_asks_what_one_points_with(built_site: Path) -> None:
    """Nothing is for the mouse, the finger or the keyboard alone (WCAG 2.5.6)."""
    assert in_scripts(built_site, INPUT_KINDS) == {}
    sheets = {
        sheet.name: ["".join(one) for one in INPUT_MEDIA.findall(sheet.read_text("utf-8"))]
        for sheet in built_site.rglob("*.css")
    }
    assert sheets
    assert {name: found for name, found in sheets.items() if found} == {}


def test_a_page_that_holds_them_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<video></video><marquee>a</marquee><input type=password>", "utf-8")
    assert len(list(found(tmp_path, MEDIA))) == len(list(found(tmp_path, MOVING))) == 1
    assert LISTENED.findall("addEventListener('touchmove', f)") == ["touchmove"]
    assert INPUT_KINDS.findall("if (event.pointerType === 'mouse') f()") == ["pointerType"]
    assert len(INPUT_MEDIA.findall("@media (hover: hover) and (any-pointer:fine) { a { touch-action: none } }")) == 3


def test_a_page_that_refuses_or_acts_on_the_press_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<input required><b onmousedown='f()'>a</b>", "utf-8")
    (tmp_path / "page.js").write_text("field.setCustomValidity(a); on('touchstart', f)", "utf-8")
    assert len(list(found(tmp_path, REFUSING))) == len(list(found(tmp_path, PRESSING))) == 1
    assert in_scripts(tmp_path, REFUSED) == {"page.js": ["setCustomValidity"]}
    assert in_scripts(tmp_path, PRESSED) == {"page.js": ["touchstart"]}
