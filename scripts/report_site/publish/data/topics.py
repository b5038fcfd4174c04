"""The page of material topics as Markdown: for each that the report names, its sections with what they disclose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...model import Block, KeyFigures, Language, Section
from ...report import Address, Report, Topic
from ..inline import escape
from ..markdown import front_matter, join_pieces
from ..periods import period_in_words
from ..report_pages import address_of, disclosure_title, printed_pages
from ..wording import shorten
from .facts import Fact

FILE = "topics.md"


def topics_page(report: Report, language: Language, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """File name and Markdown; nothing where the report names no topics."""
    topics = report.site_map.topics
    if not topics:
        return
    title = report.words("topics-title", language)
    key = "topics-intro-chosen" if all(one.chosen for one in topics if one.sections) else "topics-intro"
    intro = report.words(key, language, count=len(topics))
    meta = {"title": title, "description": shorten(intro), "kind": "site", "slug": "topics", "template_kind": "topics"}
    writer = _Writer(report, language, facts)
    pieces = [piece for number, topic in enumerate(topics, 1) for piece in writer.topic(topic, number)]
    opening = [f"# {escape(title)} {{: #topics }}", escape(intro), writer.named()]
    yield FILE, join_pieces([front_matter(meta), *opening, *pieces])


def topic_links(report: Report, language: Language) -> list[str]:
    """The way to the topics as a section of another page."""
    if not (topics := report.site_map.topics):
        return []
    link = f"[{escape(report.words('topics-link', language, count=len(topics)))}]({FILE})"
    return [f"## {report.words('topics-heading', language)} {{: #topics }}", f"- {link}"]


class _Writer:
    def __init__(self, report: Report, language: Language, facts: Sequence[Fact]) -> None:
        self.report, self.language, self.facts = report, language, facts
        answered = [topic for topic in report.site_map.topics if topic.sections]
        self.marked = not all(topic.chosen for topic in answered)
        """Whether each says for itself that its sections were chosen: where all were, the page says it once."""
        self.pages = {page.slug: page for page in report.pages}
        rows = {(one.standard, one.code, f"{one.page}.md#{one.row}") for one in report.site_map.index.disclosures}
        self.rows = Counter((standard, code) for standard, code, _ in rows)
        """In how many rows of the index a disclosure stands."""

    def words(self, key: str, **values: object) -> str:
        return self.report.words(key, self.language, **values)

    def topic(self, topic: Topic, number: int) -> Iterator[str]:
        identity = f"topic-{number}"
        yield f"## {escape(self.report.say(topic.name, self.language))} {{: #{identity} }}"
        if not topic.sections:
            yield escape(self.words("topics-gap"))
            return
        places = self._with_pages_below(topic.sections)
        lists = {
            "topics-sections": [self._link(one) for one in topic.sections],
            "topics-disclosures": list(self._disclosures(topic, places)),
            "topics-goals": list(self._goals(places)),
            "topics-figures": list(self._figures(places)),
        }
        for key, rows in lists.items():
            if rows:
                yield f"### {self.words(key)} {{: #{identity}-{key.removeprefix('topics-')} }}"
                if key == "topics-sections" and topic.chosen and self.marked:
                    yield escape(self.words("topics-chosen"))
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
        """With the page, or the printed pages of a whole one: topics are often called like the sections."""
        page = self.pages[place.page]
        name, printed = self._title(self._section(place)), printed_pages(self.report, page, self.language)
        if place.id and place.id != page.section.heading.id:
            name = f"{self._title(page.section)} › {name}"
        elif printed:
            name = self.words("in-brackets", said=name, more=printed)
        return f"[{escape(name)}]({address_of(place)})"

    def named(self) -> str:
        """Where the report names its topics, each place once."""
        first = {topic.named.page: topic.named for topic in reversed(self.report.site_map.topics)}
        places = [first[page] for page in dict.fromkeys(topic.named.page for topic in self.report.site_map.topics)]
        links = [f"[{escape(self._place(place))}]({address_of(place)})" for place in places]
        return self.words("topics-named", places=self.words("list-comma").join(links))

    def _place(self, place: Address) -> str:
        """The page and its section: the page alone has this name elsewhere."""
        page = self.pages[place.page]
        sections = [one for one in page.section.walk() if any(block.id == place.id for block in one.blocks)]
        inner = self._title(sections[0]) if sections and sections[0] is not page.section else self.words("topics-title")
        return f"{self._title(page.section)} › {inner}"

    def _disclosures(self, topic: Topic, places: Sequence[Address]) -> Iterator[str]:
        """Those that lead to a section, each code once; where several rows have the code, named by the topic."""
        found = [one for one in self.report.site_map.index.disclosures if set(one.places) & set(places)]
        for one in {(one.standard, one.code): one for one in found}.values():
            title = f"{one.code} {disclosure_title(self.report, one, self.language)}".strip()
            if self.rows[one.standard, one.code] > 1:
                title = self.words("in-brackets", said=title, more=self.report.say(topic.name, self.language))
            yield f"[{escape(title)}]({one.page}.md#{one.row})"

    def _goals(self, places: Sequence[Address]) -> Iterator[str]:
        found = [one for one in self.report.site_map.index.disclosures if set(one.places) & set(places)]
        named = dict.fromkeys(self.report.say(goal, self.language) for one in found for goal in one.goals)
        yield from map(escape, named)

    def _figures(self, places: Sequence[Address]) -> Iterator[str]:
        """Key figures of the sections, value first; without unlabelled and doubted ones."""
        inside = {
            (place.page, identity)
            for place in places
            for section in self._section(place).walk()
            for block in section.blocks
            for identity in _ids(block)
        }  # Prose has other ids.
        own = self.report.language
        for fact in self.facts:
            here = fact.said[self.language] if fact.said[self.language].value else fact.said[own]
            if (fact.page, fact.id) in inside and here.label and not fact.flagged:
                said = here.value
                if fact.period:
                    period = period_in_words(fact.period, self.report.voice(self.language))
                    said = self.words("in-brackets", said=said, more=period)
                yield f"**{escape(said)}** [{escape(here.label)}]({fact.page}.md#{fact.id})"


def _ids(block: Block) -> list[str]:
    return [figure.id for figure in block.figures] if isinstance(block, KeyFigures) else []
