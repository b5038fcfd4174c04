"""Sentences for places that take only one: descriptions, summaries, rows of a table."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z0-9'’.,%&-]{2}")


def shorten(text: str, limit: int = 160) -> str:
    """The first sentence, cut at a word's end where it is too long."""
    sentence = re.split(r"(?<=[。！？])|(?<=[.!?])\s", text, maxsplit=1)[0].strip()
    if len(sentence) <= limit:
        return sentence
    return re.sub(r"[，、,\s]*[^\s，、,]*$", "", sentence[:limit]) + "…"


def around(text: str, part: str, limit: int) -> str:
    """As much of a text as has room around a part of it, else from its beginning; `…` says what is left out."""
    if len(text) <= limit:
        return text
    start = max(text.find(part), 0)
    end = start + len(part)
    left = max(0, min(start - (limit - len(part)) // 2, len(text) - limit))
    right = max(left + limit, end)
    while 0 < left < start and _in_word(text, left):
        left += 1
    while end < right < len(text) and _in_word(text, right):
        right -= 1
    return ("…" if left else "") + text[left:right].strip("，、；, ") + ("…" if right < len(text) else "")


def _in_word(text: str, place: int) -> bool:
    return _WORD.match(text, place - 1) is not None
