"""How sure each rule is: on what kind of evidence it goes, not how often it was right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..folder.guesses import Sure

_BY_RULE: Mapping[str, Sure] = MappingProxyType(
    {
        # Headings: by a mark or the contents list, by a number, by their form alone.
        "marked-heading": Sure.HIGH,
        "chapter-opening": Sure.HIGH,
        "contents-title": Sure.HIGH,
        "numbered-heading": Sure.MEDIUM,
        "number-alone": Sure.MEDIUM,
        "title-rest": Sure.MEDIUM,
        "table-title": Sure.MEDIUM,
        "run-in-heading": Sure.MEDIUM,
        "capitals-title": Sure.LOW,
        "unmarked-title": Sure.LOW,
        "title-above-text": Sure.LOW,
        # Rubbish: by what no writing does, by what the rest of the report doesn't say.
        "symbols-only": Sure.HIGH,
        "repeated-line": Sure.HIGH,
        "reversed-text": Sure.MEDIUM,
        "picture-number": Sure.MEDIUM,
        "gibberish": Sure.LOW,
        "foreign-fragment": Sure.LOW,
        "noise-table": Sure.LOW,
        "beside-noise": Sure.LOW,
        "diagram-rubble": Sure.LOW,
    }
)


def sure_of(rule: str) -> Sure:
    """Of a rule that nothing is known of: neither sure nor unsure."""
    return _BY_RULE.get(rule, Sure.MEDIUM)


def told_rules() -> frozenset[str]:
    """The rules that the words have a sentence for (`preflight-rule-…`), beside those of furniture."""
    return frozenset(_BY_RULE) | {"contents-list", "running-head", "cover", "page-number"}
