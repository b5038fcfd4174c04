"""Every name has one form: where the Chinese holds a term, the English holds that term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..folder.glossary import Term
from ..language.characters import HAN
from .evidence import Evidence, text_place
from .finding import Audit, Spot

_NAMES = frozenset({"person", "handle"})
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_TYPESET = str.maketrans("‘’“”‐‑–—\u00a0", "''\"\"---- ")


def terms_in(text: str, terms: Sequence[Term]) -> list[Term]:
    """The terms that a Chinese text holds; a term inside a longer one, or across its edge, doesn't count."""
    plain = _closed(text)
    taken: list[tuple[int, int]] = []
    found: list[Term] = []
    for term in sorted(terms, key=lambda term: -len(_closed(term.zh))):
        free = [
            match.span()
            for match in _chinese(term.zh).finditer(plain)
            if not any(start < match.end() and match.start() < end for start, end in taken)
        ]
        if free:
            taken += free
            found.append(term)
    return found


def holds(text: str, term: Term) -> bool:
    """Whether an English text holds a form of the term: in any case, singular or plural, with or without article."""
    plain = " ".join(text.translate(_TYPESET).split())
    return any(_english(form).search(plain) for form in term.forms)


def without_name(zh: str, en: str, term: Term) -> tuple[str, str]:
    """Both texts without the term where both hold it as often; as they were where they don't."""
    plain = " ".join(en.translate(_TYPESET).split())
    zh_without, told = _chinese(term.zh).subn(" ", _closed(zh))
    for form in term.forms:
        en_without, found = _english(form).subn(" ", plain)
        if found == told:
            return zh_without, en_without
    return zh, en


def _closed(text: str) -> str:
    """Spaces between Chinese and Latin are the typesetter's."""
    return _SPACE_BESIDE_HAN.sub("", " ".join(text.split()))


@lru_cache(maxsize=4096)
def _chinese(form: str) -> re.Pattern[str]:
    plain = _closed(form)
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", plain) else ""
    after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", plain) else ""
    return re.compile(before + re.escape(plain) + after, re.IGNORECASE)


@lru_cache(maxsize=4096)
def _english(form: str) -> re.Pattern[str]:
    plain = _ARTICLE.sub("", " ".join(form.translate(_TYPESET).split())) or form
    words = r"[\s-]+".join(_inflected(word) for word in re.split(r"[\s-]+", plain))
    return re.compile(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])", re.IGNORECASE)


def _inflected(word: str) -> str:
    """The word with or without a plural's or possessive's ending; marks at its end stay."""
    match = re.fullmatch(r"(?P<stem>.*?[A-Za-z])(?P<marks>[^A-Za-z0-9]*)", word)
    if match is None:
        return re.escape(word)
    stem, marks = match["stem"], re.escape(match["marks"])
    if re.search(r"[^aeiou]y$", stem, re.IGNORECASE):
        return rf"{re.escape(stem[:-1])}(?:y(?:'s)?|ies'?){marks}"
    if re.search(r"[^aeiou]ies$", stem, re.IGNORECASE):
        return rf"{re.escape(stem[:-3])}(?:y(?:'s)?|ies'?){marks}"
    if re.search(r"[^s']s$", stem) and len(stem) > 3:
        stem = stem[:-1]
    return rf"{re.escape(stem)}(?:e?s|'s|e?s')?{marks}"


def _find(evidence: Evidence, terms: Sequence[Term], *, names: bool) -> Iterator[Spot]:
    known = {message.id for message in evidence.catalogue}
    for page, _, text in evidence.texts():
        if evidence.other_source and text.lines and text.source not in known:
            continue  # Translated from the folder's own wording, which may name another way: that one was judged.
        pair = evidence.both(text)
        for term in terms_in(pair[0], terms) if pair else ():
            if (term.kind in _NAMES) is names and pair and not holds(pair[1], term):
                forms = " or ".join(f"“{form}”" for form in term.forms[:3])
                yield Spot(text_place(evidence, page, text), f"“{term.zh}” is not told as {forms}")


def find_terms(evidence: Evidence) -> Iterator[Spot]:
    return _find(evidence, evidence.terms, names=False)


def find_names(evidence: Evidence) -> Iterator[Spot]:
    return _find(evidence, evidence.terms, names=True)


AUDITS = (
    Audit(
        "glossary-term",
        "where a text holds a glossary's term, its translation holds the term's English",
        "WCAG 3.2.4 (consistent identification); DESIGN 3",
        "use the glossary's form, or add this one under `also`",
        find_terms,
    ),
    Audit(
        "glossary-name",
        "persons and accounts have the glossary's name",
        "DESIGN 6: Chinese names in pinyin, in one form",
        "write the name as in glossary.yml",
        find_names,
    ),
)
