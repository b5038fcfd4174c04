"""The folder's style sheets hold: no word that a language doesn't use, and a gloss once a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..folder.style import StyleWord, style_name
from ..language.characters import HAN_CHARACTER, bare
from ..model import Language, Paragraph
from .evidence import Evidence, text_place
from .finding import Audit, Spot, excerpt

_TYPESET = str.maketrans("‘’“”‐‑\u00a0", "''\"\"-- ")
_BRACKETED = re.compile(r"[(（](?P<inner>[^()（）]*)[)）]")
_CODE = re.compile(r"\{:[^}]*\}|`[^`]*`|\]\([^)]*\)")
"""Parts of a hand-written page that nobody reads as words: ids, code, addresses."""


class Said(NamedTuple):
    place: str
    text: str


def banned(text: str, entry: StyleWord) -> str | None:
    """The entry's word as the text has it, where no word around it excuses it."""
    plain = " ".join(text.translate(_TYPESET).split())
    excused = [match.span() for phrase in entry.unless for match in _pattern(phrase, whole=False).finditer(plain)]
    for match in _pattern(entry.word).finditer(plain):
        if not any(start <= match.start() and match.end() <= end for start, end in excused):
            return match[0]
    return None


@lru_cache(maxsize=4096)
def _pattern(words: str, *, whole: bool = True) -> re.Pattern[str]:
    """The words in any case, or as they are written if they begin with a capital; a slash joins forms."""
    plain = words.translate(_TYPESET)
    forms = r"\s+".join("(?:" + "|".join(map(re.escape, part.split("/"))) + ")" for part in plain.split())
    edges = (r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])") if whole else ("", "")
    return re.compile(forms.join(edges), 0 if plain[:1].isupper() else re.IGNORECASE)


def find_words(evidence: Evidence) -> Iterator[Spot]:
    for language, words in evidence.folder.styles.items():
        for said in _texts_in(evidence, language):
            for entry in words:
                if found := banned(said.text, entry):
                    what = f"“{found}” in {excerpt(said.text)}: write “{entry.instead}” ({entry.why})"
                    yield Spot(said.place, f"{style_name(language)}: {what}")


def _texts_in(evidence: Evidence, language: Language) -> Iterator[Said]:
    """All that the folder says in the language: the report, notes of its editors, glossary, hand-written pages."""
    for page, _, text in evidence.texts():
        if said := text.source if language == evidence.language else text.translation:
            yield Said(text_place(evidence, page, text), said)
    profile = evidence.folder.profile
    for correction in profile.corrections:
        place = f"report.yml: corrections: {correction.at}"
        yield Said(place, correction.why[language])
        if language != evidence.language:
            yield from (Said(place, said) for said in (correction.gloss.wrong, correction.gloss.right) if said)
    for flag in profile.flags:
        yield Said(f"report.yml: flags: {flag.at}", flag.what[language])
    for term in evidence.terms:
        yield Said(f"glossary.yml: {term.zh}", term.en if language == "en" else term.zh)
        if term.expansion:
            yield Said(f"glossary.yml: {term.zh}", term.expansion[language])
        if term.note:
            yield Said(f"glossary.yml: {term.zh}", term.note[language])
    for path, markdown in evidence.folder.written_pages.items():
        if path.startswith(f"{language}/"):
            yield Said(f"pages/{path}", _CODE.sub("", markdown))


def find_glosses(evidence: Evidence) -> Iterator[Spot]:
    """A name's Chinese in brackets stands at its first use in a page's paragraphs; accounts are no glosses."""
    if "en" not in evidence.folder.styles or evidence.language != "zh":
        return
    first: dict[tuple[str, str], str] = {}
    for page, block, text in evidence.texts():
        for gloss in _glosses(text.translation or "") if isinstance(block, Paragraph) else ():
            place = text_place(evidence, page, text)
            if (page.slug, gloss) in first:
                yield Spot(place, f"“{gloss}” was given before on this page, at {first[page.slug, gloss]}")
            first.setdefault((page.slug, gloss), place)


def _glosses(text: str) -> Iterator[str]:
    for match in _BRACKETED.finditer(text):
        inner = match["inner"].strip()
        if HAN_CHARACTER.search(inner) and not inner.startswith("@"):
            yield bare(inner)


AUDITS = (
    Audit(
        "style-word",
        "no text holds a word that its language's style sheet rules out",
        "report/style.en.md",
        "write what the finding says, or name under `unless` the words around which it may stand",
        find_words,
    ),
    Audit(
        "style-gloss",
        "an English page gives the Chinese of a name once",
        "report/style.en.md",
        "leave out the second gloss; the glossary holds it",
        find_glosses,
    ),
)
