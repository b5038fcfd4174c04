"""The accessibility statement, in W3C's model of one, as Markdown in either language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from report_site.model import Language
from report_site.publish.inline import escape
from report_site.publish.markdown import front_matter, join_pieces
from statement.conformance import name_of
from statement.model import NEEDS, Evaluation, Measure, Result
from statement.results import Scope
from statement.wording import bullets, day, days, joined, meta, say


@dataclass(frozen=True, slots=True)
class Site:
    """What report.yml tells of the site; empty where it tells nothing."""

    title: Mapping[Language, str]
    owner: Mapping[Language, str]
    contact: str = ""
    """An e-mail address or a web address."""
    answer: Mapping[Language, str] | None = None
    """Within what time an answer comes: `five working days`."""
    publisher: str = ""
    """Where the report's publisher can be written to."""


def statement_page(found: Evaluation, site: Site, language: Language) -> str:
    def heading(name: str, identity: str) -> str:
        return f"## {say(f'{name}-heading', language)} {{: #{identity} }}"

    title = say("statement-title", language)
    return join_pieces(
        [
            front_matter(meta("accessibility", title, say("statement-description", language))),
            f"# {title} {{: #accessibility }}",
            _about(site, language),
            heading("status", "status"),
            *_status(found, language),
            *([heading("measures", "measures"), *_measures(found, language)] if found.holding else ()),
            heading("limits", "limitations"),
            bullets(one[language] for one in found.statement.limits),
            heading("feedback", "feedback"),
            _feedback(site, language),
            heading("technology", "technology"),
            say("technology", language),
            heading("assessment", "assessment"),
            _assessment(found, language),
            say("gaps-intro", language),
            bullets(one[language] for one in found.statement.gaps),
            *([heading("date", "date"), _date(found, language)] if found.findings else ()),
        ]
    )


def _about(site: Site, language: Language) -> str:
    about = [say("about", language, title=escape(site.title[language]))]
    if site.owner:
        about.append(say("owner", language, name=escape(site.owner[language])))
    return joined(about, language, "gap")


def _status(found: Evaluation, language: Language) -> list[str]:
    """Fully conformant only where tests of every page have settled every criterion of levels A and AA."""
    if not found.findings:
        return [say("status-none", language)]
    rows = [row for row in found.rows if row.criterion.level != "AAA"]
    counts = Counter(row.result for row in rows)
    settled = counts[Result.PASSED] + counts[Result.ABSENT]
    failures = [name_of(row, language) for row in rows if row.result is Result.FAILED]
    key = "status-full" if settled == len(rows) else "status-failed" if failures else "status-partial"
    return [
        say(key, language),
        *([bullets(failures)] if failures else ()),
        say("count-intro", language, all=len(rows)),
        bullets(_count(one, counts[one], language) for one in Result if counts[one]),
        say("see-report", language),
    ]


def _count(result: Result, count: int, language: Language) -> str:
    """`**Passed: 4.** What that means.`"""
    told = say("count", language, result=say(f"result-{result.value}", language), count=count)
    return joined([told, say(f"means-{result.value}", language)], language, "gap")


def _measures(found: Evaluation, language: Language) -> Iterator[str]:
    """By whom they help; each that wasn't tested on every page says so."""
    if any(found.scope_of(one) is Scope.PAGES for one in found.holding):
        yield say("measures-intro", language)
    for need in NEEDS:
        if texts := [_measure(one, found, language) for one in found.holding if one.need == need]:
            yield f"### {say(f'need-{need}', language)} {{: #need-{need} }}"
            yield bullets(texts)


def _measure(measure: Measure, found: Evaluation, language: Language) -> str:
    scope = found.scope_of(measure)
    note = "" if scope is Scope.PAGES else say(f"only-{scope.name}", language)
    return joined([measure[language], note], language, "gap").strip()


def _feedback(site: Site, language: Language) -> str:
    told = [say("no-contact", language)]
    if site.contact:
        told = [say("feedback", language, contact=_linked(site.contact))]
        if site.answer:
            told.append(say("answer", language, answer=escape(site.answer[language])))
    if site.publisher and site.publisher != site.contact:
        told.append(say("publisher", language, contact=_linked(site.publisher)))
    return joined(told, language, "gap")


def _linked(contact: str) -> str:
    return f"[{escape(contact)}]({contact if '://' in contact else f'mailto:{contact}'})"


def _assessment(found: Evaluation, language: Language) -> str:
    if not found.findings:
        return ""
    told = say("assessment", language, count=len(found.findings), days=days(found, language))
    return joined([told, _version({one.commit for one in found.findings}, language)], language, "gap")


def _version(commits: set[str], language: Language) -> str:
    """The one version that all tests ran on, a commit by ten digits; of several the results tell, no voice needs them."""
    name = next(iter(commits))
    if len(commits) > 1 or name.endswith("-dirty"):
        return say("versions", language)
    told = name[:10] if re.fullmatch("[0-9a-f]{40}", name) else name
    return say("version", language, version=told)


def _date(found: Evaluation, language: Language) -> str:
    return say("date", language, last=day(max(one.date for one in found.findings), language))
