"""Everything is translated, nothing from an older text, and no Chinese is left over in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..folder.layout import PROFILE_NAME
from ..folder.validation import line_of
from ..language.characters import HAN, HAN_CHARACTER, HAN_PUNCTUATION, bare
from ..model import Text
from .evidence import Evidence, text_place
from .finding import Audit, Spot, excerpt, listed

_HAN_RUN = re.compile(rf"[{HAN}](?:[{HAN}{HAN_PUNCTUATION}\s]*[{HAN}])?")
_BRACKETED = re.compile("[(\uff08](?P<inner>[^()\uff08\uff09]*)[)\uff09]")


def known_terms(evidence: Evidence) -> tuple[str, ...]:
    """The glossary's Chinese without marks, longest first."""
    return tuple(sorted({bare(term.zh) for term in evidence.terms}, key=len, reverse=True))


def without_glosses(text: str, known: Sequence[str]) -> str:
    """English without the Chinese of glossary terms in brackets, which is there on purpose, explained or not."""
    return _BRACKETED.sub(lambda match: "" if _holds_terms_alone(match["inner"], known) else match[0], text)


def _holds_terms_alone(text: str, known: Sequence[str]) -> bool:
    rest = bare(text)
    for term in known:
        rest = rest.replace(term, "")
    return not HAN_CHARACTER.search(rest)


def find_untranslated(evidence: Evidence) -> Iterator[Spot]:
    """Of a report in one language alone nothing is asked for."""
    if len(evidence.languages) == 1:
        return
    """Those that have an older translation are stale, and named as that."""
    missing: dict[str, list[str]] = {}
    stale = {message.context for message in evidence.catalogue if message.fuzzy and message.string}
    for page, _, text in evidence.texts():
        if text.translation is None and f"{page.slug}#{text.id}" not in stale:
            missing.setdefault(page.slug, []).append(text.id)
    for slug, ids in missing.items():
        texts = "1 text has" if len(ids) == 1 else f"{len(ids)} texts have"
        yield Spot(f"{evidence.folder.catalogue.name} {slug}", f"{texts} no translation: {listed(ids)}")


def find_stale(evidence: Evidence) -> Iterator[Spot]:
    now = {f"{page.slug}#{text.id}": text.source for page, _, text in evidence.texts()}
    name = evidence.folder.catalogue.name
    for message in evidence.catalogue:
        if not message.string:
            continue
        context = message.context
        source = message.id if message.fuzzy else now.get(context, message.id)
        if message.fuzzy or (source != message.id and not evidence.other_source):
            said = f"{excerpt(source)} is told as {excerpt(message.string)}"
            yield Spot(f"{name} {context}", f"the translation is older than its source: {said}")


def find_unspoken(evidence: Evidence) -> Iterator[Spot]:
    """Judged on the folder's own source, whose texts the catalogue has."""
    root = evidence.folder.root
    contexts = {f"{page.slug}#{text.id}" for page, _, text in evidence.texts() if text.lines}
    for context in () if evidence.other_source else evidence.folder.profile.official:
        if context not in contexts:
            place = f"{PROFILE_NAME}:{line_of(root / PROFILE_NAME, root, ('official', context))}: official.{context}"
            yield Spot(place, "is the translation of no text of the report")


def find_leftovers(evidence: Evidence) -> Iterator[Spot]:
    """Only into English: a Chinese text holds Latin names as a matter of course."""
    if evidence.language != "zh":
        return
    known = known_terms(evidence)
    for page, _, text in evidence.texts():
        if left := _leftovers(text, known):
            yield Spot(text_place(evidence, page, text), f"Chinese left in the English: {listed(map(excerpt, left))}")


def _leftovers(text: Text, known: Sequence[str]) -> list[str]:
    """Runs of ideographs in the translation that nobody put there on purpose."""
    return _HAN_RUN.findall(without_glosses(text.translation or "", known))


AUDITS = (
    Audit(
        "translation-missing",
        "every text has a translation",
        "DESIGN 6",
        "translate the empty messages of the catalogue",
        find_untranslated,
    ),
    Audit(
        "translation-stale",
        "no translation is older than its source",
        "DESIGN 6: a changed source turns fuzzy",
        "translate it again and take off the mark fuzzy",
        find_stale,
    ),
    Audit(
        "translation-official",
        "each entry of `official` translates a text of the report",
        "DESIGN 6",
        "write page#text as the catalogue has it",
        find_unspoken,
    ),
    Audit(
        "translation-leftover",
        "no Chinese is left in the English but a glossary's term in brackets",
        "WCAG 3.1.2; HOUSE-STYLE 14",
        "translate it, or put the name into glossary.yml and its Chinese in brackets",
        find_leftovers,
    ),
)
