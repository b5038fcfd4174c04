"""Which addresses stand for "not known yet"."""

from __future__ import annotations

from urllib.parse import urlsplit

_STRANGERS = frozenset({"", "example.github.io", "example.com", "www.example.com", "localhost", "127.0.0.1"})
_RESERVED = (".example", ".invalid", ".localhost")
"""Top-level names that RFC 2606 keeps out of the net."""


def is_placeholder(address: str) -> bool:
    """Whether nobody can read a site there: no host at all, this machine, or a name that stands in for another."""
    host = (urlsplit(address).hostname or "").casefold()
    return host in _STRANGERS or host.endswith(_RESERVED)
