"""Which Chinese, which English: the tags that `language` in report.yml may take, and what each means for the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..model import Language


@dataclass(frozen=True, slots=True)
class Variety:
    """A written language: what `lang` takes, the file of the site's words, what Open Graph takes."""

    language: Language
    tag: str
    voice: str
    locale: str


VARIETIES: Mapping[str, Variety] = MappingProxyType(
    {
        "zh": Variety("zh", "zh-CN", "zh", "zh_CN"),
        "zh-Hans": Variety("zh", "zh-Hans", "zh", "zh_CN"),
        "zh-CN": Variety("zh", "zh-CN", "zh", "zh_CN"),
        "zh-Hant": Variety("zh", "zh-Hant", "zh-Hant", "zh_TW"),
        "zh-TW": Variety("zh", "zh-TW", "zh-Hant", "zh_TW"),
        "zh-HK": Variety("zh", "zh-HK", "zh-Hant", "zh_HK"),
        "en": Variety("en", "en", "en", "en_GB"),
    }
)
"""What report.yml may say -> the variety; `zh` alone is the Chinese of the mainland."""
PINYIN = "zh-Latn-pinyin"
"""Chinese in Latin letters, whose tones no English voice knows."""
EITHER: tuple[Language, Language] = ("zh", "en")


def other_than(language: Language) -> Language:
    return "en" if language == "zh" else "zh"
