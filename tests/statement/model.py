"""The map from success criteria to tests, and what follows from it and a run: how each check and each criterion came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal, get_args

from pydantic import ConfigDict

from report_site.folder.validation import Checked, Fault, load_model
from statement.results import Finding, Outcome, Scope

HERE = Path(__file__).resolve().parent
Level = Literal["A", "AA", "AAA"]
Need = Literal["keyboard", "reader", "sight", "words", "connection"]
"""Whom a measure helps."""
NEEDS: tuple[Need, ...] = get_args(Need)


class Said(Checked):
    model_config = ConfigDict(extra="forbid", frozen=True)
    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Check(Said):
    """What tests look for; how far they reach, the run tells."""

    name: Said
    """A few words for the cell of a table."""
    others: bool = False
    """Whether the rules are those of a program by others."""
    tests: tuple[str, ...]


class Measure(Said):
    """A sentence of the statement, and the checks that it rests on."""

    need: Need
    by: tuple[str, ...]


class Fails(Said):
    date: str


class Criterion(Said):
    level: Level
    by: tuple[str, ...] = ()
    decides: Literal["part", "whole", "absence"] = "part"
    person: Said | None = None
    """What the checks can't tell."""
    fails: Fails | None = None
    """Found by hand."""


class Criteria(Checked):
    criteria: Mapping[str, Criterion]

    def faults(self) -> Iterator[Fault]:
        for number, one in self.criteria.items():
            if one.decides == "part" and not (one.person or one.fails):
                yield ("criteria", number), "doesn't say what is left to a person", "write `person`"


class Statement(Checked):
    model_config = ConfigDict(extra="forbid", frozen=True)
    checks: Mapping[str, Check]
    measures: tuple[Measure, ...]
    limits: tuple[Said, ...]
    gaps: tuple[Said, ...]

    def faults(self) -> Iterator[Fault]:
        for index, measure in enumerate(self.measures):
            if not measure.by or set(measure.by) - set(self.checks):
                yield ("measures", index), "rests on no check of this file", "name one in `by`"


class Result(Enum):
    """Of a criterion; the values are keys of the words."""

    PASSED = "passed"
    ABSENT = "absent"
    PART = "part"
    FAILED = "failed"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Tested:
    """How a check came out: over how much, when, and whether all of it passed."""

    scope: Scope
    widths: tuple[str, ...]
    schemes: tuple[str, ...]
    date: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    criterion: Criterion
    result: Result
    ran: tuple[str, ...]
    """Checks that ran."""
    failed: tuple[str, ...]
    """Those of them that found a fault."""
    date: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The map with a run: all that the pages say comes from here."""

    statement: Statement
    checked: Mapping[str, Tested]
    """Only what ran: each test of the check has a result."""
    rows: tuple[Row, ...]
    findings: Sequence[Finding]

    def scope_of(self, measure: Measure) -> Scope:
        """The narrowest of its checks."""
        return max((self.checked[name].scope for name in measure.by), key=list(Scope).index)

    @property
    def holding(self) -> tuple[Measure, ...]:
        """The sentences that every check they rest on has borne out."""
        return tuple(
            one for one in self.statement.measures if all(c in self.checked and self.checked[c].passed for c in one.by)
        )


def load_map() -> tuple[Criteria, Statement]:
    return load_model(HERE / "criteria.yml", HERE, Criteria), load_model(HERE / "statement.yml", HERE, Statement)


def evaluate(criteria: Criteria, statement: Statement, findings: Sequence[Finding]) -> Evaluation:
    by_test: dict[str, list[Finding]] = {}
    for finding in findings:
        by_test.setdefault(finding.function, []).append(finding)
    checked: dict[str, Tested] = {}
    for name, check in statement.checks.items():
        if all(test in by_test for test in check.tests):
            checked[name] = _checked([one for test in check.tests for one in by_test[test]])
    rows = tuple(_row(number, one, checked) for number, one in criteria.criteria.items())
    return Evaluation(statement, checked, rows, findings)


def _checked(found: Sequence[Finding]) -> Tested:
    """The narrowest scope and the earliest day of all: nothing wider is claimed."""
    order = list(Scope)
    return Tested(
        scope=max((one.scope for one in found), key=order.index),
        widths=tuple(sorted(_values(found, "width"), key=int)),
        schemes=_values(found, "scheme"),
        date=min(one.date for one in found),
        passed=all(one.outcome is Outcome.PASSED for one in found),
    )


def _values(found: Sequence[Finding], name: str) -> tuple[str, ...]:
    """The values that tests of the check ran with."""
    return tuple(sorted({value for one in found for key, value in one.values if key == name}))


def _row(number: str, criterion: Criterion, checked: Mapping[str, Tested]) -> Row:
    ran = tuple(name for name in criterion.by if name in checked)
    failed = tuple(name for name in ran if not checked[name].passed)
    date = min((checked[name].date for name in ran), default="")
    whole = bool(ran) and ran == criterion.by and all(checked[name].scope is Scope.PAGES for name in ran)
    if criterion.fails:
        result, date = Result.FAILED, criterion.fails.date
    elif failed:
        result = Result.FAILED
    elif not ran:
        result = Result.UNTESTED
    elif whole and criterion.decides != "part":
        result = Result.ABSENT if criterion.decides == "absence" else Result.PASSED
    else:
        result = Result.PART
    return Row(number, criterion, result, ran, failed, date)


def criteria_of_tests(criteria: Criteria, statement: Statement) -> dict[str, list[str]]:
    """Test function -> the criteria that it bears on."""
    found: dict[str, list[str]] = {test: [] for check in statement.checks.values() for test in check.tests}
    for number, criterion in criteria.criteria.items():
        for test in dict.fromkeys(test for name in criterion.by for test in statement.checks[name].tests):
            found[test].append(number)
    return found
