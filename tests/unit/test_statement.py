"""The accessibility statement claims what tests found and nothing else; the map from criteria to tests names tests that exist."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from places import ROOT
from report_site.folder.validation import load_model
from report_site.language.generic_pages import generic_page
from report_site.model import Language
from report_site.model.errors import InputError
from report_site.publish.inline import escape
from report_site.publish.written_pages import require_harmless
from statement.__main__ import LANGUAGES, site_of
from statement.conformance import LEVELS, explanation, report_page
from statement.model import (
    Criteria,
    Criterion,
    Evaluation,
    Fails,
    Result,
    Statement,
    criteria_of_tests,
    evaluate,
    load_map,
)
from statement.pages import Site, statement_page
from statement.recorder import Recorder, scope_of
from statement.results import PROPERTY, Finding, Outcome, Scope, dump, load, merged

CRITERIA, STATEMENT = load_map()
TESTS = sorted({test for check in STATEMENT.checks.values() for test in check.tests})
SITE = Site({"zh": "样例报告", "en": "Sample report"}, {})


def finding(test: str, outcome: Outcome = Outcome.PASSED, scope: Scope = Scope.PAGES, day: int = 1) -> Finding:
    return Finding(test, outcome, scope, (("width", "320"),), "all", f"2031-02-{day:02}T09:00:00+00:00", "a" * 40)


def evaluated(findings: Sequence[Finding]) -> Evaluation:
    return evaluate(CRITERIA, STATEMENT, findings)


def row(found: Evaluation, number: str) -> Result:
    return next(one.result for one in found.rows if one.number == number)


# --- the map ---


@pytest.mark.parametrize("test", TESTS)
def test_every_test_of_the_map_exists(test: str) -> None:
    file, _, function = test.partition("::")
    names = [n.name for n in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))) if isinstance(n, ast.FunctionDef)]
    assert names.count(function) == 1


def test_every_criterion_names_checks_that_there_are() -> None:
    assert {name for one in CRITERIA.criteria.values() for name in one.by} <= STATEMENT.checks.keys()


def test_every_criterion_of_wcag_has_its_row() -> None:
    assert Counter(one.level for one in CRITERIA.criteria.values()) == {"A": 31, "AA": 24, "AAA": 31}
    assert list(CRITERIA.criteria) == sorted(CRITERIA.criteria, key=lambda n: [int(part) for part in n.split(".")])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("criteria:\n  1.1.1: {level: A, en: X, zh: 甲, by: [axe]}\n", "doesn't say what is left to a person"),
        ("criteria:\n  1.1.1: {level: B, en: X, zh: 甲}\n", "expected 'A', 'AA' or 'AAA'"),
    ],
)
def test_a_criterion_that_claims_too_much_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "criteria.yml").write_text(text, "utf-8")
    with pytest.raises(InputError, match=re.escape(says)):
        load_model(tmp_path / "criteria.yml", tmp_path, Criteria)


def test_a_sentence_without_a_check_is_refused(tmp_path: Path) -> None:
    text = "checks: {}\nlimits: []\ngaps: []\nmeasures: [{need: words, by: [axe], en: All is well., zh: 都好。}]\n"
    (tmp_path / "statement.yml").write_text(text, "utf-8")
    with pytest.raises(InputError, match="rests on no check"):
        load_model(tmp_path / "statement.yml", tmp_path, Statement)


# --- what follows from a run ---


def test_without_a_run_nothing_is_claimed() -> None:
    found = evaluated([])
    assert {one.result for one in found.rows} == {Result.UNTESTED}
    assert found.holding == ()
    page = statement_page(found, SITE, "en")
    assert "**not assessed**" in page
    assert not any(measure.en in page for measure in STATEMENT.measures)


def test_all_passed_is_still_partly_conformant_while_persons_have_to_check() -> None:
    found = evaluated([finding(test) for test in TESTS])
    assert len(found.holding) == len(STATEMENT.measures)
    assert "**partially conformant**" in statement_page(found, SITE, "en")
    assert row(found, "1.2.1") is Result.ABSENT
    assert row(found, "1.1.1") is Result.PART


def test_fully_conformant_needs_every_criterion_settled_on_every_page() -> None:
    settled = {
        number: one.model_copy(update={"by": ("axe",), "decides": "whole", "fails": None})
        for number, one in _both().items()
    }
    criteria = Criteria(criteria=settled)
    everything = [finding(test) for test in TESTS]
    assert "**fully conformant**" in statement_page(evaluate(criteria, STATEMENT, everything), SITE, "en")
    narrower = [replace(one, scope=Scope.KINDS) if "axe" in one.test else one for one in everything]
    assert "**partially conformant**" in statement_page(evaluate(criteria, STATEMENT, narrower), SITE, "en")


def _both() -> dict[str, Criterion]:
    return {number: one for number, one in CRITERIA.criteria.items() if one.level != "AAA"}


def test_tests_of_some_pages_claim_no_more() -> None:
    found = evaluated([finding(test, scope=Scope.KINDS) for test in TESTS])
    assert {one.result for one in found.rows} <= {Result.PART, Result.UNTESTED}
    page = statement_page(found, SITE, "en")
    claimed = [
        line for line in page.partition("{: #measures }")[2].partition("\n## ")[0].split("\n") if line[:2] == "- "
    ]
    assert len(claimed) == len(STATEMENT.measures)
    assert all(line.endswith("(Tested on one page of each kind.)") for line in claimed)
    report = report_page(found, "en")
    assert "Every page" not in report
    rows = re.findall(r"(?:Checkers|Our own tests): ([^.|]+)\.", report)
    assert rows
    assert all(row.endswith("(one page of each kind)") for row in rows)


def test_tests_of_different_reach_stand_apart() -> None:
    narrow = STATEMENT.checks["focus"].tests
    found = evaluated([finding(test, scope=Scope.KINDS if test in narrow else Scope.PAGES) for test in TESTS])
    page = report_page(found, "en")
    assert "wide tables by keyboard, settings by keyboard, search by keyboard; keyboard walk" not in page
    assert "; keyboard walk (one page of each kind).", page
    cell = next(line for line in page.split("\n") if line.startswith("| [2.1.1 ")).split(" | ")[2]
    together = "wide tables by keyboard, search by keyboard, settings by keyboard"
    assert cell == f"Our own tests: {together}; keyboard walk (one page of each kind)."


def test_days_are_said_once() -> None:
    ran = [finding(test) for test in TESTS]
    one, several = (report_page(evaluated(found), "en") for found in (ran, [*ran[1:], finding(TESTS[0], day=3)]))
    assert one.count("1 February 2031") == 1
    assert "between 1 February 2031 and 3 February 2031" in several
    assert "2031 年 2 月 1 日至 2031 年 2 月 3 日" in statement_page(
        evaluated([*ran[1:], finding(TESTS[0], day=3)]), SITE, "zh"
    )


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("1.2.1", "audio-only-and-video-only-prerecorded"),
        ("2.2.5", "re-authenticating"),
        ("3.3.4", "error-prevention-legal-financial-data"),
        ("4.1.2", "name-role-value"),
    ],
)
def test_each_criterion_leads_to_its_explanation(number: str, address: str) -> None:
    assert explanation(CRITERIA.criteria[number]) == f"https://www.w3.org/WAI/WCAG22/Understanding/{address}"
    assert len({explanation(one) for one in CRITERIA.criteria.values()}) == len(CRITERIA.criteria)


def test_what_tests_left_open_is_left_to_a_person() -> None:
    """A criterion that tests of every page settle: before they have run, and where they saw fewer pages."""
    cells = {}
    for scope in (None, Scope.KINDS, Scope.PAGES):
        found = evaluated([finding(test, scope=scope) for test in TESTS if scope])
        line = next(line for line in report_page(found, "en").split("\n") if line.startswith("| [2.5.2 "))
        cells[scope] = line.strip("| ").split(" | ")[3]
    assert list(cells.values()) == ["The whole criterion", "The pages that the tests did not cover", "Nothing more"]


def test_a_failed_test_fails_its_criteria_and_takes_its_sentence_out() -> None:
    name = "tests/browser/test_layout.py::test_no_page_scrolls_sideways_at_320"
    found = evaluated([finding(t, Outcome.FAILED if t == name else Outcome.PASSED) for t in TESTS])
    assert row(found, "1.4.10") is Result.FAILED
    page = statement_page(found, SITE, "en")
    assert "At 320 pixels" not in page
    assert "- 1.4.10 Reflow" in page


def test_a_check_of_which_one_test_did_not_run_did_not_run() -> None:
    several = STATEMENT.checks["headers"].tests
    found = evaluated([finding(test) for test in TESTS if test != several[0]])
    assert "headers" not in found.checked
    assert "headers" not in next(one.ran for one in found.rows if one.number == "1.3.1")


def test_a_check_that_did_not_run_says_what_it_looks_for_and_for_which_criteria() -> None:
    page = report_page(evaluated([]), "en")
    of_one, of_none = STATEMENT.checks["inputs"], STATEMENT.checks["lighthouse"]
    assert f"- Mouse, finger and keyboard, for 2.5.6 Concurrent Input Mechanisms: {of_one.en}" in page
    assert f"- Lighthouse: {of_none.en}" in page


def test_of_several_runs_of_a_test_the_narrowest_and_earliest_count() -> None:
    name = STATEMENT.checks["reflow"].tests[0]
    ran = [finding(f"{name}[a]", day=2), finding(f"{name}[b]", scope=Scope.KINDS, day=5)]
    checked = evaluated(ran).checked["reflow"]
    assert (checked.scope, checked.date) == (Scope.KINDS, "2031-02-02")


# --- results ---


def test_results_come_back_from_earl(tmp_path: Path) -> None:
    ran = [finding(TESTS[0]), finding(TESTS[1], Outcome.FAILED, Scope.SAMPLES)]
    (tmp_path / "run.json").write_text(dump(ran, criteria_of_tests(CRITERIA, STATEMENT)), "utf-8")
    assert load(tmp_path / "run.json") == ran
    assert load(tmp_path / "none.json") == []


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (finding("a", day=1), finding("a", day=2), "new"),
        (finding("a", day=2), finding("a", scope=Scope.KINDS, day=2), "old"),
        (finding("a", day=1), finding("a", scope=Scope.KINDS, day=2), "new"),
        (finding("a", day=1), finding("a", Outcome.FAILED, Scope.KINDS, day=1), "new"),
        (finding("a", Outcome.FAILED, day=1), finding("a", scope=Scope.KINDS, day=2), "old"),
        (finding("a", Outcome.FAILED, day=1), finding("a", day=1), "new"),
        (finding("a", day=1), finding("a", Outcome.UNTESTED, day=2), "old"),
    ],
)
def test_the_later_result_counts_unless_it_saw_less(old: Finding, new: Finding, kept: str) -> None:
    assert merged([[old], [new]]) == [old if kept == "old" else new]


@pytest.mark.parametrize(
    ("fixtures", "arguments", "gear", "scope"),
    [
        ({"swept", "browser"}, {"swept"}, "audit", Scope.PAGES),
        ({"swept", "browser"}, {"swept"}, "test", Scope.KINDS),
        ({"sample", "pages", "built_site"}, {"sample"}, "all", Scope.KINDS),
        ({"tables", "pages", "built_site"}, {"tables"}, "all", Scope.PAGES),
        ({"built_site"}, {"built_site"}, "unit", Scope.PAGES),
        ({"site_url", "built_site"}, {"site_url"}, "audit", Scope.SAMPLES),
    ],
)
def test_how_far_a_test_reaches(fixtures: set[str], arguments: set[str], gear: str, scope: Scope) -> None:
    assert scope_of(fixtures, arguments, gear) is scope


def test_the_recorder_keeps_failures_of_setting_up_and_writes_them(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "build" / "run.json", "audit")
    reach = [(PROPERTY, {"scope": Scope.PAGES.value, "values": {"width": "320"}})]
    for name, when, outcome in (
        ("a", "setup", "passed"), ("a", "call", "passed"), ("a", "teardown", "passed"),
        ("b", "setup", "failed"), ("c", "call", "failed"), ("d", "setup", "skipped"), ("e", "setup", "passed"),
    ):  # fmt: skip
        told = SimpleNamespace(nodeid=name, when=when, outcome=outcome, user_properties=reach)
        recorder.pytest_runtest_logreport(cast("pytest.TestReport", told))
    recorder.pytest_sessionfinish()
    written = {one.test: one.outcome.name for one in load(tmp_path / "build" / "run.json")}
    assert written == {"a": "PASSED", "b": "FAILED", "c": "FAILED", "d": "UNTESTED"}


# --- the pages ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contact_that_nobody_named_is_not_invented(language: Language) -> None:
    page = statement_page(evaluated([]), SITE, language)
    assert "@" not in page
    assert "](mailto" not in page


def test_who_runs_the_site_comes_from_its_settings(tmp_path: Path) -> None:
    (tmp_path / "report.yml").write_text(
        "title: {zh: 报告, en: Report}\nsite:\n  name: {zh: 某会, en: 'A [society]'}\n  contact: help@example.org\n"
        "  answer: {zh: 五个工作日, en: five working days}\n",
        "utf-8",
    )
    page = statement_page(evaluated([]), site_of(tmp_path), "en")
    assert f"This site is run by {escape('A [society]')}." in page
    assert "[help@example.org](mailto:help@example.org)" in page
    assert "within five working days" in page
    assert "publisher of the report" not in page
    assert "某会" in statement_page(evaluated([]), site_of(tmp_path), "zh")


@pytest.mark.parametrize(
    ("commits", "told"),
    [
        (("a" * 40,), f"version of the project, {'a' * 10}."),
        (("v1.2.0",), "version of the project, v1.2.0."),
        (("a" * 40, "b" * 40), "accessibility/results.json"),
        (("a" * 40 + "-dirty",), "accessibility/results.json"),
    ],
)
def test_one_version_is_named_and_of_several_the_results_tell(commits: tuple[str, ...], told: str) -> None:
    found = evaluated([replace(finding(TESTS[n]), commit=commit) for n, commit in enumerate(commits)])
    page = statement_page(found, SITE, "en")
    assert told in page
    assert ("b" * 10 in page) is False


@pytest.mark.parametrize("findings", [[], [finding(test) for test in TESTS]])
def test_both_languages_say_the_same(findings: list[Finding]) -> None:
    found = evaluated(findings)
    for pages in (
        [statement_page(found, SITE, language) for language in LANGUAGES],
        [report_page(found, language) for language in LANGUAGES],
    ):
        marks = [re.findall(r"\{: #[^}]+\}|^- |^\| |https?://\S+|\d+\.\d+\.\d+", page, re.MULTILINE) for page in pages]
        assert marks[0] == marks[1]
        require_harmless({"zh/a.md": pages[0], "en/a.md": pages[1]})


def test_the_report_has_a_table_for_each_level() -> None:
    page = report_page(evaluated([]), "en")
    assert all(f"id: criteria-{level.lower()}" in page for level in LEVELS)
    assert all(f"| [{number} " in page for number in CRITERIA.criteria)


def test_what_a_person_found_fails_its_criterion() -> None:
    fails = Fails(en="a link says nothing", zh="有个链接没有说明", date="2031-02-03")
    criteria = Criteria(
        criteria={**CRITERIA.criteria, "2.4.9": CRITERIA.criteria["2.4.9"].model_copy(update={"fails": fails})}
    )
    found = evaluate(criteria, STATEMENT, [finding(test) for test in TESTS])
    assert row(found, "2.4.9") is Result.FAILED
    assert "Found by a person, 3 February 2031: a link says nothing." in report_page(found, "en")
    assert "We know of no failure at levels A and AA" in statement_page(found, SITE, "en"), "2.4.9 is of level AAA"


def test_failures_stand_in_front_and_in_their_rows() -> None:
    name = "tests/browser/test_layout.py::test_no_page_scrolls_sideways_at_320"
    found = evaluated([finding(t, Outcome.FAILED if t == name else Outcome.PASSED) for t in TESTS])
    page = report_page(found, "en")
    summary = page.partition("{: #level-aa }")[2].partition("///")[0]
    assert "2 failed. Failed: 1.3.4 Orientation, 1.4.10 Reflow." in summary
    assert "Found a fault: narrow window." in page
    assert "{id: failed-table}" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_site_just_begun_claims_only_what_tests_look_for(language: Language) -> None:
    page = generic_page("accessibility", language, language, {"title": "T"})
    part = page.partition("{: #measures }")[2].partition("\n## ")[0]
    claims = re.findall(r"^- (.+)$", part, re.MULTILINE)
    assert claims
    assert set(claims) <= {measure[language] for measure in STATEMENT.measures}
