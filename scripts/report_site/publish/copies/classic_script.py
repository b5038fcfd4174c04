"""The theme's modules as one classic script: what a browser runs in a page from a disk, where it loads no module.

No bundler: the theme is written in the few forms of `import` and `export` that stand below (ESLint holds it to them),
each a statement of its own, and anything else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

_STARTS = r"(?:^|(?<=[;}]))"
"""Of a statement: at a line's start, or behind another one, since the site's scripts have lost their blanks."""
_STATIC = re.compile(_STARTS + r'import\s*\{\s*(\w+(?:,\s*\w+)*),?\s*\}\s*from\s*"\./([\w-]+\.js)";', re.MULTILINE)
_DYNAMIC = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
_EXPORT = re.compile(_STARTS + r"export (?=(?:async )?(?:function|class|const) (\w+)\b)", re.MULTILINE)
_NOTHING = re.compile(_STARTS + r"export\s*\{\s*\};", re.MULTILINE)
_LEFT = re.compile(_STARTS + r"(?:import|export)\b|\bimport\s*\(|\bimport\.meta\b", re.MULTILINE)
_FRAME = """(() => {{
"use strict";
const modules = {{}}, loaded = {{}};
const loadModule = (name) => {{
  if (!(name in loaded)) {{
    const exported = {{}};
    modules[name](exported);
    loaded[name] = exported;
  }}
  return loaded[name];
}};
const loadModuleLater = async (name) => loadModule(name);
{modules}
for (const name of document.currentScript.dataset.start.split(" ")) loadModule(name);
}})();
"""


def classic_script(modules: Mapping[str, str]) -> str:
    """One script of all `modules`, by file name; each runs once, when it is first asked for.

    The element that loads it names in `data-start` those to begin with, parted by blanks. Raises `ValueError` for what
    it can't carry over: a form that it doesn't know, a module that isn't there or that imports itself in the end.
    """
    needed = {name: {match[2] for match in _STATIC.finditer(text)} for name, text in modules.items()}
    later = {match[1] for text in modules.values() for match in _DYNAMIC.finditer(text)}
    if missing := sorted(later.union(*needed.values()) - set(modules)):
        raise ValueError(f"no such module: {', '.join(missing)}")
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        raise ValueError(f"modules import each other: {' → '.join(error.args[1])}") from error
    return _FRAME.format(modules="\n".join(_function(name, modules[name]) for name in sorted(modules)))


def _function(name: str, text: str) -> str:
    exported = _EXPORT.findall(text)
    body = _STATIC.sub(r'const { \1 } = loadModule("\2");', _NOTHING.sub("", text))
    body = _DYNAMIC.sub(r'loadModuleLater("\1")', _EXPORT.sub("", body))
    if left := _LEFT.search(body):
        line = body[: left.start()].count("\n") + 1
        raise ValueError(f"{name}: line {line} imports or exports in a form that is not known here")
    handed_on = f"Object.assign(exported, {{ {', '.join(exported)} }});\n" if exported else ""
    return f'modules["{name}"] = (exported) => {{\n{body.rstrip()}\n{handed_on}}};'
