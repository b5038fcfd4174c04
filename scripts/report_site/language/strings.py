"""The site's own words in both languages, from strings.yml beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from ..model import Language

LANGUAGES: tuple[Language, Language] = ("zh", "en")


@cache
def _strings() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("strings.yml").read_text("utf-8"))
    return data


def words(key: str, language: Language, **values: object) -> str:
    """The words for `key`, with `{names}` filled in; a `KeyError` tells a programmer's mistake."""
    text = _strings()[key][language]
    return text.format(**values) if values else text
