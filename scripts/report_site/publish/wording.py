"""Sentences for places that take only one: descriptions, summaries."""

from __future__ import annotations

import re


def shorten(text: str, limit: int = 160) -> str:
    """The first sentence, cut at a word's end where it is too long."""
    sentence = re.split(r"(?<=[。！？])|(?<=[.!?])\s", text, maxsplit=1)[0].strip()
    if len(sentence) <= limit:
        return sentence
    return re.sub(r"[，、,\s]*[^\s，、,]*$", "", sentence[:limit]) + "…"
