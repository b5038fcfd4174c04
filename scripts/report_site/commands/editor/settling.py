"""The lines of report.yml and figures.yml that settle a doubt: written so that they can be copied as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from ...folder.layout import FIGURES_NAME, PROFILE_NAME
from ...folder.profile import LineUse
from ...language.strings import words
from ...source.structure.slugs import slugify
from .doubts import Material, Remedy, place_of

TO_WRITE = "…"
"""Stands for what only a person can write."""


def as_use(material: Material, lines: Sequence[int], use: LineUse, when: str) -> Remedy:
    """Each of the lines is what `use` says."""
    entries = [{"at": place_of(material, number), "as": use, "why": _checked(material)} for number in lines]
    return Remedy(when, PROFILE_NAME, dumped({"lines": entries}))


def _checked(material: Material) -> str:
    return words("preflight-checked", material.voice)


def as_flag(material: Material, lines: Sequence[int]) -> Remedy:
    """It stays as printed, and readers are told of the doubt."""
    what = {"zh": TO_WRITE, "en": TO_WRITE}
    entry = {"at": place_of(material, lines[0], lines[-1]), "what": what}
    return Remedy("only-publisher", PROFILE_NAME, dumped({"flags": [entry]}))


def as_table(material: Material, lines: Sequence[int], kind: str, when: str, **more: object) -> Remedy:
    entry = {
        "at": place_of(material, lines[0], lines[-1]),
        "kind": kind,
        **more,
        "why": _checked(material),
    }
    return Remedy(when, PROFILE_NAME, dumped({"tables": [entry]}))


def as_heading(material: Material, number: int, title: str, when: str = "is-heading") -> Remedy:
    entry = {"at": place_of(material, number), "slug": slugify(title) or f"part-{number}", "kind": "section"}
    return Remedy(when, PROFILE_NAME, dumped({"outline": [entry]}))


def as_correction(material: Material, number: int, wrong: str) -> Remedy:
    why = {"zh": TO_WRITE, "en": TO_WRITE}
    entry = {"at": place_of(material, number), "wrong": wrong, "right": TO_WRITE, "why": why}
    return Remedy("know-right", PROFILE_NAME, dumped({"corrections": [entry]}))


def as_figure(material: Material, lines: Sequence[int], picture: str) -> Remedy:
    words = {"zh": TO_WRITE, "en": TO_WRITE}
    entry = {"at": place_of(material, lines[0]), "alternative": words, "picture": picture}
    return Remedy("write-alternative", FIGURES_NAME, dumped({"figures": [entry]}))


def dumped(data: Mapping[str, object]) -> str:
    """As YAML, each value on one line."""
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=1000)
