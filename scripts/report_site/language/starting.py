"""What the README of a repository around one report says."""

from __future__ import annotations

from importlib.resources import files

from ..model import Language


def readme(language: Language) -> str:
    return files(__package__).joinpath("starter", f"README.{language}.md").read_text("utf-8")
