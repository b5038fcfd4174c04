"""Guesses in report.yml: a comment `# guess (low): why` stands beside each, and whoever takes it out has settled it.

A comment on a line of its own is about the key on the next line, one behind a value about that value.
"""

from __future__ import annotations

import re
from enum import IntEnum

_GUESS = re.compile(r"(?P<before>.*?)# guess \((?P<sure>low|medium|high)\)(?::\s*(?P<why>.*)|$)")


class Sure(IntEnum):
    """How sure a rule is of what it decided."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


def guess_comment(sure: Sure, basis: str) -> str:
    """The comment: on one line and visible, so that no text of the source can leave it."""
    visible = "".join(char if char.isprintable() else " " for char in basis)
    return f"# guess ({sure.name.lower()}): {' '.join(visible.split())}"


def guesses_in(text: str) -> dict[int, Sure]:
    """Line of a report.yml -> how sure the guess there is, of those that nobody has settled."""
    return {line: sure for line, (sure, _) in _guesses(text).items()}


def _guesses(text: str) -> dict[int, tuple[Sure, str]]:
    """The same, with what the comment says that it rests on."""
    found: dict[int, tuple[Sure, str]] = {}
    waiting: tuple[Sure, str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        match = _GUESS.match(line)
        guess = (Sure[match["sure"].upper()], match["why"] or "") if match else None
        if match and not match["before"].strip():
            waiting = guess
        elif line.strip() and not line.lstrip().startswith("#"):
            if told := guess or waiting:
                found[number] = told
            waiting = None
    return found


def guessed_keys(text: str) -> dict[str, Sure]:
    """Key of the top level -> how sure its value is, of those that nobody has settled."""
    return {key: sure for key, (sure, _) in _of_keys(text).items()}


def guess_reasons(text: str) -> dict[str, str]:
    """Key of the top level -> what its comment says that the guess rests on."""
    return {key: why for key, (_, why) in _of_keys(text).items()}


def _of_keys(text: str) -> dict[str, tuple[Sure, str]]:
    lines = text.split("\n")
    named = ((re.match(r"(\w+):", lines[number - 1]), guess) for number, guess in _guesses(text).items())
    return {match[1]: guess for match, guess in named if match}
