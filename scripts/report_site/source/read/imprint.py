"""What a report says of itself: title, publisher, year and language, each with what it rests on.

The cover tells (or the first lines, where there is none), a running head, or a sentence on the period and the company.
What nothing tells is left out: a section, a motto or a mark never becomes the title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...language import imprint as telling
from ...language.characters import CONTENTS_TITLES, PICTURE_MARK, SENTENCE_END, bare, han_count, letter_count
from ...language.patterns import ABOUT_REPORT, NUMBERED_TITLES
from ...language.reason import Reason, reason
from ...model import Language, RuleName, SourceLine
from ...model.errors import InputError, Problem
from .dialects.marks import FRONT_MATTER
from .furniture import Furniture, body, heading_mark
from .furniture.repeats import LEAST_REPEATS

LONGEST_OPENING = 6
"""Lines among which the first heading and what follows it stand."""
FRONT_LINES = 20
"""Lines that are not blank, at the most, that a cover takes."""
LONGEST_TITLE, LONGEST_COMPANY, LONGEST_HEAD = 120, 60, 200
LETTERS_OF_HAN = 3
"""Latin letters that say as much as one ideograph."""
LEAST_LETTERS = 400
"""Letters that a text must have before it is refused for its language."""
_MARKS = re.compile(r"^\s*#+\s|\s#+\s*$|[*`|]+|(?<![^\W_])_+|_+(?![^\W_])|^[-=~]{2,}$")
_TAG = re.compile(r"<[^<>]{1,200}>|https?://\S+|!\[[^\]]*\]\([^)]*\)")
"""Letters of markup, which say nothing of the language."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and what it rests on."""

    value: str
    basis: Reason


@dataclass(frozen=True, slots=True)
class Imprint:
    language: Language
    variety: str
    """The tag for report.yml: which writing of Chinese."""
    language_basis: Reason
    title: Found | None
    other_title: Found | None
    """In the other language."""
    publisher: Found | None
    other_publisher: Found | None
    year: Found | None


def find_imprint(lines: Sequence[SourceLine], furniture: Furniture, name: str) -> Imprint:
    """The imprint of a cleaned source; `InputError` for a language that isn't read here."""
    texts = [line for line in lines if not line.blank]
    stated = [line for line in lines if line.mark == FRONT_MATTER]
    language, variety, basis = _language(
        "\n".join([*(line.raw for line in stated), *(line.text for line in texts)]), name
    )
    other: Language = "en" if language == "zh" else "zh"
    front = _front(texts, furniture)
    title, other_title = (_title(texts, stated, front, furniture, chosen) for chosen in (language, other))
    publisher = _publisher(title, front, texts, language)
    if title is None and publisher is not None:
        title = Found(publisher.value, reason("guess-publishers-name", reason=publisher.basis))
    return Imprint(
        language=language,
        variety=variety,
        language_basis=basis,
        title=title,
        other_title=other_title,
        publisher=publisher,
        other_publisher=_publisher(other_title, front, (), other),
        year=_year(title or other_title, front, texts),
    )


# --- language ------------------------------------------------------------------------------------------------------


