"""Where an abbreviation stands in a text: as a word of its own, alone or in the plural, never as a part of a code."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=4096)
def standing(form: str) -> re.Pattern[str]:
    """Matches the form alone; `s` behind it is a plural's."""
    # The form first: the search runs from one to the next.
    return re.compile(rf"{re.escape(form)}(?<![A-Za-z0-9-]{re.escape(form)})(?=s?(?![A-Za-z0-9-]))")
