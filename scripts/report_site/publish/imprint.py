"""Who runs the site, and whom to write to: a sentence for every page, a section for the page about the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..language.characters import bare
from ..language.joining import filled
from ..model import Language
from ..report import Report
from .inline import escape
from .markdown import join_pieces
from .periods import period_in_words

ABOUT = "about.md"
"""The page that tells of the site; a folder without one has the sentence alone."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>()\[\]\"']+")


def run_by(report: Report, language: Language) -> str:
    """The sentence that says who runs the site and that it isn't the publisher; empty where nobody is named."""
    name = report.called(report.maker.name, language)
    publisher = report.called(report.publisher, language)
    if not name:
        return ""
    key = "run-by" if publisher else "run-by-unnamed"
    if _by_publisher(report):
        key = "run-by-publisher"
    return filled(report.words(key, language), name=name, publisher=publisher)


def _by_publisher(report: Report) -> bool:
    return any(bare(own) == bare(report.publisher.get(one, "")) for one, own in report.maker.name.items())


def with_imprint(pages: Mapping[str, str], report: Report) -> dict[str, str]:
    """The written pages; the one about the site ends with what report.yml tells of who answers for it."""
    about = {f"{language}/{ABOUT}": imprint(report, language) for language in report.languages}
    return {path: join_pieces([text, about.get(path, "")]) if about.get(path) else text for path, text in pages.items()}


def imprint(report: Report, language: Language) -> str:
    """A section of Markdown; empty where nothing is known."""
    facts = [
        f"- {report.words('labelled', language, label=report.words(key, language), text=text)}"
        for key, text in _facts(report, language)
    ]
    said = escape(run_by(report, language))
    if not said and not facts:
        return ""
    heading = f"## {report.words('imprint', language)} {{: #imprint }}"
    return join_pieces([heading, said, _feedback(report, language), "\n".join(facts)])


def _feedback(report: Report, language: Language) -> str:
    """Where to report an error in the site, or that there is nowhere to: nobody should look for what isn't there."""
    contact = report.maker.contact or (report.contact if _by_publisher(report) else "")
    if not contact:
        return report.words("imprint-no-contact", language)
    return report.words("imprint-feedback", language, contact=_linked(contact))


def _facts(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """Keys of the site's words, and what stands behind them."""
    maker = report.maker
    told = (
        ("imprint-address", maker.address),
        ("imprint-contact", maker.contact),
        ("imprint-licence", report.called(maker.licence, language)),
        ("imprint-dated", period_in_words(report.dated, report.voice(language))),
        ("imprint-publisher", report.contact),
    )
    return ((key, _linked(text)) for key, text in told if text)


def _linked(text: str) -> str:
    """An address as a link, anything else as text."""
    if _MAIL.fullmatch(text):
        return f"[{escape(text)}](mailto:{text})"
    return f"[{escape(text)}]({text})" if _WEB.fullmatch(text) else escape(text)
