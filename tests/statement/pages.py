"""The accessibility statement, in W3C's model of one, and the report by criterion, as Markdown in either language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from report_site.language.joining import filled
from report_site.model import Language
from report_site.publish.inline import escape
from report_site.publish.markdown import front_matter, join_pieces
from statement.model import HERE, Evaluation, Result, Row, Said, Tested
from statement.results import Scope

LEVELS = ("A", "AA", "AAA")


@dataclass(frozen=True, slots=True)
class Site:
    """What report.yml tells of the site; empty where it tells nothing."""

    title: Mapping[Language, str]
    owner: Mapping[Language, str]
    contact: str = ""
    """An e-mail address or a web address."""
    answer: Mapping[Language, str] | None = None
    """Within what time an answer comes: `five working days`."""


@cache
def _words() -> dict[str, Said]:
    texts = yaml.safe_load((HERE / "words.yml").read_text("utf-8"))
    return {key: Said.model_validate(text) for key, text in texts.items()}


def say(key: str, language: Language, **values: object) -> str:
    return filled(_words()[key][language], **{name: str(value) for name, value in values.items()})


def statement_page(found: Evaluation, site: Site, language: Language) -> str:
    def heading(name: str, identity: str) -> str:
        return f"## {say(f'{name}-heading', language)} {{: #{identity} }}"

    title = say("statement-title", language)
    return join_pieces(
        [
            front_matter(_meta("accessibility", title, say("statement-description", language))),
            f"# {title} {{: #accessibility }}",
            _about(site, language),
            heading("status", "status"),
            *_status(found, language),
            *([heading("measures", "measures"), *_measures(found, language)] if found.holding else ()),
            heading("limits", "limitations"),
            _list(found.statement.limits, language),
            heading("feedback", "feedback"),
            _feedback(site, language),
            heading("technology", "technology"),
            say("technology", language),
            heading("assessment", "assessment"),
            _assessment(found, language),
            _list(found.statement.gaps, language),
            *([heading("date", "date"), say("date", language, last=_days(found)[-1])] if found.findings else ()),
        ]
    )


def report_page(found: Evaluation, language: Language) -> str:
    title = say("report-title", language)
    pieces = [
        front_matter(_meta("conformance", title, say("report-description", language))),
        f"# {title} {{: #conformance }}",
        say("report-intro", language),
    ]
    for level in LEVELS:
        rows = [_cells(row, found, language) for row in found.rows if row.criterion.level == level]
        pieces += [
            f"## {say('level-heading', language, level=level)} {{: #level-{level.lower()} }}",
            _table(f"criteria-{level.lower()}", say("level-caption", language, level=level), _HEADS, rows, language),
        ]
    checks = [_check_cells(name, found, language) for name in found.statement.checks]
    pieces += [
        f"## {say('checks-heading', language)} {{: #tests }}",
        _table("tests-table", say("checks-caption", language), _CHECK_HEADS, checks, language),
    ]
    return join_pieces(pieces)


_HEADS = ("criterion", "result", "method", "date")
_CHECK_HEADS = ("check", "test", "reach", "result", "date")


def _meta(slug: str, title: str, description: str) -> dict[str, object]:
    return {"title": title, "description": description, "kind": "site", "slug": slug, "template_kind": "page"}


def _about(site: Site, language: Language) -> str:
    about = [say("about", language, title=escape(site.title[language]))]
    if site.owner:
        about.append(say("owner", language, name=escape(site.owner[language])))
    return say("gap", language).join(about)


def _status(found: Evaluation, language: Language) -> list[str]:
    """Fully conformant only where tests of every page have settled every criterion of levels A and AA."""
    if not found.findings:
        return [say("status-none", language)]
    rows = [row for row in found.rows if row.criterion.level != "AAA"]
    counts = Counter(row.result for row in rows)
    settled = counts[Result.PASSED] + counts[Result.ABSENT]
    told = [f"- {say(f'count-{one.value}', language, count=counts[one])}" for one in Result if counts[one]]
    failures = [f"- {_name(row, language)}" for row in rows if row.result is Result.FAILED]
    return [
        say("status-full" if settled == len(rows) else "status-partial", language),
        say("count-intro", language, all=len(rows)),
        "\n".join(told),
        *([say("failures-intro", language), "\n".join(failures)] if failures else ()),
        say("see-report", language),
    ]


def _measures(found: Evaluation, language: Language) -> Iterator[str]:
    """By how much of the site their tests went over."""
    for scope in Scope:
        if texts := [one for one in found.holding if found.scope_of(one) is scope]:
            yield say(f"measures-{scope.name}", language)
            yield _list(texts, language)


def _feedback(site: Site, language: Language) -> str:
    if not site.contact:
        return say("no-contact", language)
    address = site.contact if "://" in site.contact else f"mailto:{site.contact}"
    told = [say("feedback", language, contact=f"[{escape(site.contact)}]({address})")]
    if site.answer:
        told.append(say("answer", language, answer=escape(site.answer[language])))
    return say("gap", language).join(told)


def _assessment(found: Evaluation, language: Language) -> str:
    if not found.findings:
        return ""
    days, listed = _days(found), say("listed", language)
    versions = listed.join(_versions({one.commit for one in found.findings}, language))
    ran = days[0] if len(days) == 1 else say("day-range", language, first=days[0], last=days[-1])
    return say("assessment", language, count=len(found.findings), days=ran, versions=versions)


def _versions(commits: Collection[str], language: Language) -> Iterator[str]:
    """Each once, by its name or by ten digits: they tell commits apart, and a voice needn't read forty."""
    for name in sorted({one.removesuffix("-dirty") for one in commits}):
        told = say("commit", language, commit=name[:10]) if re.fullmatch("[0-9a-f]{40}", name) else name
        changed = f"{name}-dirty" in commits
        key = ("changed-too" if name in commits else "changed") if changed else ""
        yield say(key, language, version=told) if key else told


