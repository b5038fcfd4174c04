"""The report by criterion, as Markdown in either language: what it comes to, a row a criterion, the tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from report_site.model import Language
from report_site.publish.markdown import front_matter, join_pieces
from statement.model import Criterion, Evaluation, Level, Result, Row, Tested
from statement.results import Scope
from statement.wording import bullets, day, days, joined, meta, say, table

LEVELS: tuple[Level, ...] = get_args(Level)
EXPLAINED = "https://www.w3.org/WAI/WCAG22/Understanding/"


def report_page(found: Evaluation, language: Language) -> str:
    title = say("report-title", language)
    return join_pieces(
        [
            front_matter(meta("conformance", title, say("report-description", language))),
            f"# {title} {{: #conformance }}",
            say("report-intro", language),
            *([say("report-date", language, days=days(found, language))] if found.findings else ()),
            _overview(found, language),
            say("report-how", language),
            *(piece for level in LEVELS for piece in _level(level, found, language)),
            *_tests(found, language),
        ]
    )


def explanation(criterion: Criterion) -> str:
    """W3C's page about a criterion: its English name in small letters, without signs, joined by hyphens."""
    return EXPLAINED + re.sub(r"[^a-z -]", "", criterion.en.lower()).replace(" ", "-")


def _overview(found: Evaluation, language: Language) -> str:
    """Only results that there are, with what each means."""
    counts = Counter((row.result, row.criterion.level) for row in found.rows)
    rows = [
        [
            say(f"result-{one.value}", language),
            *(str(counts[one, level]) for level in LEVELS),
            say(f"means-{one.value}", language),
        ]
        for one in Result
        if any(counts[one, level] for level in LEVELS)
    ]
    heads = [
        say("column-result", language),
        *(say("level-heading", language, level=level) for level in LEVELS),
        say("column-means", language),
    ]
    return table("results-table", say("overview-caption", language), heads, rows)


def _level(level: Level, found: Evaluation, language: Language) -> Iterator[str]:
    rows = [row for row in found.rows if row.criterion.level == level]
    yield f"## {say('level-heading', language, level=level)} {{: #level-{level.lower()} }}"
    yield _summary(level, rows, language)
    heads = [say(f"column-{head}", language) for head in ("criterion", "result", "method", "person")]
    cells = [_cells(row, found, language) for row in rows]
    yield table(f"criteria-{level.lower()}", say("level-caption", language, level=level), heads, cells)


def _summary(level: Level, rows: Sequence[Row], language: Language) -> str:
    """How many criteria of a level came out how, and what failed."""
    counts = Counter(row.result for row in rows)
    counted = (say(f"sum-{one.value}", language, count=counts[one]) for one in Result if counts[one])
    parts = joined(counted, language, "comma")
    told = [say("level-summary", language, level=level, all=len(rows), parts=parts)]
    failed = joined((name_of(row, language) for row in rows if row.result is Result.FAILED), language)
    told.append(say("failed", language, criteria=failed) if failed else say("no-failure", language))
    return joined(told, language, "gap")


def name_of(row: Row, language: Language) -> str:
    return f"{row.number} {row.criterion[language]}"


def _cells(row: Row, found: Evaluation, language: Language) -> list[str]:
    criterion = row.criterion
    left = "pages" if row.ran == criterion.by else "rest"
    open_ = {Result.UNTESTED: "whole", Result.PART: left}.get(row.result, "nothing")
    person = criterion.person[language] if criterion.person else say(open_, language)
    return [
        f"[{name_of(row, language)}]({explanation(criterion)})",
        say(f"result-{row.result.value}", language),
        _listed(list(_method(row, found, language))) or say("none", language),
        person[0].upper() + person[1:],
    ]


def _listed(sentences: Sequence[str]) -> str:
    """Several are a list in the cell, which lets narrow screens set the rows of the table as blocks."""
    return " ".join(f"• {one}" for one in sentences) if len(sentences) > 1 else "".join(sentences)


def _method(row: Row, found: Evaluation, language: Language) -> Iterator[str]:
    """Sentences of a cell: programs by others, the project's own tests, what failed."""
    checks = found.statement.checks
    for key, others in (("by-others", True), ("by-own", False)):
        if names := [name for name in row.ran if checks[name].others is others]:
            yield say(key, language, checks=_by_scope(names, found, language))
    if row.failed:
        yield say(
            "found-by-test", language, checks=joined((checks[one].name[language] for one in row.failed), language)
        )
    if row.criterion.fails:
        fails = row.criterion.fails
        yield say("found-by-hand", language, what=fails[language], day=day(fails.date, language))


def _by_scope(names: Sequence[str], found: Evaluation, language: Language) -> str:
    """Tests of every page by their names alone; those of fewer say so."""
    told = []
    for scope in Scope:
        of_scope = [found.statement.checks[one].name[language] for one in names if found.checked[one].scope is scope]
        if of_scope:
            told.append(say(f"tested-{scope.name}", language, checks=joined(of_scope, language)))
    return joined(told, language, "comma")


def _tests(found: Evaluation, language: Language) -> Iterator[str]:
    yield f"## {say('checks-heading', language)} {{: #tests }}"
    yield say("checks-intro", language)
    heads = [say(f"column-{head}", language) for head in ("check", "looks-for", "reach")]
    passed = [name for name, ran in found.checked.items() if ran.passed]
    if passed:
        yield say("checks-all-passed" if len(passed) == len(found.checked) else "checks-passed", language)
        rows = [_check_cells(name, found, language) for name in found.statement.checks if name in passed]
        yield table("tests-table", say("checks-caption", language), heads, rows)
    if failed := [name for name, ran in found.checked.items() if not ran.passed]:
        yield say("checks-failed", language)
        rows = [_check_cells(name, found, language) for name in failed]
        yield table("failed-table", say("failed-caption", language), heads, rows)
    if missing := [name for name in found.statement.checks if name not in found.checked]:
        yield say("checks-not-run", language)
        yield bullets(_not_run(name, found, language) for name in missing)


def _not_run(name: str, found: Evaluation, language: Language) -> str:
    """What the check looks for, and the criteria that lack it."""
    check = found.statement.checks[name]
    title = check.name[language]
    told = {"name": title if check.others else title[0].upper() + title[1:], "what": check[language]}
    if criteria := joined((name_of(row, language) for row in found.rows if name in row.criterion.by), language):
        return say("check-not-run-for", language, criteria=criteria, **told)
    return say("check-not-run", language, **told)


def _check_cells(name: str, found: Evaluation, language: Language) -> list[str]:
    check = found.statement.checks[name]
    what = check[language]
    title = check.name[language]
    return [
        title if check.others else title[0].upper() + title[1:],
        what[0].upper() + what[1:],
        reach(found.checked[name], language),
    ]


def reach(ran: Tested, language: Language) -> str:
    """`Every page; 320, 1280 pixels wide; colours: light, dark`."""
    told = [say(f"scope-{ran.scope.name}", language)]
    if ran.widths:
        told.append(say("widths", language, widths=joined(ran.widths, language)))
    if ran.schemes:
        schemes = joined((say(f"scheme-{one}", language) for one in ran.schemes), language)
        told.append(say("schemes", language, schemes=schemes))
    return joined(told, language, "comma")
