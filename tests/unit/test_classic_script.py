"""Modules to one classic script: what it knows becomes a part of it, anything else is refused."""

from __future__ import annotations

import re

import pytest

from places import ROOT
from report_site.publish.copies.classic_script import classic_script
from report_site.site.hooks import script

THEME = ROOT / "overrides" / "assets" / "js"
ONE = "export function one() {}\nexport const two = 2;\nexport class Three {}\nexport async function four() {}\n"
USER = 'import { one, two } from "./one.js";\none();\nimport("./later.js").then(({ five }) => five());\nexport {};\n'


def test_each_module_hands_on_what_it_exports() -> None:
    joined = classic_script({"one.js": ONE, "user.js": USER, "later.js": "export function five() {}\n"})
    assert "Object.assign(exported, { one, two, Three, four });" in joined
    assert 'const { one, two } = loadModule("one.js");' in joined
    assert 'loadModuleLater("later.js").then' in joined
    assert not re.search(r"\bimport\b|^export\b", joined, re.MULTILINE)


@pytest.mark.parametrize(
    "text",
    [
        "export default 1;",
        "export { one };",
        "export let one = 1;",
        'export * from "./one.js";',
        'import one from "./one.js";',
        'import * as one from "./one.js";',
        'import { one as two } from "./one.js";',
        'import "./one.js";',
        'import { one } from "https://a.example.org/one.js";',
        "import(name);",
        "const here = import.meta.url;",
    ],
)
def test_what_it_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"user\.js: line 2 "):
        classic_script({"one.js": ONE, "user.js": f"\n{text}\n"})


def test_modules_have_to_be_there_and_may_not_need_each_other() -> None:
    with pytest.raises(ValueError, match=r"no such module: gone\.js"):
        classic_script({"user.js": 'import { one } from "./gone.js";\n'})
    with pytest.raises(ValueError, match="import each other"):
        classic_script({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'})


def test_the_theme_is_written_in_what_it_knows() -> None:
    modules = {file.name: script(file.read_text("utf-8")) for file in THEME.glob("*.js") if file.name != "boot.js"}
    assert all(f'modules["{name}"]' in classic_script(modules) for name in modules)