def _days(found: Evaluation) -> list[str]:
    return sorted({one.date for one in found.findings})


def _name(row: Row, language: Language) -> str:
    return f"{row.number} {row.criterion[language]}"


def _cells(row: Row, found: Evaluation, language: Language) -> list[str]:
    criterion, comma = row.criterion, say("comma", language)
    titles = {name: found.statement.checks[name][language] for name in row.ran}
    method = [] if titles else [say("no-test", language)]
    for scope in Scope:
        if told := [title for name, title in titles.items() if found.checked[name].scope is scope]:
            method.append(say(f"tested-{scope.name}", language, checks=comma.join(told)))
    if row.failed:
        method.append(say("found-by-test", language, checks=comma.join(titles[name] for name in row.failed)))
    if criterion.fails:
        method.append(say("found-by-hand", language, what=criterion.fails[language]))
    if criterion.person:
        method.append(say("left-to-person", language, what=criterion.person[language]))
    how = say("gap", language).join(method)
    return [
        _name(row, language),
        say(f"result-{row.result.value}", language),
        how,
        row.date or say("none", language),
    ]


def _check_cells(name: str, found: Evaluation, language: Language) -> list[str]:
    check = found.statement.checks[name]
    functions = " ".join(f"`{test.rpartition('/')[2]}`" for test in check.tests)
    ran = found.checked.get(name)
    if ran is None:
        nothing = say("none", language)
        return [check[language], functions, nothing, say("not-run", language), nothing]
    result = say("check-passed" if ran.passed else "check-failed", language)
    return [check[language], functions, reach(ran, language), result, ran.date]


def reach(ran: Tested, language: Language) -> str:
    """`every page; 320, 1280 pixels wide; colours: light, dark`."""
    told, listed = [say(f"scope-{ran.scope.name}", language)], say("listed", language)
    if ran.widths:
        told.append(say("widths", language, widths=listed.join(ran.widths)))
    if ran.schemes:
        told.append(say("schemes", language, schemes=listed.join(say(f"scheme-{s}", language) for s in ran.schemes)))
    return say("comma", language).join(told)


def _list(texts: Sequence[Said], language: Language) -> str:
    return "\n".join(f"- {text[language]}" for text in texts)


def _table(identity: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], language: Language) -> str:
    shown = [say(f"column-{head}", language) for head in heads]
    lines = [" | ".join(cells) for cells in (shown, ["---"] * len(heads), *rows)]
    body = "\n".join(f"| {line} |" for line in lines)
    return f"/// table | {caption}\n    attrs: {{id: {identity}}}\n\n{body}\n\n///"
