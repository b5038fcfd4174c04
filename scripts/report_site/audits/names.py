"""One name in two ways: a text that has a glossary's name in other capitals or spacing, or but for one character.

Ordinary words differ by one character too. So a slip counts only where something says that a name is meant: quotation
marks around it; a glossary's name that stands nowhere as it is written; a long name with one sign for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..folder.glossary import Term
from ..language.characters import HAN
from ..language.near import JOINING, near_misses, one_edit
from ..model import Language
from .evidence import Evidence, text_place
from .finding import Audit, Spot

_PLAIN_KINDS = frozenset({"term", "technology", "standard"})
"""What these name are words of a trade as often as names."""
SHORTEST = {"zh": 4, "en": 8}
SHORTEST_UNMARKED = {"zh": 6, "en": 12}
_MARKS = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』"}
_SIGN = re.compile(rf"[{HAN}A-Za-z]")
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Said:
    place: str
    text: str
    squeezed: str


@dataclass(frozen=True, slots=True)
class _Name:
    form: str
    squeezed: str
    proper: bool
    """A thing's own, and no word of a trade."""
    unused: bool
    """No text has it as it is written."""


def find_variants(evidence: Evidence) -> Iterator[Spot]:
    for language in evidence.languages:
        if evidence.other_source and language == evidence.language:
            continue  # Another wording than the folder's own, which nobody here can mend.
        texts = list(_texts(evidence, language))
        names = _names(evidence.terms, language, "\n".join(one.text for one in texts))
        known = _known(evidence.terms, language)
        for one in texts:
            for name in names:
                for said in _respelt(name, one, known):
                    yield Spot(one.place, f"“{said}” stands for “{name.form}”")
                for said in _slips(name, one.text, known, language):
                    yield Spot(one.place, f"“{said}” is “{name.form}” but for one character")


def find_hidden(evidence: Evidence) -> Iterator[Spot]:
    """An `also` that is the name itself, misspelt, hides what the audit of texts would find."""
    for term in evidence.terms:
        for form in term.also:
            if form != term.en and (_same(form, term.en) or _slip(form, term.en)):
                yield Spot(f"glossary.yml: {term.zh}", f"`also` has “{form}” beside “{term.en}”")


def _texts(evidence: Evidence, language: Language) -> Iterator[_Said]:
    for page, _, text in evidence.texts():
        if said := text.in_language(language, evidence.language):
            plain = _GAP.sub(" ", said)
            yield _Said(text_place(evidence, page, text), plain, _squeeze(plain))


def _names(terms: Sequence[Term], language: Language, whole: str) -> list[_Name]:
    """In English a name has two capitals."""
    forms = {(term.zh if language == "zh" else term.en): term.kind for term in terms if not term.misprint}
    return [
        _Name(form, _squeeze(form), kind not in _PLAIN_KINDS, form not in whole)
        for form, kind in forms.items()
        if len(form) >= SHORTEST[language] and (language == "zh" or len(re.findall(r"\b[A-Z]", form)) > 1)
    ]


def _known(terms: Sequence[Term], language: Language) -> tuple[str, ...]:
    return tuple({form for term in terms for form in ((term.zh,) if language == "zh" else term.forms)})


def _covered(text: str, known: Sequence[str]) -> list[tuple[int, int]]:
    """Where known forms stand as they are written."""
    spans: list[tuple[int, int]] = []
    for form in known:
        at = text.find(form)
        while at >= 0:
            spans.append((at, at + len(form)))
            at = text.find(form, at + 1)
    return spans


def _respelt(name: _Name, one: _Said, known: Sequence[str]) -> Iterator[str]:
    """The name with other capitals or spaces."""
    if name.squeezed not in one.squeezed:
        return
    for match in re.finditer(r"\s?".join(map(re.escape, name.squeezed)), one.text, re.IGNORECASE):
        inside = any(a <= match.start() and match.end() <= b for a, b in _covered(one.text, known))
        goes_on = name.form[-1].isascii() and re.match(r"[A-Za-z0-9]", one.text[match.end() : match.end() + 1])
        ordinary = not name.proper and match[0].islower()
        if not inside and not goes_on and not ordinary and match[0] != name.form:
            yield match[0]


def _slips(name: _Name, text: str, known: Sequence[str], language: Language) -> Iterator[str]:
    middle = len(name.form) // 2
    if name.form[:middle] not in text and name.form[middle:] not in text:
        return
    spans: list[tuple[int, int]] | None = None
    for start, end in near_misses(name.form, text):
        said = text[start:end]
        marked = start > 0 and _MARKS.get(text[start - 1]) == text[end : end + 1]
        if (
            not _slip(said, name.form)
            or _same(said, name.form)
            or not (marked or _told_by_itself(name, said, language))
        ):
            continue
        spans = _covered(text, known) if spans is None else spans
        if not any(a < end and start < b for a, b in spans):
            yield said


def _told_by_itself(name: _Name, said: str, language: Language) -> bool:
    """Without marks: the ends stand, so that the sign isn't the next word's, and one of the two last reasons holds."""
    ends = (said[0], said[-1]) == (name.form[0], name.form[-1])
    long = len(said) == len(name.form) >= SHORTEST_UNMARKED[language]
    return ends and name.proper and (name.unused or long)


def _slip(one: str, other: str) -> bool:
    """One edit, of a letter or ideograph, that is neither a plural nor a word that joins."""
    if not one_edit(one, other):
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    changed = {long[at], short[at]} if len(short) == len(long) else {long[at]}
    plural = changed == {"s"} and len(short) != len(long)
    return not plural and changed.isdisjoint(JOINING) and all(_SIGN.match(sign) for sign in changed)


def _same(one: str, other: str) -> bool:
    return _squeeze(one) == _squeeze(other)


def _squeeze(text: str) -> str:
    return _GAP.sub("", text).casefold()


AUDITS = (
    Audit(
        "name-variant",
        "a name is written one way: as the glossary has it",
        "WCAG 3.2.4 (consistent identification); DESIGN 6",
        "write it as in glossary.yml, or give the other form an entry of its own",
        find_variants,
    ),
    Audit(
        "name-hidden",
        "`also` of a glossary's name holds other words, not another spelling of it",
        "WCAG 3.2.4 (consistent identification); DESIGN 6",
        "take it out and write the name as it is",
        find_hidden,
    ),
)