def _language(text: str, name: str) -> tuple[Language, str, Reason]:
    """Language, tag for report.yml, and what they rest on."""
    text = _TAG.sub(" ", text)
    letters = max(1, letter_count(text))
    han = han_count(text)
    if other := _other_language(text, letters, han):
        raise InputError(
            Problem(name, f"this looks like {other}", "reports in Chinese and English can be read; give one of these")
        )
    if han * LETTERS_OF_HAN > len(re.findall("[A-Za-z]", text)):
        return "zh", *_writing(text, reason("guess-ideographs", share=100 * han // letters))
    return "en", "en", reason("guess-latin", share=100 * (letters - han) // letters)


def _writing(text: str, basis: Reason) -> tuple[str, Reason]:
    traditional = sum(char in telling.TRADITIONAL for char in text)
    simplified = sum(char in telling.SIMPLIFIED for char in text)
    if traditional == simplified:
        return "zh", basis
    tag, more, fewer = (
        ("zh-Hant", traditional, simplified) if traditional > simplified else ("zh-Hans", simplified, traditional)
    )
    return tag, reason("guess-writing", reason=basis, more=more, tag=tag, fewer=fewer)


def _other_language(text: str, letters: int, han: int) -> str:
    """The name of a language that is neither, on strong evidence only."""
    if letters < LEAST_LETTERS:
        return ""
    if len(telling.KANA.findall(text)) * 5 > letters:
        return "Japanese"
    if len(telling.HANGUL.findall(text)) * 3 > letters:
        return "Korean"
    for name, script in telling.OTHER_SCRIPTS.items():
        if len(script.findall(text)) * 2 > letters:
            return name
    if han * 4 > letters:
        return ""
    counts = Counter(_WORD.findall(text.casefold()))
    hits = {name: sum(counts[word] for word in common) for name, common in telling.COMMON_WORDS.items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] > 3 * hits["English"] and hits[best] * 10 > counts.total() else ""


# --- title ---------------------------------------------------------------------------------------------------------


def _front(texts: Sequence[SourceLine], furniture: Furniture) -> list[SourceLine]:
    """Lines of the cover, or the first ones: up to the contents list, a page's end or the first running text."""
    found: list[SourceLine] = []
    for line in texts[:FRONT_LINES]:
        text = body(line)
        if line.number in furniture.contents.lines or text.casefold() in CONTENTS_TITLES:
            break
        if found and (line.page_break or _is_sentence(text)):
            break
        found.append(line)
    cover = [line for line in texts if furniture.rules.get(line.number) == RuleName.COVER]
    return sorted({line.number: line for line in (*found, *cover)}.values(), key=lambda line: line.number)


def _is_sentence(text: str) -> bool:
    return len(text) + han_count(text) > LONGEST_TITLE or (text[-1:] in SENTENCE_END and text[-1:] not in "!！…")


def plain_title(text: str) -> str:
    """Without marks of headings, emphasis, tables and code, and without what nobody sees."""
    seen = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(_MARKS.sub(" ", seen).split()).strip(" ·—–-:：,，、;；")


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    basis: Reason
    score: float


def _title(
    texts: Sequence[SourceLine],
    stated: Sequence[SourceLine],
    front: Sequence[SourceLine],
    furniture: Furniture,
    language: Language,
) -> Found | None:
    candidates = [
        *_stated(stated, language),
        *_front_candidates(front, furniture, language),
        *_head_candidates(furniture, language),
        *_repeated(texts, language),
        *_top_heading(texts, language),
        *_opening_title(texts, furniture, language),
    ]
    best = max(candidates, key=lambda candidate: candidate.score, default=None)
    return Found(best.text, best.basis) if best else None


def _stated(stated: Sequence[SourceLine], language: Language) -> Iterator[_Candidate]:
    """`title:` of the front matter; often the file's name, so it counts where it says what kind of report this is."""
    for line in stated:
        key, _, value = line.raw.partition(":")
        title = plain_title(value.strip().strip("\"'"))
        if key.strip().casefold() == "title" and _may_be_title(title, language) and _kind(title, language):
            yield _Candidate(title, reason("guess-front-matter", line=line.number), 9)


def _repeated(texts: Sequence[SourceLine], language: Language) -> Iterator[_Candidate]:
    """A line that comes again on many pages, page number aside, and goes on with the names of the chapters."""
    first = telling.TITLE_FIRST_ZH if language == "zh" else telling.TITLE_FIRST_EN
    heads = Counter(re.sub(r"\d{1,3}$|^\d{1,3}(?!\d)", "", plain_title(body(line))).strip() for line in texts)
    for head, count in heads.items():
        match = first.match(head) if count >= LEAST_REPEATS and len(head) <= LONGEST_HEAD else None
        if match and _may_be_title(title := plain_title(match[0]), language):
            yield _Candidate(title, reason("guess-comes-again", count=count), 5)


def _front_candidates(front: Sequence[SourceLine], furniture: Furniture, language: Language) -> Iterator[_Candidate]:
    """Lines of the cover that say what kind of report this is, with the name and the year that stand beside them."""
    for i, line in enumerate(front):
        for part in re.split(r"[|｜]", body(line)):
            title = plain_title(part)
            kind = _kind(title, language)
            if not _may_be_title(title, language) or kind is None:
                continue
            whole = title if title[: kind.start()].strip() else _with_neighbours(front, i, title, language)
            score = 6 + 2 * (whole != kind["kind"]) + bool(telling.YEARS.search(whole)) - i / FRONT_LINES
            yield _Candidate(whole, reason("guess-line", line=line.number), score)
    cover = [line for line in front if furniture.rules.get(line.number) == RuleName.COVER]
    if cover:
        longest = max(cover, key=lambda line: len(body(line)))
        title = plain_title(body(longest))
        if _may_be_title(title, language) and not _is_sentence(body(longest)):
            yield _Candidate(title, reason("guess-longest-line", line=longest.number), 1)


def _kind(title: str, language: Language) -> re.Match[str] | None:
    return (telling.KIND_ZH if language == "zh" else telling.KIND_EN).search(title)


def _may_be_title(title: str, language: Language) -> bool:
    return (
        1 < len(title) <= LONGEST_TITLE
        and bool(_WORD.search(title))
        and (han_count(title) > 0) == (language == "zh")
        and not ABOUT_REPORT.search(title)
        and not any(scheme.match(title) for scheme in NUMBERED_TITLES)
        and title.casefold() not in CONTENTS_TITLES
        and "://" not in title
    )


def _with_neighbours(front: Sequence[SourceLine], i: int, title: str, language: Language) -> str:
    """The kind of report stands in a line of its own: company and year stand in the lines above or below it."""
    before: list[str] = []
    for line in reversed(front[:i]):
        text = plain_title(body(line))
        if not (_is_company(text, language) or telling.YEAR_LINE.fullmatch(text)) or _says_same(text, title):
            break
        before.insert(0, text)
    following = plain_title(body(front[i + 1])) if i + 1 < len(front) else ""
    after = [following] if telling.YEAR_LINE.fullmatch(following) and not telling.YEARS.search(title) else []
    return _joined([*before, title, *after], language)


def _is_company(text: str, language: Language) -> bool:
    if not 1 < len(text) <= LONGEST_COMPANY or telling.NO_COMPANY.search(text) or _kind(text, language):
        return False
    if language == "zh":
        return 0 < han_count(text) <= 24
    return not han_count(text) and text[:1].isupper() and len(text.split()) <= 6


def _says_same(text: str, title: str) -> bool:
    return bare(text) in bare(title)


def _joined(parts: Sequence[str], language: Language) -> str:
    """Parts of a title on lines of their own; between ideographs no blank."""
    whole = parts[0]
    for part in parts[1:]:
        glued = language == "zh" and han_count(whole[-1:]) and han_count(part[:1])
        whole += ("" if glued else " ") + part
    return whole


def _head_candidates(furniture: Furniture, language: Language) -> Iterator[_Candidate]:
    for head in furniture.report_titles:
        title = plain_title(head)
        if _may_be_title(title, language) and "|" not in head:
            kind = _kind(title, language)
            yield _Candidate(title, reason("guess-running-head"), 7 + bool(telling.YEARS.search(title)) if kind else 2)


def _top_heading(texts: Sequence[SourceLine], language: Language) -> Iterator[_Candidate]:
    """The first line, where it is the only heading of its level and all others stand below it."""
    marks = [heading_mark(line) for line in texts]
    levels = Counter(filter(None, marks))
    if marks and marks[0] and levels[marks[0]] == 1 and marks[0] == min(levels) and len(levels) > 1:
        title = plain_title(body(texts[0]))
        if _may_be_title(title, language):
            yield _Candidate(title, reason("guess-top-heading", line=texts[0].number), 3)


def _opening_title(texts: Sequence[SourceLine], furniture: Furniture, language: Language) -> Iterator[_Candidate]:
    """A first heading whose page holds nothing but pictures beside it, or one with a year right above another."""
    rest = [line for line in texts[: LONGEST_OPENING + 1] if not PICTURE_MARK.match(body(line))]
    if len(rest) < 2 or not heading_mark(rest[0]) or rest[0].number in furniture.contents.lines:
        return
    first, second = rest[:2]
    title = plain_title(body(first))
    alone = any(line.page_break for line in texts if first.number < line.number <= second.number)
    above = heading_mark(second) and telling.YEARS.search(title)
    if (alone or above) and _may_be_title(title, language):
        yield _Candidate(title, reason("guess-first-title", line=first.number), 2)


# --- publisher and year --------------------------------------------------------------------------------------------


def _publisher(
    title: Found | None, front: Sequence[SourceLine], texts: Sequence[SourceLine], language: Language
) -> Found | None:
    if title and (name := _company_in_title(title.value, texts, language)):
        return Found(name, reason("guess-by-title"))
    for line in front:
        name = plain_title(body(line))
        end = telling.COMPANY_END_ZH if language == "zh" else telling.COMPANY_END_EN
        if _is_company(name, language) and end.search(name) and body(line)[-1:] not in "，、；：,;:":
            return Found(name, reason("guess-line", line=line.number))
    return _company_in_text(texts, language)


def _company_in_title(title: str, texts: Sequence[SourceLine], language: Language) -> str:
    """What stands before the kind of report, years aside: a company where it ends like one or the text speaks of it."""
    kind = _kind(title, language)
    if kind is None:
        return ""
    name = telling.YEAR_SPAN.sub(" ", title[: kind.start()])
    name = telling.YEAR_WORD_AT_END.sub("", telling.YEARS.sub(" ", name).strip())
    name = plain_title(re.sub(r"[’']s$", "", name.strip()))
    if not _is_company(name, language):
        return ""
    end = telling.COMPANY_END_ZH if language == "zh" else telling.COMPANY_END_EN
    told = sum(name.casefold() in line.text.casefold() for line in texts)
    return name if end.search(name) or told > 1 or (language == "zh" and han_count(name) <= 6) else ""


def _company_in_text(texts: Sequence[SourceLine], language: Language) -> Found | None:
    """A full name that the text shortens (`… Ltd (the “Company”)`) or begins with, else the one that it names most."""
    pattern = telling.COMPANY_ZH if language == "zh" else telling.COMPANY_EN
    counts: Counter[str] = Counter()
    for line in texts[:400]:
        for match in pattern.finditer(line.text[:2000]):
            name = telling.BEFORE_COMPANY.sub("", match[0])
            if telling.ANY_COMPANY.match(name):
                continue
            if telling.CALLED.match(line.text[match.end() :]):
                return Found(name, reason("guess-short-name", line=line.number))
            if match.start() == 0 and line in texts[:FRONT_LINES]:
                return Found(name, reason("guess-first-company", line=line.number))
            counts[name] += 1
    name, count = counts.most_common(1)[0] if counts else ("", 0)
    return Found(name, reason("guess-named", count=count)) if count > 1 else None


def _year(title: Found | None, front: Sequence[SourceLine], texts: Sequence[SourceLine]) -> Found | None:
    if title and (year := _year_in(title.value)):
        return Found(year, reason("guess-by-title"))
    for line in front:
        if telling.YEAR_LINE.fullmatch(text := plain_title(body(line))) and (year := _year_in(text)):
            return Found(year, reason("guess-line", line=line.number))
    for line in texts:
        if match := telling.PERIOD.search(line.text[:2000]):
            year = match["zh"] or match["en"] or telling.YEARS.findall(match[0])[-1]
            return Found(year, reason("guess-period", line=line.number))
    return None


def _year_in(text: str) -> str:
    if span := telling.YEAR_SPAN.search(text):
        last = span["last"]
        return last if len(last) == 4 else span["first"][:2] + last
    years: list[str] = telling.YEARS.findall(text)
    return years[-1] if years else ""
