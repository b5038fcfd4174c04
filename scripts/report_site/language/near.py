"""Where a text holds a name but for one character: the slips by which one name comes to be written in two ways."""

from __future__ import annotations

from collections.abc import Iterator

JOINING = frozenset("的和与及")
"""Signs that join words and tell no name from another."""


def one_edit(one: str, other: str) -> bool:
    """Whether exactly one character is put in, left out or put for another."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def near_misses(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Spans that differ from the name by one character; what is put in or left out stands inside it.

    One edit leaves one half of the name as it is: only where that half stands is anything compared.
    """
    middle = len(name) // 2
    head, tail = name[:middle], name[middle:]
    found: set[tuple[int, int]] = set()
    for more in (-1, 0, 1):
        for at in _places(head, text):
            found.add((at, at + len(name) + more))
        for at in _places(tail, text):
            found.add((at - len(head) - more, at + len(tail)))
    for start, end in sorted(found):
        window = text[max(0, start) : end]
        inside = len(window) == len(name) or (window[:1], window[-1:]) == (name[0], name[-1])
        if start >= 0 and end <= len(text) and inside and one_edit(window, name):
            yield start, end


def _places(part: str, text: str) -> Iterator[int]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)
