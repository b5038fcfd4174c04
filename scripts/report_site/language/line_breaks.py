"""Where no line may break: between a number and the scale, unit or word that says what it counts.

A no-break space stands in the HTML only, never in Markdown or data. Search, find in page, copying and the audits take
it for a space.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ..model import Language
from .characters import HAN
from .patterns import ABOUT

NO_BREAK_SPACE = "\u00a0"
_UNITS = r"(?:[KMGTP]B|[kMGT]?Wh?|[kcm]?m[²³]?|[km]?g|tCO[₂2]e?|kV|[kM]?Hz|°C)"
_JOINTS: Mapping[Language, re.Pattern[str]] = MappingProxyType(
    {
        "zh": re.compile(
            rf" (?:(?<=\d )(?=[{HAN}])|(?<=\d[+%] )(?=[{HAN}])|(?<=[{ABOUT}] )(?=\d)|(?<=\d )(?={_UNITS}\b))"
        ),
        "en": re.compile(
            rf" (?:(?<=\d )(?=(?:hundred|thousand|million|billion|trillion|per cent|percent|{_UNITS})\b)"
            r"|(?<=\b(?:RMB|USD) )(?=\d))"
        ),
    }
)
"""Each begins with its blank, so that a text is looked at behind blanks only."""


def keep_together(text: str, language: Language) -> str:
    return _JOINTS[language].sub(NO_BREAK_SPACE, text)
