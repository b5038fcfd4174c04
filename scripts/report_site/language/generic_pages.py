"""Pages that every site needs: about itself, its accessibility, how to read it; in words that hold for any report."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from string import Template

from opencc import OpenCC

from ..model import Language

NAMES = ("about", "accessibility", "how-to-read")
_SCRIPTS: Mapping[str, str] = {"zh-Hant": "s2t", "zh-TW": "s2twp", "zh-HK": "s2hk"}
"""Tag of a traditional Chinese -> what OpenCC makes it by."""


def generic_page(name: str, language: Language, variety: str, names: Mapping[str, str]) -> str:
    """The page's Markdown with the report's `names` filled in, which are Markdown already.

    A line about a name that isn't known is left out.
    """
    text = files(__package__).joinpath("generic", language, f"{name}.md").read_text("utf-8")
    if language == "zh" and variety in _SCRIPTS:
        text = OpenCC(_SCRIPTS[variety]).convert(text)
    known = (line for line in text.splitlines() if set(Template(line).get_identifiers()) <= names.keys())
    return Template("\n".join(known) + "\n").substitute(names)
