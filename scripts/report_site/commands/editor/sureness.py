"""How sure each rule is: on what kind of evidence it goes, not how often it was right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...folder.guesses import Sure
from ...model import RuleName

_BY_RULE: Mapping[str, Sure] = MappingProxyType(
    {
        # Headings: by a mark or the contents list, by a number, by their form alone.
        RuleName.MARKED_HEADING: Sure.HIGH,
        RuleName.CHAPTER_OPENING: Sure.HIGH,
        "contents-title": Sure.HIGH,
        "numbered-heading": Sure.MEDIUM,
        "number-alone": Sure.MEDIUM,
        RuleName.TITLE_REST: Sure.MEDIUM,
        RuleName.TABLE_TITLE: Sure.MEDIUM,
        RuleName.RUN_IN_HEADING: Sure.MEDIUM,
        "capitals-title": Sure.LOW,
        RuleName.UNMARKED_TITLE: Sure.LOW,
        RuleName.TITLE_ABOVE_TEXT: Sure.LOW,
        # Rubbish: by what no writing does, by what the rest of the report doesn't say.
        "symbols-only": Sure.HIGH,
        "repeated-line": Sure.HIGH,
        "reversed-text": Sure.MEDIUM,
        "picture-number": Sure.MEDIUM,
        RuleName.GIBBERISH: Sure.LOW,
        RuleName.FOREIGN_FRAGMENT: Sure.LOW,
        "noise-table": Sure.LOW,
        "beside-noise": Sure.LOW,
        "diagram-rubble": Sure.LOW,
        "table-left-out": Sure.LOW,
    }
)


def sure_of(rule: str) -> Sure:
    """Of a rule that nothing is known of: neither sure nor unsure."""
    return _BY_RULE.get(rule, Sure.MEDIUM)


def told_rules() -> frozenset[str]:
    """The rules that the words have a sentence for (`preflight-rule-…`), beside those of furniture."""
    return frozenset(_BY_RULE) | {RuleName.CONTENTS_LIST, RuleName.RUNNING_HEAD, RuleName.COVER, RuleName.PAGE_NUMBER}
