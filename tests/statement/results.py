"""Findings of tests, to and from EARL 1.0 in JSON-LD (https://www.w3.org/TR/EARL10-Schema/)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from places import ROOT

RESULTS = ROOT / "accessibility" / "results.json"
PROPERTY = "reach"
WCAG = "https://www.w3.org/TR/WCAG22/"
CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "wcag": WCAG,
    "suite": "https://pytest.org/nodeid/",
}


class Outcome(Enum):
    PASSED = "earl:passed"
    FAILED = "earl:failed"
    UNTESTED = "earl:untested"


class Scope(Enum):
    """Over how much of the site a test goes."""

    PAGES = "every page"
    KINDS = "one page of each kind"
    SAMPLES = "pages of the test's own"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one run of one test found."""

    test: str
    """pytest's node id, with the values that it ran with."""
    outcome: Outcome
    scope: Scope
    values: tuple[tuple[str, str], ...]
    gear: str
    time: str
    """Date and time, ISO 8601, UTC."""
    commit: str
    """Or the version that it is. Ends in `-dirty` where files had been changed since."""

    @property
    def date(self) -> str:
        return self.time[:10]

    @property
    def function(self) -> str:
        return self.test.partition("[")[0]


def dump(findings: Iterable[Finding], criteria: Mapping[str, Sequence[str]]) -> str:
    """`criteria`: for each test function the numbers of the success criteria that it bears on."""
    graph: list[object] = [
        {"@id": "#site", "@type": "earl:TestSubject", "dct:title": "The site built from report/"},
        {"@id": "#tests", "@type": "earl:Software", "dct:title": "tests/ of this repository, run by pytest"},
    ]
    graph += [_assertion(one, criteria.get(one.function, ())) for one in sorted(findings, key=lambda one: one.test)]
    head = json.dumps(CONTEXT, ensure_ascii=False)
    lines = ",\n".join(json.dumps(part, ensure_ascii=False) for part in graph)
    return f'{{"@context": {head},\n"@graph": [\n{lines}\n]}}\n'


def _assertion(finding: Finding, criteria: Sequence[str]) -> dict[str, object]:
    return {
        "@type": "earl:Assertion",
        "earl:assertedBy": {"@id": "#tests"},
        "earl:subject": {"@id": "#site", "dct:hasVersion": finding.commit},
        "earl:mode": {"@id": "earl:automatic"},
        "earl:test": {
            "@type": "earl:TestCase",
            "dct:identifier": finding.test,
            "dct:extent": finding.scope.value,
            "dct:description": dict(finding.values),
            "dct:isPartOf": list(criteria),
        },
        "earl:result": {
            "@type": "earl:TestResult",
            "earl:outcome": {"@id": finding.outcome.value},
            "dct:date": finding.time,
            "earl:info": finding.gear,
        },
    }


def load(path: Path) -> list[Finding]:
    """The findings of a file; none where there is no such file."""
    if not path.exists():
        return []
    graph = json.loads(path.read_text("utf-8"))["@graph"]
    return [_finding(part) for part in graph if part["@type"] == "earl:Assertion"]


def _finding(part: Mapping[str, dict[str, object]]) -> Finding:
    test, result = part["earl:test"], part["earl:result"]
    values, outcome = test["dct:description"], result["earl:outcome"]
    assert isinstance(values, dict)
    assert isinstance(outcome, dict)
    return Finding(
        str(test["dct:identifier"]),
        Outcome(outcome["@id"]),
        Scope(test["dct:extent"]),
        tuple(sorted((str(name), str(value)) for name, value in values.items())),
        str(result["earl:info"]),
        str(result["dct:date"]),
        str(part["earl:subject"]["dct:hasVersion"]),
    )


def merged(runs: Iterable[Sequence[Finding]]) -> list[Finding]:
    """One finding a test: the latest; but one over fewer pages doesn't take the place of one of the same day, unless it failed."""
    found: dict[str, Finding] = {}
    for one in sorted((finding for run in runs for finding in run), key=lambda finding: finding.time):
        old = found.get(one.test)
        if one.outcome is not Outcome.UNTESTED and (old is None or _replaces(one, old)):
            found[one.test] = one
    return sorted(found.values(), key=lambda one: one.test)


def _replaces(new: Finding, old: Finding) -> bool:
    order = list(Scope)
    narrower = order.index(new.scope) > order.index(old.scope)
    return new.outcome is Outcome.FAILED or not narrower or (new.date > old.date and old.outcome is Outcome.PASSED)
