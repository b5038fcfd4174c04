"""One text of wrapped lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..language.characters import HAN_CHARACTER

_WIDE_MARK = re.compile("[，。、；：？！“”‘’（）《》—…]")


def join_lines(texts: Sequence[str]) -> str:
    """One paragraph of wrapped lines: no space between ideographs, hyphenated words mended."""
    joined = texts[0]
    for text in texts[1:]:
        if re.search(r"[a-z]-$", joined) and text[:1].islower():
            joined = joined[:-1] + text
        elif _needs_space(joined[-1:], text[:1]):
            joined = f"{joined} {text}"
        else:
            joined += text
    return joined


def _needs_space(before: str, after: str) -> bool:
    if _WIDE_MARK.match(before) or _WIDE_MARK.match(after):
        return False
    return not (HAN_CHARACTER.match(before) and HAN_CHARACTER.match(after))
