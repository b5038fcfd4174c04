"""The site's own words, one flat file an interface language in `words/`: shell, search, print and generated pages."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ..model import Language
from ..model.errors import InputError, Problem
from .shipped import read_shipped

LANGUAGES: tuple[Language, Language] = ("zh", "en")
REFERENCE = "en"
"""The file that the others are compared with."""


def words(key: str, voice: str, **values: object) -> str:
    """The words for `key` in an interface language, `{names}` filled in; a `KeyError` is a programmer's mistake."""
    text = all_words(voice)[key]
    for name, value in values.items():
        if str(value).endswith("."):
            text = re.sub(rf"(\{{{name}\}})\.(?=\s|$)", r"\1", text)
    return text.format(**values) if values else text


def counted(key: str, voice: str, count: int, **values: object) -> str:
    """The words for one (`KEY-one`) or for another number of things (`KEY-other`), `{count}` filled in as well."""
    return words(f"{key}-{'one' if count == 1 else 'other'}", voice, count=count, **values)


def ended(text: str) -> str:
    """With its full stop, which a name such as `Harbour Co., Ltd.` brings along."""
    return text if text.endswith(".") else f"{text}."


@cache
def all_words(voice: str) -> Mapping[str, str]:
    """Every key of the interface language `voice` (`zh`, `zh-Hant`, `en`), compared with the reference."""
    found = _read(voice)
    if voice != REFERENCE and (problems := differences(found, all_words(REFERENCE), f"words/{voice}.yml")):
        raise InputError(*problems)
    return MappingProxyType(found)


def voices() -> tuple[str, ...]:
    """The interface languages that there are."""
    folder = files(__package__).joinpath("words")
    return tuple(sorted(file.name.removesuffix(".yml") for file in folder.iterdir() if file.name.endswith(".yml")))


def _read(voice: str) -> dict[str, str]:
    data: dict[str, str] = read_shipped(files(__package__).joinpath("words", f"{voice}.yml"))
    return data


def differences(found: Mapping[str, str], reference: Mapping[str, str], file: str) -> list[Problem]:
    """Keys that are missing or that nothing uses, and keys that don't name the same `{values}`."""
    missing = [Problem(file, f"the key {key!r} is missing", "translate it") for key in reference if key not in found]
    unused = [Problem(file, f"nothing uses the key {key!r}", "take it out") for key in found if key not in reference]
    odd = [
        Problem(f"{file}: {key}", f"names {_names(found[key])}, expected {_names(text)}", "use the same names")
        for key, text in reference.items()
        if key in found and _names(found[key]) != _names(text)
    ]
    return [*missing, *unused, *odd]


def _names(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})
