"""Traditional and simplified characters as one, for the search: whoever types 节约 finds 節約, and the reverse.

Character by character, so that a folded text keeps its places. Characters that one spelling tells apart and the other
doesn't (發, 髮) are one here: a reader rather sees a hit too many than none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from opencc import OpenCC

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_BY_THE_WORD = "了瞭 借藉 具俱 划画 咨谘 坐座 复覆 巨钜 沉沈 着著 苏甦 象像 余馀"
"""Pairs that only words show (瞭解, 計畫, 座標), in simplified characters: the tables by characters keep them apart."""


@cache
def _classes() -> Mapping[str, str]:
    """Each character that people type -> what stands for its variants; GB 2312 and Big5 (Hong Kong's) have those."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    typed = "".join(every.encode(charset, "ignore").decode(charset) for charset in ("gb2312", "big5hkscs"))
    return _simplified("".join(dict.fromkeys(typed)))


def _simplified(characters: str) -> dict[str, str]:
    """By the character: a line each, or neighbours would be read as words."""
    lines = "\n".join(characters)
    also = {pair[1]: pair[0] for pair in _BY_THE_WORD.split()}
    return {
        character: also.get(simple, simple)
        for character, simple in zip(lines, OpenCC("t2s").convert(lines), strict=True)
        if character != "\n"
    }


def folds(text: str) -> tuple[str, str]:
    """Each variant of a character that stands in `text`, and at the same place the one that stands for it."""
    there = set(_HAN.findall(text))
    known = _classes()
    rare = _simplified("".join(sorted(there - known.keys())))
    variants = defaultdict[str, set[str]](set)
    for character, meant in (*known.items(), *rare.items()):
        variants[meant] |= {character, meant}
    pairs = [pair for members in variants.values() for pair in _pairs(members, there)]
    return "".join(one for one, _ in sorted(pairs)), "".join(other for _, other in sorted(pairs))


def _pairs(members: set[str], there: set[str]) -> list[tuple[str, str]]:
    """Variants of one character -> one that stands in the text; none where nothing does."""
    if len(members) == 1 or members.isdisjoint(there):
        return []
    target = min(members & there)
    return [(member, target) for member in members if member != target]
