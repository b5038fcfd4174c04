"""The number that heads a title, as its scheme counts in each language: 四、公司 and "4. The company"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from .numbers import Difference, Lang, Quantity, compare, counted
from .patterns import ITEM_MARKS, NUMBERED_TITLES, PLAIN_TITLE

_SCHEMES: Mapping[Lang, tuple[re.Pattern[str], ...]] = MappingProxyType(
    {"zh": (*NUMBERED_TITLES, ITEM_MARKS), "en": (*NUMBERED_TITLES, ITEM_MARKS, PLAIN_TITLE)}
)
"""A bare number before a Chinese title may be an amount (6 家公司); before an English one it answers 六、."""


def title_differences(zh: str, en: str) -> tuple[Difference, ...]:
    """Where a title and its translation differ; the numbers that head both are compared as ordinals."""
    found = compare(zh, en)
    one, other = (_numbered(zh, "zh"), _numbered(en, "en")) if found else (None, None)
    return tuple(_compared(one, other)) if one and other else found


def _compared(zh: tuple[Quantity, str], en: tuple[Quantity, str]) -> Iterator[Difference]:
    if zh[0].value != en[0].value:
        yield Difference(zh[0], en[0], is_of_titles=True)
    yield from compare(zh[1], en[1])


def _numbered(text: str, lang: Lang) -> tuple[Quantity, str] | None:
    """The number before a title, and the text with that number blanked, so that places stay true."""
    match = next(filter(None, (scheme.match(text) for scheme in _SCHEMES[lang])), None)
    if match is None:
        return None
    end = match.start("text")
    number = counted(text[:end])
    return (number, " " * end + text[end:]) if number else None
