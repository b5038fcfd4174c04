"""The page of material topics as Markdown: for each that the report names, its sections with what they disclose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import Block, KeyFigures, Language, Section
from ...report import Address, Report, Topic
from ..inline import escape
from ..markdown import front_matter, join_pieces
from ..report_pages import address_of, disclosure_title
from ..wording import shorten
from .facts import Fact

FILE = "topics.md"


def topics_page(report: Report, language: Language, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """File name and Markdown; nothing where the report names no topics."""
    topics = report.site_map.topics
    if not topics:
        return
    title = report.words("topics-title", language)
    intro = report.words("topics-intro", language, count=len(topics))
    meta = {"title": title, "description": shorten(intro), "kind": "site", "slug": "topics", "template_kind": "topics"}
    writer = _Writer(report, language, facts)
    pieces = [piece for number, topic in enumerate(topics, 1) for piece in writer.topic(topic, number)]
    yield FILE, join_pieces([front_matter(meta), f"# {escape(title)} {{: #topics }}", escape(intro), *pieces])


def topic_links(report: Report, language: Language) -> list[str]:
    """The topics as a section of another page."""
    topics = report.site_map.topics
    rows = [f"- [{escape(report.say(one.name, language))}]({FILE}#topic-{n})" for n, one in enumerate(topics, 1)]
    return [f"## {report.words('topics-title', language)} {{: #topics }}", "\n".join(rows)] if rows else []


class _Writer:
    def __init__(self, report: Report, language: Language, facts: Sequence[Fact]) -> None:
        self.report, self.language, self.facts = report, language, facts
        self.pages = {page.slug: page for page in report.pages}

    def words(self, key: str, **values: object) -> str:
        return self.report.words(key, self.language, **values)

    def topic(self, topic: Topic, number: int) -> Iterator[str]:
        identity = f"topic-{number}"
        yield f"## {escape(self.report.say(topic.name, self.language))} {{: #{identity} }}"
        named = self.words("topics-named", title=self._title(self.pages[topic.named.page].section))
        yield f"[{escape(named)}]({address_of(topic.named)})"
        if not topic.sections:
            yield escape(self.words("topics-gap"))
            return
        places = self._with_pages_below(topic.sections)
        lists = {
            "topics-sections": [self._link(one) for one in topic.sections],
            "topics-disclosures": list(self._disclosures(places)),
            "topics-goals": list(self._goals(places)),
            "topics-figures": list(self._figures(places)),
        }
        for key, rows in lists.items():
            if rows:
                yield f"### {self.words(key)} {{: #{identity}-{key.removeprefix('topics-')} }}"
                yield "\n".join(f"- {row}" for row in rows)

    def _title(self, section: Section) -> str:
        return self.report.say(section.heading.text, self.language)

    def _section(self, place: Address) -> Section:
        page = self.pages[place.page]
        return next((one for one in page.section.walk() if one.heading.id == place.id), page.section)

    def _with_pages_below(self, places: Sequence[Address]) -> list[Address]:
        whole = {place.page for place in places if not place.id}
        below = (Address(page.slug) for page in self.report.pages if whole & set(page.parents))
        return list(dict.fromkeys((*places, *below)))

    def _link(self, place: Address) -> str:
        return f"[{escape(self._title(self._section(place)))}]({address_of(place)})"

    def _disclosures(self, places: Sequence[Address]) -> Iterator[str]:
        """Those that lead to one of the sections, each code once."""
        found = [one for one in self.report.site_map.index.disclosures if set(one.places) & set(places)]
        for one in {(one.standard, one.code): one for one in found}.values():
            title = f"{one.code} {disclosure_title(self.report, one, self.language)}".strip()
            yield f"[{escape(title)}]({one.page}.md#{one.row})"

    def _goals(self, places: Sequence[Address]) -> Iterator[str]:
        found = [one for one in self.report.site_map.index.disclosures if set(one.places) & set(places)]
        named = dict.fromkeys(self.report.say(goal, self.language) for one in found for goal in one.goals)
        yield from map(escape, named)

    def _figures(self, places: Sequence[Address]) -> Iterator[str]:
        """Key figures that stand in the sections, value first as there."""
        inside = {
            (place.page, identity)
            for place in places
            for section in self._section(place).walk()
            for block in section.blocks
            for identity in _ids(block)
        }
        own = self.report.language
        for fact in self.facts:
            if fact.kind == "key-figure" and (fact.page, fact.id) in inside:
                here = fact.said[self.language] if fact.said[self.language].value else fact.said[own]
                label = here.label or self.words("unlabelled")
                said = here.value
                if fact.period:
                    said = self.words("with-period", said=said, period=self._period(fact.period))
                yield f"**{escape(said)}** [{escape(label)}]({fact.page}.md#{fact.id})"

    def _period(self, told: str) -> str:
        """Of a key figure: a year, or its end."""
        year, _, end = told.partition("-")
        if end not in ("", "12-31"):
            return told
        return self.words("at-year-end" if end else "in-year", year=year)


def _ids(block: Block) -> list[str]:
    return [figure.id for figure in block.figures] if isinstance(block, KeyFigures) else []
