"""Pages for the editor: templates of this room, words of the language that the editor reads."""

from __future__ import annotations

import ctypes
import locale
import os
from collections.abc import Mapping
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...language.strings import voices, words

_TAGS: Mapping[str, str] = {"zh": "zh-CN", "zh-Hant": "zh-Hant", "en": "en-GB"}


@cache
def _templates() -> Environment:
    loader = PackageLoader(__package__, "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page_of(template: str, voice: str, **values: object) -> str:
    """The whole page; every value is escaped."""
    say = partial(_said, voice=voice)
    return _templates().get_template(template).render(say=say, tag=tag_of(voice), **values)


def tag_of(voice: str) -> str:
    """For `lang`."""
    return _TAGS.get(voice, voice)


def _said(key: str, *, voice: str, **values: object) -> str:
    return words(key, voice, **values)


def _machines_locale() -> str:
    """As `zh_CN.UTF-8`: Windows doesn't say it by variables."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    windows = getattr(ctypes, "windll", None)
    if named or windows is None:
        return named
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")


def editors_voice(asked: str | None, own: str) -> str:
    """The language asked for, else that of the editor's machine, else the report's `own`."""
    if asked:
        return asked
    spoken = _machines_locale().partition(".")[0].replace("_", "-")
    if spoken.startswith(("zh-TW", "zh-HK", "zh-MO", "zh-Hant")):
        return "zh-Hant"
    return next((voice for voice in voices() if spoken.partition("-")[0] == voice), own)
